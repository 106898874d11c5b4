"""What code reads from outside of itself: files, the environment, the clock, chance, the network.

A file whose name can be known, and a variable of the environment, enter a digest with their
content. Of everything else that is recognised here, nobody can say whether it is as it was:
`UnknowableError`, whose text says what it is and what would help.
"""

import hashlib
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from .origin import is_library, module_of
from .reach import Constant, Item, Local, NotLoaded, Step, Use

# Dates; `time.time` is asked for how long something took.
_CALENDAR = frozenset(
    {"time.localtime", "time.gmtime", "time.ctime", "time.strftime", "time.asctime"}
)
_BY_NAMES_MADE_UP = frozenset(
    {"builtins.eval", "builtins.exec", "builtins.globals", "builtins.compile"}
)
_IMPORTS = frozenset({"importlib.import_module", "builtins.__import__"})
_NETWORK = (
    *("urllib.request", "http.client", "socket", "_socket", "ftplib", "smtplib", "requests"),
    *("httpx", "aiohttp", "urllib3", "boto3", "paramiko"),
)
_PROGRAMS = frozenset({"os.system", "os.popen", "posix.system", "os.spawnv", "posix.popen"})
_FOLDERS = frozenset(
    {
        *("os.listdir", "os.scandir", "os.walk", "posix.listdir", "posix.scandir"),
        *("glob.glob", "glob.iglob", "sklearn.datasets._base.load_files"),
    }
)
# Of a stream that was opened somewhere else, which is where it is looked at.
_FROM_STREAMS = (
    *("json", "_json", "pickle", "_pickle", "marshal", "tomllib", "yaml", "csv", "cloudpickle"),
    "dill",
)
_OPENERS = frozenset(
    {
        *("open", "load", "loadtxt", "genfromtxt", "fromfile", "memmap", "imread", "loadmat"),
        *("load_svmlight_file", "connect", "File", "ZipFile", "stat", "exists", "isfile"),
        *("getmtime", "getsize", "fromregex", "open_memmap", "mmread"),
    }
)
_METHODS = frozenset({"read_text", "read_bytes", "open"})
_ASKED_OF_PATHS = {(name,) for name in (*_METHODS, "exists", "is_file", "stat")}


class UnknowableError(TypeError):
    """Something that a result depends on cannot be known before it is computed.

    Attributes
    ----------
    where : str or None
        The function that reads it.
    """

    where: str | None = None

    def __str__(self) -> str:
        return f"in {self.where}, {self.args[0]}" if self.where else str(self.args[0])


def outside(items: Sequence[Item], modules: Callable[[str], Any]) -> Iterator[Any]:
    """Yield what one function reads from outside, with the content.

    Parameters
    ----------
    items : sequence of Item
        The function, as `reach.read` gives it.
    modules : callable
        Gives a module by its name.

    Raises
    ------
    UnknowableError
    """
    seeded: set[str] = set()
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else Step("")
        if isinstance(item, Use):
            before = items[place - 1] if place else Step("")
            yield from _environment(item, before, after)
            yield from _chance(item, after, seeded)
            _refuse(item)
            if _path(item) in _IMPORTS:
                if not (isinstance(after, Constant) and isinstance(after.value, str)):
                    raise UnknowableError(f"{item.name} imports what is not known before it runs")
                yield modules(after.value)
            elif isinstance(item.value, PurePath) and item.rest[:1] in _ASKED_OF_PATHS:
                if not _only_writes(item, after):
                    yield contents(item.value)
            elif _reads_a_file(item):
                mode = items[place + 2] if place + 2 < len(items) else Step("")
                if not _only_writes(item, mode):
                    yield _content_of(item.name, after)
        elif _attribute(item) in _METHODS:
            yield from _method(items, place)


def contents(value: Any) -> list[tuple[str, str]]:
    """Return the files that a value names, one path or a collection of them, each with a digest."""
    if isinstance(value, bytes):
        value = os.fsdecode(value)
    if isinstance(value, (str, PurePath)):
        return [(str(value), _digest(Path(value)))]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(pair for one in value for pair in contents(one))
    return []


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as problem:  # the fit will say it better, or expects it
        return type(problem).__name__


# -- what is knowable --------------------------------------------------------------------------


def _environment(item: Use, before: Item, after: Item) -> Iterable[Any]:
    """The variables that are asked for by a constant name; else all of them."""
    if item.value is os.environ:
        if item.rest == ("get",) or (not item.rest and isinstance(after, Constant)):
            return [_variable(after)]
        tested = isinstance(after, Step) and after.operation == "CONTAINS_OP"
        return [_variable(before) if tested and not item.rest else dict(os.environ)]
    if item.value is os.getenv:
        return [_variable(after)]
    return [os.getcwd()] if item.value is os.getcwd or item.value is Path.cwd else []


def _variable(name: Item) -> Any:
    value = name.value if isinstance(name, (Constant, Use)) else None
    if not isinstance(value, str) or (isinstance(name, Use) and name.rest):
        return dict(os.environ)
    return "environment", value, os.environ.get(value)


def _chance(item: Use, after: Item, seeded: set[str]) -> Iterable[Any]:
    """The state of the random numbers that all code shares, where the script has set it."""
    owner = getattr(item.value, "__self__", None)
    if owner is np.random.mtrand._rand:
        source = "NumPy's"
    elif owner is random._inst:
        source = "Python's"
    elif _path(item).startswith("torch.") and item.name.rpartition(".")[2] in _TORCH:
        source = "PyTorch's"
    else:
        return []
    if item.name.endswith("seed") and isinstance(after, (Constant, Use)):
        seeded.add(source)
    if source in seeded:
        return []
    if source == "NumPy's":
        # Where nobody has called np.random.seed, a result stands for all draws, as it does with
        # random_state=None.
        is_seeded = np.random.mtrand.get_bit_generator().seed_seq is None
        return [np.random.get_state(legacy=True)] if is_seeded else []  # noqa: NPY002
    raise UnknowableError(
        f"{item.name} draws from {source} shared random numbers, which nothing says are as they "
        "were; draw from a generator with a seed"
    )


_TORCH = frozenset(
    {
        *("rand", "randn", "randint", "randperm", "normal", "bernoulli", "multinomial"),
        *("rand_like", "randn_like", "manual_seed"),
    }
)


def _reads_a_file(item: Use) -> bool:
    if item.rest and isinstance(item.value, PurePath):
        return False  # a method of a path, which is looked at as such
    if isinstance(item.value, type) and issubclass(item.value, PurePath):
        return False
    name = item.name.rpartition(".")[2]
    path = _path(item)
    if path.startswith(tuple(f"{module}." for module in _FROM_STREAMS)):
        return False
    is_of_a_package = isinstance(item.value, NotLoaded) or is_library(module_of(item.value))
    if not is_of_a_package or not (callable(item.value) or isinstance(item.value, NotLoaded)):
        return False
    names = {name, path.rpartition(".")[2]}
    return any(one in _OPENERS or one.startswith(("read_", "scan_")) for one in names)


def _only_writes(item: Use, mode: Item) -> bool:
    text = mode.value if isinstance(mode, Constant) else None
    is_open = item.name.rpartition(".")[2] == "open"
    return is_open and isinstance(text, str) and text[:1] in ("w", "a", "x") and "+" not in text


def _content_of(reader: str, argument: Item) -> Any:
    """The content of the files that the first argument of a reader names."""
    if isinstance(argument, Local) and argument.name == "self" and len(argument.rest) == 1:
        return reader  # of the object, whose attributes are looked at with it
    if isinstance(argument, (Constant, Use)) and not getattr(argument, "rest", ()):
        found = contents(argument.value)
        if found:
            return found
    raise UnknowableError(
        f"{reader} reads a file whose name is not known before it runs; give the whole path as a "
        "constant of the module"
    )


def _attribute(item: Item) -> str:
    """The last attribute asked of a value that was computed, or of a variable."""
    if isinstance(item, Step):
        return item.name
    return item.rest[-1] if isinstance(item, Local) and item.rest else ""


def _method(items: Sequence[Item], place: int) -> Iterator[Any]:
    """The file of ``Path("a file").read_text()``, and of ``self.path.read_text()``."""
    item = items[place]
    if isinstance(item, Local) and item.name == "self":
        return  # a method of the object's own, or of a path that it holds
    called = items[place - 3 : place] if place >= 3 else ()
    if isinstance(item, Step) and len(called) == 3:
        what, argument, call = called
        is_path = (
            isinstance(what, Use)
            and isinstance(what.value, type)
            and issubclass(what.value, PurePath)
            and isinstance(call, Step)
            and call.operation.startswith("CALL")
        )
        if is_path:
            yield _content_of(f"{what.name}(…).{item.name}", argument)  # type: ignore[union-attr]
            return
    name = f"{item.name}.{_attribute(item)}" if isinstance(item, Local) else _attribute(item)
    raise UnknowableError(
        f"{name} reads a file whose name is not known before it runs; give the whole path as a "
        "constant of the module"
    )


# -- what is not -------------------------------------------------------------------------------


def _path(item: Use) -> str:
    """The name of what is used, whatever it is called where it is used."""
    value = item.value
    if isinstance(value, NotLoaded):
        return value.name
    name = getattr(value, "__qualname__", None)
    return f"{module_of(value)}.{name}" if isinstance(name, str) else item.name


def _refuse(item: Use) -> None:
    path = _path(item)
    is_date = isinstance(item.value, type) and issubclass(item.value, date)
    if path in _CALENDAR or (is_date and item.rest[:1] in (("now",), ("today",), ("utcnow",))):
        raise UnknowableError(
            f"{item.name} asks for the date; to measure a duration, ask time.perf_counter"
        )
    if path in _BY_NAMES_MADE_UP or item.value is sys.modules:
        raise UnknowableError(f"{item.name} reaches what no name in the code says")
    if path.startswith(tuple(f"{module}." for module in _NETWORK)):
        raise UnknowableError(f"{item.name} asks the network")
    if path in _PROGRAMS or path.startswith("subprocess."):
        raise UnknowableError(f"{item.name} starts another program")
    if path == "builtins.input" or item.value is sys.stdin:
        raise UnknowableError(f"{item.name} asks whoever started it")
    if path in _FOLDERS:
        raise UnknowableError(f"{item.name} reads whatever files are there")
    if isinstance(item.value, PurePath) and item.rest[:1] in (("glob",), ("rglob",), ("iterdir",)):
        raise UnknowableError(f"{item.name} reads whatever files are there")
