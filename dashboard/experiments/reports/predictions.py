"""What models said of rows that they had not seen: tables of out-of-fold predictions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import confusion_matrix

from ..evaluation import Evaluation


def with_predictions(evaluations: Sequence[Evaluation], model: str) -> list[Evaluation]:
    """Keep the evaluations of one model that carry predictions, those of a search left out."""
    return [e for e in evaluations if e.model == model and e.inner is None and len(e.predicted)]


def first_pass(evaluations: Sequence[Evaluation], model: str) -> list[Evaluation]:
    """Keep those of `with_predictions` from the first repeat and seed: no row is in two of them.

    What is said of independent rows, their noise above all, must not count a row again for every
    repeat.
    """
    done = with_predictions(evaluations, model)
    repeat, seed = (min((getattr(e, name) for e in done), default=0) for name in ("repeat", "seed"))
    return [e for e in done if e.repeat == repeat and e.seed == seed]


def confusion(
    evaluations: Sequence[Evaluation], model: str, names: Sequence[Any] | None = None
) -> pd.DataFrame:
    """Count the out-of-fold predictions of one classifier, every repeat and seed included.

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
        share, which is the count divided by all rows of the actual class. Empty without any
        predictions.
    """
    done = with_predictions(evaluations, model)
    if not done:
        return pd.DataFrame(columns=["actual", "predicted", "count", "share"])
    actual = np.concatenate([e.actual for e in done])
    predicted = np.concatenate([e.predicted for e in done])
    labels: Any = np.unique(np.concatenate([actual, predicted]))
    if names is not None and len(labels) != len(names):  # no finished fold has seen a class
        labels = range(len(names)) if set(labels) <= set(range(len(names))) else labels
        names = names if len(labels) == len(names) else None
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


def predictions(evaluations: Sequence[Evaluation], model: str, target: int = 0) -> pd.DataFrame:
    """Return the out-of-fold predictions of one model.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of any experiment.
    model : str
        Whose predictions to list.
    target : int, default=0
        Which of several targets.

    Returns
    -------
    DataFrame
        With the columns model, repeat, fold, seed, row (number in the data set), actual and
        predicted; empty without any predictions.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> predictions(evaluations, "svm_linear").head(2)
            model  repeat  fold  seed  row  actual  predicted
    0  svm_linear       0     0     0    4       0          0
    1  svm_linear       0     0     0    9       0          0
    """
    frames = [
        pd.DataFrame(
            {
                "model": model,
                "repeat": e.repeat,
                "fold": e.fold,
                "seed": e.seed,
                "row": e.test,
                "actual": e.actual.reshape(len(e.test), -1)[:, target],
                "predicted": e.predicted.reshape(len(e.test), -1)[:, target],
            }
        )
        for e in with_predictions(evaluations, model)
    ]
    if not frames:
        names = ["model", "repeat", "fold", "seed", "row", "actual", "predicted"]
        return pd.DataFrame(columns=names)
    return pd.concat(frames, ignore_index=True)
