"""The engine: it carries out what any spec plans, one joblib task a fit, all of it recorded."""

import contextlib
from collections.abc import Iterator
from typing import Any

from joblib import Parallel, delayed

from bakeoff.datasets import Dataset
from bakeoff.recording import Digester, Recording, Store

from .evaluation import Evaluation
from .specs.spec import Spec
from .svm_limit import check_cost
from .task import Label, evaluate


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
        check_cost(spec, dataset, tasks or [])
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


class _QuietParallel(Parallel):
    """joblib's, without its warning to who leaves before the end: they know that there was more."""

    def _warn_exit_early(self) -> None:
        pass


def _fingerprints(spec: Spec, dataset: Dataset) -> dict[str, str]:
    digester = Digester()
    folds = [(fold.train, fold.test) for fold in spec.folds(dataset)]
    return {"data": digester.digest(dataset.X, dataset.y), "folds": digester.digest(folds)}
