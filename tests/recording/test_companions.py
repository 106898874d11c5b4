"""Fits of nets of one shape are handed out together, and each is recorded as its own."""

import logging
import sys
import time

import cloudpickle
import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from bakeoff.estimators import MLPClassifier
from bakeoff.recording import record
from bakeoff.recording.calls import recognise
from bakeoff.recording.companions import MOST, grouped
from bakeoff.recording.workers import Threads, run_all

cloudpickle.register_pickle_by_value(sys.modules[__name__])

X, y = load_iris(return_X_y=True)
NET = MLPClassifier((5,), max_iter=3, batch_size=32, random_state=0)
BACKENDS = ["threading", pytest.param("loky", marks=pytest.mark.slow)]


LOG = logging.getLogger("sizes")  # a list that changes would be content


@pytest.fixture
def sizes(monkeypatch, caplog):
    """How many tasks were handed out at once; to be called."""

    def submit(self, items):
        LOG.info(len(items))
        return own(self, items)

    own = Threads.submit
    monkeypatch.setattr(Threads, "submit", submit)
    caplog.set_level("INFO", "sizes")
    return lambda: [entry.msg for entry in caplog.records if entry.name == "sizes"]


def search(estimator, grid, store, **options):
    found = GridSearchCV(estimator, grid, cv=3)
    with record("nets", store=store, progress=False, **{"backend": "threading", **options}) as run:
        found.fit(X, y)
    return found, run


def columns(found):
    kept = {k: v for k, v in found.cv_results_.items() if "time" not in k}
    return {k: np.ma.asarray(v) for k, v in kept.items()}


def assert_equal(one, other):
    for name, column in columns(other).items():
        if column.dtype.kind == "f":
            assert_allclose(columns(one)[name], column, err_msg=name)
        else:
            assert [*map(repr, columns(one)[name])] == [*map(repr, column)], name


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_table_of_a_search_is_that_of_the_ordinary_one(backend, store, sizes):
    pipeline = Pipeline([("scale", StandardScaler()), ("net", NET)])
    grid = [
        {"net__learning_rate_init": [1e-3, 1e-2], "net__dropout": [0.0, 0.3]},
        {"net__hidden_layer_sizes": [(4,), (3, 3)], "net__early_stopping": [True, False]},
        {"net": [SVC(), LogisticRegression()]},
    ]
    stock = GridSearchCV(pipeline, grid, cv=3).fit(X, y)
    found, run = search(pipeline, grid, store, backend=backend, n_jobs=2)
    assert_equal(found, stock)
    assert run.done == 30
    again, run = search(pipeline, grid, store, batch=False)
    assert (run.done, run.reused) == (0, 30)
    assert_equal(again, stock)
    if backend == "threading":
        assert max(sizes()) == 6
        assert sizes().count(1) == 6  # the SVM and the regression


def test_batch_false_hands_out_one_by_one(store, sizes):
    search(NET, {"learning_rate_init": [1e-3, 1e-2]}, store, batch=False)
    assert sizes() == [1] * 6


def test_a_candidate_that_fails_leaves_the_others_as_they_are(store, sizes):
    with (
        pytest.warns(UserWarning, match="non-finite"),
        pytest.warns(FitFailedWarning, match="learning_rate_init=1e\\+200"),
    ):
        found, run = search(NET, {"learning_rate_init": [1e-3, 1e200]}, store)
    assert [np.isnan(score) for score in found.cv_results_["mean_test_score"]] == [False, True]
    assert max(sizes()) == 6
    assert [entry.status for entry in store.entries(run.run)].count("failed") == 3


def test_predictions_are_together_too(store, sizes):
    with record("nets", backend="threading", store=store, progress=False):
        found = cross_val_predict(NET, X, y, cv=4, method="predict_proba")
    assert_allclose(found, cross_val_predict(NET, X, y, cv=4, method="predict_proba"))
    assert sizes() == [4]


def calls(n, estimator=NET, rows=X, **arguments):
    def _fit_and_score(estimator, X, train, test, parameters):
        raise AssertionError

    _fit_and_score.__module__ = "sklearn.model_selection._validation"
    _fit_and_score.__qualname__ = "_fit_and_score"
    given = {"train": [0], "test": [1], "parameters": {}, **arguments}
    return [recognise((_fit_and_score, (estimator, rows), given)) for _ in range(n)]


def test_groups_are_even_and_small():
    assert [*map(len, grouped(calls(40), 2))] == [7, 7, 7, 7, 7, 5]
    assert [*map(len, grouped(calls(3), 2))] == [2, 1]
    assert max(map(len, grouped(calls(1000), 1))) == MOST
    wide = np.broadcast_to(0.0, (10**6, 100))
    assert [*map(len, grouped(calls(2, rows=wide), 1))] == [1, 1]  # each has a copy of them


@pytest.mark.parametrize("other", [
    {"hidden_layer_sizes": (6,)}, {"activation": "tanh"}, {"solver": "sgd"}, {"batch_size": 16},
    {"norm": "layer"}, {"verbose": 1},
])  # fmt: skip
def test_nets_of_other_shapes_are_apart(other):
    pipeline = make_pipeline(StandardScaler(), NET)
    here = calls(2, pipeline)
    there = calls(1, pipeline, parameters={f"mlpclassifier__{k}": v for k, v in other.items()})
    assert grouped([*here, *there], 1) == [[0, 1], [2]]


def test_waiting_for_others_is_no_time_of_a_fit(store):
    class Slow(StandardScaler):
        def fit(self, X, y=None, **options):
            time.sleep(0.2 * self.with_mean)
            return super().fit(X, y, **options)

    pipeline = Pipeline([("scale", Slow()), ("net", NET)])
    found, _ = search(pipeline, {"scale__with_mean": [True, False]}, store)
    slow, quick = found.cv_results_["mean_fit_time"]
    assert slow - quick > 0.15


def test_what_ends_the_worker_ends_the_group():
    def call(estimator, X, train, test, parameters):
        raise SystemExit(3)

    call.__module__, call.__qualname__ = "sklearn.model_selection._validation", "_fit_and_score"
    items = [(call, (NET, X), {"train": [0], "test": [1], "parameters": {}})] * 2
    with pytest.raises(SystemExit):
        run_all(items)
