"""Scores of models, fold by fold, and what they differ by."""

import altair as alt
import pandas as pd

from ..language import t
from .look import AXIS, GREY, MANY, MARK, ROW, colour, label, labelled, rows, shape

FOLD = "fold"  # the name of the selection on the dots
_GAP = 0.3  # between rows that are full of dots


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
        scores do not hide one another. A dot can be selected: the selection ``FOLD`` has the
        fields key, repeat and fold. Of many repeats the first `repeats_drawn` have dots.
    """
    frame = labelled(scores.dropna(subset="score").assign(key=scores.model))
    frame["split"] = [split(*of) for of in zip(frame.repeat, frame.fold, strict=True)]
    labels = [label(key) for key in models]
    frame["rank"] = frame.model.map(labels.index)
    # No zero: folds are compared with one another, and near 1 they differ in the third digit.
    margin = max(0.05 * (frame.score.max() - frame.score.min()), 0.005)
    domain = [frame.score.min() - margin, min(frame.score.max() + margin, 1.0)]
    x = alt.X("score:Q", title=t("{metric} on the test rows of a fold", metric=metric))
    x = x.scale(domain=domain, nice=False).axis(tickCount=6)
    y = rows(labels).scale(domain=labels, paddingInner=_GAP)
    offset = alt.YOffset("split:N", sort=None).scale(paddingOuter=1)
    tooltip = [
        alt.Tooltip("model:N", title=t("Model")),
        alt.Tooltip("split:N", title=t("Fold")),
        alt.Tooltip("score:Q", title=metric, format=".4f"),
    ]
    chosen = alt.selection_point(name=FOLD, fields=["key", "repeat", "fold"])
    base = alt.Chart(frame[frame.repeat < repeats_drawn(scores)]).encode(x=x, y=y)
    lines = base.mark_line(color=GREY, opacity=0.5, strokeWidth=1).encode(
        yOffset=offset, detail="split:N", order="rank:Q"
    )
    dots = base.mark_point(**MARK, size=60, cursor="pointer").encode(
        yOffset=offset,
        color=colour(),
        shape=shape(),
        tooltip=tooltip,
        opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.25)),
    )
    mean = (
        alt.Chart(frame)
        .mark_tick(thickness=3, size=ROW - 6, opacity=0.6)
        .encode(x=alt.X("mean(score):Q"), y=y, color=colour())
    )
    return alt.layer(lines, mean, dots.add_params(chosen)).properties(
        height=ROW * len(labels) * (1 + _GAP) + AXIS,
        description=t(
            "{metric} of {models} on each fold, joined by fold.",
            metric=metric,
            models=", ".join(labels),
        ),
    )


def repeats_drawn(scores: pd.DataFrame) -> int:
    """How many repeats, from the first, have dots in `fold_scores`: one or more."""
    a_repeat = max((scores.repeat == 0).sum(), 1)
    return max(MANY // int(a_repeat), 1)


def split(repeat: int, fold: int) -> str:
    """What a reader calls a fold; both numbers are from 0."""
    return t("repeat {repeat}, fold {fold}", repeat=repeat + 1, fold=fold + 1)


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
    frame = labelled(means)
    labels = list(frame.model)
    tooltip = [
        alt.Tooltip("model:N", title=t("Model")),
        alt.Tooltip("mean:Q", title=t("Mean"), format="+.4f"),
        alt.Tooltip("low:Q", title=t("95% from"), format="+.4f"),
        alt.Tooltip("high:Q", title=t("95% to"), format="+.4f"),
    ]
    base = alt.Chart(frame).encode(y=rows(labels), color=colour(), tooltip=tooltip)
    x = alt.X("low:Q", title=title).axis(tickCount=6)
    bars = base.mark_rule(strokeWidth=2.5).encode(x=x, x2="high:Q")
    dots = base.mark_point(**MARK, size=90).encode(x="mean:Q", shape=shape())
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]}))
    line = zero.mark_rule(strokeDash=[4, 3], color=GREY).encode(x="zero:Q")
    return alt.layer(line, bars, dots).properties(
        height=ROW * len(labels) + AXIS,
        description=t(
            "{title}, with 95% intervals, for {models}.", title=title, models=", ".join(labels)
        ),
    )
