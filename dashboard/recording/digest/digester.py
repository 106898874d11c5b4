"""The content of values: each is taken apart until plain ones, arrays and code are left."""

import copyreg
import hashlib
import sys
import types
from collections.abc import Iterable
from typing import Any

import joblib
import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.base import BaseEstimator

from .code import class_tokens, function_tokens, module_tokens
from .cosmetic import cosmetic
from .holders import HOLDERS, added, held, ufunc_contents, wrapped
from .instructions import code_tokens
from .origin import is_library, module_of, version_of
from .outside import numpy_s_state
from .tables import array_tokens, frame_tokens
from .unknowable import refuse

_PLAIN = (type(None), type(Ellipsis), bool, int, float, complex, str, bytes)
_CODE = (types.FunctionType, type, types.ModuleType)
_DISPLAY = {"_skl_callbacks", "_skl_callbacks_to_teardown", "_parent_callback_ctx"}
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
        self._n_cycles = 0
        # Code refers to itself in many circles. Within what one piece of code reaches, each
        # thing is read once, and has a number from then on; None outside of code.
        self._reached: dict[int, tuple[int, object]] | None = None

    def digest(self, *values: object) -> str:
        """Return 32 hexadecimal digits that stand for the content of ``values``.

        Raises
        ------
        UnknowableError
            When they reach code whose result depends on what cannot be known, such as the clock.
        Exception
            Whatever a value raises that cannot be taken apart, such as an open file.
        """
        self._open.clear()
        self._reached = None
        return self._of(values).hex()[:32]

    def clear(self) -> None:
        """Forget what was read: arrays may be edited in place from now on, and globals too."""
        self._known.clear()

    def _of(self, value: object) -> bytes:
        return _hashed(self._tokens(value))

    def _once(self, value: object, tokens: Iterable[Any]) -> bytes:
        """The digest of ``tokens``, kept under the identity of ``value``."""
        known = self._known.get(id(value))
        if known is not None and known[0] is value:
            return known[1]
        before = self._n_cycles
        found = _hashed(tokens)
        if self._n_cycles == before:  # else it depends on where the reading began
            self._known[id(value)] = (value, found)
        return found

    def _tokens(self, value: Any) -> Iterable[Any]:
        kind = type(value)
        if kind in _PLAIN:
            return (f"{kind.__name__} {value!r}".encode(),)
        if isinstance(value, np.ndarray):
            tokens = array_tokens(value, self._of)
            return tokens if value.nbytes <= _WORTH_KEEPING else (self._once(value, tokens),)
        if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
            return (self._once(value, frame_tokens(value, self._of)),)
        if self._reached is not None and hasattr(value, "__dict__"):
            return self._within_code(value, self._reached)
        if isinstance(value, _CODE):
            return (self._once(value, self._code(value)),)
        if id(value) in self._open:
            self._n_cycles += 1
            return (b"cycle",)
        long = kind in (list, tuple) and len(value) > _WORTH_KEEPING  # rows, as plain Python
        if self._reached is None and (long or isinstance(value, BaseEstimator)):
            return (self._once(value, self._opened(value)),)
        return self._opened(value)

    def _code(self, value: object) -> Iterable[bytes]:
        """Read a piece of code with all that it reaches."""
        self._reached = {}
        try:
            yield from self._within_code(value, self._reached)
        finally:
            self._reached = None

    def _within_code(self, value: object, reached: dict[int, tuple[int, object]]) -> Iterable[Any]:
        if id(value) in reached:
            return (f"number {reached[id(value)][0]}".encode(),)
        reached[id(value)] = (len(reached), value)
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
            yield from class_tokens(value, self._of)
        elif isinstance(value, types.FunctionType):
            yield from function_tokens(value, self._of)
        elif isinstance(value, types.CodeType):
            yield from code_tokens(value, self._of)
        elif isinstance(value, types.ModuleType):
            yield from module_tokens(value, self._of)
        elif value is np.random.mtrand._rand:  # distributions of SciPy keep it
            yield from map(self._of, numpy_s_state())
        elif isinstance(value, np.ufunc):
            yield from map(self._of, (value.__name__, *ufunc_contents(value)))
        elif isinstance(value, types.MappingProxyType):
            yield self._of(dict(value))
        elif inside := wrapped(value):
            yield from map(self._of, (*inside, *added(value)))
        elif isinstance(value, HOLDERS):
            yield from map(self._of, (*held(value), *added(value)))
        elif isinstance(value, joblib.Memory):
            yield from map(self._of, added(value)[:1])  # where results are kept changes none
        elif _is_tensor(value):  # its storage is pickled with an address
            yield self._of((value.requires_grad, str(value.dtype), tuple(value.shape)))
            yield self._of(_bytes(value))
        elif _is_skorch(value, "NeuralNet") and hasattr(value, "module_"):
            # A fitted net: what it pickles has the addresses of its weights.
            yield self._of(type(value))
            yield self._of(value.module_)
            yield self._of(value.get_params(deep=False))
        elif _is_skorch(value, "History"):  # the seconds of an epoch are not content
            rows = [{k: v for k, v in row.items() if k != "dur"} for row in value]
            yield from map(self._of, rows)
        else:
            yield from self._object(value)

    def _object(self, value: Any) -> Iterable[bytes]:
        """Take an object apart the way pickle would."""
        own = copyreg.dispatch_table.get(type(value))
        reduced = own(value) if own else value.__reduce_ex__(4)
        module = module_of(value)
        if isinstance(value, types.BuiltinFunctionType):
            refuse(value)
        if isinstance(reduced, str):
            refuse(value)
            yield f"{module}.{reduced}".encode()
            if is_library(module):
                yield version_of(module).encode()
            else:
                yield from map(self._of, (type(value), getattr(value, "__dict__", None)))
            return
        yield self._of(type(value))
        make, arguments, state, items, pairs = (*reduced, None, None, None)[:5]
        if isinstance(value, BaseEstimator) and isinstance(state, dict):
            left_out = _DISPLAY | cosmetic(value.__class__)
            state = {k: v for k, v in state.items() if k not in left_out}
        if sp.issparse(value):  # what it has found out about itself
            state = {k: v for k, v in state.items() if not k.startswith("_has_")}
        yield from map(self._of, (make, arguments, state))
        yield from map(self._of, items or ())
        yield from map(self._of, pairs or ())


def _hashed(tokens: Iterable[Any]) -> bytes:
    hashing = hashlib.sha256()
    for token in tokens:
        hashing.update(len(token).to_bytes(8, "little"))
        hashing.update(token)
    return hashing.digest()


def _is_skorch(value: object, name: str) -> bool:
    return any(c.__name__ == name and c.__module__.startswith("skorch.") for c in type(value).mro())


def _bytes(tensor: Any) -> np.ndarray:
    """The values of a tensor of any dtype, of which NumPy may have no like, and of any layout."""
    torch = sys.modules["torch"]
    dense = tensor.detach().cpu().resolve_conj().resolve_neg()
    dense = dense if dense.layout == torch.strided else dense.to_dense()
    return dense.contiguous().reshape(-1).view(torch.uint8).numpy()


def _is_tensor(value: object) -> bool:
    torch = sys.modules.get("torch")  # where nobody has imported it, nothing is a tensor
    return torch is not None and isinstance(value, torch.Tensor)
