"""The joblib backend: what `joblib.Parallel` talks to inside ``with record(...)``.

joblib is scikit-learn's one door to parallel work, and a backend is joblib's own way to change
what is behind it. So a search, a validation or a learning curve needs no subclass and no option to
be journalled: its tasks arrive here.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import joblib
from joblib.parallel import FallbackToBackend, ParallelBackendBase
from sklearn.base import BaseEstimator
from sklearn.model_selection import GridSearchCV

from .calls import Call, recognise, with_parts, without_idle_callbacks
from .digest import Digester
from .dispatch import Dispatcher, Task
from .ledger import Ledger
from .reads import watching
from .workers import Item, Outcome, with_reads

_Search: type = GridSearchCV.__mro__[1]  # what all searches derive from; its name is private


class RemoteError(Exception):
    """The traceback of an error in a worker, as text."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class Batch:
    """Calls that joblib hands in together and wants back together.

    Parameters
    ----------
    items : list of (function, args, kwargs)
    callback : callable
        joblib's; called once, with this, from any thread.
    """

    def __init__(self, items: list[Any], callback: Callable[["Batch"], None]) -> None:
        self.items, self._callback = items, callback
        self._outcomes: list[Outcome | None] = [None] * len(items)
        self._missing = len(items)
        self._lock = threading.Lock()

    def receive(self, index: int, outcome: Outcome) -> None:
        """Take one outcome; an error is passed on without waiting for the others."""
        with self._lock:
            self._outcomes[index] = outcome
            self._missing -= 1
            if self._missing < 0 or (self._missing > 0 and outcome.error is None):
                return
            if outcome.error is not None:
                self._missing = 0  # so that nothing is passed on after it
        self._callback(self)

    def results(self) -> list[Any]:
        """All results; raises the first error."""
        for outcome in self._outcomes:
            if outcome is not None and outcome.error is not None:
                if outcome.trace:
                    raise outcome.error from RemoteError(outcome.trace)
                raise outcome.error
        return [outcome.result for outcome in self._outcomes if outcome is not None]


class RecordingBackend(ParallelBackendBase):
    """Send the tasks of `joblib.Parallel` through a `Dispatcher`.

    joblib asks the one object that was put in place for every `joblib.Parallel`, and never says for
    which. So this one answers each of them with a backend of its own, of the same class.

    Parameters
    ----------
    dispatcher : Dispatcher
    ledger : Ledger
    parent : RecordingBackend, optional
        Where the search of this backend is itself a task.
    """

    supports_retrieve_callback = True
    supports_inner_max_num_threads = True

    def __init__(
        self, dispatcher: Dispatcher, ledger: Ledger, parent: "RecordingBackend | None" = None
    ) -> None:
        super().__init__(nesting_level=0)
        self._dispatcher, self._ledger, self._parent = dispatcher, ledger, parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.root: RecordingBackend = self if parent is None else parent.root
        self.default_n_jobs = dispatcher.workers.default_n_jobs
        self.reads: set[tuple[str, str]] = set()  # by the tasks of its calls
        self._digester = Digester()
        self._pending: list[Task] = []
        self._serves_one = False

    # joblib calls these in this order: configure, start_call, submit for every task, then
    # retrieval_context until the results are in, stop_call, terminate.

    def effective_n_jobs(self, n_jobs: int | None) -> int:
        # With 1, joblib would run the tasks itself and ask no backend at all.
        return max(2, self._dispatcher.workers.n_workers)

    def configure(self, n_jobs: int | None = 1, parallel: Any = None, **options: Any) -> int:
        if not self._serves_one:
            one = RecordingBackend(self._dispatcher, self._ledger, self._parent)
            one._serves_one, one.reads = True, self.reads
            raise FallbackToBackend(one)
        self.parallel = parallel
        parallel.pre_dispatch = "all"  # all tasks are to be known before the first one starts
        if self._parent is None:
            self._dispatcher.resize(n_jobs)
        return self.effective_n_jobs(n_jobs)

    def start_call(self) -> None:
        self._pending.clear()

    def submit(self, func: Any, callback: Any = None) -> Batch:
        batch = Batch([without_idle_callbacks(item) for item in func.items], callback)
        for index, item in enumerate(batch.items):
            call = recognise(item)
            here = partial(self._search, item) if _is_search(call) else None
            receive = partial(self._receive, partial(batch.receive, index))
            self._pending.append(Task(item, call, self, receive, here))
        return batch

    def _receive(self, receive: Callable[[Outcome], None], outcome: Outcome) -> None:
        self.reads.update(outcome.reads)
        receive(outcome)

    @contextlib.contextmanager
    def retrieval_context(self) -> Iterator[None]:
        tasks, self._pending = self._pending, []
        # What was raised while the tasks were made, say by a splitter. joblib keeps it until all
        # tasks are done, and forgets it then.
        self.parallel._raise_error_fast()
        self._ledger.enter(tasks, self._digester)
        self._dispatcher.start(tasks)
        yield

    def retrieve_result_callback(self, out: Batch) -> list[Any]:
        return out.results()

    def abort_everything(self, ensure_ready: bool = True) -> None:
        self._dispatcher.drop(self)

    def stop_call(self) -> None:
        self._digester.clear()

    def _search(self, item: Item) -> Outcome:
        """Run a search here; its own tasks come back to the same workers and the same journal."""
        function, args, kwargs = item
        child = RecordingBackend(self._dispatcher, self._ledger, parent=self)
        try:
            n_workers = self._dispatcher.workers.n_workers
            with joblib.parallel_config(backend=child, n_jobs=n_workers), watching():
                return with_reads(function(*args, **kwargs), child.reads)
        except BaseException as error:  # SystemExit would end this thread and be heard by nobody
            return Outcome(error=error)


def _is_search(call: Call | None) -> bool:
    """Whether a call fits a search, bare or as a part of what it fits."""
    estimator = None if call is None else call.parts.get("estimator")
    return isinstance(estimator, BaseEstimator) and any(
        isinstance(part, _Search) for part in with_parts(estimator)
    )
