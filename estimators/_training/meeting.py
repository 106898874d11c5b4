"""Calls that stop where they all want the same kind of work done, so that it is done at once.

Each call has a thread of its own, of which one runs at a time: until it comes to train a net, say,
where it waits, or to its end. When all have come so far, the nets are trained together, and the
calls go on. So a call may do whatever it likes before and after: scale its rows, fit several nets
one after another, score them.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_here = threading.local()


def current_participant() -> Participant | None:
    """The call that this thread runs, if it is one of several."""
    return getattr(_here, "participant", None)


@dataclass
class Result:
    """What a call gave, or raised.

    Attributes
    ----------
    value : object
    error : BaseException or None
    waited : float
        Seconds for which the call stood still, less its share of the trainings.
    """

    value: Any = None
    error: BaseException | None = None
    waited: float = 0.0


class Participant:
    """A call in a thread of its own, which runs when it is told to."""

    def __init__(self, call: Callable[[], Any]):
        self.call, self.result = call, Result()
        self.wanted: Any = None
        self.problem: Exception | None = None
        self.is_over = False
        self._go, self._stopped = threading.Event(), threading.Event()
        self._filters = list(warnings.filters)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def go_on(self) -> None:
        """Let the call run until it waits for a training, or ends."""
        # Filters of warnings are one list for all threads.
        with warnings.catch_warnings():
            warnings.filters[:] = self._filters  # type: ignore[index]
            self._go.set()
            self._stopped.wait()
            self._stopped.clear()
            self._filters = list(warnings.filters)

    def wait_for(self, wanted: Any) -> None:
        """Wait until it is done, with what the others wait for; raise what went wrong."""
        began = time.perf_counter()
        self.wanted, self.problem = wanted, None
        self._stopped.set()
        self._go.wait()
        self._go.clear()
        self.wanted = None
        self.result.waited += time.perf_counter() - began
        if self.problem is not None:
            raise self.problem

    def _run(self) -> None:
        self._go.wait()
        self._go.clear()
        _here.participant = self
        try:
            self.result.value = self.call()
        except BaseException as error:
            self.result.error = error
        finally:
            self.is_over = True
            self._stopped.set()


def hold_meeting(
    calls: Sequence[Callable[[], Any]], work: Callable[[list[Any]], Sequence[Exception | None]]
) -> list[Result]:
    """Run calls, and do at once what they wait for.

    Parameters
    ----------
    calls : sequence of callable
        Without arguments.
    work : callable
        Takes all that is waited for, and returns what went wrong with each.

    Returns
    -------
    list of Result
        In the order of the calls.
    """
    participants = [Participant(call) for call in calls]
    going = participants
    while going:
        for each in going:
            each.go_on()
        going = [each for each in going if not each.is_over]
        began = time.perf_counter()
        problems = work([each.wanted for each in going])
        share = (time.perf_counter() - began) / max(1, len(going))
        for each, problem in zip(going, problems, strict=True):
            each.problem = problem
            each.result.waited -= share
    return [each.result for each in participants]
