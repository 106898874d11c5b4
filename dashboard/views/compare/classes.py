"""What out-of-fold predictions of classes were worth: what is confused, and which class to ask."""

from typing import Any

import numpy as np
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments.reports.predictions import confusion

from ... import charts
from ...charts.look import label
from ...language import t
from ..shared.figure import figure
from ..shared.running import Outcome


def show_confusion(outcome: Outcome, model: str) -> None:
    """Draw the confusion matrix of one model, and say what it confuses most."""
    counts = confusion(outcome.evaluations, model, outcome.data.target_names)
    seen = counts[counts["count"] > 0]
    wrong = seen[seen.actual != seen.predicted].sort_values("count", ascending=False, kind="stable")
    if wrong.empty:
        st.markdown(t("**{model} confused no row.**", model=label(model)))
    else:
        rows = counts.groupby("actual")["count"].sum()
        pairs = [
            t(
                "{actual} taken for {predicted} ({n} of {total} rows)",
                actual=f"`{actual}`",
                predicted=f"`{predicted}`",
                n=f"{n:,}",
                total=f"{rows[actual]:,}",
            )
            for actual, predicted, n, _ in wrong.head(3).itertuples(index=False)
        ]
        st.markdown(t("Most often confused: {pairs}.", pairs="; ".join(pairs)))
    table = seen.set_axis(
        [t("Actual"), t("Predicted"), t("Rows"), t("Share of the actual class")], axis="columns"
    )
    figure(charts.confusion(counts), table, key="quality_confusion")
    st.caption(
        t(
            "Every row was predicted by a model that had not seen it. Each repeat and each seed "
            "counts once more."
        )
    )


def choose_class(data: Dataset, every: str | None, key: str) -> Any:
    """Draw the box of classes and return the label of the chosen one.

    Parameters
    ----------
    data : Dataset
    every : str or None
        What it means to choose all classes, which returns None; None does not offer it.
    key : str
        Of the widget.
    """
    labels = list(np.unique(data.y))
    names = [every or "", *map(str, data.target_names)]
    place: int = st.selectbox(
        t("Class"),
        list(range(0 if every else 1, len(names))),
        index=0 if every else 1,  # of two classes, the second is the positive one by custom
        format_func=names.__getitem__,
        key=key,
    )
    return labels[place - 1] if place else None


def class_name(data: Dataset, positive: Any) -> str:
    """Return what the data set calls a class."""
    return str(data.target_names[int(np.searchsorted(np.unique(data.y), positive))])
