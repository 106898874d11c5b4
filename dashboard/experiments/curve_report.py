"""Curves from evaluations alone: score against a parameter, loss against epochs."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from .evaluation import Evaluation
from .report import interval_of


def score_curve(evaluations: Sequence[Evaluation], parameter: str) -> pd.DataFrame:
    """Return the scores of each model against what distinguishes its candidates.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `LearningCurve` over rows, a `ValidationCurve` or an `EnsembleStudy`.
    parameter : str
        A name in their ``params``: ``"train_size"``, the parameter of the validation curve, or
        ``"members"``.

    Returns
    -------
    DataFrame
        One row per model, value and part, with the columns model, ``parameter``, part ("train" or
        "test" for the rows that were scored), n_train (mean of the training rows), mean, low, high
        (the corrected 95 % interval over the folds), folds (how many gave a score) and failed.
        Several resamples of a fold are averaged first. Models and values are in sorted order.

    Examples
    --------
    >>> from bakeoff.dashboard.experiments import EnsembleStudy, run
    >>> spec = EnsembleStudy("wine", methods=["bagging"], members=[1, 20], n_resamples=2)
    >>> score_curve(list(run(spec)), "members")[["members", "part", "mean", "folds"]].round(2)
       members  part  mean  folds
    0        1  test  0.86      5
    1       20  test  0.90      5
    """
    values = _sorted({repr(e.params[parameter]): e.params[parameter] for e in evaluations}.values())
    numbers = {repr(value): number for number, value in enumerate(values)}
    frame = pd.DataFrame(
        [
            (
                *(e.model, numbers[repr(e.params[parameter])], part, e.repeat, e.fold),
                *(score, e.n_train, len(e.test)),
            )
            for e in evaluations
            for part, scores in (("test", e.scores), ("train", e.train_scores))
            for score in list(scores.values())[:1]
        ],
        columns=["model", "value", "part", "repeat", "fold", "score", "n_train", "n_test"],
    )
    rows = []
    for key, group in frame.groupby(["model", "value", "part"]):
        by_fold = group.groupby(["repeat", "fold"], as_index=False)
        folds = by_fold[["score", "n_train", "n_test"]].mean(skipna=False)
        scored = folds.score.dropna()
        found = (folds.n_train.mean(), *interval_of(scored, folds))
        rows.append((*key, *found, len(scored), len(folds) - len(scored)))
    columns = ["model", parameter, "part", "n_train", "mean", "low", "high", "folds", "failed"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(**{parameter: [values[number] for number in table[parameter]]})


def epoch_curve(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return losses and scores against epochs, averaged over the folds.

    Training that ended early has fewer epochs, and the folds that went on are averaged without it:
    ``folds`` says how many there were.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `LearningCurve` over epochs.

    Returns
    -------
    DataFrame
        One row per model, curve and epoch, with the columns model, curve ("train_loss",
        "test_loss" or "test_score"), epoch (from 1), mean, low, high (the corrected 95 % interval)
        and folds.
    """
    frame = pd.DataFrame(
        [
            (e.model, name, epoch, e.fold, value, e.n_train, len(e.test))
            for e in evaluations
            if e.curve is not None
            for name, values in e.curve.items()
            for epoch, value in enumerate(values, 1)
        ],
        columns=["model", "curve", "epoch", "fold", "score", "n_train", "n_test"],
    )
    rows = [
        (*key, *interval_of(group.score, group), len(group))
        for key, group in frame.groupby(["model", "curve", "epoch"], sort=False)
    ]
    columns = ["model", "curve", "epoch", "mean", "low", "high", "folds"]
    return pd.DataFrame(rows, columns=columns)


def _sorted(values: Iterable[Any]) -> list[Any]:
    values = list(values)
    try:
        return sorted(values)
    except TypeError:  # names among numbers, as "scale" is among values of gamma
        return sorted(values, key=lambda value: (isinstance(value, str), repr(value)))
