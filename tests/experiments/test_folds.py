from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold

from bakeoff.datasets import load
from bakeoff.experiments.folds import growing, split, stratified_order


@pytest.mark.parametrize(
    ("name", "reference"), [("wine", RepeatedStratifiedKFold), ("diabetes", RepeatedKFold)]
)
def test_without_groups_the_folds_are_those_of_scikit_learn(name, reference):
    data = load(name)
    found = split(data, 3, 2, random_state=5)
    expected = list(reference(n_splits=3, n_repeats=2, random_state=5).split(data.X, data.y))
    assert [(f.repeat, f.fold) for f in found] == [(r, k) for r in range(2) for k in range(3)]
    for fold, (train, test) in zip(found, expected, strict=True):
        np.testing.assert_array_equal(fold.train, train)
        np.testing.assert_array_equal(fold.test, test)


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_a_group_is_on_one_side_and_every_row_is_tested_once_a_repeat(grouped, task):
    names = grouped.target_names if task == "classification" else ("species",)
    data = replace(grouped, task=task, target_names=names)
    found = split(data, 4, 2, random_state=0)
    for fold in found:
        assert not set(data.groups[fold.train]) & set(data.groups[fold.test])
    for repeat in range(2):
        tested = np.concatenate([f.test for f in found if f.repeat == repeat])
        np.testing.assert_array_equal(np.sort(tested), np.arange(150))
    assert not np.array_equal(found[0].test, found[4].test)


def test_groups_of_neighbouring_seeds_share_no_repeat(grouped):
    one, other = (split(grouped, 3, 3, random_state=seed) for seed in (0, 1))
    assert not {f.test.tobytes() for f in one} & {f.test.tobytes() for f in other}


def test_rows_of_an_outer_fold_are_split_by_their_number_in_the_data_set(grouped):
    outer = split(grouped, 3, random_state=0)[0]
    inner = split(grouped, 2, random_state=0, rows=outer.train)
    tested = np.concatenate([fold.test for fold in inner])
    np.testing.assert_array_equal(np.sort(tested), np.sort(outer.train))
    assert not set(grouped.groups[inner[0].train]) & set(grouped.groups[inner[0].test])


@pytest.mark.parametrize(
    ("name", "n_splits", "sentence"),
    [
        ("wine", 49, r"^n_splits must be .* rows of class 'class_2' in 'wine', 48, however: 49$"),
        ("diabetes", 443, r"^n_splits must be .* number of rows in 'diabetes', 442, however: 443$"),
    ],
)
def test_more_folds_than_rows_are_refused(name, n_splits, sentence):
    with pytest.raises(ValueError, match=sentence):
        split(load(name), n_splits, random_state=0)


def test_more_folds_than_groups_are_refused(grouped):
    with pytest.raises(ValueError, match="number of groups in 'petals of mine', 30, however: 31"):
        split(grouped, 31, random_state=0)


def test_more_inner_folds_than_training_rows_of_a_class_are_refused():
    with pytest.raises(
        ValueError, match="class 'setosa' in the training rows of 'iris', 3, however: 4"
    ):
        split(load("iris"), 4, random_state=0, rows=np.r_[:3, 50:60, 100:110])


def test_growing_rows_are_the_same_rows_in_their_shares():
    data = load("wine")
    rows = np.arange(0, 178, 2)
    grown = growing(data, rows, random_state=3)
    np.testing.assert_array_equal(np.sort(grown), rows)
    shares = np.bincount(data.y[rows]) / len(rows)
    for count in (10, 30, 60):
        assert np.abs(np.bincount(data.y[grown[:count]]) - shares * count).max() < 1


def test_growing_rows_of_a_regression_are_shuffled_by_the_seed():
    data = load("diabetes")
    one, same, other = (growing(data, np.arange(442), seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
    np.testing.assert_array_equal(np.sort(other), np.arange(442))


@pytest.mark.parametrize("counts", [[50, 50], [1, 99], [3, 7, 90], [1, 1, 1]])
def test_every_prefix_of_the_order_holds_each_class_in_its_share(counts):
    y = np.random.default_rng(0).permutation(np.repeat(np.arange(len(counts)), counts))
    order = stratified_order(y, random_state=1)
    np.testing.assert_array_equal(np.sort(order), np.arange(len(y)))
    one_hot = y[order][:, None] == np.arange(len(counts))  # (n, classes)
    held = one_hot.cumsum(axis=0)
    shares = np.arange(1, len(y) + 1)[:, None] * np.array(counts) / len(y)
    assert (np.abs(held - shares) < len(counts)).all()
    assert (held[len(counts) - 1] == 1).all()  # first one of each


def test_the_order_is_random_within_a_class_and_repeats_with_its_seed():
    y = np.zeros(20)
    one, same, other = (stratified_order(y, seed) for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
