"""Where in the space of parameters a search found good scores."""

import json
import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import altair as alt
import pandas as pd

from ..language import t
from .look import AXIS, COLOURS, GREY, MARK, ROW

BEST = COLOURS[3]
_MOST_CHOICES = 12  # along one axis of a heat map, on which half of the cells must be filled
MOST_LINES = 300
# The darkest sixth of cividis is lost on a dark page.
_CIVIDIS = alt.SchemeParams(name="cividis", extent=[0.15, 1])


def score_space(
    values: pd.DataFrame, scores: pd.Series, axes: Sequence[str], metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw the scores of candidates over one or two of their parameters.

    Parameters
    ----------
    values : DataFrame of shape (n_candidates, n_parameters)
        As from `parameter_values`, the winner first.
    scores : Series of shape (n_candidates,)
        Mean of each candidate, NaN for one that failed.
    axes : sequence of str
        One or two columns of ``values``.
    metric : str
        What the score is called.

    Returns
    -------
    alt.LayerChart
        Over one parameter, a line. Over two, a heat map where the values of both make a grid: a
        cell has the best score of all its candidates. Else points, on logarithmic axes where
        values span decades. The winner is outlined.
    """
    frame = pd.DataFrame({name: values[axis] for name, axis in zip("xy", axes, strict=False)})
    frame = frame.assign(score=scores)
    if len(axes) == 1:
        return _line(frame, axes[0], metric)
    best = frame.sort_values("score", ascending=False).drop_duplicates(["x", "y"])
    across, up = best.x.nunique(), best.y.nunique()
    if max(across, up) > _MOST_CHOICES or len(best) < across * up / 2:
        return _points(frame, axes[0], axes[1], metric)
    return _cells(best, frame.head(1), axes[0], axes[1], metric)


def parallel(
    values: pd.DataFrame, scores: pd.Series, metric: str
) -> alt.LayerChart | alt.FacetChart:
    """Draw each candidate as a line through one axis per parameter and one for the score.

    Parameters
    ----------
    values, scores, metric
        As for `score_space`; at least one candidate has a score.

    Returns
    -------
    alt.LayerChart
        Axes go from the lowest value to the highest, logarithmic where values span decades;
        choices are spread evenly. The winner is thick, and the colour is the score. Past 300
        candidates, the first 300 are drawn; those that failed are not.
    """
    order = scores.dropna().index[:MOST_LINES][::-1]  # the winner on top
    columns = values.loc[order].assign(**{metric: scores[order]})
    names = [str(name) for name in columns]
    frame, texts = _upright(columns)
    frame["score"] = frame.candidate.map(scores)
    x = alt.X("place:Q", title=None).scale(domain=[-0.3, len(names) - 0.6], nice=False)
    # A line a word: there is little room on a phone.
    label = f"split({json.dumps(names)}[datum.value], '_')"
    x = x.axis(values=list(range(len(names))), labelExpr=label, grid=False, domain=False)
    y = alt.Y("height:Q", axis=None).scale(domain=[-0.1, 1.1], nice=False)
    best = frame[frame.candidate == order[-1]]
    detail = alt.Detail("candidate:N")
    colour = _colour(metric).legend(None)  # it is the last axis
    drawn = alt.Chart(frame).encode(x=x, y=y, detail=detail, order="place:Q", color=colour)
    axes = pd.DataFrame({"place": range(len(names)), "height": 0.0, "top": 1.0})
    winner = alt.Chart(best).encode(x=x, y=y, order="place:Q")
    ends = alt.Chart(texts).encode(x=x, y=y, text="text:N")
    top, bottom = alt.datum.height == 1, alt.datum.height == 0
    return alt.layer(
        alt.Chart(axes).mark_rule(color=GREY).encode(x=x, y=y, y2="top:Q"),
        drawn.mark_line(opacity=0.7, strokeWidth=1.5),
        drawn.mark_point(filled=True, size=25, opacity=0.8).encode(
            tooltip=[
                alt.Tooltip("axis:N", title=t("parameter")),
                alt.Tooltip("value:N", title=t("value")),
                alt.Tooltip("score:Q", title=metric, format=".4f"),
            ]
        ),
        winner.mark_line(strokeWidth=4, color=BEST),
        winner.mark_point(filled=True, size=70, color=BEST, opacity=1),
        ends.transform_filter(top).mark_text(dy=-11, color=GREY),
        ends.transform_filter(bottom).mark_text(dy=13, color=GREY),
        ends.transform_filter(~(top | bottom)).mark_text(align="left", dx=7, dy=-7, color=GREY),
    ).properties(
        height=360,
        description=t(
            "Parallel coordinates of {n} candidates: {names}.", n=len(order), names=", ".join(names)
        ),
    )


def text_of(value: Any) -> str:
    """Write the value of a parameter for an axis: four digits of a number.

    Examples
    --------
    >>> text_of(1000.0), text_of(0.00012345), text_of("rbf"), text_of(True)
    ('1000', '0.0001234', 'rbf', 'True')
    """
    return f"{value:.4g}" if _is_number(value) else str(value)


def _line(frame: pd.DataFrame, x: str, metric: str) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y("score:Q", title=metric).scale(zero=False)
    base = alt.Chart(frame.dropna(subset="score")).encode(
        x=_x(frame.x, x), y=y, tooltip=_tooltip(metric, x)
    )
    best = alt.Chart(frame.head(1)).encode(x="x", y="score:Q")
    return alt.layer(
        base.mark_line(color=GREY),
        base.mark_point(**MARK, size=60, color=COLOURS[0]),
        best.mark_point(color=BEST, size=220, strokeWidth=2.5),
    ).properties(
        height=320, description=t("{metric} of the candidates by {x}.", metric=metric, x=x)
    )


def _cells(
    frame: pd.DataFrame, winner: pd.DataFrame, x: str, y: str, metric: str
) -> alt.LayerChart | alt.FacetChart:
    across, up = _ordered(frame.x), _ordered(frame.y)[::-1]
    frame, winner = (
        one.assign(x=one.x.map(text_of), y=one.y.map(text_of)) for one in (frame, winner)
    )
    base = alt.Chart(frame).encode(
        x=alt.X("x:N", title=x, sort=across).axis(
            labelAngle=0, labelOverlap=True, labelFlush=False
        ),
        y=alt.Y("y:N", title=y, sort=up).axis(
            labelLimit=100, labelBaseline="middle", labelFlush=False
        ),
        tooltip=_tooltip(metric, x, y),
    )
    middle = (frame.score.min() + frame.score.max()) / 2
    text = alt.when(alt.datum.score > middle).then(alt.value("black"))
    layers = [
        base.mark_rect().encode(color=_colour(metric)),
        base.mark_text(fontSize=12).encode(
            text=alt.Text("score:Q", format=".3f"), color=text.otherwise(alt.value("white"))
        ),
        alt.Chart(winner)
        .mark_rect(filled=False, stroke=BEST, strokeWidth=3)
        .encode(x=alt.X("x:N", sort=across), y=alt.Y("y:N", sort=up)),
    ]
    if len(across) > 7:  # no room for numbers on a phone
        del layers[1]
    return alt.layer(*layers).properties(
        height=ROW * len(up) + 2 * AXIS,  # the legend has an axis of its own
        description=t("Heat map of {metric} over {x} and {y}.", metric=metric, x=x, y=y),
    )


def _points(frame: pd.DataFrame, x: str, y: str, metric: str) -> alt.LayerChart | alt.FacetChart:
    base = alt.Chart(frame).encode(
        x=_x(frame.x, x),
        y=alt.Y(**_channel(frame.y, "y", y)),
        tooltip=_tooltip(metric, x, y),
    )
    done = base.transform_filter("isValid(datum.score)")
    best = alt.Chart(frame.head(1)).encode(x="x", y="y")
    layers = [
        done.mark_point(**MARK, size=90).encode(color=_colour(metric)),
        best.mark_point(color=BEST, size=260, strokeWidth=2.5),
    ]
    if frame.score.isna().any():  # an empty group without a name would be read out
        failed = base.transform_filter("!isValid(datum.score)")
        layers.insert(0, failed.mark_point(shape="cross", size=40, color=GREY))
    return alt.layer(*layers).properties(
        height=380,
        description=t("{metric} of the candidates over {x} and {y}.", metric=metric, x=x, y=y),
    )


def _x(values: pd.Series, title: str) -> alt.X:
    return alt.X(**_channel(values, "x", title))


def _channel(values: pd.Series, field: str, title: str) -> dict[str, Any]:
    if not values.map(_is_number).all():
        axis = alt.Axis(labelAngle=0, labelLimit=100, labelFlush=False)
        return {"field": field, "type": "nominal", "title": title, "axis": axis}
    scale = alt.Scale(type="log" if _spans_decades(values) else "linear", zero=False)
    axis = alt.Axis(grid=False, tickCount=6)
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": axis}


def _upright(columns: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per candidate and axis with its height there, and one per text on an axis."""
    points, texts = [], []
    for place, name in enumerate(columns):
        heights, ends = _axis(columns[name])
        written = columns[name].map(text_of)
        points.append(
            pd.DataFrame({"place": place, "axis": name, "height": heights, "value": written})
        )
        texts += [(place, height, text) for height, text in ends]
    frame = pd.concat(points).rename_axis("candidate").reset_index()
    return frame, pd.DataFrame(texts, columns=["place", "height", "text"])


def _axis(values: pd.Series) -> tuple[pd.Series, list[tuple[float, str]]]:
    """Heights of values on an axis from 0 to 1, and the texts that stand on it."""
    if not values.map(_is_number).all():
        texts = _ordered(values)
        if len(texts) == 1:
            return values.map(lambda _: 0.5), [(0.5, texts[0])]
        places = {text: place / (len(texts) - 1) for place, text in enumerate(texts)}
        return values.map(text_of).map(places), [(places[text], text) for text in texts]
    numbers = values.astype(float)
    low, high = numbers.min(), numbers.max()
    if low == high:
        return numbers * 0 + 0.5, [(0.5, text_of(low))]
    if _spans_decades(numbers):
        numbers = numbers.map(math.log)
    heights = (numbers - numbers.min()) / (numbers.max() - numbers.min())
    return heights, [(0.0, text_of(low)), (1.0, text_of(high))]


def _ordered(values: pd.Series) -> list[str]:
    """Texts of the different values: numbers as they grow, then the rest by alphabet."""
    different = values.drop_duplicates()
    numbers = sorted(value for value in different if _is_number(value))
    others = sorted(str(value) for value in different if not _is_number(value))
    return [text_of(number) for number in numbers] + others


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _spans_decades(values: pd.Series) -> bool:
    return bool(values.min() > 0 and values.max() / values.min() >= 50)


def _colour(metric: str) -> alt.Color:
    scale = alt.Scale(scheme=_CIVIDIS, zero=False)
    return alt.Color("score:Q", title=metric, scale=scale).legend(orient="bottom")


def _tooltip(metric: str, x: str = "", y: str = "") -> list[alt.Tooltip]:
    axes = [alt.Tooltip(f"{field}:N", title=name) for field, name in (("x", x), ("y", y)) if name]
    return [*axes, alt.Tooltip("score:Q", title=metric, format=".4f")]
