"""What a search found, from its evaluations alone: candidates, winners, and their luck."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .evaluation import Evaluation
from .report import fold_scores

_SEARCH = ["model", "repeat", "fold"]  # a nested experiment has one search in every fold


def candidates(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per candidate of each search, the best first.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `GridSearch`, or of a `Comparison` with a budget.

    Returns
    -------
    DataFrame
        With the columns model, repeat and fold (which search; in one that is not nested, 0 and
        0), resource (training rows allowed, NaN for all), mean and std of the scores, rank within
        the search, failed (how many folds gave no score), fold_scores (a list) and params. The
        mean of a candidate that failed on a fold is NaN, and its rank the last. Scores on few
        rows or folds are not comparable with those on many, so more rank before fewer.

    Examples
    --------
    >>> from bakeoff.dashboard.experiments import GridSearch, run
    >>> spec = GridSearch("iris", "svm_rbf", space={"C": [0.001, 1.0]}, method="grid", n_splits=3)
    >>> candidates(list(run(spec)))[["rank", "mean", "params"]].round(2)
       rank  mean             params
    0     1  0.95    {'svc__C': 1.0}
    1     2  0.32  {'svc__C': 0.001}
    """
    found: dict[tuple[Any, ...], dict[int, Evaluation]] = {}
    for e in evaluations:
        if e.inner is not None:
            candidate = repr(sorted(e.params.items()))
            search = (e.model, e.repeat, e.fold)
            # A candidate that was proposed twice was found the same twice.
            found.setdefault((*search, e.resource, candidate), {})[e.inner] = e
    rows = [_row([folds[i] for i in sorted(folds)]) for folds in found.values()]
    columns = [*_SEARCH, "resource", "mean", "std", "failed", "fold_scores", "params"]
    table = pd.DataFrame(rows, columns=columns).astype({"resource": float, "mean": float})
    # In a search that was stopped, a candidate may have seen only the folds that were kind to it.
    order = ["resource", "folds", "mean"]
    table = table.assign(folds=table.fold_scores.map(len))
    table = table.sort_values(order, ascending=False, na_position="last", kind="stable")
    table = table.drop(columns="folds")
    table = table.sort_values(_SEARCH, kind="stable", ignore_index=True)
    table.insert(6, "rank", table.groupby(_SEARCH).cumcount() + 1)
    return table


def best_candidates(
    evaluations: Sequence[Evaluation],
) -> dict[tuple[str, int, int], dict[str, Any]]:
    """Return the parameters of the best candidate of each search, by (model, repeat, fold)."""
    best = candidates(evaluations).query("rank == 1")
    return {
        (model, repeat, fold): params
        for model, repeat, fold, params in zip(
            *(best[c] for c in [*_SEARCH, "params"]), strict=True
        )
    }


def optimism(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Compare what the winners of nested searches promised with what they gave.

    The best of many candidates is partly the luckiest, so its score in the search is too good:
    the winner's curse (Cawley and Talbot, 2010). The test rows of the outer fold know nothing of
    it. Two things are in the gap, and pull it apart in two directions: that luck, and that the
    winner was trained on more rows in the end.

    Returns
    -------
    DataFrame
        One row per model and outer fold, with the columns model, repeat, fold, inner (mean score
        of the winner in its search), outer (its score on the test rows) and gap (inner minus
        outer).

    References
    ----------
    Cawley, G. and Talbot, N. (2010). On over-fitting in model selection and subsequent selection
    bias in performance evaluation. JMLR 11, 2079-2107.
    """
    inner = candidates(evaluations).query("rank == 1")[[*_SEARCH, "mean"]]
    outer = fold_scores(evaluations)[[*_SEARCH, "score"]]
    if inner.empty or outer.empty:  # pandas merges no columns of different types
        return pd.DataFrame(columns=[*_SEARCH, "inner", "outer", "gap"])
    table = inner.merge(outer, on=_SEARCH)
    table.columns = pd.Index([*_SEARCH, "inner", "outer"])
    return table.assign(gap=table.inner - table.outer)


def _row(folds: list[Evaluation]) -> tuple[Any, ...]:
    first, scores = folds[0], [e.score for e in folds]
    failed = int(np.isnan(scores).sum())
    return (
        first.model, first.repeat, first.fold, first.resource, np.mean(scores), np.std(scores),
        failed, scores, dict(first.params),
    )  # fmt: skip
