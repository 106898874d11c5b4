"""What stands below a table in its file and is no row of it: totals, sources and remarks."""

from __future__ import annotations

import csv
import re

from .dialect import Dialect
from .header import kind_of
from .lines import BLANKS, last_lines

_TOTAL = re.compile(
    r"(grand |sub)?totals?|sum|mean|average|avg|(총|소|누)?합?계|총합|총합계|평균|합"
    r"|合計|合计|总计|總計|小計|小计|計|平均|summe|gesamt|insgesamt|somme|totale|suma|итого|всего",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(((data )?sources?|(foot)?notes?|remarks?|quellen?|출처|자료|주|참고|비고|備考|注|出典|資料"
    r"|资料来源|数据来源|来源)\s*\d*\s*[:\uff1a)]|[*※†]|#\s|data from|last updated"
    r"|(generated|exported|created|downloaded|retrieved) (on|by|from|at)).*",
    re.IGNORECASE,
)
_MOST_BELOW = 30  # lines
_SENTENCE = 4  # words, in a line without a delimiter


def footer_lines(text: str, dialect: Dialect) -> int:
    """Return how many of the last lines are no rows; blank ones at the very end do not count.

    A total is in no other row of its column and has nothing but numbers beside it. A remark has one
    field alone, and stands below a blank line or says what it is.

    Examples
    --------
    >>> from bakeoff.datasets._table.text.dialect import dialect_of
    >>> text = "town,men,women\\nBonn,3,4\\nOslo,1,2\\nTotal,4,6\\n\\nSource: my own\\n"
    >>> footer_lines(text, dialect_of(text, None, None, None))
    3
    """
    if len(dialect.names) < 2:
        return 0
    found = waiting = 0
    for line in last_lines(text, _MOST_BELOW):
        if line.count('"') % 2:  # the end of a field of several lines
            break
        row = _fields(line, dialect.delimiter)
        filled = [cell for cell in row if cell]
        waiting += 1
        if not filled:
            is_below = waiting > 1 or found
        elif _is_total(row, dialect) or _says_it_is_a_note(row, dialect):
            is_below = True
        elif len(filled) == 1 and row[0] and kind_of(row[0]) in "td":
            is_sentence = len(row[0].split()) >= _SENTENCE and len(dialect.names) > 2
            is_below = is_sentence and len(row) == 1
        else:
            break
        if is_below:
            found, waiting = found + waiting, 0
    return found


def _fields(line: str, delimiter: str) -> list[str]:
    if delimiter == BLANKS:
        return line.split() or [""]
    (row,) = csv.reader([line], delimiter=delimiter, skipinitialspace=True) if line else ([""],)
    return [cell.strip() for cell in row] or [""]


def _is_total(row: list[str], dialect: Dialect) -> bool:
    texts = [i for i, cell in enumerate(row) if kind_of(cell) == "t"]
    if len(texts) != 1 or len(row) > dialect.width or not any(kind_of(one) == "n" for one in row):
        return False
    (i,) = texts
    is_called = _TOTAL.fullmatch(row[i].rstrip(" :\uff1a"))
    return is_called is not None and _is_alone(row[i], i, dialect)


def _says_it_is_a_note(row: list[str], dialect: Dialect) -> bool:
    return _NOTE.fullmatch(row[0]) is not None and not any(
        _NOTE.fullmatch(other[0]) for other in dialect.rows[:-_MOST_BELOW]
    )


def _is_alone(cell: str, i: int, dialect: Dialect) -> bool:
    return sum(other[i : i + 1] == [cell] for other in dialect.rows) <= 1
