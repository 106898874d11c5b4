"""Whether stated probabilities come true: of rows said to be 0.8, 8 in 10 should be.

References
----------
Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. (2017). On calibration of modern neural networks.
ICML: confidence, and the expected calibration error. Bröcker, J. and Smith, L. (2007). Increasing
the reliability of reliability diagrams. Weather and Forecasting 22, 651-661: what chance alone
would do to a calibrated forecast.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from ..evaluation import Evaluation
from .predictions import first_pass
from .probabilities import class_probabilities

Reading = Literal["over", "under", "uneven", "calibrated"]

_BINS = 10


class Calibration(NamedTuple):
    """What one model stated, and what happened.

    Attributes
    ----------
    bins : DataFrame
        One row per bin: ten, and fewer where one would hold less than 20 rows, each with as many
        rows as ties allow. The columns are stated (mean probability), happened (share of rows),
        low and high (Wilson's 95% interval of that share) and rows.
    stated, happened : float
        Mean probability, and share of rows, over all bins.
    error : float
        The expected calibration error: the mean gap between stated and happened, each bin
        weighted by its rows.
    chance : float
        What that error stays below in 95% of cases if every probability is right.
    reading : {"over", "under", "uneven", "calibrated"}
        Too high on average, too low, right on average but not in the bins, or none of these by
        more than chance alone would give in 5% of cases.
    """

    bins: pd.DataFrame
    stated: float
    happened: float
    error: float
    chance: float
    reading: Reading


def calibration(
    evaluations: Sequence[Evaluation],
    model: str,
    y: np.ndarray,
    positive: Any = None,
    n_draws: int = 500,
) -> Calibration:
    """Compare the probabilities of one model with what happened.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a classification. The first repeat and seed is taken, with all its folds: unlike
        ranks, probabilities mean the same in all of them.
    model : str
        One that gives probabilities.
    y : ndarray of shape (n_samples,)
        Labels of the whole data set.
    positive : object, optional
        The class whose probabilities are compared with its share. When left out, it is the
        confidence, the probability of the most probable class, with the share of right answers.
    n_draws : int, default=500
        Draws of what happens if every probability is right, which ``chance`` is found from.

    Returns
    -------
    Calibration

    Raises
    ------
    ValueError
        If ``positive`` is not in ``y``, or the model gave no probabilities.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> from bakeoff.datasets import load
    >>> evaluations = list(run(Comparison("breast_cancer", ["logistic"])))
    >>> found = calibration(evaluations, "logistic", load("breast_cancer").y)
    >>> round(found.stated, 3), round(found.happened, 3), found.reading
    (0.965, 0.979, 'under')
    """
    stated, happened = _stated_and_happened(evaluations, model, y, positive)
    n_bins = int(np.clip(len(stated) // 20, 1, _BINS))
    edges = np.quantile(stated, np.linspace(0, 1, n_bins + 1)[1:-1])
    places = np.searchsorted(edges, stated)  # (n_rows,)
    error, gap = _errors(stated, happened, places)
    # Not from a normal distribution: where probabilities are near 1, few rows are wrong.
    random = np.random.default_rng(0)
    draws = [_errors(stated, random.random(len(stated)) < stated, places) for _ in range(n_draws)]
    chance, noise = np.quantile(np.abs(draws), 0.95, axis=0).tolist()
    reading: Reading = "uneven" if error > chance else "calibrated"
    if abs(gap) > noise:
        reading = "over" if gap > 0 else "under"
    bins = _bins(stated, happened, places)
    return Calibration(bins, float(stated.mean()), float(happened.mean()), error, chance, reading)


def _stated_and_happened(
    evaluations: Sequence[Evaluation], model: str, y: np.ndarray, positive: Any
) -> tuple[np.ndarray, np.ndarray]:
    """One probability and one truth a row, each of shape (n_rows,)."""
    labels = np.unique(y)
    done = first_pass(evaluations, model)
    if not done:
        raise ValueError(f"model must have been tested, however: {model!r}")
    stated = np.concatenate([class_probabilities(e, y) for e in done])
    actual = np.concatenate([e.actual for e in done])
    if positive is None:
        return stated.max(axis=1), labels[stated.argmax(axis=1)] == actual
    if positive not in labels:
        raise ValueError(f"positive must be a class in y, however: {positive!r}")
    return stated[:, labels == positive][:, 0], actual == positive


def _errors(stated: np.ndarray, happened: np.ndarray, places: np.ndarray) -> tuple[float, float]:
    """The calibration error, and how much too high the probabilities are on average."""
    gaps = np.bincount(places, weights=stated - happened) / len(stated)
    return float(np.abs(gaps).sum()), float(gaps.sum())


def _bins(stated: np.ndarray, happened: np.ndarray, places: np.ndarray) -> pd.DataFrame:
    frame = pd.DataFrame({"stated": stated, "happened": happened.astype(float)})
    bins = frame.groupby(places).mean().assign(rows=np.unique(places, return_counts=True)[1])
    ends = [
        binomtest(int(hits), int(rows)).proportion_ci(method="wilson")
        for hits, rows in zip(frame.groupby(places).happened.sum(), bins.rows, strict=True)
    ]
    bins["low"], bins["high"] = [end.low for end in ends], [end.high for end in ends]
    return bins.reset_index(drop=True)[["stated", "happened", "low", "high", "rows"]]
