"""What the fields of a spec may hold: names that there are, and what JSON gives back as it was."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

from ..models.catalogue import CATALOGUE

LAST_SEED = 2**32 - 1  # of NumPy


def sequence(what: str, values: Iterable[Any], of: str = "") -> tuple[Any, ...]:
    """Return ``values`` as a tuple that JSON keeps; a string, a sequence too, is refused."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{what} must be a sequence{of}, however: {values!r}")
    return _kept(what, tuple(values))


def names(what: str, values: Iterable[str]) -> tuple[str, ...]:
    """Return ``values`` as a tuple, none of which may be repeated."""
    found = sequence(what, values, of=" of names")
    repeated = [value for value in found if found.count(value) > 1]
    if repeated:
        raise ValueError(f"{what} may name each once, however: {repeated[0]!r} is repeated")
    return found


def mapping(what: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as a dict that JSON keeps."""
    if not isinstance(values, Mapping):
        raise TypeError(f"{what} must be a mapping, however: {values!r}")
    return {name: _kept(what, {name: value})[name] for name, value in values.items()}


def model_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of models as a tuple, each of them checked."""
    keys = names("models", values)
    if not keys:
        raise ValueError("models must name at least one model, however: ()")
    for key in keys:
        check_choice("a model", key, CATALOGUE)
    return keys


def parameter_name(estimator: BaseEstimator, name: str) -> str:
    """Find the full name of a parameter in a pipeline, from its own name or its last parts.

    Raises
    ------
    ValueError
        When no parameter, or more than one, is called that.

    Examples
    --------
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from sklearn.svm import SVC
    >>> parameter_name(make_pipeline(StandardScaler(), SVC()), "C")
    'svc__C'
    """
    known = estimator.get_params()
    if name in known:
        return name
    found = [full for full in known if full.endswith(f"__{name}")]
    if len(found) != 1:
        what = f"is one of {', '.join(found)}" if found else "is not a parameter of the model"
        raise ValueError(f"parameter must name one of the model, however {name!r} {what}")
    return found[0]


def hashable(value: Any) -> Any:
    """Return lists and arrays as tuples and NumPy's scalars as Python's, at every depth.

    Mappings, which cannot be hashed, become dicts of such values.

    Examples
    --------
    >>> hashable([[64, 64], np.float64(0.1)])
    ((64, 64), 0.1)
    """
    if isinstance(value, Mapping):
        return {name: hashable(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return tuple(hashable(one) for one in value)
    return value.item() if isinstance(value, np.generic) else value


def check_choice(what: str, value: Any, choices: Any) -> None:
    """Raise a ValueError unless ``value`` is one of ``choices``."""
    if value not in list(choices):  # a list: what cannot be hashed is refused too
        raise ValueError(f"{what} must be one of {', '.join(choices)}, however: {value!r}")


def check_integer(name: str, value: Any, low: int, high: int | None = None) -> None:
    """Raise a ValueError unless ``value`` is an integer from ``low`` to ``high``, if any."""
    if not isinstance(value, int) or isinstance(value, bool) or value < low:
        raise ValueError(f"{name} must be an integer of at least {low}, however: {value!r}")
    if high is not None and value > high:
        raise ValueError(f"{name} must be at most {high}, however: {value!r}")


def _kept(what: str, value: Any) -> Any:
    """Make ``value`` `hashable`; raise a ValueError if JSON would not give it back as it is."""
    value = hashable(value)
    try:
        is_kept = bool(hashable(json.loads(json.dumps(value))) == value)
    except (TypeError, ValueError):
        is_kept = False
    if not is_kept:
        raise ValueError(f"{what} must be what JSON can hold, however: {value!r}")
    return value
