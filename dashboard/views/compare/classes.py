"""What out-of-fold predictions of classes were worth: what is confused, and which class to ask."""

from typing import Any

import numpy as np
import streamlit as st

from bakeoff.datasets import Dataset

from ...language import t
from ...report import Outcome
from ...report.kinds.predicted import confusion_of
from ..shared.section import show_section


def show_confusion(outcome: Outcome, model: str) -> None:
    """Draw the confusion matrix of one model, and say what it confuses most."""
    show_section(confusion_of(outcome, model), "quality")


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
