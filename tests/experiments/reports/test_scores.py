import math
from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments import fold_scores, summary
from bakeoff.experiments.reports.scores import (
    better_than_guessing,
    complete_folds,
    seed_scores,
)
from bakeoff.experiments.statistics.corrected import corrected_interval

NAN = math.nan


@pytest.fixture
def seeded(evaluations):
    """Two folds; the net has two seeds."""
    net = {"mlp": [0.9, 0.8]}
    other = [replace(e, seed=1) for e in evaluations({"mlp": [0.7, 0.6]})]
    return evaluations({**net, "dummy": [0.5, 0.4]}) + other


def test_fold_scores_is_one_row_per_evaluation(evaluations):
    frame = fold_scores(evaluations({"mlp": [0.9, 0.8], "dummy": [0.5, 0.6]}))
    assert list(frame.model) == ["mlp", "dummy", "mlp", "dummy"]
    assert list(frame.score) == [0.9, 0.5, 0.8, 0.6]
    assert set(frame.n_test) == {20}


def test_fold_scores_are_averaged_over_seeds_and_seed_scores_are_not(seeded):
    assert len(seed_scores(seeded)) == 6
    frame = fold_scores(seeded)
    np.testing.assert_allclose(frame.score, [0.8, 0.5, 0.7, 0.4])
    assert list(frame.error) == [None] * 4


def test_a_fold_on_which_one_seed_failed_has_no_score(seeded):
    broken = [replace(e, scores={"accuracy": NAN}, error="no") if e.seed else e for e in seeded]
    frame = fold_scores(broken)
    assert [math.isnan(score) for score in frame.score] == [True, False, True, False]
    assert list(frame.error) == ["no", None, "no", None]


def test_what_happened_in_a_search_is_not_a_fold_score(seeded):
    inner = [replace(e, inner=0, scores={"accuracy": 0.0}) for e in seeded]
    assert fold_scores(inner + seeded).score.sum() == fold_scores(seeded).score.sum()
    assert fold_scores(inner).empty
    assert summary(inner).empty


def test_summary_orders_by_mean_and_carries_the_corrected_interval(evaluations):
    table = summary(evaluations({"dummy": [0.5, 0.6, 0.5], "mlp": [0.9, 0.8, 0.8]}))
    assert list(table.model) == ["mlp", "dummy"]
    expected = corrected_interval([0.9, 0.8, 0.8], n_train=80, n_test=20)
    np.testing.assert_allclose(table.loc[0, ["mean", "low", "high"]].astype(float), expected)
    assert list(table.folds) == [3, 3]


def test_summary_counts_failures_apart_and_puts_a_model_without_score_last(evaluations):
    table = summary(evaluations({"cnn": [NAN, NAN], "mlp": [0.9, NAN], "dummy": [0.5, 0.5]}))
    assert list(table.model) == ["mlp", "dummy", "cnn"]
    assert list(table.folds) == [1, 2, 0]
    assert list(table.failed) == [1, 0, 2]
    assert math.isnan(table["mean"][2])


def test_complete_folds_have_all_seeds_and_keep_their_search(seeded):
    inner = [replace(e, inner=0) for e in seeded]
    kept = complete_folds([e for e in inner + seeded if (e.fold, e.seed) != (1, 1)], ["mlp"])
    # Without its second seed, fold 1 of the net is not complete.
    assert {(e.fold, e.inner) for e in kept} == {(0, None), (0, 0)}


def test_a_model_that_was_never_evaluated_leaves_no_complete_fold(seeded):
    assert complete_folds(seeded, ["mlp", "cnn"]) == []


def test_repeats_add_no_degree_of_freedom(evaluations):
    once = evaluations({"mlp": [0.9, 0.7, 0.8]})
    twice = once + [replace(e, repeat=1) for e in once]
    expected = corrected_interval([0.9, 0.7, 0.8] * 2, n_train=80, n_test=20, n_splits=3)
    np.testing.assert_allclose(summary(twice).loc[0, ["mean", "low", "high"]].tolist(), expected)


def test_one_fold_of_a_stopped_run_has_a_mean_and_no_interval(evaluations):
    row = summary(evaluations({"mlp": [0.9]})).iloc[0]
    assert row["mean"] == 0.9
    assert math.isnan(row.low)


def test_complete_folds_drops_the_fold_that_was_cut_off(evaluations):
    done = evaluations({"mlp": [0.9, 0.8], "dummy": [0.5]})
    kept = complete_folds(done, ["mlp", "dummy"])
    assert [(e.model, e.fold) for e in kept] == [("mlp", 0), ("dummy", 0)]


@pytest.mark.parametrize(
    ("scores", "task", "expected"),
    [
        ({"mlp": [0.9], "cnn": [0.4], "dummy": [0.5]}, "classification", ["mlp"]),
        ({"mlp": [0.9], "cnn": [0.4]}, "classification", ["mlp", "cnn"]),
        ({"mlp": [0.4], "cnn": [-20.0]}, "regression", ["mlp"]),
        ({"mlp": [-1.0], "cnn": [-20.0]}, "regression", ["mlp", "cnn"]),
        ({"mlp": [0.4], "cnn": [NAN]}, "regression", ["mlp"]),
    ],
)
def test_better_than_guessing(evaluations, scores, task, expected):
    assert better_than_guessing(summary(evaluations(scores)), task) == expected
