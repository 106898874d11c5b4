from dataclasses import replace

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, log_loss

from bakeoff.experiments import calibration
from bakeoff.experiments.reports.probabilities import probability_scores


def stated_by(evaluations, true, stated, n_folds=4):
    """Folds of rows that are 1 with probability ``true``, said to be so with ``stated``."""
    happened = (np.random.default_rng(0).random(len(true)) < true).astype(int)
    parts = np.array_split(np.arange(len(true)), n_folds)
    folds = evaluations({"mlp": [0.5] * n_folds}, n_test=len(parts[0]))
    folds = [
        replace(
            fold,
            test=rows,
            actual=happened[rows],
            probabilities=np.column_stack([1 - stated[rows], stated[rows]]),
        )
        for fold, rows in zip(folds, parts, strict=True)
    ]
    return folds, happened


P = np.random.default_rng(1).uniform(0.02, 0.98, size=2_000)


def sharpened(p, power):
    """Probabilities whose log-odds are multiplied: too sure above 1, not sure enough below."""
    odds = (p / (1 - p)) ** power
    return odds / (1 + odds)


@pytest.mark.parametrize(("power", "reading"), [(1, "calibrated"), (3, "over"), (0.3, "under")])
def test_confidence_is_read(evaluations, power, reading):
    folds, y = stated_by(evaluations, P, sharpened(P, power))
    assert calibration(folds, "mlp", y).reading == reading


@pytest.mark.parametrize(("shift", "reading"), [(0.2, "over"), (-0.2, "under")])
def test_the_probabilities_of_one_class_are_read(evaluations, shift, reading):
    folds, y = stated_by(evaluations, P, np.clip(P + shift, 0, 1))
    assert calibration(folds, "mlp", y, positive=1).reading == reading


def test_right_on_average_alone_is_uneven(evaluations):
    folds, y = stated_by(evaluations, P, sharpened(P, 3))
    # Symmetric about a half: what is too high above it is as much too low below it.
    found = calibration(folds, "mlp", y, positive=1)
    assert found.stated == pytest.approx(found.happened, abs=0.02)
    assert found.reading == "uneven"


def test_the_curve_is_that_of_scikit_learn_in_bins_of_equal_size(evaluations):
    folds, y = stated_by(evaluations, P, sharpened(P, 2))
    bins = calibration(folds, "mlp", y, positive=1).bins
    happened, stated = calibration_curve(y, sharpened(P, 2), n_bins=10, strategy="quantile")
    np.testing.assert_allclose(bins.happened, happened)
    np.testing.assert_allclose(bins.stated, stated)
    assert set(bins.rows) == {200}
    assert ((bins.low <= bins.happened) & (bins.happened <= bins.high)).all()


def test_the_error_is_the_mean_gap_of_the_bins(evaluations):
    folds, y = stated_by(evaluations, P, sharpened(P, 2))
    found = calibration(folds, "mlp", y)
    gaps = (found.bins.stated - found.bins.happened).abs()
    assert found.error == pytest.approx(np.average(gaps, weights=found.bins.rows))


def test_a_calibrated_model_stays_within_chance_in_95_of_100_cases(evaluations):
    draws = np.random.default_rng(2)
    inside = 0
    for _ in range(100):
        p = draws.uniform(0.02, 0.98, size=200)
        folds, _ = stated_by(evaluations, p, p)
        y = (draws.random(200) < p).astype(int)
        folds = [replace(fold, actual=y[fold.test]) for fold in folds]
        found = calibration(folds, "mlp", y, n_draws=200)
        inside += found.error <= found.chance
    assert 88 <= inside <= 99


def test_a_model_that_always_says_the_same_has_one_bin(evaluations):
    folds, y = stated_by(evaluations, np.full(400, 0.3), np.full(400, 0.3))
    found = calibration(folds, "mlp", y, positive=1)
    assert found.bins.rows.tolist() == [400]
    assert found.stated == pytest.approx(0.3)


def test_few_rows_make_few_bins(evaluations):
    folds, y = stated_by(evaluations, P[:65], P[:65])
    assert len(calibration(folds, "mlp", y).bins) == 3


def test_repeats_are_not_more_rows(evaluations):
    folds, y = stated_by(evaluations, P, P)
    again = [replace(fold, repeat=1) for fold in folds]
    assert calibration(folds + again, "mlp", y).bins.equals(calibration(folds, "mlp", y).bins)


def test_what_cannot_be_read_is_refused(evaluations):
    folds, y = stated_by(evaluations, P, P)
    with pytest.raises(ValueError, match="model must have been tested, however: 'cnn'"):
        calibration(folds, "cnn", y)
    with pytest.raises(ValueError, match="positive must be a class in y, however: 3"):
        calibration(folds, "mlp", y, positive=3)


def test_probabilities_are_scored_fold_by_fold(evaluations):
    folds, y = stated_by(evaluations, P, P)
    table = probability_scores(folds, y).set_index("score")
    expected = {
        "brier": np.mean([brier_score_loss(f.actual, f.probabilities[:, 1]) for f in folds]),
        "log_loss": np.mean([log_loss(f.actual, f.probabilities) for f in folds]),
    }
    assert table["mean"].to_dict() == pytest.approx(expected)
    assert (table.low < table["mean"]).all()


def test_probabilities_in_single_precision_are_scored_as_such(evaluations):
    folds, y = stated_by(evaluations, P, P)
    single = [replace(f, probabilities=f.probabilities.astype(np.float32)) for f in folds]
    table = probability_scores(single, y).set_index("score")
    expected = probability_scores(folds, y).set_index("score")
    np.testing.assert_allclose(table["mean"], expected["mean"], rtol=1e-5)


def test_a_fold_whose_seed_failed_is_not_averaged_over_the_others(evaluations):
    folds, y = stated_by(evaluations, P, P)
    failed = replace(folds[0], seed=1, probabilities=None, predicted=folds[0].predicted[:0])
    assert set(probability_scores([*folds, failed], y).folds) == {3}
