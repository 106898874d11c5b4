"""What a search found, from its evaluations alone: candidates, winners, and their luck.

The tidy table behind all of it has one row per candidate and fold, see `search_scores`. Searches of
scripts give the same one (`recorded_searches`), so that all that is said here can be said of them.
"""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from ..evaluation import Evaluation
from ..statistics.corrected import corrected_interval
from ..statistics.estimate import Interval
from .scores import fold_scores, interval_of

_SEARCH = ["model", "repeat", "fold"]  # a nested experiment has one search in every fold


def search_scores(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per candidate and fold of its search, as they were proposed.

    Returns
    -------
    DataFrame
        With the columns model, repeat and fold (which search; in one that is not nested, 0 and
        0), resource (training rows allowed, NaN for all), candidate (its parameters as text),
        inner (which fold within the search), score, n_train, n_test and params.

    Examples
    --------
    >>> from bakeoff.experiments import GridSearch, run
    >>> spec = GridSearch("iris", "svm_rbf", space={"C": [0.001, 1.0]}, method="grid", n_splits=3)
    >>> search_scores(list(run(spec)))[["candidate", "inner", "score"]].round(2).head(2)
          candidate  inner  score
    0  svc__C=0.001      0   0.32
    1  svc__C=0.001      1   0.32
    """
    rows = [
        (
            e.model, e.repeat, e.fold, e.resource, candidate_text(e.params), e.inner, e.score,
            e.n_train, len(e.test), dict(e.params),
        )
        for e in evaluations
        if e.inner is not None and not e.of_pair
    ]  # fmt: skip
    return scores_frame(rows)


def scores_frame(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Make the table of `search_scores` of its rows, each candidate and fold once."""
    columns = [
        *_SEARCH, "resource", "candidate", "inner", "score", "n_train", "n_test", "params",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype({"resource": float, "score": float})
    # A candidate that was proposed twice was found the same twice.
    once = [*_SEARCH, "resource", "candidate", "inner"]
    return table.drop_duplicates(once, keep="last", ignore_index=True)


def candidate_text(params: Mapping[str, Any]) -> str:
    """Write the parameters of a candidate in one line, the same for the same values.

    Examples
    --------
    >>> candidate_text({"svc__kernel": "rbf", "svc__C": 1.0})
    "svc__C=1.0, svc__kernel='rbf'"
    """
    return ", ".join(f"{name}={value!r}" for name, value in sorted(params.items()))


def candidates(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per candidate of each search, the best first.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `GridSearch`, or of a `Comparison` with a budget.

    Returns
    -------
    DataFrame
        As from `ranked`.

    Examples
    --------
    >>> from bakeoff.experiments import GridSearch, run
    >>> spec = GridSearch("iris", "svm_rbf", space={"C": [0.001, 1.0]}, method="grid", n_splits=3)
    >>> candidates(list(run(spec)))[["rank", "mean", "params"]].round(2)
       rank  mean             params
    0     1  0.95    {'svc__C': 1.0}
    1     2  0.32  {'svc__C': 0.001}
    """
    return ranked(search_scores(evaluations))


def ranked(scores: pd.DataFrame) -> pd.DataFrame:
    """Rank the candidates of each search by their mean over its folds.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`.

    Returns
    -------
    DataFrame
        One row per candidate of each search, the best first, with the columns model, repeat,
        fold, resource, candidate, mean and std of the scores, rank within the search, failed (how
        many folds gave no score), fold_scores (a list), params, n_train and n_test (means over
        the folds). The mean of a candidate that failed on a fold is NaN, and its rank the last.
        Scores on few rows or folds are not comparable with those on many, so more rank before
        fewer.
    """
    by = [*_SEARCH, "resource", "candidate"]
    rows = []
    for key, group in scores.groupby(by, sort=False, dropna=False):
        values = group.sort_values("inner").score.to_list()
        failed = int(np.isnan(values).sum())
        rows.append(
            (
                *key, np.mean(values), np.std(values), failed, values, group.params.iloc[-1],
                group.n_train.mean(), group.n_test.mean(),
            )
        )  # fmt: skip
    columns = [*by, "mean", "std", "failed", "fold_scores", "params", "n_train", "n_test"]
    table = pd.DataFrame(rows, columns=columns).astype({"resource": float, "mean": float})
    # In a search that was stopped, a candidate may have seen only the folds that were kind to it.
    order = ["resource", "folds", "mean"]
    table = table.assign(folds=table.fold_scores.map(len))
    table = table.sort_values(order, ascending=False, na_position="last", kind="stable")
    table = table.drop(columns="folds")
    table = table.sort_values(_SEARCH, kind="stable", ignore_index=True)
    table.insert(7, "rank", table.groupby(_SEARCH).cumcount() + 1)
    return table


def pooled(scores: pd.DataFrame) -> pd.DataFrame:
    """Take the searches of all outer folds for one, whose folds are all of theirs.

    A grid and a random search propose the same candidates in each; of what else is proposed, the
    candidates that most searches tried come first in the rank.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`.

    Returns
    -------
    DataFrame
        The same, with repeat and fold 0 and folds numbered through. The rungs of a halving search
        have about as many rows in each search; they get the median of these numbers.
    """
    searches = scores.groupby(_SEARCH)
    rung = searches.resource.rank("dense")
    number = scores.groupby([*_SEARCH[1:], "inner"]).ngroup()
    resource = scores.resource.groupby(rung).transform("median")
    return scores.assign(repeat=0, fold=0, inner=number, resource=resource)


def against_best(scores: pd.DataFrame) -> pd.DataFrame:
    """Compare every candidate of one search with its winner, over the folds that both saw.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`, of one search, or `pooled`.

    Returns
    -------
    DataFrame
        As from `ranked`, with the columns difference, low and high (the candidate's score minus
        the winner's, and its corrected 95% interval, for one pair at a time), and tied: whether
        the interval includes 0. NaN, and not tied, for those that failed on a fold, that had
        fewer training rows than the winner, or that have fewer than two folds in common with it.

    Notes
    -----
    Repeats are not told apart from folds here. The degrees of freedom are those of one repeat,
    with the number of its folds taken from the sizes of training and test rows.
    """
    table = ranked(scores)
    if table.empty:
        return table.assign(difference=[], low=[], high=[], tied=[])
    best = table.iloc[0]
    rung = scores[scores.resource.eq(best.resource) | np.isnan(best.resource)]
    by_candidate = rung.pivot(index="inner", columns="candidate", values="score")
    n_splits = max(2, round(1 + best.n_train / best.n_test))
    none = Interval(float("nan"), float("nan"), float("nan"))
    found = []
    for candidate, resource, failed in zip(
        table.candidate, table.resource, table.failed, strict=True
    ):
        if failed or not (resource == best.resource or np.isnan(best.resource)):
            found.append(none)
            continue
        gaps = (by_candidate[candidate] - by_candidate[best.candidate]).dropna()
        found.append(
            corrected_interval(gaps, best.n_train, best.n_test, n_splits=n_splits)
            if len(gaps) > 1
            else none
        )
    table[["difference", "low", "high"]] = np.array(found)
    return table.assign(tied=(table.low <= 0) & (table.high >= 0))


def parameter_values(table: pd.DataFrame) -> pd.DataFrame:
    """Spread the parameters of candidates over columns.

    Parameters
    ----------
    table : DataFrame
        With the column params.

    Returns
    -------
    DataFrame of shape (n_candidates, n_parameters)
        By the last part of a parameter's name, where no other has the same; numbers stay numbers,
        and what is neither number nor text becomes its code. None where a candidate has no such
        parameter.

    Examples
    --------
    >>> found = pd.DataFrame({"params": [{"mlp__hidden": (64, 64), "mlp__tol": 0.1}]})
    >>> parameter_values(found)
         hidden  tol
    0  (64, 64)  0.1
    """
    names = list(dict.fromkeys(name for params in table.params for name in params))
    last = [name.rpartition("__")[2] for name in names]
    columns = {
        short if last.count(short) == 1 else name: [_plain(p.get(name)) for p in table.params]
        for name, short in zip(names, last, strict=True)
    }
    return pd.DataFrame(columns, index=table.index)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | Real | str) else repr(value)


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
        of the winner in its search), outer (its score on the test rows), gap (inner minus outer)
        and params (the winner's).

    References
    ----------
    Cawley, G. and Talbot, N. (2010). On over-fitting in model selection and subsequent selection
    bias in performance evaluation. JMLR 11, 2079-2107.

    Examples
    --------
    >>> from bakeoff.experiments import GridSearch, run
    >>> space = {"C": [0.1, 1.0]}
    >>> spec = GridSearch("iris", "svm_rbf", space=space, nested=True, n_splits=2)
    >>> optimism(list(run(spec)))[["model", "fold", "gap", "params"]].round(3)
         model  fold    gap           params
    0  svm_rbf     0 -0.013  {'svc__C': 1.0}
    1  svm_rbf     1  0.000  {'svc__C': 1.0}
    """
    inner = candidates(evaluations).query("rank == 1")[[*_SEARCH, "mean", "params"]]
    outer = fold_scores(evaluations)[[*_SEARCH, "score"]]
    columns = [*_SEARCH, "inner", "outer", "gap", "params"]
    if inner.empty or outer.empty:  # pandas merges no columns of different types
        return pd.DataFrame(columns=columns)
    table = inner.merge(outer, on=_SEARCH).rename(columns={"mean": "inner", "score": "outer"})
    return table.assign(gap=table.inner - table.outer)[columns]


def mean_optimism(evaluations: Sequence[Evaluation]) -> Interval:
    """Return the mean gap of `optimism` over the outer folds, with its corrected 95% interval.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of the nested searches of one model; folds on which its winner failed are left out.
    """
    return interval_of(optimism(evaluations).gap.dropna(), fold_scores(evaluations))
