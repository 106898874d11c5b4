"""Images as pictures, sequences as lines: some of each class."""

import numpy as np
import streamlit as st

from bakeoff.datasets import Dataset

from ... import charts
from ...language import t
from ..shared.figure import figure
from ..shared.samples import sequence_values

_PICTURES = 8  # a class
_PICTURE = 64  # pixels of the screen, about, in height and width
_LINES = 6  # from the lowest to the highest target
_MOST_CLASSES = 10


def show_samples(data: Dataset) -> None:
    """Draw some rows of each class, or some from the lowest to the highest target."""
    st.header(t("Samples"), anchor=False)
    draw = _images if data.kind == "image" else _sequences
    draw(data)


def _images(data: Dataset) -> None:
    scale = _scale(data)
    for title, rows in _by_target(data):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(title, width=_PICTURE)
            st.image(
                _mosaic(data, rows[:_PICTURES], scale),
                alt=t("{n} images of {title}", n=len(rows[:_PICTURES]), title=title),
            )


def _sequences(data: Dataset) -> None:
    groups = _by_target(data)
    most = min(len(rows) for _, rows in groups)
    number = 1
    if most > 1:
        number = st.number_input(t("Sample"), 1, most, key="sample", width=150)
    for i in range(0, len(groups), 2):
        for (title, rows), column in zip(groups[i : i + 2], st.columns(2), strict=False):
            with column:
                row = int(rows[number - 1])
                st.caption(f"{title} · {t('row {row}', row=row)}")
                _sequence(data, row, title)


def _by_target(data: Dataset) -> list[tuple[str, np.ndarray]]:
    """Titles, and the numbers of the rows under them."""
    if data.task == "classification":
        classes = list(enumerate(data.target_names))[:_MOST_CLASSES]
        return [(name, np.flatnonzero(data.y == label)) for label, name in classes]
    order = np.argsort(data.y, kind="stable")
    places = np.linspace(0, len(order) - 1, _LINES).astype(int)
    return [
        (f"{data.target_names[0]} = {data.y[row]:.4g}", np.array([row])) for row in order[places]
    ]


def _scale(data: Dataset) -> tuple[float, float]:
    """Black and white; the outermost thousandths are cut off, so that noise does not decide."""
    low, high = np.nanquantile(data.X, [0.001, 0.999])
    return float(low), float(high - low) or 1.0


def _mosaic(data: Dataset, rows: np.ndarray, scale: tuple[float, float]) -> np.ndarray:
    """Pictures beside one another, with see-through gaps; (height, width, 4), from 0 to 255."""
    low, span = scale
    channels, height, width = data.input_shape
    images = np.nan_to_num(data.X[rows].reshape(-1, channels, height, width))
    grey = ((images.mean(axis=1) - low) / span).clip(0, 1)  # (n, height, width)
    zoom = max(_PICTURE // height, 1)
    grey = np.kron(grey, np.ones((1, zoom, zoom)))
    tiles = np.stack([grey, grey, grey, np.ones_like(grey)], axis=-1) * 255
    tiles = np.pad(tiles, ((0, 0), (0, 0), (0, 8), (0, 0)))
    return np.concatenate(list(tiles), axis=1).astype(np.uint8)


def _sequence(data: Dataset, row: int, title: str) -> None:
    frame = sequence_values(data, row)
    table = frame.set_axis([t("Step"), t("Feature"), t("Value")], axis=1)
    figure(charts.sequence(frame, title), table, f"sample_{row}")
