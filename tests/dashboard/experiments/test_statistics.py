import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.dashboard.experiments import corrected_interval

SCORES = np.random.default_rng(0).normal(0.02, 0.01, size=10)


def test_without_overlap_it_is_the_interval_of_student():
    interval = corrected_interval(SCORES, n_train=1e12, n_test=1)
    student = stats.ttest_1samp(SCORES, 0).confidence_interval(0.95)
    np.testing.assert_allclose(interval[1:], student)


def test_it_widens_by_the_factor_of_nadeau_and_bengio():
    student = stats.ttest_1samp(SCORES, 0).confidence_interval(0.95)
    interval = corrected_interval(SCORES, n_train=80, n_test=20)
    widening = math.sqrt((1 / 10 + 20 / 80) / (1 / 10))
    np.testing.assert_allclose(
        interval.high - interval.low, (student.high - student.low) * widening
    )
    assert interval.mean == pytest.approx(SCORES.mean())


def test_repeats_narrow_it_less_than_as_many_new_rows_would():
    once = corrected_interval(SCORES, n_train=80, n_test=20)
    ten_times = corrected_interval(np.tile(SCORES, 10), n_train=80, n_test=20)
    shrink = (ten_times.high - ten_times.low) / (once.high - once.low)
    assert 1 / math.sqrt(10) < shrink < 1


def test_one_score_has_no_interval():
    interval = corrected_interval([0.5], n_train=80, n_test=20)
    assert interval.mean == 0.5
    assert math.isnan(interval.low)
    assert not interval.excludes_zero


def test_a_confidence_of_half_is_narrower():
    wide, narrow = (
        corrected_interval(SCORES, 80, 20, confidence=confidence) for confidence in (0.95, 0.5)
    )
    assert wide.low < narrow.low < narrow.high < wide.high
