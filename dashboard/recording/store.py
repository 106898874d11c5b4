"""The store: one SQLite file that runs, the dashboard and scripts share.

A row of ``evaluation`` is one finished piece of work under the digest of its content, so that any
run which comes to the same work again finds it. A row of ``run`` is one press of the button or
one ``with record(...)`` block; ``part`` says which evaluations belong to it, and ``claim`` says
who is working on what.

The file is in WAL mode with ``synchronous=FULL``: a commit is on the disk before it returns, and
a process or a machine that dies between two writes leaves the file as it was after the last one.
WAL needs shared memory, so the file must be on a local disk, not on a network share.

Results are pickled. Open stores that you wrote yourself and no others.
"""

import json
import os
import pickle
import socket
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

State = Literal["running", "finished", "stopped", "failed", "interrupted"]
Status = Literal["done", "failed", "quarantined"]

STALE_AFTER = 30.0  # seconds without a heartbeat
VERSION = 1
APPLICATION = 0x62616B65  # says whose file it is, to SQLite and to file(1)

_SCHEMA = f"""
CREATE TABLE run (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, spec TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, planned INTEGER NOT NULL DEFAULT 0,
    data TEXT, folds TEXT, pipeline TEXT, stop INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL, ended REAL, heartbeat REAL NOT NULL,
    host TEXT NOT NULL, pid INTEGER NOT NULL
) STRICT;
CREATE TABLE evaluation (
    key TEXT PRIMARY KEY, function TEXT NOT NULL, status TEXT NOT NULL, detail TEXT NOT NULL,
    result BLOB NOT NULL, created REAL NOT NULL
) STRICT;
CREATE TABLE part (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, key TEXT NOT NULL REFERENCES evaluation,
    position INTEGER NOT NULL, UNIQUE (run, key)
) STRICT;
CREATE INDEX part_key ON part (key);
CREATE TABLE claim (
    key TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""


class StoreError(RuntimeError):
    """The store cannot be read or written; what was in it stays."""


@dataclass(frozen=True)
class Run:
    """One run, as of the moment it was read.

    Attributes
    ----------
    id, name, kind : str
        ``kind`` is ``"record"`` for a ``with record(...)`` block, else that of the spec.
    spec : str
        The spec as JSON; empty for a ``with record(...)`` block.
    state : {"running", "finished", "stopped", "failed", "interrupted"}
        Interrupted when its process is gone, or silent for 30 seconds, without having said more.
    reason : str or None
        One line that says why it failed.
    planned, done, quarantined : int
        Evaluations known so far, those that are finished, and those among them that were given
        up because they killed their worker.
    data, folds, pipeline : str or None
        Fingerprints of what ran; None before the first evaluation is planned.
    created, ended, heartbeat : float
        Seconds since 1970; ``ended`` is None while it runs.
    """

    id: str
    name: str
    kind: str
    spec: str
    state: State
    reason: str | None
    planned: int
    done: int
    quarantined: int
    data: str | None
    folds: str | None
    pipeline: str | None
    created: float
    ended: float | None
    heartbeat: float


@dataclass(frozen=True)
class Entry:
    """One finished evaluation of a run.

    Attributes
    ----------
    key : str
        Digest of what was evaluated.
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
    """

    key: str
    position: int
    function: str
    status: Status
    detail: Mapping[str, Any]
    result: Any = None
    number: int = 0


def home() -> Path:
    """Return the folder of the store: ``BAKEOFF_HOME``, or the user's data folder."""
    if chosen := os.environ.get("BAKEOFF_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "bakeoff"


class Store:
    """Open the store, making the file when it is not there.

    Parameters
    ----------
    path : path-like, optional
        The file; ``bakeoff.sqlite`` in `home` when left out.
    timeout : float, default=30
        Seconds to wait for another process that writes.

    Raises
    ------
    StoreError
        Here and in every method: when the file cannot be read or written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/runs.sqlite") as store:
    ...     run = store.open_run("a try")
    ...     store.end_run(run, "finished")
    ...     [(r.name, r.state, r.done) for r in store.runs()]
    [('a try', 'finished', 0)]
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, timeout: float = 30.0) -> None:
        self.path = Path(path) if path is not None else home() / "bakeoff.sqlite"
        self._lock = threading.RLock()
        with self._one_clear_error():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.path, timeout=timeout, isolation_level=None, check_same_thread=False
            )
        try:
            self._prepare(timeout)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, timeout: float) -> None:
        with self._one_clear_error():
            tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            owner = self._db.execute("PRAGMA application_id").fetchone()[0]
            if tables and owner != APPLICATION:
                raise StoreError(f"{self.path} is not a bakeoff store, but another program's")
            self._use_wal(time.monotonic() + timeout)
            for pragma in ("synchronous=FULL", "foreign_keys=ON"):
                self._db.execute(f"PRAGMA {pragma}")
        with self._transaction() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise StoreError(
                    f"the store {self.path} was written by a newer bakeoff (format {version}, "
                    f"this one reads {VERSION}); update bakeoff or set BAKEOFF_HOME elsewhere"
                )
            if version == 0:
                for statement in _SCHEMA.split(";"):  # executescript would commit in between
                    db.execute(statement)

    def _use_wal(self, deadline: float) -> None:
        """Switch to WAL, where SQLite does not itself wait for another that does the same."""
        while True:
            try:
                self._db.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as problem:
                if "locked" not in str(problem) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- runs ----------------------------------------------------------------------------------

    def open_run(self, name: str, kind: str = "record", spec: str = "") -> str:
        """Start a run, or take up the last unfinished one of the same name, kind and spec.

        Returns
        -------
        str
            Its id.
        """
        mine = (socket.gethostname(), os.getpid())
        now = time.time()
        with self._transaction() as db:
            before = db.execute(
                "SELECT id, state, heartbeat, host, pid FROM run WHERE name=? AND kind=? AND spec=?"
                " ORDER BY created DESC LIMIT 1",
                (name, kind, spec),
            ).fetchone()
            if before and _state(*before[1:]) not in ("running", "finished"):
                run: str = before[0]
                # Listed anew as they are found again: the script may have changed.
                db.execute("DELETE FROM part WHERE run=?", (run,))
                db.execute("DELETE FROM claim WHERE run=?", (run,))
                db.execute(
                    "UPDATE run SET state='running', reason=NULL, planned=0, stop=0, ended=NULL,"
                    " heartbeat=?, host=?, pid=? WHERE id=?",
                    (now, *mine, run),
                )
            else:
                run = uuid.uuid4().hex
                db.execute(
                    "INSERT INTO run (id, name, kind, spec, state, created, heartbeat, host, pid)"
                    " VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?)",
                    (run, name, kind, spec, now, now, *mine),
                )
        return run

    def plan(self, run: str, more: int, data: str, folds: str, pipeline: str) -> None:
        """Add to the number of evaluations a run will have, and note its fingerprints."""
        with self._transaction() as db:
            db.execute(
                "UPDATE run SET planned=planned+?, data=?, folds=?, pipeline=? WHERE id=?",
                (more, data, folds, pipeline, run),
            )

    def beat(self, run: str) -> bool:
        """Say that the run is alive; return whether it has been asked to stop."""
        with self._transaction() as db:
            row = db.execute(
                "UPDATE run SET heartbeat=? WHERE id=? RETURNING stop", (time.time(), run)
            ).fetchone()
        return row is None or bool(row[0])  # a run that was deleted has no use for more work

    def stop(self, run: str) -> None:
        """Ask a run to stop; its own process does so within a second or two."""
        with self._transaction() as db:
            db.execute("UPDATE run SET stop=1 WHERE id=?", (run,))

    def end_run(self, run: str, state: State, reason: str | None = None) -> None:
        """Note how a run ended and give back what it had claimed."""
        with self._transaction() as db:
            db.execute(
                "UPDATE run SET state=?, reason=?, ended=? WHERE id=?",
                (state, reason, time.time(), run),
            )
            db.execute("DELETE FROM claim WHERE run=?", (run,))

    def rename(self, run: str, name: str) -> None:
        """Give a run another name."""
        with self._transaction() as db:
            db.execute("UPDATE run SET name=? WHERE id=?", (name, run))

    def delete(self, run: str) -> None:
        """Delete a run and every evaluation that belongs to no other."""
        with self._transaction() as db:
            keys = db.execute("SELECT key FROM part WHERE run=?", (run,)).fetchall()
            db.execute("DELETE FROM run WHERE id=?", (run,))
            db.executemany(
                "DELETE FROM evaluation WHERE key=? AND key NOT IN (SELECT key FROM part)", keys
            )

    def runs(self) -> list[Run]:
        """Return all runs, the latest first."""
        return self._runs("ORDER BY created DESC, rowid DESC")

    def run(self, identity: str) -> Run:
        """Return one run.

        Raises
        ------
        KeyError
            When it is not there, or not any more.
        """
        found = self._runs("WHERE id=?", identity)
        if not found:
            raise KeyError(f"no run has the id {identity!r}")
        return found[0]

    def _runs(self, which: str, *values: str) -> list[Run]:
        with self._reading() as db:
            rows = db.execute(
                "SELECT id, name, kind, spec, state, heartbeat, host, pid, reason,"
                " max(planned, (SELECT count(*) FROM part WHERE run=id)),"
                " (SELECT count(*) FROM part WHERE run=id),"
                " (SELECT count(*) FROM part JOIN evaluation USING (key)"
                "  WHERE run=id AND status='quarantined'),"
                f" data, folds, pipeline, created, ended, heartbeat FROM run {which}",
                values,
            ).fetchall()
        return [Run(*(*row[:4], _state(*row[4:8]), *row[8:])) for row in rows]

    # -- evaluations ---------------------------------------------------------------------------

    def exchange(
        self, run: str, finished: Sequence[Entry], wanted: Sequence[str]
    ) -> tuple[dict[str, tuple[Status, bytes]], set[str]]:
        """Hand in what is finished, and take on what nobody has done and no living run is doing.

        Parameters
        ----------
        run : str
        finished : sequence of Entry
            Durable when this returns.
        wanted : sequence of str
            Keys of what the run would do next.

        Returns
        -------
        done : dict
            Of the wanted that are there already: status and pickled result.
        busy : set of str
            Those that another run is working on. All the rest is now this one's to do.
        """
        now = time.time()
        rows = [
            (e.key, e.function, e.status, json.dumps(e.detail), e.result, now) for e in finished
        ]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO evaluation VALUES (?, ?, ?, ?, ?, ?)", rows)
            db.executemany("DELETE FROM claim WHERE key=?", [(e.key,) for e in finished])
            self._link(db, run, [(e.position, e.key) for e in finished])
            return self._claim(db, run, wanted) if wanted else ({}, set())

    def _claim(
        self, db: sqlite3.Connection, run: str, wanted: Sequence[str]
    ) -> tuple[dict[str, tuple[Status, bytes]], set[str]]:
        done = self._results(db, wanted)
        held = [
            (key, owner)
            for key, owner in _by_key(db, "SELECT key, run FROM claim WHERE key IN ({})", wanted)
            if owner != run and key not in done
        ]
        alive = self._alive(db) if held else set()
        busy = {key for key, owner in held if owner in alive}
        db.executemany(
            "INSERT OR REPLACE INTO claim VALUES (?, ?)",
            [(key, run) for key in wanted if key not in done and key not in busy],
        )
        return done, busy

    def results(self, keys: Sequence[str]) -> dict[str, tuple[Status, bytes]]:
        """Return status and pickled result of those of ``keys`` that are finished."""
        with self._reading() as db:
            return self._results(db, keys)

    def link(self, run: str, parts: Sequence[tuple[int, str]]) -> None:
        """Say which evaluations, finished before, belong to a run: position in it, and key."""
        with self._transaction() as db:
            self._link(db, run, parts)

    def entries(self, run: str, after: int = 0, results: bool = False) -> list[Entry]:
        """Return what a run has finished, in its own order.

        Parameters
        ----------
        run : str
        after : int, default=0
            Only what was finished after the entry of this ``number``.
        results : bool, default=False
            Whether to unpickle the results too.
        """
        column = "result" if results else "NULL"
        with self._reading() as db:
            rows = db.execute(
                f"SELECT key, position, function, status, detail, {column}, number"
                " FROM part JOIN evaluation USING (key)"
                " WHERE run=? AND number>? ORDER BY position, number",
                (run, after),
            ).fetchall()
        return [
            Entry(
                *(key, position, function, status, json.loads(detail)),
                result=pickle.loads(result) if results else None,
                number=number,
            )
            for key, position, function, status, detail, result, number in rows
        ]

    @staticmethod
    def _alive(db: sqlite3.Connection) -> set[str]:
        rows = db.execute("SELECT id, state, heartbeat, host, pid FROM run WHERE state='running'")
        return {run for run, *rest in rows if _state(*rest) == "running"}

    @staticmethod
    def _results(db: sqlite3.Connection, keys: Sequence[str]) -> dict[str, tuple[Status, bytes]]:
        select = "SELECT key, status, result FROM evaluation WHERE key IN ({})"
        return {key: (status, result) for key, status, result in _by_key(db, select, keys)}

    @staticmethod
    def _link(db: sqlite3.Connection, run: str, parts: Sequence[tuple[int, str]]) -> None:
        db.executemany(
            "INSERT INTO part (run, key, position) VALUES (?, ?, ?)"
            " ON CONFLICT (run, key) DO UPDATE SET position=excluded.position",
            [(run, key, position) for position, key in parts],
        )

    # -- the file ------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._one_clear_error():
            yield self._db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is written, or nothing is."""
        with self._reading() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has rolled it back already
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def _one_clear_error(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            raise StoreError(
                f"the store {self.path} {_trouble(problem)}; what it holds stays, and BAKEOFF_HOME "
                "can name another folder"
            ) from problem


def _by_key(db: sqlite3.Connection, select: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a query over any number of keys; SQLite takes so many at once and no more."""
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        yield from db.execute(select.format(", ".join("?" * len(some))), some)


def _state(state: State, heartbeat: float, host: str, pid: int) -> State:
    """What a run is really doing: one that says it is running may have died."""
    if state != "running":
        return state
    silent = time.time() - heartbeat > STALE_AFTER
    return "interrupted" if silent or not _is_alive(host, pid) else "running"


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


def _trouble(problem: Exception) -> str:
    text = str(problem)
    for sign, meaning in {
        "full": "cannot be written: the disk is full",
        "readonly": "cannot be written: it is read-only",
        "locked": "cannot be written: another program has locked it",
        "not a database": "is not a bakeoff store",
        "malformed": "is damaged",
        "unable to open": "cannot be opened",
    }.items():
        if sign in text:
            return meaning
    return f"cannot be used: {text}"
