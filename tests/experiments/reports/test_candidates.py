import math
from dataclasses import replace

import pandas as pd
import pytest

from bakeoff.experiments import candidates, optimism
from bakeoff.experiments.reports.candidates import (
    against_best,
    best_candidates,
    mean_optimism,
    parameter_values,
    pooled,
    ranked,
    search_scores,
)
from bakeoff.experiments.statistics.corrected import corrected_interval

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
    columns = ["model", "repeat", "fold", "inner", "outer", "gap", "params"]
    for nothing in (optimism(search()), optimism([])):
        assert nothing.empty
        assert list(nothing) == columns
    assert candidates([]).empty


def test_a_candidate_that_saw_fewer_folds_ranks_after_those_that_saw_all(search):
    table = candidates(search({1: [0.99], 2: [0.8, 0.9]}))  # a search that was stopped
    assert [params["C"] for params in table.params] == [2, 1]


def nested(search, *scores):
    """Evaluations of one search a fold, each with scores of its own, and of the winners."""
    return [
        replace(e, fold=fold)
        for fold, (found, outer) in enumerate(scores)
        for e in search(found, svm_rbf=[outer])
    ]


def test_the_mean_optimism_has_the_corrected_interval_of_the_gaps(search):
    evaluations = nested(search, ({1: [0.8, 1.0]}, 0.8), ({1: [0.9, 0.9]}, 0.7), ({1: [1.0]}, 1.0))
    expected = corrected_interval([0.1, 0.2, 0.0], 80, 20, n_splits=3)
    assert mean_optimism(evaluations) == pytest.approx(expected)
    assert list(optimism(evaluations).params) == [{"C": 1}] * 3
    assert math.isnan(mean_optimism(search()).mean)


def test_pooled_searches_rank_by_the_scores_of_all(search):
    one, two = {1: [0.8, 0.9], 2: [0.9, 0.9]}, {1: [1.0, 1.0], 2: [0.7, 0.6]}
    table = ranked(pooled(search_scores(nested(search, (one, 0.9), (two, 0.9)))))
    assert [params["C"] for params in table.params] == [1, 2]
    assert table.fold_scores[1] == [0.9, 0.9, 0.7, 0.6]


def test_rungs_of_pooled_searches_are_the_same_rungs(search):
    evaluations = [
        replace(e, fold=fold, resource=rows)
        for fold, rungs in enumerate([(20, 60), (21, 63)])
        for rows in rungs
        for e in search({1: [0.5, 0.5]})
    ]
    table = ranked(pooled(search_scores(evaluations)))
    assert list(table.resource) == [61.5, 20.5]
    assert [len(values) for values in table.fold_scores] == [4, 4]


def test_against_the_best_is_paired_by_fold_and_corrected(search):
    scores = {1: [0.70, 0.80, 0.90], 2: [0.71, 0.81, 0.91], 3: [0.2, 0.9, 0.3], 4: [0.5, 0.5, 0.6]}
    table = against_best(search_scores(search(scores)))
    assert [params["C"] for params in table.params] == [2, 1, 4, 3]
    expected = corrected_interval([-0.01] * 3, 80, 20, n_splits=5)
    assert tuple(table.loc[1, ["difference", "low", "high"]]) == pytest.approx(expected)
    # Worse by a hair on every fold is told apart; worse by far on some of them is not.
    assert list(table.tied) == [True, False, False, True]


def test_what_cannot_be_paired_is_not_called_a_tie(search):
    few = search({1: [0.6, 0.6]}, resource=20)
    many = search({2: [0.9, 0.9], 3: [0.9, math.nan], 4: [0.9]}, resource=60)
    table = against_best(search_scores(few + many))
    assert [params["C"] for params in table.params] == [2, 3, 4, 1]
    assert list(table.tied) == [True, False, False, False]
    assert table.difference.isna().tolist() == [False, True, True, True]
    assert against_best(search_scores([])).empty


def test_parameters_go_by_short_names_where_these_are_unique():
    params = [{"pca__n": 2, "svc__C": 1.0}, {"net__n": (8, 8), "svc__C": 10.0}]
    values = parameter_values(pd.DataFrame({"params": params}))
    assert list(values) == ["pca__n", "C", "net__n"]
    assert list(values.C) == [1.0, 10.0]
    assert values.net__n[1] == "(8, 8)"
