"""Nets in training, while they train."""

import altair as alt
import pandas as pd

from ..language import t
from .look import GREY, colour, labelled, shape

_SHOWN = 4  # nets at a time: more lines than that nobody follows


def losses(points: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw losses against epochs, a solid line for training and a dashed one for validation.

    Parameters
    ----------
    points : DataFrame
        With the columns model (key), net (what tells it from others of its model), part ("train"
        or "valid"), epoch (from 1) and loss.

    Returns
    -------
    alt.LayerChart
        The four nets that come first; each is named at the end of its line.
    """
    nets = list(points.net.unique())[:_SHOWN]
    frame = labelled(points[points.net.isin(nets)])
    parts = {"train": t("training"), "valid": t("validation")}
    frame = frame.assign(part=frame.part.map(parts))
    last = frame.epoch.max()
    base = alt.Chart(frame).encode(
        # Room for the names at the right.
        x=alt.X("epoch:Q", title=t("Epoch"))
        .axis(tickMinStep=1)
        .scale(domain=[0, max(5, 1.2 * last)], nice=False),
        y=alt.Y("loss:Q", title=t("Loss")),
        color=colour(),
        detail="net:N",
        tooltip=["net:N", "part:N", "epoch:Q", alt.Tooltip("loss:Q", format=".4f")],
    )
    dashes = alt.StrokeDash("part:N", title=None).scale(
        domain=list(parts.values()), range=[[1, 0], [5, 3]]
    )
    legend = alt.Legend(orient="bottom") if frame.part.nunique() > 1 else None
    lines = base.mark_line(strokeWidth=2).encode(strokeDash=dashes.legend(legend))
    ends = base.transform_filter(alt.datum.part == parts["train"])
    ends = ends.transform_joinaggregate(last="max(epoch)", groupby=["net"])
    ends = ends.transform_filter("datum.epoch == datum.last")
    dots = ends.mark_point(filled=True, size=50).encode(shape=shape())
    names = ends.mark_text(align="left", dx=8, fontSize=12).encode(
        text="net:N", color=alt.value(GREY)
    )
    return alt.layer(lines, dots, names).properties(
        height=240, description=t("Loss against epochs of the nets that train now.")
    )
