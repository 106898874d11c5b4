"""Folds that all models share: shuffled, stratified by class, whole groups on one side."""

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.model_selection import GroupKFold, KFold, StratifiedGroupKFold, StratifiedKFold
from sklearn.utils import _safe_indexing, check_random_state

if TYPE_CHECKING:  # what only reads rows is not made of how they are loaded; see `sources`
    from bakeoff.datasets import Dataset


class Fold(NamedTuple):
    """One split into training and test rows.

    Attributes
    ----------
    repeat, fold : int
        Which repeat of the cross-validation, and which fold in it, both from 0.
    train, test : ndarray of int
        Row numbers in the data set.
    """

    repeat: int
    fold: int
    train: np.ndarray
    test: np.ndarray


def split(
    dataset: "Dataset",
    n_splits: int,
    n_repeats: int = 1,
    *,
    random_state: int,
    rows: np.ndarray | None = None,
) -> list[Fold]:
    """Split rows into folds by repeated, shuffled cross-validation.

    Without groups these are the folds of scikit-learn's `RepeatedStratifiedKFold`, or
    `RepeatedKFold` for regression, of the same seed. With groups, each repeat is a
    `StratifiedGroupKFold` or `GroupKFold`, seeded in the same way.

    Parameters
    ----------
    dataset : Dataset
        Its task decides whether to stratify, its ``groups`` which rows stay together.
    n_splits, n_repeats : int
        Folds, and how often the rows are shuffled and split anew.
    random_state : int
        Seeds the shuffles.
    rows : ndarray of int, optional
        Split these rows only, the training rows of an outer fold say.

    Returns
    -------
    list of Fold
        ``n_splits * n_repeats`` of them.

    Raises
    ------
    ValueError
        When a fold would be left without a row, a group, or one row of every class.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> folds = split(load("iris"), n_splits=5, n_repeats=2, random_state=0)
    >>> len(folds), len(folds[0].train), len(folds[0].test)
    (10, 120, 30)
    """
    check_enough(dataset, n_splits, rows)
    rows = np.arange(len(dataset.y)) if rows is None else rows
    y = dataset.y[rows]
    groups = None if dataset.groups is None else dataset.groups[rows]
    stratified = dataset.task == "classification"
    if groups is None:
        kind = StratifiedKFold if stratified else KFold
    else:
        kind = StratifiedGroupKFold if stratified else GroupKFold
    # One stream for all repeats, as scikit-learn's Repeated… have it: were repeat r seeded with
    # random_state + r, then runs of neighbouring seeds would share most of their repeats.
    random = np.random.RandomState(random_state)
    folds = []
    for repeat in range(n_repeats):
        splitter = kind(n_splits, shuffle=True, random_state=random)
        for fold, (train, test) in enumerate(splitter.split(rows, y, groups)):
            folds.append(Fold(repeat, fold, rows[train], rows[test]))
    return folds


def growing(dataset: "Dataset", rows: np.ndarray, random_state: int) -> np.ndarray:
    """Shuffle rows such that every beginning is a sample of them, stratified for classes.

    Parameters
    ----------
    dataset : Dataset
    rows : ndarray of int
        Row numbers.
    random_state : int
        Decides the order.

    Returns
    -------
    ndarray of int
        The same row numbers. Beginnings of two lengths are nested.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> iris = load("iris")
    >>> rows = growing(iris, np.arange(150), random_state=0)
    >>> np.bincount(iris.y[rows[:30]])
    array([10, 10, 10])
    """
    if dataset.task == "classification":
        return rows[stratified_order(dataset.y[rows], random_state)]
    return np.random.RandomState(random_state).permutation(rows)


def stratified_order(y: ArrayLike, random_state: int | np.random.RandomState | None) -> np.ndarray:
    """Order the rows at random, such that every prefix holds each class in its share.

    Of a class with c of the n rows, a prefix holds its share rounded up or down. Prefixes are
    nested, and begin with one row of every class.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
        Class labels.
    random_state : int, RandomState instance or None
        Decides the order.

    Returns
    -------
    ndarray of int, of shape (n_samples,)
        Row numbers.

    Examples
    --------
    >>> y = np.array(["rare"] * 4 + ["common"] * 12)
    >>> order = stratified_order(y, random_state=0)
    >>> [int((y[order[:n]] == "rare").sum()) for n in (2, 4, 8, 16)]
    [1, 1, 2, 4]
    """
    order = check_random_state(random_state).permutation(np.shape(y)[0])
    labels = pd.Series(_safe_indexing(y, order))
    by_class = labels.groupby(labels.to_numpy())
    # The j-th of a class of c rows, from 0, belongs where j / c of all rows are through.
    progress = by_class.cumcount() / by_class.transform("size")
    return order[np.argsort(progress.to_numpy(), kind="stable")]


def check_enough(dataset: "Dataset", n_splits: int, rows: np.ndarray | None = None) -> None:
    """Raise the ValueError of `split`, if it would, without the work."""
    name = PurePath(dataset.name).name.removeprefix("file:")
    where = repr(name) if rows is None else f"the training rows of {name!r}"
    y = dataset.y if rows is None else dataset.y[rows]
    available = {"rows": len(y)}
    if dataset.task == "classification":
        names = dict(zip(np.unique(dataset.y).tolist(), dataset.target_names, strict=True))
        classes, counts = np.unique(y, return_counts=True)
        rarest = counts.argmin()
        available = {f"rows of class {names[classes[rarest].item()]!r}": int(counts[rarest])}
    if dataset.groups is not None:
        groups = dataset.groups if rows is None else dataset.groups[rows]
        available["groups"] = len(np.unique(groups))
    for what, count in available.items():
        if count < n_splits:
            raise ValueError(
                f"n_splits must be at most the number of {what} in {where}, {count}, "
                f"however: {n_splits}"
            )
