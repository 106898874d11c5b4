"""What a score costs in time."""

import altair as alt
import pandas as pd

from ..language import t
from .look import AXIS, GREY, MARK, colour, labelled, shape


def cost(
    table: pd.DataFrame, front: list[str], seconds: str, title: str, metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw mean scores with their intervals against what they cost, and a line along the front.

    Parameters
    ----------
    table : DataFrame
        With the columns model, mean, low, high and ``seconds``.
    front : list of str
        Keys of the models that no other beats in both, the cheapest first.
    seconds : str
        The column with the cost, on a logarithmic axis: of models, costs differ by factors.
    title : str
        What that axis measures.
    metric : str
        What the score is called.

    Returns
    -------
    alt.LayerChart
        Models off the front are pale.
    """
    frame = labelled(table.assign(front=table.model.isin(front)))
    drawn = list(frame.model)
    low, high = frame[seconds].min(), frame[seconds].max()
    x = alt.X(f"{seconds}:Q", title=title).scale(type="log", domain=[low / 1.5, high * 1.5])
    x = x.axis(format="~g", tickCount=5, grid=False)
    mean = t("Mean {metric}", metric=metric)
    y = alt.Y("mean:Q", title=mean).scale(zero=False)
    tooltip = [
        alt.Tooltip("model:N", title=t("Model")),
        alt.Tooltip("mean:Q", title=mean, format=".4f"),
        alt.Tooltip("low:Q", title=t("95% from"), format=".4f"),
        alt.Tooltip("high:Q", title=t("95% to"), format=".4f"),
        alt.Tooltip(f"{seconds}:Q", title=title, format=".3~g"),
    ]
    legend = alt.Legend(
        orient="bottom", title=None, values=drawn, columns=2, symbolOpacity=1, symbolStrokeWidth=0
    )
    base = alt.Chart(frame).encode(x=x, color=colour().legend(legend))
    bars = base.mark_rule(strokeWidth=1.5, opacity=0.6).encode(
        y=alt.Y("low:Q", title=mean), y2="high:Q"
    )
    dots = base.mark_point(**MARK, size=110).encode(
        y=y,
        shape=shape().legend(legend),
        opacity=alt.when(alt.datum.front).then(alt.value(1)).otherwise(alt.value(0.5)),
        tooltip=tooltip,
    )
    line = (
        alt.Chart(frame[frame.front])
        .mark_line(color=GREY, strokeDash=[4, 3], interpolate="step-after")
        .encode(x=x, y=y)
    )
    return alt.layer(line, bars, dots).properties(
        height=320 + AXIS,
        description=t(
            "Mean {metric} of {models} against time.", metric=metric, models=", ".join(drawn)
        ),
    )
