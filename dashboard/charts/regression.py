"""What out-of-fold predictions of quantities were worth."""

import altair as alt
import numpy as np
import pandas as pd

from ..language import t
from .look import GREY, MANY, colour, label, labelled, shape

_HEIGHT = 380


def predictions(points: pd.DataFrame, target: str) -> alt.LayerChart | alt.FacetChart:
    """Draw predicted against actual values, with the line on which they agree.

    Parameters
    ----------
    points : DataFrame
        Of one model, with the columns model, row, actual and predicted.
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
    x = alt.X("actual:Q", title=t("Actual {target}", target=target), scale=span)
    y = alt.Y("predicted:Q", title=t("Predicted {target}", target=target), scale=span)
    ends = pd.DataFrame({"actual": [low, high], "predicted": [low, high]})
    agree = alt.Chart(ends).mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    return alt.layer(_rows(points, "actual", "predicted", x, y), agree).properties(
        height=_HEIGHT,
        description=t("Out-of-fold predicted {target} against actual {target}.", target=target),
    )


def residuals(
    points: pd.DataFrame, trend: pd.DataFrame, target: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw residuals against predictions, with a line at 0 and their mean in bins.

    Parameters
    ----------
    points : DataFrame
        Of one model, with the columns model, row, actual, predicted and residual.
    trend : DataFrame
        With the columns predicted, mean, low and high.
    target : str
        What is predicted.

    Returns
    -------
    alt.LayerChart
        Past 2 000 points, cells coloured by their number of points.
    """
    x = alt.X("predicted:Q", title=t("Predicted {target}", target=target)).scale(zero=False)
    y = alt.Y("residual:Q", title=t("Actual minus predicted"))
    zero = alt.Chart(pd.DataFrame({"residual": [0.0]}))
    base = alt.Chart(trend).encode(x="predicted:Q")
    tooltip = [
        alt.Tooltip("predicted:Q", title=t("Predicted"), format=".4g"),
        alt.Tooltip("mean:Q", title=t("Mean residual"), format="+.4g"),
        alt.Tooltip("low:Q", title=t("95% from"), format="+.4g"),
        alt.Tooltip("high:Q", title=t("95% to"), format="+.4g"),
    ]
    return alt.layer(
        _rows(points, "predicted", "residual", x, y),
        zero.mark_rule(color=GREY, strokeDash=[4, 3]).encode(y="residual:Q"),
        base.mark_rule(strokeWidth=2, color=GREY).encode(y="low:Q", y2="high:Q"),
        base.mark_line(color=GREY, point={"size": 50, "color": GREY, "filled": True}).encode(
            y="mean:Q", tooltip=tooltip
        ),
    ).properties(
        height=_HEIGHT,
        description=t(
            "Residuals against predicted {target} of {model}.",
            target=target,
            model=_model(points),
        ),
    )


def distribution(points: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw how many residuals are how large, with a line at 0.

    Parameters
    ----------
    points : DataFrame
        Of one model, with the columns model and residual.

    Returns
    -------
    alt.LayerChart
    """
    counts, edges = np.histogram(points.residual, bins=40)
    bins = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "count": counts})
    title = t("Actual minus predicted")
    tooltip = [
        alt.Tooltip("low:Q", title=t("From"), format="+.4g"),
        alt.Tooltip("high:Q", title=t("To"), format="+.4g"),
        alt.Tooltip("count:Q", title=t("Rows")),
    ]
    bars = alt.Chart(labelled(bins.assign(model=points.model.iloc[0]))).mark_bar()
    zero = alt.Chart(pd.DataFrame({"residual": [0.0]}))
    return alt.layer(
        bars.encode(
            x=alt.X("low:Q", title=title, bin="binned"),
            x2="high:Q",
            y=alt.Y("count:Q", title=t("Rows")),
            color=colour(),
            tooltip=tooltip,
        ),
        zero.mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=alt.X("residual:Q", title=title)),
    ).properties(
        height=_HEIGHT / 2,
        description=t("Distribution of the residuals of {model}.", model=_model(points)),
    )


def _rows(points: pd.DataFrame, across: str, up: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """One dot a row in the model's own look, or cells where there are too many."""
    if len(points) > MANY:
        counts, lefts, bottoms = np.histogram2d(points[across], points[up], bins=40)
        i, j = counts.nonzero()
        cells = pd.DataFrame(
            {
                across: lefts[i], "right": lefts[i + 1], up: bottoms[j], "top": bottoms[j + 1],
                "count": counts[i, j],
            }
        )  # fmt: skip
        colours = alt.Color("count:Q", title=t("Rows")).scale(scheme="cividis")
        return (
            alt.Chart(cells)
            .mark_rect()
            .encode(x=x, x2="right:Q", y=y, y2="top:Q", color=colours.legend(orient="bottom"))
        )
    tooltip = [
        alt.Tooltip("row:Q", title=t("Row")),
        alt.Tooltip("actual:Q", title=t("Actual"), format=".4g"),
        alt.Tooltip("predicted:Q", title=t("Predicted"), format=".4g"),
    ]
    return (
        alt.Chart(labelled(points))
        .mark_point(filled=True, size=45, opacity=0.7)
        .encode(x=x, y=y, color=colour(), shape=shape(), tooltip=tooltip)
    )


def _model(points: pd.DataFrame) -> str:
    return label(points.model.iloc[0])
