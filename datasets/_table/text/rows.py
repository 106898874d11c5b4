"""The rows of a text file as pandas takes them, none of them moved or cut off in silence."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

import numpy as np
import pandas as pd

from ..numbers import Decimal, decimal_votes
from .dialect import Dialect
from .lines import BLANKS, below

_MOST_SKIPPED = 0.1  # of the rows; more, and the delimiter is wrong
_SKIPPED = re.compile(r"Skipping line (\d+): expected (\d+) fields, saw (\d+)")
_OPEN_QUOTE = re.compile(r"EOF inside string starting at row (\d+)")
_OWN = 2  # lines that are written above the rows


def read_rows(text: str, dialect: Dialect, decimal: Decimal) -> tuple[pd.DataFrame, int]:
    """Return the rows of values, columns named, and how many are left out for being too long.

    A column is typed where all of it is plain numbers, else texts; no entry but the empty one is
    missing yet.

    Raises
    ------
    ValueError
        If pandas cannot read it, nothing is left, or more than a tenth of the rows are too long.

    Examples
    --------
    >>> from bakeoff.datasets._table.text.dialect import dialect_of
    >>> text = "a,b\\n1,x\\n2,NA\\n"
    >>> frame, n_skipped = read_rows(text, dialect_of(text, None, None, None), ".")
    >>> frame.to_dict("list"), n_skipped
    ({'a': [1, 2], 'b': ['x', 'NA']}, 0)
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", pd.errors.ParserWarning)
        try:
            frame = _frame(text, dialect, decimal=decimal, low_memory=False)
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as problem:
            if open_quote := _OPEN_QUOTE.search(str(problem)):
                row = int(open_quote[1]) - _OWN + 1
                raise ValueError(
                    f"a quotation mark opens in row {row} and is not closed: is the file cut off?"
                ) from problem
            reason = str(problem).strip().removeprefix("Error tokenizing data. C error: ")
            raise ValueError(f"the file cannot be read: {reason}") from problem
    skipped = [found for one in caught for found in _SKIPPED.findall(str(one.message))]
    if len(skipped) > _MOST_SKIPPED * (len(frame) + len(skipped)):
        line, expected, saw = map(int, skipped[0])
        raise ValueError(
            f"{len(skipped)} of {len(frame) + len(skipped)} rows have too many fields (line "
            f"{line - _OWN + dialect.first_row} has {saw}, expected were {expected}): is "
            f"{dialect.delimiter!r} the delimiter?"
        )
    if frame.empty:
        raise ValueError("the file has no rows below its header")
    frame = _with_open_marks(frame, text, dialect, decimal)
    return frame.iloc[:, : len(dialect.names)].set_axis(dialect.names, axis=1), len(skipped)


def _frame(text: str, dialect: Dialect, **how: Any) -> pd.DataFrame:
    """Read the rows below two lines of our own.

    By the first row of values pandas would decide how many columns there are, and cut off in
    silence what is longer where that row is too long itself.
    """
    gap = " " if dialect.delimiter == BLANKS else dialect.delimiter
    own = [gap.join(f"c{i}" for i in range(dialect.width)), gap.join("0" * dialect.width)]
    frame = pd.read_csv(
        io.StringIO("\n".join([*own, below(text, dialect.first_row)])),
        sep=r"\s+" if dialect.delimiter == BLANKS else dialect.delimiter,
        index_col=False,
        skipinitialspace=True,
        keep_default_na=False,
        na_values=[""],
        on_bad_lines="warn",
        **how,
    )
    return frame.iloc[1:].reset_index(drop=True)


def _with_open_marks(
    frame: pd.DataFrame, text: str, dialect: Dialect, decimal: Decimal
) -> pd.DataFrame:
    """Take back, as texts, the columns that pandas read as 1.25 and that say 1250.

    They are those in which 950 stands beside 1.250: with a decimal mark it would be 950.000.
    """
    open_columns = [name for name in frame.select_dtypes("float") if _may_be_thousands(frame[name])]
    if not open_columns:
        return frame
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.ParserWarning)
        texts = _frame(text, dialect, dtype="str")
    for name in open_columns:
        votes = decimal_votes(texts[name].dropna())
        if votes["bare"] and votes[f"open{decimal}"] and not votes[decimal]:
            frame[name] = texts[name]
    return frame


def _may_be_thousands(column: pd.Series) -> bool:
    values = column.dropna().to_numpy()
    thousandths = values * 1000
    return bool(
        np.abs(values).max(initial=0) < 1000
        and np.isclose(thousandths, np.round(thousandths)).all()
        and (values % 1 == 0).any()
        and (values % 1 != 0).any()
    )
