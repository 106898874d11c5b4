import math

import numpy as np
import pytest

from bakeoff.dashboard.experiments import (
    Comparison,
    better_than_guessing,
    compare,
    complete_folds,
    confusion,
    corrected_interval,
    difference,
    differences,
    fold_scores,
    predictions,
    summary,
)

NAN = math.nan


def test_fold_scores_is_one_row_per_evaluation(evaluations):
    frame = fold_scores(evaluations({"mlp": [0.9, 0.8], "dummy": [0.5, 0.6]}))
    assert list(frame.model) == ["mlp", "dummy", "mlp", "dummy"]
    assert list(frame.score) == [0.9, 0.5, 0.8, 0.6]
    assert set(frame.n_test) == {20}


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


def test_difference_is_paired_by_fold(evaluations):
    done = evaluations({"mlp": [0.9, 0.7, 0.8], "svm_rbf": [0.8, 0.6, 0.7]})
    interval = difference(done, "mlp", "svm_rbf")
    # Every fold says 0.1: paired, the folds' own ups and downs cancel.
    np.testing.assert_allclose(interval, [0.1, 0.1, 0.1])


def test_difference_leaves_out_folds_that_one_model_failed_on(evaluations):
    done = evaluations({"mlp": [0.9, NAN, 0.8], "svm_rbf": [0.8, 0.1, 0.7]})
    assert difference(done, "mlp", "svm_rbf").mean == pytest.approx(0.1)


def test_differences_are_those_of_all_others_to_the_reference(evaluations):
    done = evaluations({"mlp": [0.9, 0.8], "svm_rbf": [0.7, 0.7], "dummy": [0.5, 0.5]})
    frame = differences(done, "mlp")
    assert list(frame.model) == ["svm_rbf", "dummy"]
    np.testing.assert_allclose(frame["mean"], [-0.15, -0.35])


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


def test_confusion_counts_every_row_once_per_repeat():
    done = list(compare(Comparison("iris", ["svm_rbf"], n_splits=3, n_repeats=2)))
    table = confusion(done, "svm_rbf", ["setosa", "versicolor", "virginica"])
    assert table["count"].sum() == 300
    counts = table.pivot(index="actual", columns="predicted", values="count")
    assert (counts.sum(axis=1) == 100).all()
    right = sum(int((e.actual == e.predicted).sum()) for e in done)
    assert np.diag(counts).sum() == right
    np.testing.assert_allclose(table.groupby("actual").share.sum(), 1.0)


def test_predictions_are_out_of_fold_and_cover_every_row():
    done = list(compare(Comparison("diabetes", ["svm_rbf", "dummy"], n_splits=3)))
    frame = predictions(done, "svm_rbf")
    assert sorted(frame.row) == list(range(442))
    first = next(e for e in done if e.model == "svm_rbf")
    np.testing.assert_array_equal(frame.predicted[: len(first.test)], first.predicted)
