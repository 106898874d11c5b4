"""Bias and variance of ensembles against their number of members, from evaluations alone."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..evaluation import Evaluation
from ..statistics.bias_variance import Decomposition, decompose_squared, decompose_zero_one
from ..statistics.estimate import Interval
from .scores import interval_of

PARTS = ("bias", "variance", "loss")


def decompositions(evaluations: Sequence[Evaluation], task: str) -> pd.DataFrame:
    """Split the loss of each ensemble into bias and variance, at each number of members.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of an `EnsembleStudy`. Failed ones are left out, and so are folds with fewer than two
        resamples.
    task : {"classification", "regression"}
        Decides the loss: the share of wrong labels, taken apart after Domingos (2000), or the
        squared error, classically. See `bias_variance`.

    Returns
    -------
    DataFrame
        One row per model and number of members, with the columns model, members, those of
        `Decomposition`, averaged over the folds, and folds (how many).

    Examples
    --------
    >>> from bakeoff.experiments import EnsembleStudy, run
    >>> spec = EnsembleStudy("iris", members=[1, 5], n_resamples=2, n_splits=2)
    >>> table = decompositions(list(run(spec)), "classification")
    >>> table.members.unique().tolist()
    [1, 5]
    >>> {"bias", "variance"} <= set(table.columns)
    True
    """
    rows = []
    for (model, members), folds in _by_fold(evaluations, task).groupby(["model", "members"]):
        means = folds[list(Decomposition._fields[1:])].mean()
        rows.append((model, members, folds.kind.iloc[0], *means, len(folds)))
    return pd.DataFrame(rows, columns=["model", "members", *Decomposition._fields, "folds"])


def member_effects(evaluations: Sequence[Evaluation], task: str) -> pd.DataFrame:
    """Say what members did: bias, variance and loss with the most members and with the fewest.

    Parameters
    ----------
    evaluations, task
        As for `decompositions`.

    Returns
    -------
    DataFrame
        One row per model and part ("bias", "variance" or "loss"), with the columns model,
        part, fewest, most (numbers of members), first, last (mean over the folds with so many
        members), mean, low, high (of the last minus the first, paired by fold, with the corrected
        95% interval: see `corrected`) and direction: "falls", "rises", "stays" where no fold
        changed, or "unclear" where the interval holds 0.

    Examples
    --------
    >>> from bakeoff.experiments import EnsembleStudy, run
    >>> spec = EnsembleStudy("wine", methods=["bagging"], members=[1, 20], n_resamples=4)
    >>> table = member_effects(list(run(spec)), "classification")
    >>> table[["part", "first", "last", "low", "high", "direction"]].round(2)
           part  first  last   low  high direction
    0      bias   0.12  0.10 -0.08  0.02   unclear
    1  variance   0.10  0.06 -0.13  0.04   unclear
    2      loss   0.15  0.10 -0.07 -0.02     falls
    """
    rows = []
    for model, folds in _by_fold(evaluations, task).groupby("model"):
        fewest, most = folds.members.min(), folds.members.max()
        for part in PARTS:
            values = folds.pivot(index=["repeat", "fold"], columns="members", values=part)
            first, last = values[fewest], values[most]
            gained = interval_of((last - first).dropna(), folds)
            found = (first.mean(), last.mean(), *gained, _direction(gained))
            rows.append((model, part, fewest, most, *found))
    columns = [
        "model", "part", "fewest", "most", "first", "last", "mean", "low", "high", "direction",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _direction(change: Interval) -> str:
    if change.low == change.high == 0:
        return "stays"
    if not change.excludes_zero:
        return "unclear"
    return "falls" if change.mean < 0 else "rises"


def _by_fold(evaluations: Sequence[Evaluation], task: str) -> pd.DataFrame:
    """One row per model, number of members and fold that has at least two resamples."""
    found: dict[tuple[str, int, int, int], list[Evaluation]] = {}
    for e in evaluations:
        if len(e.predicted):
            found.setdefault((e.model, e.params["members"], e.repeat, e.fold), []).append(e)
    decompose = decompose_zero_one if task == "classification" else decompose_squared
    rows = [
        (
            *key,
            *decompose(np.stack([e.predicted for e in fold]), fold[0].actual),
            np.mean([e.n_train for e in fold]),
            len(fold[0].test),
        )
        for key, fold in found.items()
        if len(fold) > 1
    ]
    names = ["model", "members", "repeat", "fold", *Decomposition._fields, "n_train", "n_test"]
    return pd.DataFrame(rows, columns=names)
