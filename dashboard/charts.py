"""Charts as functions of a tidy frame; nothing here fits a model or knows Streamlit.

A model has the same colour and the same marker on every chart: its place in the catalogue decides.
Colours are those of Okabe and Ito, with grey for the baseline; heat maps use cividis. Text and
axes are left to the theme of the page, and what is drawn in grey is legible on white and on black.

Each chart carries a ``description``, which Vega puts into the page for screen readers.
"""

from typing import Any

import altair as alt
import pandas as pd

from .experiments import CATALOGUE

# Okabe, M. and Ito, K. (2008). Color universal design. The pale yellow comes late. Purple,
# periwinkle and brown are further from those and from one another, for red- and green-blind eyes
# too (Machado et al., 2009), than the closest of those are, and legible on both themes.
_COLOURS = [
    *("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#999999"),
    *("#AA3377", "#648FFF", "#994F00"),
]
# The last three are SVG paths from -1 to 1: a star, a saltire and an hourglass. Vega's own
# remaining symbols are triangles again.
_MARKERS = [
    *("circle", "square", "triangle-up", "diamond", "cross"),
    *("triangle-down", "triangle-right", "triangle-left"),
    "M0-1L.24-.32.95-.31.38.12.59.81 0 .4-.59.81-.38.12-.95-.31-.24-.32Z",
    "M-.9-.5-.5-.9 0-.4.5-.9.9-.5.4 0 .9.5.5.9 0 .4-.5.9-.9.5-.4 0Z",
    "M-.8-.8H.8L.2 0 .8.8H-.8L-.2 0Z",
]
_GREY = "#888888"
# An edge, for the yellow ones.
_MARK: dict[str, Any] = {"filled": True, "opacity": 1, "stroke": "#666666", "strokeWidth": 0.5}
# Heights in pixels. The page fits a chart, axis and all, into its height.
_ROW = 40
_AXIS = 75
_MANY = 2_000  # marks; more are counted into cells


def fold_scores(
    scores: pd.DataFrame, models: list[str], metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw one dot per model and fold; a line joins the scores of one fold.

    Parameters
    ----------
    scores : DataFrame
        With the columns model, repeat, fold and score; NaN scores are left out.
    models : list of str
        Keys in the order of the rows, from the top.
    metric : str
        What the score is called.

    Returns
    -------
    alt.LayerChart
        Lines that cross say that the folds disagree about which model is better. The long tick
        in a row is the model's mean. In a row, each fold has a height of its own, so that equal
        scores do not hide one another.
    """
    frame = _labelled(scores.dropna(subset="score"))
    frame["split"] = [
        f"repeat {repeat + 1}, fold {fold + 1}"
        for repeat, fold in zip(frame.repeat, frame.fold, strict=True)
    ]
    labels = [CATALOGUE[key].label for key in models]
    frame["rank"] = frame.model.map(labels.index)
    # No zero: folds are compared with one another, and near 1 they differ in the third digit.
    margin = max(0.05 * (frame.score.max() - frame.score.min()), 0.005)
    domain = [frame.score.min() - margin, min(frame.score.max() + margin, 1.0)]
    x = alt.X("score:Q", title=f"{metric} on the test rows of a fold")
    x = x.scale(domain=domain, nice=False).axis(tickCount=6)
    y = _rows(labels)
    offset = alt.YOffset("split:N", sort=None).scale(paddingOuter=1)
    colour, shape = _colour_and_shape()
    tooltip = [
        alt.Tooltip("model:N"),
        alt.Tooltip("split:N", title="fold"),
        alt.Tooltip("score:Q", title=metric, format=".4f"),
    ]
    base = alt.Chart(frame).encode(x=x, y=y)
    lines = base.mark_line(color=_GREY, opacity=0.5, strokeWidth=1).encode(
        yOffset=offset, detail="split:N", order="rank:Q"
    )
    dots = base.mark_point(**_MARK, size=60).encode(
        yOffset=offset, color=colour, shape=shape, tooltip=tooltip
    )
    mean = base.mark_tick(thickness=3, size=_ROW - 6, opacity=0.6).encode(
        x=alt.X("mean(score):Q"), color=colour
    )
    return alt.layer(lines, mean, dots).properties(
        height=_ROW * len(labels) + _AXIS,
        description=f"{metric} of {', '.join(labels)} on each fold, joined by fold.",
    )


def intervals(means: pd.DataFrame, title: str) -> alt.LayerChart | alt.FacetChart:
    """Draw means with their intervals beside a line at 0: for paired differences.

    Parameters
    ----------
    means : DataFrame
        With the columns model, mean, low and high, in the order of the rows, from the top.
    title : str
        What the horizontal axis measures.

    Returns
    -------
    alt.LayerChart
    """
    frame = _labelled(means)
    labels = list(frame.model)
    colour, shape = _colour_and_shape()
    tooltip = [
        alt.Tooltip("model:N"),
        alt.Tooltip("mean:Q", format="+.4f"),
        alt.Tooltip("low:Q", title="95 % from", format="+.4f"),
        alt.Tooltip("high:Q", title="95 % to", format="+.4f"),
    ]
    base = alt.Chart(frame).encode(y=_rows(labels), color=colour, tooltip=tooltip)
    x = alt.X("low:Q", title=title).axis(tickCount=6)
    bars = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="high:Q")
    dots = base.mark_point(**_MARK, size=90).encode(x="mean:Q", shape=shape)
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]}))
    line = zero.mark_rule(strokeDash=[4, 3], color=_GREY).encode(x="zero:Q")
    return alt.layer(line, bars, dots).properties(
        height=_ROW * len(labels) + _AXIS,
        description=f"{title}, with 95 % intervals, for {', '.join(labels)}.",
    )


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
        height=_ROW * len(classes) + 2 * _AXIS,  # the legend has an axis of its own
        description=f"Confusion matrix of out-of-fold predictions, {len(classes)} classes.",
    )


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
    if len(points) > _MANY:
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
            .mark_point(filled=True, size=30, opacity=0.7, color=_COLOURS[0])
            .encode(
                x=x, y=y, tooltip=["row:Q", "actual:Q", alt.Tooltip("predicted:Q", format=".4g")]
            )
        )
    ends = pd.DataFrame({"actual": [low, high], "predicted": [low, high]})
    agree = alt.Chart(ends).mark_line(color=_GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    return alt.layer(marks, agree).properties(
        height=380, description=f"Out-of-fold predicted {target} against actual {target}."
    )


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace the keys in ``model`` with what a reader calls them."""
    return frame.assign(model=[CATALOGUE[key].label for key in frame.model])


def _rows(labels: list[str]) -> alt.Y:
    axis = alt.Axis(grid=False, ticks=False, domain=False, labelLimit=120, labelBaseline="middle")
    return alt.Y("model:N", title=None, sort=labels, axis=axis).scale(domain=labels)


def _colour_and_shape() -> tuple[alt.Color, alt.Shape]:
    """The encodings that give every model its own look; the rows are the legend."""
    labels = [model.label for model in CATALOGUE.values()]
    return (
        alt.Color("model:N", legend=None).scale(domain=labels, range=_COLOURS),
        alt.Shape("model:N", legend=None).scale(domain=labels, range=_MARKERS),
    )
