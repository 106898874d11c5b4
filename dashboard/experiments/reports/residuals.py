"""How far predicted quantities were off, and whether the errors follow a pattern."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import spearmanr, t
from sklearn.metrics import mean_absolute_error, root_mean_squared_error

from ..evaluation import Evaluation
from ..statistics.estimate import Interval
from .predictions import first_pass, predictions, with_predictions
from .scores import interval_of, means


class Pattern(NamedTuple):
    """What the residuals of one model have in common.

    Attributes
    ----------
    bias : Interval
        Mean residual, in units of the target, with its corrected 95% interval over the folds.
        Above 0, the model predicts too low.
    growth : float
        Spearman's rank correlation of a prediction with the size of its error: above 0, errors
        grow with what is predicted. NaN where all predictions, or all errors, are equal.
    growth_p : float
        Its p-value.
    """

    bias: Interval
    growth: float
    growth_p: float


def residuals(evaluations: Sequence[Evaluation], model: str, target: int = 0) -> pd.DataFrame:
    """Return the actual minus the predicted values of one model, each row once.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a regression; the first repeat and seed is taken.
    model : str
        Whose predictions to take.
    target : int, default=0
        Which of several targets.

    Returns
    -------
    DataFrame
        As from `predictions`, with a column residual in units of the target.
    """
    frame = predictions(first_pass(evaluations, model), model, target)
    return frame.assign(residual=frame.actual - frame.predicted)


def trend(residuals: pd.DataFrame) -> pd.DataFrame:
    """Average residuals over bins of the predictions, each with as many rows as ties allow.

    There are ten bins, and fewer where one would hold less than ten rows.

    Parameters
    ----------
    residuals : DataFrame
        With the columns predicted and residual.

    Returns
    -------
    DataFrame
        With the columns predicted (mean of the bin), mean, low, high (Student's 95% interval of
        the mean residual, which takes rows for independent) and rows.
    """
    n_bins = int(np.clip(len(residuals) // 10, 1, 10))
    edges = np.quantile(residuals.predicted, np.linspace(0, 1, n_bins + 1)[1:-1])
    bins = residuals.groupby(np.searchsorted(edges, residuals.predicted))
    mean, rows = bins.residual.mean(), bins.size()
    half = t.ppf(0.975, np.maximum(rows - 1, 1)) * bins.residual.sem()
    table = {
        "predicted": bins.predicted.mean(), "mean": mean, "low": mean - half, "high": mean + half,
        "rows": rows,
    }  # fmt: skip
    return pd.DataFrame(table).reset_index(drop=True)


def pattern(evaluations: Sequence[Evaluation], model: str, target: int = 0) -> Pattern:
    """Look for bias and for errors that grow, in the residuals of one model.

    Parameters
    ----------
    evaluations, model, target
        As for `residuals`.

    Returns
    -------
    Pattern

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> found = pattern(list(run(Comparison("diabetes", ["logistic"]))), "logistic")
    >>> found.bias.excludes_zero, round(found.growth, 2)
    (False, 0.25)
    """
    frame = residuals(evaluations, model, target)
    folds = pd.DataFrame(
        [(e.fold, e.n_train, len(e.test)) for e in first_pass(evaluations, model)],
        columns=["fold", "n_train", "n_test"],
    )
    size = frame.residual.abs()
    if frame.predicted.nunique() < 2 or size.nunique() < 2:
        growth = growth_p = float("nan")
    else:
        growth, growth_p = map(float, spearmanr(frame.predicted, size))
    return Pattern(interval_of(frame.groupby("fold").residual.mean(), folds), growth, growth_p)


def error_sizes(evaluations: Sequence[Evaluation], target: int = 0) -> pd.DataFrame:
    """Average the size of the errors of every model, fold by fold, in units of the target.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a regression.
    target : int, default=0
        Which of several targets.

    Returns
    -------
    DataFrame
        As from `means`; ``score`` is "mae", the mean absolute error, or "rmse", the root of the
        mean squared error. Lower is better.
    """
    rows = []
    for model in dict.fromkeys(e.model for e in evaluations if e.inner is None):
        for e in with_predictions(evaluations, model):
            actual, predicted = (
                values.reshape(len(e.test), -1)[:, target] for values in (e.actual, e.predicted)
            )
            sizes = (
                mean_absolute_error(actual, predicted),
                root_mean_squared_error(actual, predicted),
            )
            rows.append((model, e.repeat, e.fold, e.n_train, len(e.test), *sizes))
    names = ["model", "repeat", "fold", "n_train", "n_test", "mae", "rmse"]
    return means(pd.DataFrame(rows, columns=names), ["mae", "rmse"])
