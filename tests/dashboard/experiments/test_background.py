import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from bakeoff.dashboard.experiments import BackgroundRun, Comparison, engine

QUICK = Comparison("iris", ["svm_rbf", "dummy"], n_splits=3)
# Hundreds of fits: it cannot be over before it is stopped.
ENDLESS = Comparison("wine", ["svm_rbf", "mlp"], n_splits=20, n_repeats=30)


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def running():
    return {child.pid for child in multiprocessing.active_children()}


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def endless():
    wait_until(lambda: not running())  # the last test's process may still be on its way out
    run = BackgroundRun(ENDLESS)
    wait_until(lambda: run.poll() or run.state != "running")
    assert run.state == "running", run.reason
    yield run
    run.stop()


def test_the_evaluations_are_those_of_the_same_comparison_in_this_process():
    run = BackgroundRun(QUICK)
    arrived = []
    while run.state == "running":
        arrived += run.poll()
        time.sleep(0.05)
    assert run.state == "finished", run.reason
    assert arrived == run.evaluations
    expected = list(engine.run(QUICK))
    assert [(e.model, e.fold, e.score) for e in arrived] == [
        (e.model, e.fold, e.score) for e in expected
    ]
    for one, other in zip(arrived, expected, strict=True):
        np.testing.assert_array_equal(one.predicted, other.predicted)


def test_stop_ends_the_process_at_once_and_keeps_what_had_arrived(endless):
    before = len(endless.evaluations)
    (pid,) = running()
    endless.stop()
    assert gone(pid)
    assert endless.state == "stopped"
    kept = len(endless.evaluations)
    assert kept >= before > 0
    assert endless.poll() == []
    assert len(endless.evaluations) == kept


def test_stop_after_the_end_changes_nothing():
    run = BackgroundRun(QUICK)
    wait_until(lambda: run.poll() is not None and run.state != "running")
    run.stop()
    assert run.state == "finished"
    assert len(run.evaluations) == QUICK.n_evaluations


def test_what_cannot_run_fails_with_its_reason():
    run = BackgroundRun(Comparison("wine", ["dummy"], n_splits=100))
    wait_until(lambda: run.poll() is not None and run.state != "running")
    assert run.state == "failed"
    assert "n_splits must be at most" in run.reason


def test_a_process_ended_by_a_signal_is_reported_with_its_name(endless):
    (pid,) = running()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: endless.poll() is not None and endless.state != "running")
    assert endless.state == "failed"
    assert "SIGKILL" in endless.reason
    assert endless.evaluations


def test_a_run_that_nobody_holds_any_more_ends():
    wait_until(lambda: not running())
    run = BackgroundRun(ENDLESS)
    wait_until(run.poll)
    (pid,) = running()
    del run
    gc.collect()
    wait_until(lambda: pid not in running())


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not a signal to one process there")
def test_ctrl_c_is_for_the_parent_alone_from_the_first_moment():
    wait_until(lambda: not running())
    run = BackgroundRun(QUICK)
    (pid,) = running()
    while run.state == "running":
        os.kill(pid, signal.SIGINT)
        run.poll()
        time.sleep(0.05)
    assert run.state == "finished", run.reason


PARENT = """
import multiprocessing, time
from bakeoff.dashboard.experiments import BackgroundRun, Comparison
if __name__ == "__main__":
    run = BackgroundRun(Comparison("wine", ["svm_rbf", "mlp"], n_splits=20, n_repeats=30))
    while not run.poll():
        time.sleep(0.05)
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_run_dies_with_a_parent_that_is_killed(tmp_path):
    path = tmp_path / "parent.py"
    path.write_text(PARENT)
    with subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert not gone(pid)
        parent.kill()
    wait_until(lambda: gone(pid))
