"""How the user's own file is written: found out from the file itself, or as told.

`csv.Sniffer` is not asked: of ``1,5;2,5`` it takes the comma for the delimiter, and pandas'
``sep=None`` asks it too. pandas does the reading.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import itertools
import os
import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

Decimal = Literal[".", ","]
DELIMITERS = ("\t", ";", "|", ",")  # the comma last, for it is a decimal mark and in texts too
# Beside those that pandas knows: the empty cell, NA, N/A, NaN, null, None and their like.
MISSING = ("?", "-", "--", ".", "na", "N.A.", "n.a.")

_SAMPLE = 100_000  # characters
_LINES = 200
_MOST_SKIPPED = 0.1  # of the rows; more, and the delimiter is wrong
_NUMBER = re.compile(r"\s*[+-]?(\d[\d., ]*|[.,]\d+)(e[+-]?\d+)?\s*", re.IGNORECASE)
_POINT = re.compile(r"[+-]?\d[\d,]*\.\d+")
_COMMA = re.compile(r"[+-]?\d[\d.]*,\d+")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
_SKIPPED = re.compile(r"Skipping line (\d+): expected (\d+) fields, saw (\d+)")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, eq=False)
class TableFile:
    """A file that has been read, and how.

    Attributes
    ----------
    frame : DataFrame
        All columns and rows, as pandas takes them; names are strings, none of them twice.
    delimiter, decimal, encoding : str or None
        How the text is written; None for Parquet, which knows its types.
    header : bool
        Whether the first line names the columns. Without one they are ``column 1``, ``column 2``…
    n_skipped : int
        Rows that were left out because they have more fields than there are columns.
    """

    frame: pd.DataFrame = field(repr=False)
    delimiter: str | None = None
    decimal: str | None = None
    encoding: str | None = None
    header: bool = True
    n_skipped: int = 0


def read_table(
    source: bytes | str | os.PathLike[str],
    *,
    delimiter: str | None = None,
    decimal: Decimal | None = None,
    encoding: str | None = None,
    header: bool | None = None,
) -> TableFile:
    """Read a CSV or Parquet file, finding out how it is written.

    Whether it is Parquet is read from the content, not from the name.

    Parameters
    ----------
    source : path or bytes
        The file, or what is in it.
    delimiter, decimal, encoding : str, optional
        Found out when left out: the delimiter that cuts most lines into as many fields, the
        decimal mark of most numbers, and the first encoding that fits of UTF-8, UTF-16, CP949,
        Windows-1252 and Latin-1.
    header : bool, optional
        Whether the first line names the columns; found out when left out: a line with a number
        in it names none, unless it has a text over a column of numbers.

    Returns
    -------
    TableFile

    Raises
    ------
    ValueError
        If the file is empty, binary, or not written as told, or if more than a tenth of its rows
        have too many fields.
    ImportError
        If it is Parquet and pyarrow is not installed.
    OSError
        If there is no such file.

    Examples
    --------
    >>> table = read_table("이름;키\\n가;1,5\\n나;2,25\\n".encode("cp949"))
    >>> table
    TableFile(delimiter=';', decimal=',', encoding='cp949', header=True, n_skipped=0)
    >>> table.frame["키"].tolist()
    [1.5, 2.25]
    """
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    if content.startswith(b"PAR1"):
        return TableFile(_parquet(content))
    if content.startswith(b"PK\x03\x04"):
        raise ValueError("the file is an archive, as Excel workbooks are: save it as CSV")
    if decimal not in (None, *get_args(Decimal)):
        raise ValueError(f"decimal must be '.' or ',', however: {decimal!r}")
    if delimiter is not None and len(delimiter) != 1:
        raise ValueError(f"delimiter must be one character, however: {delimiter!r}")
    encoding = encoding or _encoding(content)
    text = _decoded(content, encoding).lstrip("\r\n")
    if not text.strip():
        raise ValueError("the file is empty")
    delimiter = delimiter or _delimiter(text)
    rows = _rows(text, delimiter)
    decimal = decimal or _decimal(rows[1:], delimiter)
    header = _has_header(rows) if header is None else header
    if header and _has_row_names(rows):
        text = delimiter + text
    frame, n_skipped = _parsed(text, delimiter, decimal, header)
    return TableFile(frame, delimiter, decimal, encoding, header, n_skipped)


def _parquet(content: bytes) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except ImportError as problem:
        raise ImportError("to read Parquet takes pyarrow: pip install pyarrow") from problem
    except (ValueError, OSError) as problem:  # what pyarrow raises are both
        raise ValueError(f"the file is damaged Parquet: {problem}") from problem
    if frame.empty:
        raise ValueError("the file has no rows")
    if frame.index.name is not None or not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    return frame.rename(columns=str)


def _encoding(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    if b"\0" in content[:1000]:  # in UTF-16, every other byte of ASCII
        is_little = content[1:1000:2].count(0) > content[:1000:2].count(0)
        wide = "utf-16-le" if is_little else "utf-16-be"
        with contextlib.suppress(UnicodeDecodeError):
            if "\n" in content.decode(wide):
                return wide
    for encoding in ("utf-8", "cp949", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp949" or _in_pairs(content):
            return encoding
    return "latin-1"  # which takes every byte


def _in_pairs(content: bytes) -> bool:
    """Whether high bytes mostly stand together, as in Korean and not as in ``für``."""
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", content)]
    return runs.count(1) < len(runs) / 2


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except LookupError as problem:
        raise ValueError(f"encoding must be one of Python's, however: {encoding!r}") from problem
    except UnicodeError as problem:
        raise ValueError(f"the file is not written in {encoding}: {problem}") from problem
    if "\0" in text[:_SAMPLE]:
        raise ValueError(f"the file is neither text nor Parquet; it begins with {content[:8]!r}")
    return text.removeprefix("\ufeff")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The first lines as fields, without blank ones and without one that the sample cuts off."""
    lines = io.StringIO(text[:_SAMPLE], newline="")
    rows = list(itertools.islice(csv.reader(lines, delimiter=delimiter), _LINES))
    if len(text) > _SAMPLE and 1 < len(rows) < _LINES:
        rows.pop()
    return [row for row in rows if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    shares = {one: _consistency(_rows(text, one)) for one in DELIMITERS}
    best = max(shares, key=lambda one: shares[one])
    if shares[best] > 0:
        return best
    # One column, whose texts may have a comma here and there.
    return min(reversed(DELIMITERS), key=text[:_SAMPLE].count)


def _consistency(rows: list[list[str]]) -> float:
    """Share of the lines that have the most common number of fields; 0 where that is one."""
    ((fields, count),) = Counter(map(len, rows)).most_common(1) or [(1, 0)]
    return count / len(rows) if fields > 1 else 0.0


def _decimal(rows: list[list[str]], delimiter: str) -> Decimal:
    cells = [cell.strip() for row in rows for cell in row]
    points = sum(_POINT.fullmatch(cell) is not None for cell in cells)
    # "1,234" is a thousand where the comma is common, and close to one where it is the decimal.
    commas = sum(
        _COMMA.fullmatch(cell) is not None
        and (delimiter == ";" or _THOUSANDS.fullmatch(cell) is None)
        for cell in cells
    )
    return "," if commas > points else "."


def _has_header(rows: list[list[str]]) -> bool:
    first, *rest = ([_NUMBER.fullmatch(cell) is not None for cell in row] for row in rows)
    if not any(first):
        return True
    columns = zip(*(row for row in rest if len(row) == len(first)), strict=True)
    return any(not top and all(column) for top, column in zip(first, columns, strict=False))


def _has_row_names(rows: list[list[str]]) -> bool:
    """Whether all lines have one field more than the header, as R writes them."""
    first, *rest = rows
    extra = [len(row) == len(first) + 1 and row[-1].strip() != "" for row in rest]
    return bool(extra) and all(extra)


def _parsed(text: str, delimiter: str, decimal: str, header: bool) -> tuple[pd.DataFrame, int]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", pd.errors.ParserWarning)
        try:
            frame = pd.read_csv(
                io.StringIO(text),
                sep=delimiter,
                decimal=decimal,
                header=0 if header else None,
                index_col=False,
                skipinitialspace=True,
                na_values=list(MISSING),
                on_bad_lines="warn",
                low_memory=False,
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as problem:
            reason = str(problem).strip().removeprefix("Error tokenizing data. C error: ")
            raise ValueError(f"the file cannot be read: {reason}") from problem
    skipped = [found for one in caught for found in _SKIPPED.findall(str(one.message))]
    if len(skipped) > _MOST_SKIPPED * (len(frame) + len(skipped)):
        line, expected, saw = skipped[0]
        raise ValueError(
            f"{len(skipped)} of {len(frame) + len(skipped)} rows have too many fields (line {line} "
            f"has {saw}, expected were {expected}): is {delimiter!r} the delimiter?"
        )
    if frame.empty:
        raise ValueError("the file has no rows below its header")
    if not header:
        frame.columns = [f"column {number + 1}" for number in range(frame.shape[1])]
    return frame.rename(columns=str), len(skipped)
