"""Do the models that were fitted differ? What the rows of one cross-validation say, without a fit.

The models of the folds are taken as they came out, and their rows as a sample of such rows: is one
group of models better than the other on all rows of this kind? That the next sample would give
other models is left out on purpose, so nothing here is about learners: where the models follow
their training rows closely, two equal learners give models that truly differ.

References
----------
Bayle, P., Bayle, A., Janson, L. and Mackey, L. (2020). Cross-validation confidence intervals for
test error. NeurIPS 33, 16339-16350. Lei, J. (2020). Cross-validation with confidence. Journal of
the American Statistical Association 115 (532), 1978-1997.
"""

import numpy as np
from numpy.typing import ArrayLike

from .estimate import Estimate

_DRAWS = 20_000  # of the bootstrap: a p-value of 0.05 has a standard error of 0.0015


def fitted_error(losses: ArrayLike) -> float:
    """Return the standard error of a mean loss, the fitted models as they are.

    The central limit theorem of Bayle et al. with their all-pairs estimate of the variance: as if
    the losses of a cross-validation were independent, which for this question they nearly are.

    Parameters
    ----------
    losses : array-like of shape (n_repeats, n_rows)
        Losses by row, or paired differences of them, from the models that were not trained on the
        row. Several repeats are averaged row by row first: the theorem's terms depend on the row
        alone, so that it holds for the average too.

    Returns
    -------
    float
        NaN where a loss is.

    Examples
    --------
    >>> round(fitted_error([[1.0, 0.0, 0.0, 0.0]]), 4)
    0.2165
    """
    values = np.asarray(losses, dtype=np.float64).mean(axis=0)
    return float(np.sqrt(values.var() / len(values)))


def fitted_estimate(losses: ArrayLike) -> Estimate:
    """Return the mean loss with its `fitted_error`, to be read by the normal distribution."""
    values = np.asarray(losses, dtype=np.float64)
    return Estimate(float(values.mean()), fitted_error(values), df=float("inf"))


def confidence_set(
    losses: ArrayLike, folds: ArrayLike, confidence: float = 0.95, *, random_state: int = 0
) -> list[int]:
    """Return the models among which the best of the fitted ones is, with this confidence.

    Parameters
    ----------
    losses : array-like of shape (n_repeats, n_rows, n_models)
        Losses by row, less is better, from the models that were not trained on the row.
    folds : array-like of int, of shape (n_repeats, n_rows)
        The fold of each row in each repeat.
    confidence : float, default=0.95
        Between 0 and 1.
    random_state : int, default=0
        Seeds the multipliers of the bootstrap.

    Returns
    -------
    list of int
        Numbers of the models, in their order. The one with the least mean loss is always one of
        them.

    Raises
    ------
    ValueError
        If the shapes do not fit each other.

    Notes
    -----
    A model is left out where its largest studentised difference to another is larger than luck
    makes the largest of as many: Lei's test by a Gaussian multiplier bootstrap, with losses
    centred by fold, and without his screening. Several repeats are averaged row by row.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> losses = rng.normal(size=(1, 100, 3)) + [0.0, 0.1, 1.0]
    >>> confidence_set(losses, [np.arange(100) % 5])
    [0, 1]
    """
    values, places = np.asarray(losses, dtype=np.float64), np.asarray(folds)
    if values.ndim != 3 or values.shape[:2] != places.shape:
        raise ValueError(
            "losses must have shape (n_repeats, n_rows, n_models) and folds (n_repeats, n_rows), "
            f"however: {values.shape} and {places.shape}"
        )
    n_models = values.shape[2]
    centred = np.mean(
        [by_row - _fold_means(by_row, fold) for by_row, fold in zip(values, places, strict=True)],
        axis=0,
    )  # (n_rows, n_models)
    means, n_rows = values.mean(axis=(0, 1)), values.shape[1]
    drawn = _multiplied(centred, np.argsort(means, kind="stable"), random_state)
    kept = []
    for m in range(n_models):
        others = [j for j in range(n_models) if j != m]
        spread = np.std(centred[:, [m]] - centred[:, others], axis=0)
        gaps = np.sqrt(n_rows) * (means[m] - means[others])
        told = spread > 0
        if np.any(gaps[~told] > 1e-9 * np.sqrt(n_rows)):  # worse by the same on every row
            continue
        statistic = np.max(gaps[told] / spread[told], initial=-np.inf)
        luck = (drawn[:, [m]] - drawn[:, others])[:, told] / spread[told]
        if not told.any() or np.mean(luck.max(axis=1) >= statistic) > 1 - confidence:
            kept.append(m)
    return kept


def _multiplied(centred: np.ndarray, order: np.ndarray, random_state: int) -> np.ndarray:
    """Draw what sums of the centred losses are under multipliers, of shape (n_draws, n_models).

    Sums with a normal multiplier for each row are normal, with the covariance of the losses: they
    are drawn as such, which takes no more for many rows. They are drawn in ``order``, so that the
    answer does not depend on that of the models.
    """
    covariance = np.cov(centred[:, order], rowvar=False, ddof=0).reshape(len(order), -1)
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    drawn = np.empty((_DRAWS, len(order)))
    drawn[:, order] = np.random.default_rng(random_state).normal(size=drawn.shape) @ root
    return drawn


def _fold_means(values: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """For each row, the mean over the rows of its fold."""
    sums = np.zeros((fold.max() + 1, values.shape[1]))
    np.add.at(sums, fold, values)
    return (sums / np.maximum(np.bincount(fold), 1)[:, None])[fold]
