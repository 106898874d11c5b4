"""The content of code: its instructions, what it closes over, and all that it refers to."""

import dis
import functools
import os
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from . import reach
from .origin import is_a_package_s, is_library, is_own, module_of, origin, version_of
from .outside import UnknowableError, contents, outside
from .reach import NotLoaded, Use

Of = Callable[[object], bytes]  # the digest of a value

_NOT_CONTENT = frozenset(
    {
        *("__doc__", "__module__", "__dict__", "__weakref__", "__annotations__"),
        *("__dataclass_fields__", "__dataclass_params__", "__firstlineno__", "__slotnames__"),
        *("__static_attributes__", "__annotate_func__", "__annotations_cache__", "_abc_impl"),
    }
)
_HAS_DOCSTRING = 0x4000000  # a flag of code since Python 3.13
# Locks, queues and the like are no values that a result is made of.
_ARRANGE_WORK = {
    *("_thread", "threading", "queue", "_queue", "multiprocessing", "concurrent", "asyncio"),
    *("logging", "tqdm", "contextvars", "_contextvars", "weakref"),
}
_MODULES_OWN = ("__getattr__", "__all__")  # the rest with two lines is Python's


def function_tokens(function: types.FunctionType, of: Of) -> Iterable[bytes]:
    yield origin(function)
    if is_a_package_s(function):
        return
    yield of(function.__code__)
    yield of((function.__defaults__, function.__kwdefaults__))
    if hasattr(function, "registry") and hasattr(function, "dispatch"):  # functools.singledispatch
        yield of(dict(function.registry))
        return
    for cell in function.__closure__ or ():
        yield from _cell(cell, of)
    yield of({k: v for k, v in vars(function).items() if k != "journal"})  # which keeps results
    if is_library(function.__globals__.get("__name__") or "__main__"):
        return  # made by a package, whose version stands for the rest
    try:
        for items in reach.read(function):
            yield from map(of, outside(items, reach.module_named))
            for item in items:
                # Of the environment, `outside` has what is asked for.
                if isinstance(item, Use) and item.value is not os.environ:
                    yield from _use(item, of)
    except UnknowableError as problem:
        problem.where = problem.where or function.__qualname__
        raise


def _cell(cell: types.CellType, of: Of) -> Iterable[bytes]:
    try:
        value = cell.cell_contents
    except ValueError:
        return (b"empty",)
    # Of a module, the code inside says what is used.
    return () if isinstance(value, types.ModuleType) else (of(value),)


def _use(use: Use, of: Of) -> Iterator[bytes]:
    yield use.name.encode()
    if isinstance(use.value, NotLoaded):
        yield f"{use.value.name} {version_of(use.value.name)}".encode()
        return
    try:
        yield of(use.value)
    except UnknowableError:
        if not use.of_library:
            raise
    except Exception as problem:
        arranges = module_of(type(use.value)).partition(".")[0] in _ARRANGE_WORK
        if not (use.of_library or arranges):
            raise UnknowableError(
                f"{use.name} is something whose content nobody can know "
                f"({type(problem).__name__}: {problem})"
            ) from problem


def module_tokens(module: types.ModuleType, of: Of) -> Iterator[bytes]:
    """All of a module of the user's; of a package's, its name and version."""
    yield module.__name__.encode()
    if is_library(module.__name__):
        yield version_of(module.__name__).encode()
        return
    for name, value in sorted(vars(module).items()):
        if not name.startswith("__") or name in _MODULES_OWN:
            yield name.encode()
            yield from _use(Use(f"{module.__name__}.{name}", value), of)


def class_tokens(cls: type, of: Of) -> Iterator[bytes]:
    """The members of a class and of its bases, as far as they are the user's."""
    yield origin(cls)
    if type(cls) is not type:
        yield of(type(cls))
    for base in cls.__mro__:
        whole = not is_a_package_s(base)
        yield origin(base)
        for name, member in sorted(vars(base).items()):
            # Of a package's class, what somebody has put in its place.
            is_content = name not in _NOT_CONTENT if whole else _is_put_in(member)
            if is_content:
                yield name.encode()
                yield from _use(Use(f"{base.__qualname__}.{name}", member), of)


def _is_put_in(member: object) -> bool:
    return isinstance(member, types.FunctionType) and (
        is_own(member) and not is_library(member.__globals__.get("__name__") or "__main__")
    )


def files_of(value: Any, state: object) -> list[tuple[str, str]]:
    """The files that an object of the user's names in its attributes: its code may read them."""
    if is_a_package_s(type(value)) or not isinstance(state, dict):
        return []
    named = [text for text in state.values() if isinstance(text, (str, Path))]
    return contents([text for text in named if os.path.isfile(text)])


def code_tokens(code: types.CodeType, of: Of) -> Iterable[bytes]:
    """The instructions, each with what it is about.

    Not ``co_code`` and ``co_consts``: a docstring is a constant that no instruction of a
    function loads, and where it stands, or whether a place is kept for it, moves the others.
    """
    flags = code.co_flags & ~_HAS_DOCSTRING
    counts = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, flags)
    yield repr((counts, code.co_varnames, code.co_freevars)).encode()
    for operation, about, constant in _instructions(code):
        yield f"{operation} {about}".encode()
        if about is None:
            yield of(constant)  # not its repr: it has addresses, and sets
    yield code.co_exceptiontable


@functools.lru_cache(maxsize=1000)
def _instructions(code: types.CodeType) -> list[tuple[str, str | None, object]]:
    """Name and argument of each instruction; or name, None and the constant that it loads."""
    found: list[tuple[str, str | None, object]] = []
    for one in dis.get_instructions(code):
        if one.opname == "STORE_NAME" and one.argval in _NOT_CONTENT:
            found.pop()  # in the body of a class: what is stored there was loaded just before
        elif one.opcode in dis.hasconst:
            found.append((one.opname, None, one.argval))
        else:
            found.append((one.opname, one.argrepr or str(one.arg), None))
    return found
