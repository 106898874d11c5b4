"""What the store says of runs and evaluations, and whether a run that says it is alive is."""

import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

State = Literal["queued", "running", "finished", "stopped", "failed", "interrupted"]
Status = Literal["done", "failed", "quarantined"]

STALE_AFTER = 30.0  # seconds without a heartbeat


class RunStoppedError(RuntimeError):
    """The run was asked to stop; what it had finished is in the store."""


@dataclass(frozen=True)
class Run:
    """One run, as of the moment it was read.

    Attributes
    ----------
    id, name, kind : str
        ``kind`` is ``"record"`` for a ``with record(...)`` block, else that of the spec.
    spec : str
        The spec as JSON; empty for a ``with record(...)`` block.
    state : {"queued", "running", "finished", "stopped", "failed", "interrupted"}
        Queued while it waits for runs that were asked for before it. Interrupted when its process
        is gone, or silent for 30 seconds, without having said more.
    reason : str or None
        One line that says why it failed.
    traceback : str or None
        Where it failed, as Python prints it.
    planned, done, quarantined, fitted : int
        Evaluations known so far, those that are finished, those among them that were given up
        because they killed their worker, and those that this run has not found in the store.
    data, folds, pipeline : str or None
        Fingerprints of what ran; None before the first evaluation is planned.
    created, started, ended : float
        Seconds since 1970; ``started`` is None before its turn, ``ended`` while it runs. A run that
        is taken up again starts anew.
    began, first, heartbeat : float
        Seconds of `time.monotonic`, which all processes of a machine share and nobody sets: when it
        was started, had fitted something, and was last heard of. ``began`` is None before its
        turn, ``first`` before it has fitted something.
    """

    id: str
    name: str
    kind: str
    spec: str
    state: State
    reason: str | None
    traceback: str | None
    planned: int
    done: int
    quarantined: int
    fitted: int
    data: str | None
    folds: str | None
    pipeline: str | None
    created: float
    started: float | None
    ended: float | None
    began: float | None
    first: float | None
    heartbeat: float

    @property
    def active(self) -> bool:
        """Whether it is under way, or waits for its turn."""
        return self.state in ("queued", "running")

    @property
    def seconds(self) -> float:
        """How long it has been under way."""
        if self.began is None:  # of an older format, or not begun
            return max(0.0, (self.ended or self.heartbeat) - (self.started or self.created))
        return self.heartbeat - self.began


@dataclass(frozen=True)
class Entry:
    """One finished evaluation of a run.

    Attributes
    ----------
    key : str
        Digest of what was evaluated, with the files that it has read.
    position : int
        Its place in the run's own order.
    function : str
        What was called.
    status : {"done", "failed", "quarantined"}
    detail : mapping
        What JSON can hold of it.
    result : object
        What the function returned: pickled on the way in, and None on the way out when it was not
        asked for.
    number : int
        Grows with every evaluation that is finished; see `Store.entries`.
    asked : str
        What it is looked up by: the key, without the files.
    reads : tuple of (str, str)
        The files that it has read, each with its digest.
    """

    key: str
    position: int
    function: str
    status: Status
    detail: Mapping[str, Any]
    result: Any = None
    number: int = 0
    asked: str = ""
    reads: tuple[tuple[str, str], ...] = ()


class Found(NamedTuple):
    """A result that is in the store, and holds: what it was made of is as it was.

    Attributes
    ----------
    key : str
        Of the evaluation.
    status : {"done", "failed", "quarantined"}
    result : bytes
        Pickled.
    reads : tuple of (str, str)
        As in `Entry`.
    """

    key: str
    status: Status
    result: bytes
    reads: tuple[tuple[str, str], ...]


def state_of(state: State, heartbeat: float, host: str, pid: int) -> State:
    """What a run is really doing: one that says it is running may have died."""
    if state not in ("queued", "running"):
        return state
    # Before the machine was started, its clock was ahead, as are the heartbeats of older formats.
    silent = not 0 <= time.monotonic() - heartbeat <= STALE_AFTER
    return "interrupted" if silent or not _is_alive(host, pid) else state


def this_process() -> tuple[str, int]:
    """Return what `state_of` knows a process by: its machine, and its number there."""
    return socket.gethostname(), os.getpid()


def _is_alive(host: str, pid: int) -> bool:
    """Whether a process may exist; of another machine's, only its heartbeat can tell."""
    if host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it exists, and is somebody else's
        return True
    return True
