"""What out-of-fold predictions of classes were worth."""

import altair as alt
import pandas as pd

from .look import AXIS, ROW


def confusion(counts: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw a confusion matrix: counts as text, the share of the actual class as colour.

    Parameters
    ----------
    counts : DataFrame
        With the columns actual, predicted, count and share, classes in their order.

    Returns
    -------
    alt.LayerChart
        Pairs that never occurred are left blank, so that confusions stand out.
    """
    classes = list(counts.actual.unique())
    crowded = sum(map(len, classes)) > 40  # characters, in a row over the columns
    base = alt.Chart(counts[counts["count"] > 0]).encode(
        x=alt.X("predicted:N", title="Predicted", sort=classes)
        .scale(domain=classes)
        .axis(orient="top", labelAngle=-45 if crowded else 0, labelLimit=90),
        y=alt.Y("actual:N", title="Actual", sort=classes)
        .scale(domain=classes)
        .axis(labelBaseline="middle"),
        tooltip=["actual:N", "predicted:N", "count:Q", alt.Tooltip("share:Q", format=".1%")],
    )
    share = alt.Color("share:Q", title="Share of actual class").scale(
        scheme="cividis", domain=[0, 1]
    )
    bright = alt.datum.share > 0.5  # the upper half of cividis
    return alt.layer(
        base.mark_rect().encode(color=share.legend(format="%", orient="bottom")),
        base.mark_text(fontSize=13).encode(
            text="count:Q",
            color=alt.when(bright).then(alt.value("black")).otherwise(alt.value("white")),
        ),
    ).properties(
        height=ROW * len(classes) + 2 * AXIS,  # the legend has an axis of its own
        description=f"Confusion matrix of out-of-fold predictions, {len(classes)} classes.",
    )
