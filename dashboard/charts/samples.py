"""Single samples, as a person would look at them."""

import altair as alt
import pandas as pd

from ..language import t
from .look import COLOURS

_HEIGHT = 110  # pixels; many stand beside one another


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
    legend = alt.Legend(orient="bottom", title=None) if len(features) > 1 else None
    return (
        alt.Chart(values)
        .mark_line(strokeWidth=1.5)
        .encode(
            x=alt.X("step:Q", title=t("Step")).axis(tickMinStep=1, tickCount=5, grid=False),
            y=alt.Y("value:Q", title=None).axis(tickCount=3),
            color=alt.Color("feature:N", legend=legend).scale(domain=features, range=COLOURS),
            tooltip=[
                alt.Tooltip("step:Q", title=t("Step")),
                alt.Tooltip("feature:N", title=t("Feature")),
                alt.Tooltip("value:Q", title=t("Value"), format=".4g"),
            ],
        )
        .properties(height=_HEIGHT, description=title)
    )
