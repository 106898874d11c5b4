"""Runs in processes of their own: queued, carried out, stopped, killed, resumed."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from bakeoff.experiments import Comparison, launch, run, stored_evaluations
from bakeoff.experiments.runs import background
from bakeoff.experiments.runs.background import VERBOSE, resume
from bakeoff.recording import Store

pytestmark = pytest.mark.slow

QUICK = Comparison("iris", ["svm_rbf", "dummy"], n_splits=3)
# Hundreds of fits: it cannot be over before it is stopped.
ENDLESS = Comparison("digits", ["svm_rbf", "svm_linear"], n_splits=20, n_repeats=20)


@pytest.fixture
def store():
    with Store() as opened:
        yield opened
        for found in opened.runs():
            opened.stop(found.id)
        wait_until(lambda: not any(found.active for found in opened.runs()))


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def end(store, identity):
    wait_until(lambda: not store.run(identity).active)
    return store.run(identity)


def pid(store, identity):
    with sqlite3.connect(store.path) as db:
        return db.execute("SELECT pid FROM run WHERE id=?", (identity,)).fetchone()[0]


def under_way(store, spec=ENDLESS, n=2):
    identity = launch(spec, store)
    wait_until(lambda: store.run(identity).done >= n or not store.run(identity).active)
    assert store.run(identity).state == "running", store.run(identity).reason
    return identity


def test_the_evaluations_are_those_of_the_same_spec_in_this_process(store):
    identity = launch(QUICK, store)
    assert store.run(identity).state == "queued"
    assert end(store, identity).state == "finished"
    found = stored_evaluations(store, identity)
    with Store(store.path.with_name("other.sqlite")) as other:
        expected = list(run(QUICK, store=other))
    assert [(e.model, e.fold, e.score) for e in found] == [
        (e.model, e.fold, e.score) for e in expected
    ]


def test_a_run_goes_on_when_the_process_that_asked_for_it_is_killed(store):
    code = (
        "from bakeoff.experiments import Comparison, launch\n"
        f"print(launch({ENDLESS!r}), flush=True)\n"
        "import time; time.sleep(600)\n"
    )
    asker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    identity = asker.stdout.readline().strip()
    asker.kill()
    asker.wait()
    asker.stdout.close()
    wait_until(lambda: store.run(identity).done >= 2)
    assert store.run(identity).state == "running"


def test_two_runs_take_turns(store):
    first = under_way(store)
    second = launch(QUICK, store)
    wait_until(lambda: pid(store, second) != os.getpid())  # its own process asks for its turn
    asked = store.run(second).heartbeat
    wait_until(lambda: store.run(second).heartbeat > asked)  # and once more
    assert store.run(second).state == "queued"
    store.stop(first)
    assert end(store, second).state == "finished"
    assert store.run(first).state == "stopped"


def test_a_stopped_run_goes_on_where_it_ended(store):
    identity = under_way(store, n=4)
    resume(identity, store)  # of a run that goes on, nothing comes
    store.stop(identity)
    before = end(store, identity)
    assert before.state == "stopped"
    resume(identity, store)
    wait_until(lambda: store.run(identity).done > before.done)
    found = store.run(identity)
    assert found.done - found.fitted >= before.done


def test_a_run_is_stopped_while_it_waits(store):
    under_way(store)
    waiting = launch(QUICK, store)
    store.stop(waiting)
    found = end(store, waiting)
    assert (found.state, found.done) == ("stopped", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_process_is_an_interrupted_run_with_a_reason(store):
    identity = under_way(store)
    os.kill(pid(store, identity), signal.SIGKILL)
    wait_until(lambda: store.run(identity).reason is not None)
    found = store.run(identity)
    assert found.state == "interrupted"
    assert "SIGKILL, often because memory ran out" in found.reason
    assert found.done >= 2


def test_a_spec_that_cannot_run_fails_with_its_reason(store):
    found = end(store, launch(Comparison("iris", ["dummy"], n_splits=60), store))
    assert found.state == "failed"
    assert "n_splits must be at most" in found.reason
    assert "in check_enough" in found.traceback
    found = end(store, launch(Comparison("no such data", ["dummy"]), store))
    assert "there is no data set 'no such data'" in found.reason
    assert "spec.load()" in found.traceback


def test_a_process_that_cannot_even_begin_leaves_its_traceback(store, tmp_path, monkeypatch):
    (tmp_path / "sklearn.py").write_text("raise RuntimeError('a broken installation')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    identity = launch(QUICK, store)
    wait_until(lambda: store.run(identity).reason is not None)
    found = store.run(identity)
    assert found.state == "interrupted"
    assert "exit code 1" in found.reason
    assert found.traceback.startswith("Traceback (most recent call last)")
    assert found.traceback.strip().endswith("RuntimeError: a broken installation")


def test_a_process_that_takes_long_to_come_up_is_vouched_for(store, monkeypatch):
    monkeypatch.setattr(background, "_VOUCH_SECONDS", 0.01)
    identity = store.queue_run("slow", "Comparison", QUICK.to_json())
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    waiting = threading.Thread(target=background._bury, args=(identity, process, None))
    waiting.start()
    before = store.run(identity).heartbeat
    wait_until(lambda: store.run(identity).heartbeat > before)
    process.kill()
    process.stdin.close()
    waiting.join()
    assert "SIGKILL" in store.run(identity).reason


@pytest.mark.parametrize("verbose", [False, True])
def test_the_terminal_hears_of_a_failed_run_on_request(verbose, store):
    code = (
        "import time\n"
        "from bakeoff.experiments import Comparison, launch\n"
        "from bakeoff.recording import Store\n"
        "with Store() as store:\n"
        "    run = launch(Comparison('no such data', ['dummy']), store)\n"
        "    while store.run(run).active: time.sleep(0.1)\n"
    )
    environment = {**os.environ, **({VERBOSE: "1"} if verbose else {})}
    asker = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert ("there is no data set 'no such data'" in asker.stderr) == verbose


def test_a_deleted_run_ends(store):
    identity = under_way(store)
    process = pid(store, identity)
    store.delete(identity)
    wait_until(lambda: gone(process))


def gone(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_net_in_training_shows_its_losses(store):
    identity = launch(Comparison("digits", ["gru"], n_splits=2), store)
    wait_until(lambda: store.live(identity) or not store.run(identity).active)
    (net, *_) = store.live(identity)
    assert net["model"] == "gru"
    assert net["fold"] in (0, 1)
    assert len(net["curve"]["train_loss"]) >= 1
    assert all(loss > 0 for loss in net["curve"]["train_loss"])
