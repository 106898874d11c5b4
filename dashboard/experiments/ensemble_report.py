"""Bias and variance of ensembles against their number of members, from evaluations alone."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .decomposition import Decomposition, decompose_squared, decompose_zero_one
from .evaluation import Evaluation


def decompositions(evaluations: Sequence[Evaluation], task: str) -> pd.DataFrame:
    """Split the loss of each ensemble into bias and variance, at each number of members.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of an `EnsembleStudy`. Failed ones are left out, and so are folds with fewer than two
        resamples.
    task : {"classification", "regression"}
        Decides the loss: the share of wrong labels, taken apart after Domingos (2000), or the
        squared error, classically. See `decomposition`.

    Returns
    -------
    DataFrame
        One row per model and number of members, with the columns model, members, those of
        `Decomposition`, averaged over the folds, and folds (how many).
    """
    found: dict[tuple[str, int], dict[tuple[int, int], list[Evaluation]]] = {}
    for e in evaluations:
        if len(e.predicted):
            folds = found.setdefault((e.model, e.params["members"]), {})
            folds.setdefault((e.repeat, e.fold), []).append(e)
    decompose = decompose_zero_one if task == "classification" else decompose_squared
    rows = []
    for (model, members), folds in found.items():
        parts = [
            decompose(np.stack([e.predicted for e in fold]), fold[0].actual)
            for fold in folds.values()
            if len(fold) > 1
        ]
        if parts:
            rows.append({"model": model, "members": members, **_mean(parts), "folds": len(parts)})
    columns = ["model", "members", *Decomposition._fields, "folds"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["model", "members"], kind="stable", ignore_index=True)


def _mean(parts: list[Decomposition]) -> dict[str, object]:
    kind, *_ = parts[0]
    numbers = np.mean([part[1:] for part in parts], axis=0).tolist()
    return dict(zip(Decomposition._fields, [kind, *numbers], strict=True))
