"""Evaluations as flat tables, for CSV files and back."""

import io
import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from bakeoff.datasets import Dataset

from ..evaluation import Evaluation
from ..specs.spec import Spec

# What tells one evaluation of a run from the others.
IDENTITY = ["model", "repeat", "fold", "inner", "seed", "resource", "params"]


def fold_table(spec: Spec, dataset: Dataset) -> pd.DataFrame:
    """Return one row per fold and test row, with the columns repeat, fold and row."""
    folds = spec.folds(dataset)
    frames = [{"repeat": f.repeat, "fold": f.fold, "row": f.test} for f in folds]
    return pd.concat(map(pd.DataFrame, frames), ignore_index=True)


def evaluation_table(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per evaluation: what it is of, its scores, times and errors.

    Returns
    -------
    DataFrame
        With the columns of ``IDENTITY``, ``test_`` and ``train_`` with the name of each scorer,
        fit_seconds, score_seconds, n_train, variant, error, and curve as JSON.
    """
    rows = []
    for e in evaluations:
        scores = {f"test_{name}": value for name, value in e.scores.items()}
        scores |= {f"train_{name}": value for name, value in e.train_scores.items()}
        of = {name: getattr(e, name) for name in IDENTITY}
        more = ("fit_seconds", "score_seconds", "n_train", "variant", "error")
        rows.append(
            {
                **{**of, "params": json.dumps(dict(e.params), sort_keys=True)},
                **scores,
                **{name: getattr(e, name) for name in more},
                "curve": json.dumps({k: list(v) for k, v in (e.curve or {}).items()}),
            }
        )
    table = pd.DataFrame(rows, columns=None if rows else [*IDENTITY, "curve"])
    return table.astype(dict.fromkeys(IDENTITY, object))  # whole numbers stay whole beside None


def read_evaluations(text: str) -> pd.DataFrame:
    """Read back an `evaluation_table` from its CSV, with every digit of its numbers."""
    text_columns = dict.fromkeys([*IDENTITY, "variant", "error", "curve"], str)
    table = pd.read_csv(io.StringIO(text), dtype=text_columns)
    lacking = [name for name in [*IDENTITY, "curve"] if name not in table]
    if lacking:
        raise ValueError(f"evaluations.csv has no column {lacking[0]!r}")
    return table


def prediction_table(evaluations: Sequence[Evaluation], dataset: Dataset) -> pd.DataFrame:
    """Return one row per evaluation and test row: actual, predicted, and probabilities if any."""
    classes = np.unique(dataset.y) if dataset.task == "classification" else np.empty(0)
    columns = ["evaluation", "model", "repeat", "fold", "row"]
    frames = []
    for number, e in enumerate(evaluations):
        if not len(e.predicted):
            continue
        of = dict(zip(columns, (number, e.model, e.repeat, e.fold, e.test), strict=True))
        frame = pd.DataFrame(of)
        for name, values in (("actual", e.actual), ("predicted", e.predicted)):
            many = values.reshape(len(values), -1)  # (n_test, n_targets)
            named = dataset.target_names if many.shape[1] > 1 else [""]
            for target, column in zip(named, many.T, strict=True):
                frame[f"{name}_{target}".rstrip("_")] = column
        if e.probabilities is not None and e.probabilities.shape[1] == len(classes):
            frame[[f"probability_{one}" for one in classes]] = e.probabilities
        frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=[*columns, "actual", "predicted"])
    return pd.concat(frames, ignore_index=True)
