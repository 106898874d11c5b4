"""Ensembles against their number of members, and member by member in the plane."""

import base64
import io
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from PIL import Image, ImageColor

from bakeoff.experiments.specs.ensemble_study import METHODS

from ..language import t
from .look import AXIS, COLOURS, DASHES, GREY, MANY, MARK, MARKERS, ROW, rows

# Apart from the colours of classes, which stand beside them. The first two are those of the
# catalogue's own bagging and boosting, the forest and the boosted trees.
_COLOURS = COLOURS[8:]
_HEIGHT = 280
_HEAVIEST = 6  # times its share: rows that count more are drawn as large as this


def method_label(key: str) -> str:
    """What a reader calls a way to make an ensemble, in every language: links hold it."""
    return METHODS[key]


def member_scores(curve: pd.DataFrame, metric: str) -> alt.LayerChart | alt.FacetChart:
    """Draw the scores of ensembles against their number of members, with their intervals.

    Parameters
    ----------
    curve : DataFrame
        As from `score_curve` over ``"members"``.
    metric : str
        What the score is called.
    """
    frame = _labelled(curve).dropna(subset="mean")
    frame["high"] = frame.high.clip(upper=1)  # no score is above
    tooltip = [
        *_tooltip(),
        alt.Tooltip("mean:Q", title=metric, format=".4f"),
        alt.Tooltip("low:Q", title=t("95% from"), format=".4f"),
        alt.Tooltip("high:Q", title=t("95% to"), format=".4f"),
    ]
    y = alt.Y("mean:Q", title=metric).scale(zero=False)
    band = _base(frame).mark_area(opacity=0.12).encode(y=alt.Y("low:Q", title=metric), y2="high:Q")
    return alt.layer(band, *_lines(frame, y, tooltip)).properties(
        height=_HEIGHT + AXIS,
        description=t(
            "{metric} against members: {methods}.",
            metric=metric,
            methods=", ".join(frame.model.unique()),
        ),
    )


def loss_part(table: pd.DataFrame, part: str, title: str) -> alt.LayerChart | alt.FacetChart:
    """Draw one part of the loss, bias or variance, against the number of members.

    Parameters
    ----------
    table : DataFrame
        As from `decompositions`.
    part : {"bias", "variance"}
    title : str
        What the vertical axis measures.

    Returns
    -------
    alt.LayerChart
        The axis is the same for both parts, so that they can be compared side by side.
    """
    frame = _labelled(table)
    top = float(frame[["bias", "variance"]].max().max()) or 1.0
    y = alt.Y(f"{part}:Q", title=title).scale(domain=[0, top], nice=True)
    tooltip = [*_tooltip(), alt.Tooltip(f"{part}:Q", title=title, format=".4f")]
    return alt.layer(*_lines(frame, y, tooltip)).properties(
        height=_HEIGHT,
        description=t(
            "{part} against members: {methods}.",
            part=title,
            methods=", ".join(frame.model.unique()),
        ),
    )


def ensemble_scores(scores: pd.DataFrame, metric: str) -> alt.LayerChart | alt.FacetChart:
    """Draw one dot per ensemble that has been scored, a row a method.

    Parameters
    ----------
    scores : DataFrame
        With the columns model, fold (from 0), seed (of the resample) and score.
    metric : str
        What the score is called.
    """
    frame = _labelled(scores.dropna(subset="score"))
    labels = [label for label in map(method_label, METHODS) if label in set(frame.model)]
    base = alt.Chart(frame).encode(
        x=alt.X("score:Q", title=metric).scale(zero=False).axis(tickCount=6),
        y=rows(labels),
        color=alt.Color("model:N", legend=None).scale(_scale(_COLOURS)),
    )
    dots = base.mark_point(filled=True, size=40, opacity=0.5).encode(
        shape=alt.Shape("model:N", legend=None).scale(_scale(MARKERS)),
        tooltip=["model:N", alt.Tooltip("score:Q", title=metric, format=".4f")],
    )
    mean = base.mark_tick(thickness=3, size=ROW - 6).encode(x="mean(score):Q")
    return alt.layer(dots, mean).properties(
        height=ROW * len(labels) + AXIS,
        description=t(
            "{metric} of the ensembles that are done: {methods}.",
            metric=metric,
            methods=", ".join(labels),
        ),
    )


def decision_regions(
    cells: np.ndarray,
    extent: tuple[float, float, float, float],
    points: pd.DataFrame,
    columns: tuple[str, ...],
    classes: tuple[str, ...],
    description: str,
) -> alt.LayerChart | alt.FacetChart:
    """Draw which class a model decides for, all over the plane, and the rows that it was fitted on.

    Parameters
    ----------
    cells : ndarray of int, of shape (n, n)
        Number of the class in each cell of a grid, from the bottom left.
    extent : tuple of float
        Left, right, bottom and top of the grid.
    points : DataFrame
        With the columns row, x, y, class (its name) and seen: how much the row counted for the
        model, with a mean of 1. The area of a mark grows with it, up to 6; rows that were not
        seen are hollow. Of more than 2 000 rows, as many are drawn, chosen at random.
    columns : tuple of str
        What the axes measure.
    classes : tuple of str
        Names, in the order of their numbers.
    description : str
        For a screen reader.

    Returns
    -------
    alt.LayerChart
        The regions are one image: a browser draws it at once, without a seam between cells.
    """
    if len(points) > MANY:
        points = points.sample(MANY, random_state=0)
    left, right, bottom, top = extent
    x = alt.X("x:Q", title=columns[0]).axis(grid=False).scale(domain=[left, right], nice=False)
    y = alt.Y("y:Q", title=columns[1]).axis(grid=False).scale(domain=[bottom, top], nice=False)
    picture = pd.DataFrame(
        [{"x": left, "right": right, "y": bottom, "top": top, "url": _png(cells)}]
    )
    ground = alt.Chart(picture).mark_image(aspect=False, smooth=False, opacity=0.3).encode(
        x=x, x2="right", y=y, y2="top", url="url:N"
    )  # fmt: skip
    domain = list(classes)
    dots = alt.Chart(points).encode(
        x=x,
        y=y,
        color=alt.Color("class:N", title=None).scale(domain=domain, range=COLOURS),
        shape=alt.Shape("class:N", title=None).scale(domain=domain, range=MARKERS),
        tooltip=[
            alt.Tooltip("row:Q", title=t("row")),
            alt.Tooltip("class:N", title=t("class")),
            alt.Tooltip("seen:Q", title=t("counts"), format=".2f"),
        ],
    )
    size = alt.Size("seen:Q", legend=None).scale(domain=[0, _HEAVIEST], range=[0, 260], clamp=True)
    return (
        alt.layer(
            ground,
            # aria=False: where there are none, an empty group without a name would be read out.
            dots.mark_point(size=18, opacity=0.55, strokeWidth=1, aria=False).transform_filter(
                alt.datum.seen == 0
            ),
            dots.mark_point(**{**MARK, "opacity": 0.9})
            .encode(size=size)
            .transform_filter(alt.datum.seen > 0),
        )
        .configure_legend(orient="top", symbolOpacity=1)
        .properties(height=360, description=description)
    )


def member_shares(
    table: pd.DataFrame, column: str, title: str, member: int, expected: float
) -> alt.LayerChart | alt.FacetChart:
    """Draw one bar per member, the chosen one filled, and a line at what theory expects.

    Parameters
    ----------
    table : DataFrame
        As from `member_table`.
    column : str
        Of the table; a share.
    title : str
        What the share is of.
    member : int
        The chosen one, from 1.
    expected : float
    """
    chosen = alt.datum.member == member
    bars = alt.Chart(table).mark_bar(color=COLOURS[0]).encode(
        x=alt.X("member:O", title=t("Member")).axis(labelAngle=0, labelOverlap=True),
        y=alt.Y(f"{column}:Q", title=None).axis(format="%", tickCount=5),
        opacity=alt.when(chosen).then(alt.value(1)).otherwise(alt.value(0.45)),
        tooltip=[
            alt.Tooltip("member:O", title=t("member")),
            alt.Tooltip(f"{column}:Q", title=title, format=".1%"),
        ],
    )  # fmt: skip
    line = alt.Chart(pd.DataFrame({"expected": [expected]})).mark_rule(
        color=GREY, strokeWidth=2, strokeDash=[4, 3]
    )
    return alt.layer(bars, line.encode(y="expected:Q")).properties(
        height=180, description=t("{title}, member by member.", title=title)
    )


def _labelled(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(model=[method_label(key) for key in frame.model])


def _scale(looks: list[Any]) -> alt.Scale:
    return alt.Scale(domain=[method_label(key) for key in METHODS], range=looks)


def _tooltip() -> list[Any]:
    return [
        alt.Tooltip("model:N", title=t("method")),
        alt.Tooltip("members:Q", title=t("members")),
    ]


def _base(frame: pd.DataFrame) -> alt.Chart:
    sizes = sorted(frame.members.unique().tolist())
    x = alt.X("members:Q", title=t("Members")).scale(type="log", nice=False)
    colour = alt.Color("model:N", title=None).scale(_scale(_COLOURS)).legend(_legend(frame))
    return alt.Chart(frame).encode(x=x.axis(values=sizes, format="d", grid=False), color=colour)


def _lines(frame: pd.DataFrame, y: alt.Y, tooltip: list[Any]) -> list[alt.Chart]:
    base = _base(frame).encode(y=y, tooltip=tooltip)
    legend = _legend(frame)
    dash = alt.StrokeDash("model:N", title=None).scale(_scale(DASHES)).legend(legend)
    shape = alt.Shape("model:N", title=None).scale(_scale(MARKERS)).legend(legend)
    return [
        base.mark_line(strokeWidth=2).encode(strokeDash=dash),
        base.mark_point(**MARK, size=60).encode(shape=shape),
    ]


def _legend(frame: pd.DataFrame) -> alt.Legend:
    models = list(frame.model.unique())
    return alt.Legend(orient="top", values=models, symbolOpacity=1, symbolStrokeWidth=0)


def _png(cells: np.ndarray) -> str:
    """A picture of the classes in their colours, one pixel a cell, as a data URL."""
    image = Image.fromarray((np.flipud(cells) % len(COLOURS)).astype(np.uint8))
    image.putpalette([part for colour in COLOURS for part in ImageColor.getrgb(colour)])
    file = io.BytesIO()
    image.save(file, "png")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
