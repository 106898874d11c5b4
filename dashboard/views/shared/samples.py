"""Samples as a person would look at them, with what two models make of each."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset

from ... import charts
from ...charts.look import label
from ...language import t

Row = Mapping[Any, Any]  # of `disagreements`

_SIDE = 160  # pixels of an image on the page, at least


def show_samples(data: Dataset, rows: pd.DataFrame, one: str, other: str) -> None:
    """Draw samples as images, series or rows of a table, with the answers of two models.

    Parameters
    ----------
    data : Dataset
    rows : DataFrame
        Some rows of `disagreements`.
    one, other : str
        Keys of the models that it is about.
    """
    if data.kind == "tabular":
        _table(data, rows, one, other)
    else:
        draw = _image if data.kind == "image" else _series
        with st.grid(4, min_column_width=150):
            for row in rows.to_dict("records"):
                with st.container(border=True):
                    draw(data, row["row"])
                    st.markdown("  \n".join(_lines(data, row, one, other)))
    if data.kind == "sequence":
        st.caption(t("Steps go from left to right."))
    silent = [
        label(key)
        for key, column in ((one, "p_predicted"), (other, "other_p_predicted"))
        if column in rows and rows[column].isna().all()
    ]
    if silent:
        st.caption(t("No probabilities from {models}.", models=", ".join(silent)))


def _table(data: Dataset, rows: pd.DataFrame, one: str, other: str) -> None:
    answers = [_answers(data, row, one, other) for row in rows.to_dict("records")]
    frame = pd.DataFrame(
        {
            t("Row"): rows.row.to_numpy(),
            t("Actual"): [_name(data)(actual) for actual in rows.actual],
            label(one): [first for first, _ in answers],
            label(other): [second for _, second in answers],
        }
    )
    features = pd.DataFrame(data.X[rows.row], columns=list(data.feature_names))
    # A column of the user's own may be called "Row", and two of the same name cannot be drawn.
    suffixes = ("", "\N{NO-BREAK SPACE}")
    both = frame.merge(features, left_index=True, right_index=True, suffixes=suffixes)
    st.dataframe(both, hide_index=True, height="content")


def _image(data: Dataset, row: int) -> None:
    pixels = data.X[row].reshape(data.input_shape)  # (channels, height, width)
    pixels = (pixels - pixels.min()) / max(np.ptp(pixels), 1e-12)
    zoom = math.ceil(_SIDE / max(pixels.shape[1:]))  # else the browser blurs them
    pixels = pixels.repeat(zoom, axis=1).repeat(zoom, axis=2)
    is_colour = len(pixels) == 3
    picture = pixels.transpose(1, 2, 0) if is_colour else pixels.mean(axis=0)
    st.image(picture, alt=t("Row {row}", row=row))


def _series(data: Dataset, row: int) -> None:
    chart = charts.series(sequence_values(data, row), t("Row {row}", row=row))
    st.altair_chart(chart, width="stretch")


def sequence_values(data: Dataset, row: int) -> pd.DataFrame:
    """Return one sequence with the columns step (from 1), feature and value, without padding."""
    steps, n_features = data.input_shape
    names = [name.rpartition("_")[0] or name for name in data.feature_names[:n_features]]
    return pd.DataFrame(
        {
            "step": np.repeat(np.arange(1, steps + 1), n_features),
            "feature": np.tile(names, steps),
            "value": data.X[row],
        }
    ).dropna()


def _lines(data: Dataset, row: Row, one: str, other: str) -> list[str]:
    first, second = _answers(data, row, one, other)
    return [
        t("Row {row}: **{actual}**", row=row["row"], actual=_name(data)(row["actual"])),
        f"{label(one)}: {first}",
        f"{label(other)}: {second}",
    ]


def _answers(data: Dataset, row: Row, one: str, other: str) -> tuple[str, str]:
    """What each of the two said, and how sure it was."""
    name = _name(data)
    first = _answer(row, "", name, row["nearer"] == one)
    return first, _answer(row, "other_", name, row["nearer"] == other)


def _answer(row: Row, prefix: str, name: Callable[[Any], str], is_nearer: bool) -> str:
    answer = name(row[f"{prefix}predicted"]) + (" ✓" if is_nearer else "")
    sure, actual = row.get(f"{prefix}p_predicted"), row.get(f"{prefix}p_actual")
    if sure is None or math.isnan(sure):
        return answer
    answer += f", P = {sure:.2f}"
    if is_nearer or actual is None or math.isnan(actual):
        return answer
    return t("{answer}, of the actual class {p}", answer=answer, p=f"{actual:.2f}")


def _name(data: Dataset) -> Callable[[Any], str]:
    """What a reader calls a target: the name of a class, or a number or several."""
    if data.task == "classification":
        return dict(zip(np.unique(data.y).tolist(), data.target_names, strict=True)).__getitem__
    return lambda value: ", ".join(f"{one:.4g}" for one in np.atleast_1d(value))
