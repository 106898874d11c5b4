"""Evaluations of runs that are in the store."""

import pandas as pd

from ..recording import Run, Store
from .evaluation import Evaluation
from .report import fold_scores


def stored_evaluations(store: Store, run: str) -> list[Evaluation]:
    """Return what an experiment has evaluated so far, in the order that it planned.

    Parameters
    ----------
    store : Store
    run : str
        Id of the run of a spec. What scripts recorded of scikit-learn's own calls holds no
        `Evaluation`; see `Store.entries` for it.
    """
    entries = store.entries(run, results=True)
    results = [entry.result for entry in entries if entry.function == "evaluate"]
    return [evaluation for _, evaluations in results for evaluation in evaluations]


def scores_across(store: Store, *runs: str) -> pd.DataFrame:
    """Return the fold scores of several runs in one frame, if they can be compared at all.

    Parameters
    ----------
    store : Store
    *runs : str
        Ids of runs of the same data and the same folds.

    Returns
    -------
    DataFrame
        As from `fold_scores`, with the column run in front: its name, with the start of its id
        where another has the same.

    Raises
    ------
    ValueError
        When their data or their folds differ: paired by fold, the scores would mean nothing.
    """
    found = [store.run(run) for run in runs]
    for other in found[1:]:
        _check_comparable(found[0], other)
    names = [run.name for run in found]
    frames = [
        fold_scores(stored_evaluations(store, run.id)).assign(
            run=run.name if names.count(run.name) == 1 else f"{run.name} ({run.id[:6]})"
        )
        for run in found
    ]
    together = pd.concat(frames, ignore_index=True)
    return together[["run", *together.columns.drop("run")]]


def _check_comparable(run: Run, other: Run) -> None:
    for what in ("data", "folds"):
        one, two = getattr(run, what), getattr(other, what)
        if one != two:
            raise ValueError(
                f"the runs {run.name!r} and {other.name!r} cannot be compared: their {what} differ "
                f"(fingerprints {str(one)[:8]} and {str(two)[:8]})"
            )
