"""What the cells of one column say: numbers, dates or words, and what of them is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from .dates import EARLIEST, DateFormat, Order, as_dates, date_format, whole_number_format
from .missing import is_marker
from .numbers import Decimal, NumberFormat, as_numbers, number_format

_MOSTLY = 0.9  # of the entries: enough to take a column for numbers or dates, the rest for slips
_HALF = 0.5  # enough where all the rest is one and the same word
_MANY = 20  # different numbers, beside which one word is no category
_LARGEST_INTEGER = 2**53  # beyond, float64 merges neighbours: digits that long are a name
_SAMPLE = 500  # entries that are looked at before all of them are


@dataclass(frozen=True)
class Reading:
    """How the cells of a column are read; new rows are read in the same way.

    Attributes
    ----------
    kind : {"typed", "number", "date", "text"}
        ``typed`` are moments and truths that pandas or the file itself has as such.
    how : NumberFormat or DateFormat or None
        How they are written.
    missing : tuple of str or None
        Entries that stand for nothing; None for all that are known to, but for `values`.
    values : tuple of str
        Entries that are values here, though elsewhere they mostly stand for nothing.
    n_unread : int
        Entries that count as missing though they are none of these, such as a word among numbers.
    example : str
        One of them.
    is_whole : bool
        Whether numbers are whole, and some have marks of thousands.
    is_open : bool
        Whether the column allows day first and month first alike.
    """

    kind: Literal["typed", "number", "date", "text"]
    how: NumberFormat | DateFormat | None = None
    missing: tuple[str, ...] | None = None
    values: tuple[str, ...] = ()
    n_unread: int = 0
    example: str = ""
    is_whole: bool = False
    is_open: bool = False

    def read(self, raw: pd.Series) -> pd.Series:
        """Return the values of a column: float64, datetime64 or texts, missing where it has none.

        Examples
        --------
        >>> Reading("number", NumberFormat(",")).read(pd.Series(["1.250", "3,5", "-"])).tolist()
        [1250.0, 3.5, nan]
        """
        if isinstance(self.how, DateFormat):
            if pd.api.types.is_datetime64_any_dtype(raw):
                return raw
            return as_dates(raw, self.how)
        if self.kind == "typed" or (self.kind == "number" and is_typed(raw)):
            return raw
        texts = as_texts(raw)
        texts = texts.where(~is_marker(texts, self.missing, self.values).fillna(True))
        if not isinstance(self.how, NumberFormat):
            return texts
        entries = pd.Series(texts.dropna().unique(), dtype="str")
        numbers = as_numbers(entries, self.how).set_axis(entries)
        return texts.map(numbers).astype(np.float64)


def read_column(
    raw: pd.Series,
    *,
    decimal: Decimal = ".",
    told: Decimal | None = None,
    order: Order = "mdy",
    day_first: bool | None = None,
    missing: tuple[str, ...] | None = None,
) -> tuple[pd.Series, Reading]:
    """Decide from all cells of a column how they are read, and read them.

    Parameters
    ----------
    raw : Series
        As pandas has it: typed, or texts.
    decimal, order
        The decimal mark, and the order of day and month, where the column leaves them open.
    told, day_first
        The same as the user told them, None where not.
    missing : tuple of str, optional
        Entries that stand for nothing, None for all that are known to.

    Examples
    --------
    >>> values, reading = read_column(pd.Series(["$1,250", "NuLL", "$80"]))
    >>> values.tolist(), reading.kind
    ([1250.0, nan, 80.0], 'number')
    """
    if isinstance(raw.dtype, pd.CategoricalDtype):
        raw = raw.astype(raw.cat.categories.dtype)
    if pd.api.types.is_timedelta64_dtype(raw):
        raw = raw.dt.total_seconds()
    if is_typed(raw):
        if pd.api.types.is_datetime64_any_dtype(raw) or pd.api.types.is_bool_dtype(raw):
            return raw, Reading("typed")
        # What pandas took for numbers here may come as texts in other rows.
        reading = _of_whole_numbers(raw) or Reading("number", NumberFormat(told or decimal))
        return reading.read(raw), reading
    reading = _of_texts(raw, decimal, told, order, day_first, missing)
    return reading.read(raw), reading


def is_typed(raw: pd.Series) -> bool:
    """Whether a column holds numbers, booleans or moments, and not texts or a mixture."""
    types = pd.api.types
    return types.is_numeric_dtype(raw) or types.is_datetime64_any_dtype(raw)


def as_texts(raw: pd.Series) -> pd.Series:
    """Return entries as texts without blanks around them, missing where they are."""
    return raw.astype("str").str.strip()


def _of_whole_numbers(raw: pd.Series) -> Reading | None:
    numbers = raw.dropna().to_numpy(np.float64)
    if not len(numbers) or numbers.min() < EARLIEST:  # of most columns, and quickly
        return None
    if not np.isfinite(numbers).all() or (numbers % 1).any():
        return None
    how = whole_number_format(str(raw.name), pd.Series(numbers))
    return None if how is None else Reading("date", how)


def _of_texts(
    raw: pd.Series,
    decimal: Decimal,
    told: Decimal | None,
    order: Order,
    day_first: bool | None,
    missing: tuple[str, ...] | None,
) -> Reading:
    texts = as_texts(raw)
    present = texts[~is_marker(texts, missing).fillna(True)]
    words = Reading("text", missing=missing)
    if present.empty:
        return words
    counts = present.value_counts(sort=False)
    entries = counts.index.to_series().reset_index(drop=True)
    some: Any = counts.iloc[:: max(len(counts) // _SAMPLE, 1)]
    how = number_format(some, decimal, told)
    if how is not None and _numbers_in(some, how) >= _HALF * some.sum():
        how = number_format(counts, decimal, told)
        if how is not None:
            numbers = as_numbers(entries, how)
            reading = _of_numbers(counts, numbers, how, missing)
            if reading is not None:
                whole = _of_digits(raw, numbers, present)
                return whole or reading
    first = entries.iloc[:_SAMPLE]
    looked, _ = date_format(first, default=order, told=day_first)
    if looked is not None:
        found, is_open = date_format(entries, default=order, told=day_first)
        if found is not None:
            unread = as_dates(entries, found).isna().to_numpy()
            n = int(counts[unread].sum())
            example = str(entries[unread].iloc[0]) if n else ""
            return Reading("date", found, missing, (), n, example, is_open=is_open)
    return words


def _numbers_in(counts: pd.Series, how: NumberFormat) -> int:
    numbers = as_numbers(counts.index.to_series(), how)
    return int(counts[numbers.notna().to_numpy()].sum())


def _of_numbers(
    counts: pd.Series,
    numbers: pd.Series,
    how: NumberFormat,
    missing: tuple[str, ...] | None,
) -> Reading | None:
    """A reading of numbers, if enough of the entries are some."""
    are = numbers.notna().to_numpy()
    n_unread = int(counts[~are].sum())
    rest = counts.index[~are]
    enough = _MOSTLY if len(rest) != 1 or numbers.nunique() <= _MANY else _HALF
    if counts[are].sum() < enough * counts.sum() or numbers.abs().max() > _LARGEST_INTEGER:
        return None
    return Reading(
        kind="number",
        how=how,
        missing=missing,
        n_unread=n_unread,
        example=str(rest[0]) if n_unread else "",
        is_whole=not (numbers % 1).any() and not all(one.isdigit() for one in counts.index[are]),
    )


def _of_digits(raw: pd.Series, numbers: pd.Series, present: pd.Series) -> Reading | None:
    """Days such as 20260131 that pandas has as texts, for a marker stands among them."""
    if not present.str.isdigit().all():
        return None
    how = whole_number_format(str(raw.name), numbers)
    return None if how is None else Reading("date", how)
