"""Results as the bytes that the store keeps, and back."""

import io
import pickle
from typing import Any

import cloudpickle

# Modules that had another name when results were written.
_MOVED = {"bakeoff.dashboard.experiments.evaluation": "bakeoff.experiments.evaluation"}


def pickled(result: Any) -> bytes:
    """Return ``result`` as bytes; raise what pickle raises where it cannot."""
    try:
        return pickle.dumps(result, protocol=5)
    except Exception:  # a lambda in it, say; slower, so not at first
        return cloudpickle.dumps(result, protocol=5)


def unpickled(content: bytes) -> Any:
    """Return what `pickled` was given, this year or when its classes had other places."""
    return _Unpickler(io.BytesIO(content)).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return super().find_class(_MOVED.get(module, module), name)
