import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.experiments.statistics.corrected import (
    corrected_interval,
    corrected_p_value,
    correlated_t_test,
)

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


def test_repeats_add_no_degree_of_freedom_when_the_folds_are_given():
    free, capped = (corrected_interval(SCORES, 80, 20, n_splits=n) for n in (None, 5))
    widening = stats.t.ppf(0.975, 4) / stats.t.ppf(0.975, 9)
    np.testing.assert_allclose(capped.high - capped.mean, (free.high - free.mean) * widening)


def test_a_part_of_a_repeat_has_the_degrees_of_freedom_of_its_scores():
    assert corrected_interval(SCORES[:3], 90, 10, n_splits=10) == corrected_interval(
        SCORES[:3], 90, 10
    )


def test_one_score_has_no_interval():
    interval = corrected_interval([0.5], n_train=80, n_test=20)
    assert interval.mean == 0.5
    assert math.isnan(interval.low)
    assert not interval.excludes_zero


def test_no_score_has_no_mean():
    assert np.isnan(corrected_interval([], n_train=80, n_test=20)).all()


def test_a_confidence_of_half_is_narrower():
    wide, narrow = (
        corrected_interval(SCORES, 80, 20, confidence=confidence) for confidence in (0.95, 0.5)
    )
    assert wide.low < narrow.low < narrow.high < wide.high


def test_without_overlap_it_is_the_p_value_of_student():
    p_value = corrected_p_value(SCORES - 0.017, n_train=1e12, n_test=1)
    assert p_value == pytest.approx(stats.ttest_1samp(SCORES, 0.017).pvalue)


@pytest.mark.parametrize("n_splits", [None, 5])
def test_p_value_is_where_the_interval_touches_zero(n_splits):
    p_value = corrected_p_value(SCORES, 80, 20, n_splits=n_splits)
    interval = corrected_interval(SCORES, 80, 20, confidence=1 - p_value, n_splits=n_splits)
    assert interval.low == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("value", "expected"), [(0.0, 1), (0.1, 0), (-0.1, 0)])
def test_p_value_of_equal_differences(value, expected):
    assert corrected_p_value([value] * 5, 80, 20) == expected


def test_without_a_region_the_posterior_is_the_p_value_by_sides():
    found = correlated_t_test(SCORES, 80, 20, rope=0)
    assert found.same == pytest.approx(0)
    assert 2 * found.worse == pytest.approx(corrected_p_value(SCORES, 80, 20))


def test_posterior_is_a_distribution_that_turns_round_with_the_models():
    found, other = correlated_t_test(SCORES, 80, 20), correlated_t_test(-SCORES, 80, 20)
    assert sum(found) == pytest.approx(1)
    np.testing.assert_allclose(found, other[::-1])


def test_posterior_by_hand():
    # Mean .02, variance .0002 / 3, standard error sqrt(.0002 / 3 * (1/4 + 1/3)).
    found = correlated_t_test([0.01, 0.02, 0.02, 0.03], n_train=75, n_test=25, rope=0.01)
    t = 0.01 / math.sqrt(0.0002 / 3 * (1 / 4 + 1 / 3))
    assert found.better == pytest.approx(stats.t.cdf(t, 3))
    assert found.worse == pytest.approx(stats.t.cdf(-3 * t, 3))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-0.02, (1, 0, 0)), (-0.01, (0, 1, 0)), (0.0, (0, 1, 0)), (0.0101, (0, 0, 1))],
)
def test_posterior_of_equal_differences_is_certain(value, expected):
    assert correlated_t_test([value] * 3, 80, 20, rope=0.01) == expected


@pytest.mark.parametrize("differences", [[], [0.5]])
def test_fewer_than_two_differences_tell_nothing(differences):
    assert math.isnan(corrected_p_value(differences, 80, 20))
    assert np.isnan(correlated_t_test(differences, 80, 20)).all()


@pytest.mark.parametrize("test", [corrected_interval, corrected_p_value, correlated_t_test])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"n_train": 0}, "n_train must be positive, however: 0"),
        ({"n_test": -1}, "n_test must be positive, however: -1"),
        ({"n_splits": 1}, "n_splits must be an integer of at least 2, however: 1"),
    ],
)
def test_what_no_design_has_is_refused(test, wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        test(SCORES, **{"n_train": 80, "n_test": 20} | wrong)


def test_a_negative_region_is_refused():
    with pytest.raises(ValueError, match=r"rope must not be negative, however: -0.1"):
        correlated_t_test(SCORES, 80, 20, rope=-0.1)


@pytest.fixture(scope="module")
def equal_models():
    """Differences of two nearest-centroid classifiers, each on its half of alike features."""
    rng, samples = np.random.default_rng(0), []
    for _ in range(600):
        X = rng.normal(size=(60, 10))
        y = X.sum(axis=1) + rng.normal(size=60) > 0
        rights = []
        for _ in range(2):  # repeats
            for test in np.split(rng.permutation(60), 5):
                train = np.setdiff1d(np.arange(60), test)
                means = [X[train][y[train] == label].mean(axis=0) for label in (False, True)]
                near = (X[test] - np.mean(means, axis=0)) * (means[1] - means[0])
                says = near.reshape(-1, 2, 5).sum(axis=2) > 0  # (test row, model)
                rights.append((says == y[test, None]).mean(axis=0))
        samples.append(-np.diff(rights)[:, 0])
    return samples


@pytest.mark.parametrize(("n_repeats", "n_splits"), [(1, None), (2, None), (2, 5)])
def test_models_that_are_equal_are_rarely_called_different(equal_models, n_repeats, n_splits):
    samples = [sample[: 5 * n_repeats] for sample in equal_models]
    found = sum(corrected_interval(d, 48, 12, n_splits=n_splits).excludes_zero for d in samples)
    # The rate may be 5%: refused only if such a count, or a higher one, had a chance below 1%.
    assert stats.binomtest(found, len(samples), 0.05, alternative="greater").pvalue > 0.01
    naive = sum(corrected_p_value(d, 1e12, 1) < 0.05 for d in samples)
    assert stats.binomtest(naive, len(samples), 0.05, alternative="greater").pvalue < 0.001
    assert naive > found


def test_it_gives_the_numbers_of_baycomp():
    # baycomp 1.0.3, two_on_single(one, other, rope=0.01, runs=2)
    one = [0.80, 0.82, 0.79, 0.85, 0.81, 0.83, 0.80, 0.84, 0.82, 0.78]
    other = [0.83, 0.82, 0.84, 0.86, 0.80, 0.85, 0.84, 0.84, 0.85, 0.81]
    found = correlated_t_test(np.subtract(other, one), n_train=4, n_test=1, rope=0.01)
    assert found == pytest.approx(
        (0.014159283100824578, 0.18938235884776422, 0.7964583580514112), abs=1e-12
    )
