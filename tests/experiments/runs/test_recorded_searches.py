"""Searches of scripts, found again in what was recorded, and equal to what scikit-learn says."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    RandomizedSearchCV,
    cross_val_score,
    cross_validate,
    validation_curve,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC

from bakeoff.experiments.reports.candidates import against_best, parameter_values, ranked
from bakeoff.experiments.runs.recorded_searches import outer_scores, scripted_searches
from bakeoff.recording import Store, record

X, y = load_iris(return_X_y=True)
GRID = {"svc__C": [0.01, 1.0, 100.0], "svc__kernel": ["rbf", "linear"]}


def svm():
    return make_pipeline(StandardScaler(), SVC())


def searches(call):
    with record("mine", backend="threading") as recording:
        call()
    with Store() as store:
        return scripted_searches(store.entries(recording.run))


def test_a_grid_search_is_told_as_scikit_learn_tells_it():
    stock = GridSearchCV(svm(), GRID, cv=4)
    (found,) = searches(lambda: stock.fit(X, y))
    table = ranked(found.scores())
    results = stock.cv_results_
    assert (found.estimator, found.metrics, found.errors) == ("SVC", ["score"], [])
    assert table.params[0] == stock.best_params_
    for row in table.to_dict("records"):
        number = results["params"].index(row["params"])
        assert row["fold_scores"] == [results[f"split{i}_test_score"][number] for i in range(4)]
    assert list(parameter_values(table)) == ["C", "kernel"]
    assert against_best(found.scores()).n_test[0] == pytest.approx(37.5)


def test_several_searches_in_one_block_are_told_apart():
    def call():
        cross_val_score(svm(), X, y)
        GridSearchCV(svm(), GRID, cv=3).fit(X, y)
        validation_curve(svm(), X, y, param_name="svc__C", param_range=[0.1, 1.0])
        GridSearchCV(svm(), GRID, cv=3).fit(X[::2], y[::2])
        RandomizedSearchCV(LinearSVC(), {"C": [0.1, 1.0]}, n_iter=2, random_state=0).fit(X, y)

    found = searches(call)
    assert [(one.estimator, len(one.scores())) for one in found] == [
        ("SVC", 18),
        ("SVC", 18),
        ("LinearSVC", 10),
    ]
    assert set(found[1].scores().n_train) == {50}


def test_the_same_search_twice_is_two_searches():
    def call():
        for _ in range(2):
            GridSearchCV(svm(), {"svc__C": [0.1, 1.0]}, cv=2).fit(X, y)

    assert [len(one.scores()) for one in searches(call)] == [4, 4]


def test_searches_that_are_under_way_at_once_are_told_apart():
    nested = GridSearchCV(svm(), GRID, cv=2)
    with record("nested", backend="threading") as recording:
        outer = cross_validate(nested, X, y, cv=3, return_estimator=True)
    with Store() as store:
        entries = store.entries(recording.run)
    assert sorted(outer_scores(entries)) == sorted(outer["test_score"])
    best = [ranked(one.scores())["mean"][0] for one in scripted_searches(entries)]
    assert sorted(best) == pytest.approx(sorted(one.best_score_ for one in outer["estimator"]))
    assert [len(one.scores()) for one in scripted_searches(entries)] == [12, 12, 12]
    # Stopped half-way: of each search some fits are in, and of one not the first.
    fits = [e for e in entries if e.detail["candidate"] is not None]
    left = [e for i, e in enumerate(fits) if i % 12 < 5 or i in (11, 23)][1:]
    assert [len(one.scores()) for one in scripted_searches(left)] == [5, 6, 5]


def test_a_halving_search_is_one_search_with_rungs():
    stock = HalvingGridSearchCV(
        svm(), {"svc__C": [0.001, 0.1, 10.0]}, factor=3, min_resources=40, random_state=0, cv=2
    )
    (found,) = searches(lambda: stock.fit(X, y))
    assert len(found.rungs) == 2
    table = ranked(found.scores())
    assert table.resource.nunique() == 2
    assert table.params[0] == stock.best_params_
    assert len(table) == 4
    assert np.isnan(against_best(found.scores()).difference[1:]).all()  # on fewer rows


def test_several_metrics_are_one_table_each():
    stock = GridSearchCV(svm(), GRID, scoring=["accuracy", "f1_macro"], refit="f1_macro")
    (found,) = searches(lambda: stock.fit(X, y))
    assert found.metrics == ["accuracy", "f1_macro"]
    table = ranked(found.scores("f1_macro"))
    assert table["mean"][0] == pytest.approx(stock.cv_results_["mean_test_f1_macro"].max())
    with pytest.raises(ValueError, match=r"metric must be one of .*, however: 'r2'"):
        found.scores("r2")


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
@pytest.mark.filterwarnings("ignore:One or more of the test scores:UserWarning")
def test_fits_that_failed_rank_last_and_say_why():
    (found,) = searches(lambda: GridSearchCV(svm(), {"svc__C": [-1.0, 1.0]}, cv=2).fit(X, y))
    table = ranked(found.scores())
    assert [params["svc__C"] for params in table.params] == [1.0, -1.0]
    assert list(table.failed) == [0, 2]
    assert len(found.errors) == 2
    assert "'C' parameter" in found.errors[0]


def test_a_run_without_a_search_has_none():
    assert searches(lambda: cross_val_score(svm(), X, y)) == []
    assert scripted_searches([]) == []
