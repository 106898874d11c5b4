"""A comparison in a process of its own, followed and stopped from outside.

The process is spawned, so whoever starts one needs the usual guard in their main script:
``if __name__ == "__main__":``. It ends when it is stopped, when its `BackgroundRun` is gone, and
when the process that started it dies, however that happens. Whatever ends it, what it had finished
is in the store, and the next run of the same comparison starts from there.
"""

import multiprocessing
import os
import signal
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Literal

from .comparison import Comparison
from .engine import run
from .evaluation import Evaluation, one_line

State = Literal["running", "finished", "stopped", "failed"]


class BackgroundRun:
    """A comparison that runs in a spawned process from the moment this object is made.

    Parameters
    ----------
    spec : Comparison
        What to run.

    Attributes
    ----------
    spec : Comparison
        What runs.
    evaluations : list of Evaluation
        What has arrived so far; `poll` brings more. Nobody polling, the process waits once its
        pipe is full.
    state : {"running", "finished", "stopped", "failed"}
        As of the last `poll` or `stop`. What has arrived stays in every state.
    reason : str or None
        One line that says why the run failed.

    Examples
    --------
    >>> import time
    >>> if __name__ == "__main__":                                      # doctest: +SKIP
    ...     run = BackgroundRun(Comparison("iris", models=["svm_rbf"]))
    ...     while run.state == "running":
    ...         time.sleep(0.2)
    ...         print(len(run.poll()), "new")
    """

    def __init__(self, spec: Comparison) -> None:
        self.spec = spec
        self.evaluations: list[Evaluation] = []
        self.state: State = "running"
        self.reason: str | None = None
        context = multiprocessing.get_context("spawn")
        self._events, theirs = context.Pipe(duplex=False)
        # Not a daemon, which may have no worker process of its own.
        self._process = context.Process(target=work, args=(spec, theirs))
        with _interrupts_blocked():
            self._process.start()
        # When this object goes, and when Python exits; work() sees to a parent that is killed.
        weakref.finalize(self, self._process.kill)
        theirs.close()  # the child's copy is then the last, and its end is the end of the pipe

    def poll(self) -> list[Evaluation]:
        """Take what has arrived since the last call, without waiting, and update ``state``.

        Returns
        -------
        list of Evaluation
            The new ones, which are in ``evaluations`` too.
        """
        before = len(self.evaluations)
        try:
            while self.state == "running" and self._events.poll():
                event = self._events.recv()
                if isinstance(event, Evaluation):
                    self.evaluations.append(event)
                elif event is None:
                    self._end("finished")
                else:
                    self._end("failed", event)
        except (EOFError, OSError):  # the pipe closed before the run said that it was finished
            self._process.join()
            self._end("failed", _cause_of_death(self._process.exitcode))
        return self.evaluations[before:]

    def stop(self) -> None:
        """End the process at once and keep what had been finished; does nothing after the end."""
        self.poll()
        if self.state != "running":
            return
        self._process.kill()  # a fit in C cannot be asked politely
        self._process.join()
        self._end("stopped")

    def _end(self, state: State, reason: str | None = None) -> None:
        self.state, self.reason = state, reason
        self._events.close()


def work(spec: Comparison, events: Connection) -> None:
    """Run ``spec`` and send each evaluation, then None, or the reason why it cannot run.

    This is the whole of the child process. It is public in name because a spawned process imports
    it by name.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        # In a worker process, so that a model that kills it does not end the run.
        for evaluation in run(spec, backend="loky"):
            events.send(evaluation)
        events.send(None)
    except BrokenPipeError:  # nobody is listening any more
        return
    except Exception as problem:
        events.send(one_line(problem))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Start children that Ctrl-C does not reach while they still import, before `work`."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started with the first child, it would unblock them again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None, "work() runs in a child process only"
    parent.join()
    os._exit(1)  # the main thread may be deep inside a fit


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name
        hint = ", often because memory ran out" if name == "SIGKILL" else ""
        return f"The process of the run was ended by {name}{hint}."
    return f"The process of the run ended early with exit code {exitcode}."
