"""Models of several runs on the same folds."""

import json

import altair as alt
import pandas as pd

from ..language import t
from .comparison import split
from .look import AXIS, COLOURS, GREY, MARK, MARKERS

_ROW = 28


def contenders(scores: pd.DataFrame, names: list[str]) -> alt.LayerChart | alt.FacetChart:
    """Draw one dot per contender and fold, in the colour of its run; a line joins a fold.

    Parameters
    ----------
    scores : DataFrame
        With the columns contender, label (what stands in front of its row), run, repeat, fold and
        score.
    names : list of str
        Contenders in the order of the rows, from the top.

    Returns
    -------
    alt.LayerChart
        The long tick in a row is the mean.
    """
    columns = ["contender", "label", "run", "repeat", "fold", "score"]
    frame = scores.dropna(subset="score")[columns]
    frame["split"] = [split(*of) for of in zip(frame["repeat"], frame.fold, strict=True)]
    frame["rank"] = frame.contender.map(names.index)
    runs = list(frame.run.unique())
    axis = alt.Axis(
        grid=False, ticks=False, domain=False, labelLimit=150, labelBaseline="middle",
        labelExpr=_lookup(frame),
    )  # fmt: skip
    y = alt.Y("contender:N", title=None, sort=names, axis=axis).scale(domain=names)
    x = alt.X("score:Q", title=t("score on the test rows of a fold"))
    legend = alt.Legend(orient="top", columns=1, labelLimit=320, symbolStrokeWidth=0)
    colour = alt.Color("run:N", title=None, legend=legend).scale(domain=runs, range=COLOURS)
    shape = alt.Shape("run:N", title=None, legend=legend).scale(domain=runs, range=MARKERS)
    base = alt.Chart(frame).encode(x=x.scale(zero=False).axis(tickCount=6), y=y)
    lines = base.mark_line(color=GREY, opacity=0.4, strokeWidth=1).encode(
        detail="split:N", order="rank:Q"
    )
    mean = base.mark_tick(thickness=3, size=_ROW - 6).encode(x="mean(score):Q", color=colour)
    dots = base.mark_point(**MARK, size=45).encode(
        color=colour,
        shape=shape,
        tooltip=[
            alt.Tooltip("contender:N", title=t("Model")),
            alt.Tooltip("split:N", title=t("Fold")),
            alt.Tooltip("score:Q", title=t("Score"), format=".4f"),
        ],
    )
    return alt.layer(lines, mean, dots).properties(
        height=_ROW * len(names) + AXIS + 20 * len(runs),
        description=t("Scores of {names} on each fold, joined by fold.", names=", ".join(names)),
    )


def _lookup(frame: pd.DataFrame) -> str:
    """Vega's expression that gives a contender its label."""
    labels = dict(zip(frame.contender, frame.label, strict=True))
    return f"({json.dumps(labels)})[datum.value]"
