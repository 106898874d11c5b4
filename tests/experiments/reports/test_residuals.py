from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, root_mean_squared_error

from bakeoff.experiments import Comparison, run
from bakeoff.experiments.reports.residuals import error_sizes, pattern, residuals, trend
from bakeoff.experiments.statistics.corrected import corrected_interval


def folds_of(evaluations, actual, predicted, n_folds=5):
    parts = np.array_split(np.arange(len(actual)), n_folds)
    folds = evaluations({"mlp": [0.5] * n_folds}, n_test=len(parts[0]))
    return [
        replace(fold, test=rows, actual=actual[rows], predicted=predicted[rows])
        for fold, rows in zip(folds, parts, strict=True)
    ]


NOISE = np.random.default_rng(0).normal(size=500)
PREDICTED = np.random.default_rng(1).uniform(1, 10, size=500)


def test_a_residual_is_what_the_prediction_was_short_of(evaluations):
    folds = folds_of(evaluations, np.array([3.0, 5.0]), np.array([1.0, 6.0]), n_folds=2)
    assert list(residuals(folds, "mlp").residual) == [2.0, -1.0]


def test_residuals_have_each_row_once_and_any_target(evaluations):
    two = np.column_stack([PREDICTED, 10 * PREDICTED])
    folds = folds_of(evaluations, two + np.array([1, 2]), two)
    frame = residuals(folds + [replace(fold, repeat=1) for fold in folds], "mlp", target=1)
    assert len(frame) == 500
    np.testing.assert_allclose(frame.residual, 2)


def test_bias_is_the_mean_over_folds_with_its_corrected_interval(evaluations):
    folds = folds_of(evaluations, PREDICTED + NOISE + 0.5, PREDICTED)
    expected = [(fold.actual - fold.predicted).mean() for fold in folds]
    found = pattern(folds, "mlp").bias
    np.testing.assert_allclose(found, corrected_interval(expected, 80, 100, n_splits=5))


@pytest.mark.parametrize(("scale", "sign"), [(PREDICTED, 1), (11 - PREDICTED, -1)])
def test_errors_that_grow_or_shrink_with_the_prediction_are_found(evaluations, scale, sign):
    found = pattern(folds_of(evaluations, PREDICTED + NOISE * scale, PREDICTED), "mlp")
    assert sign * found.growth > 0.2
    assert found.growth_p < 1e-6


def test_errors_of_one_size_show_no_growth(evaluations):
    assert pattern(folds_of(evaluations, PREDICTED + NOISE, PREDICTED), "mlp").growth_p > 0.05


def test_where_all_predictions_are_equal_nothing_can_grow(evaluations):
    assert np.isnan(pattern(folds_of(evaluations, NOISE, np.zeros(500)), "mlp").growth)


def test_the_trend_averages_bins_of_equal_size(evaluations):
    frame = residuals(folds_of(evaluations, PREDICTED**2, PREDICTED), "mlp")
    found = trend(frame)
    assert set(found.rows) == {50}
    rising = frame.sort_values("predicted").residual.to_numpy().reshape(10, 50)
    np.testing.assert_allclose(found["mean"], rising.mean(axis=1))
    half = 2.0096 * rising.std(axis=1, ddof=1) / np.sqrt(50)  # Student's t of 49
    np.testing.assert_allclose(found.high - found["mean"], half, rtol=1e-4)


def test_a_constant_prediction_is_one_bin(evaluations):
    frame = residuals(folds_of(evaluations, NOISE, np.zeros(500)), "mlp")
    assert list(trend(frame).rows) == [500]


def test_sizes_are_those_of_scikit_learn_fold_by_fold():
    done = list(run(Comparison("diabetes", ["logistic", "dummy"], n_splits=3)))
    table = error_sizes(done).set_index(["model", "score"])
    for name, size in (("mae", mean_absolute_error), ("rmse", root_mean_squared_error)):
        expected = [size(e.actual, e.predicted) for e in done if e.model == "logistic"]
        assert table.loc[("logistic", name), "mean"] == pytest.approx(np.mean(expected))
    assert table.loc[("dummy", "rmse"), "mean"] > table.loc[("logistic", "rmse"), "high"]
