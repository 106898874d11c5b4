from dataclasses import replace

import pandas as pd
import pytest

from bakeoff.experiments.reports.bargain import bargain, costs, pareto_front
from bakeoff.experiments.reports.differences import difference

SCORES = {
    "mlp": [0.90, 0.92, 0.91, 0.90],
    "svm_rbf": [0.91, 0.91, 0.90, 0.90],
    "logistic": [0.80, 0.81, 0.80, 0.79],
    "dummy": [0.50, 0.51, 0.50, 0.49],
}
SECONDS = {"mlp": 8.0, "svm_rbf": 0.2, "logistic": 0.01, "dummy": 0.001}


@pytest.fixture
def timed(evaluations):
    return [replace(e, fit_seconds=SECONDS[e.model]) for e in evaluations(SCORES)]


def test_costs_are_means_over_the_folds_that_have_a_score(timed):
    failed = replace(
        timed[0], fold=4, scores={"accuracy": float("nan")}, fit_seconds=float("nan"), error="no"
    )
    slow = [replace(e, fit_seconds=10.0) if e is timed[0] else e for e in timed]
    table = costs([*slow, failed]).set_index("model")
    assert list(table.index) == ["mlp", "svm_rbf", "logistic", "dummy"]
    assert table.fit_seconds["mlp"] == pytest.approx((10 + 3 * 8) / 4)
    assert table.score_seconds["mlp"] == pytest.approx(0.1)


def test_what_happened_in_a_search_costs_nothing_here(timed):
    inner = [replace(e, inner=0, fit_seconds=1e6) for e in timed]
    assert costs(inner + timed).equals(costs(timed))


@pytest.mark.parametrize(
    ("rows", "front"),
    [
        ([("a", 0.9, 2.0), ("b", 0.8, 1.0)], ["b", "a"]),
        ([("a", 0.9, 1.0), ("b", 0.8, 1.0)], ["a"]),
        ([("a", 0.9, 1.0), ("b", 0.9, 2.0)], ["a"]),
        ([("a", 0.9, 1.0), ("b", 0.9, 1.0)], ["a", "b"]),
        ([("a", 0.9, 3.0), ("b", 0.5, 1.0), ("c", 0.4, 2.0)], ["b", "a"]),
        ([], []),
    ],
)
def test_the_front_is_what_no_other_model_beats(rows, front):
    table = pd.DataFrame(rows, columns=["model", "mean", "seconds"])
    assert pareto_front(table, "seconds") == front


def test_a_bargain_is_tied_with_the_best_and_cheaper(timed):
    found = bargain(timed, "classification")
    assert (found.model, found.best) == ("svm_rbf", "mlp")
    assert found.times == pytest.approx(40)
    assert found.difference == difference(timed, "svm_rbf", "mlp")


def test_a_model_that_is_told_apart_or_as_slow_is_no_bargain(timed):
    assert bargain([e for e in timed if e.model != "svm_rbf"], "classification") is None
    assert bargain(timed, "classification", "score_seconds") is None


def test_one_fold_cannot_show_a_bargain(timed):
    assert bargain([e for e in timed if e.fold == 0], "classification") is None


def test_guessing_is_no_bargain(evaluations):
    noisy = evaluations({"mlp": [0.9, 0.1, 0.8], "dummy": [0.5, 0.5, 0.5]})
    timed = [replace(e, fit_seconds=SECONDS[e.model]) for e in noisy]
    assert bargain(timed, "classification") is None
