import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.experiments import Comparison, run
from bakeoff.experiments.reports.differences import Differences
from bakeoff.experiments.reports.power import (
    accuracy_sd,
    detectable_difference,
    smallest_difference,
    smallest_nested_difference,
    variance_split,
)
from bakeoff.experiments.statistics.corrected import corrected_p_value
from bakeoff.experiments.statistics.nested import NESTED_DF


@pytest.mark.parametrize("n_splits", [None, 5])
@pytest.mark.parametrize("power", [0.5, 0.8])
def test_the_difference_is_detected_as_often_as_promised(power, n_splits):
    # Ten scores with the correlation that the correction assumes: a common part and own parts.
    sd, n_train, n_test, runs = 0.04, 80, 20, 2000
    found = smallest_difference(sd, n_train, n_test, 10, power=power, n_splits=n_splits)
    rng = np.random.default_rng(0)
    common = rng.normal(size=(runs, 1)) * math.sqrt(n_test / n_train)
    scores = found + sd * (common + rng.normal(size=(runs, 10)))
    tests = [corrected_p_value(one, n_train, n_test, n_splits=n_splits) for one in scores]
    detected = sum(p_value < 0.05 for p_value in tests)
    assert stats.binomtest(detected, runs, power).pvalue > 0.01


def test_without_overlap_it_is_the_textbook_paired_t_test():
    # Cohen's d of .5 takes 34 pairs for a power of .8.
    found = [smallest_difference(1, 1e12, 1, n) for n in (33, 34)]
    assert found[0] > 0.5 > found[1]


def test_it_scales_with_the_standard_deviation():
    one, three = (smallest_difference(sd, 80, 20, 5) for sd in (0.01, 0.03))
    assert three == pytest.approx(3 * one)
    assert smallest_difference(0, 80, 20, 5) == 0


def test_no_number_of_repeats_detects_what_the_overlap_hides():
    floor = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * math.sqrt(20 / 80)
    found = [smallest_difference(1, 80, 20, 5 * repeats) for repeats in (1, 2, 10, 1000)]
    assert found == sorted(found, reverse=True)
    assert found[-1] == pytest.approx(floor, rel=0.01)
    assert found[-1] > floor


def test_two_scores_are_few_but_have_an_answer():
    assert smallest_difference(1, 50, 50, 2, power=0.99) > smallest_difference(1, 50, 50, 3, 0.99)


def test_repeats_without_degrees_of_freedom_detect_less():
    capped, free = (smallest_difference(1, 80, 20, 50, n_splits=n) for n in (5, None))
    assert capped > free


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sd": -1}, "sd must not be negative, however: -1"),
        ({"n_scores": 1}, "n_scores must be an integer of at least 2, however: 1"),
        ({"power": 1}, r"alpha < power < 1, however: 0\.05 and 1"),
        ({"alpha": 0.9}, r"alpha < power < 1, however: 0\.9 and 0\.8"),
        ({"n_train": 0}, "n_train must be positive, however: 0"),
        ({"n_splits": 1}, "n_splits must be an integer of at least 2, however: 1"),
    ],
)
def test_what_no_design_has_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        smallest_difference(**{"sd": 1, "n_train": 80, "n_test": 20, "n_scores": 5} | wrong)


def test_accuracy_sd_is_that_of_models_that_disagree_so_often():
    rows = np.random.default_rng(0).choice([-1, 0, 1], p=[0.1, 0.8, 0.1], size=(20_000, 50))
    assert accuracy_sd(50, disagreement=0.2) == pytest.approx(rows.mean(axis=1).std(), rel=0.02)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [((0,), "n_test must be positive, however: 0"), ((5, 1.1), r"from 0 to 1, however: 1\.1")],
)
def test_accuracy_sd_refuses_what_is_no_share_and_no_size(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        accuracy_sd(*wrong)


def test_after_the_run_the_spread_decides_and_not_the_mean(evaluations):
    one, other = [0.9, 0.8, 0.85, 0.9, 0.8], [0.85, 0.8, 0.8, 0.8, 0.85]
    found = detectable_difference(evaluations({"mlp": one, "cnn": other}), "mlp", "cnn")
    sd = np.subtract(one, other).std(ddof=1)
    assert found == pytest.approx(smallest_difference(sd, 80, 20, 5, n_splits=5))
    better = [score + 0.05 for score in one]
    shifted = detectable_difference(evaluations({"mlp": better, "cnn": other}), "mlp", "cnn")
    assert shifted == pytest.approx(found)


def test_variance_split_by_hand():
    # Folds' means 2 and 6, of variance 8; within a fold, variance 2: 8 - 2/2 = 7.
    found = variance_split([[1, 3], [5, 7]])
    np.testing.assert_allclose(found, [math.sqrt(7), math.sqrt(2), 2 / 9])


def test_variance_split_finds_what_was_put_in():
    rng = np.random.default_rng(0)
    scores = 0.03 * rng.normal(size=(3000, 1)) + 0.01 * rng.normal(size=(3000, 4))
    np.testing.assert_allclose(variance_split(scores), [0.03, 0.01, 0.1], rtol=0.05)


def test_a_negative_component_is_clipped():
    found = variance_split([[0, 2], [2, 0]])
    assert found == (0, math.sqrt(2), 1)


def test_scores_without_spread_have_no_share():
    found = variance_split(np.full((3, 4), 0.5))
    assert found[:2] == (0, 0)
    assert math.isnan(found.share)


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([[0.5, 0.6]], r"at least 2 of each, however: \(1, 2\)"),
        ([[0.5], [0.6]], r"at least 2 of each, however: \(2, 1\)"),
        ([0.5, 0.6], r"at least 2 of each, however: \(2,\)"),
        ([[0.5, np.nan], [0.6, 0.6]], "scores must be finite, however: nan"),
    ],
)
def test_variance_split_refuses_what_has_no_split(scores, sentence):
    with pytest.raises(ValueError, match=sentence):
        variance_split(scores)


@pytest.mark.parametrize("power", [0.5, 0.8])
def test_a_nested_difference_is_detected_as_often_as_promised(power):
    # An error that is estimated with as many degrees of freedom as it is read by.
    found = smallest_nested_difference(0.3, 100, power=power)
    rng, runs, error = np.random.default_rng(1), 100_000, 0.03
    means = rng.normal(found, error, size=runs)
    errors = error * np.sqrt(rng.chisquare(NESTED_DF, size=runs) / NESTED_DF)
    detected = int((means / errors > stats.t.ppf(0.975, NESTED_DF)).sum())
    assert stats.binomtest(detected, runs, power).pvalue > 0.01


def test_a_nested_difference_shrinks_with_the_root_of_the_rows():
    few, many = (smallest_nested_difference(accuracy_sd(1), n) for n in (100, 400))
    assert few == pytest.approx(2 * many)


def test_what_a_nested_comparison_could_detect_goes_by_its_error():
    spec = Comparison("iris", ["svm_rbf", "dummy"], n_splits=3, fold_pairs=True)
    done = list(run(spec))
    error = Differences(done).estimate("svm_rbf", "dummy").error
    per_error = smallest_nested_difference(1.0, 1)
    assert detectable_difference(done, "svm_rbf", "dummy") == pytest.approx(error * per_error)
