"""The settings that pages share, each of them in the link.

A link holds what a box shows, so that a link means the same in every language: choices are the
field's own names, and only what stands beside them is translated.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import CATALOGUE, Spec
from bakeoff.experiments.folds import check_enough
from bakeoff.experiments.models.catalogue import NORMALISATIONS
from bakeoff.experiments.models.svms import METHODS as SVM_METHODS
from bakeoff.experiments.scorers import SCORERS
from bakeoff.experiments.statistics.designs import SIMULATED, Design

from ...charts.look import label
from ...language import t
from ...report.problems import explain
from ...report.words import METRICS
from .settings import setting

S = TypeVar("S", bound=Spec)


def models(
    default: Sequence[str], only: Collection[str] | None = None, name: str = "models"
) -> tuple[str, ...]:
    """Draw the pills of models and return the keys of those that are chosen.

    Parameters
    ----------
    default : sequence of str
        Keys of ``CATALOGUE``.
    only : collection of str, optional
        The keys that there are to choose from; all when left out.
    name : str, default="models"
        Of the setting: others to choose from are another setting.
    """
    chosen = st.pills(
        t("Models"),
        [key for key in CATALOGUE if only is None or key in only],
        selection_mode="multi",
        default=list(default),
        format_func=label,
        wrap=True,
        **setting(name),
    )
    return tuple(chosen)


def model() -> str:
    """Draw the box of models that have parameters to search, and return the key of the chosen."""
    searched = [key for key, one in CATALOGUE.items() if one.space]
    return st.selectbox(
        t("Model"),
        searched,
        index=searched.index("svm_rbf"),
        format_func=label,
        **setting("model"),
    )


def design(n_repeats: int = 1) -> dict[str, Any]:
    """Draw folds, repeats, normalisation and seed, and return them as a spec calls them.

    Parameters
    ----------
    n_repeats : int, default=1
        What the page opens with.
    """
    return {**folds(n_repeats), **preparation()}


def folds(n_repeats: int = 1) -> dict[str, Any]:
    """Draw folds and repeats; see `design`."""
    left, right = st.columns(2)
    n_splits = left.number_input(
        t("Folds"),
        min_value=2,
        max_value=20,
        value=5,
        **setting("folds", is_number=True),
        help=t("The rows are split into this many parts; each is the test set once."),
    )
    n_repeats = right.number_input(
        t("Repeats"),
        min_value=1,
        max_value=20,
        value=n_repeats,
        **setting("repeats", is_number=True),
        help=t(
            "How often the rows are shuffled and split anew. In simulations, equal models were "
            "called different in up to {once} of comparisons with 5 folds once, and in at most "
            "{twice} with 5 folds twice.",
            once=f"{SIMULATED[Design(5, 1)].worst:.0%}",
            twice=f"{SIMULATED[Design(5, 2)].worst:.0%}",
        ),
    )
    return {"n_splits": n_splits, "n_repeats": n_repeats}


def preparation() -> dict[str, Any]:
    """Draw normalisation and seed; see `design`."""
    left, right = st.columns(2)  # a row of its own, so that a phone keeps the order
    normalisation = left.selectbox(
        t("Normalisation"),
        list(NORMALISATIONS),
        format_func=NORMALISATIONS.__getitem__,
        **setting("normalisation"),
        help=t(
            "Standard: mean 0 and variance 1. Min-max: from 0 to 1. Either is fitted on the "
            "training rows of each fold, never on its test rows."
        ),
    )
    seed = right.number_input(
        t("Seed"),
        min_value=0,
        max_value=2**32 - 1,
        value=0,
        **setting("seed", is_number=True),
        help=t("Decides the folds and the nets' starting weights."),
    )
    return {"normalisation": normalisation, "random_state": seed}


def svm_method(models: Collection[str]) -> str:
    """Draw the box of how kernel SVMs are trained, where there is one among ``models``."""
    if not any(CATALOGUE[model].family == "svm" for model in models):
        return "exact"
    return st.selectbox(
        t("SVM training"),
        list(SVM_METHODS),
        **setting("svm"),
        help=t(
            "The time of an exact kernel SVM grows with the square of the rows, so a run in which "
            "a fit would take over a minute is refused. nystroem: a linear SVM on 500 features of "
            "the kernel. subsample: the exact SVM on 2,000 random rows. Both are marked in the "
            "results."
        ),
    )


def metric(task: str) -> tuple[str, ...]:
    """Draw the box of scores and return the choice as ``metrics`` of a spec."""
    name = st.selectbox(
        t("Score"),
        list(METRICS[task]),
        **setting("metric" if task == "classification" else "regression_metric"),
        help=t("What models are ranked by, by its name in scikit-learn. Greater is better."),
    )
    return () if name == SCORERS[task] else (name,)


def spec_or_reason(make: Callable[[], S], data: Dataset) -> S | None:
    """Return the spec that the widgets spell, or None after saying why it cannot be run."""
    try:
        spec = make()
        check_enough(data, spec.n_splits)
        return spec
    except (ValueError, TypeError) as problem:
        st.warning(explain(problem))
        return None
