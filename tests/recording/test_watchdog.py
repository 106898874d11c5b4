"""A process that computes is told from one that hangs, by the processor time that it uses."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import warnings

import cloudpickle
import pytest
from joblib import Parallel, delayed

from bakeoff.recording import WorkerDiedError, record
from bakeoff.recording.watchdog import LONGEST, Watchdog, is_stopped, let_go_on

# Workers cannot import a test module; what is defined here is sent to them whole.
cloudpickle.register_pickle_by_value(sys.modules[__name__])
pytestmark = pytest.mark.skipif(os.name != "posix", reason="stops processes by a signal")

BUSY = "while True: pass"
IDLE = "import threading; threading.Event().wait()"
BUSY_BELOW = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"


class Clock:
    """Goes on by a second each time that somebody looks."""

    seconds = 0.0

    def __call__(self):
        self.seconds += 1
        return self.seconds


@contextlib.contextmanager
def running(code):
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_processes_that_wait_are_idle_for_longer_and_longer():
    with running(IDLE) as one, running(IDLE) as other:
        watchdog = Watchdog(Clock())
        wait_until(lambda: watchdog.look([one, other]) > 20)


@pytest.mark.parametrize("code", [BUSY, BUSY_BELOW])
def test_one_that_computes_is_enough_itself_or_below(code):
    with running(IDLE) as idle, running(code) as busy:
        watchdog, idle_seconds = Watchdog(Clock()), []

        def has_computed():
            idle_seconds.append(watchdog.look([idle, busy]))
            return len(idle_seconds) > 1 and idle_seconds[-1] == 0

        for _ in range(3):
            wait_until(has_computed)


def test_one_that_is_stopped_is_known_until_it_goes_on():
    with running(BUSY) as pid:
        assert not is_stopped(pid)
        os.kill(pid, signal.SIGSTOP)
        wait_until(lambda: is_stopped(pid))
        let_go_on(pid)
        wait_until(lambda: not is_stopped(pid))


def test_time_in_which_nobody_looked_does_not_count():
    clock = Clock()
    with running(IDLE) as pid:
        watchdog = Watchdog(clock)
        wait_until(lambda: watchdog.look([pid]) > 10)
        before = watchdog.look([pid])
        clock.seconds += 3600  # the lid was closed
        assert watchdog.look([pid]) <= before + LONGEST
        watchdog.rest()
        assert watchdog.look([pid]) == 1


def test_a_process_that_has_ended_is_no_error():
    with running(IDLE) as pid:
        pass
    assert Watchdog(Clock()).look([pid]) == 1
    assert not is_stopped(pid)
    let_go_on(pid)


def stop_and_square(number, before=None):
    """Stop the process that this runs in, unless it has been stopped for this before."""
    with contextlib.suppress(FileExistsError):
        if before:
            before.mkdir()
        os.kill(os.getpid(), signal.SIGSTOP)
    return number**2


@pytest.mark.slow
@pytest.mark.privates
def test_workers_that_hang_are_replaced_and_what_they_were_at_is_tried_again(store, tmp_path):
    once = delayed(stop_and_square)(3, tmp_path / "stopped")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with record("hangs", n_jobs=2, store=store, stall_timeout=3):
            results = Parallel(return_as="generator")([once, delayed(stop_and_square)(4)])
            assert next(results) == 9
            with pytest.raises(WorkerDiedError, match="stop_and_square: its worker process hung"):
                next(results)
    said = "\n".join(str(one.message) for one in caught)
    assert "used no processor time for 3 seconds; these fits are tried again" in said
    assert len(re.findall(r"worker process (\d+) is stopped, .* kill -CONT \1 lets", said)) >= 2


@pytest.mark.slow
@pytest.mark.privates
def test_a_worker_that_was_stopped_when_all_was_done_does_not_keep_the_script(store):
    with record("idle", store=store):
        (pid,) = Parallel()([delayed(os.getpid)()])
        os.kill(pid, signal.SIGSTOP)
        wait_until(lambda: is_stopped(pid))
    wait_until(lambda: not is_stopped(pid))


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_limit_that_is_none_is_said(seconds, store):
    with (
        pytest.raises(ValueError, match="stall_timeout must be above 0 seconds, or None, however"),
        record("never", store=store, stall_timeout=seconds),
    ):
        pass
