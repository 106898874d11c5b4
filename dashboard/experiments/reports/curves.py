"""Curves from evaluations alone: score against a parameter, loss against epochs.

Each comes twice: fold by fold, for whoever compares two points of a curve, and as means with their
intervals, for whoever draws it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ..evaluation import Evaluation
from .scores import interval_of


def fold_curve(evaluations: Sequence[Evaluation], parameter: str) -> pd.DataFrame:
    """Return the scores of each model on each fold against what distinguishes its candidates.

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
        One row per model, value, part, repeat and fold, with the columns model, ``parameter``,
        position (of the value in sorted order, from 0), part ("train" or "test" for the rows that
        were scored), repeat, fold, score, n_train and n_test. Several resamples of a fold are
        averaged.

    Examples
    --------
    >>> from bakeoff.experiments import ValidationCurve, run
    >>> spec = ValidationCurve("iris", "svm_rbf", "C", [0.01, 1.0], n_splits=2)
    >>> table = fold_curve(list(run(spec)), "C")
    >>> table[table.part == "test"][["C", "position", "fold", "score"]].round(2)
          C  position  fold  score
    0  0.01         0     0   0.85
    1  0.01         0     1   0.95
    4  1.00         1     0   0.97
    5  1.00         1     1   0.96
    """
    values = _sorted({repr(e.params[parameter]): e.params[parameter] for e in evaluations}.values())
    numbers = {repr(value): number for number, value in enumerate(values)}
    keys = ["model", "position", "part", "repeat", "fold"]
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
        columns=[*keys, "score", "n_train", "n_test"],
    )
    folds = frame.groupby(keys, as_index=False)[["score", "n_train", "n_test"]].mean(skipna=False)
    folds.insert(1, parameter, pd.Series([values[n] for n in folds.position], dtype=object))
    return folds.assign(**{parameter: folds[parameter].infer_objects()})


def score_curve(evaluations: Sequence[Evaluation], parameter: str) -> pd.DataFrame:
    """Return the mean scores of each model against what distinguishes its candidates.

    Parameters
    ----------
    evaluations, parameter
        As for `fold_curve`.

    Returns
    -------
    DataFrame
        One row per model, value and part, with the columns model, ``parameter``, part ("train" or
        "test" for the rows that were scored), n_train (mean of the training rows), mean, low, high
        (the corrected 95% interval over the folds), folds (how many gave a score) and failed.
        Models and values are in sorted order.

    Examples
    --------
    >>> from bakeoff.experiments import EnsembleStudy, run
    >>> spec = EnsembleStudy("wine", methods=["bagging"], members=[1, 20], n_resamples=2)
    >>> score_curve(list(run(spec)), "members")[["members", "part", "mean", "folds"]].round(2)
       members  part  mean  folds
    0        1  test  0.86      5
    1       20  test  0.90      5
    """
    frame = fold_curve(evaluations, parameter)
    sizes = fold_sizes(frame)
    rows = []
    for (model, _, part), folds in frame.groupby(["model", "position", "part"]):
        scored = folds.score.dropna()
        found = (folds[parameter].iloc[0], part, folds.n_train.mean())
        counts = (len(scored), len(folds) - len(scored))
        rows.append((model, *found, *interval_of(scored, sizes), *counts))
    columns = ["model", parameter, "part", "n_train", "mean", "low", "high", "folds", "failed"]
    return pd.DataFrame(rows, columns=columns)


def fold_epochs(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return losses and scores against epochs, fold by fold.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `LearningCurve` over epochs.

    Returns
    -------
    DataFrame
        One row per model, curve, epoch, repeat and fold, with the columns model, curve
        ("train_loss", "test_loss" or "test_score"), epoch (from 1), repeat, fold, score (the value
        of the curve), n_train and n_test.
    """
    return pd.DataFrame(
        [
            (e.model, name, epoch, e.repeat, e.fold, value, e.n_train, len(e.test))
            for e in evaluations
            if e.curve is not None
            for name, values in e.curve.items()
            for epoch, value in enumerate(values, 1)
        ],
        columns=["model", "curve", "epoch", "repeat", "fold", "score", "n_train", "n_test"],
    )


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
        "test_loss" or "test_score"), epoch (from 1), mean, low, high (the corrected 95% interval)
        and folds.

    Examples
    --------
    >>> from bakeoff.experiments import LearningCurve, run
    >>> spec = LearningCurve("iris", ["mlp"], over="epochs", n_splits=2)
    >>> table = epoch_curve(list(run(spec)))
    >>> table.curve.unique().tolist(), int(table.folds.max())
    (['train_loss', 'test_loss', 'test_score'], 2)
    """
    frame = fold_epochs(evaluations)
    sizes = fold_sizes(frame)
    rows = [
        (*key, *interval_of(group.score, sizes), len(group))
        for key, group in frame.groupby(["model", "curve", "epoch"], sort=False)
    ]
    columns = ["model", "curve", "epoch", "mean", "low", "high", "folds"]
    return pd.DataFrame(rows, columns=columns)


def whole_epochs(evaluations: Sequence[Evaluation]) -> dict[str, pd.DataFrame]:
    """Return the part of an `epoch_curve` that all folds reached, losses and scores apart.

    A mean over the folds that trained on would jump where the others end.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        As for `epoch_curve`.

    Returns
    -------
    dict of str to DataFrame
        ``"loss"`` and ``"score"``, each with a column part ("train" or "test") beside those of
        `epoch_curve`.
    """
    table = epoch_curve(evaluations)
    table = table[table.folds == table.groupby(["model", "curve"]).folds.transform("max")]
    part, what = (table.curve.str.split("_").str[place] for place in (0, 1))
    return {kind: table.assign(part=part)[what == kind] for kind in ("loss", "score")}


def fold_sizes(curve: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows each fold has for training and for testing, as `interval_of` takes it.

    The corrected interval allows for training sets that overlap. Short beginnings of a fold's
    training rows overlap less than the whole ones do, while their own ``n_test / n_train`` grows
    beyond bounds. So all points of a curve have the ratio of the longest beginning, which errs on
    the wide side.

    Parameters
    ----------
    curve : DataFrame
        The whole of a `fold_curve` or of a `fold_epochs`.

    Returns
    -------
    DataFrame
        One row per repeat and fold, with the columns repeat, fold, n_train and n_test.
    """
    return curve.groupby(["repeat", "fold"], as_index=False)[["n_train", "n_test"]].max()


def _sorted(values: Iterable[Any]) -> list[Any]:
    values = list(values)
    try:
        return sorted(values)
    except TypeError:  # names among numbers, as "scale" is among values of gamma
        return sorted(values, key=lambda value: (isinstance(value, str), repr(value)))
