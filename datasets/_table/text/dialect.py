"""How the lines of a text file are cut into fields, and where its table begins.

`csv.Sniffer` is not asked: of ``1,5;2,5`` it takes the comma for the delimiter, and pandas'
``sep=None`` asks it too.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from .header import header_lines, joined_names, names_columns, number_columns
from .lines import BLANKS, lines_of

DELIMITERS = ("\t", ";", "|", ",")  # the comma last, for it is a decimal mark and in texts too
_SAMPLE = 100_000
_MOST_ABOVE = 30  # lines above the header
_MOSTLY = 0.9
_SAID = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)  # as Excel has it
_NUMBERS = re.compile(r"[+-]?[\d.]+(e[+-]?\d+)?(\s+([+-]?[\d.]+(e[+-]?\d+)?|\?))+", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\s\d{3})+(\.\d+)?")


class Dialect(NamedTuple):
    """How a text file is written.

    Attributes
    ----------
    delimiter : str
        A blank stands for any number of them.
    skip_rows : int
        Lines above the header.
    header : bool or int
        Whether the first line below names the columns, or how many lines do.
    names : list of str
        Of all columns.
    width : int
        Fields of a row: as many as there are names, or one more that is always empty.
    first_row : int
        How many lines stand above the first row of values.
    rows : list of list of str
        The first rows of values.
    """

    delimiter: str
    skip_rows: int
    header: bool | int
    names: list[str]
    width: int
    first_row: int
    rows: list[list[str]]


def dialect_of(
    text: str, delimiter: str | None, skip_rows: int | None, header: bool | int | None
) -> Dialect:
    """Find out how a text is written, as far as it is not told.

    Examples
    --------
    >>> dialect_of("# lengths\\na;b\\n1;2\\n", None, None, None)[:4]
    (';', 1, True, ['a', 'b'])
    """
    said = _SAID.match(text)
    if delimiter is None:
        delimiter = said[1] if said else _delimiter(text)
    lines = lines_of(text, delimiter, keep_empty=skip_rows is not None)
    if skip_rows is not None:
        lines = [line for line in lines if line.start >= skip_rows]
    else:
        lines = lines[1:] if said else lines
        lines = lines[_above([line.fields for line in lines]) :] if header is not False else lines
    if not lines:
        raise ValueError(f"the file has no line below the first {skip_rows}")
    rows = [line.fields for line in lines]
    width = _width(rows)
    above = width - len(rows[0])  # names of rows have none of their own, as R writes them
    if above and not any(row[-1] for row in rows[1:]):
        width, above = len(rows[0]), 0  # each row ends with a delimiter
    top = [[""] * above + rows[0], *rows[1:]]
    n_lines = header_lines(top) if header is None else int(header)
    if n_lines >= len(rows):
        raise ValueError("the file has no rows below its header")
    names = [f"column {number + 1}" for number in range(width)]
    if n_lines:
        names = joined_names([_filled(row, width) for row in top[:n_lines]])
    return Dialect(
        delimiter=delimiter,
        skip_rows=lines[0].start,
        header=n_lines if n_lines > 1 else bool(n_lines),
        names=names,
        width=_width(rows),
        first_row=lines[n_lines].start,
        rows=rows[n_lines:],
    )


def _delimiter(text: str) -> str:
    samples = {one: [line.fields for line in lines_of(text, one)] for one in DELIMITERS}
    shares = {one: _consistency(rows) for one, rows in samples.items()}
    best = max(shares, key=lambda one: shares[one])
    if _are_columns_of_blanks(text, samples[best], shares[best]):
        return BLANKS
    if shares[best] > 0:
        return best
    # One column, whose texts may have a comma here and there.
    return min(reversed(DELIMITERS), key=text[:_SAMPLE].count)


def _consistency(rows: list[list[str]]) -> float:
    """Share of the lines that have the most common number of fields; 0 where that is one."""
    ((fields, count),) = Counter(map(len, rows)).most_common(1) or [(1, 0)]
    return count / len(rows) if fields > 1 else 0.0


def _are_columns_of_blanks(text: str, rows: list[list[str]], share: float) -> bool:
    """Whether blanks cut better: a cell would hold several numbers, or nothing else cuts."""
    lines = [line.fields for line in lines_of(text, BLANKS)]
    if not lines or _consistency(lines) < max(_MOSTLY, share if share < _MOSTLY else 0):
        return False
    has_runs = re.search(r"\S[ \t]{2,}\S", text[:_SAMPLE]) is not None
    width = _most_common_width(lines)
    n_numbers = len(number_columns([line for line in lines[1:] or lines if len(line) == width]))
    if share < _MOSTLY:
        return n_numbers > 1 or (has_runs and n_numbers > 0)
    several = [
        any(_NUMBERS.fullmatch(cell) and not _GROUPED.fullmatch(cell) for cell in row)
        for row in rows
    ]
    return sum(several) >= _MOSTLY * len(several)


def _above(rows: list[list[str]]) -> int:
    """Return how many of the first rows are a title, a date or comments."""
    width = _most_common_width(rows)
    found = 0
    while found < min(_MOST_ABOVE, len(rows) - 2) and _is_above(rows, found, width):
        found += 1
    return found


def _is_above(rows: list[list[str]], i: int, width: int) -> bool:
    row, rest = rows[i], rows[i + 1 :]
    filled = sum(map(bool, row))
    if row[0].startswith("#") and (len(row) != width or names_columns(rest[0], rest[1:])):
        return width > 1 or not any(other[0].startswith("#") for other in rows[-5:])
    if width < 2:
        return False
    if (filled <= 1 and width > 2) or len(row) < width - 1:
        # An index that is named on a line of its own stands below the header.
        return not (filled == 1 and len(row) == width and i > 0 and _is_header(rows, i - 1))
    # A title above two columns, or with as many commas: below it stands a line of names.
    return len(row) != width and len(rest[0]) == width and _is_header(rows, i + 1)


def _is_header(rows: list[list[str]], i: int) -> bool:
    """Whether a row has names over numbers, and no number."""
    rest = [row for row in rows[i + 1 :] if len(row) == len(rows[i])]
    has_numbers = bool(number_columns(rest[-20:])) and not number_columns([rows[i]])
    return has_numbers and names_columns(rows[i], rest)


def _most_common_width(rows: list[list[str]]) -> int:
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width)) if counts else 1


def _width(rows: list[list[str]]) -> int:
    """Return the number of columns: as many as the header has, or one more for names of rows."""
    own = len(rows[0])
    rest = [len(row) for row in rows[1:]]
    if not rest:
        return own
    # R writes no name above the names of rows, and some programs end each row with a delimiter.
    common = _most_common_width(rows[1:])
    return common if common == own + 1 and own not in rest else own


def _filled(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]
