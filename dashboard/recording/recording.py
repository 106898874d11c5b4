"""``with record(...)``: the door for scripts."""

import contextlib
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import joblib
from tqdm.auto import tqdm

from .backend import RecordingBackend
from .database import StoreError
from .dispatch import Dispatcher
from .ledger import Ledger
from .run import RunStoppedError
from .store import Store
from .workers import Processes, Threads, Workers

if TYPE_CHECKING:
    from distributed import Client

BEAT_SECONDS = 1.0
STALL_SECONDS = 3600.0


class Recording:
    """A run on its way into the store; a context manager.

    `record` is this with its backend in place for all of joblib. Who calls joblib themselves pass
    ``backend`` to `joblib.Parallel` instead.

    Parameters
    ----------
    title, backend, store, progress, retry, batch, stall_timeout
        As in `record`.
    kind, spec : str
        What an experiment is, beside its title; see `Run`.
    queued : str, optional
        Id of a run that waits in the store, to be carried out now; title, kind and spec are those
        it has there.
    fingerprints : mapping of str to str, optional
        Digests of ``data`` and ``folds``, where the caller knows better what they are than the
        calls say.

    Attributes
    ----------
    run : str
        Its id in the store.
    backend : joblib.parallel.ParallelBackendBase
        Through which tasks are recorded.
    planned, reused, done, quarantined : int
        Evaluations known so far; those among them that the store had from before, that were
        finished just now, and that were given up.
    """

    run: str
    backend: RecordingBackend

    def __init__(
        self,
        title: str,
        *,
        backend: Any = "loky",
        store: Store | None = None,
        progress: bool = True,
        retry: bool = False,
        batch: bool = True,
        stall_timeout: float | None = STALL_SECONDS,
        kind: str = "record",
        spec: str = "",
        queued: str | None = None,
        fingerprints: Mapping[str, str] | None = None,
    ) -> None:
        self.planned = self.reused = self.done = self.quarantined = 0
        self._title, self._kind, self._spec, self._queued = title, kind, spec, queued
        if stall_timeout is not None and not stall_timeout > 0:
            raise ValueError(
                f"stall_timeout must be above 0 seconds, or None, however: {stall_timeout!r}"
            )
        self._workers, self._fingerprints = _workers(backend), fingerprints
        self._stall_timeout = stall_timeout
        self._given_store, self._progress = store, progress
        self._options = {"retry": retry, "batch": batch}
        self._lock, self._over = threading.Lock(), threading.Event()

    def __enter__(self) -> "Recording":
        self._store = self._given_store or Store()
        try:
            if self._queued is None:
                self.run = self._store.open_run(self._title, self._kind, self._spec)
            else:
                self.run = self._queued
                self._store.start_run(self.run)
        except BaseException:
            self._close_store()
            raise
        self._dispatcher = Dispatcher(
            self._store, self.run, self._workers, self._note, **self._options
        )
        ledger = Ledger(self._store, self.run, self._fingerprints)
        self.backend = RecordingBackend(self._dispatcher, ledger)
        shown = None if self._progress else True  # tqdm takes None for: only in a terminal
        self._bar: Any = tqdm(desc=self._title, total=0, unit="fit", disable=shown)
        self._heart = threading.Thread(target=self._beat, daemon=True)
        self._heart.start()
        return self

    def __exit__(self, kind: type | None, problem: BaseException | None, trace: Any) -> None:
        if sys.is_finalizing():  # a generator that a script left half-way; Python is half gone
            return
        self._over.set()
        self._heart.join()
        self._bar.close()
        try:
            self._end(problem or self._dispatcher.error)
        finally:  # said first: idle workers take a second or two to go
            self._dispatcher.close()
            self._close_store()

    def _end(self, problem: BaseException | None) -> None:
        """Say in the store how it ended; a script may have gone on after its call was stopped."""
        if problem is None:
            self._store.end_run(self.run, "finished")
            return
        stopped = isinstance(problem, (RunStoppedError, KeyboardInterrupt, GeneratorExit))
        with contextlib.suppress(StoreError):  # which may be what went wrong
            if stopped:
                self._store.end_run(self.run, "stopped")
            else:
                reason = f"{type(problem).__name__}: {problem}"
                where = "".join(traceback.format_exception(problem))
                self._store.end_run(self.run, "failed", reason, where)

    def cancel(self) -> None:
        """End the call that is under way with `RunStoppedError`; what is finished stays."""
        self._dispatcher.fail(
            RunStoppedError("the run was stopped; what it had finished is in the store")
        )

    def _close_store(self) -> None:
        if self._given_store is None:
            self._store.close()

    def _beat(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            try:
                if self._store.beat(self.run):
                    self.cancel()
                self._dispatcher.look_elsewhere()
                self._dispatcher.look_after_workers(self._stall_timeout)
            except StoreError as problem:
                self._dispatcher.fail(problem)

    def _note(self, event: str, n: int) -> None:
        with self._lock:  # workers' threads report at the same time
            setattr(self, event, getattr(self, event) + n)
        if event == "planned":
            self._bar.total = self.planned
            self._bar.refresh()
        else:
            self._bar.update(n)
            notes = [f"{self.reused} from before"] * bool(self.reused)
            notes += [f"{self.quarantined} given up"] * bool(self.quarantined)
            self._bar.set_postfix_str(", ".join(notes), refresh=False)


@contextlib.contextmanager
def record(
    title: str,
    *,
    n_jobs: int | None = None,
    backend: "str | Client" = "loky",
    store: Store | None = None,
    progress: bool = True,
    retry: bool = False,
    batch: bool = True,
    stall_timeout: float | None = STALL_SECONDS,
) -> Iterator[Recording]:
    """Journal the scikit-learn calls inside, and take up what an earlier run had finished.

    `GridSearchCV`, the other searches, `cross_validate`, `cross_val_predict`, `learning_curve`,
    `validation_curve`, `permutation_test_score` and `permutation_importance` send their fits
    through joblib, and this puts a joblib backend in place that writes each result to a store
    before it counts. Start the same script again after a crash, and only what was being worked on
    is fitted again. Other parallel work, such as the trees of a forest, runs as ever, without a
    journal. Fits for their scores that are not known, as those of another version of scikit-learn
    might be, run without one too, and a warning names them.

    A fit that kills its worker process is tried once more with nothing beside it, then given up;
    scikit-learn sees a fit that failed, and the rest goes on. Results are found by their content:
    estimator, parameters, data, folds, scorer, the code of your own functions with all it refers
    to, and the files that were read in the fit. Where something cannot be known, such as what the
    network says, the fit is done again each time, and a warning says why.

    Calls made in threads of your own are recorded where you put
    ``joblib.parallel_config(backend=recording.backend)`` around them: joblib's setting is one for
    each thread.

    Parameters
    ----------
    title : str
        Names the run in the dashboard.
    n_jobs : int, optional
        Workers, as everywhere in scikit-learn; what an estimator asks for itself goes first. None
        is one worker, or with Dask all of the cluster's threads.
    backend : {"loky", "threading", "dask"} or distributed.Client, default="loky"
        Processes, threads, or the workers of a Dask cluster: the client's, or with ``"dask"`` the
        current client's, or where there is none ``n_jobs`` processes of this machine, until the
        block ends. Threads cannot outlive a crash.
    store : Store, optional
        Where to write; the user's own when left out.
    progress : bool, default=True
        Whether to draw a progress bar when standard error is a terminal.
    retry : bool, default=False
        Whether fits that an earlier run gave up, because they killed their worker, are tried
        again. Those that only raised an error always are.
    batch : bool, default=True
        Whether fits of nets of one shape, such as the candidates and folds of a grid over rates,
        are trained in one pass. Each becomes what it becomes alone, up to rounding, in less time.
        ``fit_time`` is then a fit's share of that pass. On a Dask cluster they are trained one by
        one.
    stall_timeout : float or None, default=3600
        Seconds without processor time, in any of the workers, after which they are taken for
        hung: they are replaced, and the fits that they were at are tried as after a death. A fit
        that computes is never ended, however long it takes; one that waits longer than this for
        another machine, say, needs None, which is for ever. For ``backend="loky"``; a Dask cluster
        has its own ``distributed.scheduler.worker-ttl``.

    Yields
    ------
    Recording
        With counts, and `Recording.cancel`.

    Raises
    ------
    ImportError
        When there is to be a Dask cluster, and distributed is not installed.
    StoreError
        When the store cannot be written, in the call that is under way.
    RunStoppedError
        In the call that is under way, when the run is stopped from elsewhere.
    WorkerDiedError
        When something that scikit-learn has no failed score for killed its worker twice.

    Examples
    --------
    >>> import tempfile
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> X, y = load_iris(return_X_y=True)
    >>> search = GridSearchCV(SVC(), {"C": [0.1, 1, 10]})
    >>> with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/runs.sqlite") as store:
    ...     with record("iris", backend="threading", store=store) as first:
    ...         _ = search.fit(X, y)
    ...     with record("iris again", backend="threading", store=store) as second:
    ...         _ = search.fit(X, y)
    >>> first.done, second.done, second.reused
    (15, 0, 15)
    """
    with (
        Recording(
            title,
            backend=backend,
            store=store,
            progress=progress,
            retry=retry,
            batch=batch,
            stall_timeout=stall_timeout,
        ) as recording,
        joblib.parallel_config(backend=recording.backend, n_jobs=n_jobs),
    ):
        yield recording


def _workers(backend: "str | Client") -> Workers:
    if backend == "loky":
        return Processes()
    if backend == "threading":
        return Threads()
    if backend == "dask" or not isinstance(backend, str):
        try:
            from .dask import DaskWorkers  # an extra, which takes a second to import
        except ImportError as problem:
            raise ImportError(
                "a Dask cluster needs distributed: pip install 'bakeoff[dask]'"
            ) from problem
        return DaskWorkers(None if isinstance(backend, str) else backend)
    raise ValueError(
        f"backend must be loky, threading, dask or a distributed.Client, however: {backend!r}"
    )
