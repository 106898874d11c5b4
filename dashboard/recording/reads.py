"""Which files a task has read: seen while it runs, from what Python says of each it opens.

Code opens files in more ways than can be told from reading it: by names made up on the spot, by
readers handed on as values, inside of packages. Python itself tells of each (`sys.addaudithook`),
so a result is kept with the files it was made of, and is given out again only while they are as
they were. A file that was opened by a relative name is looked for from where the process is then:
in a copy of the folder it is the copy's own.

What one task has read may stay in memory, in a global or a cache, and be used by the next one. So a
task counts as having read all that tasks of its process have read before it.
"""

import hashlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from types import CodeType
from typing import Any

from .digest.origin import LIBRARIES

Reads = tuple[tuple[str, str], ...]  # paths, each with the digest of what was there

_FOLDERS = frozenset({"os.listdir", "os.scandir"})
_SYSTEM = ("/proc/", "/sys/", "/dev/")
# What joblib.Memory keeps for an estimator: where it is kept changes no result.
_OF_MEMORY = frozenset({"output.pkl", "metadata.json", "func_code.py"})
_IMPORTERS = ("<frozen importlib", "<frozen zipimport")
_MAKES = os.O_WRONLY | os.O_TRUNC | os.O_EXCL
_MISSING = "missing"
_CHANGED = "changed while it was read"  # the digest of no file
_TEMPORARY = tempfile.gettempdir() + os.sep
_SETTLED = 2.0  # seconds after which a file that is changed once more has another time


class ChangedFileError(RuntimeError):
    """A file was changed between being read and the end of the task."""


@contextmanager
def watching() -> Iterator[None]:
    """Note each file that anything in this process reads until the end of the block."""
    _watch.enter()
    try:
        yield
    finally:
        _watch.leave()


def reads() -> Reads:
    """Return what tasks of this process have read so far, as it is now.

    Raises
    ------
    ChangedFileError
        When a file was changed since the task that ends now has read it.
    """
    return _watch.reads()


def with_files(key: str, reads: Reads) -> str:
    """Return a key for what was asked for by ``key``, made of these files."""
    if not reads:
        return key
    return hashlib.sha256(json.dumps([key, reads]).encode()).hexdigest()[:32]


def is_as_it_was(path: str, digest: str) -> bool:
    """Whether a file or folder still has the content that a task has read."""
    path = os.path.abspath(path)
    return _digest(path, _signature(path)) == digest


class _Watch:
    """What is noted, for the process: a hook is there for good, and is one for all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._n_open = 0
        self._is_hooked = False
        # By path, and whether by a relative name. As it was when it was opened, while a task runs
        # that has opened it; and its digest, once that task has ended.
        self._opened: dict[tuple[str, bool], tuple[Any, ...]] = {}
        self._read: dict[tuple[str, bool], str] = {}
        self._written: set[str] = set()
        self._folder = ""  # where the process is

    def enter(self) -> None:
        with self._lock:
            if not self._n_open:
                self._go_to(_current_folder())
            self._n_open += 1
            if not self._is_hooked:
                self._is_hooked = True
                sys.addaudithook(self._hear)

    def leave(self) -> None:
        with self._lock:
            self._n_open -= 1
            if not self._n_open:  # what they have written is a file like others to the next ones
                self._written.clear()

    def _go_to(self, folder: str) -> None:
        """What was read elsewhere, and is in memory still, is from there."""
        if folder != self._folder:
            self._opened = {(path, False): was for (path, _), was in self._opened.items()}
            self._read = {(path, False): was for (path, _), was in self._read.items()}
            self._folder = folder

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        # Python calls this many thousand times a second, also with locks held: no lock in here.
        if not self._n_open or (event != "open" and event not in _FOLDERS):
            return
        if getattr(_own, "reading", False):
            return
        path = arguments[0] if arguments[0] is not None else "."
        if not isinstance(path, (str, bytes, PurePath)):  # the number of an open file
            return
        name = os.fsdecode(path)
        path = os.path.abspath(name)
        if path.startswith(_SYSTEM) or path.startswith(LIBRARIES):
            return
        if _is_for_python(event, path, sys._getframe(1).f_code) or _is_of_memory(path):
            return
        flags = arguments[2] if event == "open" else os.O_RDONLY
        if flags & _MAKES:
            self._written.add(path)
        elif path not in self._written:
            self._opened[path, not os.path.isabs(name)] = _signature(path)

    def reads(self) -> Reads:
        changed = ""
        for key, signature in list(self._opened.items()):
            del self._opened[key]
            path, _ = key
            if path in self._written and signature[0] is None:  # looked for, then made
                continue
            now = _signature(path)
            self._read[key] = _digest(path, now)
            if now != signature or _signature(path) != now:
                self._read[key] = _CHANGED
                changed = path
        if changed:
            raise ChangedFileError(f"{changed} has changed since it was read")
        found = []
        for (path, is_relative), digest in list(self._read.items()):
            was_there = digest != _MISSING
            if was_there and path.startswith(_TEMPORARY) and not os.path.exists(path):
                continue  # another task's own
            found.append((os.path.relpath(path, self._folder) if is_relative else path, digest))
        return tuple(sorted(found))


_watch = _Watch()
_own = threading.local()  # whether a file is opened here, for its digest


def _current_folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was deleted
        return os.sep


def _is_for_python(event: str, path: str, code: CodeType) -> bool:
    """Whether Python looks for a module, or for the lines of one to show in a warning."""
    caller = code.co_filename
    is_source = path.endswith((".py", ".pyc"))
    if caller.startswith(_IMPORTERS):
        return is_source or event in _FOLDERS
    parts = PurePath(caller).parts
    return (is_source and parts[-1:] == ("tokenize.py",)) or parts[-2:-1] == ("metadata",)


def _is_of_memory(path: str) -> bool:
    return PurePath(path).name in _OF_MEMORY and "joblib" in PurePath(path).parts


def _signature(path: str) -> tuple[Any, ...]:
    """What tells without reading it whether a file may be another one."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return (None,)
    return found.st_mtime_ns, found.st_size, found.st_ino


_digests: dict[tuple[Any, ...], str] = {}


def _digest(path: str, signature: tuple[Any, ...]) -> str:
    """The digest of a file, or of the names in a folder; each is read once while it stays."""
    if signature[0] is None:
        return _MISSING
    known = _digests.get((path, *signature))
    if known is None:
        known = _read_digest(Path(path))
        if time.time() - signature[0] / 1e9 > _SETTLED:
            _digests[(path, *signature)] = known
    return known


def _read_digest(path: Path) -> str:
    _own.reading = True
    try:
        if path.is_dir():
            names = "/".join(sorted(os.listdir(path)))
            return hashlib.sha256(names.encode(errors="surrogateescape")).hexdigest()
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as problem:  # the task has met it too
        return type(problem).__name__
    finally:
        _own.reading = False
