"""The rows held out for early stopping."""

from __future__ import annotations

import math

import numpy as np
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit, StratifiedShuffleSplit


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
        Keep the class proportions, where every class has a row for both sides.
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
        size: float = max(1, min(n_groups - 1, math.ceil(fraction * n_groups)))
        splitter = GroupShuffleSplit(n_splits=1, test_size=int(size), random_state=random_state)
        return next(splitter.split(np.zeros(n), groups=groups))
    held_out = math.ceil(fraction * n)
    splitter = ShuffleSplit
    if stratify:
        counts = np.bincount(y)
        counts = counts[counts > 0]
        # A row of each class on either side, or stratification has no meaning.
        wanted = max(held_out, len(counts))
        if counts.min() >= 2 and n - wanted >= len(counts):
            splitter, held_out = StratifiedShuffleSplit, wanted
    if n - held_out < 1:
        raise ValueError(
            f"early_stopping needs more rows: of n_samples={n}, validation_fraction={fraction} "
            f"holds out {held_out} and leaves none to train on."
        )
    split = splitter(n_splits=1, test_size=held_out, random_state=random_state)
    return next(split.split(np.zeros(n), y if stratify else None))
