"""A machine's clock that is set, hours forward or back, changes no more than the times shown."""

import time

import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from sklearn.svm import SVC

from bakeoff.recording import record
from bakeoff.recording import run as module

HOURS = 3600.0
X, y = load_iris(return_X_y=True)


@pytest.fixture(params=[-5 * HOURS, 5 * HOURS], ids=["back", "forward"])
def set_clock(request, monkeypatch):
    """Set the clock, as seen by all that asks for the time."""
    tell = time.time

    def set_() -> None:
        monkeypatch.setattr(time, "time", lambda: tell() + request.param)

    return set_


def test_a_run_goes_on_and_stays_alive(store, set_clock):
    run = store.open_run("lives")
    store.exchange(run, [], ["key"])
    set_clock()
    assert store.run(run).state == "running"
    assert store.open_run("lives") != run  # it is not taken over
    assert store.exchange(store.open_run("other"), [], ["key"]) == ({}, {"key"})
    assert store.beat(run) is False
    assert store.run(run).state == "running"


def test_a_run_that_is_silent_is_noticed(store, set_clock, monkeypatch):
    run = store.open_run("silent")
    set_clock()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + module.STALE_AFTER + 1)
    assert store.run(run).state == "interrupted"


def test_a_run_of_before_the_machine_was_started_is_none(store, set_clock, monkeypatch):
    run = store.open_run("before")
    set_clock()
    monkeypatch.setattr(time, "monotonic", lambda: 0.1)
    assert store.run(run).state == "interrupted"


def test_runs_and_their_turns_keep_their_order(store, set_clock):
    first = store.queue_run("a name", "Comparison", "{}")
    set_clock()
    second = store.queue_run("a name", "Comparison", "{}")
    assert [run.id for run in store.runs()] == [second, first]
    assert [store.turn(run) for run in (first, second)] == [0, 1]


def test_the_last_run_of_a_name_is_taken_up(store, set_clock):
    store.end_run(store.open_run("search"), "finished")
    set_clock()
    last = store.open_run("search")
    store.end_run(last, "stopped")
    assert store.open_run("search") == last


def test_durations_are_those_that_passed(store, set_clock):
    search = GridSearchCV(SVC(), {"C": [1, 10]}, cv=3)
    with record("before", backend="threading", store=store):
        search.fit(X, y)
    set_clock()
    before = time.monotonic()
    with record("now", backend="threading", store=store) as recording:
        search.set_params(param_grid={"C": [1, 100]}).fit(X, y)
        set_clock()
        passed = time.monotonic() - before
        under_way = store.run(recording.run)
    assert 0 <= under_way.seconds <= passed
    assert (under_way.done, under_way.fitted) == (6, 3)  # what was found is told from what is new
    assert before <= under_way.first <= before + passed
    ended = store.run(recording.run)
    assert under_way.seconds <= ended.seconds <= time.monotonic() - before
