"""Where tasks run: worker processes, or threads, of this machine.

Every kind of workers has the same few methods; see `Workers`.
"""

import contextlib
import pickle
import re
import threading
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import cloudpickle
import joblib
from joblib.parallel import ThreadingBackend

from .calls import Item
from .companions import runner
from .reads import ChangedFileError, Reads, reads, watching

if TYPE_CHECKING:
    from .pool import Pool


@dataclass(frozen=True)
class Outcome:
    """What a task gave: a result, or an error."""

    result: Any = None
    error: BaseException | None = None
    trace: str = ""  # of an error in another process; tracebacks themselves are not pickled
    reads: Reads = ()  # the files it was made of
    changed: str = ""  # which of them is not what was read, in a sentence


@dataclass(frozen=True)
class Death:
    """How a worker died at a task."""

    reason: str
    is_of_memory: bool = False  # as far as that can be known


class Workers(Protocol):
    """What runs tasks. A future gives an `Outcome`, or raises what happened to its worker."""

    n_workers: int
    default_n_jobs: int  # what None stands for

    def resize(self, n_jobs: int | None) -> None:
        """Set ``n_workers``, as joblib understands ``n_jobs``."""

    takes_groups: bool  # whether `submit` may be given several tasks

    def submit(self, items: Sequence[Item]) -> "Future[list[Outcome]]":
        """Run tasks beside others, and those of a group with each other."""

    def submit_alone(self, item: Item) -> "Future[list[Outcome]]":
        """Run a task that has seen its worker die, away from the others."""

    def death(self, problem: BaseException) -> Death | None:
        """Say how the worker died; None when ``problem`` is something else."""

    def stopped(self) -> set[int]:
        """Return the processes that somebody has stopped."""

    def end_stalled(self, seconds: float) -> bool:
        """End the workers if none has computed for so long, and say whether that was so.

        To be called every second. What they were at has then seen its worker die.
        """

    def close(self, kill: bool = False) -> None:
        """End the workers; the next task starts new ones. ``kill`` does not wait for tasks."""


class _OnThisMachine:
    """How many workers there are, where joblib counts this machine's cores."""

    n_workers = 1
    default_n_jobs = 1
    takes_groups = True

    def resize(self, n_jobs: int | None) -> None:
        n_workers = effective_n_jobs(n_jobs)
        if n_workers != self.n_workers:
            self.close()
            self.n_workers = n_workers

    def close(self, kill: bool = False) -> None:
        raise NotImplementedError


class Processes(_OnThisMachine):
    """Worker processes, each with its share of the machine's threads.

    Raises
    ------
    ImportError
        When this joblib lacks what `Pool` needs of it.
    """

    def __init__(self) -> None:
        from .pool import Pool  # here, so that another joblib leaves the threads and Dask usable

        self._pool = Pool
        self._lock = threading.RLock()
        self._crowd: Pool | None = None
        self._alone: Pool | None = None

    def submit(self, items: Sequence[Item]) -> "Future[list[Outcome]]":
        with self._lock:
            self._crowd = self._crowd or self._pool(self.n_workers)
            return self._crowd.executor.submit(run_all_remotely, items)

    def submit_alone(self, item: Item) -> "Future[list[Outcome]]":
        with self._lock:
            if self._crowd is not None:
                self._crowd.close(kill=True)
                self._crowd = None
            self._alone = self._alone or self._pool(1)
            try:
                return self._alone.executor.submit(run_all_remotely, [item])
            except BrokenExecutor:  # the one before killed it
                self._alone.close(kill=True)
                self._alone = self._pool(1)
                return self._alone.executor.submit(run_all_remotely, [item])

    def death(self, problem: BaseException) -> Death | None:
        if not isinstance(problem, BrokenExecutor):
            return None
        alone = self._alone  # it has had the last word
        if alone is not None and alone.has_stalled:
            return Death("its worker process hung, alone too: it used no processor time")
        codes = re.search(r"\{(.*)\}", str(problem))  # loky's text ends in {SIGKILL(-9)}
        code = codes[1] if codes else "no exit code"
        # The system sends it where memory runs out, and gives no reason.
        return Death(f"its worker process died twice ({code})", "SIGKILL" in code)

    def stopped(self) -> set[int]:
        return {pid for pool in self._pools for pid in pool.stopped()}

    def end_stalled(self, seconds: float) -> bool:
        return any(pool.end_if_stalled(seconds) for pool in self._pools)

    @property
    def _pools(self) -> "list[Pool]":
        return [pool for pool in (self._crowd, self._alone) if pool is not None]

    def close(self, kill: bool = False) -> None:
        with self._lock:
            pools, self._crowd, self._alone = (self._crowd, self._alone), None, None
        for pool in pools:
            if pool is not None:
                pool.close(kill)


class Threads(_OnThisMachine):
    """Worker threads: they share memory with the caller, and with it every crash."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, items: Sequence[Item]) -> "Future[list[Outcome]]":
        self._pool = self._pool or ThreadPoolExecutor(self.n_workers, "bakeoff-worker")
        return self._pool.submit(run_all, items)

    def submit_alone(self, item: Item) -> "Future[list[Outcome]]":
        return self.submit([item])

    def death(self, problem: BaseException) -> Death | None:
        return None  # a thread does not die alone

    def stopped(self) -> set[int]:
        return set()

    def end_stalled(self, seconds: float) -> bool:
        return False

    def close(self, kill: bool = False) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=not kill, cancel_futures=True)


def effective_n_jobs(n_jobs: int | None) -> int:
    """Return how many workers ``n_jobs`` asks for on this machine."""
    return int(ThreadingBackend().effective_n_jobs(n_jobs))  # joblib's reading of None and of -1


def run_all(items: Sequence[Item]) -> list[Outcome]:
    """Run the tasks of a group, or a single one."""
    if len(items) == 1:
        return [run(items[0])]
    outcomes = []
    for result in runner(items)([partial(run, item) for item in items]):
        if result.error is not None:  # none that a task may raise
            raise result.error
        outcomes.append(_without(result.waited, result.value))
    return outcomes


def run_all_remotely(items: Sequence[Item]) -> list[Outcome]:
    """Run tasks in another process than the one that waits for them."""
    return [_for_travel(outcome) for outcome in run_all(items)]


def run_remotely(item: Item) -> Outcome:
    """Run one task in another process than the one that waits for it."""
    return _for_travel(run(item))


def _without(seconds: float, outcome: Outcome) -> Outcome:
    """Take the time that a fit has waited for others out of the time that it took."""
    result = outcome.result
    if not isinstance(result, dict) or "fit_time" not in result:
        return outcome
    return replace(outcome, result={**result, "fit_time": result["fit_time"] - seconds})


def run(item: Item) -> Outcome:
    """Run one task where its own parallel calls use threads, as joblib does in its workers."""
    function, args, kwargs = item
    try:
        with (
            joblib.parallel_config(backend=ThreadingBackend(nesting_level=1), n_jobs=None),
            watching(),
        ):
            return with_reads(function(*args, **kwargs))
    except Exception as error:
        return Outcome(error=error)


def _for_travel(outcome: Outcome) -> Outcome:
    """Make an outcome such that it comes to another process as it is."""
    if not isinstance(outcome.error, Exception):
        return outcome
    trace = "".join(traceback.format_exception(outcome.error))
    return Outcome(error=_travelling(outcome.error), trace=trace)


class _RebuiltError(Exception):
    """Is pickled as the error that it is made with.

    That is called with its ``args`` anew, or, where the class takes others, made without a call.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        error, is_called = self.args
        return _from_parts, (type(error), error.args, is_called), vars(error)


def _from_parts(kind: type[Exception], args: tuple[Any, ...], is_called: bool) -> Exception:
    return kind(*args) if is_called else kind.__new__(kind, *args)


def with_reads(result: Any, also: Iterable[tuple[str, str]] = ()) -> Outcome:
    """A result with the files that it was made of: those seen here, and those ``also`` known."""
    try:
        return Outcome(result, reads=tuple(sorted({*reads(), *also})))
    except ChangedFileError as problem:
        return Outcome(result, changed=str(problem))


def _travelling(error: Exception) -> Exception:
    """Replace an error that pickling would lose, with its worker, or give another text."""
    for sent in (error, _RebuiltError(error, False), _RebuiltError(error, True)):
        with contextlib.suppress(Exception):
            received = pickle.loads(cloudpickle.dumps(sent))
            if type(received) is type(error) and str(received) == str(error):
                return sent
    return RuntimeError(f"{type(error).__name__}: {error}")
