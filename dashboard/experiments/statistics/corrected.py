"""One pair of models, or one model, scored on folds that share most of their training rows.

Scores of overlapping training sets are correlated, and the naive standard error of their mean is
too small. Nadeau and Bengio's correction replaces ``1/J`` by ``1/J + n_test/n_train`` in the
variance of the mean of J scores: it takes the correlation for ``n_test / (n_train + n_test)``. It
is a heuristic; no unbiased estimate of that variance exists (Bengio and Grandvalet, 2004).

Repeats of a k-fold cross-validation use the same rows again. Scores of equal models were found
different more often than a test with J - 1 degrees of freedom promises, and Bouckaert (2003)
calibrates 10 times 10 folds to about 10 degrees of freedom. Given ``n_splits``, all functions here
take ``n_splits - 1``: repeats narrow the standard error and add no degree of freedom.

What that is worth was measured on models that are equal: see `designs`. With 5 folds and 2 or more
repeats it holds for all that were tried; with one repeat some learners exceed 5%, and with 10 folds
trees of one split far more so. With those, a data set as a whole decides which of two models is
ahead; its folds do not show how another would have decided, and more repeats do not mend that.
`nested` asks for just that, with further fits.

References
----------
Nadeau, C. and Bengio, Y. (2003). Inference for the generalization error. Machine Learning 52,
239-281. For repeated k-fold cross-validation, J = k · repeats: Bouckaert, R. and Frank, E. (2004).
Evaluating the replicability of significance tests for comparing learning algorithms. PAKDD.
Bouckaert, R. (2003). Choosing between two learning algorithms based on calibrated tests. ICML.
Bengio, Y. and Grandvalet, Y. (2004). No unbiased estimator of the variance of k-fold
cross-validation. JMLR 5, 1089-1105.
"""

import numpy as np
from numpy.typing import ArrayLike

from .estimate import Estimate, Interval, Posterior

_NAN = float("nan")


def corrected_estimate(
    scores: ArrayLike, n_train: float, n_test: float, *, n_splits: int | None = None
) -> Estimate:
    """Return the mean of cross-validated scores with its corrected standard error.

    Parameters
    ----------
    scores : array-like of shape (J,)
        One value per fold and repeat: scores of one model, or paired differences of two.
    n_train, n_test : float
        Training and test rows of a fold, on average.
    n_splits : int, optional
        Folds of one repeat, which caps the degrees of freedom at ``n_splits - 1``. Without it
        they are J - 1, which is for a single repeat and for independent random splits.

    Returns
    -------
    Estimate
        With an error of NaN when fewer than two scores are there: one fold has no spread.

    Raises
    ------
    ValueError
        If ``n_train`` or ``n_test`` is not positive, or ``n_splits`` is less than 2.

    Examples
    --------
    >>> found = corrected_estimate([0.02, 0.01, 0.03, 0.02, 0.02], n_train=80, n_test=20)
    >>> round(found.mean, 4), round(found.error, 4), found.df
    (0.02, 0.0047, 4)
    """
    values = np.asarray(scores, dtype=np.float64)
    count = len(values)
    widening = corrected_variance(max(count, 1), n_train, n_test)
    df = degrees_of_freedom(count, n_splits)
    mean = float(values.mean()) if count else _NAN
    if count < 2:
        return Estimate(mean, _NAN, _NAN)
    # Equal values differ from their own mean by rounding, which is no spread.
    variance = values.var(ddof=1) if np.ptp(values) > 0 else 0.0
    return Estimate(mean, float(np.sqrt(variance * widening)), df)


def corrected_interval(
    scores: ArrayLike,
    n_train: float,
    n_test: float,
    confidence: float = 0.95,
    *,
    n_splits: int | None = None,
) -> Interval:
    """Return the mean of cross-validated scores with its corrected resampled-t interval.

    Parameters
    ----------
    scores : array-like of shape (J,)
        One value per fold and repeat: scores of one model, or paired differences of two.
    n_train, n_test : float
        Training and test rows of a fold, on average.
    confidence : float, default=0.95
        Between 0 and 1.
    n_splits : int, optional
        Folds of one repeat, which caps the degrees of freedom at ``n_splits - 1``. Without it
        they are J - 1, which is for a single repeat and for independent random splits.

    Returns
    -------
    Interval
        With NaN ends when fewer than two scores are there: one fold has no spread.

    Raises
    ------
    ValueError
        If ``n_train`` or ``n_test`` is not positive, or ``n_splits`` is less than 2.

    Examples
    --------
    >>> interval = corrected_interval([0.02, 0.01, 0.03, 0.02, 0.02], n_train=80, n_test=20)
    >>> [round(end, 4) for end in interval]
    [0.02, 0.0068, 0.0332]
    >>> interval.excludes_zero
    True
    """
    return corrected_estimate(scores, n_train, n_test, n_splits=n_splits).interval(confidence)


def corrected_p_value(
    differences: ArrayLike, n_train: float, n_test: float, *, n_splits: int | None = None
) -> float:
    """Return the two-sided p-value of the corrected resampled t-test of a mean of 0.

    It is below 0.05 exactly where `corrected_interval` at 95% excludes 0.

    Parameters
    ----------
    differences : array-like of shape (J,)
        Paired differences of two models, one per fold and repeat.
    n_train, n_test, n_splits
        As in `corrected_interval`, and refused alike.

    Returns
    -------
    float
        NaN with fewer than two differences. Where all are equal, 0, or 1 if they are 0.

    Examples
    --------
    >>> round(corrected_p_value([0.02, 0.01, 0.03, 0.02, 0.02], n_train=80, n_test=20), 4)
    0.0135
    """
    return corrected_estimate(differences, n_train, n_test, n_splits=n_splits).p_value


def correlated_t_test(
    differences: ArrayLike,
    n_train: float,
    n_test: float,
    rope: float = 0.01,
    *,
    n_splits: int | None = None,
) -> Posterior:
    """Return how probable it is that one model is worse than, the same as, or better than another.

    The Bayesian correlated t-test (Corani and Benavoli, 2015): under a flat prior, the mean
    difference is distributed as Student's t around the mean that was seen, with the standard error
    of `corrected_interval`. Differences within the region of practical equivalence count as the
    same.

    Parameters
    ----------
    differences : array-like of shape (J,)
        Paired differences of two models, one per fold and repeat, in units of the score.
    n_train, n_test, n_splits
        As in `corrected_interval`, and refused alike.
    rope : float, default=0.01
        Half the width of the region, in units of the score. The default is that of Benavoli et
        al. (2017) for accuracy: one percentage point.

    Returns
    -------
    Posterior
        All NaN with fewer than two differences. Where all are equal, the region they lie in has
        probability 1, its ends included.

    Raises
    ------
    ValueError
        If ``rope`` is negative, too.

    References
    ----------
    Corani, G. and Benavoli, A. (2015). A Bayesian approach for comparing cross-validated
    algorithms on multiple data sets. Machine Learning 100, 285-304. Benavoli, A., Corani, G.,
    Demšar, J. and Zaffalon, M. (2017). Time for a change: a tutorial for comparing multiple
    classifiers through Bayesian analysis. JMLR 18 (77), 1-36.

    Examples
    --------
    >>> found = correlated_t_test([0.02, 0.01, 0.03, 0.02, 0.02], n_train=80, n_test=20)
    >>> [round(probability, 3) for probability in found]
    [0.002, 0.05, 0.949]
    """
    return corrected_estimate(differences, n_train, n_test, n_splits=n_splits).posterior(rope)


def corrected_variance(n_scores: int, n_train: float, n_test: float) -> float:
    """Return the variance of the mean of J scores, in units of the variance of one.

    It has a floor that no number of repeats gets below: ``n_test / n_train``.

    Examples
    --------
    >>> [round(corrected_variance(5 * repeats, 80, 20), 2) for repeats in (1, 2, 10)]
    [0.45, 0.35, 0.27]
    """
    for name, rows in (("n_train", n_train), ("n_test", n_test)):
        if not rows > 0:
            raise ValueError(f"{name} must be positive, however: {rows}")
    return 1 / n_scores + n_test / n_train


def degrees_of_freedom(n_scores: int, n_splits: int | None) -> int:
    """Return J - 1, or that of one repeat where ``n_splits`` is given and less than J.

    Examples
    --------
    >>> degrees_of_freedom(100, None), degrees_of_freedom(100, 10), degrees_of_freedom(7, 10)
    (99, 9, 6)
    """
    if n_splits is None:
        return n_scores - 1
    if n_splits < 2:
        raise ValueError(f"n_splits must be an integer of at least 2, however: {n_splits}")
    return min(n_scores, n_splits) - 1
