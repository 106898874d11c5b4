"""Evaluations of runs that are in the store, and scores of several runs held against each other."""

from collections.abc import Mapping, Sequence

import pandas as pd

from bakeoff.recording import Entry, Run, Store

from ..evaluation import Evaluation
from ..findings import Finding
from ..reports.scores import fold_scores
from ..specs.spec import Spec, spec_from_json
from ..statistics.pairwise import pairwise


class IncomparableError(ValueError):
    """Runs cannot be held against each other.

    Attributes
    ----------
    finding : Finding
        Why; the message is its English.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def stored_evaluations(store: Store, run: str) -> list[Evaluation]:
    """Return what an experiment has evaluated so far, in the order that it planned.

    Parameters
    ----------
    store : Store
    run : str
        Id of the run of a spec. What scripts recorded of scikit-learn's own calls holds no
        `Evaluation`; see `Store.entries` for it.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> with Store() as store:
    ...     evaluations = list(run(Comparison("iris", ["dummy"], n_splits=2), store=store))
    ...     found = stored_evaluations(store, store.runs()[0].id)
    >>> [(e.model, e.fold) for e in found]
    [('dummy', 0), ('dummy', 1)]
    """
    entries = store.entries(run, results=True)
    results = [entry.result for entry in entries if entry.function == "evaluate"]
    return [evaluation for _, evaluations in results for evaluation in evaluations]


def entry_table(entries: Sequence[Entry]) -> pd.DataFrame:
    """Return one row per entry of a run of any kind; each parameter and each score is a column."""
    frame = pd.json_normalize([dict(entry.detail) for entry in entries])
    frame.insert(0, "status", [entry.status for entry in entries])
    frame.columns = [name.removeprefix("params.").removeprefix("scores.") for name in frame.columns]
    return frame.dropna(axis="columns", how="all")


def scores_across(store: Store, *runs: str) -> pd.DataFrame:
    """Return the fold scores of several runs in one frame, if they can be compared at all.

    Parameters
    ----------
    store : Store
    *runs : str
        Ids of runs of the same data, the same folds and the same score.

    Returns
    -------
    DataFrame
        As from `fold_scores`, with two columns in front: run, its name, with the start of its id
        where another has the same, and params, what tells the points of a curve from one another,
        such as ``"C=10.0"``; empty where a run has no more than one score a model and fold.

    Raises
    ------
    IncomparableError
        When their data, their folds or their metric differ: paired by fold, the scores would mean
        nothing. So for runs whose scores are not of models trained on the folds' training rows:
        ensemble studies, and searches that are not nested.
    """
    found = [store.run(run) for run in runs]
    specs = [_paired_spec(run) for run in found]
    for other in found[1:]:
        _check_comparable(found[0], other)
    names = [run.name for run in found]
    metrics: dict[str, str] = {}  # of each run, by its name
    frames = []
    for run, spec in zip(found, specs, strict=True):
        evaluations = [e for e in stored_evaluations(store, run.id) if e.inner is None]
        called = run.name if names.count(run.name) == 1 else f"{run.name} ({run.id[:6]})"
        if evaluations:
            metrics[called] = next(iter(evaluations[0].scores))
        for params, some in _points(spec.x, evaluations).items():
            frames.append(fold_scores(some).assign(run=called, params=params))
    _check_same_metric(metrics)
    if not frames:
        raise IncomparableError(Finding("no_scores"))
    together = pd.concat(frames, ignore_index=True)
    front = ["run", "params"]
    return together[[*front, *together.columns.drop(front)]]


def pairs_across(scores: pd.DataFrame) -> pd.DataFrame:
    """Test every pair of models over the folds that both have a score for, across runs.

    Parameters
    ----------
    scores : DataFrame
        From `scores_across`, with a column contender that names what is compared.

    Returns
    -------
    DataFrame
        As from `pairwise.pairwise`: one row per pair, with Holm's p-values.
    """
    by_contender = scores.pivot(index=["repeat", "fold"], columns="contender", values="score")
    return pairwise(
        by_contender.dropna(axis="columns", how="all"),
        n_train=scores.n_train.mean(),
        n_test=scores.n_test.mean(),
        n_splits=max(scores.fold.nunique(), 2),
    )


def _paired_spec(run: Run) -> Spec:
    """Read what a run was, and refuse it if its scores were not made for being paired by fold."""
    if not run.spec:
        raise IncomparableError(Finding("script_unpaired", {"run": repr(run.name)}))
    try:
        spec = spec_from_json(run.spec)
    except (ValueError, TypeError) as problem:  # another version's
        raise IncomparableError(Finding("spec_unreadable", {"problem": str(problem)})) from problem
    if spec.unpaired:
        raise IncomparableError(Finding(spec.unpaired, {"run": repr(run.name)}))
    return spec


def _check_comparable(run: Run, other: Run) -> None:
    marks = {"data_differ": (run.data, other.data), "folds_differ": (run.folds, other.folds)}
    for code, (one, two) in marks.items():
        if one != two:
            facts = {"run": repr(run.name), "other": repr(other.name)}
            raise IncomparableError(
                Finding(code, {**facts, "one": str(one)[:8], "two": str(two)[:8]})
            )


def _check_same_metric(metrics: Mapping[str, str]) -> None:
    (first, one), *others = [*metrics.items()] or [("", "")]
    for run, other in others:
        if other != one:
            facts = {"run": repr(first), "other": repr(run), "one": one, "two": other}
            raise IncomparableError(Finding("metrics_differ", facts))


def _points(x: str, evaluations: Sequence[Evaluation]) -> dict[str, list[Evaluation]]:
    """Evaluations of a curve over ``x`` by its value; of all others, under one name."""
    points: dict[str, list[Evaluation]] = {}
    for e in evaluations:
        points.setdefault(f"{x}={e.params[x]}" if x else "", []).append(e)
    return points
