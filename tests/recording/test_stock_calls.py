"""Stock calls give what they give without a journal, the first time and from the journal."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from joblib import Parallel, delayed
from sklearn.datasets import make_classification
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.inspection import permutation_importance
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    HalvingRandomSearchCV,
    RandomizedSearchCV,
    cross_val_predict,
    cross_val_score,
    cross_validate,
    learning_curve,
    permutation_test_score,
    validation_curve,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from bakeoff.estimators import MLPClassifier
from bakeoff.recording import record
from bakeoff.recording.workers import Processes, effective_n_jobs

pytestmark = [pytest.mark.privates, pytest.mark.slow]


X, y = make_classification(180, 8, n_informative=5, n_classes=3, random_state=0)
FRAME = pd.DataFrame(X, columns=list("abcdefgh"))
GRID = {"svc__C": [0.1, 1.0, 10.0], "svc__gamma": ["scale", 0.1]}


def svm():
    return make_pipeline(StandardScaler(), SVC())


def tree():
    return DecisionTreeClassifier(random_state=0)


def results(search, X=X):
    """What a fitted search found, without the times it took."""
    table = {k: v for k, v in search.cv_results_.items() if "_time" not in k}
    return {**table, "best": search.best_params_, "predicted": search.predict(X)}


def untimed(scores):
    return {name: value for name, value in scores.items() if "_time" not in name}


KINDS: dict[str, tuple[Callable[[], Any], int]] = {  # how to call, and how many fits it journals
    "grid": (lambda: results(GridSearchCV(svm(), GRID).fit(X, y)), 30),
    "grid, one job": (lambda: results(GridSearchCV(svm(), GRID, n_jobs=1).fit(X, y)), 30),
    "grid, two jobs": (lambda: results(GridSearchCV(svm(), GRID, n_jobs=2).fit(X, y)), 30),
    "grid of nets": (
        lambda: results(
            GridSearchCV(
                MLPClassifier(max_iter=2, random_state=0), {"dropout": [0.0, 0.5]}, cv=2
            ).fit(X, y)
        ),
        4,
    ),
    "multimetric": (
        lambda: results(
            GridSearchCV(
                svm(), GRID, scoring=["accuracy", "f1_macro"], refit="f1_macro",
                return_train_score=True,
            ).fit(X, y)
        ),
        30,
    ),
    "randomized": (
        lambda: results(RandomizedSearchCV(svm(), GRID, n_iter=4, random_state=0).fit(X, y)),
        20,
    ),
    "halving grid": (
        lambda: results(HalvingGridSearchCV(svm(), GRID, random_state=0).fit(X, y)), 40,
    ),
    "halving random": (
        lambda: results(
            HalvingRandomSearchCV(svm(), GRID, n_candidates=6, random_state=0).fit(X, y)
        ),
        40,
    ),
    "cross_validate": (
        lambda: untimed(cross_validate(svm(), X, y, return_train_score=True)), 5,
    ),
    "cross_validate, estimators": (
        lambda: [
            e.predict(X) for e in cross_validate(svm(), X, y, return_estimator=True)["estimator"]
        ],
        5,
    ),
    "cross_val_score": (lambda: cross_val_score(svm(), X, y, cv=4), 4),
    "cross_val_predict": (
        lambda: cross_val_predict(tree(), X, y, method="predict_proba"), 5,
    ),
    "learning curve": (
        lambda: learning_curve(svm(), X, y, train_sizes=[0.3, 1.0], shuffle=True, random_state=0),
        10,
    ),
    "learning curve, incremental": (
        lambda: learning_curve(
            SGDClassifier(random_state=0), X, y, exploit_incremental_learning=True
        ),
        5,
    ),
    "validation curve": (
        lambda: validation_curve(svm(), X, y, param_name="svc__C", param_range=[0.1, 1.0]), 10,
    ),
    "permutation importance": (
        lambda: permutation_importance(tree().fit(X, y), X, y, random_state=0)["importances"], 8,
    ),
    "permutation test": (
        lambda: permutation_test_score(tree(), X, y, n_permutations=4, random_state=0), 4,
    ),
    "nested": (
        lambda: untimed(cross_validate(GridSearchCV(svm(), GRID, cv=3), X, y, cv=2)), 2 + 36,
    ),
    "nested in a pipeline": (
        lambda: cross_val_score(make_pipeline(StandardScaler(), GridSearchCV(tree(), {
            "max_depth": [1, 3]}, cv=2)), X, y, cv=2), 2 + 8,
    ),
    "bagging": (
        lambda: BaggingClassifier(tree(), 6, random_state=0, n_jobs=2).fit(X, y).predict_proba(X),
        0,
    ),
    "forest with inner jobs": (
        lambda: cross_val_score(RandomForestClassifier(5, random_state=0, n_jobs=2), X, y), 5,
    ),
    "bagging with inner jobs": (
        lambda: cross_val_score(BaggingClassifier(tree(), 4, random_state=0, n_jobs=2), X, y), 5,
    ),
    "one against the rest": (
        lambda: OneVsRestClassifier(SVC(), n_jobs=2).fit(X, y).decision_function(X), 0,
    ),
    "generator": (lambda: list(Parallel(return_as="generator")(calls())), 0),
    "generator, unordered": (
        lambda: sorted(Parallel(return_as="generator_unordered")(calls())), 0,
    ),
    "batches": (lambda: Parallel(batch_size=3)(calls()), 0),
    "a frame and weights": (
        lambda: results(
            GridSearchCV(tree(), {"max_depth": [2, 4]}).fit(
                FRAME, y, sample_weight=np.arange(180.0)
            ),
            FRAME,
        ),
        10,
    ),
}  # fmt: skip


def calls():
    return (delayed(pow)(n, 2) for n in range(7))


def assert_same(actual, expected):
    if isinstance(expected, dict):
        assert actual.keys() == expected.keys()
        actual, expected = list(actual.values()), list(expected.values())
    if isinstance(expected, (list, tuple)):
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_same(one, other)
    else:
        np.testing.assert_array_equal(actual, expected)


@functools.cache
def without_a_journal(kind):
    call, _ = KINDS[kind]
    return call()


class KeptProcesses(Processes):
    """Worker processes that outlive their run: to start them takes longer than most calls."""

    def resize(self, n_jobs):
        if effective_n_jobs(n_jobs) != self.n_workers:
            super().close()
        super().resize(n_jobs)

    def close(self, kill=False):
        if kill:
            super().close(kill=True)


@pytest.fixture(scope="module")
def processes():
    kept = KeptProcesses()
    yield kept
    Processes.close(kept)


@pytest.mark.parametrize("backend", ["loky", "threading"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_gives_what_it_gives_without_a_journal(kind, backend, store, processes, monkeypatch):
    monkeypatch.setattr("bakeoff.recording.recording.Processes", lambda: processes)
    call, n_journalled = KINDS[kind]
    expected = without_a_journal(kind)
    with record(kind, n_jobs=2, backend=backend, store=store) as first:
        assert_same(call(), expected)
    with record(kind, n_jobs=2, backend=backend, store=store) as second:
        assert_same(call(), expected)
    assert len(store.entries(first.run)) == n_journalled
    assert first.reused == 0
    assert second.reused == len(store.entries(second.run))
    assert second.done == first.done - n_journalled  # what has no journal is done again
    assert [run.state for run in store.runs()] == ["finished", "finished"]
