"""Will the difference of two learners be there on another sample? Nested cross-validation's error.

The losses of a cross-validation say how much rows differ, and not how much another sample would
have changed the models. Bates, Hastie and Tibshirani measure that: fold k is set aside, the rest
is cross-validated by itself, and the mean of that is held against the mean on fold k, which is
new to all of these models. The square of the difference, less what the rows of fold k account for,
estimates the mean squared error of a cross-validation.

Cross-validating the rest takes, for each other fold l, a model trained without k and l. It is the
same for (k, l) and (l, k), so a repeat takes K · (K - 1) / 2 fits of pairs and K ordinary ones:
15 with 5 folds. Their method is for the error of one model; here it is used, as in R's
``mlr3inferr``, for any mean of a loss by row, here the difference of two models' losses. They take
the normal distribution; what is taken here, and why, is said at `NESTED_DF`.

References
----------
Bates, S., Hastie, T. and Tibshirani, R. (2024). Cross-validation: what does it estimate and how
well does it do it? Journal of the American Statistical Association 119 (546), 1434-1445.
"""

import numpy as np
from numpy.typing import ArrayLike

# Of the t distribution that stands in for the normal. No theory gives it: with 5 folds and 5
# repeats, R · (K - 1), and with it equal models are called different as rarely as promised; see
# `designs`.
NESTED_DF = 20


def nested_error(losses: ArrayLike, folds: ArrayLike) -> float:
    """Return the standard error of a mean loss, by nested cross-validation.

    Parameters
    ----------
    losses : array-like of shape (n_repeats, n_rows, n_folds)
        Losses by row, or paired differences of them. ``losses[r, i, l]`` is that of row i from the
        model trained without fold l and without the fold of the row; where l is the fold of the
        row, that is the ordinary model of the fold.
    folds : array-like of int, of shape (n_repeats, n_rows)
        The fold of each row in each repeat, from 0.

    Returns
    -------
    float
        At least what it would be if the losses were independent, and at most √K of that, the
        limits that the authors set. NaN where a loss is.

    Raises
    ------
    ValueError
        If the shapes do not fit each other, or a fold has fewer than two rows. With two folds,
        the models of pairs would have no rows: three are the fewest.

    Notes
    -----
    With the losses e of ordinary models, for fold k of each repeat,
    ``a = (mean of the others without k - mean of e in k)²`` and ``b = var(e in k) / n_k``. The
    mean squared error is ``(K - 1) / K · mean(a - b)``, its factor a correction from the size of
    K - 1 folds to that of K.

    Examples
    --------
    Six rows in three folds, once:

    >>> losses = np.random.default_rng(0).normal(size=(1, 6, 3))
    >>> round(nested_error(losses, [[0, 0, 1, 1, 2, 2]]), 3)
    0.458
    """
    values = np.asarray(losses, dtype=np.float64)
    places = np.asarray(folds)
    n_folds = _check(values, places)
    rows = np.arange(values.shape[1])
    squares = []
    for without, fold in zip(values, places, strict=True):  # one repeat
        own = without[rows, fold]
        for k in range(n_folds):
            inside = fold == k
            a = (without[~inside, k].mean() - own[inside].mean()) ** 2
            b = own[inside].var(ddof=1) / inside.sum()
            squares.append(a - b)
    mean_square = (n_folds - 1) / n_folds * np.mean(squares)
    paired = places[:, :, None] != np.arange(n_folds)  # the losses from models of pairs
    lowest = np.std(values[paired], ddof=1) / np.sqrt(len(rows))
    return float(np.clip(np.sqrt(np.maximum(mean_square, 0)), lowest, lowest * np.sqrt(n_folds)))


def _check(values: np.ndarray, places: np.ndarray) -> int:
    """Return the number of folds, or raise the ValueError."""
    if values.ndim != 3 or values.shape[:2] != places.shape:
        raise ValueError(
            "losses must have shape (n_repeats, n_rows, n_folds) and folds (n_repeats, n_rows), "
            f"however: {values.shape} and {places.shape}"
        )
    n_folds = values.shape[2]
    if n_folds < 3:
        raise ValueError(f"losses must be of at least 3 folds, however: {n_folds}")
    if places.size == 0 or places.min() < 0 or places.max() >= n_folds:
        raise ValueError(f"folds must be from 0 to {n_folds - 1}, however: {np.unique(places)}")
    fewest = min(np.bincount(fold, minlength=n_folds).min() for fold in places)
    if fewest < 2:
        raise ValueError(f"each fold must have at least 2 rows, however one has: {fewest}")
    return n_folds
