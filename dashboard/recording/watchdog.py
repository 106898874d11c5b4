"""Tell worker processes that hang from those that are busy.

A fit may compute for days, so time alone says nothing. Processes that use no processor time wait:
for a lock that nobody will release, say, or because somebody has stopped them.
"""

import contextlib
import time
from collections.abc import Callable, Collection

import psutil

IDLE = 0.001  # of a second per second: threads that only wait for something wake up now and then
LONGEST = 5.0  # seconds between two looks; if more pass, this process itself was not running


class Watchdog:
    """Watch the processes of one pool.

    Parameters
    ----------
    clock : callable, default=time.monotonic
        Returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._looked = clock, clock()
        self._cpu: dict[int, float] = {}
        self._idle = self._used = 0.0  # seconds

    def look(self, pids: Collection[int]) -> float:
        """Return for how long none of the processes has computed, nor any that they started.

        To be called every second or so, for as long as they have something to do.
        """
        now = self._clock()
        self._idle, self._looked = self._idle + min(now - self._looked, LONGEST), now
        self._used += sum(map(self._used_since, pids))
        if self._used <= IDLE * self._idle:  # it takes milliseconds to find them
            self._used += sum(self._used_since(child) for pid in pids for child in _below(pid))
        if self._used > IDLE * self._idle:
            self.rest()
        return self._idle

    def rest(self) -> None:
        """Begin anew: they have computed, or have nothing to do."""
        self._idle, self._used, self._looked = 0.0, 0.0, self._clock()

    def _used_since(self, pid: int) -> float:
        """Seconds of processor time since the last look, with children that have ended."""
        with contextlib.suppress(psutil.Error):  # it has ended, which is heard elsewhere
            seconds = sum(psutil.Process(pid).cpu_times()[:4])
            before, self._cpu[pid] = self._cpu.get(pid, seconds), seconds
            return max(seconds - before, 0.0)
        return 0.0


def is_stopped(pid: int) -> bool:
    """Whether somebody has stopped a process, as Ctrl-Z and SIGSTOP do."""
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() == psutil.STATUS_STOPPED
    return False


def let_go_on(pid: int) -> None:
    """Let a process go on that was stopped."""
    with contextlib.suppress(psutil.Error):
        psutil.Process(pid).resume()


def _below(pid: int) -> list[int]:
    with contextlib.suppress(psutil.Error):
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    return []
