"""Nets in training, while they train."""

import altair as alt
import pandas as pd

from ..language import t
from .look import COLOURS

_SHOWN = 4  # nets at a time: more lines than that nobody follows


def losses(points: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw losses against epochs, a solid line for training and a dashed one for validation.

    Parameters
    ----------
    points : DataFrame
        With the columns net (what to call it), part ("train" or "valid"), epoch (from 1) and loss.

    Returns
    -------
    alt.LayerChart
    """
    nets = list(points.net.unique())[:_SHOWN]
    frame = points[points.net.isin(nets)]
    frame = frame.assign(part=frame.part.map({"train": t("training"), "valid": t("validation")}))
    colours = alt.Color("net:N", title=None, sort=nets).scale(domain=nets, range=COLOURS)
    dashes = alt.StrokeDash("part:N", title=None).scale(
        domain=[t("training"), t("validation")], range=[[1, 0], [5, 3]]
    )
    base = alt.Chart(frame).encode(
        x=alt.X("epoch:Q", title=t("Epoch")).axis(tickMinStep=1),
        y=alt.Y("loss:Q", title=t("Loss")).scale(zero=False),
        color=colours.legend(orient="bottom"),
        tooltip=["net:N", "part:N", "epoch:Q", alt.Tooltip("loss:Q", format=".4f")],
    )
    lines = base.mark_line(strokeWidth=2).encode(
        strokeDash=dashes.legend(orient="bottom" if frame.part.nunique() > 1 else "none")
    )
    latest = base.mark_point(filled=True, size=40).transform_joinaggregate(
        last="max(epoch)", groupby=["net"]
    )
    return alt.layer(lines, latest.transform_filter("datum.epoch == datum.last")).properties(
        height=220, description=t("Loss against epochs of the nets that train now.")
    )
