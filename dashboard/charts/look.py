"""The look that all charts share: each model's colour, marker and dash, sizes, greys.

A model has the same colour, marker and dash on every chart: its place in the catalogue decides.
Colours are those of Okabe and Ito, with grey for the baseline; heat maps use cividis. Text and
axes are left to the theme of the page, and what is drawn in grey is legible on white and on black.
"""

from typing import Any

import altair as alt
import pandas as pd

from bakeoff.experiments import CATALOGUE

# Okabe, M. and Ito, K. (2008). Color universal design. The pale yellow comes late. Purple,
# periwinkle and brown are further from those and from one another, for red- and green-blind eyes
# too (Machado et al., 2009), than the closest of those are, and legible on both themes.
COLOURS = [
    *("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#999999"),
    *("#AA3377", "#648FFF", "#994F00"),
]
# The last three are SVG paths from -1 to 1: a star, a saltire and an hourglass. Vega's own
# remaining symbols are triangles again.
MARKERS = [
    *("circle", "square", "triangle-up", "diamond", "cross"),
    *("triangle-down", "triangle-right", "triangle-left"),
    "M0-1L.24-.32.95-.31.38.12.59.81 0 .4-.59.81-.38.12-.95-.31-.24-.32Z",
    "M-.9-.5-.5-.9 0-.4.5-.9.9-.5.4 0 .9.5.5.9 0 .4-.5.9-.9.5-.4 0Z",
    "M-.8-.8H.8L.2 0 .8.8H-.8L-.2 0Z",
]
# In pixels: drawn, left out, and so on.
DASHES = [
    *([1, 0], [8, 3], [2, 2], [8, 3, 2, 3], [12, 4], [4, 4], [1, 4]),
    *([2, 4], [8, 3, 2, 3, 2, 3], [14, 3, 4, 3], [6, 2]),
]
GREY = "#888888"
# An edge, for the yellow ones.
MARK: dict[str, Any] = {"filled": True, "opacity": 1, "stroke": "#666666", "strokeWidth": 0.5}
# Heights in pixels. The page fits a chart, axis and all, into its height.
ROW = 40
AXIS = 75
MANY = 2_000  # marks; more are counted into cells


def label(key: str) -> str:
    """What a reader calls a model: the field's own name, the same in every language and link."""
    return CATALOGUE[key].label


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """Replace the keys in ``model`` with what a reader calls them."""
    return frame.assign(model=[label(key) for key in frame.model])


def rows(labels: list[str]) -> alt.Y:
    """One row a model, in this order from the top."""
    axis = alt.Axis(grid=False, ticks=False, domain=False, labelLimit=120, labelBaseline="middle")
    return alt.Y("model:N", title=None, sort=labels, axis=axis).scale(domain=labels)


def colour() -> alt.Color:
    """Each model's own colour, without a legend: rows or dashes tell more."""
    return alt.Color("model:N", legend=None).scale(domain=_labels(), range=COLOURS)


def shape() -> alt.Shape:
    """Each model's own marker."""
    return alt.Shape("model:N", legend=None).scale(domain=_labels(), range=MARKERS)


def dash() -> alt.StrokeDash:
    """Each model's own dash, for lines."""
    return alt.StrokeDash("model:N", legend=None).scale(domain=_labels(), range=DASHES)


def _labels() -> list[str]:
    return [label(key) for key in CATALOGUE]
