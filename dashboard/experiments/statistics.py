"""Intervals for scores from cross-validation, whose folds share most of their training rows.

Scores of overlapping training sets are correlated, and the naive standard error of their mean is
too small. Nadeau and Bengio's correction replaces ``1/J`` by ``1/J + n_test/n_train`` in the
variance of the mean of J scores. It is a heuristic for the correlation, slightly conservative in
their simulations; no unbiased estimate of that variance exists.

References
----------
Nadeau, C. and Bengio, Y. (2003). Inference for the generalization error. Machine Learning 52,
239-281. For repeated k-fold cross-validation, J = k · repeats: Bouckaert, R. and Frank, E. (2004).
Evaluating the replicability of significance tests for comparing learning algorithms. PAKDD.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t


class Interval(NamedTuple):
    """A mean and the ends of its confidence interval, in units of the score."""

    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether all of the interval lies on one side of 0."""
        return self.low > 0 or self.high < 0


def corrected_interval(
    scores: ArrayLike, n_train: float, n_test: float, confidence: float = 0.95
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

    Returns
    -------
    Interval
        With NaN ends when fewer than two scores are there: one fold has no spread.

    Examples
    --------
    >>> interval = corrected_interval([0.02, 0.01, 0.03, 0.02, 0.02], n_train=80, n_test=20)
    >>> [round(end, 4) for end in interval]
    [0.02, 0.0068, 0.0332]
    >>> interval.excludes_zero
    True
    """
    values = np.asarray(scores, dtype=np.float64)
    mean, count = float(values.mean()), len(values)
    if count < 2:
        return Interval(mean, float("nan"), float("nan"))
    variance = values.var(ddof=1) * (1 / count + n_test / n_train)
    half = float(t.ppf((1 + confidence) / 2, df=count - 1) * np.sqrt(variance))
    return Interval(mean, mean - half, mean + half)
