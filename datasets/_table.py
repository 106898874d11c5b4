"""The user's own table: what its columns are, what can be predicted, and the data set it makes.

Nothing is done in silence: each column has a reason for being used or left out, and rows that are
left out are counted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd

from ._columns import MOST_CATEGORIES, Column, judge
from ._dataset import Dataset, Task
from ._leak import leak_score
from ._reasons import Reason
from ._table_file import Decimal, TableFile, read_table
from ._target import labels, likely_target, likely_task

_MOST_NAMED = 10  # columns, in a description


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """A file with everything that was decided about it.

    Attributes
    ----------
    file : TableFile
        As it was read.
    target : str
        The column that is predicted.
    task : {"classification", "regression"}
    target_reason, task_reason : Reason
    columns : tuple of Column
        All of them, in their order.
    groups : str or None
        The column that says which rows belong together.
    n_rows : int
        Rows that have a target.
    n_without_target : int
        Rows that were left out because they have none.
    n_duplicates : int
        Rows that repeat an earlier one in the target and in all columns that are used.
    """

    file: TableFile
    target: str
    target_reason: Reason
    task: Task
    task_reason: Reason
    columns: tuple[Column, ...]
    groups: str | None
    n_rows: int
    n_without_target: int
    n_duplicates: int
    _values: Mapping[str, pd.Series]

    def __repr__(self) -> str:
        used = sum(column.use for column in self.columns)
        return (
            f"Table({self.n_rows} rows, {used} of {len(self.columns)} columns used, "
            f"{self.task} of {self.target!r})"
        )

    def to_dataset(self, name: str, source: str) -> Dataset:
        """Make the columns that are used numeric.

        A category becomes one column of 0 and 1 for each of its values, named ``column=value``,
        all 0 where it is missing. A column that was taken in again is treated in the same way,
        with its 50 most frequent values; dates become days since 1970.

        Parameters
        ----------
        name, source : str
            What the data set is called, and where it comes from.

        Returns
        -------
        Dataset
            X float64, NaN where a number is missing, for a pipeline to impute inside each fold.

        Raises
        ------
        ValueError
            If no column is used, or two would have the same name.
        """
        used = [column for column in self.columns if column.use]
        if not used:
            raise ValueError(
                f"no column is left to predict {self.target!r} from; keep=[...] takes one in again"
            )
        X = pd.concat([_encoded(column, self._values[column.name]) for column in used], axis=1)
        if repeated := list(X.columns[X.columns.duplicated()]):
            raise ValueError(
                f"columns must have different names, however: {repeated[0]!r} is one, and also "
                "what a value of another one becomes"
            )
        y, target_names = labels(self._values[self.target], self.target, self.task)
        groups = None if self.groups is None else pd.factorize(self._values[self.groups])[0]
        return Dataset(
            name=name,
            X=X.to_numpy(np.float64),
            y=y,
            task=self.task,
            kind="tabular",
            feature_names=tuple(X.columns),
            target_names=target_names,
            input_shape=(X.shape[1],),
            source=source,
            licence="not recorded",
            units="not recorded",
            description=self._description(),
            groups=groups,
        )

    def _description(self) -> str:
        left_out = [
            f"{column.name} ({str(column.reason).rstrip('.')})"
            for column in self.columns
            if not column.use and column.reason.code not in ("target", "groups")
        ]
        if len(left_out) > _MOST_NAMED:
            left_out[_MOST_NAMED:] = [f"and {len(left_out) - _MOST_NAMED} more"]
        sentences = [
            f"The user's own table of {self.n_rows:,} rows, to predict {self.target}.",
            f"Left out: {', '.join(left_out)}." if left_out else "All columns are used.",
        ]
        if self.n_without_target:
            sentences.append(f"{self.n_without_target:,} more rows have no target.")
        if self.n_duplicates:
            sentences.append(f"{self.n_duplicates:,} rows repeat another one.")
        return " ".join(" ".join(sentences).split())


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
    judged = {str(name): judge(frame[name], file.decimal or ".") for name in frame}
    columns = {name: column for name, (column, _) in judged.items()}
    if target is None:
        target, target_reason = likely_target(columns)
    else:
        target_reason = Reason("chosen")
    has_target = judged[target][1].notna()
    values = {name: series[has_target] for name, (_, series) in judged.items()}
    if task is None:
        task, task_reason = likely_task(columns[target], values[target])
    else:
        task_reason = Reason("chosen")
    y, _ = labels(values[target], target, task)
    if groups is not None and values[groups].isna().any():
        raise ValueError(
            f"groups must have a value in every row, however: {groups!r} has none in "
            f"{values[groups].isna().sum()}"
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
            columns[name] = _without_leak(column, values[name], y, task)
    used = [name for name, column in columns.items() if column.use]
    return Table(
        file=file,
        target=target,
        target_reason=target_reason,
        task=task,
        task_reason=task_reason,
        columns=tuple(columns.values()),
        groups=groups,
        n_rows=len(y),
        n_without_target=int((~has_target).sum()),
        n_duplicates=int(pd.DataFrame({n: values[n] for n in (target, *used)}).duplicated().sum()),
        _values=values,
    )


def table(
    path: str,
    *,
    target: str | None = None,
    task: Task | None = None,
    groups: str | None = None,
    keep: Collection[str] = (),
    leave_out: Collection[str] = (),
    delimiter: str | None = None,
    decimal: Decimal | None = None,
    encoding: str | None = None,
    header: bool | None = None,
) -> Dataset:
    """Load a CSV or Parquet file of one's own: ``load("file:PATH", …)``.

    Parameters
    ----------
    path : str
        The file.
    target, task, groups, keep, leave_out
        See `describe_table`.
    delimiter, decimal, encoding, header
        See `read_table`.

    Returns
    -------
    Dataset

    Raises
    ------
    TypeError, ValueError, ImportError, OSError
        As those two functions do.
    """
    content = Path(path).read_bytes()
    file = read_table(
        content, delimiter=delimiter, decimal=decimal, encoding=encoding, header=header
    )
    described = describe_table(
        file, target=target, task=task, groups=groups, keep=keep, leave_out=leave_out
    )
    digest = hashlib.sha256(content).hexdigest()[:16]
    return described.to_dataset(f"file:{path}", f"{os.path.basename(path)}, SHA-256 {digest}…")


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


def _encoded(column: Column, values: pd.Series) -> pd.DataFrame:
    if pd.api.types.is_numeric_dtype(values):
        return values.to_frame(column.name)
    if column.kind == "date":
        return _days(values).to_frame(column.name)
    frequent = sorted(values.value_counts().index[:MOST_CATEGORIES])
    known = pd.Categorical(values.where(values.isin(frequent)), categories=frequent)
    return pd.get_dummies(pd.Series(known, values.index), dtype=np.float64).add_prefix(
        f"{column.name}="
    )


def _days(values: pd.Series) -> pd.Series:
    """Days since 1970; of a time of day, the part of the day that is over."""
    if pd.api.types.is_string_dtype(values):
        plain = values.str.replace(r"\s*[년월]\s*", "-", regex=True).str.replace("일", "")
        plain = plain.where(~plain.str.match(r"\d{1,2}:"), "1970-01-01 " + plain)
        values = pd.to_datetime(plain, format="mixed", errors="coerce", utc=True)
    elif values.dt.tz is None:
        values = values.dt.tz_localize("UTC")
    return (values - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
