"""Which lines of a file name its columns, and what they are called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..dates import looks_like_a_date
from ..missing import MARKERS

_NUMBER = re.compile(
    r"[+-]?\(?[$€£¥₩]?\s?(\d[\d.,'\u2019 ]*|[.,]\d+)(e[+-]?\d+)?\s*[%)]?", re.IGNORECASE
)
_YEARS = range(1500, 2101)
_MOSTLY = 0.9
_MOST_LINES = 5
_SHOWN = 50  # rows that are looked at

Rows = Sequence[Sequence[str]]


def kind_of(cell: str) -> str:
    """Return ``n`` for a number, ``d`` for a date, ``m`` where nothing is said, else ``t``."""
    if cell.lower() in MARKERS or not cell:
        return "m"
    if _NUMBER.fullmatch(cell):
        return "n"
    return "d" if looks_like_a_date(cell) else "t"


def number_columns(rows: Rows, kind: str = "n") -> set[int]:
    """Return the columns of the rows that hold numbers, or another kind of cells.

    Examples
    --------
    >>> number_columns([["x", "1"], ["y", "?"], ["z", "2"]])
    {1}
    """
    found = set()
    for i, column in enumerate(zip(*_even(rows), strict=True)):
        kinds = [kind_of(cell) for cell in column]
        said = len(kinds) - kinds.count("m")
        if said and kinds.count(kind) >= _MOSTLY * said:
            found.add(i)
    return found


def names_columns(first: Sequence[str], rest: Rows) -> bool:
    """Say whether a line names the columns of the rows below it.

    A line with a number in it names none, unless it has a text over a column of numbers, or its
    numbers are years or count the columns, as those below do not.

    Examples
    --------
    >>> names_columns(["country", "2019", "2020"], [["Korea", "1.5", "2.5"], ["Chad", "3", "4"]])
    True
    >>> names_columns(["Korea", "1.5"], [["Chad", "3"]])
    False
    """
    rest = [row for row in rest if len(row) == len(first)][:_SHOWN]
    kinds = [kind_of(cell) for cell in first]
    below = list(zip(*rest, strict=True))
    numbers = number_columns(rest[_MOST_LINES:] or rest)
    dates = number_columns(rest[_MOST_LINES:] or rest, "d")
    texts = [i for i, kind in enumerate(kinds) if kind == "t"]
    days = [i for i, kind in enumerate(kinds) if kind == "d"]
    if any(i in numbers | dates for i in texts) or any(i in numbers for i in days):
        return True
    if any(i in dates for i in days):
        return False
    repeated = sum(first[i] in below[i] for i in texts) if below else 0
    if "n" not in kinds:
        # Among words alone, what stands in a column again is a value.
        return bool(numbers) or len(texts) < 2 or repeated < _MOSTLY * len(texts)
    counted = [i for i, kind in enumerate(kinds) if kind == "n"]
    if not rest or repeated or not numbers.issuperset(counted) or not _is_whole(first, counted):
        return False
    if _are_years(first, counted):
        return not any(_are_years(row, counted) for row in rest)
    enough = len(counted) > 2 or (len(counted) > 1 and bool(texts))
    like = sum(_is_run(row, counted) for row in rest)
    return enough and _is_run(first, counted) and like < 0.1 * len(rest)


def header_lines(rows: Rows) -> int:
    """Return how many lines at the top name the columns: none, one, or those of several levels.

    Examples
    --------
    >>> header_lines([["a", "b"], ["cm", "kg"], ["1", "2"], ["3", "4"]])
    2
    """
    if not names_columns(rows[0], rows[1:]):
        return 0
    even = _even(rows)
    numbers = number_columns(even[min(_MOST_LINES + 1, len(even) // 2) :])
    if len(numbers) < 2 or len(even) < 3:
        return 1  # of one number, a second line of texts may be a slip
    n_lines = 1
    while n_lines < min(_MOST_LINES, len(even) - 1) and _is_level(even, n_lines, numbers):
        n_lines += 1
    return n_lines


def _is_level(rows: Rows, i: int, numbers: set[int]) -> bool:
    """Whether a line below the first names the columns too, by another level or by a unit."""
    row, rest = rows[i], rows[i + 1 :]
    texts = [j for j, cell in enumerate(row) if kind_of(cell) == "t"]
    words = [j for j in texts if j in numbers]
    if any(row[j] == other[j] for j in words for other in rest):
        return False  # a slip, which is there more than once
    has_numbers = any(kind_of(row[j]) == "n" for j in numbers)
    top = [rows[0][j] for j in numbers if rows[0][j]]
    if len(set(top)) < len(top):  # names that repeat go on below: "node, 1, 1, 2"
        is_unnamed = not row[0] and all(other[0] for other in rest[_MOST_LINES:] or rest)
        is_cycle = _is_cycle(rows[0], row)
        return 0 in words or is_unnamed or is_cycle or (bool(words) and not has_numbers)
    return bool(words) and not has_numbers and len(words) == len(texts)


def _is_cycle(top: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a line has the same different entries below each name: "1, 2, 1, 2"."""
    below: dict[str, list[str]] = {}
    for name, cell in zip(top, row, strict=True):
        below.setdefault(name, []).append(cell)
    first, *others = below.values()
    is_varied = 1 < len(first) == len(set(first))
    return is_varied and bool(others) and all(other == first for other in others)


def joined_names(levels: Rows) -> list[str]:
    """Return one name a column for names of several levels, none of them twice.

    Examples
    --------
    >>> joined_names([["length", "", "mass"], ["cm", "inch", "kg"]])
    ['length cm', 'length inch', 'mass kg']
    >>> joined_names([["a", "a", ""]])
    ['a', 'a.1', 'Unnamed: 2']
    """
    names: dict[str, None] = {}  # in order, and quick to look up
    *upper, last = ([*level] for level in levels)
    for level in upper:  # a name that spans columns stands above the first of them
        for i in range(1, len(level)):
            level[i] = level[i] or level[i - 1]
    for i, column in enumerate(zip(*upper, last, strict=True)):
        parts = [part for part in column if part and not part.startswith("Unnamed: ")]
        name = " ".join(parts) or f"Unnamed: {i}"
        number, unique = 0, name
        while unique in names:
            number += 1
            unique = f"{name}.{number}"
        names[unique] = None
    return list(names)


def _even(rows: Rows) -> list[Sequence[str]]:
    return [row for row in rows if len(row) == len(rows[0])] if rows else []


def _is_whole(row: Sequence[str], columns: list[int]) -> bool:
    return all(row[i].isascii() and row[i].isdigit() for i in columns)


def _are_years(row: Sequence[str], columns: list[int]) -> bool:
    return _is_whole(row, columns) and all(int(row[i]) in _YEARS for i in columns)


def _is_run(row: Sequence[str], columns: list[int]) -> bool:
    """Whether numbers rise by one from column to column."""
    return _is_whole(row, columns) and all(
        int(row[j]) == int(row[i]) + 1 for i, j in itertools.pairwise(columns)
    )
