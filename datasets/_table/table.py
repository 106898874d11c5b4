"""The user's own table, with all that was decided about it, and the data set that it makes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .._dataset import Dataset, Task
from .columns import Column
from .encoder import TableEncoder
from .file import TableFile
from .notes import Note
from .reasons import Reason
from .target import Labels

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
    notes : tuple of Note
        What was chosen and left out without being told.
    n_rows : int
        Rows that have a target.
    n_without_target : int
        Rows that were left out because they have none.
    n_rare : int
        Rows that were left out because no other one is of their class.
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
    notes: tuple[Note, ...]
    n_rows: int
    n_without_target: int
    n_rare: int
    n_duplicates: int
    _labels: Labels
    _rows: np.ndarray

    def __repr__(self) -> str:
        used = sum(column.use for column in self.columns)
        return (
            f"Table({self.n_rows} rows, {used} of {len(self.columns)} columns used, "
            f"{self.task} of {self.target!r})"
        )

    def to_dataset(self, name: str, source: str) -> Dataset:
        """Make the columns that are used numeric.

        `TableEncoder` does it; a column that was taken in again is treated in the same way.

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
        rows = self.file.frame[self._rows]
        encoder = TableEncoder(tuple(used)).fit(rows)
        names = pd.Index(encoder.get_feature_names_out())
        if repeated := list(names[names.duplicated()]):
            raise ValueError(
                f"columns must have different names, however: {repeated[0]!r} is one, and also "
                "what a value of another one becomes"
            )
        y, target_names, classes = self._labels
        X = encoder.transform(rows)
        return Dataset(
            name=name,
            X=X,
            y=y,
            task=self.task,
            kind="tabular",
            feature_names=tuple(names),
            target_names=target_names,
            input_shape=(X.shape[1],),
            source=source,
            licence="not recorded",
            units="not recorded",
            description=self._description(),
            groups=None if self.groups is None else pd.factorize(rows[self.groups])[0],
            left_out=self._left_out(),
            notes=self.notes,
            classes=classes,
            encoder=encoder,
        )

    def _left_out(self) -> dict[str, Reason]:
        return {
            column.name: column.reason
            for column in self.columns
            if not column.use and column.reason.code not in ("target", "groups")
        }

    def _description(self) -> str:
        left_out = [
            f"{name} ({str(reason).rstrip('.')})" for name, reason in self._left_out().items()
        ]
        if len(left_out) > _MOST_NAMED:
            left_out[_MOST_NAMED:] = [f"and {len(left_out) - _MOST_NAMED} more"]
        sentences = [
            f"The user's own table of {self.n_rows:,} rows, to predict {self.target}.",
            f"Left out: {', '.join(left_out)}." if left_out else "All columns are used.",
        ]
        if self.n_without_target:
            sentences.append(f"Without a target: {self.n_without_target:,} more.")
        if self.n_rare:
            sentences.append(f"Alone in their class: {self.n_rare:,} more.")
        if self.n_duplicates:
            sentences.append(f"Repeating another row: {self.n_duplicates:,}.")
        return " ".join(" ".join(sentences).split())
