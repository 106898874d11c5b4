"""What is lost when something is really killed: what was being worked on, and no more."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

from bakeoff.recording import Store

pytestmark = [pytest.mark.privates, pytest.mark.slow]

DEPTHS = list(range(1, 13))
FOLDS = 5
FITS = len(DEPTHS) * FOLDS
N_WORKERS = 2

# A tree that writes a line for each fit, takes its time, and dies where a test wants it to. It is
# of a package: in code of one's own, the variables that it asks for would be part of the key.
MORTAL = """
import os, signal, time
from sklearn.tree import DecisionTreeClassifier

class MortalTree(DecisionTreeClassifier):
    def __init__(self, max_depth=None, random_state=None, batch_size=32):
        super().__init__(max_depth=max_depth, random_state=random_state)
        self.batch_size = batch_size

    def fit(self, X, y):
        with open("fits.log", "a") as log:
            log.write(f"{os.getpid()} {self.max_depth}\\n")
        time.sleep(float(os.environ.get("SECONDS", "0")))
        if str(self.max_depth) in os.environ.get("DEADLY", "").split():
            try:
                if os.environ.get("ONCE"):
                    os.mkdir(f"died-{self.max_depth}")
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                pass
        return super().fit(X, y)
"""
SEARCH = f"""
import json, os, sys
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from bakeoff.recording import record
from mortal import MortalTree

if __name__ == "__main__":
    search = GridSearchCV(
        MortalTree(random_state=0), {{"max_depth": {DEPTHS}}}, error_score=ERROR_SCORE,
        cv=int(os.environ.get("FOLDS", "{FOLDS}")),
    )
    with record("mortal", n_jobs={N_WORKERS}, retry="retry" in sys.argv) as recording:
        search.fit(*load_iris(return_X_y=True))
    print(json.dumps({{
        "scores": search.cv_results_["mean_test_score"].tolist(),
        "best": search.best_params_,
        "reused": recording.reused, "quarantined": recording.quarantined,
    }}))
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "mortal.py").write_text(MORTAL)
    (tmp_path / "search.py").write_text(SEARCH.replace("ERROR_SCORE", "float('nan')"))
    return tmp_path


@pytest.fixture
def start(folder):
    """Start the search as a user would; whatever still runs at the end is killed."""
    started = []

    def start_(*script, **environment):
        environment = {
            **os.environ, "BAKEOFF_HOME": str(folder), "PYTHONHASHSEED": str(len(started)),
            "PYTHONWARNINGS": "default", "PYTHONPATH": str(folder / "site-packages"), **environment,
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, *(script or ("search.py",))],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_
    for process in started:
        process.kill()
        process.communicate()


def fits(folder):
    """The processes that fitted, one entry per fit."""
    log = folder / "fits.log"
    return [int(line.split()[0]) for line in log.read_text().splitlines()] if log.exists() else []


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def finish(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


def stock_scores(folds=FOLDS):
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": DEPTHS}, cv=folds)
    return search.fit(*load_iris(return_X_y=True)).cv_results_["mean_test_score"]


needs_proc = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")


@needs_proc
def test_a_killed_run_is_taken_up_where_it_was(folder, start):
    run = start(SECONDS="0.1")
    wait_until(lambda: len(fits(folder)) > 20)
    run.send_signal(signal.SIGKILL)
    run.wait()
    workers = set(fits(folder))
    wait_until(lambda: not any(map(is_running, workers)), seconds=20)
    before = len(fits(folder))
    with Store(folder / "bakeoff.sqlite") as store:
        (interrupted,) = store.runs()
        assert interrupted.state == "interrupted"
        assert before - 2 * N_WORKERS <= interrupted.done <= before

    result = finish(start())
    assert len(fits(folder)) <= FITS + 2 * N_WORKERS + 1  # the refit of the best
    assert result["reused"] == interrupted.done
    np.testing.assert_array_equal(result["scores"], stock_scores())
    with Store(folder / "bakeoff.sqlite") as store:
        (finished,) = store.runs()
        assert (finished.id, finished.state) == (interrupted.id, "finished")
        assert (finished.planned, finished.done) == (FITS, FITS)


def test_a_worker_that_dies_once_costs_nothing_but_time(folder, start):
    result = finish(start(DEADLY="3 7", ONCE="1"))
    assert result["quarantined"] == 0
    np.testing.assert_array_equal(result["scores"], stock_scores())


def test_a_candidate_that_always_kills_is_given_up_and_the_rest_goes_on(folder, start):
    folds = 2  # each of the two kills in each of them, twice, and each time a process is started
    deadly = {"DEADLY": "3 7", "FOLDS": str(folds)}
    result = finish(start(**deadly))
    assert result["quarantined"] == 2 * folds
    expected = stock_scores(folds)
    expected[[2, 6]] = np.nan
    np.testing.assert_array_equal(result["scores"], expected)
    with Store(folder / "bakeoff.sqlite") as store:
        given_up = [e for e in store.entries(store.runs()[0].id) if e.status == "quarantined"]
    assert {e.detail["params"]["max_depth"] for e in given_up} == {3, 7}
    assert (
        given_up[0]
        .detail["error"]
        .endswith(
            "died twice (SIGKILL(-9)), often because memory ran out; smaller batches than "
            "batch_size=32 need less of it"
        )
    )

    again = len(fits(folder))
    result = finish(start(**deadly))  # it is not let near a worker again
    np.testing.assert_array_equal(result["scores"], expected)
    assert len(fits(folder)) == again + 1  # the refit of the best
    assert result["quarantined"] == 2 * folds

    result = finish(
        start("search.py", "retry", FOLDS=str(folds))
    )  # with what it needs, and with consent
    assert result["quarantined"] == 0
    np.testing.assert_array_equal(result["scores"], stock_scores(folds))


def test_where_a_failed_score_is_not_wanted_the_reason_is_raised(folder, start):
    (folder / "strict.py").write_text(SEARCH.replace("ERROR_SCORE", "'raise'"))
    out, err = start("strict.py", DEADLY="3", FOLDS="2").communicate(timeout=300)
    assert out == ""
    assert "WorkerDiedError: its worker process died twice (SIGKILL(-9))" in err
    with Store(folder / "bakeoff.sqlite") as store:
        (run,) = store.runs()
    assert run.state == "failed"
    assert "died twice" in run.reason


@needs_proc
def test_ctrl_c_ends_it_at_once_and_keeps_what_is_finished(folder, start):
    run = start(SECONDS="0.1")
    wait_until(lambda: len(fits(folder)) > 10)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert "KeyboardInterrupt" in err
    assert not any(map(is_running, set(fits(folder))))
    with Store(folder / "bakeoff.sqlite") as store:
        (stopped,) = store.runs()
    assert stopped.state == "stopped"
    assert stopped.done > 5
    assert finish(start())["reused"] == stopped.done


def test_a_run_is_stopped_from_another_process(folder, start):
    run = start(SECONDS="0.1")
    wait_until(lambda: len(fits(folder)) > 5)
    with Store(folder / "bakeoff.sqlite") as store:
        store.stop(store.runs()[0].id)
        _, err = run.communicate(timeout=60)
        assert "RunStoppedError: the run was stopped" in err
        assert store.runs()[0].state == "stopped"
        assert store.runs()[0].done > 3


def test_two_processes_share_the_work_of_one_search(folder, start):
    runs = [start(SECONDS="0.1"), start(SECONDS="0.1")]
    first, second = map(finish, runs)
    assert first["scores"] == second["scores"] == stock_scores().tolist()
    assert len(fits(folder)) == FITS + 2  # and each refits its best
    assert first["reused"] + second["reused"] == FITS


def test_a_search_waits_for_a_neighbour_and_goes_on_when_that_one_is_killed(folder, start):
    slow = start(SECONDS="1")
    wait_until(lambda: len(fits(folder)) >= N_WORKERS)
    quick = start()
    wait_until(lambda: len(fits(folder)) > FITS - 2 * N_WORKERS)
    slow.kill()
    slow.communicate()
    np.testing.assert_array_equal(finish(quick)["scores"], stock_scores())
