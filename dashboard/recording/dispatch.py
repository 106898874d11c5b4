"""Tasks on their way: from the store if they are there, else through the workers into it.

The rules, in the order they matter:

- A result is in the store before anyone hears of it.
- At most two tasks per worker, or groups of tasks that are done in one pass, are out at a time, so
  no more than that is lost when all dies.
- Tasks are handed out in their order: one worker does them in the order of a plain loop.
- When a worker dies, every task that was out may be the killer. Each is tried again with nothing
  beside it; the one that dies again is given up with the reason, and the rest goes on.
- Nobody's callback is called with a lock held: joblib takes a lock of its own in there.
"""

import contextlib
import threading
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

from .calls import Call, WorkerDiedError
from .companions import grouped
from .reads import ChangedFileError, with_files
from .results import pickled, unpickled
from .run import Entry, Found, RunStoppedError, Status
from .store import Store
from .workers import Death, Item, Outcome, Workers


class Owner(Protocol):
    """One parallel call: its depth in nested calls, and the outermost of these."""

    depth: int
    root: "Owner"


class Task:
    """One call that somebody waits for.

    Attributes
    ----------
    item : tuple
        The function, its arguments and keyword arguments.
    call : Call or None
        The same with arguments by name; None when it is not journalled.
    key : str or None
        Where its result is in the store; None when it is not journalled.
    position : int
        Its place in the run.
    owner : Owner
        Whose task it is.
    receive : callable
        Takes the `Outcome`.
    run_here : callable or None
        Runs it in a thread of this process and returns the `Outcome`: for a task that hands in
        tasks of its own.
    """

    __slots__ = ("call", "item", "key", "owner", "position", "receive", "run_here")

    def __init__(
        self,
        item: Item,
        call: Call | None,
        owner: Owner,
        receive: Callable[[Outcome], None],
        run_here: Callable[[], Outcome] | None = None,
    ) -> None:
        self.item, self.call, self.owner = item, call, owner
        self.receive, self.run_here = receive, run_here
        self.key: str | None = None
        self.position = -1


class Dispatcher:
    """Runs the tasks of one run, whoever hands them in.

    Parameters
    ----------
    store : Store
    run : str
        Id of the run in the store.
    workers : Workers
    report : callable
        ``report(event, n)`` is told of tasks "planned", "reused" (found in the store), "done" and
        "quarantined".
    retry : bool, default=False
        Whether what an earlier run gave up is tried again.
    batch : bool, default=True
        Whether tasks are handed out together that can be done in one pass.

    Attributes
    ----------
    error : BaseException or None
        What has ended the run early.
    """

    def __init__(
        self,
        store: Store,
        run: str,
        workers: Workers,
        report: Callable[[str, int], None],
        retry: bool = False,
        batch: bool = True,
    ) -> None:
        self.store, self.run, self.workers, self._report = store, run, workers, report
        self._batch = batch and workers.takes_groups
        # A fit that raised may have lacked a file, or memory; it costs little to see.
        self._not_reused = {"failed", "quarantined"} if retry else {"failed"}
        self._lock = threading.RLock()
        self._handing_out = threading.Lock()  # taken before the other one
        self._wanted: set[Task] = set()  # not delivered yet
        self._queue: deque[list[Task]] = deque()  # each to be handed out at once
        self._out: set[Task] = set()  # with the workers
        self._n_out = 0  # in so many groups
        self._elsewhere: list[Task] = []  # another run is at it
        self._suspects: list[Task] = []
        self._paused = False  # since a worker died
        self._stopped: set[int] = set()  # worker processes, as of the last look
        self.error: BaseException | None = None
        self._threads: dict[int, ThreadPoolExecutor] = {}  # by depth, for tasks that run here

    def start(self, tasks: Sequence[Task]) -> None:
        """Take on tasks, deliver those that the store has, and set the workers to the rest.

        All tasks of one parallel call come at once.
        """
        with self._lock:
            self._wanted.update(tasks)
        if self.error is not None:
            self.fail(self.error)
            return
        self._report("planned", sum(task.key is not None for task in tasks))
        results = self.store.results([task.key for task in tasks if task.key])
        ready, missing = self._find(tasks, results)
        self._hand_over(ready)
        with self._lock:
            self._queue.extend(self._grouped([task for task in missing if not task.run_here]))
        self._pump()
        for task in missing:
            if task.run_here is not None:
                threads = self._threads_for(task.owner.depth)
                threads.submit(self._guarded, self._run_here, task, task.run_here)

    def _grouped(self, tasks: Sequence[Task]) -> list[list[Task]]:
        if not self._batch:
            return [[task] for task in tasks]
        places = grouped([task.call for task in tasks], self.workers.n_workers)
        return [[tasks[place] for place in group] for group in places]

    def resize(self, n_jobs: int | None) -> None:
        """Have as many workers as ``n_jobs`` asks for, unless some are at work."""
        with self._lock:
            if self._wanted:
                return
        self._close_threads()
        self.workers.resize(n_jobs)

    def drop(self, owner: Owner) -> None:
        """Forget the tasks of a call and of those nested in it; kill the workers it has alone."""
        with self._lock:
            own = {task for task in self._wanted if task.owner is owner}
            inner = {task for task in self._wanted - own if task.owner.root is owner}
            gone = own | inner
            self._wanted -= own
            kept = ([task for task in group if task not in gone] for group in self._queue)
            self._queue = deque(group for group in kept if group)
            self._elsewhere = [task for task in self._elsewhere if task not in gone]
            # The searches of other folds, and other calls, share the workers.
            kill = owner.root is owner and self._wanted <= inner
            if kill:
                self._out.clear()
                self._n_out = 0
                self._suspects.clear()
                self._paused = False
        if kill:
            self.workers.close(kill=True)
        for task in inner:  # of searches in threads, which end with this
            self._deliver(task, Outcome(error=RunStoppedError("the call around it has ended")))

    def close(self) -> None:
        """End the workers."""
        self._close_threads()
        self.workers.close()

    def fail(self, error: BaseException) -> None:
        """End every task, and all that will be handed in, with ``error``."""
        with self._lock:
            self.error = error
            wanted = list(self._wanted)
        for task in wanted:
            self._deliver(task, Outcome(error=error))

    def look_elsewhere(self) -> None:
        """See what became of the tasks that another run was at; called once in a while."""
        with self._lock:
            self._queue.extendleft([task] for task in reversed(self._elsewhere))
            self._elsewhere.clear()
        self._guarded(self._pump)

    def _run_here(self, task: Task, run_here: Callable[[], Outcome]) -> None:
        if self._is_wanted(task):
            self._keep([task], [run_here()])

    def _threads_for(self, depth: int) -> ThreadPoolExecutor:
        """Threads for one depth: there, each may wait for tasks of the next.

        They are as many as the workers: each keeps its data, and one alone may not have tasks for
        all workers.
        """
        with self._lock:
            if depth not in self._threads:
                self._threads[depth] = ThreadPoolExecutor(self.workers.n_workers)
            return self._threads[depth]

    def _close_threads(self) -> None:
        pools, self._threads = self._threads, {}
        for threads in pools.values():
            threads.shutdown(cancel_futures=True)

    # -- to the workers ------------------------------------------------------------------------

    def _pump(self, finished: Sequence[Entry] = ()) -> None:
        """Write what is finished, and hand out tasks while there is room."""
        while True:
            with self._handing_out:
                with self._lock:
                    idle = self._paused or self.error is not None
                    room = 0 if idle else max(0, 2 * self.workers.n_workers - self._n_out)
                    groups = [self._queue.popleft() for _ in range(min(room, len(self._queue)))]
                    tasks = [task for group in groups for task in group]
                    self._n_out += len(groups)
                    self._out.update(tasks)
                if not tasks and not finished:
                    return
                # One transaction for both: what a disk takes its time for is the end of one.
                keys = [task.key for task in tasks if task.key]
                done, busy = self.store.exchange(self.run, finished, keys)
                finished = ()
                ready, missing = self._find(tasks, done)
                free = {task for task in missing if task.key not in busy}
                left = [[task for task in group if task in free] for group in groups]
                shipped = [(group, self._submit(group)) for group in left if group]
            with self._lock:
                self._n_out -= len(groups) - len(shipped)
                self._out -= set(tasks) - free
                self._elsewhere += [task for task in missing if task.key in busy]
            for group, future in shipped:
                future.add_done_callback(partial(self._guarded, self._back, group))
            self._hand_over(ready)
            self._question()

    def _submit(self, group: Sequence[Task]) -> "Future[list[Outcome]]":
        try:
            return self.workers.submit([task.item for task in group])
        except Exception as problem:  # the pool broke before it had these tasks
            future: Future[list[Outcome]] = Future()
            future.set_exception(problem)
            return future

    def _back(self, group: Sequence[Task], future: "Future[list[Outcome]]") -> None:
        problem = None if future.cancelled() else future.exception()
        died = problem is not None and self.workers.death(problem) is not None
        with self._lock:
            if not self._out.issuperset(group):  # dropped, with the workers
                return
            self._out.difference_update(group)
            self._n_out -= 1
            if died:
                self._paused = True
                self._suspects += group
        if not died:
            failed = [Outcome(error=problem)] * len(group)
            self._keep(group, failed if problem else future.result())
        self._question()

    # -- when a worker dies --------------------------------------------------------------------

    def _question(self) -> None:
        """Try the suspects, once all that was out has come back, one way or the other."""
        with self._lock:
            if self._out or not self._suspects:
                return
            suspects, self._suspects = self._suspects, []
        # Not here: this is the thread of the pool that is to be replaced.
        threading.Thread(
            target=self._guarded, args=(self._try_alone, suspects), daemon=True
        ).start()

    def _try_alone(self, suspects: list[Task]) -> None:
        for task in suspects:
            if not self._is_wanted(task):
                continue
            try:
                (outcome,) = self.workers.submit_alone(task.item).result()
            except Exception as problem:
                if not self._is_wanted(task):  # dropped, and its worker killed, in the meantime
                    continue
                death = self.workers.death(problem)
                if death is not None:
                    self._quarantine(task, _reason(death, task.call))
                    continue
                outcome = Outcome(error=problem)
            self._keep([task], [outcome])
        with self._lock:
            self._paused = False
        self._pump()

    def _quarantine(self, task: Task, reason: str) -> None:
        try:
            if task.call is None:
                raise WorkerDiedError(
                    f"{getattr(task.item[0], '__name__', task.item[0])}: {reason}"
                )
            result = task.call.stand_in(reason)
        except Exception as problem:
            self._deliver(task, Outcome(error=problem))
        else:
            self._keep([task], [Outcome(result)], "quarantined")

    def look_after_workers(self, stall_timeout: float | None) -> None:
        """Say which of them are stopped, and replace those that hang; called every second."""
        self._guarded(self._look_after, stall_timeout)

    def _look_after(self, stall_timeout: float | None) -> None:
        stopped = self.workers.stopped()
        for pid in stopped - self._stopped:
            self.store.watch(self.run, -pid, {"stopped": pid})  # pid itself shows its net
            warnings.warn(
                f"worker process {pid} is stopped, and what it was at with it; kill -CONT {pid} "
                "lets it go on",
                stacklevel=2,
            )
        for pid in self._stopped - stopped:
            self.store.watch(self.run, -pid, {})
        self._stopped = stopped
        if stall_timeout is not None and self.workers.end_stalled(stall_timeout):
            warnings.warn(
                "the worker processes are replaced: they had fits to do, and have used no "
                f"processor time for {stall_timeout:g} seconds; these fits are tried again",
                stacklevel=2,
            )

    # -- from the workers ----------------------------------------------------------------------

    def _keep(
        self, tasks: Sequence[Task], outcomes: Sequence[Outcome], status: Status = "done"
    ) -> None:
        """Write results, then say that they are there."""
        entries = []
        for task, outcome in zip(tasks, outcomes, strict=True):
            if task.call is not None and task.key is not None and outcome.error is None:
                entries += self._entry(task, task.call, outcome, status)
        self._pump(entries)
        if entries:
            self._report(status, len(entries))
        for task, outcome in zip(tasks, outcomes, strict=True):
            self._deliver(task, outcome)

    @staticmethod
    def _entry(task: Task, call: Call, outcome: Outcome, status: Status) -> list[Entry]:
        """What is written of a result: nothing where it cannot be kept."""
        result, asked = outcome.result, task.key or ""
        try:
            if outcome.changed:
                raise ChangedFileError(outcome.changed)
            content = pickled(result)
            if status == "done" and call.journal.failed(result):
                status = "failed"
            detail = call.describe(result)
        except Exception as problem:  # it may hold what no pickle can, or be another version's
            warnings.warn(
                f"a result of {call.name} is not in the journal: it cannot be kept "
                f"({type(problem).__name__}: {problem})",
                stacklevel=2,
            )
            return []
        key = with_files(asked, outcome.reads)
        described = (key, task.position, call.name, status, detail, content)
        return [Entry(*described, asked=asked, reads=outcome.reads)]

    def _find(
        self, tasks: Sequence[Task], results: dict[str, Found]
    ) -> tuple[list[tuple[Task, Found, Outcome]], list[Task]]:
        """Tell the tasks whose results are there, with these, from the others."""
        ready, missing = [], []
        for task in tasks:
            found = results.get(task.key) if task.key else None
            if found is not None and found.status not in self._not_reused:
                # What cannot be read any more, say after an update, is done again.
                with contextlib.suppress(Exception):
                    outcome = Outcome(unpickled(found.result), reads=found.reads)
                    ready.append((task, found, outcome))
                    continue
            missing.append(task)
        return ready, missing

    def _hand_over(self, ready: Sequence[tuple[Task, Found, Outcome]]) -> None:
        """Deliver what the store had, once it says that it belongs to this run too."""
        if ready:
            self.store.link(self.run, [(task.position, found.key) for task, found, _ in ready])
            given_up = sum(found.status == "quarantined" for _, found, _ in ready)
            self._report("reused", len(ready) - given_up)
            self._report("quarantined", given_up)
        for task, _, outcome in ready:
            self._deliver(task, outcome)

    def _is_wanted(self, task: Task) -> bool:
        with self._lock:
            return task in self._wanted

    def _deliver(self, task: Task, outcome: Outcome) -> None:
        with self._lock:
            if task not in self._wanted:
                return
            self._wanted.discard(task)
        task.receive(outcome)

    def _guarded(self, function: Callable[..., Any], *args: Any) -> None:
        """Call from a thread that nobody watches: an error there must reach whoever waits."""
        try:
            function(*args)
        except BaseException as problem:  # SystemExit too, which would end no more than a thread
            self.fail(problem)


def _reason(death: Death, call: Call | None) -> str:
    """How a worker died, and what of the task can be changed."""
    if not death.is_of_memory:
        return death.reason
    reason = f"{death.reason}, often because memory ran out"
    sizes = {} if call is None else call.batch_sizes
    if sizes:
        named = " and ".join(f"{name}={value!r}" for name, value in sizes.items())
        reason += f"; smaller batches than {named} need less of it"
    return reason
