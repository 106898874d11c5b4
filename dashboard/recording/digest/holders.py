"""What is inside of things that hold or wrap others, and that pickle would not take apart."""

import contextvars
import functools
import gc
import queue
import threading
import types
import weakref
from typing import Any

import numpy as np
import scipy.special
from joblib.memory import MemorizedFunc, NotMemorizedFunc

from .origin import is_library, module_of
from .unknowable import UnknowableError

HOLDERS = (
    *(contextvars.ContextVar, threading.local, queue.Queue, queue.SimpleQueue, weakref.ref),
    *(weakref.WeakValueDictionary, weakref.WeakKeyDictionary, weakref.WeakSet),
)


def wrapped(value: object) -> tuple[object, ...]:
    """What is inside of a property, a method, or of a function that is kept or cached."""
    if isinstance(value, property):
        return value.fget, value.fset, value.fdel
    if isinstance(value, types.MethodType):
        return value.__func__, value.__self__
    if isinstance(value, (classmethod, staticmethod)):
        return (value.__func__,)
    if isinstance(value, (functools.cached_property, MemorizedFunc, NotMemorizedFunc)):
        return (value.func,)
    return (value.__wrapped__,) if isinstance(value, functools._lru_cache_wrapper) else ()


def added(value: Any) -> tuple[Any, ...]:
    """What a class of the user's adds to one of these: its code, and what its objects keep."""
    if is_library(module_of(type(value))):
        return ()
    kept = getattr(value, "__dict__", {})
    return type(value), {k: v for k, v in kept.items() if not _arranges(v)}


def _arranges(value: object) -> bool:
    return module_of(type(value)).partition(".")[0] in ("_thread", "threading")


def held(value: Any) -> tuple[Any, ...]:
    """What one of `HOLDERS` holds, for whoever asks in this thread."""
    if isinstance(value, contextvars.ContextVar):
        try:
            return value.name, value.get()
        except LookupError:  # it was not set, and has no default
            return (value.name,)
    if isinstance(value, threading.local):
        return type(value), vars(value)
    if isinstance(value, queue.Queue):
        return type(value), value.maxsize, list(value.queue)
    if isinstance(value, queue.SimpleQueue):
        if not value.empty():
            raise UnknowableError("a SimpleQueue does not say what waits in it")
        return ()
    if isinstance(value, weakref.ref):
        return (value(),)
    return (list(value.items()) if hasattr(value, "items") else set(value),)


def ufunc_contents(value: np.ufunc) -> tuple[Any, ...]:
    """The function that ``np.frompyfunc`` has made a ufunc of; nothing for those of packages."""
    is_known = any(getattr(m, value.__name__, None) is value for m in (np, scipy.special))
    inside = () if is_known else tuple(gc.get_referents(value))
    if not is_known and not inside:
        raise UnknowableError(f"the ufunc {value.__name__} does not say what it computes")
    return inside
