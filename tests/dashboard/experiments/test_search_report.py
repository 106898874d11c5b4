import math
from dataclasses import replace

import pytest

from bakeoff.dashboard.experiments import best_candidates, candidates, optimism

SCORES = {1: [0.8, 0.9], 2: [0.9, 0.9], 3: [0.99, math.nan]}


@pytest.fixture
def search(evaluations):
    """Evaluations of candidates C on two inner folds of one outer fold, and the winner's."""

    def make(scores=None, resource=None, **outer):
        inner = [
            replace(e, fold=0, inner=e.fold, params={"C": C}, resource=resource)
            for C, values in (scores or SCORES).items()
            for e in evaluations({"svm_rbf": values})
        ]
        return inner + [replace(e, params={"C": 2}) for e in (evaluations(outer) if outer else [])]

    return make


def test_candidates_are_ranked_by_their_mean_and_failures_come_last(search):
    table = candidates(search(svm_rbf=[0.7]))
    assert [params["C"] for params in table.params] == [2, 1, 3]
    assert list(table["rank"]) == [1, 2, 3]
    assert list(table["mean"])[:2] == pytest.approx([0.9, 0.85])
    assert table["std"][1] == pytest.approx(0.05)
    assert list(table.failed) == [0, 0, 1]
    assert table.fold_scores[1] == [0.8, 0.9]


def test_fold_scores_are_in_the_order_of_the_folds_however_they_arrive(search):
    table = candidates(search()[::-1])
    assert table.query("rank == 2").fold_scores.item() == [0.8, 0.9]


def test_a_candidate_that_was_proposed_twice_is_one_row(search):
    table = candidates(search() + search())
    assert len(table) == 3
    assert table.fold_scores[0] == [0.9, 0.9]


def test_more_rows_rank_before_fewer(search):
    table = candidates(search({1: [1.0, 1.0]}, resource=20) + search({1: [0.8, 0.8]}, resource=60))
    assert list(table.resource) == [60, 20]
    assert list(table["rank"]) == [1, 2]


def test_best_candidates_are_those_of_each_search(search):
    other = [replace(e, fold=1, params={"C": -e.params["C"]}) for e in search()]
    assert best_candidates(search() + other) == {
        ("svm_rbf", 0, 0): {"C": 2},
        ("svm_rbf", 0, 1): {"C": -2},
    }


def test_optimism_is_the_winners_promise_minus_what_it_gave(search):
    (row,) = optimism(search(svm_rbf=[0.7])).to_dict("records")
    assert (row["model"], row["repeat"], row["fold"]) == ("svm_rbf", 0, 0)
    assert [row["inner"], row["outer"], row["gap"]] == pytest.approx([0.9, 0.7, 0.2])


def test_a_search_that_is_not_nested_has_no_optimism_to_show(search):
    columns = ["model", "repeat", "fold", "inner", "outer", "gap"]
    for nothing in (optimism(search()), optimism([])):
        assert nothing.empty
        assert list(nothing) == columns
    assert candidates([]).empty


def test_a_candidate_that_saw_fewer_folds_ranks_after_those_that_saw_all(search):
    table = candidates(search({1: [0.99], 2: [0.8, 0.9]}))  # a search that was stopped
    assert [params["C"] for params in table.params] == [2, 1]
