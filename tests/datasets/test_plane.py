"""Points in the plane: without noise, the geometry is exact."""

import numpy as np
import pytest

from bakeoff.datasets import load


def test_moons_are_half_circles():
    data = load("moons", noise=0)
    upper, lower = data.X[data.y == 0], data.X[data.y == 1]
    assert np.hypot(*upper.T) == pytest.approx(1)
    assert (upper[:, 1] >= 0).all()
    assert np.hypot(*(lower - [1, 0.5]).T) == pytest.approx(1)


def test_circles_have_the_radii_asked_for():
    data = load("circles", noise=0, factor=0.3)
    assert data.target_names == ("outer", "inner")
    assert np.hypot(*data.X.T) == pytest.approx(np.where(data.y == 1, 0.3, 1))


@pytest.mark.parametrize("n_arms", [2, 3, 5])
def test_spirals_turn_with_their_radius(n_arms):
    data = load("spirals", noise=0, n_arms=n_arms, turns=2)
    assert np.unique(data.y).tolist() == list(range(n_arms))
    radius, angle = np.hypot(*data.X.T), np.arctan2(*data.X.T[::-1])
    arm = (angle / (2 * np.pi) - 2 * radius) * n_arms  # a whole number, up to full turns
    assert np.round(arm) % n_arms == pytest.approx(data.y)
    assert arm == pytest.approx(np.round(arm), abs=1e-6)
    assert radius.max() <= 1


def test_xor_is_the_sign_of_the_product():
    data = load("xor", noise=0)
    assert np.array_equal(data.y == 1, data.X.prod(axis=1) < 0)
    assert abs(data.X).max() <= 1
    quadrants = np.bincount(2 * (data.X[:, 0] > 0) + (data.X[:, 1] > 0))
    assert quadrants.min() > 100  # of 125


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("circles", {"factor": 1}, "factor must be a finite number from 0 to 0.99, however: 1"),
        ("spirals", {"n_arms": 1}, "n_arms must be a whole number from 2 to 10, however: 1"),
        ("spirals", {"n_samples": 2, "n_arms": 3}, "n_samples must be .* >= 3, however: 2"),
        ("spirals", {"turns": 9}, "turns must be a finite number from 0.25 to 5, however: 9"),
    ],
)
def test_impossible_parameters_are_refused(name, wrong, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        load(name, **wrong)
