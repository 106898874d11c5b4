"""The first page: models compared fold by fold on one data set."""

from typing import get_args

import streamlit as st

from bakeoff import datasets
from bakeoff.datasets import Dataset, Kind

from .. import charts
from ..experiments import (
    CATALOGUE,
    BackgroundRun,
    Comparison,
    better_than_guessing,
    fold_scores,
    summary,
)
from ..experiments.models import NORMALISATIONS
from ..quantities import decimal
from .comparison_report import METRIC_LABELS, show_report

# Real, and done in seconds on one core: the first press of the button must just work.
_DATASET = "wine"
_MODELS = ["mlp", "cnn", "gru", "svm_rbf", "svm_linear", "dummy"]
_POLL_SECONDS = 1.0


def show() -> None:
    """Draw the page."""
    st.title("Compare models fold by fold", anchor=False)
    st.markdown(
        "Does a neural net beat a kernel SVM or an ensemble on this data, by how much, and is the "
        "difference real?"
    )
    settings, results = st.columns([2, 5], gap="large")
    run: BackgroundRun | None = st.session_state.get("run")
    with settings:
        spec = _settings()
        _run_button(spec, run)
    with results:
        if run is None:
            _nothing_yet()
        elif run.state == "running":
            _progress(run)
        else:
            if spec != run.spec:
                st.caption("The settings have changed since this run. It stays until the next one.")
            show_report(run, load(run.spec.dataset))


@st.cache_data(max_entries=8, show_spinner=False)
def load(name: str) -> Dataset:
    """Load a data set once for all sessions; each caller gets a copy."""
    return datasets.load(name)


def _settings() -> Comparison | None:
    """Draw the widgets and return what they spell, or None after saying what is wrong."""
    by_kind = [name for kind in get_args(Kind) for name in datasets.names(kind=kind)]
    name = st.selectbox(
        "Data set",
        by_kind,
        index=by_kind.index(_DATASET),
        key="dataset",  # without a format_func, whose labels would be what stands in a link
        bind="query-params",
    )
    data = load(name)
    st.caption(_facts(data))
    with st.expander("About this data"):
        st.markdown(data.description)
        st.caption(f"Source: {data.source}. Licence: {data.licence}. Units: {data.units}.")
    models = st.pills(
        "Models",
        list(CATALOGUE),
        selection_mode="multi",
        default=_MODELS,
        format_func=lambda key: CATALOGUE[key].label,
        key="models",
        wrap=True,
        bind="query-params",
    )
    left, right = st.columns(2)
    n_splits = left.number_input(
        "Folds",
        min_value=2,
        max_value=20,
        value=5,
        key="folds",
        bind="query-params",
        help="The rows are split into this many parts; each is the test set once.",
    )
    n_repeats = right.number_input(
        "Repeats",
        min_value=1,
        max_value=20,
        value=1,
        key="repeats",
        bind="query-params",
        help="How often the rows are shuffled and split anew. In simulations with 5 folds, equal "
        "models were called different in up to 7 % of comparisons with one repeat, and in at most "
        "4 % with two or more.",
    )
    left, right = st.columns(2)  # a row of its own, so that a phone keeps the order
    normalisation = left.selectbox(
        "Normalisation",
        list(NORMALISATIONS),
        format_func=NORMALISATIONS.__getitem__,
        key="normalisation",
        bind="query-params",
        help="Standard: mean 0 and variance 1. Min-max: from 0 to 1. Either is fitted on the "
        "training rows of each fold, never on its test rows.",
    )
    seed = right.number_input(
        "Seed",
        min_value=0,
        max_value=2**32 - 1,
        value=0,
        key="seed",
        bind="query-params",
        help="Decides the folds and the nets' starting weights.",
    )
    try:
        return Comparison(
            name,
            models=tuple(models),
            n_splits=n_splits,
            n_repeats=n_repeats,
            normalisation=normalisation,
            random_state=seed,
        )
    except ValueError as problem:
        st.warning(str(problem) if models else "Choose at least one model.")
        return None


def _facts(data: Dataset) -> str:
    if data.kind == "image":
        _, height, width = data.input_shape
        rows = f"images of {height} by {width} pixels"
    elif data.kind == "sequence":
        steps, features = data.input_shape
        rows = f"sequences of up to {steps} steps, {features} features each"
    else:
        rows = f"rows of {data.input_shape[0]} columns"
    if data.task == "classification":
        return f"{len(data.X):,} {rows}, {len(data.target_names)} classes"
    return f"{len(data.X):,} {rows}; the target is {data.target_names[0]}"


def _run_button(spec: Comparison | None, run: BackgroundRun | None) -> None:
    busy = run is not None and run.state == "running"
    pressed = st.button(
        "Run comparison", type="primary", width="stretch", disabled=busy or spec is None
    )
    if spec is None:
        return
    folds = spec.n_splits * spec.n_repeats
    st.caption(f"{len(spec.models)} models on {folds} folds: {spec.n_evaluations} fits")
    if pressed:
        st.session_state["run"] = BackgroundRun(spec)
        st.rerun()  # so that the button is drawn disabled from the start


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown(
            "**Nothing has run yet.** Choose a data set and models, then press *Run comparison*: "
            "the settings that the page opens with take some seconds.\n\n"
            "The rows are split into folds. Each model is trained on all folds but one and scored "
            "on the one left out, in turn, and every model sees the very same folds. Scores are "
            "then compared *within* a fold, because some folds are harder than others."
        )


@st.fragment(run_every=_POLL_SECONDS)
def _progress(run: BackgroundRun) -> None:
    """Show what has arrived; the whole page is drawn again once the run has ended."""
    run.poll()
    if run.state != "running":
        st.rerun()
    spec, done = run.spec, len(run.evaluations)
    text = f"{done} of {spec.n_evaluations} fits on {spec.dataset}"
    if done:
        last = run.evaluations[-1]
        text += f" · {CATALOGUE[last.model].label}, fold {last.fold + 1}: {decimal(last.score)}"
    st.progress(done / spec.n_evaluations, text=text)
    st.button("Stop and keep the finished folds", on_click=run.stop, icon=":material/stop:")
    task, scores = load(spec.dataset).task, fold_scores(run.evaluations)
    above = better_than_guessing(summary(run.evaluations), task)
    drawn = [key for key in spec.models if key in above]  # rows that do not move while it runs
    if drawn:
        chart = charts.fold_scores(scores[scores.model.isin(drawn)], drawn, METRIC_LABELS[task])
        st.altair_chart(chart, width="stretch")
