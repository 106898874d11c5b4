"""What out-of-fold predictions of classes, and their probabilities, were worth."""

import altair as alt
import numpy as np
import pandas as pd

from bakeoff.experiments import CATALOGUE

from ..language import t
from .look import AXIS, COLOURS, GREY, MARK, ROW, colour, dash, label, labelled, shape

_COUNTED = 20  # classes; cells of more are too small for a number
_HEIGHT = 380
_UNIT = alt.Scale(domain=[0, 1])


def confusion(counts: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Draw a confusion matrix: counts as text, the share of the actual class as colour.

    Parameters
    ----------
    counts : DataFrame
        With the columns actual, predicted, count and share, classes in their order.

    Returns
    -------
    alt.LayerChart
        Pairs that never occurred are left blank, so that confusions stand out. Of more than 20
        classes, the counts are in the tooltips alone.
    """
    classes = list(counts.actual.unique())
    crowded = sum(map(len, classes)) > 40  # characters, in a row over the columns
    base = alt.Chart(counts[counts["count"] > 0]).encode(
        x=alt.X("predicted:N", title=t("Predicted"), sort=classes)
        .scale(domain=classes)
        .axis(orient="top", labelAngle=-45 if crowded else 0, labelLimit=90),
        y=alt.Y("actual:N", title=t("Actual"), sort=classes)
        .scale(domain=classes)
        .axis(labelBaseline="middle", labelLimit=90),
        tooltip=[
            alt.Tooltip("actual:N", title=t("Actual")),
            alt.Tooltip("predicted:N", title=t("Predicted")),
            alt.Tooltip("count:Q", title=t("Rows")),
            alt.Tooltip("share:Q", title=t("Share of the actual class"), format=".1%"),
        ],
    )
    share = alt.Color("share:Q", title=t("Share of the actual class")).scale(
        scheme="cividis", domain=[0, 1]
    )
    cells = base.mark_rect().encode(color=share.legend(format="%", orient="bottom"))
    bright = alt.datum.share > 0.5  # the upper half of cividis
    numbers = base.mark_text(fontSize=13).encode(
        text="count:Q",
        color=alt.when(bright).then(alt.value("black")).otherwise(alt.value("white")),
    )
    few = len(classes) <= _COUNTED
    return alt.layer(*([cells, numbers] if few else [cells])).properties(
        # The legend has an axis of its own.
        height=(ROW if few else ROW / 2) * len(classes) + 2 * AXIS,
        description=t("Confusion matrix of out-of-fold predictions, {n} classes.", n=len(classes)),
    )


def roc(curves: pd.DataFrame, chosen: str) -> alt.LayerChart | alt.FacetChart:
    """Draw ROC curves over the diagonal of guessing, with a band around one of them.

    Parameters
    ----------
    curves : DataFrame
        With the columns model, x (false positive rate), mean, low and high (true positive rate).
    chosen : str
        Key of the model whose band is drawn.

    Returns
    -------
    alt.LayerChart
    """
    return _over_folds(
        curves,
        chosen,
        (t("False positive rate"), t("True positive rate")),
        pd.DataFrame({"x": [0, 1], "mean": [0, 1]}),
        t("ROC curves of {models}, averaged over the folds.", models=_names(curves)),
    )


def precision_recall(
    curves: pd.DataFrame, chosen: str, prevalence: float
) -> alt.LayerChart | alt.FacetChart:
    """Draw precision-recall curves over the line of guessing, with a band around one of them.

    Parameters
    ----------
    curves : DataFrame
        With the columns model, x (recall), mean, low and high (precision).
    chosen : str
        Key of the model whose band is drawn.
    prevalence : float
        Share of positive rows, which is the precision of guessing.

    Returns
    -------
    alt.LayerChart
    """
    return _over_folds(
        curves,
        chosen,
        (t("Recall"), t("Precision")),
        pd.DataFrame({"x": [0, 1], "mean": [prevalence, prevalence]}),
        t("Precision-recall curves of {models}, averaged over the folds.", models=_names(curves)),
    )


def reliability(
    bins: pd.DataFrame, model: str, stated: str, happened: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw what happened against what was stated, with the diagonal on which they agree.

    Parameters
    ----------
    bins : DataFrame
        With the columns stated, happened, low, high and rows.
    model : str
        Key of the model that stated it.
    stated, happened : str
        Titles of the axes.

    Returns
    -------
    alt.LayerChart
        Both axes show the same tenths, those that there is something in.
    """
    frame = labelled(bins.assign(model=model))
    low = np.floor(10 * bins[["stated", "low"]].min().min()) / 10
    high = np.ceil(10 * bins[["stated", "high"]].max().max()) / 10
    span = alt.Scale(domain=[low, high], nice=False)
    x = alt.X("stated:Q", title=stated, scale=span).axis(tickCount=5)
    y = alt.Y("happened:Q", title=happened, scale=span).axis(tickCount=5)
    tooltip = [
        alt.Tooltip("stated:Q", title=stated, format=".3f"),
        alt.Tooltip("happened:Q", title=happened, format=".3f"),
        alt.Tooltip("low:Q", title=t("95% from"), format=".3f"),
        alt.Tooltip("high:Q", title=t("95% to"), format=".3f"),
        alt.Tooltip("rows:Q", title=t("Rows")),
    ]
    base = alt.Chart(frame).encode(x=x, color=colour())
    bars = base.mark_rule(strokeWidth=1.5).encode(y=alt.Y("low:Q", title=happened), y2="high:Q")
    line = base.mark_line(strokeWidth=1.5).encode(y=y, strokeDash=dash())
    dots = base.mark_point(**MARK, size=90).encode(y=y, shape=shape(), tooltip=tooltip)
    ends = pd.DataFrame({"stated": [low, high], "happened": [low, high]})
    agree = alt.Chart(ends).mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    return alt.layer(agree, bars, line, dots).properties(
        height=_HEIGHT,
        description=t(
            "Reliability of the probabilities of {model}: what happened against what was stated.",
            model=label(model),
        ),
    )


def _over_folds(
    curves: pd.DataFrame, chosen: str, titles: tuple[str, str], guessing: pd.DataFrame, text: str
) -> alt.LayerChart | alt.FacetChart:
    frame = labelled(curves.dropna(subset="mean"))
    drawn = list(frame.model.unique())
    x = alt.X("x:Q", title=titles[0], scale=_UNIT).axis(tickCount=5)
    y = alt.Y("mean:Q", title=titles[1], scale=_UNIT).axis(tickCount=5)
    is_chosen = alt.datum.model == label(chosen)
    tooltip = [
        alt.Tooltip("model:N", title=t("Model")),
        alt.Tooltip("x:Q", title=titles[0], format=".2f"),
        alt.Tooltip("mean:Q", title=titles[1], format=".3f"),
    ]
    legend = alt.Legend(orient="bottom", title=None, values=drawn, columns=2, symbolType="stroke")
    lines = (
        alt.Chart(frame)
        .mark_line()
        .encode(
            x=x,
            y=y,
            color=colour().legend(legend),
            strokeDash=dash().legend(legend),
            strokeWidth=alt.when(is_chosen).then(alt.value(3)).otherwise(alt.value(1.5)),
            tooltip=tooltip,
        )
    )
    # Not by the scale of colours, whose legend would show areas in place of dashes.
    hue = COLOURS[list(CATALOGUE).index(chosen)]
    band = (
        alt.Chart(frame[frame.model == label(chosen)])
        .mark_area(opacity=0.2, color=hue)
        .encode(x=x, y=alt.Y("low:Q", title=titles[1]), y2="high:Q")
    )
    guess = alt.Chart(guessing).mark_line(color=GREY, strokeDash=[4, 3]).encode(x=x, y=y)
    return alt.layer(guess, band, lines).properties(height=_HEIGHT + AXIS, description=text)


def _names(curves: pd.DataFrame) -> str:
    return ", ".join(label(key) for key in curves.model.unique())
