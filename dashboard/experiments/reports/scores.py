"""Tables computed from evaluations alone, so that they can be drawn again at any time."""

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from ..evaluation import Evaluation
from ..statistics.corrected import corrected_interval
from ..statistics.estimate import Interval


def seed_scores(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per evaluation of a fold, in the order they were done.

    Returns
    -------
    DataFrame
        With the columns model, repeat, fold (both from 0), seed, score, fit_seconds,
        score_seconds, n_train, n_test and error. Evaluations within a search are left out: see
        `candidates`.
    """
    names = ["model", "repeat", "fold", "seed", "score", "fit_seconds", "score_seconds", "n_train"]
    outer = [e for e in evaluations if e.inner is None]
    columns: dict[str, list[Any]] = {name: [getattr(e, name) for e in outer] for name in names}
    columns["n_test"] = [len(e.test) for e in outer]
    # As objects: in a column of strings, pandas turns None into NaN, which is true.
    errors = pd.Series([e.error for e in outer], dtype=object)
    return pd.DataFrame(columns).assign(error=errors)


def fold_scores(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per model and fold of a comparison, in the order they were done.

    Returns
    -------
    DataFrame
        As `seed_scores`, without the seed: the scores and times of several seeds are averaged. A
        mean over the seeds that went well would flatter, so the score is NaN if one of them
        failed.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> fold_scores(evaluations)[["model", "fold", "score"]].head(2).round(3)
            model  fold  score
    0  svm_linear     0  1.000
    1       dummy     0  0.333
    """
    frame = seed_scores(evaluations)
    by_fold = frame.groupby(["model", "repeat", "fold"], sort=False, as_index=False)
    numbers = ["score", "fit_seconds", "score_seconds", "n_train", "n_test"]
    table = by_fold[numbers].mean(skipna=False)
    errors = [next(filter(None, rows.error), None) for _, rows in by_fold]
    table["error"] = pd.Series(errors, dtype=object)
    return table.astype({"n_train": int, "n_test": int})


def complete_folds(evaluations: Sequence[Evaluation], models: Sequence[str]) -> list[Evaluation]:
    """Keep the folds on which every one of ``models`` was evaluated; only those are paired.

    A model with several seeds must have been evaluated with all of them.
    """
    outer = [e for e in evaluations if e.inner is None]
    seen: dict[tuple[int, int], set[tuple[str, int]]] = {}
    for e in outer:
        seen.setdefault((e.repeat, e.fold), set()).add((e.model, e.seed))
    fits = {(e.model, e.seed) for e in outer if e.model in models}
    if {model for model, _ in fits} < set(models):
        return []
    return [e for e in evaluations if seen.get((e.repeat, e.fold), set()) >= fits]


def summary(evaluations: Sequence[Evaluation]) -> pd.DataFrame:
    """Return one row per model, the highest mean score first.

    Returns
    -------
    DataFrame
        With the columns model, mean, low, high (the corrected 95% interval of the mean),
        fit_seconds (mean per fold), folds (how many gave a score), failed (how many did not),
        n_train (training rows really used, mean per fold) and variant (how the model was made
        affordable, as a rule not at all).

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> summary(evaluations)[["model", "mean", "folds", "failed"]].round(3)
            model   mean  folds  failed
    0  svm_linear  0.967      5       0
    1       dummy  0.333      5       0
    """
    variants = {e.model: e.variant for e in evaluations}
    rows = []
    for model, frame in fold_scores(evaluations).groupby("model", sort=False):
        scored = frame.dropna(subset="score")
        interval = interval_of(scored.score, frame)
        fit_seconds = scored.fit_seconds.mean()
        done = (len(scored), len(frame) - len(scored), frame.n_train.mean(), variants[str(model)])
        rows.append((model, *interval, fit_seconds, *done))
    columns = [
        "model", "mean", "low", "high", "fit_seconds", "folds", "failed", "n_train", "variant",
    ]  # fmt: skip
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


def means(frame: pd.DataFrame, scores: Sequence[Hashable]) -> pd.DataFrame:
    """Average scores of each model over its folds, after averaging the seeds of a fold.

    Parameters
    ----------
    frame : DataFrame
        One row per evaluation, with the columns model, repeat, fold, n_train, n_test and those
        named in ``scores``. Where one seed has NaN, so has the fold, as in `fold_scores`.
    scores : sequence
        Names of the columns to average.

    Returns
    -------
    DataFrame
        One row per model and score, in the order of ``frame``, with the columns model, score,
        mean, low, high (the corrected 95% interval) and folds (how many had the score).
    """
    by_fold = frame.groupby(["model", "repeat", "fold"], sort=False).mean(skipna=False)
    rows = [
        (model, score, *interval_of(folds[score].dropna(), folds), folds[score].count())
        for model, folds in by_fold.reset_index().groupby("model", sort=False)
        for score in scores
    ]
    return pd.DataFrame(rows, columns=["model", "score", "mean", "low", "high", "folds"])


def interval_of(scores: pd.Series, frame: pd.DataFrame) -> Interval:
    """Return the corrected interval of scores from the folds of ``frame``, NaN without any.

    Parameters
    ----------
    scores : Series
        One a fold.
    frame : DataFrame
        With the columns fold, n_train and n_test.
    """
    if scores.empty:
        return Interval(float("nan"), float("nan"), float("nan"))
    return corrected_interval(scores, **design_of(frame))


def design_of(frame: pd.DataFrame) -> dict[str, Any]:
    """Return what the correction needs to know of the folds; of a stopped run, those it had."""
    return {
        "n_train": frame.n_train.mean(),
        "n_test": frame.n_test.mean(),
        "n_splits": max(frame.fold.nunique(), 2),
    }
