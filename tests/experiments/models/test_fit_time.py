import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_digits
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from bakeoff.experiments.models import fit_time
from bakeoff.experiments.models.fit_time import CostEstimate, estimate_fit_seconds

X = np.zeros((5000, 1))
Y = np.arange(5000) % 2
SEEN = []  # the targets that each fit of a Timed saw; clones share nothing else


class Timed(ClassifierMixin, BaseEstimator):
    """Takes ``unit * rows ** power`` seconds of the clock that the tests put in place."""

    def __init__(self, clock, unit=1e-6, power=2.0, fails_from=np.inf):
        self.clock = clock
        self.unit = unit
        self.power = power
        self.fails_from = fails_from

    def __sklearn_clone__(self):
        return self  # so that clones tell the same clock

    def fit(self, X, y):
        if len(y) >= self.fails_from:
            raise MemoryError("the kernel matrix\ndoes not fit")
        SEEN.append(y)
        self.clock[0] += self.unit * len(y) ** self.power
        return self


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(fit_time, "perf_counter", lambda: now[0])
    SEEN.clear()
    return now


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0, 2.7, 3.0])
def test_a_power_law_is_found_and_carried_on(clock, power):
    unit = 0.02 / 250**power  # so that the first pilot can tell
    found = estimate_fit_seconds(Timed(clock, unit, power), X, Y, 100_000)
    np.testing.assert_allclose(found.exponent, power)
    np.testing.assert_allclose(found.seconds, unit * 100_000**power)
    assert found.reason is None


@pytest.mark.parametrize(("power", "held"), [(0.3, 1), (4.0, 3)])
def test_the_exponent_is_held_between_one_and_three(clock, power, held):
    found = estimate_fit_seconds(Timed(clock, 0.02 / 250**power, power), X, Y, 10_000)
    assert found.exponent == held
    n_rows, seconds = found.pilots[-1]
    np.testing.assert_allclose(found.seconds, seconds * (10_000 / n_rows) ** held)


def test_pilots_double_until_the_next_would_pass_the_budget(clock):
    # 1e-6 n²: 0.0625, 0.25 and then 1 second, of which 0.6875 are left.
    found = estimate_fit_seconds(Timed(clock), X, Y, 100_000, budget_seconds=1.0)
    assert [n_rows for n_rows, _ in found.pilots] == [250, 500]
    found = estimate_fit_seconds(Timed(clock), X, Y, 100_000, budget_seconds=1.5)
    assert [n_rows for n_rows, _ in found.pilots] == [250, 500, 1000]
    assert clock[0] <= 1.0 + 1.5


def test_pilots_too_short_to_tell_leave_the_usual_square(clock):
    found = estimate_fit_seconds(Timed(clock, 1e-7, power=1.0), X, Y, 20_000)
    assert found.pilots[-1] == (5000, pytest.approx(5e-4))  # all rows there are
    assert found.exponent == 2
    np.testing.assert_allclose(found.seconds, 5e-4 * 4**2)


def test_a_first_pilot_past_the_budget_is_the_only_one(clock):
    found = estimate_fit_seconds(Timed(clock, 1.0, power=1.0), X, Y, 1000)
    assert found == CostEstimate(250.0 * 4**2, 2.0, ((250, 250.0),))


@pytest.mark.parametrize("n_train", [100, 250, 800])
def test_a_small_fit_is_its_own_pilot(clock, n_train):
    found = estimate_fit_seconds(Timed(clock), X, Y, n_train, budget_seconds=10)
    assert found.pilots[-1][0] == n_train
    np.testing.assert_allclose(found.seconds, 1e-6 * n_train**2)


def test_pilots_of_a_classifier_are_stratified(clock):
    rare = (np.arange(5000) < 5).astype(int)  # plain random rows would mostly miss the class
    estimate_fit_seconds(Timed(clock), X, rare, 500)
    assert [y.sum() for y in SEEN] == [1, 1]
    estimate_fit_seconds(make_pipeline(StandardScaler(), Timed(clock)), X, rare, 500)
    assert [y.sum() for y in SEEN] == [1] * 4


@pytest.mark.parametrize(("fails_from", "n_pilots"), [(1, 0), (400, 1)])
def test_a_model_that_fails_is_said_and_not_raised(clock, fails_from, n_pilots):
    found = estimate_fit_seconds(Timed(clock, fails_from=fails_from), X, Y, 1000)
    assert np.isnan(found.seconds)
    assert len(found.pilots) == n_pilots
    assert found.reason == "MemoryError: the kernel matrix"


def test_a_regressor_is_timed_on_plain_random_rows():
    found = estimate_fit_seconds(Ridge(), X, np.linspace(0, 1, len(X)), 400)
    assert [n_rows for n_rows, _ in found.pilots] == [250, 400]
    assert found.seconds == found.pilots[-1][1] > 0


def test_an_svm_on_many_rows_costs_more_than_on_few():
    digits = load_digits(return_X_y=True)
    few, many = (estimate_fit_seconds(SVC(), *digits, n, budget_seconds=0.2) for n in (300, 10**6))
    assert few.pilots[-1][0] == 300
    assert 1 <= many.exponent <= 3
    assert many.seconds > 1000 * few.seconds
    assert few.reason is many.reason is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"n_train": 0}, "n_train must be an integer of at least 1, however: 0"),
        ({"n_train": 2.5}, "n_train must be an integer of at least 1, however: 2.5"),
        ({"n_train": 10, "budget_seconds": 0}, "budget_seconds must be above 0, however: 0"),
    ],
)
def test_a_question_without_an_answer_is_refused(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        estimate_fit_seconds(Ridge(), X, Y, **values)
