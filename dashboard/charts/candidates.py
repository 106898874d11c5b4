"""How sure a search can be of its winner: folds, rungs, and what new rows say."""

import altair as alt
import pandas as pd

from ..language import t
from .look import AXIS, COLOURS, GREY, MARK, ROW

MOST_CANDIDATES = 30
_ROW = 22


def candidate_folds(
    table: pd.DataFrame, labels: list[str], metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw the fold scores of each candidate, the best on top.

    Parameters
    ----------
    table : DataFrame
        As from `against_best`, best first; the first 30 are drawn.
    labels : list of str
        What to call the candidates, in the same order.
    metric : str
        What the score is called.

    Returns
    -------
    alt.LayerChart
        Small dots are folds, the tick is the mean. Candidates that the folds cannot tell from the
        winner are in colour, the others grey.
    """
    tied, other = t("may be as good as the winner"), t("worse, or failed")
    rows = [f"{rank}. {label}" for rank, label in enumerate(labels, start=1)][:MOST_CANDIDATES]
    drawn = table.head(MOST_CANDIDATES)
    frame = pd.DataFrame(
        {
            "row": rows,
            "mean": list(drawn["mean"]),
            "fold_scores": list(drawn.fold_scores),
            "standing": [tied if one else other for one in drawn.tied],
        }
    )
    folds = frame.explode("fold_scores").rename(columns={"fold_scores": "score"})
    folds = folds.astype({"score": float}).dropna(subset="score")
    y = alt.Y("row:N", title=None, sort=rows).scale(domain=rows)
    y = y.axis(grid=False, ticks=False, domain=False, labelLimit=165, labelBaseline="middle")
    colour = alt.Color("standing:N", title=None).scale(
        domain=[tied, other], range=[COLOURS[0], GREY]
    )
    colour = colour.legend(orient="top", labelLimit=320, columns=1)
    x = alt.X("score:Q", title=t("{metric} on a fold of the search", metric=metric))
    dots = alt.Chart(folds).encode(
        x=x.scale(zero=False).axis(tickCount=6),
        y=y,
        color=colour,
        tooltip=[
            alt.Tooltip("row:N", title=t("candidate")),
            alt.Tooltip("score:Q", title=metric, format=".4f"),
        ],
    )
    mean = alt.Chart(frame.dropna(subset="mean")).encode(
        x="mean:Q",
        y=y,
        color=colour,
        tooltip=[
            alt.Tooltip("row:N", title=t("candidate")),
            alt.Tooltip("mean:Q", title=t("mean {metric}", metric=metric), format=".4f"),
        ],
    )
    return alt.layer(
        dots.mark_circle(size=28, opacity=0.55), mean.mark_tick(thickness=3, size=_ROW - 6)
    ).properties(
        height=_ROW * len(frame) + 2 * AXIS + 20,
        description=t("{metric} of {n} candidates on each fold.", metric=metric, n=len(frame)),
    )


def promises(
    gaps: pd.DataFrame, winners: list[str], metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw what the winner of each search promised, and what new rows gave.

    Parameters
    ----------
    gaps : DataFrame
        As from `optimism`.
    winners : list of str
        What to call the winner of each search.
    metric : str
        What the score is called.
    """
    promised, gave = t("promised by the search"), t("given by new rows")
    is_repeated = gaps["repeat"].nunique() > 1
    rows = [
        f"{repeat + 1}.{fold + 1}: {winner}" if is_repeated else f"{fold + 1}: {winner}"
        for repeat, fold, winner in zip(gaps["repeat"], gaps.fold, winners, strict=True)
    ]
    wide = gaps[["inner", "outer"]].astype(float).assign(row=rows)
    long = wide.rename(columns={"inner": promised, "outer": gave}).melt("row")
    y = alt.Y("row:N", title=None, sort=rows).scale(domain=rows)
    y = y.axis(grid=False, ticks=False, domain=False, labelLimit=165, labelBaseline="middle")
    x = alt.X("inner:Q", title=metric).scale(zero=False).axis(tickCount=6)
    bars = alt.Chart(wide).mark_rule(color=GREY, strokeWidth=2).encode(y=y, x=x, x2="outer:Q")
    domain = [promised, gave]
    legend = alt.Legend(orient="top", title=None, labelLimit=320, columns=1, symbolStrokeWidth=0)
    dots = (
        alt.Chart(long)
        .mark_point(**MARK, size=90)
        .encode(
            y=y,
            x="value:Q",
            color=alt.Color("variable:N", legend=legend).scale(
                domain=domain, range=[COLOURS[1], COLOURS[0]]
            ),
            shape=alt.Shape("variable:N", legend=legend).scale(
                domain=domain, range=["diamond", "circle"]
            ),
            tooltip=[
                alt.Tooltip("row:N", title=t("fold")),
                alt.Tooltip("variable:N", title=t("score")),
                alt.Tooltip("value:Q", title=metric, format=".4f"),
            ],
        )
    )
    return alt.layer(bars, dots).properties(
        height=(ROW - 8) * len(rows) + 2 * AXIS + 20,
        description=t(
            "{metric} that each search promised and that new rows gave, by fold.", metric=metric
        ),
    )


def rungs(table: pd.DataFrame, labels: list[str], metric: str) -> alt.LayerChart | alt.FacetChart:
    """Draw the candidates of a halving search by the training rows that they were given.

    Parameters
    ----------
    table : DataFrame
        As from `ranked`, of one search, best first: the first is the winner.
    labels : list of str
        What to call the candidates, in the same order.
    metric : str
        What the score is called.
    """
    frame = table[["candidate", "resource", "mean"]].assign(label=labels).dropna(subset="mean")
    x = alt.X("resource:Q", title=t("Rows to train on"))
    x = x.scale(type="log", nice=False, padding=25)
    x = x.axis(values=sorted(frame.resource.unique()), grid=False, format=".0f")
    base = alt.Chart(frame).encode(
        x=x,
        y=alt.Y("mean:Q", title=t("mean {metric}", metric=metric)).scale(zero=False),
        detail="candidate:N",
        tooltip=[
            alt.Tooltip("label:N", title=t("candidate")),
            alt.Tooltip("resource:Q", title=t("training rows")),
            alt.Tooltip("mean:Q", title=metric, format=".4f"),
        ],
    )
    won = base.transform_filter(alt.datum.candidate == table.candidate.iloc[0])
    return alt.layer(
        base.mark_line(color=GREY, opacity=0.6),
        base.mark_point(**MARK, size=45, color=COLOURS[0]),
        won.mark_line(color=COLOURS[3], strokeWidth=4),
        won.mark_point(filled=True, opacity=1, size=80, color=COLOURS[3]),
    ).properties(
        height=340,
        description=t("{metric} of the candidates by rung of the halving search.", metric=metric),
    )
