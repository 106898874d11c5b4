"""The SQLite file under the store: where it is, what is in it, how it fails.

The file is in WAL mode with ``synchronous=FULL``: a commit is on the disk before it returns, and
a process or a machine that dies between two writes leaves the file as it was after the last one.
WAL needs shared memory, so the file must be on a local disk, not on a network share.
"""

import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .checksums import add_checksums, keep_checksums, know_checksums
from .private import make_private

VERSION = 4
APPLICATION = 0x62616B65  # says whose file it is, to SQLite and to file(1)

_LIVE = """
CREATE TABLE live (
    run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, worker INTEGER NOT NULL,
    detail TEXT NOT NULL, PRIMARY KEY (run, worker)
) STRICT, WITHOUT ROWID;"""
_SCHEMA = f"""
CREATE TABLE run (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, spec TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, traceback TEXT, planned INTEGER NOT NULL DEFAULT 0,
    data TEXT, folds TEXT, pipeline TEXT, stop INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL, queued REAL, started REAL, ended REAL, heartbeat REAL NOT NULL,
    host TEXT NOT NULL, pid INTEGER NOT NULL, began REAL,
    parts INTEGER NOT NULL DEFAULT 0, crc INTEGER
) STRICT;
CREATE TABLE evaluation (
    key TEXT PRIMARY KEY, function TEXT NOT NULL, status TEXT NOT NULL, detail TEXT NOT NULL,
    result BLOB NOT NULL, created REAL NOT NULL, asked TEXT, reads TEXT NOT NULL DEFAULT '[]',
    crc INTEGER, result_crc INTEGER
) STRICT;
CREATE INDEX evaluation_asked ON evaluation (asked);
CREATE TABLE part (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run TEXT NOT NULL REFERENCES run ON DELETE CASCADE, key TEXT NOT NULL REFERENCES evaluation,
    position INTEGER NOT NULL, computed REAL, crc INTEGER, UNIQUE (run, key)
) STRICT;
CREATE INDEX part_key ON part (key);
CREATE TABLE claim (
    key TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES run ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
{_LIVE}
PRAGMA application_id = {APPLICATION};
"""
# What each format lacks of the next one.
_STEPS = {
    1: f"""
ALTER TABLE run ADD COLUMN queued REAL;
ALTER TABLE run ADD COLUMN started REAL;
{_LIVE}""",
    2: "ALTER TABLE run ADD COLUMN traceback TEXT",
    3: """
ALTER TABLE run ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
UPDATE run SET parts=(SELECT count(*) FROM part WHERE run=id);
ALTER TABLE run ADD COLUMN began REAL;
ALTER TABLE run ADD COLUMN crc INTEGER;
ALTER TABLE part ADD COLUMN computed REAL;
ALTER TABLE part ADD COLUMN crc INTEGER;
ALTER TABLE evaluation ADD COLUMN crc INTEGER;
ALTER TABLE evaluation ADD COLUMN result_crc INTEGER;
ALTER TABLE evaluation ADD COLUMN asked TEXT;
ALTER TABLE evaluation ADD COLUMN reads TEXT NOT NULL DEFAULT '[]';
UPDATE evaluation SET asked = key;
CREATE INDEX evaluation_asked ON evaluation (asked)""",
}


class StoreError(RuntimeError):
    """The store cannot be read or written; what was in it stays."""


def home() -> Path:
    """Return the folder of the store: ``BAKEOFF_HOME``, or the user's data folder.

    Examples
    --------
    >>> import os
    >>> os.environ["BAKEOFF_HOME"] = "/tmp/runs"
    >>> home().as_posix()
    '/tmp/runs'
    """
    if chosen := os.environ.get("BAKEOFF_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "bakeoff"


class Database:
    """The open file, made when it is not there; threads take turns.

    Parameters
    ----------
    path : Path
    timeout : float
        Seconds to wait for another process that writes.

    Raises
    ------
    StoreError
        Here and in every method: when the file cannot be read or written.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self._lock = threading.RLock()
        make_private(path)  # SQLite gives the files beside it the same rights
        with self._one_clear_error():
            self._db = sqlite3.connect(
                self.path, timeout=timeout, isolation_level=None, check_same_thread=False
            )
        try:
            self._prepare(timeout)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection to one thread at a time."""
        with self._lock, self._one_clear_error():
            yield self._db

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is read as of one moment, whoever writes."""
        with self.reading() as db:
            db.execute("BEGIN")
            try:
                yield db
            finally:
                if db.in_transaction:  # what cannot be read has ended it already
                    db.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is written, or nothing is."""
        with self.reading() as db:
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
        except (sqlite3.Error, OSError, json.JSONDecodeError) as problem:
            raise StoreError(
                f"the store {self.path} {_trouble(problem)}; what it holds stays, and BAKEOFF_HOME "
                "can name another folder"
            ) from problem

    def _prepare(self, timeout: float) -> None:
        with self._one_clear_error():
            tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            owner = self._db.execute("PRAGMA application_id").fetchone()[0]
            if tables and owner != APPLICATION:
                raise StoreError(f"{self.path} is not a bakeoff store, but another program's")
            self._use_wal(time.monotonic() + timeout)
            for pragma in ("synchronous=FULL", "foreign_keys=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            know_checksums(self._db)
            version = self._version()
        if version < VERSION:  # else nothing is written: who only reads waits for no writer
            with self.transaction() as db:
                self._update(db)
        with self._one_clear_error():
            keep_checksums(self._db)

    def _version(self) -> int:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise StoreError(
                f"the store {self.path} was written by a newer bakeoff (format {version}, "
                f"this one reads {VERSION}); update bakeoff or set BAKEOFF_HOME elsewhere"
            )
        if version < 0:
            raise sqlite3.DatabaseError("malformed version")
        return version

    def _update(self, db: sqlite3.Connection) -> None:
        """Bring the file up to this format, unless another process was first."""
        version = self._version()
        if version < VERSION:
            steps = [_STEPS[one] for one in range(version, VERSION)] if version else [_SCHEMA]
            for statement in ";".join(steps).split(";"):  # executescript would commit in between
                db.execute(statement)
            add_checksums(db)
            db.execute(f"PRAGMA user_version = {VERSION}")

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


def _trouble(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return "is damaged"
    text = str(problem)
    for sign, meaning in {
        "full": "cannot be written: the disk is full",
        "readonly": "cannot be written: it is read-only",
        "locked": "cannot be written: another program has locked it",
        "not a database": "is not a bakeoff store",
        "malformed": "is damaged",
        "no such": "is damaged",  # a table or column whose name has changed
        "not decode": "is damaged",
        "unable to open": "cannot be opened",
    }.items():
        if sign in text:
            return meaning
    return f"cannot be used: {text}"
