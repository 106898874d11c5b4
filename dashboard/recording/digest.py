"""Digests of content: equal work gets an equal key, in any process and on any day.

The key of a fit is made of everything that can change its result: the estimator with its
parameters, the data, the rows, the scorer, and the code of whatever the user wrote. Identity,
addresses, the order of sets and ``PYTHONHASHSEED`` must not enter; each would lose every key when
a script is started again. `joblib.hash` does most of this, but it cannot take a lambda, and it
reads all of X for every fit.

Code of installed packages enters as name and version, that of bakeoff as the text of the `sources`
that decide what it computes, code of the user's as its byte code, with the functions and constants
that it refers to. Names of files, line numbers and docstrings are not content.
"""

import copyreg
import dis
import functools
import hashlib
import sys
import sysconfig
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from .sources import source_digest

_PLAIN = (type(None), type(Ellipsis), bool, int, float, complex, str, bytes)
_LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
_NOT_CONTENT = (
    "__doc__", "__module__", "__dict__", "__weakref__", "__annotations__", "__dataclass_fields__",
    "__dataclass_params__", "__firstlineno__", "__static_attributes__", "__annotate_func__",
    "__annotations_cache__",
)  # fmt: skip
_HAS_DOCSTRING = 0x4000000  # a flag of code since Python 3.13
_DISPLAY = ("_skl_callbacks", "_skl_callbacks_to_teardown", "_parent_callback_ctx")
_WORTH_KEEPING = 256  # bytes; below, looking an array up costs what hashing it does


class Digester:
    """Digests values; reads each large array once until `clear` is called.

    Examples
    --------
    >>> from sklearn.svm import SVC
    >>> digester = Digester()
    >>> digester.digest(SVC(C=1)) == digester.digest(SVC(C=1))
    True
    >>> digester.digest(SVC(C=1)) == digester.digest(SVC(C=2))
    False
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}  # the object too: ids are used again
        self._open: set[int] = set()  # objects being read, so that cycles end

    def digest(self, *values: object) -> str:
        """Return 32 hexadecimal digits that stand for the content of ``values``.

        Raises
        ------
        Exception
            Whatever a value raises that cannot be taken apart, such as an open file.
        """
        self._open.clear()
        return self._of(values).hex()[:32]

    def clear(self) -> None:
        """Forget the arrays: they may be edited in place from now on."""
        self._known.clear()

    def _of(self, value: object) -> bytes:
        hashing = hashlib.sha256()
        for token in self._tokens(value):
            hashing.update(len(token).to_bytes(8, "little"))
            hashing.update(token)
        return hashing.digest()

    def _once(self, value: object, tokens: Iterable[Any]) -> bytes:
        """The digest of ``tokens``, kept under the identity of ``value``."""
        known = self._known.get(id(value))
        if known is None or known[0] is not value:
            hashing = hashlib.sha256()
            for token in tokens:
                hashing.update(token)
            known = self._known[id(value)] = (value, hashing.digest())
        return known[1]

    def _tokens(self, value: Any) -> Iterable[Any]:
        kind = type(value)
        if kind in _PLAIN:
            return (f"{kind.__name__} {value!r}".encode(),)
        if isinstance(value, np.ndarray):
            small = value.nbytes <= _WORTH_KEEPING
            return self._array(value) if small else (self._once(value, self._array(value)),)
        if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
            return (self._once(value, self._frame(value)),)
        if id(value) in self._open:
            return (b"cycle",)
        long = kind in (list, tuple) and len(value) > _WORTH_KEEPING  # rows, as plain Python
        if long or (isinstance(value, BaseEstimator) and not isinstance(value, type)):
            return (self._once(value, self._opened(value)),)
        return self._opened(value)

    def _opened(self, value: Any) -> Iterable[bytes]:
        self._open.add(id(value))
        try:
            yield from self._parts(value)
        finally:
            self._open.discard(id(value))

    def _parts(self, value: Any) -> Iterable[bytes]:
        yield type(value).__name__.encode()
        if isinstance(value, (np.generic, np.dtype)):
            yield repr(value).encode()
        elif type(value) in (list, tuple):
            yield from map(self._of, value)
        elif type(value) is dict:
            yield from (self._of(key) + self._of(item) for key, item in value.items())
        elif type(value) in (set, frozenset):
            yield from sorted(map(self._of, value))
        elif isinstance(value, type):
            yield from self._class(value)
        elif isinstance(value, types.FunctionType):
            yield from self._function(value)
        elif isinstance(value, types.CodeType):
            yield from self._code(value)
        elif isinstance(value, types.MethodType):
            yield from map(self._of, (value.__func__, value.__self__))
        elif isinstance(value, np.ufunc):
            yield value.__name__.encode()
        elif isinstance(value, types.ModuleType):
            yield value.__name__.encode()
            if not _is_library(value.__name__):  # which has a file
                yield Path(value.__file__ or "").read_bytes()
        elif _is_tensor(value):  # its storage is pickled with an address
            yield self._of(value.detach().cpu().numpy())
        elif _is_skorch(value, "NeuralNet") and hasattr(value, "module_"):
            # A fitted net: what it pickles has the addresses of its weights.
            yield from self._class(type(value))
            yield from map(self._of, (str(value.module_), value.module_.state_dict()))
            yield self._of(value.get_params(deep=False))
        elif _is_skorch(value, "History"):  # the seconds of an epoch are not content
            rows = [{k: v for k, v in row.items() if k != "dur"} for row in value]
            yield from map(self._of, rows)
        elif isinstance(value, types.MappingProxyType):
            yield self._of(dict(value))
        else:
            yield from self._object(value)

    def _object(self, value: Any) -> Iterable[bytes]:
        """Take an object apart the way pickle would."""
        own = copyreg.dispatch_table.get(type(value))
        reduced = own(value) if own else value.__reduce_ex__(4)
        if isinstance(reduced, str):
            yield reduced.encode()
            return
        yield from self._class(type(value))
        _, arguments, state, items, pairs = (*reduced, None, None, None)[:5]
        if isinstance(value, BaseEstimator) and isinstance(state, dict):
            # What displays progress does not change a result.
            state = {k: v for k, v in state.items() if k not in _DISPLAY}
        yield from map(self._of, (arguments, state))
        yield from map(self._of, items or ())
        yield from map(self._of, pairs or ())

    def _array(self, array: np.ndarray) -> Iterable[Any]:
        dtype = array.dtype.descr if array.dtype.names else array.dtype.str
        yield f"{dtype} {array.shape} ".encode()
        if isinstance(array, np.ma.MaskedArray):
            yield self._of(np.ma.getmaskarray(array))
            array = array.filled()
        if array.dtype.hasobject:
            yield from map(self._of, array.ravel())
        elif array.size:
            transposed = array.flags.f_contiguous and not array.flags.c_contiguous
            yield b"F" if transposed else b"C"
            flat = np.ascontiguousarray(array.T if transposed else array).reshape(-1)
            yield flat.view(np.uint8).data

    def _frame(self, frame: Any) -> Iterable[Any]:
        yield type(frame).__name__.encode()
        if isinstance(frame, pd.DataFrame):
            yield from map(self._of, (list(frame.columns), frame.columns.names, frame.index))
            columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
            yield from map(self._column, columns)
        elif isinstance(frame, pd.Series):
            yield from (self._of((frame.name, frame.index)), self._column(frame))
        else:
            yield from (self._of(frame.names), self._column(frame))

    def _column(self, column: Any) -> bytes:
        dtype = column.dtype
        if isinstance(dtype, pd.CategoricalDtype):
            codes = np.asarray(pd.Categorical(column).codes)
            return self._of(("categories", dtype.ordered, list(dtype.categories), codes))
        if isinstance(dtype, np.dtype):
            return self._of(column.to_numpy())
        # Strings, dates with zones, nullable numbers: pandas knows how; objects it would mix up.
        return self._of((str(dtype), pd.util.hash_array(column.array)))

    def _class(self, cls: type) -> Iterable[bytes]:
        yield _origin(cls)
        for base in cls.__mro__:
            if _is_installed(base):
                yield _origin(base)
                continue
            for name, member in sorted(vars(base).items()):
                for part in _unwrapped(member):
                    if name not in _NOT_CONTENT and _is_content(part):
                        yield name.encode()
                        yield self._of(part)

    def _function(self, function: types.FunctionType) -> Iterable[bytes]:
        yield _origin(function)
        if _is_installed(function):
            return
        yield self._of(function.__code__)
        yield self._of((function.__defaults__, function.__kwdefaults__))
        for cell in function.__closure__ or ():
            yield self._of(cell.cell_contents)
        for name in sorted(_names(function.__code__)):
            for member in _unwrapped(function.__globals__.get(name)):
                if _is_content(member):
                    yield name.encode()
                    yield self._of(member)

    def _code(self, code: types.CodeType) -> Iterable[bytes]:
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
                yield self._of(constant)  # not its repr: it has addresses, and sets
        yield code.co_exceptiontable


def _is_skorch(value: object, name: str) -> bool:
    return any(c.__name__ == name and c.__module__.startswith("skorch.") for c in type(value).mro())


def _is_tensor(value: object) -> bool:
    torch = sys.modules.get("torch")  # where nobody has imported it, nothing is a tensor
    return torch is not None and isinstance(value, torch.Tensor)


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


def _names(code: types.CodeType) -> set[str]:
    """Names that a function may look up in its module, those of functions inside it included."""
    inner = [_names(c) for c in code.co_consts if isinstance(c, types.CodeType)]
    return set(code.co_names).union(*inner)


def _unwrapped(member: Any) -> Iterable[Any]:
    """The functions inside a property, a method, a partial or a cache; else the member itself."""
    if isinstance(member, property):
        return [part for part in (member.fget, member.fset, member.fdel) if part]
    inside = [getattr(member, name, None) for name in ("__func__", "__wrapped__", "func", "fn")]
    functions = [part for part in inside if isinstance(part, types.FunctionType)]
    return [*functions, member] if isinstance(member, functools.partial) else functions or [member]


def _is_content(member: object) -> bool:
    """Whether what a user's code refers to is code of theirs or a value, not a library's tool."""
    if isinstance(member, types.ModuleType):
        return not _is_library(member.__name__)
    values = (tuple, list, dict, set, frozenset, functools.partial, np.ndarray, np.generic)
    code = (types.FunctionType, type)
    pandas = (pd.DataFrame, pd.Series)
    is_value = isinstance(member, (*_PLAIN[2:], *values, *code, *pandas))
    return is_value or not _is_installed(type(member))


def _origin(thing: Any) -> bytes:
    module = getattr(thing, "__module__", None) or ""
    package, version = module.partition(".")[0], ""
    if _is_installed(thing):
        version = source_digest(module) if package == "bakeoff" else _version(package)
    return f"{module}.{thing.__qualname__} {version}".encode()


@functools.cache
def _version(package: str) -> str:
    try:
        return str(sys.modules[package].__version__)
    except (KeyError, AttributeError):
        return ".".join(map(str, sys.version_info[:2]))  # of the standard library


def is_own(thing: Any) -> bool:
    """Whether a class or function is from the user's own files, and from no package."""
    return not _is_installed(thing)


def _is_installed(thing: Any) -> bool:
    """Whether a class or function comes from a package rather than from the user's own files."""
    return _is_library(getattr(thing, "__module__", None) or "builtins")


@functools.cache
def _is_library(module: str) -> bool:
    package = module.partition(".")[0]
    if package in ("builtins", "bakeoff"):
        return True
    if package == "__main__":
        return False
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return True
    return file.startswith(_LIBRARIES) or not {"site-packages", "dist-packages"}.isdisjoint(
        Path(file).parts
    )
