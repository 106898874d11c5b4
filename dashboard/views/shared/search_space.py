"""The space of a search as rows of text: a parameter, and the choices or the range of it."""

import ast
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import CATALOGUE
from bakeoff.experiments.models.catalogue import pipeline

from ...language import t
from .settings import setting

# Of no interest to a search.
_NOT_SEARCHED = {"verbose", "random_state", "n_jobs", "copy", "cache_size", "callbacks", "device"}
_RANGE = re.compile(r"(\S+?)\s*\.\.\s*(\S+)(\s+log)?")


def space_texts(model: str, data: Dataset, method: str, svm: str) -> dict[str, str]:
    """Draw the box of parameters and a row for each of them, and return the text of each row.

    Parameters
    ----------
    model : str
        A key of ``CATALOGUE``.
    data : Dataset
        Decides which parameters the model has.
    method : str
        A grid opens with lists of choices for two parameters of the model's own space; the other
        methods open with all of it, ranges included.
    svm : str
        As in a spec.
    """
    estimator = pipeline(model, data, svm=svm)
    names = [full.rpartition("__")[2] for full in estimator.get_params() if "__" in full]
    known = [name for name in names if names.count(name) == 1 and name not in _NOT_SEARCHED]
    own = {name: values for name, values in CATALOGUE[model].space.items() if name in known}
    key = space_key(model, data.task, method, svm)
    chosen = st.multiselect(
        t("Parameters to search"),
        [*own, *sorted(set(known) - own.keys())],
        default=list(own)[:2] if method == "grid" else list(own),
        **setting(key),
        help=t("All others keep their defaults."),
    )
    texts = {}
    for name in chosen:
        values = own.get(name, [estimator.get_params()[_full(estimator, name)]])
        if method == "grid" and isinstance(values, Mapping):
            values = grid_values(**values)
        texts[name] = st.text_input(name, space_text(values), **setting(f"{key}_{name}"))
    st.caption(
        t("Choices with commas between them: *0.1, 1, 10* or *rbf, poly*.")
        if method == "grid"
        else t("Choices with commas between them, or a range: *0.01 .. 100 log*, or *0 .. 0.5*.")
    )
    return texts


def space_key(model: str, task: str, method: str, svm: str) -> str:
    """Return the name of the setting: what has other parameters, or other texts, is another."""
    kind = "grid" if method == "grid" else "space"
    return "_".join([kind, model, task, *([] if svm == "exact" else [svm])])


def parsed_values(name: str, text: str) -> list[Any] | dict[str, Any]:
    """Read the text of one row.

    Parameters
    ----------
    name : str
        The parameter, for what is said about a text that cannot be read.
    text : str
        Literals of Python with commas between them, where words need no quotes, or a range as
        ``low .. high``, with ``log`` after it when it is logarithmic.

    Raises
    ------
    ValueError
        One sentence with the text that cannot be read.

    Examples
    --------
    >>> parsed_values("hidden_layer_sizes", "[64], [64, 64]")
    [[64], [64, 64]]
    >>> parsed_values("gamma", "scale, 0.1")
    ['scale', 0.1]
    >>> parsed_values("C", "0.01 .. 100 log")
    {'low': 0.01, 'high': 100, 'log': True}
    """
    try:
        if bounds := _RANGE.fullmatch(text.strip()):
            low, high = (ast.literal_eval(end) for end in bounds.groups()[:2])
            return {"low": low, "high": high, "log": bounds[3] is not None}
        values = ast.literal_eval(_Words().visit(ast.parse(f"[{text.strip()}]", mode="eval")))
    except (ValueError, SyntaxError):
        values = None
    if not values:
        raise ValueError(
            t(
                "{name} must be choices with commas between them, or a range, however: {written}",
                name=name,
                written=repr(text),
            )
        )
    return values


class _Words(ast.NodeTransformer):
    """Reads a word without quotes as text, and JSON's own words as Python's."""

    def visit_Name(self, node: ast.Name) -> ast.Constant:
        return ast.Constant({"true": True, "false": False, "null": None}.get(node.id, node.id))


def space_text(values: Sequence[Any] | Mapping[str, Any]) -> str:
    """Write choices, or a range, as `parsed_values` reads them.

    Examples
    --------
    >>> space_text({"low": 2.0**-5, "high": 2.0**10, "log": True})
    '0.031 .. 1000.0 log'
    >>> space_text([[64], [64, 64]])
    '[64], [64, 64]'
    """
    if isinstance(values, Mapping):
        log = " log" if values.get("log") else ""
        return f"{_rounded(values['low'])!r} .. {_rounded(values['high'])!r}{log}"
    return ", ".join(map(repr, values))


def grid_values(low: float, high: float, log: bool = False) -> list[float]:
    """Pick the choices of a grid from a range: three to five, powers of ten where there are some.

    Examples
    --------
    >>> grid_values(2.0**-5, 2.0**10, log=True)
    [0.1, 1.0, 10.0, 100.0, 1000.0]
    >>> grid_values(0.0, 0.5), grid_values(1, 20, log=True)
    ([0.0, 0.25, 0.5], [1, 4, 20])
    """
    values = np.geomspace(low, high, 3) if log else np.linspace(low, high, 3)
    if log:
        decades = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
        if len(decades) >= 3:
            places = np.linspace(0, len(decades) - 1, min(len(decades), 5)).round().astype(int)
            values = np.array([10.0 ** decades[place] for place in places])
    if isinstance(low, int) and isinstance(high, int):
        return [round(value) for value in values.tolist()]
    return [_rounded(value) for value in values.tolist()]


def curve_values(values: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """Return the choices of a space, or up to seven values of a range, in as few digits as do.

    Examples
    --------
    >>> curve_values({"low": 2.0**-5, "high": 2.0**10, "log": True})
    [0.03, 0.2, 1.0, 6.0, 30.0, 200.0, 1000.0]
    >>> curve_values({"low": 1, "high": 20, "log": True})
    [1, 2, 3, 4, 7, 10, 20]
    >>> curve_values({"low": 0.0, "high": 0.5, "log": False})
    [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    """
    if not isinstance(values, Mapping):
        return list(values)
    low, high = values["low"], values["high"]
    spread = np.geomspace(low, high, 7) if values["log"] else np.linspace(low, high, 6)
    number = int if isinstance(low, int) and isinstance(high, int) else float
    return list(dict.fromkeys(number(float(f"{value:.1g}")) for value in spread))


def _rounded(value: float) -> float:
    """Two digits are enough for the end of a range; a whole number stays as it is."""
    return value if isinstance(value, int) else float(f"{value:.2g}")


def _full(estimator: Any, name: str) -> str:
    return next(full for full in estimator.get_params() if full.endswith(f"__{name}"))
