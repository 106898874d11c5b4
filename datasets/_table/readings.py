"""How all columns of a file are read, and what they leave open."""

from __future__ import annotations

import re

import pandas as pd

from .cells import Reading, as_texts, is_typed, read_column
from .dates import DateFormat, Order
from .missing import is_marker, markers_as_values
from .numbers import Decimal
from .reasons import Question, Reason


def read_columns(
    raw: pd.DataFrame,
    found: Decimal | None,
    told: Decimal | None,
    day_first: bool | None,
    missing: tuple[str, ...] | None,
) -> tuple[pd.DataFrame, dict[str, Reading], tuple[str, ...], tuple[Question, ...]]:
    """Read all columns, and decide what says that a value is missing in the file as a whole.

    Parameters
    ----------
    raw : DataFrame
        As pandas or `read_rows` has it.
    found, told
        The decimal mark that was found out, and the one that the user told; None where not.
    day_first, missing
        As for `read_column`.

    Returns
    -------
    frame, readings, missing, questions
        As in `TableFile`.
    """
    order: Order = "dmy" if found == "," else "mdy"
    read = {
        str(name): read_column(
            raw[name],
            decimal=found or ".",
            told=told,
            order=order,
            day_first=day_first,
            missing=missing,
        )
        for name in raw
    }
    readings = {name: reading for name, (_, reading) in read.items()}
    texts = [name for name in readings if not is_typed(raw[name])]
    questions = [
        _open_order(raw[name], readings[name])
        for name in texts
        if readings[name].is_open and day_first is None
    ]
    words = [as_texts(raw[name]) for name in texts if readings[name].kind == "text"]
    others = [as_texts(raw[name]) for name in texts if readings[name].kind != "text"]
    marks = set().union(*(one[is_marker(one, missing).fillna(False)] for one in [*words, *others]))
    as_values = markers_as_values(words, others) if missing is None else {}
    used = tuple(sorted(marks - set(as_values) - {""}))
    for marker, column in as_values.items():
        facts = {"example": marker, "column": column}
        other = tuple(sorted({*used, marker}))
        questions.append(Question("missing", Reason("open_missing", facts), used, other))
    if as_values:
        for name in (str(one.name) for one in words):
            readings[name] = Reading("text", missing=missing, values=tuple(as_values))
            read[name] = readings[name].read(raw[name]), readings[name]
    frame = pd.DataFrame({name: values for name, (values, _) in read.items()})
    return frame, readings, used, tuple(questions)


def open_decimal(example: str, taken: Decimal) -> Question:
    """Ask whether the mark in a number such as 1.250 is that of decimals or of thousands."""
    whole, _, rest = example.replace(",", ".").partition(".")
    digits = re.sub(r"\D", "", whole), re.sub(r"\D", "", rest)
    as_thousands, as_decimals = float("".join(digits)), float(".".join(digits))
    mark = "," if "," in example else "."
    values = (as_decimals, as_thousands) if mark == taken else (as_thousands, as_decimals)
    facts = {"example": example, "taken": values[0], "other": values[1]}
    return Question("decimal", Reason("open_decimal", facts), taken, "." if taken == "," else ",")


def _open_order(raw: pd.Series, reading: Reading) -> Question:
    is_day = isinstance(reading.how, DateFormat) and reading.how.order == "dmy"
    code = "open_day_first" if is_day else "open_month_first"
    facts = {"example": raw.dropna().iloc[0], "column": str(raw.name)}
    return Question("day_first", Reason(code, facts), is_day, not is_day)
