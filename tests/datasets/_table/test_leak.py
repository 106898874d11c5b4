"""What gives the answer away is found, and what is only good is not."""

import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeClassifier

from bakeoff.datasets import load
from bakeoff.datasets._table.leak import leak_score

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("change", [lambda y: y, lambda y: -2.0 * y, lambda y: np.exp(y * 4.0)])
def test_copies_of_the_classes(change):
    y = RNG.integers(0, 5, 500)
    assert leak_score(pd.Series(change(y)), y, "classification") == 1


def test_a_copy_with_another_name_for_each_class_and_holes():
    y = RNG.integers(0, 3, 2_000)
    texts = pd.Series(y).map({0: "z", 1: "a", 2: "k"}).where(RNG.random(len(y)) > 0.005)
    assert leak_score(texts, y, "classification") == pytest.approx(0.997, abs=0.004)


@pytest.mark.parametrize("change", [lambda y: y, lambda y: -y, np.exp, lambda y: y**3])
def test_copies_of_a_quantity(change):
    y = RNG.normal(size=400)
    assert leak_score(pd.Series(change(y)), y, "regression") > 0.99


def test_rare_classes_count_as_much_as_common_ones():
    y = (RNG.random(5_000) < 0.02).astype(int)
    blind = pd.Series(RNG.normal(size=len(y)))  # right for 98% of the rows
    assert leak_score(blind, y, "classification") is None
    assert leak_score(blind + 100 * y, y, "classification") == 1


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes"])
def test_no_column_of_the_bundled_tables_is_accused(name):
    data = load(name)
    for values in data.X.T:
        assert leak_score(pd.Series(values), data.y, data.task) is None


def test_noise_and_few_rows_are_not_accused():
    y = RNG.integers(0, 2, 2_000)
    assert leak_score(pd.Series(RNG.normal(size=len(y))), y, "classification") is None
    assert leak_score(pd.Series(y[:20]), y[:20], "classification") is None


def test_a_class_of_one_row_does_not_disturb():
    y = np.append(RNG.integers(0, 2, 100), 2)
    assert leak_score(pd.Series(y), y, "classification") == 1


@pytest.mark.parametrize("n", [60, 300, 3_000])
def test_a_good_measurement_is_not_accused_and_a_rounded_copy_is(n):
    y = RNG.normal(size=n)
    measured = y + RNG.normal(size=n) * 0.077  # correlation .997
    assert leak_score(pd.Series(measured), y, "regression") is None
    assert leak_score(pd.Series((1000 * y).round()), y, "regression") > 0.98


def test_columns_that_cannot_tell_the_classes_apart_take_no_tree(monkeypatch):
    """Files with thousands of columns have mostly such; a tree each took many seconds."""
    monkeypatch.setattr(DecisionTreeClassifier, "fit", None)
    y = RNG.integers(0, 3, 2_000)
    for _ in range(20):
        assert leak_score(pd.Series(RNG.normal(size=2_000)), y, "classification") is None
    with pytest.raises(TypeError):
        leak_score(pd.Series(y), y, "classification")
