"""The store: one SQLite file that runs, the dashboard and scripts share.

A row of ``evaluation`` is one finished piece of work under the digest of its content, so that any
run which comes to the same work again finds it. A row of ``run`` is one press of the button or
one ``with record(...)`` block; ``part`` says which evaluations belong to it, ``claim`` says who is
working on what, and ``live`` what a worker is doing at the moment.

Results are pickled. Open stores that you wrote yourself and no others.
"""

import json
import os
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from pathlib import Path
from typing import Any

from .checksums import INTACT
from .database import Database, StoreError, home
from .private import is_private
from .reads import Reads, is_as_it_was
from .results import unpickled
from .run import Entry, Found, Run, RunStoppedError, State, state_of, this_process

_NOTHING = json.dumps(())  # has been read

_UNUSED = "FROM evaluation WHERE key NOT IN (SELECT key FROM part)"


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
        chosen = Path(path) if path is not None else home() / "bakeoff.sqlite"
        self._file = Database(chosen, timeout)

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def size(self) -> int:
        """The bytes that it takes on the disk."""
        beside = [self.path.with_name(f"{self.path.name}-wal"), self.path]
        return sum(file.stat().st_size for file in beside if file.exists())

    @property
    def unused(self) -> tuple[int, int]:
        """How many results no run refers to any more, and the bytes in them; see `clean`."""
        with self._file.reading() as db:
            n_results, n_bytes = db.execute(
                f"SELECT count(*), total(length(result) + length(detail)) {_UNUSED}"
            ).fetchone()
        return n_results, int(n_bytes)

    @property
    def is_private(self) -> bool:
        """Whether other users of this machine cannot read it, as those that are made here."""
        return is_private(self.path)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

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
        with self._file.transaction() as db:
            before = db.execute(
                "SELECT id, state, heartbeat, host, pid FROM run WHERE name=? AND kind=? AND spec=?"
                " ORDER BY rowid DESC LIMIT 1",
                (name, kind, spec),
            ).fetchone()
            if before and state_of(*before[1:]) in ("stopped", "failed", "interrupted"):
                run: str = before[0]
            else:
                run = self._insert(db, name, kind, spec)
            self._start(db, run)
        return run

    def queue_run(self, name: str, kind: str, spec: str) -> str:
        """Note a run that waits for its turn, and return its id; see `turn` and `start_run`."""
        with self._file.transaction() as db:
            run = self._insert(db, name, kind, spec)
            self._queue(db, run)
        return run

    def queue_again(self, run: str) -> bool:
        """Let a run that has ended wait for another turn; return False if it has not ended."""
        with self._file.transaction() as db:
            row = db.execute(
                "SELECT state, heartbeat, host, pid FROM run WHERE id=?", (run,)
            ).fetchone()
            ended = row is not None and state_of(*row) not in ("queued", "running")
            if ended:
                self._queue(db, run)
        return ended

    def turn(self, run: str) -> int:
        """Say that a queued run is alive, and return how many go first; see `ahead_of`.

        Raises
        ------
        RunStoppedError
            When it was asked to stop, or deleted.
        """
        with self._file.transaction() as db:
            is_wanted = db.execute(
                "UPDATE run SET heartbeat=?, host=?, pid=? WHERE id=? AND stop=0",
                (time.monotonic(), *this_process(), run),
            ).rowcount
            if not is_wanted:
                raise RunStoppedError("the run was stopped before it began")
            return len(self.ahead_of(run))

    def ahead_of(self, run: str) -> list[Run]:
        """Return the runs that a queued one waits for, in the order of their turns.

        Those that were queued before it; and those that are under way, for one whose process was
        silent for long loses its turn to the next. Runs of scripts wait for none.
        """
        found = self._runs(
            "WHERE queued IS NOT NULL AND id<>? AND (state='running' OR (queued, run.rowid) <"
            " (SELECT queued, rowid FROM run WHERE id=?)) AND state IN ('queued', 'running')"
            " GROUP BY id ORDER BY state='queued', queued, run.rowid",
            run,
            run,
        )
        return [one for one in found if one.active]

    def vouch(self, run: str) -> bool:
        """Say that a queued run is alive whose process, which this one started, is on its way up.

        Returns
        -------
        bool
            Whether that is still for this process to say.
        """
        with self._file.transaction() as db:
            mine = db.execute(
                "UPDATE run SET heartbeat=?"
                " WHERE id=? AND state='queued' AND stop=0 AND host=? AND pid=?",
                (time.monotonic(), run, *this_process()),
            )
            return mine.rowcount > 0

    def start_run(self, run: str) -> None:
        """Begin with a run that was queued, in this process."""
        with self._file.transaction() as db:
            self._start(db, run)

    def _insert(self, db: sqlite3.Connection, name: str, kind: str, spec: str) -> str:
        run = uuid.uuid4().hex
        db.execute(
            "INSERT INTO run (id, name, kind, spec, state, created, heartbeat, host, pid)"
            " VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?)",
            (run, name, kind, spec, time.time(), time.monotonic(), *this_process()),
        )
        return run

    def _queue(self, db: sqlite3.Connection, run: str) -> None:
        # Numbers, not times: a clock that is set back must not change the order of the turns.
        db.execute(
            "UPDATE run SET state='queued', reason=NULL, traceback=NULL, stop=0,"
            " queued=(SELECT coalesce(max(queued), 0) + 1 FROM run), started=NULL, began=NULL,"
            " ended=NULL, heartbeat=?, host=?, pid=? WHERE id=?",
            (time.monotonic(), *this_process(), run),
        )

    def _start(self, db: sqlite3.Connection, run: str) -> None:
        now = time.monotonic()
        # Listed anew as they are found again: the script may have changed.
        for table in ("part", "claim", "live"):
            db.execute(f"DELETE FROM {table} WHERE run=?", (run,))
        db.execute(
            "UPDATE run SET state='running', reason=NULL, traceback=NULL, planned=0, started=?,"
            " began=?, ended=NULL, stop=CASE state WHEN 'queued' THEN stop ELSE 0 END,"
            " parts=0, heartbeat=?, host=?, pid=? WHERE id=?",
            (time.time(), now, now, *this_process(), run),
        )

    def plan(self, run: str, more: int, data: str, folds: str, pipeline: str) -> None:
        """Add to the number of evaluations a run will have, and note its fingerprints."""
        with self._file.transaction() as db:
            db.execute(
                "UPDATE run SET planned=planned+?, data=?, folds=?, pipeline=? WHERE id=?",
                (more, data, folds, pipeline, run),
            )

    def beat(self, run: str) -> bool:
        """Say that the run is alive; return whether it has been asked to stop."""
        with self._file.transaction() as db:
            row = db.execute(
                "UPDATE run SET heartbeat=? WHERE id=? RETURNING stop", (time.monotonic(), run)
            ).fetchone()
        return row is None or bool(row[0])  # a run that was deleted has no use for more work

    def stop(self, run: str) -> None:
        """Ask a run to stop; its own process does so within a second or two."""
        with self._file.transaction() as db:
            db.execute("UPDATE run SET stop=1 WHERE id=?", (run,))

    def end_run(
        self, run: str, state: State, reason: str | None = None, traceback: str | None = None
    ) -> None:
        """Note how a run ended, and where if it failed; give back what it had claimed."""
        with self._file.transaction() as db:
            db.execute(
                "UPDATE run SET state=?, reason=?, traceback=?, ended=?, heartbeat=? WHERE id=?",
                (state, reason, traceback, time.time(), time.monotonic(), run),
            )
            for table in ("claim", "live"):
                db.execute(f"DELETE FROM {table} WHERE run=?", (run,))

    def watch(self, run: str, worker: int, detail: Mapping[str, Any]) -> None:
        """Show what a worker is doing at the moment, in place of what it showed before."""
        with self._file.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO live SELECT id, ?, ? FROM run WHERE id=?",
                (worker, json.dumps(detail), run),
            )

    def live(self, run: str) -> list[dict[str, Any]]:
        """Return what the workers of a run showed last."""
        with self._file.reading() as db:
            rows = db.execute("SELECT detail FROM live WHERE run=? ORDER BY worker", (run,))
            return [json.loads(detail) for (detail,) in rows]

    def rename(self, run: str, name: str) -> None:
        """Give a run another name."""
        with self._file.transaction() as db:
            db.execute("UPDATE run SET name=? WHERE id=?", (name, run))

    def delete(self, run: str) -> None:
        """Delete a run and every evaluation that belongs to no other."""
        with self._file.transaction() as db:
            keys = db.execute("SELECT key FROM part WHERE run=?", (run,)).fetchall()
            db.execute("DELETE FROM run WHERE id=?", (run,))
            db.executemany(
                "DELETE FROM evaluation WHERE key=? AND key NOT IN (SELECT key FROM part)", keys
            )

    def clean(self) -> int:
        """Delete the results that no run refers to any more, and return how many they were.

        A run that is started again refers only to what its script still asks for. Without the
        rest, what was done before the script was changed is done again if that is taken back.

        Raises
        ------
        StoreError
            While runs are under way, which may be about to find some of them.
        """
        active = sum(run.active for run in self.runs())
        if active:
            raise StoreError(
                f"the store {self.path} is cleaned when no run is under way, however: {active}"
            )
        with self._file.transaction() as db:
            gone = db.execute(f"DELETE {_UNUSED}").rowcount
        with self._file.reading() as db:
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def runs(self) -> list[Run]:
        """Return all runs, the latest first."""
        return self._runs("GROUP BY id ORDER BY run.rowid DESC")

    def run(self, identity: str) -> Run:
        """Return one run.

        Raises
        ------
        KeyError
            When it is not there, or not any more.
        """
        found = self._runs("WHERE id=? GROUP BY id", identity)
        if not found:
            raise KeyError(f"no run has the id {identity!r}")
        return found[0]

    def _runs(self, which: str, *values: str) -> list[Run]:
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT id, name, kind, spec, state, heartbeat, host, pid, reason, traceback,"
                " max(planned, count(part.key)), count(evaluation.key),"
                " count(iif(status='quarantined', 1, NULL)),"
                " count(computed), data, folds, pipeline, run.created, started, ended, began,"
                " min(computed), heartbeat,"
                f" {INTACT['run', 'crc']}"
                f" FROM run LEFT JOIN part ON part.run=id AND {INTACT['part', 'crc']}"
                " LEFT JOIN evaluation"
                f" ON evaluation.key=part.key AND {INTACT['evaluation', 'crc']} {which}",
                values,
            ).fetchall()
            if not all(row[-1] for row in rows):
                raise sqlite3.DatabaseError("malformed row")
        return [Run(*(*row[:4], state_of(*row[4:8]), *row[8:-1])) for row in rows]

    # -- evaluations ---------------------------------------------------------------------------

    def exchange(
        self, run: str, finished: Sequence[Entry], wanted: Sequence[str]
    ) -> tuple[dict[str, Found], set[str]]:
        """Hand in what is finished, and take on what nobody has done and no living run is doing.

        Parameters
        ----------
        run : str
        finished : sequence of Entry
            Durable when this returns.
        wanted : sequence of str
            What the run would do next, by what it is asked for.

        Returns
        -------
        done : dict of str to Found
            Of the wanted that are there already.
        busy : set of str
            Those that another run is working on. All the rest is now this one's to do.
        """
        now = time.time()
        rows = [
            (
                *(e.key, e.function, e.status, json.dumps(e.detail), e.result, now),
                *(e.asked or e.key, json.dumps(e.reads)),
            )
            for e in finished
        ]
        with self._file.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO evaluation (key, function, status, detail, result,"
                " created, asked, reads) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            db.executemany("DELETE FROM claim WHERE key=?", [(e.asked or e.key,) for e in finished])
            self._link(db, run, [(e.position, e.key) for e in finished], time.monotonic())
            return self._claim(db, run, wanted) if wanted else ({}, set())

    def _claim(
        self, db: sqlite3.Connection, run: str, wanted: Sequence[str]
    ) -> tuple[dict[str, Found], set[str]]:
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

    def results(self, keys: Sequence[str]) -> dict[str, Found]:
        """Return what is finished of that which is asked for by ``keys``, and still holds."""
        with self._file.reading() as db:
            return self._results(db, keys)

    def link(self, run: str, parts: Sequence[tuple[int, str]]) -> None:
        """Say which evaluations, finished before, belong to a run: position in it, and key."""
        with self._file.transaction() as db:
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
        column, check = "NULL", f"{INTACT['part', 'crc']} AND {INTACT['evaluation', 'crc']}"
        if results:
            column, check = "result", f"{check} AND {INTACT['evaluation', 'result_crc']}"
        with self._file.snapshot() as db:
            n_parts = db.execute("SELECT parts FROM run WHERE id=?", (run,)).fetchone() or (0,)
            rows = db.execute(
                f"SELECT key, position, function, status, detail, {column}, number"
                " FROM part JOIN evaluation USING (key)"
                f" WHERE run=? AND {check} ORDER BY position, number",
                (run,),
            ).fetchall()
            if (len(rows),) != n_parts:  # some are damaged, or were not even found
                raise self._unreadable("they are damaged")
            return [
                Entry(
                    *(key, position, function, status, json.loads(detail)),
                    result=self._unpickled(result),
                    number=number,
                )
                for key, position, function, status, detail, result, number in rows
                if number > after
            ]

    def _unpickled(self, result: bytes | None) -> Any:
        try:
            return None if result is None else unpickled(result)
        except Exception as problem:  # of another version, or damaged before there were checksums
            raise self._unreadable(f"{type(problem).__name__}: {problem}") from problem

    def _unreadable(self, why: str) -> StoreError:
        return StoreError(
            f"the store {self.path} holds results of this run that cannot be read ({why}); start "
            "the same run again, and they alone are computed again"
        )

    @staticmethod
    def _alive(db: sqlite3.Connection) -> set[str]:
        rows = db.execute("SELECT id, state, heartbeat, host, pid FROM run WHERE state='running'")
        return {run for run, *rest in rows if state_of(*rest) == "running"}

    @staticmethod
    def _results(db: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Found]:
        # A damaged one is none: what it was is done again.
        select = (
            "SELECT asked, key, reads FROM evaluation WHERE asked IN ({}) AND "
            f"{INTACT['evaluation', 'crc']} ORDER BY rowid"
        )
        rows = list(_by_key(db, select, keys))
        reading = {asked for asked, _, reads in rows if reads != _NOTHING}
        holds = _holding({reads for _, _, reads in rows})
        # What has read nothing, where the same has read files since, was given up or failed; of
        # those that hold, the last one.
        chosen = {
            asked: key
            for asked, key, reads in rows
            if reads in holds and (reads != _NOTHING or asked not in reading)
        }
        asked_for = {key: asked for asked, key in chosen.items()}
        select = (
            "SELECT key, status, result, reads FROM evaluation WHERE key IN ({}) AND "
            f"{INTACT['evaluation', 'result_crc']}"
        )
        return {
            asked_for[key]: Found(key, status, result, holds[reads])
            for key, status, result, reads in _by_key(db, select, [*asked_for])
        }

    @staticmethod
    def _link(
        db: sqlite3.Connection,
        run: str,
        parts: Sequence[tuple[int, str]],
        computed: float | None = None,
    ) -> None:
        db.executemany(
            "INSERT INTO part (run, key, position, computed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (run, key) DO UPDATE SET position=excluded.position,"
            " computed=coalesce(computed, excluded.computed)",
            [(run, key, position, computed) for position, key in parts],
        )


def _holding(texts: Iterable[str]) -> dict[str, Reads]:
    """Of lists of files that were read, as they are kept, those in which each is as it was."""
    lists = {text: tuple((path, digest) for path, digest in json.loads(text)) for text in texts}
    return {text: reads for text, reads in lists.items() if all(starmap(is_as_it_was, reads))}


def _by_key(db: sqlite3.Connection, select: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a query over any number of keys; SQLite takes so many at once and no more."""
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        yield from db.execute(select.format(", ".join("?" * len(some))), some)
