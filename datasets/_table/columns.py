"""What a column of the user's own table is taken for, and why, from its name and its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from .cells import Reading
from .reasons import Reason

ColumnKind = Literal["number", "boolean", "category", "date", "text", "identifier", "constant"]
MOST_CATEGORIES = 50

# "Heat Index" and "Air Quality Index" are measurements: an index names rows if it says no more.
_IDENTIFIER = re.compile(
    r"unnamed: \d+|row_?names?|.*번호|순번|아이디|(row|case|record|sample)?[ _.]?(idx|index)"
    r"|(.*[^a-z])?(id|uuid|guid)",
    re.IGNORECASE,
)
_CAMEL_IDENTIFIER = re.compile(r".*[a-z](Id|ID)")
_YEAR = re.compile(r".*(year|연도|년도|jahr|année).*|yr|년", re.IGNORECASE)
ANSWERS = {"true": 1.0, "yes": 1.0, "y": 1.0, "t": 1.0, "예": 1.0, "참": 1.0}
ANSWERS |= {"false": 0.0, "no": 0.0, "n": 0.0, "f": 0.0, "아니오": 0.0, "아니요": 0.0, "거짓": 0.0}
_FEW_ROWS = 10  # in fewer, all being different says nothing
_LONG = 4  # words; more, and it is a text
_SAMPLE = 500  # entries whose words are counted


@dataclass(frozen=True)
class Column:
    """What one column was taken for.

    Attributes
    ----------
    name : str
    kind : {"number", "boolean", "category", "date", "text", "identifier", "constant"}
    use : bool
        Whether it is among the features.
    reason : Reason
    n_missing, n_infinite, n_distinct : int
        Rows without a value, those among them whose value was infinite, and different values.
    reading : Reading
        How its cells are read, in this table and in new rows.
    """

    name: str
    kind: ColumnKind
    use: bool
    reason: Reason
    n_missing: int
    n_infinite: int
    n_distinct: int
    reading: Reading


def judge(read: pd.Series, reading: Reading) -> tuple[Column, pd.Series]:
    """Say what a column is, from its name and values alone.

    Parameters
    ----------
    read : Series
        As `read_column` returned it.
    reading : Reading
        How it was read.

    Returns
    -------
    column : Column
    values : Series
        float64 for numbers, NaN where missing or infinite; else as they were read.

    Examples
    --------
    >>> from bakeoff.datasets._table.cells import read_column
    >>> raw = pd.Series(["1,200", "80", "n/k"] * 9 + ["7"] * 99, name="price")
    >>> column, values = judge(*read_column(raw))
    >>> column.kind, str(column.reason)
    ('number', 'Numbers; 9 other entries count as missing, such as “n/k”.')
    >>> float(values.max())
    1200.0
    """
    kind: ColumnKind
    values, n_infinite = read, 0
    if pd.api.types.is_datetime64_any_dtype(read):
        kind, reason = "date", _unread(reading) or Reason("dates")
    elif pd.api.types.is_bool_dtype(read):
        kind, reason = "boolean", Reason("two_answers")
    elif pd.api.types.is_numeric_dtype(read):
        array = read.to_numpy(np.float64, na_value=np.nan)
        n_infinite = int(np.isinf(array).sum())
        values = pd.Series(np.where(np.isinf(array), np.nan, array), read.index, name=read.name)
        kind, reason = _judge_numbers(values)
        if kind == "number":
            reason = _unread(reading) or reason
    else:
        kind, reason = _judge_texts(read)
    n_distinct = values.nunique()
    if n_distinct < 2:
        kind, reason = "constant", Reason("constant" if n_distinct else "empty")
    column = Column(
        name=str(read.name),
        kind=kind,
        use=kind in ("number", "boolean", "category") and reason.code != "many_categories",
        reason=reason,
        n_missing=int(values.isna().sum()),
        n_infinite=n_infinite,
        n_distinct=n_distinct,
        reading=reading,
    )
    return column, values


_Judgement = tuple[ColumnKind, Reason]


def _unread(reading: Reading) -> Reason | None:
    if not reading.n_unread:
        return None
    code = "some_no_dates" if reading.kind == "date" else "some_no_numbers"
    return Reason(code, {"count": reading.n_unread, "example": reading.example})


def _judge_numbers(values: pd.Series) -> _Judgement:
    present = values.dropna()
    if not (present % 1 == 0).all():
        return "number", Reason("numbers")
    different = present.nunique() == len(present) >= _FEW_ROWS
    if _YEAR.fullmatch(str(values.name).strip()) and present.between(1500, 2100).all():
        return "number", Reason("whole_numbers")
    if _names_rows(values):
        return "identifier", Reason("identifier_name")
    is_in_order = present.is_monotonic_increasing or present.is_monotonic_decreasing
    if different and is_in_order and present.max() - present.min() < 2 * len(present):
        return "identifier", Reason("identifier_numbers")
    return "number", Reason("all_different" if different else "whole_numbers")


def _judge_texts(texts: pd.Series) -> _Judgement:
    present = texts.dropna()
    if present.empty:
        return "constant", Reason("empty")
    counts = present.value_counts()
    entries = counts.index.to_series()
    answers = {ANSWERS.get(entry.lower()) for entry in entries.iloc[:3]}
    if len(counts) == 2 and answers == {0.0, 1.0}:
        return "boolean", Reason("two_answers")
    words = float(entries[:_SAMPLE].str.count(r"\S+").mean())
    if len(counts) == len(present) >= _FEW_ROWS:
        if words > _LONG:
            return "text", Reason("free_text", {"words": words})
        return "identifier", Reason("identifier_texts")
    if _names_rows(texts):
        return "identifier", Reason("identifier_name")
    if words > _LONG and len(counts) > len(present) / 2:
        return "text", Reason("free_text", {"words": words})
    if len(counts) > min(MOST_CATEGORIES, max(len(present) / 2, 2)):
        return "category", Reason("many_categories", {"count": len(counts)})
    return "category", Reason("categories", {"count": len(counts)})


def _names_rows(values: pd.Series) -> bool:
    """Whether the name is that of an identifier, and there are too many values for a code."""
    name = str(values.name).strip()
    called = _IDENTIFIER.fullmatch(name) or _CAMEL_IDENTIFIER.fullmatch(name)
    return called is not None and values.nunique() > len(values) / 20
