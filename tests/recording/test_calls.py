"""What is known of scikit-learn's private functions, and of what they are passed."""

import functools
import inspect
import pickle
import subprocess
import sys
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from joblib import Parallel
from joblib import delayed as plain_delayed
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    BaggingClassifier,
    RandomForestClassifier,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.feature_selection import RFECV
from sklearn.inspection import _permutation_importance, permutation_importance
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import (
    GridSearchCV,
    TunedThresholdClassifierCV,
    _search,
    _validation,
    cross_val_predict,
    cross_val_score,
    permutation_test_score,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import MultiOutputClassifier
from sklearn.pipeline import Pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils.parallel import delayed

from bakeoff.recording import Digester, Journalled, WorkerDiedError, backend, calls, record
from bakeoff.recording.calls import Unfit, recognise, without_idle_callbacks

pytestmark = pytest.mark.privates

X = np.zeros((4, 2))
ROWS = np.random.default_rng(0).normal(size=(60, 3))
LABELS = (ROWS[:, 0] > 0).astype(int)
PRIVATE = {  # names that scikit-learn may change, and what calls them
    "_fit_and_score": lambda: GridSearchCV(SVC(), {"C": [1.0, 2.0]}).fit(ROWS, LABELS),
    "_fit_and_predict": lambda: cross_val_predict(SVC(), ROWS, LABELS),
    "_permutation_test_score": lambda: permutation_test_score(
        SVC(), ROWS, LABELS, n_permutations=2
    ),
}


@pytest.mark.parametrize(
    ("is_heard", "is_watched", "kept"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
@pytest.mark.parametrize("inside", [False, True])
def test_who_has_callbacks_keeps_what_they_need(is_heard, is_watched, kept, inside):
    context = SimpleNamespace(_callbacks=["a progress bar"] if is_heard else [])
    svm = SVC()
    if is_watched:
        svm._skl_callbacks = ["a progress bar"]
    model = Pipeline([("svm", svm)]) if inside else svm
    _, _, sent = without_idle_callbacks((print, (model, X), {"callback_ctx": context}))
    assert (sent["callback_ctx"] is context) == kept


def test_a_task_of_a_search_does_not_grow_with_the_search(store, monkeypatch):
    sizes = {}
    for n in (2, 60):
        items = []

        def keep(item, items=items):
            items.append(without_idle_callbacks(item))
            return items[-1]

        monkeypatch.setattr(backend, "without_idle_callbacks", keep)
        search = GridSearchCV(SVC(), {"C": np.linspace(1, 2, n)}, cv=2, refit=False)
        with record("sizes", backend="threading", store=store):
            search.fit(np.random.default_rng(0).normal(size=(20, 2)), [0, 1] * 10)
        sizes[n] = len(pickle.dumps(items[0][1:]))
    assert sizes[60] < sizes[2] + 100


def test_what_all_searches_derive_from_is_what_it_was():
    assert backend._Search is _search.BaseSearchCV


def test_other_functions_are_not_recognised():
    assert recognise((print, ("anything",), {})) is None
    assert recognise((delayed(sorted)([2, 1])[0], ([2, 1],), {})) is None


def test_the_stand_in_fails_with_the_reason_whatever_its_parameters():
    with pytest.raises(WorkerDiedError, match="out of memory"):
        Unfit("out of memory").set_params(C=3).fit(X)


@pytest.fixture
def threads(store):
    return functools.partial(record, "calls", backend="threading", store=store)


@pytest.mark.parametrize("name", PRIVATE)
def test_a_fit_under_another_name_runs_and_is_warned_of_once(name, threads, monkeypatch):
    function = inspect.unwrap(getattr(_validation, name))
    monkeypatch.setattr(function, "__qualname__", "_of_tomorrow")
    with threads() as recording, pytest.warns(UserWarning, match="_of_tomorrow runs") as caught:
        [PRIVATE[name]() for _ in range(2)]
    assert len(caught) == 1
    assert recording.planned == 0


@pytest.mark.parametrize("name", PRIVATE)
def test_a_fit_that_has_moved_is_journalled_as_ever(name, threads, monkeypatch):
    function = inspect.unwrap(getattr(_validation, name))
    monkeypatch.setattr(function, "__module__", "sklearn._of_tomorrow")
    with threads() as recording:
        PRIVATE[name]()
    assert recording.done == recording.planned > 0


def test_a_fit_that_has_moved_to_another_name_is_known_by_its_scorer(threads, monkeypatch):
    function = inspect.unwrap(_validation._fit_and_score)
    monkeypatch.setattr(function, "__module__", "sklearn.linear_model")
    monkeypatch.setattr(function, "__qualname__", "_of_tomorrow")
    with threads(), pytest.warns(UserWarning, match="_of_tomorrow runs without a journal"):
        PRIVATE["_fit_and_score"]()


def test_a_permutation_under_another_name_is_warned_of_too(threads, monkeypatch):
    function = inspect.unwrap(_permutation_importance._calculate_permutation_scores)
    monkeypatch.setattr(function, "__qualname__", "_of_tomorrow")
    fitted = SVC().fit(ROWS, LABELS)
    with threads(), pytest.warns(UserWarning, match="_of_tomorrow runs without a journal"):
        permutation_importance(fitted, ROWS, LABELS)


def test_a_fit_that_takes_other_arguments_runs_and_is_warned_of_once(threads, monkeypatch):
    place = "_fit_and_score"
    journal, needed = calls._SCIKIT_LEARN[place]
    monkeypatch.setitem(calls._SCIKIT_LEARN, place, (journal, needed | {"model"}))
    with threads() as recording, pytest.warns(UserWarning, match="other arguments") as caught:
        scores = cross_val_score(SVC(), ROWS, LABELS)
    assert (len(caught), recording.planned, len(scores)) == (1, 0, 5)


def test_a_result_that_is_described_otherwise_is_given_all_the_same(threads, monkeypatch):
    place = "_fit_and_score"
    _, needed = calls._SCIKIT_LEARN[place]
    changed = Journalled(lambda arguments, result: {"scores": result["scores_of_tomorrow"]})
    monkeypatch.setitem(calls._SCIKIT_LEARN, place, (changed, needed))
    with threads() as recording, pytest.warns(UserWarning, match="scores_of_tomorrow"):
        scores = cross_val_score(SVC(), ROWS, LABELS)
    assert (recording.done, len(scores)) == (0, 5)


def fit_one(model, X, y):
    return model.fit(X, y).score(X, y)


def test_a_fit_of_one_s_own_is_warned_of_by_its_name(threads):
    items = [plain_delayed(fit_one)(SVC(C=C), ROWS, LABELS) for C in (1.0, 2.0)]
    with threads(), pytest.warns(UserWarning, match="fit_one runs without a journal") as caught:
        Parallel(n_jobs=2)(items)
    assert len(caught) == 1


WITHIN_A_MODEL = {
    "a forest": RandomForestClassifier(3, n_jobs=2),
    "bagging": BaggingClassifier(SVC(), 3, n_jobs=2),
    "voting": VotingClassifier([("a", SVC()), ("b", SVC())], n_jobs=2),
    "stacking": StackingClassifier([("a", SVC()), ("b", SVC())], n_jobs=2),
    "one against the rest": OneVsRestClassifier(SVC(), n_jobs=2),
    "one against one": OneVsOneClassifier(SVC(), n_jobs=2),
    "calibration": CalibratedClassifierCV(SVC(), n_jobs=2),
    "a threshold": TunedThresholdClassifierCV(SVC(), n_jobs=2),
    "feature elimination": RFECV(SVC(kernel="linear"), n_jobs=2),
    "a path": LogisticRegressionCV(
        Cs=3, n_jobs=2, use_legacy_attributes=False, l1_ratios=(0.0,), scoring="accuracy"
    ),
    "columns": ColumnTransformer(
        [("a", StandardScaler(), [0]), ("b", StandardScaler(), [1])], n_jobs=2
    ),
    "a union": make_union(StandardScaler(), StandardScaler(), n_jobs=2),
}


@pytest.mark.parametrize("what", WITHIN_A_MODEL)
def test_parallel_work_within_a_model_is_no_news(what, store):
    with record(what, backend="threading", n_jobs=2, store=store), warnings.catch_warnings():
        warnings.simplefilter("error")
        WITHIN_A_MODEL[what].fit(ROWS, LABELS)


def test_other_work_of_one_s_own_is_no_news(threads):
    fitted = SVC().fit(ROWS, LABELS)
    with threads(), warnings.catch_warnings():
        warnings.simplefilter("error")
        MultiOutputClassifier(SVC(), n_jobs=2).fit(ROWS, np.column_stack([LABELS, LABELS]))
        Parallel(n_jobs=2)(plain_delayed(pow)(n, 2) for n in range(3))
        Parallel(n_jobs=2)(plain_delayed(predict)(fitted, ROWS) for _ in range(3))


def predict(model, X):
    return model.predict(X)


def test_the_code_of_a_journalled_function_is_in_its_key():
    def plus(n):
        return n + 1

    def minus(n):
        return n - 1

    minus.__qualname__, digests = plus.__qualname__, set()
    for function in (plus, minus):
        function.journal = Journalled(lambda arguments, result: {})
        digests.add(Digester().digest(*recognise((function, (1,), {})).content))
    assert len(digests) == 2


WITHOUT = """
import sys
import joblib
sys.modules[{name!r}] = None  # as if this joblib had none
import bakeoff.experiments
from bakeoff.recording import record
with record("threads", backend="threading"):
    pass
record("processes").__enter__()
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["joblib._memmapping_reducer", "joblib.externals.loky"])
def test_a_joblib_that_has_changed_inside_is_said_in_one_sentence(name):
    code = WITHOUT.format(name=name)
    script = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    last = script.stderr.strip().splitlines()[-1]
    assert last.startswith("ImportError: worker processes need joblib as it was in 1.6, however")
    assert "choose backend='threading' or 'dask'" in last
