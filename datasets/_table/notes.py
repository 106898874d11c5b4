"""What was chosen in loading a table without being told, and what tells it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .columns import Column
from .file import TableFile
from .reasons import Reason


@dataclass(frozen=True)
class Note:
    """One choice.

    Attributes
    ----------
    parameter : str
        That of `load` which decides it instead.
    reason : Reason
        What was chosen, as a sentence.

    Examples
    --------
    >>> str(Note("delimiter", Reason("note_skipped", {"count": 3})))
    '3 rows are left out, for they have more fields than there are columns. (delimiter=)'
    """

    parameter: str
    reason: Reason

    def __str__(self) -> str:
        return f"{self.reason} ({self.parameter}=)"


def target_note(target: str, role: Reason) -> Note:
    """Return what is predicted, and why that was chosen."""
    return Note("target", Reason("note_target", {"target": target, "role": role}))


def row_notes(target: pd.Series, has_target: pd.Series, rare: pd.Series) -> list[Note]:
    """Return which rows are left out."""
    notes = []
    if not has_target.all():
        facts: dict[str, Any] = {"count": int((~has_target).sum())}
        notes.append(Note("target", Reason("note_no_target", facts)))
    if rare.any():
        facts = {"count": int(rare.sum()), "example": target[rare].iloc[0]}
        notes.append(Note("target", Reason("note_rare", facts)))
    return notes


def column_notes(columns: Mapping[str, Column], matter: Collection[str]) -> list[Note]:
    """Return which columns are left out, and what became missing in those that `matter`."""
    notes = []
    for name, column in columns.items():
        if not column.use and column.reason.code not in ("target", "groups", "left_out"):
            facts: dict[str, Any] = {"column": name, "role": column.reason}
            notes.append(Note("leave_out", Reason("note_left_out", facts)))
        if name not in matter:
            continue
        reading = column.reading
        if reading.n_unread:
            facts = {"column": name, "count": reading.n_unread, "example": reading.example}
            notes.append(Note("missing", Reason("note_unread", facts)))
        if column.n_infinite:
            facts = {"column": name, "count": column.n_infinite}
            notes.append(Note("missing", Reason("note_infinite", facts)))
    return notes


def file_notes(file: TableFile) -> list[Note]:
    """Return what the file leaves open, and what of it is no part of the table."""
    notes = [Note(question.parameter, question.reason) for question in file.questions]
    if file.n_skipped:
        notes.append(Note("delimiter", Reason("note_skipped", {"count": file.n_skipped})))
    if file.skip_rows:
        notes.append(Note("skip_rows", Reason("note_above", {"count": file.skip_rows})))
    if file.skip_footer:
        notes.append(Note("skip_footer", Reason("note_below", {"count": file.skip_footer})))
    return notes
