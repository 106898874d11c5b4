"""What one should know of a data set before models are compared on it."""

import numpy as np
import pandas as pd
import streamlit as st
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from bakeoff.datasets import Dataset
from bakeoff.experiments.models.catalogue import NORMALISATIONS

from ... import charts
from ...language import mark, t
from ...report.prose import plain
from ..shared.figure import figure
from .samples import show_samples

_SCALERS = {"standard": StandardScaler, "minmax": MinMaxScaler}
_AXES = {
    "standard": mark("After: mean 0 and variance 1"),
    "minmax": mark("After: from 0 to 1"),
}
_BINS = 40
_SHOWN = 4  # columns, before anybody chooses others
_MOST_SHOWN = 8
_MOST_CLASSES = 30


def show_report(data: Dataset, key: str) -> None:
    """Draw facts, target, distributions and samples.

    Parameters
    ----------
    data : Dataset
    key : str
        Tells one data set from another: what is computed is kept under it.
    """
    _facts(data, key)
    st.header(t("The target"), anchor=False)
    _target(data)
    if data.kind != "tabular":
        show_samples(data)
    _normalisation(data, key)


@st.cache_data(max_entries=32, show_spinner=False)
def _duplicates(key: str, _data: Dataset) -> int:
    return int(pd.DataFrame(np.column_stack([_data.X, _data.y])).duplicated().sum())


def _facts(data: Dataset, key: str) -> None:
    missing = 0 if data.kind == "sequence" else np.isnan(data.X).sum(axis=0)  # there, padding
    duplicates = _duplicates(key, data)
    with st.container(horizontal=True):
        st.metric(t("Rows"), f"{len(data.X):,}", width="content")
        st.metric(t("Features"), f"{data.X.shape[1]:,}", width="content")
        if data.task == "classification":
            st.metric(t("Classes"), f"{len(data.target_names):,}", width="content")
        st.metric(
            t("Missing values"),
            f"{np.sum(missing) / data.X.size:.1%}",
            width="content",
            help=t("Each fold fills them with the means of its training rows."),
        )
        st.metric(
            t("Duplicates"),
            f"{duplicates:,}",
            width="content",
            help=t("Rows that repeat another one, target and all."),
        )
        if data.groups is not None:
            st.metric(t("Groups"), f"{len(np.unique(data.groups)):,}", width="content")
    if duplicates:
        st.caption(
            t(
                "A row that stands in the training and in the test rows of a fold is learnt by "
                "heart, and makes scores too good."
            )
        )
    if np.any(missing):
        _missing(data, np.asarray(missing))


def _missing(data: Dataset, missing: np.ndarray) -> None:
    worst = np.argsort(-missing, kind="stable")[:5]
    named = [
        f"{plain(data.feature_names[i])} ({missing[i] / len(data.X):.1%})"
        for i in worst
        if missing[i]
    ]
    st.caption(
        t(
            "Features with missing values: {n}, most of all {names}.",
            n=int((missing > 0).sum()),
            names=", ".join(named),
        )
    )


def _target(data: Dataset) -> None:
    if data.task == "regression":
        bins = _histogram(data.y[np.isfinite(data.y)])
        name = ", ".join(data.target_names)
        table = bins.set_axis([t("from"), t("to"), t("Rows")], axis=1)
        figure(charts.histogram(bins, name), table, "target")
        return
    counts = pd.DataFrame({"class": data.target_names, "rows": np.bincount(data.y)})
    counts["share"] = counts.rows / len(data.y)
    most, least = counts.rows.max(), counts.rows.min()
    shown = counts.nlargest(_MOST_CLASSES, "rows").sort_index()
    table = counts.set_axis([t("Class"), t("Rows"), t("Share")], axis=1).round(3)
    figure(charts.class_balance(shown), table, "target")
    if len(shown) < len(counts):
        st.caption(t("The {n} largest of {total} classes.", n=len(shown), total=len(counts)))
    share = f"{most / len(data.y):.1%}"
    if most > 1.5 * least:
        st.caption(
            t(
                "Always answering with the largest class is right for {share} of the rows: a score "
                "counts from there. Balanced accuracy gives each class the same weight.",
                share=share,
            )
        )
    else:
        st.caption(t("Always answering with one class is right for {share} at most.", share=share))


def _normalisation(data: Dataset, key: str) -> None:
    st.header(t("Before and after normalisation"), anchor=False)
    left, right = st.columns([3, 1])
    chosen = left.multiselect(
        t("Columns"),
        list(dict.fromkeys(data.feature_names)),
        default=_narrow_to_wide(data),
        max_selections=_MOST_SHOWN,
        key=f"distributions {key}",
    )
    scaler = right.selectbox(
        t("Normalisation"), list(_SCALERS), format_func=NORMALISATIONS.__getitem__, key="scaler"
    )
    if not chosen:
        st.caption(t("Choose a column to see how its values are distributed."))
        return
    values = data.X[:, [data.feature_names.index(name) for name in chosen]].astype(np.float64)
    before, after = st.columns(2)
    with before:
        _ridges(chosen, values, t("Before: values as they are"), "before")
    with after:
        _ridges(chosen, _SCALERS[scaler]().fit_transform(values), t(_AXES[scaler]), "after")
    st.caption(
        t(
            "Nets and kernel machines compare columns with one another: one that is a thousand "
            "times as wide as the rest would drown them. Here all rows were used; in an experiment "
            "the normalisation is fitted in each fold, on its training rows alone, so that the "
            "test rows stay unseen."
        )
    )


def _narrow_to_wide(data: Dataset) -> list[str]:
    """A few features between the one that varies least and the one that varies most."""
    spread = np.nanstd(data.X, axis=0)
    order = [i for i in np.argsort(spread, kind="stable") if spread[i] > 0]
    places = np.linspace(0, len(order) - 1, min(_SHOWN, len(order))).astype(int)
    return list(dict.fromkeys(data.feature_names[order[i]] for i in places))


def _ridges(names: list[str], values: np.ndarray, title: str, key: str) -> None:
    parts = []
    for name, column in zip(names, values.T, strict=True):
        bins = _histogram(column[np.isfinite(column)])
        parts.append(bins.assign(column=name, share=bins.rows / max(bins.rows.max(), 1)))
    bins = pd.concat(parts)
    table = bins[["column", "low", "high", "rows"]].set_axis(
        [t("Column"), t("from"), t("to"), t("Rows")], axis=1
    )
    figure(charts.ridges(bins, title), table, key)


def _histogram(values: np.ndarray) -> pd.DataFrame:
    rows, edges = np.histogram(values, bins=min(_BINS, max(len(np.unique(values)), 1)))
    frame = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "rows": rows})
    return frame[frame.rows > 0]
