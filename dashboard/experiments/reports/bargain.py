"""What a score costs in time: the models that no other beats in both, and a bargain among them."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from ..evaluation import Evaluation
from ..statistics.estimate import Interval
from .differences import difference
from .scores import better_than_guessing, fold_scores, summary


class Bargain(NamedTuple):
    """A model that the folds cannot tell from the best, and that costs less.

    Attributes
    ----------
    model, best : str
        Keys; ``best`` has the highest mean.
    difference : Interval
        Of ``model`` minus ``best``, paired by fold, with the corrected 95% interval, which
        includes 0.
    times : float
        How many times the cost of ``model`` that of ``best`` is.
    """

    model: str
    best: str
    difference: Interval
    times: float


def costs(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return the mean score of each model beside its mean times.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.

    Returns
    -------
    DataFrame
        With the columns model, mean, low, high (of the score, as in `summary`, the highest first),
        fit_seconds and score_seconds (means over the folds; the second is for the predictions of
        the test rows and their scoring). Models without a score are left out.
    """
    table = summary(evaluations).dropna(subset="mean")
    scored = fold_scores(evaluations).dropna(subset="score")
    seconds = scored.groupby("model")[["fit_seconds", "score_seconds"]].mean()
    columns = ["model", "mean", "low", "high"]
    return table[columns].merge(seconds, left_on="model", right_index=True)


def pareto_front(table: pd.DataFrame, cost: str) -> list[str]:
    """List the models that no other beats in score and cost at once, the cheapest first.

    Parameters
    ----------
    table : DataFrame
        With the columns model, mean (greater is better) and ``cost``.
    cost : str
        Name of the column to keep low.

    Returns
    -------
    list of str
        Of models that are equal in both, all.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"model": ["mlp", "gru", "dummy"], "mean": [0.9, 0.8, 0.5], "seconds": [2.0, 5.0, 0.1]}
    ... )
    >>> pareto_front(table, "seconds")
    ['dummy', 'mlp']
    """
    front: list[str] = []
    best = float("-inf")
    rising = table.sort_values([cost, "mean"], ascending=[True, False], kind="stable")
    for model, score, paid in zip(rising.model, rising["mean"], rising[cost], strict=True):
        if score > best:
            front, best, least = [*front, model], score, paid
        elif (score, paid) == (best, least):
            front.append(model)
    return front


def bargain(
    evaluations: Sequence[Evaluation], task: str, cost: str = "fit_seconds"
) -> Bargain | None:
    """Find the cheapest model that the folds cannot tell from the best.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    task : {"classification", "regression"}
        Models that are no better than guessing are no bargain; see `better_than_guessing`.
    cost : {"fit_seconds", "score_seconds"}, default="fit_seconds"
        What is paid.

    Returns
    -------
    Bargain or None
        None when no such model costs less than half.
    """
    table = costs(evaluations)
    if table.empty:
        return None
    best = table.iloc[0]
    useful = set(better_than_guessing(summary(evaluations), task)) - {best.model}
    cheaper = table[table.model.isin(useful) & (table[cost] < best[cost] / 2)]
    for model, paid in cheaper.sort_values(cost)[["model", cost]].itertuples(index=False):
        found = difference(evaluations, model, best.model)
        if found.low <= 0 <= found.high:  # not of one fold, which has no interval
            return Bargain(model, best.model, found, float(best[cost] / paid))
    return None
