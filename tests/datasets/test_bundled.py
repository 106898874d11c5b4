"""Bundled data: shapes, and the numbers as they were published."""

import numpy as np
import pytest

from bakeoff.datasets import load


@pytest.mark.parametrize(
    ("name", "shape", "classes"),
    [
        ("digits", (1797, 64), 10),
        ("breast_cancer", (569, 30), 2),
        ("wine", (178, 13), 3),
        ("iris", (150, 4), 3),
    ],
)
def test_classification_sets(name, shape, classes):
    data = load(name)
    assert data.X.shape == shape
    assert len(data.target_names) == classes


def test_digits_are_grey_levels():
    data = load("digits")
    assert np.array_equal(np.unique(data.X), np.arange(17))
    # The first row is a zero: its middle is empty.
    assert data.target_names[data.y[0]] == "0"
    assert data.X.reshape(-1, *data.input_shape)[0, 0, 3:5, 3].tolist() == [0, 0]


def test_malignant_is_class_zero():
    data = load("breast_cancer")
    assert data.target_names == ("malignant", "benign")
    assert np.bincount(data.y).tolist() == [212, 357]


def test_diabetes_is_in_the_units_measured():
    data = load("diabetes")
    age, sex, bmi = data.X[:, :3].T
    assert data.feature_names[:3] == ("age", "sex", "bmi")
    assert (age.min(), age.max()) == (19, 79)
    assert np.unique(sex).tolist() == [1, 2]
    assert (bmi.min(), bmi.max()) == (18, 42.2)
    assert (data.y.min(), data.y.max()) == (25, 346)
