"""Files of the user's own, kept beside the store so that links, runs and restarts find them.

A table is a folder of its own in ``home()/tables``: the file as it came, and the settings it is
read with. Nothing in such a folder changes after it has been written.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bakeoff.recording import home

_SETTINGS = ".settings.json"  # no file of a user's is called that: see `_file_name`
_TOKEN = re.compile(r"[0-9a-f]{16}")


class SavedTable(NamedTuple):
    """A file that is kept, with the settings that it is read with.

    Attributes
    ----------
    token : str
        16 hexadecimal digits of the content, the name and the settings: safe in a link.
    name : str
        What the file is called.
    path : Path
        Where it is.
    params : dict
        Keyword arguments for `bakeoff.datasets.load`.
    """

    token: str
    name: str
    path: Path
    params: dict[str, Any]

    @property
    def dataset(self) -> str:
        """The name that a spec and `bakeoff.datasets.load` take."""
        return f"file:{self.path}"

    @property
    def label(self) -> str:
        """What a reader calls it: the name, and enough of the token to tell it from its like."""
        return f"{self.name} {self.token[:8]}"


def save_table(content: bytes, name: str, params: Mapping[str, Any]) -> SavedTable:
    """Keep a file and the settings that it is read with.

    The table is there whole or not at all, also when two processes save it at the same moment.
    Saving it again changes nothing; other settings make another table.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called; folders in front of it, and characters that not every file system
        takes, are left away.
    params : mapping
        Keyword arguments for `bakeoff.datasets.load`.

    Returns
    -------
    SavedTable

    Raises
    ------
    TypeError
        If JSON cannot hold a parameter.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> table = save_table(b"height,species\\n1.5,a\\n2.5,b\\n" * 5, "plants.csv", {})
    >>> table.name
    'plants.csv'
    >>> delete_table(table.token)
    """
    name = _file_name(name)
    settings = json.dumps({"name": name, "params": dict(params)}, sort_keys=True)
    token = hashlib.sha256(settings.encode() + b"\0" + content).hexdigest()[:16]
    folder = _folder()
    if not (folder / token).exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".", dir=folder))
        try:
            (unfinished / name).write_bytes(content)
            (unfinished / _SETTINGS).write_text(settings, encoding="utf-8")
            os.rename(unfinished, folder / token)
        except OSError:
            if not (folder / token).exists():  # else somebody else was faster
                raise
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return _read(folder / token)


def saved_tables() -> list[SavedTable]:
    """Return the tables that are kept, by name and then by token."""
    tables = []
    for folder in _folder().glob("*"):
        # Another tab may delete one at this moment, and a damaged one must not hide the others.
        with contextlib.suppress(OSError, ValueError, KeyError):
            if _TOKEN.fullmatch(folder.name):
                tables.append(_read(folder))
    return sorted(tables, key=lambda table: (table.name, table.token))


def delete_table(token: str) -> None:
    """Delete a table for good; runs that used it keep their results.

    Raises
    ------
    ValueError
        If no such table is kept.
    """
    folder = _folder() / token
    if not _TOKEN.fullmatch(token) or not folder.exists():
        raise ValueError(f"token must be that of a saved table, however: {token!r}")
    # Out of the list at once: a folder that starts with a dot is none of the tables.
    unwanted = tempfile.mkdtemp(prefix=".", dir=folder.parent)
    folder.rename(Path(unwanted, token))
    shutil.rmtree(unwanted)


def _folder() -> Path:
    return home() / "tables"


def _read(folder: Path) -> SavedTable:
    settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
    name = settings["name"]
    return SavedTable(folder.name, name, folder / name, settings["params"])


def _file_name(name: str) -> str:
    """A name that all file systems take, and that leads out of no folder."""
    last = re.split(r"[/\\]", name)[-1]  # a browser may run on another system
    return re.sub(r"[^\w.() -]", "_", last).lstrip(".")[-80:] or "table"
