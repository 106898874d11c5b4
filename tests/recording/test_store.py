"""The store keeps what it was given, and says in one sentence when it cannot."""

import contextlib
import os
import pickle
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from bakeoff.experiments import Evaluation
from bakeoff.recording import Entry, RunStoppedError, Store, StoreError, database
from bakeoff.recording import run as module


def entry(number, key=None, value=None, **changes):
    detail = {"number": number}
    result = pickle.dumps({"value": number * 1.5} if value is None else value)
    return Entry(**{
        "key": key or f"key{number}", "position": number, "function": "f", "status": "done",
        "detail": detail, "result": result, **changes,
    })  # fmt: skip


def fill(store, run, n, start=0):
    for number in range(start, start + n):
        store.exchange(run, [entry(number)], [])


def test_what_is_written_is_read_back(store):
    run = store.open_run("a name", kind="comparison", spec='{"a": 1}')
    store.plan(run, 3, data="d", folds="f", pipeline="p")
    store.exchange(run, [entry(1), entry(0)], [])
    store.exchange(run, [entry(2, status="quarantined")], [])
    store.end_run(run, "finished")
    (read,) = store.runs()
    assert (read.name, read.kind, read.spec, read.state) == (
        "a name", "comparison", '{"a": 1}', "finished",
    )  # fmt: skip
    assert (read.planned, read.done, read.quarantined) == (3, 3, 1)
    assert (read.data, read.folds, read.pipeline) == ("d", "f", "p")
    assert read.created <= read.ended
    entries = store.entries(run, results=True)
    assert [e.position for e in entries] == [0, 1, 2]  # the run's order, not that of finishing
    assert [e.result["value"] for e in entries] == [0.0, 1.5, 3.0]
    assert store.entries(run)[0].result is None
    later = store.entries(run, after=entries[0].number)
    assert [e.position for e in later] == [2]


def test_results_are_read_that_name_a_module_which_has_moved(store):
    name = b"bakeoff.dashboard.experiments.evaluation"
    run = store.open_run("of long ago")
    store.exchange(run, [entry(0, result=b"c" + name + b"\nEvaluation\n.")], [])
    assert store.entries(run, results=True)[0].result is Evaluation


def test_evaluations_are_shared_and_go_with_the_last_run_that_has_them(store):
    first, second = store.open_run("first"), store.open_run("second")
    store.exchange(first, [entry(0), entry(1)], [])
    store.link(second, [(0, "key1")])
    store.delete(first)
    assert [run.name for run in store.runs()] == ["second"]
    assert set(store.results(["key0", "key1"])) == {"key1"}
    store.delete(second)
    assert store.results(["key1"]) == {}


def test_a_run_is_renamed(store):
    run = store.open_run("before")
    store.rename(run, "after")
    assert store.runs()[0].name == "after"


@pytest.mark.parametrize("state", ["stopped", "failed"])
def test_an_unfinished_run_is_taken_up_and_a_finished_one_is_not(store, state):
    run = store.open_run("name")
    fill(store, run, 2)
    store.end_run(run, state, "why")
    assert store.open_run("another name") != run
    assert store.open_run("name", spec="another") != run
    assert store.open_run("name") == run
    again = next(r for r in store.runs() if r.id == run)
    assert (again.state, again.reason, again.done) == ("running", None, 0)
    assert set(store.results(["key0", "key1"])) == {"key0", "key1"}  # to be found again
    store.end_run(run, "finished")
    assert store.open_run("name") != run


def test_a_run_in_progress_is_not_taken_over(store):
    assert store.open_run("name") != store.open_run("name")


def test_a_run_without_a_heartbeat_is_interrupted(store, monkeypatch):
    run = store.open_run("name")
    assert store.runs()[0].state == "running"
    now = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + module.STALE_AFTER + 1)
    assert store.runs()[0].state == "interrupted"
    store.beat(run)
    assert store.runs()[0].state == "running"


def test_a_run_whose_process_is_gone_is_interrupted_at_once(store):
    opening = f"from bakeoff.recording import Store; Store({str(store.path)!r}).open_run('n')"
    subprocess.run([sys.executable, "-c", opening], check=True)
    assert store.runs()[0].state == "interrupted"


def test_a_run_can_be_asked_to_stop(store):
    run = store.open_run("name")
    assert store.beat(run) is False
    store.stop(run)
    assert store.beat(run) is True
    store.delete(run)
    assert store.beat(run) is True  # nobody wants it any more


def test_work_is_claimed_once(store):
    mine, theirs = store.open_run("mine"), store.open_run("theirs")
    store.exchange(mine, [entry(0)], [])
    assert store.exchange(mine, [], ["key1", "key2"]) == ({}, set())
    done, busy = store.exchange(theirs, [], ["key0", "key1", "key3"])
    assert pickle.loads(done["key0"].result) == {"value": 0.0}
    assert busy == {"key1"}
    store.exchange(mine, [entry(1)], [])
    assert set(store.exchange(theirs, [], ["key1", "key2"])[0]) == {"key1"}
    store.end_run(mine, "stopped")
    assert store.exchange(theirs, [], ["key2"]) == ({}, set())  # given back


def test_any_number_of_keys(store):
    run = store.open_run("many")
    store.exchange(run, [entry(n) for n in range(1200)], [])
    assert len(store.results([f"key{n}" for n in range(5000)])) == 1200


def test_threads_share_a_store(store):
    run = store.open_run("threads")
    threads = [threading.Thread(target=fill, args=(store, run, 20, 20 * n)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.entries(run)) == 100


@pytest.mark.slow
def test_processes_share_a_store(store):
    writing = (
        "import sys; from bakeoff.recording import Entry, Store\n"
        f"store = Store({str(store.path)!r}); run = store.open_run(sys.argv[1])\n"
        "for n in range(200):\n"
        "    e = Entry(sys.argv[1] + str(n), n, 'f', 'done', {}, b'N.')\n"
        "    store.exchange(run, [e], [])\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", writing, name]) for name in "abc"]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    assert [run.done for run in store.runs()] == [200, 200, 200]
    assert store._file._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.slow
def test_many_make_the_same_store_at_once(tmp_path):
    path = tmp_path / "new.sqlite"
    opening = (
        "from bakeoff.recording import Store\n"
        "print('ready', flush=True); input()\n"
        f"Store({str(path)!r}).open_run('n')\n"
    )
    command = [sys.executable, "-c", opening]
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(6)
        ]
        for process in processes:
            assert process.stdout.readline() == "ready\n"
        for process in processes:  # all at the same moment
            process.stdin.write("\n")
            process.stdin.flush()
        assert [process.wait(timeout=120) for process in processes] == [0] * 6
    with Store(path) as store:
        assert 1 <= len(store.runs()) <= 6  # one that has ended is taken up by the next


def test_every_commit_is_on_the_disk_before_it_returns(store):
    assert store._file._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._file._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_a_machine_that_loses_power_loses_no_commit_and_corrupts_none(store, tmp_path):
    """What is on the disk when power goes is some first part of the last, unfinished write."""
    run = store.open_run("power")
    sizes, wal = {}, store.path.with_name(store.path.name + "-wal")
    for number in range(40):
        store.exchange(run, [entry(number)], [])
        sizes[number + 1] = wal.stat().st_size
    crash = tmp_path / "crash.sqlite"
    chance = random.Random(0)
    for _ in range(25):
        cut = chance.randint(sizes[1], sizes[40])
        shutil.copy(store.path, crash)
        crash_wal = tmp_path / "crash.sqlite-wal"
        crash_wal.write_bytes(wal.read_bytes()[:cut])
        (tmp_path / "crash.sqlite-shm").unlink(missing_ok=True)
        with Store(crash) as after:
            entries = after.entries(after.runs()[0].id, results=True)
            assert after._file._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        committed = max(n for n, size in sizes.items() if size <= cut)
        assert [e.result["value"] for e in entries] == [n * 1.5 for n in range(committed)]


@pytest.mark.slow
def test_a_writer_that_is_killed_leaves_whole_evaluations(store):
    writing = (
        "import pickle; from bakeoff.recording import Entry, Store\n"
        f"store = Store({str(store.path)!r}); run = store.open_run('killed')\n"
        "result = pickle.dumps(b'x' * 5000)\n"
        "for n in range(10**6):\n"
        "    store.exchange(run, [Entry(str(n), n, 'f', 'done', {}, result)], [])\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", writing], stdout=subprocess.PIPE, text=True)
    heard = -1
    while heard < 50:
        heard = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    heard = max([heard, *map(int, process.communicate()[0].split())])
    entries = store.entries(store.runs()[0].id, results=True)
    assert len(entries) >= heard + 1  # everything that was reported
    assert [e.position for e in entries] == list(range(len(entries)))
    assert {e.result for e in entries} == {b"x" * 5000}


# -- a store that cannot be used: one sentence, and nothing is lost ------------------------------


def test_a_full_disk(store):
    run = store.open_run("full")
    fill(store, run, 3)
    pages = store._file._db.execute("PRAGMA page_count").fetchone()[0]
    store._file._db.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreError, match=r"runs\.sqlite cannot be written: the disk is full"):
        store.exchange(run, [entry(9, value="x" * 100_000)], [])
    assert len(store.entries(run)) == 3
    store._file._db.execute("PRAGMA max_page_count=100000")
    fill(store, run, 1, start=3)  # when there is room again, it goes on
    assert len(store.entries(run)) == 4


def test_another_program_holds_the_lock(store):
    run = store.open_run("locked")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._file._db.execute("PRAGMA busy_timeout=100")
    with pytest.raises(StoreError, match="another program has locked it"):
        store.exchange(run, [entry(0)], [])
    with Store(store.path, timeout=0) as reader:  # who only reads waits for nobody
        assert [one.name for one in reader.runs()] == ["locked"]
    other.execute("ROLLBACK")
    other.close()
    fill(store, run, 1)
    assert len(store.entries(run)) == 1


def test_a_file_that_is_no_store(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but something somebody needs" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.txt is not a bakeoff store"):
        Store(path)
    assert path.read_bytes() == before


def test_another_program_s_database_is_left_alone(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE run (something)")
    other.close()
    with pytest.raises(StoreError, match=r"other\.sqlite is not a bakeoff store"):
        Store(path)


def test_a_store_of_the_future(store):
    store._file._db.execute(f"PRAGMA user_version={database.VERSION + 1}")
    with pytest.raises(StoreError, match="written by a newer bakeoff"):
        Store(store.path)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        Store(tmp_path / "file" / "runs.sqlite")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
def test_a_store_that_may_only_be_read(store):
    fill(store, store.open_run("before"), 1)
    store.path.parent.chmod(0o555)
    for file in store.path.parent.iterdir():
        file.chmod(0o444)
    opening = f"""
import os
from bakeoff.recording import Store, StoreError
for folder in [*reversed(__import__("pathlib").Path({str(store.path)!r}).parents)][2:-1]:
    folder.chmod(0o755)
if os.geteuid() == 0:  # to whom permissions mean nothing
    os.setuid(65534)
try:
    Store({str(store.path)!r}).open_run("mine")
except StoreError as problem:
    print(problem)
"""
    said = subprocess.run([sys.executable, "-c", opening], capture_output=True, text=True)
    assert "cannot be written: it is read-only" in said.stdout, said.stderr
    store.path.parent.chmod(0o755)
    for file in store.path.parent.iterdir():
        file.chmod(0o644)
    assert store.runs()[0].done == 1


def test_where_the_store_is(monkeypatch, tmp_path):
    monkeypatch.setenv("BAKEOFF_HOME", str(tmp_path / "mine"))
    with Store() as store:
        assert store.path == tmp_path / "mine" / "bakeoff.sqlite"
    monkeypatch.delenv("BAKEOFF_HOME")
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        assert database.home() == tmp_path / "data" / "bakeoff"
        monkeypatch.delenv("XDG_DATA_HOME")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert database.home() == tmp_path / ".local" / "share" / "bakeoff"


# -- runs that wait for their turn -----------------------------------------------------------------


def test_runs_take_turns_in_the_order_in_which_they_were_queued(store):
    runs = [store.queue_run(f"run {n}", "Comparison", "{}") for n in range(4)]
    store.open_run("of a script")  # which waits for none, and for which none waits
    assert [store.turn(run) for run in runs] == [0, 1, 2, 3]
    store.end_run(runs[1], "stopped")
    store.start_run(runs[0])
    assert [run.name for run in store.ahead_of(runs[3])] == ["run 0", "run 2"]
    store.queue_again(runs[1])  # resumed, it is the last
    assert [run.name for run in store.ahead_of(runs[1])] == ["run 0", "run 2", "run 3"]


def test_a_run_that_was_silent_when_its_turn_came_waits_for_the_one_that_took_it(
    store, monkeypatch
):
    silent, next_one = (store.queue_run(name, "Comparison", "{}") for name in ("silent", "next"))
    now = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + module.STALE_AFTER + 1)
    assert store.turn(next_one) == 0
    store.start_run(next_one)
    assert [run.name for run in store.ahead_of(silent)] == ["next"]
    assert store.turn(silent) == 1
    store.end_run(next_one, "finished")
    assert store.turn(silent) == 0


def test_a_process_on_its_way_up_is_vouched_for_until_it_speaks(store, monkeypatch):
    run = store.queue_run("name", "Comparison", "{}")
    now = time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + module.STALE_AFTER + 1)
    assert store.run(run).state == "interrupted"
    assert store.vouch(run)
    assert store.run(run).state == "queued"
    store.stop(run)
    assert not store.vouch(run)
    other = store.queue_run("another", "Comparison", "{}")
    monkeypatch.setattr("bakeoff.recording.store.this_process", lambda: ("host", 1))
    store.turn(other)  # its own process
    monkeypatch.undo()
    assert not store.vouch(other)


def test_a_script_s_run_is_not_waited_for(store):
    store.open_run("script")
    assert store.turn(store.queue_run("queued", "Comparison", "{}")) == 0


def test_nobody_waits_for_a_queued_run_that_died(store):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    first, second = (store.queue_run(name, "Comparison", "{}") for name in ("first", "second"))
    store._file._db.execute("UPDATE run SET pid=? WHERE id=?", (dead.pid, first))
    assert store.run(first).state == "interrupted"
    assert store.turn(second) == 0


def test_a_run_that_ended_can_be_queued_again_and_one_that_goes_on_cannot(store):
    run = store.queue_run("name", "Comparison", "{}")
    assert not store.queue_again(run)
    store.start_run(run)
    assert not store.queue_again(run)
    fill(store, run, 2)
    store.end_run(run, "failed", "why")
    assert store.queue_again(run)
    found = store.run(run)
    assert (found.state, found.reason, found.done) == ("queued", None, 2)
    assert not store.queue_again("no such run")


def test_a_queued_run_is_stopped_or_deleted_before_it_begins(store):
    stopped, deleted = (store.queue_run(name, "Comparison", "{}") for name in ("one", "two"))
    store.stop(stopped)
    store.delete(deleted)
    for run in (stopped, deleted):
        with pytest.raises(RunStoppedError):
            store.turn(run)


def test_a_stop_between_the_turn_and_the_start_is_not_lost(store):
    run = store.queue_run("name", "Comparison", "{}")
    store.turn(run)
    store.stop(run)
    store.start_run(run)
    assert store.beat(run)


def test_what_was_fitted_is_told_from_what_was_found(store):
    fill(store, store.open_run("before"), 2)
    run = store.queue_run("now", "Comparison", "{}")
    store.start_run(run)
    store.link(run, [(0, "key0"), (1, "key1")])
    fill(store, run, 1, start=2)
    assert (store.run(run).done, store.run(run).fitted) == (3, 1)


def test_workers_show_what_they_do_until_the_run_ends(store):
    run = store.open_run("name")
    store.watch(run, 1, {"epoch": 1})
    store.watch(run, 2, {"epoch": 5})
    store.watch(run, 1, {"epoch": 2})
    store.watch("deleted", 3, {"epoch": 1})
    assert store.live(run) == [{"epoch": 2}, {"epoch": 5}]
    store.end_run(run, "finished")
    assert store.live(run) == []


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_of_an_older_format_is_brought_up_to_date_with_all_it_holds(version, store):
    fill(store, store.open_run("kept"), 3)
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        lacking = [
            "run.parts",
            "run.crc",
            "run.began",
            "part.crc",
            "part.computed",
            "evaluation.crc",
            "evaluation.result_crc",
        ]
        lacking += ["run.traceback"] * (version < 3) + ["run.queued", "run.started"] * (version < 2)
        lacking += ["evaluation.asked", "evaluation.reads"]
        db.execute("DROP INDEX evaluation_asked")
        for table, _, column in (name.partition(".") for name in lacking):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        if version == 1:
            db.execute("DROP TABLE live")
        db.execute(f"PRAGMA user_version={version}")
    with Store(store.path) as later:
        (run,) = later.runs()
        assert (run.name, run.done) == ("kept", 3)
        values = [entry.result["value"] for entry in later.entries(run.id, results=True)]
        assert values == [0.0, 1.5, 3.0]
        assert set(later.results(["key0", "key3"])) == {"key0"}
        run = later.queue_run("new", "Comparison", "{}")
        assert later.turn(run) == 0
        later.end_run(run, "failed", "one line", "Traceback …")
        assert later.run(run).traceback == "Traceback …"


def test_where_a_run_failed_is_kept_until_it_goes_on(store):
    run = store.open_run("mine")
    store.end_run(run, "failed", "ValueError: no", "Traceback …")
    assert (store.run(run).reason, store.run(run).traceback) == ("ValueError: no", "Traceback …")
    assert store.open_run("mine") == run
    assert store.run(run).traceback is None
    store.end_run(run, "failed", "ValueError: no", "Traceback …")
    assert store.queue_again(run)
    assert store.run(run).traceback is None
