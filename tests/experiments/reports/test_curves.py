import math
from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments import epoch_curve, score_curve
from bakeoff.experiments.reports.curves import fold_curve, whole_epochs
from bakeoff.experiments.statistics.corrected import corrected_interval

FOLDS = [0.8, 0.9, 0.7]


@pytest.fixture
def curve(evaluations):
    """One evaluation per fold, for a value of C; scores of the training rows on demand."""

    def make(value, scores, train_scores=None, **changes):
        found = evaluations({"svm_rbf": scores})
        return [
            replace(
                e, params={"C": value},
                train_scores={"accuracy": train_scores[e.fold]} if train_scores else {}, **changes,
            )
            for e in found
        ]  # fmt: skip

    return make


def test_each_value_has_the_corrected_interval_of_its_folds(curve):
    table = score_curve(curve(1.0, FOLDS, [1.0, 0.9, 1.0]), "C")
    assert list(table.part) == ["test", "train"]
    for row, scores in zip(table.to_dict("records"), [FOLDS, [1.0, 0.9, 1.0]], strict=True):
        expected = corrected_interval(scores, n_train=80, n_test=20)
        assert [row["mean"], row["low"], row["high"]] == pytest.approx(expected)
        assert (row["C"], row["n_train"], row["folds"], row["failed"]) == (1.0, 80, 3, 0)


def test_resamples_of_a_fold_are_averaged_first(curve):
    several = curve(1.0, FOLDS, seed=0) + curve(1.0, [0.6, 0.7, 0.9], seed=1)
    (row,) = score_curve(several, "C").to_dict("records")
    expected = corrected_interval([0.7, 0.8, 0.8], n_train=80, n_test=20)
    assert [row["mean"], row["low"], row["high"]] == pytest.approx(expected)
    assert row["folds"] == 3


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ([10.0, 0.5, 2], [0.5, 2, 10.0]),
        (["scale", 10.0, 0.5], [0.5, 10.0, "scale"]),
        ([(64, 64), (16,)], [(16,), (64, 64)]),
        ([None], [None]),
    ],
)
def test_values_of_any_kind_are_in_order_however_they_arrive(curve, values, order):
    table = score_curve([e for value in values for e in curve(value, FOLDS)], "C")
    assert list(table.C) == order


def test_a_fold_that_failed_is_counted_and_left_out(curve):
    (row,) = score_curve(curve(1.0, [0.8, math.nan, 0.6]), "C").to_dict("records")
    assert (row["mean"], row["folds"], row["failed"]) == (pytest.approx(0.7), 2, 1)


def test_short_beginnings_are_corrected_for_the_overlap_of_whole_training_sets(curve):
    few, all_of_them = curve(0.1, FOLDS, n_train=8), curve(1.0, FOLDS, n_train=80)
    table = score_curve(few + all_of_them, "C")
    expected = corrected_interval(FOLDS, n_train=80, n_test=20)
    assert [tuple(row) for row in table[["mean", "low", "high"]].to_numpy()] == [
        pytest.approx(tuple(expected))
    ] * 2
    assert list(table.n_train) == [8, 80]


def test_folds_are_kept_apart_for_whoever_pairs_them(curve):
    table = fold_curve(curve(1.0, FOLDS) + curve(0.5, [0.5, 0.6, 0.7]), "C")
    paired = table.pivot(index="fold", columns="position", values="score")
    np.testing.assert_allclose(paired[1] - paired[0], [0.3, 0.3, 0.0])


def test_repeats_of_an_epoch_narrow_its_interval_and_add_no_degree_of_freedom(evaluations):
    found = [
        replace(e, repeat=repeat, curve={"test_loss": [loss[e.fold]]})
        for repeat, loss in enumerate([[3.0, 5.0], [4.0, 4.5]])
        for e in evaluations({"mlp": [0.9, 0.8]})
    ]
    (row,) = epoch_curve(found).to_dict("records")
    expected = corrected_interval([3.0, 5.0, 4.0, 4.5], n_train=80, n_test=20, n_splits=2)
    assert [row["mean"], row["low"], row["high"]] == pytest.approx(expected)


def test_epochs_are_averaged_over_the_folds_that_reached_them(evaluations):
    curves = [[3.0, 2.0, 1.0], [5.0, 4.0]]
    found = [
        replace(e, curve={"test_loss": curves[e.fold]}) for e in evaluations({"mlp": [0.9, 0.8]})
    ]
    table = epoch_curve(found)
    assert list(table.epoch) == [1, 2, 3]
    assert list(table["mean"]) == [4.0, 3.0, 1.0]
    assert list(table.folds) == [2, 2, 1]
    low, high = corrected_interval([3.0, 5.0], n_train=80, n_test=20)[1:]
    assert [table.low[0], table.high[0]] == pytest.approx([low, high])
    assert np.isnan(table.low[2])


def test_a_net_that_failed_has_no_curve(evaluations):
    assert epoch_curve(evaluations({"mlp": [math.nan]})).empty


def test_losses_and_scores_are_drawn_as_far_as_all_folds_go(evaluations):
    curves = [[3.0, 2.0, 1.0], [5.0, 4.0]]
    found = [
        replace(e, curve={"train_loss": curves[e.fold], "test_score": [0.5, 0.9]})
        for e in evaluations({"mlp": [0.9, 0.8]})
    ]
    drawn = whole_epochs(found)
    assert drawn["loss"][["part", "epoch", "mean"]].to_numpy().tolist() == [
        ["train", 1, 4.0],
        ["train", 2, 3.0],
    ]
    assert drawn["score"][["part", "epoch"]].to_numpy().tolist() == [["test", 1], ["test", 2]]


def test_nets_that_failed_leave_nothing_to_draw(evaluations):
    assert all(table.empty for table in whole_epochs(evaluations({"mlp": [math.nan]})).values())
