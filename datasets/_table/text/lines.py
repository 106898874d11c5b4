"""A text file as lines of fields: the first of them, as a sample of how all are written."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import NamedTuple

_SAMPLE = 100_000  # characters
_LINES = 200
_END = r"\r\n|\r|\n"
BLANKS = " "  # as a delimiter: any number of blanks and tabs


class Line(NamedTuple):
    """One record of a file.

    Attributes
    ----------
    start : int
        How many lines stand above it.
    fields : list of str
        Without blanks around them.
    """

    start: int
    fields: list[str]


def lines_of(text: str, delimiter: str, keep_empty: bool = False) -> list[Line]:
    """Return the first records, without blank ones and without one that the sample cuts off.

    With `keep_empty`, a line of nothing but delimiters is no blank one.

    Examples
    --------
    >>> lines_of('a, b\\n\\n1, "x, y"\\n', ",")
    [Line(start=0, fields=['a', 'b']), Line(start=2, fields=['1', 'x, y'])]
    """
    sample = text[:_SAMPLE]
    if delimiter == BLANKS:
        sample = re.sub(r"[ \t]*(\r\n|\r|\n)[ \t]*", r"\1", sample.strip(" \t")).replace("\t", " ")
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    found, start = [], 0
    for row in itertools.islice(reader, _LINES):
        found.append(Line(start, [cell.strip() for cell in row]))
        start = reader.line_num
    if len(text) > _SAMPLE and 1 < len(found) < _LINES:
        found.pop()
    return [line for line in found if any(line.fields) or (keep_empty and len(line.fields) > 1)]


def below(text: str, n_lines: int) -> str:
    """Return what stands below the first lines of a text.

    Examples
    --------
    >>> below("a\\r\\nb\\nc", 2)
    'c'
    """
    ends = re.finditer(_END, text)
    end = next(itertools.islice(ends, n_lines - 1, None), None) if n_lines else None
    if end is None:
        return text if not n_lines else ""
    return text[end.end() :]


def last_lines(text: str, most: int) -> list[str]:
    """Return the last lines of a text from the end on; blank ones at the very end do not count.

    Examples
    --------
    >>> last_lines("a\\n\\nb\\r\\nc\\n\\n", 3)
    ['c', 'b', '']
    """
    return re.split(_END, text.rstrip("\r\n")[-_SAMPLE:])[: -most - 1 : -1]


def above(text: str, n_lines: int) -> str:
    """Return what stands above the last lines of a text.

    Examples
    --------
    >>> above("a\\n\\nb\\r\\nc\\n\\n", 2)
    'a\\n'
    """
    if not n_lines:
        return text
    ends = [one.start() for one in re.finditer(_END, text.rstrip("\r\n"))]
    return text[: ends[-n_lines]] if len(ends) >= n_lines else ""
