"""What out-of-fold predictions of quantities were worth."""

import altair as alt
import pandas as pd

from .look import COLOURS, GREY, MANY


def predictions(points: pd.DataFrame, target: str) -> alt.LayerChart | alt.FacetChart:
    """Draw predicted against actual values, with the line on which they agree.

    Parameters
    ----------
    points : DataFrame
        With the columns row, actual and predicted.
    target : str
        What is predicted.

    Returns
    -------
    alt.LayerChart
        Past 2 000 points, cells coloured by their number of points: a browser draws those at
        once, and dots on dots would hide how many there are.
    """
    low = float(points[["actual", "predicted"]].min().min())
    high = float(points[["actual", "predicted"]].max().max())
    span = alt.Scale(domain=[low, high], nice=True, zero=False)
    x = alt.X("actual:Q", title=f"Actual {target}", scale=span)
    y = alt.Y("predicted:Q", title=f"Predicted {target}", scale=span)
    if len(points) > MANY:
        cells = alt.BinParams(maxbins=40)
        marks = (
            alt.Chart(points)
            .mark_rect()
            .encode(
                x=x.bin(cells), y=y.bin(cells), color=alt.Color("count()").scale(scheme="cividis")
            )
        )
    else:
        marks = (
            alt.Chart(points)
            .mark_point(filled=True, size=30, opacity=0.7, color=COLOURS[0])
            .encode(
                x=x, y=y, tooltip=["row:Q", "actual:Q", alt.Tooltip("predicted:Q", format=".4g")]
            )
        )
    ends = pd.DataFrame({"actual": [low, high], "predicted": [low, high]})
    agree = alt.Chart(ends).mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    return alt.layer(marks, agree).properties(
        height=380, description=f"Out-of-fold predicted {target} against actual {target}."
    )
