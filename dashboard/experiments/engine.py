"""The engine: it carries out what any spec plans, one joblib task a fit, all of it recorded."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from sklearn.base import BaseEstimator
from sklearn.svm import SVC, SVR

from bakeoff.datasets import Dataset
from bakeoff.recording import Digester, Recording, Store
from bakeoff.recording.calls import with_parts

from .evaluation import Evaluation
from .models.fit_time import estimate_fit_seconds
from .specs.spec import Spec
from .task import Label, Task, evaluate

_NEVER_LONG = 2000  # training rows on which the estimate would take longer than the fits


class CostlyError(ValueError):
    """A fit would take longer than its limit."""


def run(
    spec: Spec,
    dataset: Dataset | None = None,
    *,
    n_jobs: int = 1,
    backend: Any = None,
    store: Store | None = None,
    progress: bool = False,
    queued: str | None = None,
) -> Iterator[Evaluation]:
    """Yield the evaluations of a spec, each as soon as it is done and in the store.

    Run the same spec on the same data again after a crash, and only what was being worked on is
    fitted again; the rest comes from the store. Models that raise give NaN scores and a reason.
    So do those that kill their worker process twice, where there are worker processes.

    Parameters
    ----------
    spec : Spec
        What to run.
    dataset : Dataset, optional
        The data of ``spec``, if they are in memory already; their name need not be known.
    n_jobs : int, default=1
        As joblib has it. The results do not depend on it; with 1, neither does their order.
    backend : {"loky", "threading", "dask"} or distributed.Client, optional
        As in `record`. When left out, one job runs in a thread of this process, which starts at
        once, and several run in processes of their own.
    store : Store, optional
        The user's own when left out.
    progress : bool, default=False
        Whether to draw a progress bar when standard error is a terminal.
    queued : str, optional
        Id of a run that `background.launch` has put into the store, to be carried out now.

    Yields
    ------
    Evaluation

    Raises
    ------
    ValueError
        When the spec does not fit the data, or every candidate of a search failed.
    CostlyError
        When a kernel SVM would take too long; see ``Spec.svm_seconds``.
    StoreError
        When the store cannot be written.
    RunStoppedError
        When the run is stopped from elsewhere.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison
    >>> spec = Comparison("iris", models=["svm_rbf", "dummy"], n_splits=3)
    >>> [round(e.score, 2) for e in run(spec) if e.model == "svm_rbf"]
    [0.96, 0.94, 0.94]
    """
    dataset = dataset or spec.load()
    recording = Recording(
        spec.title,
        backend=backend or ("threading" if n_jobs == 1 else "loky"),
        store=store,
        progress=progress,
        kind=type(spec).__name__,
        spec=spec.to_json(),
        queued=queued,
        fingerprints=_fingerprints(spec, dataset),
    )
    with recording:
        # Passed on, and not put in place for all of joblib: between two evaluations, the caller's
        # own code runs.
        order = "generator" if n_jobs == 1 else "generator_unordered"
        parallel = _QuietParallel(n_jobs=n_jobs, backend=recording.backend, return_as=order)
        rounds = spec.rounds(dataset)
        tasks = next(rounds, None)
        _check_cost(spec, dataset, tasks or [])
        while tasks is not None:
            done: dict[Label, list[Evaluation]] = {}
            calls = (delayed(evaluate)(task, dataset.X, dataset.y) for task in tasks)
            # Closed while the recording is open, also when whoever listens leaves early.
            with contextlib.closing(parallel(calls)) as results:
                for label, evaluations in results:
                    done[label] = evaluations
                    yield from evaluations
            try:
                tasks = rounds.send([e for task in tasks for e in done[task.label]])
            except StopIteration:
                return


def _check_cost(spec: Spec, dataset: Dataset, tasks: Sequence[Task]) -> None:
    """Estimate the longest fit of each exact kernel SVM, and compare it with the limit.

    Parameters
    ----------
    spec : Spec
        Says how SVMs are trained, and the limit.
    dataset : Dataset
    tasks : sequence of Task
        What is to run first.

    Raises
    ------
    CostlyError
        When one fit would take longer than ``spec.svm_seconds``.
    """
    if spec.svm != "exact":
        return
    longest: dict[str, Task] = {}
    for task in tasks:
        if len(task.train) > _NEVER_LONG and _has_kernel(task.estimator):
            before = longest.setdefault(task.model, task)
            if len(task.train) > len(before.train):
                longest[task.model] = task
    for model, task in longest.items():
        n_train = len(task.train)
        found = estimate_fit_seconds(
            task.estimator, dataset.X[task.train], dataset.y[task.train], n_train
        )
        if found.seconds > spec.svm_seconds:
            seconds = np.format_float_positional(
                found.seconds, precision=2, fractional=False, trim="-"
            )
            raise CostlyError(
                f"{model} would take about {seconds} s a fit on {n_train:,} rows "
                f"(time grows with their number to the power of {found.exponent:.1f}), however "
                f"svm_seconds is {spec.svm_seconds:g}: choose svm='nystroem' or svm='subsample', "
                "or raise the limit"
            )


def _has_kernel(estimator: BaseEstimator) -> bool:
    """Whether an exact kernel SVM is somewhere in it, as in an ensemble of them."""
    return any(isinstance(part, (SVC, SVR)) for part in with_parts(estimator))


class _QuietParallel(Parallel):
    """joblib's, without its warning to who leaves before the end: they know that there was more."""

    def _warn_exit_early(self) -> None:
        pass


def _fingerprints(spec: Spec, dataset: Dataset) -> dict[str, str]:
    digester = Digester()
    folds = [(fold.train, fold.test) for fold in spec.folds(dataset)]
    return {"data": digester.digest(dataset.X, dataset.y), "folds": digester.digest(folds)}
