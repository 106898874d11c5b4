"""The box of data sets, on all pages that have one: bundled sets and the user's own tables."""

import contextlib
import json
import os
import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

import streamlit as st

from bakeoff import datasets
from bakeoff.datasets import Dataset, Kind, TableWarning
from bakeoff.experiments.runs.archive import data_fingerprint
from bakeoff.experiments.runs.saved_tables import SavedTable, saved_tables

from ...language import t
from ...report.problems import explain
from ...report.prose import plain
from .places import PATHS
from .settings import setting, setting_key

_DRAWN = "data boxes"  # in the session: keys of those that were drawn


class Choice(NamedTuple):
    """A data set that was chosen.

    Attributes
    ----------
    name, params
        As a spec has them.
    data : Dataset
    """

    name: str
    params: dict[str, Any]
    data: Dataset


def load(name: str, params: Mapping[str, Any], fingerprint: str | None = None) -> Dataset:
    """Load a data set once for all sessions. Nobody may change it.

    Parameters
    ----------
    name, params
        As a spec has them.
    fingerprint : str, optional
        What the run has that it is for: a script may run any data under any name.

    Raises
    ------
    ValueError, TypeError, OSError
        When it is not there, or not what it was.
    """
    data, found = _load(name, json.dumps(dict(params), sort_keys=True), _version(name))
    if fingerprint not in (None, found):
        raise ValueError(t("{name} holds other data than this run had", name=repr(name)))
    return data


# Not cache_data, which would copy all rows at every press of a button.
@st.cache_resource(max_entries=4, show_spinner=False)
def _load(name: str, params: str, version: tuple[int, ...]) -> tuple[Dataset, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TableWarning)  # the pages say it in their own way
        data = datasets.load(name, **json.loads(params))
    return data, data_fingerprint(data)


def _version(name: str) -> tuple[int, ...]:
    """What tells a file from what it was before: a script's may have been written anew."""
    with contextlib.suppress(OSError):  # which loading it says
        if name.startswith("file:"):
            found = os.stat(name.removeprefix("file:"))
            return found.st_ino, found.st_size, found.st_mtime_ns
    return ()


def choose_data(default: str = "wine") -> Choice:
    """Draw the box of data sets, bundled ones and the user's own, and what one should know of it.

    Parameters
    ----------
    default : str
        The one that the page opens with.

    Returns
    -------
    Choice
    """
    help = t("Files of your own come in on the page Data.")
    choice = read_data(*data_box(default, setting("dataset")["key"], help))
    st.caption(facts(choice.data))
    with st.expander(t("About this data")):
        about_data(choice.data)
    return choice


def data_box(default: str, key: str, help: str | None = None) -> tuple[str, SavedTable | None]:
    """Draw the box of data sets, the user's own and the bundled ones.

    Parameters
    ----------
    default, key, help : str
        As for `st.selectbox`; ``default`` is the name that the page opens with.

    Returns
    -------
    name : str
        What stands in the box.
    table : SavedTable or None
        None for a bundled one.
    """
    saved = {table.label: table for table in saved_tables()}
    bundled = [name for kind in get_args(Kind) for name in datasets.names(kind=kind)]
    options = [*saved, *bundled]
    asked = st.query_params.get(key) or st.session_state.get(key)
    if asked and asked not in options:  # of which the box says nothing
        st.warning(t("There is no data set {name}, or not any more.", name=repr(asked)))
    name = st.selectbox(
        t("Data set"),
        options,
        index=options.index(default),
        key=key,
        bind="query-params",
        help=help,
        on_change=lambda: take_along(st.session_state[key]),
    )
    st.session_state.setdefault(_DRAWN, set()).add(key)
    return name, saved.get(name)


def take_along(name: str) -> None:
    """Let pages on which nobody was yet open with a data set that was chosen on another."""
    for page in {*PATHS.values()}:
        key = setting_key(page, "dataset")
        if key not in st.session_state.get(_DRAWN, ()):
            st.session_state[key] = name


def read_data(name: str, table: SavedTable | None) -> Choice:
    """Load what `data_box` returned, or end the page with the reason why it cannot be loaded."""
    choice = (table.dataset, table.params) if table else (name, {})
    try:
        return Choice(*choice, load(*choice))
    except (ValueError, TypeError, OSError) as problem:
        st.error(
            t("The table {name} cannot be read: {problem}", name=name, problem=explain(problem))
        )
        st.stop()


def about_data(data: Dataset) -> None:
    """Draw what a data set is and where it comes from."""
    st.markdown(plain(t(data.description)))
    st.markdown(  # no caption, where a link would be too faint
        t(
            "Source: {source}. Licence: {licence}. Units: {units}.",
            source=data.source,
            licence=data.licence,
            units=t(data.units),
        )
    )


def facts(data: Dataset) -> str:
    """Say in one line how many rows of what there are, and what is predicted."""
    n = f"{len(data.X):,}"
    if data.kind == "image":
        _, height, width = data.input_shape
        rows = t("{n} images of {height} by {width} pixels", n=n, height=height, width=width)
    elif data.kind == "sequence":
        steps, features = data.input_shape
        rows = t(
            "{n} sequences of up to {steps} steps, {features} features each",
            n=n,
            steps=steps,
            features=features,
        )
    else:
        rows = t("{n} rows of {columns} columns", n=n, columns=data.input_shape[0])
    if data.task == "classification":
        return t("{rows}, {n} classes", rows=rows, n=len(data.target_names))
    target = plain(", ".join(data.target_names))
    return t("{rows}; the target is {target}", rows=rows, target=target)
