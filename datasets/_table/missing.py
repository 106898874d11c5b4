"""Entries that say that a value is missing, and those among them that a file uses as a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import pandas as pd

# Compared without blanks around them; the empty cell is always missing.
MARKERS = frozenset(
    {
        *("na", "n/a", "n.a.", "#n/a", "#n/a n/a", "#na", "<na>", "nan", "-nan", "null", "none"),
        *("1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "?", "-", "--", ".", "#div/0!", "#value!"),
        *("#ref!", "#name?", "#num!", "#null!", "nat", "결측"),
    }
)
_CAN_BE_VALUES = frozenset({"na", "none", "-", "--", "."})
_FREQUENT = 0.05  # of a column's rows: less, and it is what it looks like
_CODE = re.compile(r"[A-Z]{2}")
_SIGN = re.compile(r"[^\w\s]{1,2}")


def is_marker(
    entries: pd.Series, missing: Iterable[str] | None = None, values: Collection[str] = ()
) -> pd.Series:
    """Say which entries are missing: empty, or one of `missing`.

    None stands for all markers but those that are `values`.

    Examples
    --------
    >>> is_marker(pd.Series(["NuLL", " ", "n/k", "-"])).tolist()
    [True, True, False, True]
    >>> is_marker(pd.Series(["NuLL", "n/k", "-"]), ["n/k"]).tolist()
    [False, True, False]
    """
    plain = entries.str.strip()
    if missing is None:
        return plain.str.lower().isin(MARKERS | {""}) & ~plain.isin(list(values))
    return plain.isin({"", *(one.strip() for one in missing)})


def markers_as_values(words: Iterable[pd.Series], numbers: Iterable[pd.Series]) -> dict[str, str]:
    """Return the markers that are values in a file, each with the column that says so.

    ``-`` beside ``+`` is an answer, ``NA`` beside ``EU`` a continent, and the ``None`` of most
    rows a finding. So is whatever is frequent in a column of words and the only marker there,
    unless it stands for a missing number in another column.

    Parameters
    ----------
    words, numbers : iterable of Series
        The columns that hold words, and those that hold numbers and dates, as texts.

    Examples
    --------
    >>> sleep = pd.Series(["None", "Apnoea", "None", "Insomnia"], name="disorder")
    >>> markers_as_values([sleep], [])
    {'None': 'disorder'}
    >>> markers_as_values([sleep], [pd.Series(["7.5", "None"])])
    {}
    """
    sure: dict[str, str] = {}
    likely: dict[str, str] = {}
    for column in words:
        counts = column.str.strip().value_counts()
        marked = counts[is_marker(counts.index.to_series()).to_numpy()]
        others = counts.index.difference(marked.index)
        can_be = len(marked) == 1 and marked.index[0].lower() in _CAN_BE_VALUES
        if can_be and not column.isna().any() and len(others):
            marker = str(marked.index[0])
            like = next((p for p in (_CODE, _SIGN) if p.fullmatch(marker)), None)
            is_alike = like is not None and all(like.fullmatch(one) for one in others)
            if is_alike:
                sure.setdefault(marker, str(column.name))
            elif marked.iloc[0] >= _FREQUENT * len(column):
                likely.setdefault(marker, str(column.name))
    for column in numbers if likely else ():
        for marker in set(column.str.strip()) & set(likely):
            del likely[marker]
    return likely | sure
