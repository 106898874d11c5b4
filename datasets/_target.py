"""What a table is made to predict, and whether that is a class or a quantity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ._columns import Column
from ._dataset import Task
from ._reasons import Reason

# Exactly these, whatever their case; the first that there is.
_NAMES = (
    *("target", "label", "class", "y", "outcome", "response", "species", "diagnosis", "survived"),
    *("category", "quality", "타깃", "타겟", "목표", "정답", "라벨", "레이블"),
    *("클래스", "품종", "종"),
)
_MOST_CLASSES_OF_NUMBERS = 20
_ROWS_A_CLASS = 5  # whole numbers with fewer rows a value are amounts


def likely_target(columns: Mapping[str, Column]) -> tuple[str, Reason]:
    """Choose what is called like a target, else the last column that could be one.

    Raises
    ------
    ValueError
        If none could.
    """
    by_name = {name.strip().lower(): name for name in reversed(list(columns))}
    for name in _NAMES:
        if name in by_name and columns[by_name[name]].kind in ("number", "boolean", "category"):
            return by_name[name], Reason("target_name")
    possible = [name for name, column in columns.items() if column.use]
    if not possible:
        raise ValueError(
            f"target must be named: none of the columns {list(columns)} looks like one"
        )
    return possible[-1], Reason("target_last")


def likely_task(column: Column, values: pd.Series) -> tuple[Task, Reason]:
    """Choose classification for texts, booleans and few whole numbers, else regression."""
    facts = {"count": values.nunique()}
    if column.kind == "boolean":
        return "classification", Reason("task_boolean")
    if not pd.api.types.is_numeric_dtype(values):
        return "classification", Reason("task_texts", facts)
    few = min(_MOST_CLASSES_OF_NUMBERS, len(values) / _ROWS_A_CLASS)
    if (values % 1 == 0).all() and facts["count"] <= max(few, 2):
        return "classification", Reason("task_few", facts)
    return "regression", Reason("task_numbers", facts)


def labels(values: pd.Series, target: str, task: Task) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return y and target_names as a `Dataset` has them.

    Parameters
    ----------
    values : Series
        The target, without missing values.
    target : str
        What it is called.
    task : {"classification", "regression"}

    Raises
    ------
    ValueError
        If there are fewer than two classes, or one of a single row; if there are texts where
        there should be numbers, or the numbers are all the same.

    Examples
    --------
    >>> labels(pd.Series(["no", "yes", "no", "yes"]), "paid", "classification")
    (array([0, 1, 0, 1]), ('no', 'yes'))
    """
    if task == "regression":
        if not pd.api.types.is_numeric_dtype(values):
            raise ValueError(f"a regression takes numbers, however {target!r} holds texts or dates")
        if values.nunique() < 2:
            raise ValueError(f"target must hold different numbers, however: {target!r} does not")
        return values.to_numpy(np.float64), (target,)
    counts = values.value_counts().sort_index()
    if len(counts) < 2:
        raise ValueError(f"target must hold two classes, however: {target!r} holds {len(counts)}")
    if counts.min() < 2:
        rare = _class_names(counts.index[counts < 2])
        more = f", and so have {len(rare) - 1:,} more" if len(rare) > 1 else ""
        raise ValueError(
            f"each class of {target!r} must have at least 2 rows, however: {rare[0]!r} has one"
            f"{more}"
        )
    y = counts.index.get_indexer(pd.Index(values)).astype(np.int64)
    return y, _class_names(counts.index)


def _class_names(classes: pd.Index) -> tuple[str, ...]:
    return tuple(f"{one:g}" if isinstance(one, float) else str(one) for one in classes)
