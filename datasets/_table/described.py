"""The user's own table: what its columns are, and what is predicted from which.

Nothing is done in silence: each column has a reason for being used or left out, and rows that are
left out are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, get_args
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from .._dataset import Task
from .cells import read_column
from .columns import Column, judge
from .file import TableFile
from .leak import leak_score
from .notes import column_notes, file_notes, row_notes, target_note
from .reasons import Reason
from .table import Table
from .target import has_rare_class, labels, likely_target, likely_task


def describe_table(
    file: TableFile,
    *,
    target: str | None = None,
    task: Task | None = None,
    groups: str | None = None,
    keep: Collection[str] = (),
    leave_out: Collection[str] = (),
) -> Table:
    """Decide what is predicted from what, and say why.

    Columns that name the rows, dates, texts, constants and columns that may hold the answer are
    left out, unless `keep` says otherwise.

    Parameters
    ----------
    file : TableFile
        What `read_table` returned.
    target : str, optional
        The column to predict. When left out, one that is called like a target, else the last one
        that could be one.
    task : {"classification", "regression"}, optional
        When left out, classification for texts, booleans and at most 20 different whole numbers
        with five rows each on average, else regression.
    groups : str, optional
        A column that says which rows belong together, a patient or a speaker say.
    keep, leave_out : collection of str, default=()
        Columns to use, and not to use, whatever they were taken for.

    Returns
    -------
    Table

    Raises
    ------
    TypeError, ValueError
        If a column is not there, or the target cannot be predicted: fewer than two classes, a
        class of a single row, or numbers that are all the same.

    Examples
    --------
    >>> from bakeoff.datasets import read_table
    >>> rows = "".join(f"{i},{i % 7},{'ab'[i % 2]}\\n" for i in range(100))
    >>> table = describe_table(read_table(b"id,size,kind\\n" + rows.encode()))
    >>> table
    Table(100 rows, 1 of 3 columns used, classification of 'kind')
    >>> str(table.columns[0].reason)
    'Its name says that it names the rows.'
    """
    frame = file.frame
    asked = {"target": [target], "groups": [groups], "keep": keep, "leave_out": leave_out}
    _check(frame, asked, task)
    judged = _judged(file)
    columns = {name: column for name, (column, _) in judged.items()}
    values = {name: series for name, (_, series) in judged.items()}
    is_told = target is not None
    if target is None:
        target, target_reason = likely_target(columns, values)
    else:
        target_reason = Reason("chosen")
    has_target = values[target].notna()
    if task is None:
        task, task_reason = likely_task(columns[target], values[target][has_target])
    else:
        task_reason = Reason("chosen")
    rare = has_rare_class(values[target][has_target], task).reindex(frame.index, fill_value=False)
    rows = has_target & ~rare
    found = labels(values[target][rows], target, task)
    if groups is not None and values[groups][rows].isna().any():
        raise ValueError(
            f"groups must have a value in every row, however: {groups!r} has none in "
            f"{values[groups][rows].isna().sum()}"
        )
    for name, column in columns.items():
        if name in (target, groups):
            reason = Reason("target" if name == target else "groups")
            columns[name] = replace(column, use=False, reason=reason)
        elif name in leave_out:
            columns[name] = replace(column, use=False, reason=Reason("left_out"))
        elif name in keep:
            columns[name] = replace(column, use=column.reason.code != "empty")
        elif column.use:
            columns[name] = _without_leak(column, values[name][rows], found.y, task)
    used = [name for name, column in columns.items() if column.use]
    notes = [] if is_told else [target_note(target, target_reason)]
    notes += row_notes(values[target], has_target, rare)
    notes += column_notes(columns, [target, *used])
    return Table(
        file=file,
        target=target,
        target_reason=target_reason,
        task=task,
        task_reason=task_reason,
        columns=tuple(columns.values()),
        groups=groups,
        notes=(*notes, *file_notes(file)),
        n_rows=len(found.y),
        n_without_target=int((~has_target).sum()),
        n_rare=int(rare.sum()),
        n_duplicates=int(frame.loc[rows, [target, *used]].duplicated().sum()),
        _labels=found,
        _rows=rows.to_numpy(),
    )


# Kept while the file is: with another target, thousands of columns are what they were.
_JUDGED: WeakKeyDictionary[TableFile, dict[str, tuple[Column, pd.Series]]] = WeakKeyDictionary()


def _judged(file: TableFile) -> dict[str, tuple[Column, pd.Series]]:
    if file not in _JUDGED:
        read = {
            str(name): (column, file.readings.get(str(name))) for name, column in file.frame.items()
        }
        _JUDGED[file] = {
            # A frame that is not from a file has not been read yet.
            name: judge(*read_column(column)) if reading is None else judge(column, reading)
            for name, (column, reading) in read.items()
        }
    return _JUDGED[file]


def _check(frame: pd.DataFrame, asked: Mapping[str, Collection[str | None]], task: Any) -> None:
    for what, names in asked.items():
        if isinstance(names, str):
            raise TypeError(f"{what} must be a list of columns, however: {names!r}")
        for name in names:
            if name is not None and name not in frame:
                raise ValueError(f"{what} must name a column of the file, however: {name!r}")
    if task is not None and task not in get_args(Task):
        raise ValueError(f"task must be one of {get_args(Task)}, however: {task!r}")


def _without_leak(column: Column, values: pd.Series, y: np.ndarray, task: Task) -> Column:
    score = leak_score(values, y, task)
    if score is None:
        return column
    code = "leak_class" if task == "classification" else "leak_number"
    return replace(column, use=False, reason=Reason(code, {"score": score}))
