"""What a design of folds, repeats and seeds could detect, before it is run and after."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.stats import chi2, nct, norm, t

from ..evaluation import Evaluation
from ..statistics.corrected import corrected_variance, degrees_of_freedom
from ..statistics.nested import NESTED_DF
from .differences import Differences
from .scores import fold_scores


class VarianceSplit(NamedTuple):
    """Where the spread of one model's scores comes from.

    Attributes
    ----------
    folds, seeds : float
        Standard deviations, in units of the score, between folds and between seeds on one fold.
    share : float
        Of the variance of one score, the part that is due to seeds; NaN if there is no variance.
    """

    folds: float
    seeds: float
    share: float


def smallest_difference(
    sd: float,
    n_train: float,
    n_test: float,
    n_scores: int,
    power: float = 0.8,
    alpha: float = 0.05,
    *,
    n_splits: int | None = None,
) -> float:
    """Return the true mean difference that the corrected t-test would detect with this power.

    Under the correction's assumption, the mean of J differences has the variance
    ``sd² · (1/J + n_test/n_train)``, and its t statistic is noncentral t; to be detected, it must
    have the right sign. Repeats raise J and touch
    the first term only: with 5 folds, ten repeats narrow the standard error by 23% against one,
    where ten times the rows would narrow it by 68%.

    Parameters
    ----------
    sd : float
        Standard deviation of the paired difference on one fold, in units of the score; for
        accuracy, see `accuracy_sd`.
    n_train, n_test : float
        Training and test rows of a fold, on average.
    n_scores : int
        Folds times repeats, at least 2.
    power : float, default=0.8
        Probability of detection, above ``alpha`` and below 1. Four in five is Cohen's convention.
    alpha : float, default=0.05
        Level of the two-sided test.
    n_splits : int, optional
        Folds of one repeat, as in `corrected_interval`.

    Returns
    -------
    float
        In units of ``sd``'s score.

    Raises
    ------
    ValueError
        If one of the numbers is outside of its range.

    References
    ----------
    Cohen, J. (1988). Statistical power analysis for the behavioral sciences, 2nd edition. For the
    variance, see `corrected`.

    Examples
    --------
    Two models of which exactly one is right on a tenth of 150 rows, compared in 5 folds, must be
    15 percentage points apart, more than that tenth allows: such a design cannot tell them apart.

    >>> round(smallest_difference(accuracy_sd(30), n_train=120, n_test=30, n_scores=5), 2)
    0.15
    """
    if not sd >= 0:
        raise ValueError(f"sd must not be negative, however: {sd}")
    if n_scores < 2:
        raise ValueError(f"n_scores must be an integer of at least 2, however: {n_scores}")
    if not 0 < alpha < power < 1:
        raise ValueError(
            f"alpha and power must be 0 < alpha < power < 1, however: {alpha} and {power}"
        )
    critical = t.ppf(1 - alpha / 2, degrees_of_freedom(n_scores, n_splits))
    df = n_scores - 1  # of the spread that is seen, however many the test allows for
    error = sd * np.sqrt(corrected_variance(n_scores, n_train, n_test))
    return float(_errors(critical, df, power) * error)


def smallest_nested_difference(sd: float, n_rows: float, power: float = 0.8) -> float:
    """Return the true mean difference that `nested_error` would detect at 5% with this power.

    Its error is taken to be the least that there can be, that of independent rows. What other
    training rows would change comes on top, so this is a lower bound.

    Parameters
    ----------
    sd : float
        Standard deviation of the paired difference on one row; for accuracy, ``accuracy_sd(1)``.
    n_rows : float
        All rows: each is tested.
    power : float, default=0.8
        As in `smallest_difference`.

    Returns
    -------
    float
        In units of ``sd``'s score.

    Examples
    --------
    >>> round(smallest_nested_difference(accuracy_sd(1), n_rows=150), 3)
    0.076
    """
    if not sd >= 0:
        raise ValueError(f"sd must not be negative, however: {sd}")
    critical = t.ppf(0.975, NESTED_DF)
    return float(_errors(critical, NESTED_DF, power) * sd / np.sqrt(n_rows))


def _errors(critical: float, df: float, power: float) -> float:
    """How many standard errors a difference must be, to be detected with this power."""

    def shortfall(noncentrality: float) -> float:
        return float(nct.sf(critical, df, noncentrality) - power)

    # There, mean and spread are each favourable with probability sqrt(power), and independent.
    enough = critical * np.sqrt(chi2.ppf(np.sqrt(power), df) / df) + norm.ppf(np.sqrt(power))
    return float(brentq(shortfall, 0, enough))


def accuracy_sd(n_test: float, disagreement: float = 0.1) -> float:
    """Return the standard deviation of the difference of two accuracies on the same test rows.

    On a row, the difference is 1 or -1 where exactly one of the two models is right, else 0. With
    the share d of such rows and no difference on average, its variance is d, and that of the mean
    over the rows d / n_test: the variance behind McNemar's test. The models are taken as given;
    that training on other rows changes them comes on top, so this is a lower bound.

    Parameters
    ----------
    n_test : float
        Test rows of a fold.
    disagreement : float, default=0.1
        Share of the rows that exactly one of the models gets right, from 0 to 1. Unknown before a
        run: no source backs the default, which stands for two good models on a task of moderate
        difficulty.

    Returns
    -------
    float
        In units of accuracy, where 1 is all rows right.

    Raises
    ------
    ValueError
        If one of the numbers is outside of its range.

    References
    ----------
    McNemar, Q. (1947). Note on the sampling error of the difference between correlated
    proportions or percentages. Psychometrika 12, 153-157. Dietterich, T. (1998). Approximate
    statistical tests for comparing supervised classification learning algorithms. Neural
    Computation 10, 1895-1923.

    Examples
    --------
    >>> round(accuracy_sd(90), 4)
    0.0333
    """
    if not n_test > 0:
        raise ValueError(f"n_test must be positive, however: {n_test}")
    if not 0 <= disagreement <= 1:
        raise ValueError(f"disagreement must be a share from 0 to 1, however: {disagreement}")
    return float(np.sqrt(disagreement / n_test))


def detectable_difference(evaluations: Sequence[Evaluation], model: str, other: str) -> float:
    """Return the smallest difference that would be detected, for the spread that there was.

    It goes by `smallest_difference`, or by the error of `nested_error` where the pair was tested
    with it. It depends on how much the paired differences spread and not on their mean, so
    it is no p-value in disguise: it says what the design was good for, whatever it found.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    model, other : str
        Keys of two models that have scores for at least two folds in common.

    Returns
    -------
    float
        In units of the score, for a power of 0.8.

    References
    ----------
    Hoenig, J. and Heisey, D. (2001). The abuse of power. The American Statistician 55, 19-24: why
    not to compute it from the difference that was seen.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> spec = Comparison("iris", ["svm_rbf", "forest"], n_splits=5)
    >>> round(detectable_difference(list(run(spec)), *spec.models), 3)
    0.046
    """
    found = Differences(evaluations)
    if found.method(model, other) == "nested":
        _, error, df = found.estimate(model, other)
        return error * _errors(t.ppf(0.975, df), df, power=0.8)
    frame = fold_scores(evaluations)
    scores = frame.pivot(index=["repeat", "fold"], columns="model", values="score")
    gaps = (scores[model] - scores[other]).dropna()
    return smallest_difference(
        float(gaps.std()),
        frame.n_train.mean(),
        frame.n_test.mean(),
        len(gaps),
        n_splits=max(frame.fold.nunique(), 2),
    )


def variance_split(scores: ArrayLike) -> VarianceSplit:
    """Split the variance of a model's scores into that of folds and that of seeds.

    One-way random effects, by the mean squares of the analysis of variance. What a seed does on
    one fold and not on another is counted with the seeds.

    Parameters
    ----------
    scores : array-like of shape (n_folds, n_seeds)
        Of one model, trained on each fold with several seeds.

    Returns
    -------
    VarianceSplit
        The estimated variance due to folds is negative where the folds' means spread less than
        the seeds alone would make them; it is then clipped at 0, and a little biased upwards on
        average.

    Raises
    ------
    ValueError
        If there are fewer than two folds or seeds, or a score is not finite.

    References
    ----------
    Searle, S., Casella, G. and McCulloch, C. (1992). Variance components. Wiley, chapter 3. On
    seeds as one source of variance among several: Bouthillier, X. et al. (2021). Accounting for
    variance in machine learning benchmarks. MLSys.

    Examples
    --------
    >>> found = variance_split([[0.80, 0.82], [0.90, 0.92], [0.70, 0.72]])
    >>> [round(part, 3) for part in found]
    [0.099, 0.014, 0.02]
    """
    values = np.asarray(scores, dtype=np.float64)
    if values.ndim != 2 or min(values.shape) < 2:
        raise ValueError(
            "scores must have shape (n_folds, n_seeds) with at least 2 of each, "
            f"however: {values.shape}"
        )
    if not np.isfinite(values).all():
        raise ValueError(f"scores must be finite, however: {values[~np.isfinite(values)][0]}")
    seeds = float(values.var(axis=1, ddof=1).mean())
    folds = max(float(values.mean(axis=1).var(ddof=1)) - seeds / values.shape[1], 0.0)
    total = folds + seeds
    share = seeds / total if total > 0 else float("nan")
    return VarianceSplit(float(np.sqrt(folds)), float(np.sqrt(seeds)), share)
