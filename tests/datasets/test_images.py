"""Shapes: drawn whole, with smooth edges, and told apart by their outline alone."""

import numpy as np
import pytest

from bakeoff.datasets import load


@pytest.fixture(scope="module")
def clean():
    return load("shapes", n_samples=2000, size=32, noise=0)


def test_edges_are_smooth(clean):
    assert (clean.X.min(), clean.X.max()) == (0, 1)
    grey = (clean.X > 0) & (clean.X < 1)
    assert 0.02 < grey.mean() < 0.15


def test_no_shape_leaves_the_picture(clean):
    pictures = clean.X.reshape(-1, 32, 32)
    border = np.concatenate(
        [pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1]], axis=1
    )
    # A corner may touch the edge; a side cut off would fill several pixels of it.
    assert ((border > 0.5).sum(axis=1) <= 2).all()


def test_the_amount_of_ink_says_nothing(clean):
    ink = clean.X.sum(axis=1)
    means = [ink[clean.y == k].mean() for k in range(4)]
    assert np.ptp(means) / np.mean(means) < 0.03


def test_outlines_are_those_of_the_names(clean):
    """Ink times the mean squared radius, over the ink squared: fixed by the form alone.

    1 / 2 pi for the disc, 1 / 6 for the square, 1 / (3 sqrt 3) for the triangle and
    29 / 150 for the cross of five squares.
    """
    row, column = np.indices((32, 32))
    radii = {}
    for index, name in enumerate(clean.target_names):
        weight = clean.X[clean.y == index].reshape(-1, 32, 32)
        ink = weight.sum(axis=(1, 2))
        middle = [(weight * axis).sum(axis=(1, 2)) / ink for axis in (row, column)]
        squared = (row - middle[0][:, None, None]) ** 2 + (column - middle[1][:, None, None]) ** 2
        radii[name] = np.median((weight * squared).sum(axis=(1, 2)) / ink**2)
    assert radii["circle"] == pytest.approx(1 / (2 * np.pi), rel=0.03)
    assert radii["square"] == pytest.approx(1 / 6, rel=0.03)
    assert radii["triangle"] == pytest.approx(1 / (3 * np.sqrt(3)), rel=0.03)
    assert radii["cross"] == pytest.approx(29 / 150, rel=0.03)


def test_size_and_noise_are_as_asked():
    data = load("shapes", size=24, noise=0.3)
    assert data.input_shape == (1, 24, 24)
    assert data.feature_names[25] == "pixel_1_1"
    clean = load("shapes", size=24, noise=0)
    assert (data.X - clean.X).std() == pytest.approx(0.3, abs=0.005)


def test_too_small_a_picture_is_refused():
    with pytest.raises(ValueError, match=r"^size must be a whole number >= 8, however: 7$"):
        load("shapes", size=7)
