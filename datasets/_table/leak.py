"""Columns that know the answer: the outcome in other words, or what was recorded after it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from .._dataset import Task

# Real measurements seldom get there alone. The best single column of iris reaches .95; for ranks,
# two measurements of one thing may correlate at .998, which is an R² of .996.
SUSPICIOUS: Mapping[Task, float] = {"classification": 0.99, "regression": 0.998}
_MOST_ROWS = 2_000
_FEWEST_ROWS = 30  # with fewer, one column separates the classes by chance too often
_FOLDS = 3
_LEAVES = 64  # in a regression
_LARGEST = 1e30  # scikit-learn's trees take float32, and add the values up


def leak_score(values: pd.Series, y: np.ndarray, task: Task) -> float | None:
    """Return how well a decision tree on one column predicts the target, if suspiciously well.

    Parameters
    ----------
    values : Series of shape (n_samples,)
        Numbers or texts, with missing values.
    y : ndarray of shape (n_samples,)
        Class labels 0 to k - 1, or numbers.
    task : {"classification", "regression"}

    Returns
    -------
    float or None
        Balanced accuracy, or R² of the ranks of y, so that one outlier decides nothing. Mean of
        three folds over at most 2 000 rows; None below .99, or below .998 of the R² that the
        target itself would reach.

    Examples
    --------
    >>> y = np.arange(300) % 3
    >>> leak_score(pd.Series(y).map({0: "low", 1: "mid", 2: "high"}), y, "classification")
    1.0
    >>> leak_score(pd.Series(y % 2), y, "classification") is None
    True
    """
    rows = np.random.default_rng(0).permutation(len(y))[:_MOST_ROWS]
    y, values = y[rows], values.iloc[rows]
    if task == "classification":
        y, values = _enough_of_each(y, values)
    if len(y) < _FEWEST_ROWS or len(np.unique(y)) < 2:
        return None
    if not pd.api.types.is_numeric_dtype(values):
        values = pd.Series(pd.factorize(values, use_na_sentinel=False)[0])
    x = values.to_numpy(np.float64).clip(-_LARGEST, _LARGEST)
    if task == "regression":
        x, y = rankdata(x), rankdata(y)
    if not _may_follow(x, y, task):
        return None
    X = x.reshape(-1, 1)
    if task == "classification":
        tree = DecisionTreeClassifier(
            max_leaf_nodes=_leaves(y, task), class_weight="balanced", random_state=0
        )
        folds, scoring = StratifiedKFold(_FOLDS, shuffle=True, random_state=0), "balanced_accuracy"
    else:
        tree = DecisionTreeRegressor(max_leaf_nodes=_leaves(y, task), random_state=0)
        folds, scoring = KFold(_FOLDS, shuffle=True, random_state=0), "r2"
    # What it cannot learn by heart it cannot predict.
    least = SUSPICIOUS[task]
    if tree.fit(X, y).score(X, y) < least:
        return None
    score = float(cross_val_score(tree, X, y, cv=folds, scoring=scoring).mean())
    if task == "regression":  # of few rows, the tree does not reach 1 on the target itself
        least *= cross_val_score(tree, y.reshape(-1, 1), y, cv=folds, scoring=scoring).mean()
    return score if score >= least else None


def _leaves(y: np.ndarray, task: Task) -> int:
    # Too few to learn the rows by heart.
    return _LEAVES if task == "regression" else max(16, 2 * len(np.unique(y)))


def _may_follow(x: np.ndarray, y: np.ndarray, task: Task) -> bool:
    """Whether y changes so seldom along x that a tree could be that good; no tree is grown.

    In a leaf y is all but constant. Among two classes each row that the tree gets wrong makes two
    changes of class at most, and each leaf one; of ranks, the squared steps within a leaf are at
    most four times the squares that the tree leaves unexplained, and a step to the next leaf is
    no longer than the ranks are.
    """
    steps = np.diff(y[np.lexsort((y, x))])
    left = 1 - SUSPICIOUS[task]
    if task == "classification":
        counts = np.bincount(y)
        n_wrong = left * len(counts) * counts.max()
        return bool(np.count_nonzero(steps) <= 2 * n_wrong + _leaves(y, task))
    most = 4 * left * ((y - y.mean()) ** 2).sum() + _LEAVES * np.ptp(y) ** 2
    return bool((steps**2).sum() <= most)


def _enough_of_each(y: np.ndarray, values: pd.Series) -> tuple[np.ndarray, pd.Series]:
    keep = np.bincount(y)[y] >= _FOLDS
    return y[keep], values[keep]
