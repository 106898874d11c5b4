"""Tables computed from evaluations alone, so that they can be drawn again at any time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from .evaluation import Evaluation
from .statistics import Interval, corrected_interval


def fold_scores(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per evaluation, in the order they were done.

    Returns
    -------
    DataFrame
        With the columns model, repeat, fold (both from 0), score, fit_seconds, score_seconds,
        n_train, n_test and error.
    """
    return pd.DataFrame(
        {
            "model": [e.model for e in evaluations],
            "repeat": [e.repeat for e in evaluations],
            "fold": [e.fold for e in evaluations],
            "score": [e.score for e in evaluations],
            "fit_seconds": [e.fit_seconds for e in evaluations],
            "score_seconds": [e.score_seconds for e in evaluations],
            "n_train": [e.n_train for e in evaluations],
            "n_test": [len(e.test) for e in evaluations],
            "error": [e.error for e in evaluations],
        }
    )


def complete_folds(evaluations: Sequence[Evaluation], models: Sequence[str]) -> list[Evaluation]:
    """Keep the folds on which every one of ``models`` was evaluated; only those are paired."""
    seen: dict[tuple[int, int], set[str]] = {}
    for e in evaluations:
        seen.setdefault((e.repeat, e.fold), set()).add(e.model)
    return [e for e in evaluations if seen[e.repeat, e.fold] >= set(models)]


def summary(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per model, the highest mean score first.

    Returns
    -------
    DataFrame
        With the columns model, mean, low, high (the corrected 95 % interval of the mean),
        fit_seconds (mean per fold), folds (how many gave a score) and failed (how many did not).
    """
    rows = []
    for model, frame in fold_scores(evaluations).groupby("model", sort=False):
        scored = frame.dropna(subset="score")
        interval = _interval(scored.score, frame)
        fit_seconds = scored.fit_seconds.mean()
        rows.append((model, *interval, fit_seconds, len(scored), len(frame) - len(scored)))
    columns = ["model", "mean", "low", "high", "fit_seconds", "folds", "failed"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("mean", ascending=False, kind="stable", ignore_index=True)


def better_than_guessing(table: pd.DataFrame, task: str) -> list[str]:
    """List the models of a `summary` whose mean is above that of guessing, in its order.

    Guessing scores what the dummy baseline scores, and R² = 0 at least. Where no model is above,
    all that have a mean are listed. Charts use this: one model far below would squeeze the others
    into a corner of the axis.
    """
    floor = [0.0] if task == "regression" else []
    floor += list(table.loc[table.model == "dummy", "mean"].dropna())
    above = table[table["mean"] > max(floor, default=float("-inf"))]
    return list((table.dropna(subset="mean") if above.empty else above).model)


def difference(evaluations: Sequence[Evaluation], model: str, other: str) -> Interval:
    """Return the mean of ``model`` minus ``other`` over the folds both have a score for."""
    frame = fold_scores(evaluations)
    scores = frame.pivot(index=["repeat", "fold"], columns="model", values="score")
    return _interval((scores[model] - scores[other]).dropna(), frame)


def differences(evaluations: Sequence[Evaluation], reference: str) -> pd.DataFrame:
    """Return what each other model scores above ``reference``, fold by fold.

    Returns
    -------
    DataFrame
        With the columns model, mean, low and high: the paired difference and its corrected 95 %
        interval, in the order of `summary`. Negative means worse than ``reference``.
    """
    others = [model for model in summary(evaluations).model if model != reference]
    rows = [(model, *difference(evaluations, model, reference)) for model in others]
    return pd.DataFrame(rows, columns=["model", "mean", "low", "high"])


def confusion(
    evaluations: Sequence[Evaluation], model: str, names: Sequence[Any] | None = None
) -> pd.DataFrame:
    """Count the out-of-fold predictions of one classifier, every repeat included.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a classification.
    model : str
        Whose predictions to count.
    names : sequence, optional
        What to call the classes, in sorted order of their labels; the labels themselves when
        left out.

    Returns
    -------
    DataFrame
        One row per pair of classes, with the columns actual, predicted (as strings), count and
        share, which is the count divided by all rows of the actual class.
    """
    done = [e for e in evaluations if e.model == model and e.error is None]
    actual = np.concatenate([e.actual for e in done])
    predicted = np.concatenate([e.predicted for e in done])
    labels = np.unique(np.concatenate([actual, predicted]))
    counts = confusion_matrix(actual, predicted, labels=labels)  # (actual, predicted)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    shown = [str(name) for name in (labels if names is None else names)]
    return pd.DataFrame(
        {
            "actual": np.repeat(shown, len(shown)),
            "predicted": np.tile(shown, len(shown)),
            "count": counts.ravel(),
            "share": shares.ravel(),
        }
    )


def predictions(evaluations: Sequence[Evaluation], model: str) -> pd.DataFrame:
    """Return the out-of-fold predictions of one model.

    Returns
    -------
    DataFrame
        With the columns repeat, fold, row (number in the data set), actual and predicted.
    """
    frames = [
        pd.DataFrame(
            {
                "repeat": e.repeat,
                "fold": e.fold,
                "row": e.test,
                "actual": e.actual,
                "predicted": e.predicted,
            }
        )
        for e in evaluations
        if e.model == model and e.error is None
    ]
    return pd.concat(frames, ignore_index=True)


def _interval(scores: pd.Series, frame: pd.DataFrame) -> Interval:
    if scores.empty:
        return Interval(float("nan"), float("nan"), float("nan"))
    return corrected_interval(scores, frame.n_train.mean(), frame.n_test.mean())
