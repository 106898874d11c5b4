"""The user's own file, read: how it is written is found out from the file itself, or as told.

pandas does the reading; what it leaves as texts, and what may be written in two ways, is read as
a whole column.
"""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import get_args

import numpy as np
import pandas as pd

from .cells import Reading
from .content import read_whole, refuse_packed
from .numbers import Decimal, decimal_of
from .readings import open_decimal, read_columns
from .reasons import Question
from .text.dialect import dialect_of
from .text.encoding import decoded
from .text.footer import footer_lines
from .text.header import joined_names
from .text.lines import above
from .text.rows import read_rows


@dataclass(frozen=True, eq=False)
class TableFile:
    """A file that has been read, and how.

    Attributes
    ----------
    frame : DataFrame
        All columns and rows: numbers, dates and texts; names are strings, none of them twice.
    delimiter, decimal, encoding : str or None
        How the text is written; None for Parquet, which knows its types. The delimiter ``" "``
        stands for any number of blanks.
    header : bool or int
        Whether the first line names the columns, or how many lines do. Without one they are
        ``column 1``, ``column 2``…
    skip_rows : int
        Lines above the header that are no part of the table.
    skip_footer : int
        Lines below the last row that are no part of it, such as totals and remarks.
    missing : tuple of str
        Entries of this file that say that there is no value.
    n_skipped : int
        Rows that were left out because they have more fields than there are columns.
    readings : mapping of str to Reading
        How the cells of each column were read.
    questions : tuple of Question
        What the file leaves open, and what was taken.
    """

    frame: pd.DataFrame = field(repr=False)
    delimiter: str | None = None
    decimal: Decimal | None = None
    encoding: str | None = None
    header: bool | int = True
    skip_rows: int = 0
    skip_footer: int = 0
    missing: tuple[str, ...] = ()
    n_skipped: int = 0
    readings: Mapping[str, Reading] = field(default_factory=dict, repr=False)
    questions: tuple[Question, ...] = field(default=(), repr=False)


def read_table(
    source: bytes | str | os.PathLike[str],
    *,
    delimiter: str | None = None,
    decimal: Decimal | None = None,
    encoding: str | None = None,
    header: bool | int | None = None,
    skip_rows: int | None = None,
    skip_footer: int | None = None,
    day_first: bool | None = None,
    missing: Collection[str] | None = None,
) -> TableFile:
    """Read a CSV or Parquet file, finding out how it is written.

    Whether it is Parquet is read from the content, not from the name.

    Parameters
    ----------
    source : path or bytes
        The file, or what is in it.
    delimiter : str, optional
        The one that cuts most lines into as many fields; ``" "`` stands for any number of blanks.
    decimal : {".", ","}, optional
        The mark that most numbers allow. In a column that allows both, such as one of ``1.250``,
        that of the other columns, or what is usual with the delimiter.
    encoding : str, optional
        The one that spells words of a language: of UTF-8, UTF-16, and those of Korean, Chinese,
        Japanese, West and Central European, Turkish, Russian and Greek.
    header : bool or int, optional
        Whether the first line names the columns, or how many lines do. A line with a number in it
        names none, unless it has a text over a column of numbers, or years or column numbers.
    skip_rows : int, optional
        Lines above the header, such as a title and comments.
    skip_footer : int, optional
        Lines below the last row: totals, remarks such as "Source: …", and what stands below a blank
        line with one field alone. Blank lines at the end of the file do not count.
    day_first : bool, optional
        Whether ``01/02/2026`` is in February, where a column of dates allows both orders.
    missing : collection of str, optional
        Entries that say that there is no value, beside the empty cell: none but these. When left
        out, the usual ones such as ``NA`` and ``?``, unless a column uses one as a value.

    Returns
    -------
    TableFile

    Raises
    ------
    TypeError, ValueError
        If the file is empty, binary, or not written as told, or if more than a tenth of its rows
        have too many fields.
    ImportError
        If it is Parquet and pyarrow is not installed.
    OSError
        If there is no such file, or if it changes while it is read.

    Examples
    --------
    >>> table = read_table("이름;키\\n가;1,5\\n나;2,25\\n".encode("cp949"))
    >>> table.delimiter, table.decimal, table.encoding, table.header
    (';', ',', 'cp949', True)
    >>> table.frame["키"].tolist()
    [1.5, 2.25]
    """
    content = source if isinstance(source, bytes) else read_whole(source)
    if decimal not in (None, *get_args(Decimal)):
        raise ValueError(f"decimal must be '.' or ',', however: {decimal!r}")
    if delimiter is not None and len(delimiter) != 1:
        raise ValueError(f"delimiter must be one character, however: {delimiter!r}")
    if isinstance(missing, str):
        raise TypeError(f"missing must be a list of entries, however: {missing!r}")
    counts = {"header": header, "skip_rows": skip_rows, "skip_footer": skip_footer}
    for name, lines in counts.items():
        if lines is not None and (not isinstance(lines, int) or lines < 0):
            raise ValueError(f"{name} must be a number of lines, however: {lines!r}")
    marked = None if missing is None else tuple(missing)
    if content.startswith(b"PAR1"):
        frame = _parquet(content)
        frame, readings, used, questions = read_columns(frame, None, decimal, day_first, marked)
        return TableFile(frame, missing=used, readings=readings, questions=questions)
    refuse_packed(content)
    text, encoding, open_encoding = decoded(content, encoding)
    if not text.strip():
        raise ValueError("the file is empty")
    dialect = dialect_of(text, delimiter, skip_rows, header)
    n_below = footer_lines(text, dialect) if skip_footer is None else skip_footer
    if n_below:
        text = above(text, n_below)
        dialect = dialect_of(text, delimiter, skip_rows, header)
    columns = zip(*(row for row in dialect.rows if len(row) == dialect.width), strict=True)
    found, example = decimal_of(columns, dialect.delimiter)
    raw, n_skipped = read_rows(text, dialect, decimal or found)
    frame, readings, used, questions = read_columns(raw, found, decimal, day_first, marked)
    if decimal is None and example:
        questions = (open_decimal(example, found), *questions)
    if open_encoding is not None:
        questions = (open_encoding, *questions)
    return TableFile(
        frame=frame,
        delimiter=dialect.delimiter,
        decimal=decimal or found,
        encoding=encoding,
        header=dialect.header,
        skip_rows=dialect.skip_rows,
        skip_footer=n_below,
        missing=used,
        n_skipped=n_skipped,
        readings=readings,
        questions=questions,
    )


def _parquet(content: bytes) -> pd.DataFrame:
    try:
        frame = pd.read_parquet(io.BytesIO(content))
    except ImportError as problem:
        raise ImportError("Parquet needs pyarrow: pip install 'bakeoff[parquet]'") from problem
    except (ValueError, OSError) as problem:  # what pyarrow raises are both
        raise ValueError(f"the file is damaged Parquet: {problem}") from problem
    if frame.empty:
        raise ValueError("the file has no rows")
    if any(frame.index.names) or not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    levels = [[str(part) for part in np.atleast_1d(name)] for name in frame.columns]
    depth = max(map(len, levels))
    rows = [[one[i] if i < len(one) else "" for one in levels] for i in range(depth)]
    return frame.set_axis(joined_names(rows), axis=1)
