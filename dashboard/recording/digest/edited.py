"""Modules of the user's that are other on the disk than in this process.

A worker process imports a module as it is on the disk. Where somebody has edited it since this
process did, in a notebook say, the digest would be of one code, and the result of another.
"""

import functools
import os
import sys
import types
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path

from .instructions import code_tokens
from .unknowable import UnknowableError

_first: dict[str, tuple[ModuleSpec, bytes]] = {}  # each source as it was when it was first met


def refuse_if_edited(function: types.FunctionType) -> None:
    """Raise `UnknowableError` where the module of a function was edited after it was imported.

    Lines and comments do not count, as far as they were edited before the module is met here.
    """
    module = sys.modules.get(function.__globals__.get("__name__") or "")
    spec = getattr(module, "__spec__", None)
    code = function.__code__
    # What another loader has made, as pytest's, is not what the source says.
    if spec is None or type(spec.loader) is not SourceFileLoader or spec.origin != code.co_filename:
        return
    try:
        file = os.stat(code.co_filename)
        source = _source(code.co_filename, file.st_mtime_ns, file.st_size)
        codes = _contents(source)
    except (OSError, SyntaxError):
        edited = True
    else:
        imported, first = _first.setdefault(spec.name, (spec, source))
        if imported is not spec:  # it was reloaded
            _first[spec.name] = spec, source
            first = source
        edited = source != first or _plain(code) not in codes
    if edited:
        raise UnknowableError(
            f"{code.co_filename} has changed since it was imported, and workers would import it "
            "as it is now; import it anew"
        )


@functools.lru_cache(maxsize=1000)
def _source(name: str, time: int, size: int) -> bytes:
    return Path(name).read_bytes()


@functools.lru_cache(maxsize=100)
def _contents(source: bytes) -> frozenset[bytes]:
    """What each piece of code in a source does."""
    whole = compile(source, "source", "exec", dont_inherit=True)
    return frozenset(map(_plain, _inside(whole)))


def _plain(value: object) -> bytes:
    """The content of code, and of the constants in it."""
    if isinstance(value, types.CodeType):
        return b" ".join(code_tokens(value, _plain))
    if isinstance(value, frozenset):
        return b" ".join(sorted(map(_plain, value)))
    return repr(value).encode(errors="surrogatepass")


def _inside(code: types.CodeType) -> Iterator[types.CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield inner
            yield from _inside(inner)
