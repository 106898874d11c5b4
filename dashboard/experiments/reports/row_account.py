"""The account of the rows: which were learnt from, which were tested, and which never were."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bakeoff.datasets import Dataset

from ..evaluation import Evaluation
from ..folds import Fold


def row_ledger(
    folds: Sequence[Fold], data: Dataset, evaluations: Sequence[Evaluation]
) -> pd.DataFrame:
    """Return where the rows of the data went in each fit of a comparison.

    Every fit is held against the fold that it should have had.

    Parameters
    ----------
    folds : sequence of Fold
        As planned: ``spec.folds(data)``, made anew.
    data : Dataset
        What it was run on.
    evaluations : sequence of Evaluation
        All of them, or those of a run that was stopped. Those of a search, which takes its rows
        from the training rows, are left out.

    Returns
    -------
    DataFrame
        One row per fit, with the columns

        - model, repeat, fold (both from 0) and seed;
        - offered: training rows of the fold;
        - trained: those that the model really used, fewer where an SVM took a subset, and none
          where the fit failed;
        - spared: those that it did not use;
        - tested: test rows with a prediction;
        - untested: test rows without one;
        - both: rows that are in the training and in the test part, which must be none;
        - split_groups: groups with rows in both parts, which must be none;
        - as_planned: whether the test rows are those of the fold;
        - balanced: whether trained, spared, tested and untested add up to the rows of the data;
        - error: why the fit, or a score, failed, or None.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> from bakeoff.datasets import load
    >>> spec, iris = Comparison("iris", ["dummy"], n_splits=3), load("iris")
    >>> ledger = row_ledger(spec.folds(iris), iris, list(run(spec)))
    >>> ledger[["fold", "trained", "spared", "tested", "balanced"]]
       fold  trained  spared  tested  balanced
    0     0      100       0      50      True
    1     1      100       0      50      True
    2     2      100       0      50      True
    """
    planned = {(fold.repeat, fold.fold): fold for fold in folds}
    rows = []
    for e in evaluations:
        if e.inner is not None:
            continue
        fold = planned[e.repeat, e.fold]
        done = len(e.predicted) > 0
        offered, trained = len(fold.train), e.n_train if done else 0
        tested = len(e.predicted)
        parts = (offered, trained, offered - trained, tested, len(e.test) - tested)
        rows.append(
            (
                *(e.model, e.repeat, e.fold, e.seed),
                *parts,
                len(np.intersect1d(fold.train, e.test)),
                0 if data.groups is None else _shared(data.groups, fold.train, e.test),
                bool(np.array_equal(fold.test, e.test)),
                sum(parts[1:]) == len(data.y),
                e.error,
            )
        )
    columns = [
        "model", "repeat", "fold", "seed", "offered", "trained", "spared", "tested", "untested",
        "both", "split_groups", "as_planned", "balanced", "error",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(error=pd.Series([row[-1] for row in rows], dtype=object))


def row_account(data: Dataset, evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Count how often each row was tested, model by model.

    Returns
    -------
    DataFrame
        One row per model, in the order they were done, with the columns model, passes (repeats
        times seeds that have a prediction of any row), once (rows with exactly one prediction in
        every pass), never (rows without any) and other (the rest: missed in some pass, or tested
        twice in one).
    """
    rows = []
    outer = [e for e in evaluations if e.inner is None]
    for model in dict.fromkeys(e.model for e in outer):
        counts: dict[tuple[int, int], np.ndarray] = {}
        for e in outer:
            if e.model == model and len(e.predicted):
                count = counts.setdefault((e.repeat, e.seed), np.zeros(len(data.y), dtype=int))
                np.add.at(count, e.test, 1)
        passes = np.array(list(counts.values())).reshape(-1, len(data.y))  # (n_passes, n_rows)
        never = int((passes.sum(axis=0) == 0).sum())
        once = int((passes == 1).all(axis=0).sum()) if counts else 0
        rows.append((model, len(counts), once, never, len(data.y) - once - never))
    return pd.DataFrame(rows, columns=["model", "passes", "once", "never", "other"])


def _shared(groups: np.ndarray, train: np.ndarray, test: np.ndarray) -> int:
    return len(np.intersect1d(groups[train], groups[test]))
