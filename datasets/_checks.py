"""Parameters of the generators, checked before anything is drawn.

scikit-learn's `check_scalar` would do, but it lets NaN and booleans through, and names a wrong
type without the value.
"""

from __future__ import annotations

import math
from numbers import Integral, Real

_LARGEST_SEED = 2**32 - 1  # of numpy's RandomState, which scikit-learn's generators use


def check_int(name: str, value: int, at_least: int, at_most: float = math.inf) -> None:
    """Raise unless `value` is a whole number in ``[at_least, at_most]``.

    Examples
    --------
    >>> check_int("n_samples", 0, at_least=2)
    Traceback (most recent call last):
        ...
    ValueError: n_samples must be a whole number >= 2, however: 0
    """
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, however: {value!r}")
    if not at_least <= value <= at_most:
        raise ValueError(
            f"{name} must be a whole number {_span(at_least, at_most)}, however: {value!r}"
        )


def check_real(name: str, value: float, at_least: float, at_most: float = math.inf) -> None:
    """Raise unless `value` is a finite number in ``[at_least, at_most]``.

    Examples
    --------
    >>> check_real("noise", float("nan"), at_least=0)
    Traceback (most recent call last):
        ...
    ValueError: noise must be a finite number >= 0, however: nan
    """
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, however: {value!r}")
    if not (math.isfinite(value) and at_least <= value <= at_most):
        raise ValueError(
            f"{name} must be a finite number {_span(at_least, at_most)}, however: {value!r}"
        )


def check_seed(random_state: int) -> None:
    """Raise unless `random_state` is a seed; None is refused, for a data set must be repeatable.

    Examples
    --------
    >>> check_seed(None)
    Traceback (most recent call last):
        ...
    TypeError: random_state must be a whole number, however: None
    """
    check_int("random_state", random_state, at_least=0, at_most=_LARGEST_SEED)


def _span(at_least: float, at_most: float) -> str:
    return f">= {at_least}" if math.isinf(at_most) else f"from {at_least} to {at_most}"
