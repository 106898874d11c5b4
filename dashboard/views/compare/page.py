"""The first page: models compared fold by fold on one data set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import Comparison
from bakeoff.experiments.reports.power import (
    accuracy_sd,
    smallest_difference,
    smallest_nested_difference,
)
from bakeoff.experiments.reports.row_losses import is_mean_over_rows
from bakeoff.experiments.reports.scores import better_than_guessing
from bakeoff.experiments.runs.past_times import fit_seconds_before
from bakeoff.experiments.scorers import SCORERS
from bakeoff.recording import Entry, Store, StoreError

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, duration
from ...report.words import metric_label, scorer_label
from ..shared import choices, running
from ..shared.data_choice import choose_data
from .design import design_boxes
from .parameters import parameters
from .report import show_report

# Real, and done in under a minute on one core: the first press of the button must just work.
_MODELS = ["mlp", "svm_rbf", "svm_linear", "forest", "boosting", "dummy"]
_DISAGREEMENT = 0.1  # the default of accuracy_sd


def show() -> None:
    """Draw the page."""
    st.title(t("Compare models fold by fold"), anchor=False)
    st.markdown(
        t(
            "Does a neural net beat a kernel SVM or an ensemble on this data, by how much, and is "
            "the difference real?"
        )
    )
    settings, results = st.columns([2, 5], gap="large")
    button = settings.container()  # in sight without scrolling, above what it needs
    with settings:
        spec = _settings()
    running.follow(
        Comparison,
        spec,
        button,
        results,
        start=t("Run comparison"),
        empty=_nothing_yet,
        live=_live,
        report=show_report,
    )


def _settings() -> Comparison | None:
    """Draw the widgets and return what they spell, or None after saying what is wrong."""
    name, params, data = choose_data()
    models = choices.models(_MODELS)
    if not models:
        st.warning(t("Choose at least one model."))
    design = design_boxes()
    metrics = choices.metric(data.task)
    training = parameters(models, data, design["normalisation"])
    if not models:
        return None
    design["fold_pairs"] = design["fold_pairs"] and _pairs_help(metrics, data, training)
    spec = choices.spec_or_reason(
        lambda: Comparison(
            name, params=params, models=models, metrics=metrics, **design, **training
        ),
        data,
    )
    if spec is not None:
        st.caption(_cost(spec))
        st.caption(_detectable(spec, data), help=_how_detectable(spec, data))
    return spec


def _pairs_help(metrics: tuple[str, ...], data: Dataset, training: dict[str, Any]) -> bool:
    """Whether leaving out pairs of folds serves the verdict; say so where it does not."""
    metric = (metrics or (SCORERS[data.task],))[0]
    if not is_mean_over_rows(metric):
        st.warning(
            t(
                "{metric} is no mean over rows, so pairs of folds are not left out: the verdict "
                "goes by the scores of whole folds. Accuracy, R² and the mean absolute error are "
                "such means.",
                metric=scorer_label(metric),
            )
        )
        return False
    if training.get("budget") is not None:
        st.warning(
            t(
                "Pairs of folds are not left out where models are tuned, since each would take a "
                "search of its own: the verdict goes by the scores of whole folds."
            )
        )
        return False
    return True


def _cost(spec: Comparison) -> str:
    text = t(
        "{models} models on {folds} folds: {fits} fits",
        models=len(spec.models),
        folds=spec.n_splits * spec.n_repeats,
        fits=spec.n_evaluations,
    )
    seconds = _seconds_before(spec.dataset, spec.params)
    if not set(spec.models) <= set(seconds):
        return text
    alone = [replace(spec, models=(model,), model_params={}) for model in spec.models]
    total = sum(one.n_evaluations * seconds[one.models[0]] for one in alone)
    return text + t(", about {time} by earlier runs on this data", time=duration(total))


@st.cache_data(max_entries=8, ttl=60, show_spinner=False)  # it reads many runs
def _seconds_before(dataset: str, params: Mapping[str, Any]) -> dict[str, float]:
    try:
        with Store() as store:
            return fit_seconds_before(store, dataset, params)
    except StoreError:  # said where the run is shown
        return {}


def _detectable(spec: Comparison, data: Dataset) -> str:
    """Say, before the run, what difference the design is good for."""
    metric = metric_label(spec, data.task)
    if not _is_accuracy(spec, data):
        return t(
            "What difference in {metric} this design could detect depends on how much the folds "
            "spread, which nobody knows before the run. The result will say it.",
            metric=metric,
        )
    n_test = len(data.y) / spec.n_splits
    if spec.fold_pairs:
        found = smallest_nested_difference(accuracy_sd(1, _DISAGREEMENT), len(data.y))
    else:
        found = smallest_difference(
            accuracy_sd(n_test, _DISAGREEMENT),
            len(data.y) - n_test,
            n_test,
            spec.n_splits * spec.n_repeats,
            n_splits=spec.n_splits,
        )
    text = t(
        "This design could detect a difference of {difference} in accuracy between two good "
        "models, four times in five.",
        difference=decimal(found),
    )
    if found > _DISAGREEMENT:
        text += " " + t("That is a lot: expect ties. More rows would help most.")
    return text


def _is_accuracy(spec: Comparison, data: Dataset) -> bool:
    return data.task == "classification" and spec.metrics in ((), ("accuracy",))


def _how_detectable(spec: Comparison, data: Dataset) -> str | None:
    if not _is_accuracy(spec, data):
        return None
    return t(
        "For two models of which exactly one is right on {share} of the rows, by the test of the "
        "verdict at 5% with a power of 80%. Two models cannot differ by more than that share. "
        "That training on other rows changes them comes on top, so this is a lower bound.",
        share=f"{_DISAGREEMENT:.0%}",
    )


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown(
            t(
                "**Nothing has run yet.** Choose a data set and models, then press *Run "
                "comparison*: the settings that the page opens with suit any computer."
            )
        )
        st.markdown(
            t(
                "The rows are split into folds. Each model is trained on all folds but one and "
                "scored on the one left out, in turn, and every model sees the very same folds. "
                "Scores are then compared *within* a fold, because some folds are harder than "
                "others."
            )
        )


def _live(spec: Comparison, entries: list[Entry], data: Dataset) -> None:
    """Draw the folds that are in, and keep the verdict locked."""
    st.info(
        t(
            "The verdict stays locked until all {n} folds are in: whoever looks at half of them "
            "and stops when the numbers please will find differences that are not there.",
            n=spec.n_splits * spec.n_repeats,
        ),
        icon=":material/lock:",
    )
    scores = _scores(spec, entries, data)
    means = scores.groupby("model").score.mean().rename("mean").reset_index()
    above = better_than_guessing(means, data.task)
    drawn = [model for model in spec.models if model in above]  # rows that do not move
    if drawn:
        metric = metric_label(spec, data.task)
        chart = charts.fold_scores(scores[scores.model.isin(drawn)], drawn, metric)
        st.altair_chart(chart, width="stretch")
    left_out = [label(model) for model in means.model if model not in above]
    if left_out:
        st.caption(
            t(
                "Not drawn, because no better than guessing: {models}.",
                models=", ".join(left_out),
            )
        )


def _scores(spec: Comparison, entries: list[Entry], data: Dataset) -> pd.DataFrame:
    """One row per model and fold, from what the store says of each fit without its results."""
    metric = spec.scorer(data.task)
    rows = [
        (one["model"], one["repeat"], one["fold"], one["scores"][metric])
        for one in (entry.detail for entry in entries)
        if one["inner"] is None
    ]
    frame = pd.DataFrame(rows, columns=["model", "repeat", "fold", "score"])
    frame = frame.astype({"score": float})
    return frame.groupby(["model", "repeat", "fold"], as_index=False, sort=False).mean()
