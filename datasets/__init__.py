"""Data that loads by name: bundled, generated, from OpenML, or a file of one's own.

>>> from bakeoff.datasets import load, names
>>> names(kind="image")
['digits', 'shapes']
>>> load("shapes", n_samples=200, random_state=1)
Dataset('shapes': 200 images of shape (1, 16, 16), classification into 4 classes)
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple, get_args

from ._bundled import breast_cancer, diabetes, digits, iris, wine
from ._dataset import Dataset, Kind, Task
from ._images import shapes
from ._openml import openml
from ._plane import circles, moons, spirals, xor
from ._sequences import adding_problem, counting, delayed_recall, frequency
from ._table.columns import Column
from ._table.described import describe_table
from ._table.encoder import TableEncoder
from ._table.file import TableFile, read_table
from ._table.load import TableWarning, table
from ._table.notes import Note
from ._table.reasons import Question, Reason
from ._table.table import Table

__all__ = [
    "Column",
    "Dataset",
    "Note",
    "Question",
    "Reason",
    "Table",
    "TableEncoder",
    "TableFile",
    "TableWarning",
    "describe_table",
    "load",
    "names",
    "read_table",
]


class _Entry(NamedTuple):
    make: Callable[..., Dataset]
    task: Task
    kind: Kind


# To add a data set, write its function in a family's file and its line here.
_DATASETS = {
    "adding_problem": _Entry(adding_problem, "regression", "sequence"),
    "breast_cancer": _Entry(breast_cancer, "classification", "tabular"),
    "circles": _Entry(circles, "classification", "tabular"),
    "counting": _Entry(counting, "classification", "sequence"),
    "delayed_recall": _Entry(delayed_recall, "classification", "sequence"),
    "diabetes": _Entry(diabetes, "regression", "tabular"),
    "digits": _Entry(digits, "classification", "image"),
    "frequency": _Entry(frequency, "classification", "sequence"),
    "iris": _Entry(iris, "classification", "tabular"),
    "moons": _Entry(moons, "classification", "tabular"),
    "shapes": _Entry(shapes, "classification", "image"),
    "spirals": _Entry(spirals, "classification", "tabular"),
    "wine": _Entry(wine, "classification", "tabular"),
    "xor": _Entry(xor, "classification", "tabular"),
}
_OPENML = "openml:"
_FILE = "file:"


def names(task: Task | None = None, kind: Kind | None = None) -> list[str]:
    """List the data sets that `load` knows without a network, sorted.

    Parameters
    ----------
    task : {"classification", "regression"}, optional
        Only those for this task.
    kind : {"tabular", "image", "sequence"}, optional
        Only those whose rows are of this kind.

    Returns
    -------
    list of str

    Raises
    ------
    ValueError
        If there is no such task or kind.

    Examples
    --------
    >>> names(task="regression")
    ['adding_problem', 'diabetes']
    """
    for label, value, allowed in (("task", task, get_args(Task)), ("kind", kind, get_args(Kind))):
        if value is not None and value not in allowed:
            raise ValueError(f"{label} must be None or one of {allowed}, however: {value!r}")
    return sorted(
        name
        for name, entry in _DATASETS.items()
        if task in (None, entry.task) and kind in (None, entry.kind)
    )


def load(name: str, **params: Any) -> Dataset:
    """Load a data set by its name.

    Parameters
    ----------
    name : str
        One of `names()`, or ``"openml:NAME"`` or ``"openml:NAME@VERSION"`` for a data set of
        https://www.openml.org, which needs the network the first time, or ``"file:PATH"`` for a
        CSV or Parquet file.
    **params
        Parameters of a generator, such as ``n_samples`` or ``random_state``; the
        function of that name says which: ``help(bakeoff.datasets.moons)``. Those of a file are
        ``target, task, groups, keep, leave_out`` of `describe_table`, and ``delimiter, decimal,
        encoding, header, skip_rows, skip_footer, day_first, missing`` of `read_table`. What is
        found out instead is said in one `TableWarning`.

    Returns
    -------
    Dataset
        Freshly made: changing its arrays changes nothing else.

    Raises
    ------
    ValueError
        If the name is not known, a parameter is out of range, or a file cannot be used.
    TypeError
        If the data set does not take a parameter, or not one of this type.
    ConnectionError
        If OpenML cannot be reached and there is no copy in the cache.
    OSError
        If a file is not there, or changes while it is read.
    ImportError
        If a file is Parquet and pyarrow is not installed.

    Examples
    --------
    >>> load("moons", n_samples=100, noise=0.1)
    Dataset('moons': 100 rows of shape (2,), classification into 2 classes)
    >>> load("mons")
    Traceback (most recent call last):
        ...
    ValueError: there is no data set 'mons' (did you mean 'moons'?); names() lists them all
    """
    if not isinstance(name, str):
        raise TypeError(f"name must be a string, however: {name!r}")
    if name.startswith(_OPENML):
        make: Callable[..., Dataset] = partial(openml, name.removeprefix(_OPENML))
    elif name.startswith(_FILE):
        make = partial(table, name.removeprefix(_FILE))
    elif name in _DATASETS:
        make = _DATASETS[name].make
    else:
        raise ValueError(
            f"there is no data set {name!r}{_did_you_mean(name, _DATASETS)}; names() lists them all"
        )
    accepted = list(inspect.signature(make).parameters)
    for param in params:
        if param not in accepted:
            raise TypeError(
                f"data set {name!r} has no parameter {param!r}{_did_you_mean(param, accepted)}; "
                f"it takes {', '.join(accepted) or 'none'}"
            )
    return make(**params)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, known)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""
