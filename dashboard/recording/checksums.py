"""A CRC-32 beside each row: a byte that a disk gets wrong is noticed, not handed out as a score.

SQLite checks how its pages hang together, not what is in them. The triggers are temporary, that is
each connection's own: SQLite itself has no CRC, and another program can open the file.
"""

import sqlite3
import zlib

# By table: the columns that are text, those that are numbers, and the column that has their CRC. A
# result is apart from what is said of it, which is read much more often.
_CHECKED = [
    (
        "run",
        "id name kind spec state reason traceback data folds pipeline host",
        "planned parts stop created queued started began ended heartbeat pid",
        "crc",
    ),
    ("part", "run key", "number position computed", "crc"),
    ("evaluation", "key function status detail asked reads", "created", "crc"),
    ("evaluation", "key result", "", "result_crc"),
]


def _crc(source: str, texts: str, numbers: str) -> str:
    # Of a text, its bytes: they may be none of UTF-8 any more.
    values = [f"CAST({source}.{name} AS BLOB)" for name in texts.split()]
    values += [f"{source}.{name}" for name in numbers.split()]
    return f"crc32({', '.join(values)})"


def _intact(source: str, texts: str, numbers: str, column: str) -> str:
    return f"({source}.{column} IS {_crc(source, texts, numbers)})"  # where bytes are lost, NULL


# By table and column: SQL that is 1 for a row whose CRC fits, 0 for one that is damaged.
INTACT = {
    (table, column): _intact(table, texts, numbers, column)
    for table, texts, numbers, column in _CHECKED
}


def know_checksums(db: sqlite3.Connection) -> None:
    """Give a connection the function that `INTACT` calls."""
    db.create_function("crc32", -1, _crc32, deterministic=True)


def keep_checksums(db: sqlite3.Connection) -> None:
    """Have a connection write the CRC of each row that it writes."""
    for table, texts, numbers, column in _CHECKED:
        name, names = f"{table}_{column}", ", ".join([*texts.split(), *numbers.split()])
        write = (
            f"UPDATE {table} SET {column}={_crc('NEW', texts, numbers)} WHERE rowid=NEW.rowid; END"
        )
        # A damaged row that is written again would be given the CRC of what it is now.
        refuse = (
            "SELECT RAISE(ABORT, 'malformed row') WHERE NOT "
            f"{_intact('OLD', texts, numbers, column)}; END"
        )
        for when, act in {
            f"{name}_1 AFTER INSERT": write,
            f"{name}_2 BEFORE UPDATE OF {names}": refuse,
            f"{name}_3 AFTER UPDATE OF {names}": write,
        }.items():
            db.execute(f"CREATE TEMP TRIGGER {when} ON main.{table} BEGIN {act}")
    # A part that is lost would be a mean over fewer folds: how many there are is told twice.
    db.execute(
        "CREATE TEMP TRIGGER count_parts AFTER INSERT ON main.part BEGIN"
        " UPDATE run SET parts=parts+1 WHERE id=NEW.run; END"
    )


def add_checksums(db: sqlite3.Connection) -> None:
    """Write the CRC of each row that an older format has left without one."""
    for table, texts, numbers, column in _CHECKED:
        db.execute(f"UPDATE {table} SET {column}={_crc(table, texts, numbers)}")


def _crc32(*values: object) -> int:
    contents = [value if isinstance(value, bytes) else repr(value).encode() for value in values]
    return zlib.crc32(b"\0".join(contents))
