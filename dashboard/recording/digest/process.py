"""What holds for the whole process: settings of packages, and functions put in their place.

No code of a fit has to name these, and its result may still be another one. At the start they are
what everybody has, and nothing of them is in a key.
"""

import decimal
import functools
import locale
import sys
import types
import warnings
from typing import Any

import numpy as np
import pandas as pd

from .origin import is_library, is_put_in

_MAKES_FITS = frozenset({"sklearn", "skorch", "bakeoff"})
_KEEPS_FITS = ("bakeoff.recording", "bakeoff.dashboard")
_FAR = frozenset({"torch.nn.functional", "torch.nn.init", "torch.optim.lr_scheduler"})
# Hooks, to show things, and clocks, which are for durations.
_SHOW = frozenset({"builtins", "sys", "warnings", "threading", "logging", "time"})
_seen: dict[str, tuple[int, list[str]]] = {}  # by module: its members then, and those put in


def settings() -> list[Any]:
    """Settings that change what code computes, as far as somebody has changed them.

    Examples
    --------
    >>> import decimal
    >>> with decimal.localcontext(prec=5):
    ...     ("decimal", 5, "ROUND_HALF_EVEN") in settings()
    True
    """
    found: list[Any] = [("numpy", *error) for error in np.geterr().items() if "raise" in error]
    context, usual = decimal.getcontext(), decimal.DefaultContext
    if (context.prec, context.rounding) != (usual.prec, usual.rounding):
        found.append(("decimal", context.prec, context.rounding))
    for category in (locale.LC_NUMERIC, locale.LC_COLLATE, locale.LC_TIME):
        if locale.setlocale(category) != "C":
            found.append(("locale", category, locale.setlocale(category)))
    if (text := str(pd.Series(["a"]).dtype)) != "str":  # of pandas before 3.0, and if set so
        found.append(("pandas", text))
    # Of filters, those that make a fit fail, or take another turn. scikit-learn hands them on.
    errors = [one for one in warnings.filters if one[0] == "error"]
    found += [("warnings", *map(str, one)) for one in errors]
    return found + _of_torch()


def _of_torch() -> list[Any]:
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    now = {
        "dtype": (torch.get_default_dtype(), torch.float32),
        "device": (torch.get_default_device(), torch.device("cpu")),
        "deterministic": (torch.are_deterministic_algorithms_enabled(), False),
        "precision": (torch.get_float32_matmul_precision(), "highest"),
    }
    return [("torch", name, str(value)) for name, (value, usual) in now.items() if value != usual]


def put_in() -> list[tuple[str, object]]:
    """Functions and classes of the user's that stand where a module of a package had its own.

    Methods put into a package's class are content of the class. Looked at are the modules of the
    packages that fits are made by, and the public ones of the others: all there are would take a
    tenth of a second each time.
    """
    found = []
    for name, module in list(sys.modules.items()):
        if not (_is_looked_at(name) and isinstance(module, types.ModuleType)):
            continue
        members = vars(module)
        now = hash(tuple(map(id, members.values())))
        if name not in _seen or _seen[name][0] != now:
            _seen[name] = now, [k for k, value in list(members.items()) if is_put_in(value)]
        found += [(f"{name}.{key}", members[key]) for key in _seen[name][1]]
    return sorted(found, key=lambda pair: pair[0])


@functools.cache
def _is_looked_at(name: str) -> bool:
    top, *rest = name.split(".")
    if name.startswith(_KEEPS_FITS):
        return False
    is_near = top in _MAKES_FITS or (len(rest) < 2 and not any(p.startswith("_") for p in rest))
    return (is_near or name in _FAR) and name not in _SHOW and is_library(name)
