"""What a report is made of."""

from typing import Any, NamedTuple

import pandas as pd

from ..language import t
from ..quantities import decimal


class Section(NamedTuple):
    """One part of a report.

    Attributes
    ----------
    name : str
        What a file of the chart is called.
    title : str
    text : str
        Plain text; may be empty.
    chart : altair chart or None
    table : DataFrame or None
        With headings and numbers for a reader.
    """

    name: str
    title: str
    text: str = ""
    chart: Any = None
    table: pd.DataFrame | None = None


def span(low: float, high: float, sign: Any = "-") -> str:
    """Write an interval."""
    return t("{low} to {high}", low=decimal(low, sign), high=decimal(high, sign))


def spans(table: pd.DataFrame, sign: Any = "-") -> list[str]:
    """Write the intervals in the columns low and high."""
    return [span(low, high, sign) for low, high in zip(table.low, table.high, strict=True)]
