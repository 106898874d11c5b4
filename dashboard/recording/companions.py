"""Which tasks are handed out together: fits of nets that are trained in one pass.

An estimator says which fits those are: its class has `_run_together`, which runs calls so, and
`_pass_of`, which returns what the parameters of such fits have in common.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from sklearn.pipeline import Pipeline

from .calls import Call, Item, recognise

MOST = 8  # fits that one worker is given at once
_MOST_BYTES = 2**28  # of their rows, which each of them has a copy of
# What scikit-learn times itself, so that it can be corrected.
_FITS = frozenset({"_fit_and_score", "_fit_and_predict"})


def grouped(calls: Sequence[Call | None], n_workers: int) -> list[list[int]]:
    """Return the places of calls in groups, as even as they can be for the workers."""
    by_pass: dict[Hashable, list[int]] = defaultdict(list)
    for place, call in enumerate(calls):
        common = None if call is None else _pass_of(call)
        by_pass[("alone", place) if common is None else common].append(place)
    groups = []
    for places in by_pass.values():
        n_rounds = math.ceil(len(places) / (_most(calls[places[0]]) * n_workers))
        size = math.ceil(len(places) / (n_rounds * n_workers))
        groups += [places[i : i + size] for i in range(0, len(places), size)]
    return sorted(groups)


def runner(items: Sequence[Item]) -> Callable[..., Any]:
    """Return the function that runs the tasks of one group."""
    call = recognise(items[0])
    assert call is not None
    estimator, _ = _last_step(call)
    return estimator._run_together


def _most(call: Call | None) -> int:
    if call is None:
        return 1
    n_bytes = getattr(call.parts.get("X"), "nbytes", 0)
    return max(1, min(MOST, _MOST_BYTES // max(1, n_bytes)))


def _pass_of(call: Call) -> Hashable | None:
    if call.name not in _FITS:
        return None
    estimator, parameters = _last_step(call)
    if not hasattr(type(estimator), "_run_together"):
        return None
    shape = getattr(call.parts.get("X"), "shape", ())
    return estimator._pass_of({**estimator.get_params(deep=False), **parameters}, shape)


def _last_step(call: Call) -> tuple[Any, Mapping[str, Any]]:
    """The estimator that predicts, and the parameters that a search sets on it."""
    estimator = call.parts.get("estimator")
    candidate = call.arguments.get("parameters")
    parameters = candidate if isinstance(candidate, dict) else {}
    while isinstance(estimator, Pipeline):
        name, last = estimator.steps[-1]
        estimator = parameters.get(name, last)
        start = f"{name}__"
        parameters = {
            k.removeprefix(start): v for k, v in parameters.items() if k.startswith(start)
        }
    return estimator, parameters
