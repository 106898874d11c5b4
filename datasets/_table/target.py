"""What a table is made to predict, and whether that is a class or a quantity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._dataset import Task
from .columns import Column
from .reasons import Reason

# Exactly these, whatever their case; the first that there is. "class" is of a ticket as well.
_NAMES = (
    *("target", "label", "y", "outcome", "response", "survived", "species", "diagnosis", "class"),
    *("category", "quality", "타깃", "타겟", "목표", "정답", "라벨", "레이블"),
    *("클래스", "품종", "종"),
)
# Of these, one that is the same in all rows is a mistake and not a column beside the target.
_NOTHING_ELSE = {
    "target",
    "label",
    "y",
    "outcome",
    "response",
    "타깃",
    "타겟",
    "목표",
    "정답",
    "라벨",
}
_MOST_CLASSES_OF_NUMBERS = 20
_ROWS_A_CLASS = 5  # whole numbers with fewer rows a value are amounts
_MOST_RARE = 0.1  # of the rows may be left out because no other is of their class


class Labels(NamedTuple):
    """A target as a `Dataset` has it.

    Attributes
    ----------
    y : ndarray
    target_names : tuple of str
    classes : ndarray or None
        The classes as the user wrote them, in the order of ``target_names``; None of a quantity.
    """

    y: np.ndarray
    target_names: tuple[str, ...]
    classes: np.ndarray | None


def likely_target(
    columns: Mapping[str, Column], values: Mapping[str, pd.Series]
) -> tuple[str, Reason]:
    """Choose what is called like a target, else the last column that could be one.

    Raises
    ------
    ValueError
        If none could, or what is called so is the same in all rows.
    """
    by_name = {name.strip().lower(): name for name in reversed(list(columns))}
    if "x" in by_name:  # beside which y is a place or a size
        by_name.pop("y", None)
    for called in _NAMES:
        name = by_name.get(called)
        if name is None:
            continue
        if columns[name].kind == "constant" and called in _NOTHING_ELSE:
            raise ValueError(
                f"target must hold different values, however: {name!r}, which is called like one, "
                "does not; target=... names another column"
            )
        if _can_be_target(columns[name], values[name]):
            return name, Reason("target_name")
    for name in reversed(list(columns)):
        if columns[name].use and _can_be_target(columns[name], values[name]):
            return name, Reason("target_last")
    raise ValueError(f"target must be named: none of the columns {list(columns)} looks like one")


def _can_be_target(column: Column, values: pd.Series) -> bool:
    if column.kind not in ("number", "boolean", "category"):
        return False
    present = values.dropna()
    task, _ = likely_task(column, present)
    try:
        labels(present[~has_rare_class(present, task)], column.name, task)
    except ValueError:
        return False
    return True


def likely_task(column: Column, values: pd.Series) -> tuple[Task, Reason]:
    """Choose classification for texts, booleans and few whole numbers, else regression."""
    facts = {"count": values.nunique()}
    if column.kind == "boolean":
        return "classification", Reason("task_boolean")
    if not pd.api.types.is_numeric_dtype(values):
        return "classification", Reason("task_texts", facts)
    few = min(_MOST_CLASSES_OF_NUMBERS, len(values) / _ROWS_A_CLASS)
    if (values % 1 == 0).all() and facts["count"] <= max(few, 2):
        if values.value_counts().min() < 2:
            return "regression", Reason("task_rare", facts)
        return "classification", Reason("task_few", facts)
    return "regression", Reason("task_numbers", facts)


def has_rare_class(values: pd.Series, task: Task) -> pd.Series:
    """Say which rows are alone in their class, if they are few and can be left out.

    Examples
    --------
    >>> has_rare_class(pd.Series(["a", "b"] * 10 + ["c"]), "classification").sum()
    np.int64(1)
    >>> has_rare_class(pd.Series(["a", "a", "b"]), "classification").any()
    np.False_
    """
    none = pd.Series(False, values.index)
    if task == "regression":
        return none
    counts = values.value_counts()
    alone = values.isin(counts.index[counts < 2])
    few = alone.sum() <= _MOST_RARE * len(values) and (counts > 1).sum() > 1
    return alone if few else none


def labels(values: pd.Series, target: str, task: Task) -> Labels:
    """Return y, its names and its classes.

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
    >>> labels(pd.Series(["no", "yes", "no", "yes"]), "paid", "classification")[:2]
    (array([0, 1, 0, 1]), ('no', 'yes'))
    """
    if task == "regression":
        if not pd.api.types.is_numeric_dtype(values):
            raise ValueError(f"a regression takes numbers, however {target!r} holds texts or dates")
        if values.nunique() < 2:
            raise ValueError(f"target must hold different numbers, however: {target!r} does not")
        return Labels(values.to_numpy(np.float64), (target,), None)
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
    return Labels(y, _class_names(counts.index), _own_type(counts.index))


def _class_names(classes: pd.Index) -> tuple[str, ...]:
    return tuple(f"{one:g}" if isinstance(one, float) else str(one) for one in classes)


def _own_type(classes: pd.Index) -> np.ndarray:
    if pd.api.types.is_bool_dtype(classes):
        return classes.to_numpy(bool)
    if pd.api.types.is_numeric_dtype(classes):
        numbers = classes.to_numpy(np.float64)
        return numbers.astype(np.int64) if (numbers % 1 == 0).all() else numbers
    if pd.api.types.is_datetime64_any_dtype(classes):
        return classes.to_numpy()
    return np.array([str(one) for one in classes])
