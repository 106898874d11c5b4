"""What a report is made of. A page draws sections with its widgets, a file without any."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from ..language import t
from ..quantities import decimal


class Section(NamedTuple):
    """One part of a report, drawn in the order of these attributes.

    Attributes
    ----------
    name : str
        What a file of the chart is called. No other section of the report has it.
    title : str
        A line of Markdown. Without one, the section goes on under the title before it.
    warnings : sequence of str
        What must not be missed, a line of Markdown each.
    text : str
        Markdown, as in `prose`.
    chart : altair chart or None
        Its description says what it shows to those who do not see it.
    table : DataFrame or None
        With headings and numbers for a reader: those of the chart, where there is one.
    caption : str
        Markdown: how to read chart and table.
    folded : bool
        Whether it opens when its title is pressed.
    """

    name: str
    title: str = ""
    warnings: Sequence[str] = ()
    text: str = ""
    chart: Any = None
    table: pd.DataFrame | None = None
    caption: str = ""
    folded: bool = False


def listed(sentences: Sequence[str]) -> str:
    """Write sentences as a list."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def span(low: float, high: float, sign: Any = "-") -> str:
    """Write an interval."""
    return t("{low} to {high}", low=decimal(low, sign), high=decimal(high, sign))


def spans(table: pd.DataFrame, sign: Any = "-") -> list[str]:
    """Write the intervals in the columns low and high."""
    return [span(low, high, sign) for low, high in zip(table.low, table.high, strict=True)]
