"""The rows held out for early stopping."""

from __future__ import annotations

import math

import numpy as np
from sklearn.model_selection import (
    GroupShuffleSplit,
    StratifiedShuffleSplit,
    train_test_split,
)
from sklearn.utils import check_random_state


def hold_out(
    y: np.ndarray,
    *,
    fraction: float,
    stratify: bool,
    groups: np.ndarray | None,
    random_state: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Indices of training and validation rows.

    Parameters
    ----------
    y : ndarray of shape (n,) or (n, n_outputs)
        Class codes if ``stratify``.
    fraction : float
        Share of the rows, or of the groups, to hold out.
    stratify : bool
        Keep the class proportions, as far as whole rows allow.
    groups : ndarray of shape (n,), optional
        Rows of a group stay on one side; takes the place of stratification.
    random_state : int

    Raises
    ------
    ValueError
        Too few rows or groups for both sides.

    Examples
    --------
    >>> train, validation = hold_out(
    ...     np.array([0, 1] * 10), fraction=0.2, stratify=True, groups=None, random_state=0
    ... )
    >>> len(train), len(validation)
    (16, 4)
    """
    n = len(y)
    if groups is not None:
        n_groups = len(np.unique(groups))
        if n_groups < 2:
            raise ValueError(
                f"early_stopping with groups needs at least 2 groups, however: {n_groups}."
            )
        size = min(n_groups - 1, math.ceil(fraction * n_groups))
        splitter = GroupShuffleSplit(n_splits=1, test_size=size, random_state=random_state)
        return next(splitter.split(np.zeros(n), groups=groups))
    held_out = math.ceil(fraction * n)
    if held_out >= n:
        raise ValueError(
            f"early_stopping needs more rows: of n_samples={n}, validation_fraction={fraction} "
            f"holds out {held_out} and leaves none to train on."
        )
    always_train = np.empty(0, dtype=np.intp)
    if stratify:
        counts = np.bincount(y)
        counts = counts[counts > 0]
        n_wanted = max(held_out, len(counts))
        if counts.min() >= 2 and n - n_wanted >= len(counts):
            split = StratifiedShuffleSplit(1, test_size=n_wanted, random_state=random_state)
            return next(split.split(np.zeros(n), y))
        # Too few rows to stratify: at least a row of every class is trained on.
        order = check_random_state(random_state).permutation(n)
        always_train = order[np.unique(y[order], return_index=True)[1]]
    rest = np.setdiff1d(np.arange(n), always_train)
    held_out = min(held_out, len(rest))
    if held_out == 0:
        raise ValueError(
            f"early_stopping needs more rows: each of n_samples={n} is the only one of its class."
        )
    if held_out == len(rest):
        return always_train, rest
    train, validation = train_test_split(rest, test_size=held_out, random_state=random_state)
    return np.concatenate([always_train, train]), validation
