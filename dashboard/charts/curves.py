"""Curves with their bands: a score against rows or a parameter, losses against epochs."""

import json

import altair as alt
import numpy as np
import pandas as pd

from ..language import mark, t
from .look import GREY, MARK, colour, dash, label, labelled, shape

Bounds = tuple[float | None, float | None]

# Faint is what the model has seen, strong is what it has not: colour, marker and dash are the
# model's own.
PARTS = {"test": mark("Test rows"), "train": mark("Training rows")}
_STRENGTHS = [1.0, 0.5]
_HEIGHT = 400


def score_curve(
    table: pd.DataFrame, x: str, title: str, metric: str, bounds: Bounds = (None, None)
) -> alt.LayerChart | alt.FacetChart:
    """Draw mean scores and their bands against training rows or a parameter.

    Parameters
    ----------
    table : DataFrame
        With the columns model, ``x``, part ("train" or "test"), mean, low and high. Numbers that
        are spaced evenly on a log scale get one; what are no numbers stands side by side.
    x : str
        The column to draw against.
    title : str
        What that is called.
    metric : str
        What the score is called.
    bounds : (float or None, float or None)
        The least and the greatest score that there can be: the drawn bands end there, though the
        intervals may not.

    Returns
    -------
    alt.LayerChart
        Each point has a marker, and a tooltip with its interval as it is.
    """
    frame = _drawable(table, bounds)
    if pd.api.types.is_any_real_numeric_dtype(frame[x]):
        values = sorted(frame[x].unique())
        scale = alt.Scale(
            type="log" if log_spaced(values) else "linear", zero=False, nice=False, padding=12
        )
        axis = alt.Axis(values=values, format="~g", labelOverlap="greedy", grid=False)
        along = alt.X(f"{x}:Q", title=title, scale=scale, axis=axis)
    else:
        frame[x] = [json.dumps(value) for value in frame[x]]
        along = alt.X(f"{x}:N", title=title, sort=None).axis(labelAngle=0, labelOverlap=True)
    tooltip = [
        alt.Tooltip("model:N", title=t("model")),
        alt.Tooltip("part:N", title=t("scored on")),
        alt.Tooltip(x, title=title),
        alt.Tooltip("mean:Q", title=metric, format=".4f"),
        alt.Tooltip("low:Q", title=t("95% from"), format=".4f"),
        alt.Tooltip("high:Q", title=t("95% to"), format=".4f"),
    ]
    base = _base(frame, along)
    dots = base.mark_point(**{**MARK, "size": 70}).encode(
        y=_up(metric),
        shape=shape().legend(_legend(frame)),
        opacity=_strength(frame),
        tooltip=tooltip,
    )
    names = ", ".join(frame.model.unique())
    text = t("{metric} against {x}, of {models}.", metric=metric, x=title, models=names)
    return alt.layer(_band(base), _line(base, frame, metric), dots).properties(
        height=_HEIGHT, description=text
    )


def epoch_curve(
    table: pd.DataFrame, title: str, best: dict[str, int], bounds: Bounds = (None, None)
) -> alt.LayerChart | alt.FacetChart:
    """Draw means against epochs with their bands, and a rule where validation was best.

    Parameters
    ----------
    table : DataFrame
        With the columns model, part ("train" or "test"), epoch, mean, low and high.
    title : str
        What the vertical axis measures.
    best : dict of str to int
        The epoch of the rule, by key of the model.
    bounds : (float or None, float or None)
        As for `score_curve`.

    Returns
    -------
    alt.LayerChart
        Lines without markers, which would hide one another.
    """
    frame = _drawable(table, bounds)
    along = alt.X("epoch:Q", title=t("Epoch")).scale(nice=False).axis(tickMinStep=1, grid=False)
    tooltip = [
        alt.Tooltip("model:N", title=t("model")),
        alt.Tooltip("part:N", title=t("scored on")),
        alt.Tooltip("epoch:Q", title=t("Epoch")),
        alt.Tooltip("mean:Q", title=title, format=".4f"),
    ]
    base = _base(frame, along)
    points = base.mark_point(size=60, opacity=0).encode(y=_up(title), tooltip=tooltip)
    rules = pd.DataFrame({"model": [label(key) for key in best], "epoch": list(best.values())})
    at_best = alt.Chart(rules).encode(
        x=along,
        color=colour(),
        strokeDash=dash(),
        tooltip=["model:N", alt.Tooltip("epoch:Q", title=t("best epoch"))],
    )
    names = ", ".join(frame.model.unique())
    return alt.layer(
        _band(base), _line(base, frame, title), at_best.mark_rule(strokeWidth=1.5), points
    ).properties(
        height=_HEIGHT,
        description=t("{what} against epochs, of {models}.", what=title, models=names),
    )


def log_spaced(values: list[float]) -> bool:
    """Whether positive numbers are spaced more evenly by their ratios than by their differences.

    Examples
    --------
    >>> log_spaced([0.01, 0.1, 1, 10]), log_spaced([0.1, 0.2, 0.3]), log_spaced([0, 1, 10])
    (True, False, False)
    """
    if len(values) < 3 or min(values) <= 0:
        return False
    gaps, ratios = np.diff(values), np.diff(np.log(values))
    return bool(ratios.std() / ratios.mean() < gaps.std() / gaps.mean())


def _drawable(table: pd.DataFrame, bounds: Bounds) -> pd.DataFrame:
    """Name models and parts for a reader, and give bands an end that can be."""
    frame = labelled(table.dropna(subset="mean"))
    ends = {end: frame[end].clip(*bounds) for end in ("low", "high")}
    return frame.assign(
        part=[t(PARTS[part]) for part in frame.part],
        drawn_low=ends["low"],
        drawn_high=ends["high"],
    )


def _base(frame: pd.DataFrame, along: alt.X) -> alt.Chart:
    return alt.Chart(frame).encode(x=along, color=colour().legend(_legend(frame)))


def _legend(frame: pd.DataFrame) -> alt.Legend:
    names = list(frame.model.unique())
    return alt.Legend(
        title=None, orient="top", columns=2, values=names, symbolOpacity=1, symbolStrokeWidth=0
    )


def _strength(frame: pd.DataFrame) -> alt.Opacity:
    parts = [t(part) for part in PARTS.values()]
    legend = alt.Legend(
        title=None,
        orient="bottom",
        values=[part for part in parts if part in set(frame.part)],
        symbolType="square",
        symbolFillColor=GREY,
        symbolStrokeColor=GREY,
    )
    return alt.Opacity("part:N", legend=legend).scale(domain=parts, range=_STRENGTHS)


def _up(title: str) -> alt.Y:
    return alt.Y("mean:Q", title=title).scale(zero=False)


def _band(base: alt.Chart) -> alt.Chart:
    return base.mark_area(opacity=0.12).encode(
        y=alt.Y("drawn_low:Q"), y2="drawn_high:Q", detail="part:N"
    )


def _line(base: alt.Chart, frame: pd.DataFrame, title: str) -> alt.Chart:
    return base.mark_line(strokeWidth=2).encode(
        y=_up(title), strokeDash=dash(), opacity=_strength(frame)
    )
