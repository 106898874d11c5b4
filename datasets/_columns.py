"""What a column of the user's own table is taken for, and why, from its name and its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ._reasons import Reason

ColumnKind = Literal["number", "boolean", "category", "date", "text", "identifier", "constant"]
MOST_CATEGORIES = 50

_IDENTIFIER = re.compile(
    r"unnamed: \d+|row_?names?|.*번호|순번|아이디|(.*[^a-z])?(id|idx|index|uuid|guid)",
    re.IGNORECASE,
)
_CAMEL_IDENTIFIER = re.compile(r".*[a-z](Id|ID)")
_ANSWERS = {"true": 1.0, "yes": 1.0, "y": 1.0, "t": 1.0, "예": 1.0, "참": 1.0}
_ANSWERS |= {"false": 0.0, "no": 0.0, "n": 0.0, "f": 0.0, "아니오": 0.0, "아니요": 0.0, "거짓": 0.0}
_DATE = re.compile(
    r"(19|20)\d{2}\s?[-/.년]\s?(0?[1-9]|1[0-2])([-/.월].*)?"  # 2026-01-31, 2026년 1월
    r"|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})([ T,].*)?"  # 31.01.2026, 1/31/26
    r"|\d{1,2}[ -](?=[a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ,-]+\d{2,4}.*"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}.*"
    r"|\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?",
    re.IGNORECASE,
)
_DATE_NAME = re.compile(r".*(date|time|day|날짜|일자|일시|시각).*", re.IGNORECASE)
_LARGEST_INTEGER = 2**53  # beyond, float64 merges neighbours: digits that long are a name
_MOSTLY = 0.9  # of the entries: enough to take a column for numbers or dates, the rest for slips
_FEW_ROWS = 10  # in fewer, all being different says nothing
_LONG = 4  # words; more, and it is a text
_SAMPLE = 500  # entries that are looked at for dates


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
    """

    name: str
    kind: ColumnKind
    use: bool
    reason: Reason
    n_missing: int
    n_infinite: int
    n_distinct: int


def judge(raw: pd.Series, decimal: str = ".") -> tuple[Column, pd.Series]:
    """Say what a column is, from its name and values alone, and give its values their type.

    Parameters
    ----------
    raw : Series
        As pandas read it.
    decimal : {".", ","}, default="."
        Of numbers that pandas took for texts because of their thousands separators.

    Returns
    -------
    column : Column
    values : Series
        float64 for numbers and booleans, NaN where missing or infinite; datetime64 for dates that
        the file has as such; else texts.

    Examples
    --------
    >>> column, values = judge(pd.Series(["1,200", "80", "n/k"] * 9 + ["7"] * 99, name="price"))
    >>> column.kind, str(column.reason)
    ('number', 'Numbers; 9 other entries count as missing, such as “n/k”.')
    >>> float(values.max())
    1200.0
    """
    if isinstance(raw.dtype, pd.CategoricalDtype):
        raw = raw.astype(raw.cat.categories.dtype)
    if pd.api.types.is_timedelta64_dtype(raw):
        raw = raw.dt.total_seconds()
    kind: ColumnKind
    if pd.api.types.is_datetime64_any_dtype(raw):
        kind, reason, values = "date", Reason("dates"), raw
    elif pd.api.types.is_bool_dtype(raw):
        kind, reason, values = "boolean", Reason("two_answers"), raw.astype(np.float64)
    elif pd.api.types.is_numeric_dtype(raw):
        kind, reason, values = _judge_numbers(raw)
    else:
        kind, reason, values = _judge_texts(raw.astype("str").str.strip(), decimal)
    n_distinct = values.nunique() if kind != "identifier" else raw.nunique()
    if n_distinct < 2:
        kind, reason = "constant", Reason("constant" if n_distinct else "empty")
    n_infinite = 0
    if pd.api.types.is_float_dtype(raw):
        n_infinite = int(np.isinf(raw.to_numpy(np.float64, na_value=np.nan)).sum())
    column = Column(
        name=str(raw.name),
        kind=kind,
        use=kind in ("number", "boolean", "category") and reason.code != "many_categories",
        reason=reason,
        n_missing=int(values.isna().sum()),
        n_infinite=n_infinite,
        n_distinct=n_distinct,
    )
    return column, values


_Judgement = tuple[ColumnKind, Reason, pd.Series]


def _judge_numbers(raw: pd.Series) -> _Judgement:
    array = raw.to_numpy(np.float64, na_value=np.nan)
    values = pd.Series(np.where(np.isinf(array), np.nan, array), raw.index, name=raw.name)
    present = values.dropna()
    if not (present % 1 == 0).all():
        return "number", Reason("numbers"), values
    if _are_dates(str(raw.name), present):
        return "date", Reason("dates"), values
    different = raw.nunique() == len(present) >= _FEW_ROWS
    if _names_rows(raw):
        return "identifier", Reason("identifier_name"), values
    if different and present.max() - present.min() < 2 * len(present):
        return "identifier", Reason("identifier_numbers"), values
    return "number", Reason("all_different" if different else "whole_numbers"), values


def _judge_texts(texts: pd.Series, decimal: str) -> _Judgement:
    texts = texts.where(texts != "")
    present = texts.dropna()
    if present.empty:
        return "constant", Reason("empty"), texts
    counts = present.value_counts()
    entries = counts.index.to_series()
    if len(counts) == 2 and entries.str.lower().isin(_ANSWERS).all():
        values = texts.str.lower().map(_ANSWERS).astype(np.float64)
        if values.nunique() == 2:
            return "boolean", Reason("two_answers"), values
    numbers = _as_numbers(entries, decimal)
    found = counts[numbers.notna()].sum()
    if found >= _MOSTLY * len(present) and not numbers.abs().max() > _LARGEST_INTEGER:
        values = texts.map(numbers).astype(np.float64)
        if found == len(present):
            return _judge_numbers(values)
        facts = {"count": int(len(present) - found), "example": numbers.index[numbers.isna()][0]}
        return "number", Reason("some_no_numbers", facts), values
    if entries[:_SAMPLE].str.fullmatch(_DATE.pattern, flags=re.IGNORECASE).mean() >= _MOSTLY:
        return "date", Reason("dates"), texts
    words = float(entries[:_SAMPLE].str.count(r"\S+").mean())
    if len(counts) == len(present) >= _FEW_ROWS:
        if words > _LONG:
            return "text", Reason("free_text", {"words": words}), texts
        return "identifier", Reason("identifier_texts"), texts
    if _names_rows(texts):
        return "identifier", Reason("identifier_name"), texts
    if words > _LONG and len(counts) > len(present) / 2:
        return "text", Reason("free_text", {"words": words}), texts
    if len(counts) > min(MOST_CATEGORIES, max(len(present) / 2, 2)):
        return "category", Reason("many_categories", {"count": len(counts)}), texts
    return "category", Reason("categories", {"count": len(counts)}), texts


def _names_rows(values: pd.Series) -> bool:
    """Whether the name is that of an identifier, and there are too many values for a code."""
    name = str(values.name).strip()
    called = _IDENTIFIER.fullmatch(name) or _CAMEL_IDENTIFIER.fullmatch(name)
    return called is not None and values.nunique() > len(values) / 20


def _are_dates(name: str, present: pd.Series) -> bool:
    """Whether whole numbers are days such as 20260131, or seconds since 1970 by their name."""
    if present.empty:
        return False
    if present.between(19_000_101, 21_001_231).all():
        month, day = present // 100 % 100, present % 100
        return bool(month.between(1, 12).all() and day.between(1, 31).all())
    is_time = any(present.between(5e8 * unit, 5e9 * unit).all() for unit in (1, 1e3))  # s, ms
    return is_time and _DATE_NAME.fullmatch(name) is not None


def _as_numbers(entries: pd.Series, decimal: str) -> pd.Series:
    """Numbers with thousands separators, spaces or a percent sign; NaN where it is none."""
    thousands = "." if decimal == "," else ","
    gap = rf"[{thousands}'\u2019\s]"  # Swiss numbers have apostrophes
    grouped = rf"[+-]?\d{{1,3}}({gap}\d{{3}})+({re.escape(decimal)}\d+)?"
    plain = entries.str.replace(r"\s*%$", "", regex=True)
    plain = plain.where(~plain.str.fullmatch(grouped), plain.str.replace(gap, "", regex=True))
    if decimal == ",":
        plain = plain.str.replace(",", ".", regex=False)
    return pd.to_numeric(plain, errors="coerce").replace([np.inf, -np.inf], np.nan)
