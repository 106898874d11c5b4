"""Tables from OpenML, https://www.openml.org, through scikit-learn's fetcher and its cache.

The cache is scikit-learn's data folder, ``~/scikit_learn_data`` unless the environment variable
``SCIKIT_LEARN_DATA`` says otherwise. What was fetched once loads without a network. Parsing takes
about a microsecond a cell: no time for most tables, a minute for the 55 million of MNIST.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection
from urllib.error import HTTPError, URLError

import numpy as np
import pandas as pd
from scipy.sparse import issparse
from sklearn.datasets import fetch_openml, get_data_home
from sklearn.utils import Bunch

from ._dataset import Dataset, Task

# More than these, and the column is an identifier or free text, not a category.
_MOST_CATEGORIES = 100
_QUERY = re.compile(r"(?P<name>[^\s/?#%@]+)(@(?P<version>[1-9][0-9]*))?")


def openml(query: str, *, drop: Collection[str] = ()) -> Dataset:
    """Load a table from OpenML and make it numeric, losing nothing in silence.

    Numeric columns stay as they are, in front. A categorical column becomes one column of 0 and 1
    for each of its values, named ``column=value``: no order is invented, and as no target and no
    average is involved, nothing leaks between folds. Where a category is missing, all of its
    columns are 0; a missing number stays NaN, for a pipeline to impute inside each fold.

    Parameters
    ----------
    query : str
        ``NAME`` for the oldest active version, or ``NAME@VERSION``.
    drop : collection of str, default=()
        Columns to leave out.

    Returns
    -------
    Dataset
        X float64, kind "tabular". The type of the target decides the task: numbers are regression,
        categories are classification. OpenML does not say which tables are images; one who knows
        does: ``dataclasses.replace(data, kind="image", input_shape=(1, 28, 28))``.

    Raises
    ------
    ValueError
        If the query is malformed, OpenML has no such data set, it is sparse or has no target, or
        a column is text.
    ConnectionError
        If OpenML cannot be reached, or answers with an error, and there is no copy in the cache.
    """
    match = _QUERY.fullmatch(query)
    if match is None:
        raise ValueError(
            f"write openml:NAME or openml:NAME@VERSION, with a whole number for the version, "
            f"however: 'openml:{query}'"
        )
    bunch = _fetch(match["name"], match["version"])
    name = f"openml:{bunch.details['name']}@{bunch.details['version']}"
    if issparse(bunch.data):
        raise ValueError(f"{name} is stored sparse, {bunch.data.shape}, which is not supported")
    if bunch.target is None:
        raise ValueError(
            f"{name} names no target; fetch it with scikit-learn's fetch_openml(target_column=...)"
        )
    table = _numeric(name, bunch.data, drop)
    task, y, target_names = _target(name, bunch.target)
    return Dataset(
        name=name,
        X=table.to_numpy(np.float64, na_value=np.nan),
        y=y,
        task=task,
        kind="tabular",
        feature_names=tuple(map(str, table.columns)),
        target_names=target_names,
        input_shape=(table.shape[1],),
        source=bunch.url,
        licence=bunch.details.get("licence") or "not stated on OpenML",
        units="not recorded by OpenML; see the source",
        description=_first_paragraph(bunch.DESCR),
    )


def _fetch(name: str, version: str | None) -> Bunch:
    """Ask scikit-learn, and put what went wrong into one sentence."""
    asked = f"openml:{name}" + (f"@{version}" if version else "")
    try:
        with warnings.catch_warnings():
            # The retries are silent, because their failure is reported below.
            warnings.filterwarnings("ignore", "A network error occurred")
            return fetch_openml(
                name,
                version=int(version) if version else "active",
                # The default parser is faster, but in scikit-learn up to 1.9.1 it fails
                # on classes that are numbers when pandas is 3.1: scikit-learn's issue 34892.
                parser="liac-arff",
                n_retries=1,
                delay=0.5,
            )
    except HTTPError as error:
        raise ConnectionError(
            f"OpenML answered {error.code} ({error.reason}) when asked for {asked!r}"
        ) from error
    except (URLError, TimeoutError, ConnectionError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise ConnectionError(
            f"{asked!r} cannot be fetched, for OpenML is out of reach ({reason}) and there is no "
            f"copy in {get_data_home()}; load it once with a network, or set SCIKIT_LEARN_DATA to "
            "a folder that has it"
        ) from error
    except ValueError as error:
        raise ValueError(f"OpenML cannot give {asked!r}: {error}") from error


def _numeric(name: str, table: pd.DataFrame, drop: Collection[str]) -> pd.DataFrame:
    """Leave out `drop`, refuse text, and turn categories into columns of 0 and 1."""
    if isinstance(drop, str):
        raise TypeError(f"drop must be a list of columns, however: {drop!r}")
    unknown = [column for column in drop if column not in table]
    if unknown:
        raise ValueError(f"{name} has no columns {unknown} to drop; it has {list(table.columns)}")
    table = table.drop(columns=list(drop))
    text = [column for column in table if _is_text(table[column])]
    if text:
        raise ValueError(
            f"{name} has columns of text or of more than {_MOST_CATEGORIES} categories; "
            f"leave them out with drop={text}"
        )
    return pd.get_dummies(table, prefix_sep="=", dtype=np.float64)


def _is_text(column: pd.Series) -> bool:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return len(column.cat.categories) > _MOST_CATEGORIES
    return not pd.api.types.is_numeric_dtype(column)


def _target(
    name: str, target: pd.Series | pd.DataFrame
) -> tuple[Task, np.ndarray, tuple[str, ...]]:
    """Task, y and target names, from the type of the target."""
    frame = target.to_frame() if isinstance(target, pd.Series) else target
    if all(pd.api.types.is_numeric_dtype(frame[column]) for column in frame):
        return "regression", target.to_numpy(np.float64), tuple(map(str, frame.columns))
    if frame.shape[1] > 1:
        raise ValueError(
            f"{name} has {frame.shape[1]} categorical targets, {list(frame.columns)}, and a data "
            "set has one"
        )
    labels = frame.iloc[:, 0].astype("category").cat.remove_unused_categories()
    try:
        classes = sorted(labels.cat.categories, key=float)  # 10 after 9
    except ValueError:
        classes = sorted(labels.cat.categories, key=str)
    y = labels.cat.reorder_categories(classes).cat.codes.to_numpy(np.int64)
    return "classification", y, tuple(map(str, classes))


def _first_paragraph(text: str) -> str:
    """Skip OpenML's customary head, lines of ``**Author**: ...`` and headings."""
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return next((part for part in paragraphs if not part.startswith(("**", "#"))), paragraphs[0])
