"""What code asks about files and folders without opening one, which `reads` does not see."""

import os
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from .reach import Item, Local, Step, Use
from .unknowable import UnknowableError, path_of

_FACTS = frozenset(
    {
        *("exists", "lexists", "isfile", "isdir", "islink", "getsize", "getmtime", "getctime"),
        *("stat", "lstat", "access", "is_file", "is_dir", "is_symlink"),
    }
)
# What depends on where the process is, on whose it is, and on its environment.
_PLACES: dict[str, Callable[[], Any]] = {
    **dict.fromkeys(("getcwd", "cwd", "relpath"), os.getcwd),
    **dict.fromkeys(("abspath", "absolute", "realpath", "resolve"), os.getcwd),
    **dict.fromkeys(("expanduser", "home"), lambda: os.path.expanduser("~")),
    "expandvars": lambda: dict(os.environ),
}
_MODULES = ("genericpath.", "posixpath.", "ntpath.", "posix.", "nt.", "os.", "pathlib.")


def asked(item: Item, first: str | None) -> Iterator[Any]:
    """Yield the answer to what is asked about a place, and of a file what its folder says.

    Parameters
    ----------
    item : Item
    first : str or None
        The first argument of a call, where it is known before the call.

    Raises
    ------
    UnknowableError
        Where it is not known which file is meant.
    """
    name = _function(item) if isinstance(item, Use) else _attribute(item)
    if isinstance(item, Use) and isinstance(item.value, PurePath):
        first = str(item.value)
    if name in _PLACES:
        is_known = first is not None and name != "relpath"
        yield _whole(first or "") if is_known else _PLACES[name]()
    elif name in _FACTS:
        if first is None:
            called = item.name if isinstance(item, Use) else name
            raise UnknowableError(
                f"{called} asks about a file whose name is not known before it runs; give the "
                "whole path as a constant of the module"
            )
        yield _facts(first)


def _whole(path: str) -> str:
    return os.path.abspath(os.path.expandvars(os.path.expanduser(path)))


def _facts(path: str) -> tuple[Any, ...]:
    try:
        found = os.stat(path)
    except (OSError, ValueError) as problem:
        return path, type(problem).__name__
    return path, found.st_mode, found.st_size, found.st_mtime_ns


def _function(item: Use) -> str:
    """The function for files that is used, by its last name; a path's method too."""
    value = item.value
    if isinstance(value, PurePath) or (isinstance(value, type) and issubclass(value, PurePath)):
        return item.rest[0] if item.rest else ""
    path = path_of(value, item.name)
    return path.rpartition(".")[2] if path.startswith(_MODULES) else ""


def _attribute(item: Item) -> str:
    """The last attribute asked of a value that was computed, or of a variable."""
    if isinstance(item, Step):
        return item.name
    is_own_method = isinstance(item, Local) and item.name == "self" and len(item.rest) == 1
    return item.rest[-1] if isinstance(item, Local) and item.rest and not is_own_method else ""
