"""Single samples, as a person would look at them."""

import altair as alt
import pandas as pd

from ..language import t
from .look import COLOURS

_HEIGHT = 130  # pixels, axis and all; many stand beside one another
_LEGEND = 25


def series(values: pd.DataFrame, title: str) -> alt.Chart:
    """Draw one sequence, a line for each of its features.

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
            tooltip=[
                alt.Tooltip("step:Q", title=t("Step")),
                alt.Tooltip("feature:N", title=t("Feature")),
                alt.Tooltip("value:Q", title=t("Value"), format=".4g"),
            ],
        )
        .properties(height=_HEIGHT + (_LEGEND if legend else 0), description=title)
    )
