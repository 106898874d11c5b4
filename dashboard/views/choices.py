"""The settings that pages share, each of them in the link.

A link holds what a box shows, so that a link means the same in every language: choices are the
field's own names, and only what stands beside them is translated.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_args

import streamlit as st

from bakeoff import datasets
from bakeoff.datasets import Dataset, Kind

from ..charts.look import label
from ..experiments import CATALOGUE, Spec
from ..experiments.evaluation import SCORERS
from ..experiments.models import NORMALISATIONS
from ..experiments.svms import METHODS as SVM_METHODS
from ..experiments.tables import saved_tables
from ..language import mark, t

S = TypeVar("S", bound=Spec)

# scikit-learn's names of scorers, and what a reader calls them. Greater is better for all.
METRICS = {
    "classification": {
        "accuracy": mark("accuracy"),
        "balanced_accuracy": mark("balanced accuracy"),
        "f1_macro": mark("macro F1"),
        "matthews_corrcoef": mark("Matthews correlation"),
    },
    "regression": {
        "r2": "R²",
        "neg_mean_absolute_error": mark("negative mean absolute error"),
        "neg_root_mean_squared_error": mark("negative root mean squared error"),
    },
}


class Choice(NamedTuple):
    """A data set that was chosen.

    Attributes
    ----------
    name, params
        As a spec has them.
    data : Dataset
    """

    name: str
    params: dict[str, Any]
    data: Dataset


def load(name: str, params: Mapping[str, Any]) -> Dataset:
    """Load a data set once for all sessions. Nobody may change it.

    Raises
    ------
    ValueError, TypeError, OSError
        When it is not there, or not what it was.
    """
    return _load(name, json.dumps(dict(params), sort_keys=True))


# Not cache_data, which would copy all rows at every press of a button.
@st.cache_resource(max_entries=4, show_spinner=False)
def _load(name: str, params: str) -> Dataset:
    return datasets.load(name, **json.loads(params))


def dataset(default: str = "wine") -> Choice:
    """Draw the box of data sets, bundled ones and the user's own, and what one should know of it.

    Parameters
    ----------
    default : str
        The one that the page opens with.

    Returns
    -------
    Choice
    """
    saved = {table.label: table for table in saved_tables()}
    bundled = [name for kind in get_args(Kind) for name in datasets.names(kind=kind)]
    options = [*saved, *bundled]
    asked = st.query_params.get("dataset")
    if asked and asked not in options:  # of which the box says nothing
        st.warning(t("There is no data set {name}, or not any more.", name=repr(asked)))
    name = st.selectbox(
        t("Data set"),
        options,
        index=options.index(default),
        key="dataset",
        bind="query-params",
        help=t("Files of your own come in on the page Data."),
    )
    table = saved.get(name)
    choice = (table.dataset, table.params) if table else (name, {})
    try:
        data = load(*choice)
    except (ValueError, TypeError, OSError) as problem:
        st.error(t("The table {name} cannot be read: {problem}", name=name, problem=problem))
        st.stop()
    st.caption(facts(data))
    with st.expander(t("About this data")):
        st.markdown(data.description)
        st.caption(
            t(
                "Source: {source}. Licence: {licence}. Units: {units}.",
                source=data.source,
                licence=data.licence,
                units=data.units,
            )
        )
    return Choice(*choice, data)


def facts(data: Dataset) -> str:
    """Say in one line how many rows of what there are, and what is predicted."""
    n = f"{len(data.X):,}"
    if data.kind == "image":
        _, height, width = data.input_shape
        rows = t("{n} images of {height} by {width} pixels", n=n, height=height, width=width)
    elif data.kind == "sequence":
        steps, features = data.input_shape
        rows = t(
            "{n} sequences of up to {steps} steps, {features} features each",
            n=n,
            steps=steps,
            features=features,
        )
    else:
        rows = t("{n} rows of {columns} columns", n=n, columns=data.input_shape[0])
    if data.task == "classification":
        return t("{rows}, {n} classes", rows=rows, n=len(data.target_names))
    return t("{rows}; the target is {target}", rows=rows, target=", ".join(data.target_names))


def models(default: Sequence[str], only: Collection[str] | None = None) -> tuple[str, ...]:
    """Draw the pills of models and return the keys of those that are chosen.

    Parameters
    ----------
    default : sequence of str
        Keys of ``CATALOGUE``.
    only : collection of str, optional
        The keys that there are to choose from; all when left out.
    """
    chosen = st.pills(
        t("Models"),
        [key for key in CATALOGUE if only is None or key in only],
        selection_mode="multi",
        default=list(default),
        format_func=label,
        key="models",
        wrap=True,
        bind="query-params",
    )
    return tuple(chosen)


def design(n_repeats: int = 1) -> dict[str, Any]:
    """Draw folds, repeats, normalisation and seed, and return them as a spec calls them.

    Parameters
    ----------
    n_repeats : int, default=1
        What the page opens with.
    """
    left, right = st.columns(2)
    n_splits = left.number_input(
        t("Folds"),
        min_value=2,
        max_value=20,
        value=5,
        key="folds",
        bind="query-params",
        help=t("The rows are split into this many parts; each is the test set once."),
    )
    n_repeats = right.number_input(
        t("Repeats"),
        min_value=1,
        max_value=20,
        value=n_repeats,
        key="repeats",
        bind="query-params",
        help=t(
            "How often the rows are shuffled and split anew. In simulations with 5 folds, equal "
            "models were called different in up to 8 % of comparisons with one repeat, and in at "
            "most 4 % with two or more."
        ),
    )
    left, right = st.columns(2)  # a row of its own, so that a phone keeps the order
    normalisation = left.selectbox(
        t("Normalisation"),
        list(NORMALISATIONS),
        format_func=NORMALISATIONS.__getitem__,
        key="normalisation",
        bind="query-params",
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
        key="seed",
        bind="query-params",
        help=t("Decides the folds and the nets' starting weights."),
    )
    return {
        "n_splits": n_splits,
        "n_repeats": n_repeats,
        "normalisation": normalisation,
        "random_state": seed,
    }


def svm_method(models: Collection[str]) -> str:
    """Draw the box of how kernel SVMs are trained, where there is one among ``models``."""
    if not any(CATALOGUE[model].family == "svm" for model in models):
        return "exact"
    return st.selectbox(
        t("SVM training"),
        list(SVM_METHODS),
        key="svm",
        bind="query-params",
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
        key="metric",
        bind="query-params",
        help=t("What models are ranked by, by its name in scikit-learn. Greater is better."),
    )
    return () if name == SCORERS[task] else (name,)


def metric_label(spec: Spec, task: str) -> str:
    """What a reader calls the score that a spec ranks by."""
    name = spec.metrics[0] if spec.metrics else SCORERS[task]
    return t(METRICS[task].get(name, name))


def spec_or_reason(make: Callable[[], S]) -> S | None:
    """Return the spec that the widgets spell, or None after saying why there is none."""
    try:
        return make()
    except (ValueError, TypeError) as problem:
        st.warning(str(problem))
        return None
