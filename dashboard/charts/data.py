"""What is in a data set: classes, distributions, sequences."""

import json

import altair as alt
import pandas as pd

from ..language import t
from .look import AXIS, COLOURS

_BAR = 24  # pixels a class
_RIDGE = 44  # pixels a column
_BAND = 28  # pixels a feature of a sequence
_SMALL = 130  # pixels, axis and all, of a sequence among others
_LEGEND = 25  # pixels
_RISE = 0.9  # of its row, at most, is how high a distribution or a line rises


def class_balance(counts: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw how many rows each class has.

    Parameters
    ----------
    counts : DataFrame
        With the columns class, rows and share, in the order of the bars, from the top.

    Returns
    -------
    alt.LayerChart
    """
    base = alt.Chart(counts).encode(
        y=alt.Y("class:N", title=None, sort=list(counts["class"])).axis(
            ticks=False, domain=False, labelLimit=150
        ),
        x=alt.X("rows:Q", title=t("Rows")).axis(tickCount=5, format="~s", tickMinStep=1),
        tooltip=[
            alt.Tooltip("class:N", title=t("Class")),
            alt.Tooltip("rows:Q", title=t("Rows"), format=","),
            alt.Tooltip("share:Q", title=t("Share"), format=".1%"),
        ],
    )
    return alt.layer(base.mark_bar(color=COLOURS[0])).properties(
        height=_BAR * len(counts) + AXIS,
        description=t("Rows of each of {n} classes.", n=len(counts)),
    )


def histogram(bins: pd.DataFrame, title: str) -> alt.Chart:
    """Draw how many values lie where.

    Parameters
    ----------
    bins : DataFrame
        With the columns low, high and rows, one row a bin.
    title : str
        What the values are.

    Returns
    -------
    alt.Chart
    """
    return (
        alt.Chart(bins)
        .mark_rect(color=COLOURS[0])
        .encode(
            x=alt.X("low:Q", title=title).scale(zero=False, nice=False).axis(tickCount=6),
            x2="high:Q",
            y=alt.Y("rows:Q", title=t("Rows")).axis(tickCount=4, format="~s", tickMinStep=1),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("low:Q", title=t("from"), format=".4g"),
                alt.Tooltip("high:Q", title=t("to"), format=".4g"),
                alt.Tooltip("rows:Q", title=t("Rows"), format=","),
            ],
        )
        .properties(height=200, description=t("Distribution of {title}.", title=title))
    )


def ridges(bins: pd.DataFrame, title: str) -> alt.LayerChart | alt.FacetChart:
    """Draw the distributions of several columns above one another, on one scale.

    Parameters
    ----------
    bins : DataFrame
        With the columns column, low, high and share, one row a bin, columns from the top. Share is
        that of the fullest bin of the column.
    title : str
        What the horizontal axis measures.

    Returns
    -------
    alt.LayerChart
    """
    columns = list(bins.column.unique())
    frame = bins.assign(floor=bins.column.map(columns.index) + 1.0)
    frame["top"] = frame.floor - _RISE * frame.share
    bars = (
        alt.Chart(frame)
        .mark_rect(color=COLOURS[0], strokeWidth=1, stroke=COLOURS[0])
        .encode(
            x=alt.X("low:Q", title=title).scale(zero=False).axis(tickCount=5, grid=False),
            x2="high:Q",
            y=_named_rows("floor:Q", columns),
            y2="top:Q",
            tooltip=[
                alt.Tooltip("column:N", title=t("Column")),
                alt.Tooltip("low:Q", title=t("from"), format=".4g"),
                alt.Tooltip("high:Q", title=t("to"), format=".4g"),
                alt.Tooltip("share:Q", title=t("Share of the fullest bin"), format=".0%"),
            ],
        )
    )
    return alt.layer(bars).properties(
        height=_RIDGE * len(columns) + AXIS,
        description=t(
            "Distributions of {n} columns on one scale: {title}.", n=len(columns), title=title
        ),
    )


def sequence(values: pd.DataFrame, title: str) -> alt.LayerChart | alt.FacetChart:
    """Draw one sequence, each of its features in a row of its own, from its lowest to its highest.

    Parameters
    ----------
    values : DataFrame
        With the columns step, feature and value; padding is left out.
    title : str
        What a screen reader is told that this is.

    Returns
    -------
    alt.LayerChart
    """
    features = list(values.feature.unique())
    by_feature = values.groupby("feature").value
    low, high = by_feature.transform("min"), by_feature.transform("max")
    share = (values.value - low) / (high - low).where(high > low, 1)
    frame = values.assign(height=values.feature.map(features.index) + 1 - _RISE * share)
    lines = (
        alt.Chart(frame)
        .mark_line(color=COLOURS[0], strokeWidth=1.5)
        .encode(
            x=alt.X("step:Q", title=t("Step")).axis(tickMinStep=1, tickCount=5, grid=False),
            y=_named_rows("height:Q", features),
            detail="feature:N",
            tooltip=_step(),
        )
    )
    return alt.layer(lines).properties(
        height=max(_BAND * len(features), 2 * _BAND) + AXIS, description=title
    )


def series(values: pd.DataFrame, title: str) -> alt.Chart:
    """Draw one sequence small, its features on one axis: many stand beside one another.

    Parameters
    ----------
    values : DataFrame
        With the columns step, feature and value; padding is left out.
    title : str
        What a screen reader is told that this is.

    Returns
    -------
    alt.Chart
    """
    features = list(values.feature.unique())
    legend = None
    if len(features) > 1:
        legend = alt.Legend(orient="top", title=None, offset=2, symbolSize=30, labelFontSize=11)
    return (
        alt.Chart(values)
        .mark_line(strokeWidth=1.5)
        .encode(
            x=alt.X("step:Q", title=None).axis(tickMinStep=1, tickCount=5, grid=False),
            y=alt.Y("value:Q", title=None).axis(tickCount=3),
            color=alt.Color("feature:N", legend=legend).scale(domain=features, range=COLOURS),
            tooltip=_step(),
        )
        .properties(height=_SMALL + (_LEGEND if legend else 0), description=title)
    )


def _step() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("step:Q", title=t("Step")),
        alt.Tooltip("feature:N", title=t("Feature")),
        alt.Tooltip("value:Q", title=t("Value"), format=".4g"),
    ]


def _named_rows(field: str, names: list[str]) -> alt.Y:
    """One row a name from the top; row i has its floor at i + 1."""
    # A name may hold what Vega takes for syntax, so that names are data, and places are fields.
    text = f"{json.dumps(names)}[datum.value - 1]"
    scale = alt.Scale(domain=[len(names), 0], nice=False, zero=False)
    return alt.Y(field, title=None, scale=scale).axis(
        values=list(range(1, len(names) + 1)),
        labelExpr=text,
        labelBaseline="bottom",
        labelLimit=110,
        ticks=False,
        domain=False,
    )
