"""What code refers to by name: read from its instructions, found where the code would find it.

An instruction that is not known here is passed over, and what it may stand for is taken whole, not
left out. Modules of the user's that a function imports while it runs are imported for this, as the
fit would do a moment later. What it imports of a package is known by its name, loaded or not: the
fit itself may be what has loaded it.
"""

import builtins
import dis
import functools
import importlib
import importlib.util
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .origin import is_library, is_put_in

_SILENT = frozenset({"RESUME", "PUSH_NULL", "PRECALL", "CACHE", "NOP", "EXTENDED_ARG", "NOT_TAKEN"})
_LOCALS = frozenset({"LOAD_DEREF", "LOAD_CLASSDEREF"})
_GLOBALS = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"})
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Use:
    """A name in code, and what it stands for.

    Attributes
    ----------
    name : str
        As it is written, with the attributes asked for: ``np.random.normal``.
    value : object
        What is there, found through modules as far as they go.
    rest : tuple of str
        The attributes asked of ``value``.
    of_library : bool
        Whether it was found inside of an installed package.
    imported : str
        Of what the function itself imports from a package, the name there, which stands for it:
        whether the package is loaded by now changes nothing.
    """

    name: str
    value: Any
    rest: tuple[str, ...] = ()
    of_library: bool = False
    imported: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """Something that a function imports from a package that is loaded."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """Something in a package that is installed, or missing, and that nobody has imported."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    value: Any


@dataclass(frozen=True, slots=True)
class Local:
    """A variable of the function, and the attributes asked of it."""

    name: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Any other instruction; of an attribute of a value that was computed, with its name."""

    operation: str
    name: str = ""


Item = Use | Constant | Local | Step


def read(function: types.FunctionType) -> Iterator[list[Item]]:
    """Read a function, and each function inside it, as lists of what they do in order."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    bound: dict[str, list[Any]] = {}
    for name, cell in cells:
        try:
            bound[name] = [cell.cell_contents]
        except ValueError:  # it is not filled yet
            continue
    yield from _read(function.__code__, function.__globals__, bound)


def _read(
    code: types.CodeType, names: dict[str, Any], bound: Mapping[str, list[Any]]
) -> Iterator[list[Item]]:
    steps = _steps(code)
    imported = dict(bound)
    for name, value in _imports(steps, names):
        imported[name] = [*imported.get(name, []), value]
    yield list(_items(steps, names, imported))
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _read(inner, names, imported)


@functools.lru_cache(maxsize=1000)
def _steps(code: types.CodeType) -> Sequence[tuple[str, Any]]:
    found = [
        # Since Python 3.14, an index is an operator.
        ("BINARY_SUBSCR" if one.argrepr == "[]" else one.opname, one.argval)
        for one in dis.get_instructions(code)
    ]
    return [step for step in found if step[0] not in _SILENT]


def _items(
    steps: Sequence[tuple[str, Any]], names: dict[str, Any], bound: Mapping[str, list[Any]]
) -> Iterator[Item]:
    place = 0
    while place < len(steps):
        operation, about = steps[place]
        place += 1
        is_local = operation.startswith("LOAD_FAST") or operation in _LOCALS
        is_global = operation in _GLOBALS
        if not (is_local or is_global):
            if operation == "LOAD_CONST" or operation == "LOAD_SMALL_INT":
                yield Constant(about)
            else:
                is_attribute = operation in ("LOAD_ATTR", "LOAD_METHOD")
                yield Step(operation, about if is_attribute else "")
            continue
        loaded = about if isinstance(about, tuple) else (about,)  # some load two at once
        rest: list[str] = []
        while place < len(steps) and steps[place][0] in ("LOAD_ATTR", "LOAD_METHOD"):
            rest.append(steps[place][1])
            place += 1
        for one in loaded:
            asked = tuple(rest) if one == loaded[-1] else ()
            values = bound.get(one, []) if is_local else _global(one, names)
            if is_local and not values:
                yield Local(one, asked)
            for value in values:
                yield _follow(value, one, asked)


def _global(name: str, names: dict[str, Any]) -> list[Any]:
    found = names.get(name, _MISSING)
    if found is _MISSING:
        found = getattr(builtins, name, _MISSING)
    return [] if found is _MISSING else [found]


def _follow(value: Any, name: str, rest: tuple[str, ...]) -> Use:
    """Go through modules to what is asked of them."""
    whole = ".".join((name, *rest))
    of_library, imported = False, ""
    if isinstance(value, Imported):
        of_library, imported, value = True, value.name, value.value
    while rest and isinstance(value, types.ModuleType):
        of_library = is_library(value.__name__)
        found = _attribute(value, rest[0])
        if found is _MISSING:
            break
        imported = imported and f"{imported}.{rest[0]}"
        value, rest = found, rest[1:]
    if isinstance(value, NotLoaded):
        name = ".".join((value.name, *rest))
        return Use(whole, NotLoaded(name), (), True, name)
    if not imported or is_put_in(value):
        return Use(whole, value, rest, of_library)
    return Use(whole, value, rest, True, ".".join((imported, *rest)))


def _attribute(module: types.ModuleType, name: str) -> Any:
    found = vars(module).get(name, _MISSING)
    if found is _MISSING:
        found = sys.modules.get(f"{module.__name__}.{name}", _MISSING)
    if found is _MISSING and hasattr(module, "__getattr__"):
        found = getattr(module, name, _MISSING)
    return found


def _imports(steps: Sequence[tuple[str, Any]], names: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names that a function binds by an import of its own, and what they are bound to."""
    for place, (operation, about) in enumerate(steps):
        if operation != "IMPORT_NAME":
            continue
        level, parts = steps[place - 2][1], steps[place - 1][1]
        whole = _absolute(about, level, names)
        module = _imported(whole, module_named(whole))
        if parts is None and steps[place + 1][0] != "IMPORT_FROM":  # import a.b binds a
            top = whole.partition(".")[0]
            yield _variable(steps[place + 1]), _imported(top, module_named(top))
        elif parts is None:  # import a.b as c
            stored = next(step for step in steps[place + 1 :] if step[0].startswith("STORE"))
            yield _variable(stored), module
        for offset, part in enumerate(parts or ()):
            yield _variable(steps[place + 2 + 2 * offset]), _member(module, whole, part)


def _absolute(name: str, level: int, names: Mapping[str, Any]) -> str:
    if not level:
        return name
    package = names.get("__package__") or names.get("__name__", "").rpartition(".")[0]
    return importlib.util.resolve_name("." * level + name, package)


def _variable(step: tuple[str, Any]) -> str:
    return step[1][0] if isinstance(step[1], tuple) else step[1]


def _member(module: Any, whole: str, part: str) -> Any:
    if isinstance(module, NotLoaded):
        return NotLoaded(f"{whole}.{part}")
    found = _attribute(module.value if isinstance(module, Imported) else module, part)
    found = module_named(f"{whole}.{part}") if found is _MISSING else found
    return _imported(f"{whole}.{part}", found)


def _imported(name: str, value: Any) -> Any:
    """The same, with its name where a package has it: the name would do, were it not loaded."""
    is_known = isinstance(value, NotLoaded) or is_put_in(value)
    return value if is_known or not is_by_name(name) else Imported(name, value)


def is_by_name(name: str) -> bool:
    """Whether a module is of a package, known by its name, and not imported to be looked at."""
    package = name.partition(".")[0]
    return is_library(name) and package not in {*sys.stdlib_module_names, "bakeoff"}


def module_named(name: str) -> Any:
    """A module: the one that is loaded, or will be, or of a package not loaded yet its name."""
    found = sys.modules.get(name)
    if found is not None:
        return found
    if is_by_name(name):
        return NotLoaded(name)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:  # which may be expected there
        return NotLoaded(name)
