"""The content of code: its instructions, what it closes over, and all that it refers to."""

import inspect
import os
import types
from collections.abc import Iterable, Iterator
from typing import Any

from . import reach
from .edited import refuse_if_edited
from .holders import wrapped
from .instructions import NOT_CONTENT, Of
from .origin import (
    is_a_package_s,
    is_library,
    is_put_in,
    is_written_in_a_package,
    module_of,
    origin,
    version_of,
)
from .outside import outside, shares_random_numbers
from .reach import Use
from .unknowable import UnknowableError, refuse

# Locks and the like, which have no content, are no values that a result is made of.
_ARRANGE_WORK = {"_thread", "threading", "concurrent", "asyncio", "logging", "tqdm"}
_MODULES_OWN = ("__getattr__", "__all__")  # the rest with two lines is Python's


def function_tokens(function: types.FunctionType, of: Of) -> Iterable[bytes]:
    yield origin(function)
    if is_a_package_s(function):
        refuse(function)
        return
    yield of(function.__code__)
    yield of((function.__defaults__, function.__kwdefaults__))
    if hasattr(function, "registry") and hasattr(function, "dispatch"):  # functools.singledispatch
        yield of(dict(function.registry))
        return
    for cell in function.__closure__ or ():
        yield from _cell(cell, of)
    yield of({k: v for k, v in vars(function).items() if k != "journal"})  # which keeps results
    if is_written_in_a_package(function):
        return  # made by a package, whose version stands for the rest
    try:
        refuse_if_edited(function)
        for items in reach.read(function):
            yield from map(of, outside(items, reach.module_named))
            for item in items:
                # Of these, `outside` has what is asked for.
                is_asked = isinstance(item, Use) and (
                    item.value is os.environ or shares_random_numbers(item.value)
                )
                if isinstance(item, Use) and not is_asked:
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
    if use.imported:
        yield f"{use.imported} {version_of(use.imported)}".encode()
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
        if whole:
            yield from map(of, _fields(base))
        for name, member in sorted(vars(base).items()):
            # Of a package's class, what somebody has put in its place.
            is_content = (
                name not in NOT_CONTENT
                if whole
                else any(map(is_put_in, (member, *wrapped(member))))
            )
            if is_content:
                yield name.encode()
                yield from _use(Use(f"{base.__qualname__}.{name}", member), of)


def _fields(cls: type) -> Iterator[Any]:
    """What a class says of its fields beside their values, as far as it says it without looking."""
    stated = vars(cls).get("__annotations__", {})
    texts = {name: inspect.formatannotation(kind) for name, kind in stated.items()}
    yield {name: text for name, text in texts.items() if " at 0x" not in text}
    fields = vars(cls).get("__dataclass_fields__", {})
    yield {name: dict(field.metadata) for name, field in fields.items()}
