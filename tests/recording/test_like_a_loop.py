"""A recorded call runs as a plain loop would: in its order, and with its errors."""

import pickle
import queue
import sys
import threading

import cloudpickle
import numpy as np
import pytest
from joblib import Parallel, delayed
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import UnsetMetadataPassedError
from sklearn.model_selection import GridSearchCV, KFold, cross_val_predict, cross_val_score
from sklearn.tree import DecisionTreeClassifier

from bakeoff.recording import record
from bakeoff.recording.workers import run_remotely

# Workers cannot import a test module; what is defined here is sent to them whole.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

X, y = np.random.default_rng(0).normal(size=(40, 2)), np.resize([0, 1], 40)


def threads(store, **options):
    return record("like a loop", backend="threading", store=store, **options)


# A tool of the standard library: no value of one's own that a fit might depend on.
SEEN = queue.SimpleQueue()


class Told(DummyClassifier):
    """A classifier that tells when it is fitted."""

    def fit(self, X, y):
        SEEN.put(self.random_state)
        return super().fit(X, y)


def test_one_worker_fits_in_the_order_of_the_candidates(store):
    with threads(store):
        GridSearchCV(Told(), {"random_state": range(30)}, cv=2, refit=False).fit(X, y)
    seen = [SEEN.get() for _ in range(60)]
    assert seen == sorted(seen)


def test_numpy_s_own_seed_gives_the_scores_that_it_gives_without_a_journal(store):
    scores = []
    for recorded in (False, True):
        np.random.seed(0)  # noqa: NPY002
        with threads(store) if recorded else threading.Lock():
            scores.append(cross_val_score(DecisionTreeClassifier(splitter="random"), X, y, cv=10))
    np.testing.assert_array_equal(*scores)


class BreaksOff(KFold):
    """A splitter that raises after some of its folds."""

    def __init__(self, after):
        super().__init__(4)
        self.after = after

    def split(self, X, y=None, groups=None):
        for place, fold in enumerate(super().split(X)):
            if place == self.after:
                raise LookupError(f"no fold {place}")
            yield fold


@pytest.mark.privates
@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("function", [cross_val_score, cross_val_predict])
def test_an_error_of_the_splitter_is_raised_whatever_the_store_has(function, after, store):
    with threads(store) as recording:
        function(DummyClassifier(), X, y, cv=KFold(4))
    assert recording.done == 4
    with threads(store), pytest.raises(LookupError, match=f"no fold {after}"):
        function(DummyClassifier(), X, y, cv=BreaksOff(after))


@pytest.mark.privates
@pytest.mark.parametrize("how", ["list", "generator", "generator_unordered"])
def test_an_error_of_a_generator_of_tasks_is_raised(how, store):
    def tasks():
        yield delayed(pow)(2, 2)
        raise LookupError("no second task")

    with threads(store), pytest.raises(LookupError, match="no second task"):
        list(Parallel(return_as=how)(tasks()))


class TwoPartError(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")
        self.one = one


class PrefixedError(Exception):
    def __init__(self, text):
        super().__init__(f"trouble: {text}")


def raise_it(error):
    raise error


ERRORS = [
    TwoPartError("this", "that"),
    PrefixedError("deep"),
    UnsetMetadataPassedError(message="not asked for", unrequested_params={"a": 1}, routed_params=2),
    FileNotFoundError(2, "no such file", "a.csv"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    ValueError("plain", 3),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_another_process_is_the_one_that_was_raised(error):
    sent = cloudpickle.dumps(run_remotely((raise_it, (error,), {})))
    received = pickle.loads(sent)
    assert type(received.error) is type(error)
    assert str(received.error) == str(error)
    assert vars(received.error) == vars(error)
    assert "in raise_it" in received.trace


def test_an_error_that_cannot_be_sent_is_one_with_its_text():
    error = ValueError("half done")
    error.lock = threading.Lock()
    received = pickle.loads(cloudpickle.dumps(run_remotely((raise_it, (error,), {}))))
    assert type(received.error) is RuntimeError
    assert str(received.error) == "ValueError: half done"


class Raises(DummyClassifier):
    """A classifier whose error does not survive pickling as it is."""

    def fit(self, X, y):
        raise TwoPartError("this", "that") from KeyError("there")


@pytest.mark.parametrize("backend", ["threading", pytest.param("loky", marks=pytest.mark.slow)])
def test_an_error_of_a_fit_is_caught_by_its_class(backend, store):
    with (
        pytest.raises(TwoPartError, match="this and that") as caught,
        record("own", backend=backend, n_jobs=2, store=store),
    ):
        cross_val_predict(Raises(), X, y)
    assert caught.value.one == "this"
    assert "there" in str(caught.value.__cause__)  # of a worker process, all as text
