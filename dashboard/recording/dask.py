"""Where tasks run: the workers of a Dask cluster.

Tasks go to Dask's client, not through joblib's Dask backend, which never calls back for a task that
is given up because its workers died, and holds data in a way that one dead worker can undo.
"""

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import dask
from dask.sizeof import sizeof
from distributed import Client, KilledWorker, get_client
from distributed import Future as DaskFuture
from toolz import identity

from .workers import Death, Item, Outcome, effective_n_jobs, run_remotely

LARGE = 100_000  # bytes; below, a task of its own costs more than sending the value every time
# A worker that died is started again, which takes seconds, and on a busy machine more than the 15
# after which Dask strikes a lost one off its list for good: with the last, tasks wait for ever.
PATIENT = {"distributed.deploy.lost-worker-timeout": "1 day"}


class DaskWorkers:
    """The threads of a Dask cluster: the one in use, or one of this machine for the time being.

    A cluster that is started here has one process a worker, one thread in each, and gives a task
    up with the first worker that dies; everywhere else ``distributed.scheduler.allowed-failures``
    says how many may.

    Parameters
    ----------
    client : distributed.Client, optional
        The current one when left out. Where there is none, a cluster is started with the first
        call and ended by `close`.

    Raises
    ------
    ValueError
        When ``client`` is something else.
    """

    n_workers = 1
    takes_groups = False  # one machine's cache has no use for them on another
    default_n_jobs = -1  # as for joblib's Dask backend: a cluster is there to be used

    def __init__(self, client: Client | None = None) -> None:
        if not isinstance(client, Client | None):
            raise ValueError(
                "backend must be loky, threading, dask or a distributed.Client, however: "
                f"{client!r}"
            )
        self._given = client or _current_client()
        self._session: _Session | None = None
        self._own = contextlib.ExitStack()  # the cluster that was started here, if one was
        self._lock = threading.RLock()

    def resize(self, n_jobs: int | None) -> None:
        asked = self.default_n_jobs if n_jobs is None else n_jobs
        n_workers = effective_n_jobs(asked)  # of this machine; and it says what is wrong with 0
        if self._given is not None:
            self._given.wait_for_workers(1)
            n_threads = sum(self._given.nthreads().values())
            n_workers = min(asked, n_threads) if asked > 0 else max(1, n_threads + 1 + asked)
        if n_workers != self.n_workers:
            self.close()
            self.n_workers = n_workers
        self._open()  # so that a cluster which does not start is an error of the call

    def submit(self, items: Sequence[Item]) -> "Future[list[Outcome]]":
        (item,) = items
        return self._open().submit(item)

    def submit_alone(self, item: Item) -> "Future[list[Outcome]]":
        return self.submit([item])  # nothing else is out, and a nanny replaces the worker that died

    def death(self, problem: BaseException) -> Death | None:
        if not isinstance(problem, KilledWorker):
            return None
        times = 2 * (problem.allowed_failures + 1)  # beside others, then alone
        last = problem.last_worker.address
        return Death(f"its worker died {times} times (the last one was {last})", is_of_memory=True)

    def stopped(self) -> set[int]:
        return set()  # Dask's scheduler hears from its workers, and has a worker-ttl

    def end_stalled(self, seconds: float) -> bool:
        return False

    def close(self, kill: bool = False) -> None:
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            session.close(kill)
            self._own.close()

    def _open(self) -> "_Session":
        with self._lock:
            if self._session is None:
                self._session = _Session(self._given or self._start())
            return self._session

    def _start(self) -> Client:
        self._own.enter_context(dask.config.set(PATIENT))
        return self._own.enter_context(_start(self.n_workers))


def _current_client() -> Client | None:
    try:
        return get_client()
    except ValueError:
        return None


def _start(n_workers: int) -> Client:
    return Client(
        n_workers=n_workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",  # the usual port may be another cluster's
        scheduler_kwargs={"allowed_failures": 0},  # the dispatcher tries it again, alone
        set_as_default=False,
    )


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class _Held:
    """A large value, and the task whose result it is on the cluster.

    It is there for as long as a task that needs it is out: no longer, so that it may be edited in
    place after the call, and as a result, not scattered, so that Dask makes it again when the
    only worker that had it dies.
    """

    value: Any
    future: DaskFuture


class _Session:
    """Tasks that are out on a cluster, and the data that they share."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._executor = client.get_executor(pure=False)
        # Its futures call back in Dask's event loop, which must not wait for a disk.
        self._callbacks = ThreadPoolExecutor(1, "bakeoff-dask")
        self._held: WeakValueDictionary[int, _Held] = WeakValueDictionary()

    def submit(self, item: Item) -> "Future[list[Outcome]]":
        future: Future[list[Outcome]] = Future()
        try:
            remote, held = self._send(item)
        except Exception as problem:  # what cannot be pickled; said where results are
            self._callbacks.submit(future.set_exception, problem)
        else:
            remote.add_done_callback(partial(self._back, future, held))
        return future

    def _send(self, item: Item) -> "tuple[Future[Outcome], dict[int, _Held]]":
        function, args, kwargs = item
        values = [*args, *kwargs.values()]
        held = {place: self._hold(v) for place, v in enumerate(values) if self._is_large(v)}
        for place in held:
            values[place] = None
        # Dask searches arguments for tasks, lists element by element, but not what a partial has.
        call = partial(_run, function, values, tuple(kwargs), tuple(held))
        return self._executor.submit(call, *(one.future for one in held.values())), held

    def close(self, kill: bool) -> None:
        self._executor.shutdown(wait=not kill)
        self._callbacks.shutdown(wait=not kill, cancel_futures=kill)
        for held in self._held.values():  # an error that somebody keeps may refer to them
            held.future.release()

    def _is_large(self, value: Any) -> bool:
        return id(value) in self._held or sizeof(value) >= LARGE

    def _hold(self, value: Any) -> _Held:
        held = self._held.get(id(value))
        if held is None or held.future.status == "error":  # it was with a killer on one worker
            # Dask warns that such data had better be scattered.
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 PB"}):
                future = self.client.submit(partial(identity, value), pure=False)
            held = self._held[id(value)] = _Held(value, future)
        return held

    def _back(
        self, future: "Future[list[Outcome]]", held: dict[int, _Held], remote: "Future[Outcome]"
    ) -> None:
        with contextlib.suppress(RuntimeError):  # closed in the meantime
            self._callbacks.submit(_pass_on, remote, future, held)


def _pass_on(
    remote: "Future[Outcome]", future: "Future[list[Outcome]]", held: dict[int, _Held]
) -> None:
    """Complete ``future``; ``held`` has to live until the tasks that follow this one are out."""
    if remote.cancelled():
        future.set_exception(ConnectionError("the Dask cluster has gone, or was restarted"))
    elif problem := remote.exception():
        # The client keeps the error, which would keep Dask's future, which keeps the task.
        future.set_exception(problem.with_traceback(None))
    else:
        future.set_result([remote.result()])


def _run(
    function: Callable[..., Any],
    values: list[Any],
    names: tuple[str, ...],
    places: tuple[int, ...],
    *large: Any,
) -> Outcome:
    """Put the large values back in their places, in a worker, and run the task."""
    values = [*values]
    for place, value in zip(places, large, strict=True):
        values[place] = value
    first = len(values) - len(names)
    return run_remotely(
        (function, tuple(values[:first]), dict(zip(names, values[first:], strict=True)))
    )
