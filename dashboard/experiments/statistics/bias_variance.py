"""Bias and variance of a learner, from its predictions after training on many resamples.

One learner is trained on B resamples of the training rows, and all B models predict the same test
rows. Bias is how far their consensus is from the targets; variance is how far they are from their
consensus. Noise, which no learner could predict, cannot be told from bias on real data, where each
row has one target: it is counted as bias.

B models show the consensus of all possible ones only roughly. For squared loss, that moves a share
of 1/B of the variance into the bias, on average: compare learners at the same B.

References
----------
Geman, S., Bienenstock, E. and Doursat, R. (1992). Neural networks and the bias/variance dilemma.
Neural Computation 4, 1-58. Domingos, P. (2000). A unified bias-variance decomposition and its
applications. ICML, 231-238.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

_NAN = float("nan")


class Decomposition(NamedTuple):
    """Mean loss and its parts, averaged over the test rows: ``loss = bias + net_variance``.

    Attributes
    ----------
    kind : {"squared", "zero-one"}
        The loss that was taken apart; numbers of different kinds must not be compared.
    loss : float
        Mean over resamples and rows: the mean squared error in squared units of the target, or
        the share of wrong predictions.
    bias : float
        Loss of the consensus: the squared bias of the mean prediction, or the share of rows that
        the main prediction gets wrong. Noise is in it.
    variance : float
        Mean loss of the models against their consensus.
    net_variance : float
        What variance adds to the loss. For squared loss that is the variance; for zero-one loss
        it can be negative, since a model that departs from a wrong consensus may be right.
    unbiased_variance, biased_variance : float
        Zero-one loss only, else NaN. The parts of ``variance`` from rows where the main
        prediction is right, where variance costs, and wrong, where it may help; both are averaged
        over all rows, so that they add up to ``variance``.
    """

    kind: Literal["squared", "zero-one"]
    loss: float
    bias: float
    variance: float
    net_variance: float
    unbiased_variance: float = _NAN
    biased_variance: float = _NAN


def decompose_squared(predictions: ArrayLike, y: ArrayLike) -> Decomposition:
    """Split the mean squared error into squared bias and variance (Geman et al., 1992).

    Parameters
    ----------
    predictions : array-like of shape (B, n_test) or (B, n_test, n_targets)
        Of B models, each trained on its own resample.
    y : array-like of shape (n_test,) or (n_test, n_targets)
        Targets of the test rows.

    Returns
    -------
    Decomposition
        Of kind "squared", averaged over rows and targets.

    Raises
    ------
    ValueError
        If the shapes do not fit, fewer than two models predicted, or a prediction is not finite.

    Examples
    --------
    Two models say 1 and 3, the target is 0: their mean, 2, is off by 2, and they by 1 from it.

    >>> found = decompose_squared([[1.0], [3.0]], [0.0])
    >>> found.loss, found.bias, found.variance
    (5.0, 4.0, 1.0)
    """
    predictions, y = _checked(predictions, y)
    predictions = predictions.astype(np.float64)
    if not np.isfinite(predictions).all():
        bad = predictions[~np.isfinite(predictions)][0]
        raise ValueError(f"predictions must be finite, however: {bad}")
    consensus = predictions.mean(axis=0)  # (n_test, ...)
    variance = float(((predictions - consensus) ** 2).mean())
    return Decomposition(
        kind="squared",
        loss=float(((predictions - y) ** 2).mean()),
        bias=float(((consensus - y) ** 2).mean()),
        variance=variance,
        net_variance=variance,
    )


def decompose_zero_one(predictions: ArrayLike, y: ArrayLike) -> Decomposition:
    """Split the share of wrong predictions into bias and variance (Domingos, 2000).

    The consensus on a row is the main prediction: the label that most models say, the smallest of
    them in a tie. On a row, ``loss = bias + c * variance``, where c is

    - 1 where the main prediction is right: each model that departs from it is wrong;
    - minus the share of the departing models that are right, where the main prediction is wrong.
      With two classes that share is 1, so that ``loss = bias + unbiased_variance -
      biased_variance``; with more, a model may leave one wrong label for another.

    Parameters
    ----------
    predictions : array-like of shape (B, n_test)
        Labels, of any type that sorts, said by B models, each trained on its own resample.
    y : array-like of shape (n_test,)
        Labels of the test rows.

    Returns
    -------
    Decomposition
        Of kind "zero-one". ``net_variance`` is the mean of c times the variance of a row.

    Raises
    ------
    ValueError
        If the shapes do not fit, or fewer than two models predicted.

    Examples
    --------
    Three models on two rows: they agree on the first but for one, and are mostly wrong on the
    second, where the one that departs is right.

    >>> found = decompose_zero_one([["a", "b"], ["a", "b"], ["b", "a"]], ["a", "a"])
    >>> found.bias, round(found.unbiased_variance, 3), round(found.biased_variance, 3)
    (0.5, 0.167, 0.167)
    >>> round(found.loss, 3), round(found.net_variance, 3)
    (0.5, 0.0)
    """
    predictions, y = _checked(predictions, y)
    if y.ndim > 1:
        raise ValueError(f"y must hold one label a row, however: shape {y.shape}")
    labels = np.unique(predictions)
    votes = np.stack([(predictions == label).sum(axis=0) for label in labels])  # (labels, n_test)
    main = labels[votes.argmax(axis=0)]  # the first, so the smallest, of equals
    biased = main != y
    variance = (predictions != main).mean(axis=0)  # (n_test,)
    right = (predictions == y).mean(axis=0)
    # Where the main prediction is wrong, all that are right have departed from it.
    net_variance = np.where(biased, -right, variance)
    return Decomposition(
        kind="zero-one",
        loss=float((1 - right).mean()),
        bias=float(biased.mean()),
        variance=float(variance.mean()),
        net_variance=float(net_variance.mean()),
        unbiased_variance=float((variance * ~biased).mean()),
        biased_variance=float((variance * biased).mean()),
    )


def _checked(predictions: ArrayLike, y: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    predictions, y = np.asarray(predictions), np.asarray(y)
    if y.ndim not in (1, 2) or not y.size:
        raise ValueError(f"y must have shape (n_test,) or (n_test, n_targets), however: {y.shape}")
    if predictions.shape[1:] != y.shape:
        raise ValueError(
            f"predictions must have shape (B, {', '.join(map(str, y.shape))}), "
            f"however: {predictions.shape}"
        )
    if len(predictions) < 2:
        raise ValueError(
            f"predictions must come from at least 2 models, however: {len(predictions)}"
        )
    return predictions, y
