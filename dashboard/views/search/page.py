"""The page of searches: the parameters of one model, and what the best of many is worth."""

import ast
from importlib.util import find_spec
from math import prod

import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import GridSearch
from bakeoff.experiments.reports.candidates import (
    candidate_text,
    parameter_values,
    pooled,
    ranked,
    scores_frame,
)
from bakeoff.experiments.specs.grid_search import METHODS
from bakeoff.recording import Entry

from ... import charts
from ...language import mark, t
from ...quantities import decimal
from ...report.words import metric_label
from ..shared import choices, running
from ..shared.data_choice import choose_data
from ..shared.search_space import parsed_values, space_texts
from ..shared.settings import setting
from .report import show_report
from .scripts import OWN, TABS, show_scripts

_LARGEST_GRID = 10_000
_METHODS = {
    "grid": mark("Every combination of the choices."),
    "random": mark(
        "Candidates at random. With as many of them as a grid has, it tries more values of each "
        "parameter (Bergstra and Bengio, 2012)."
    ),
    "halving": mark(
        "Random candidates on few rows, the best third of them on three times as many, and so on."
    ),
    "bayesian": mark("Each round proposes candidates near those that did well (optuna)."),
}


def show() -> None:
    """Draw the page."""
    st.title(t("Grid search"), anchor=False)
    st.markdown(
        t(
            "Which parameters suit this model on this data, is the best candidate better than the "
            "next ones, and how much of its score is luck?"
        )
    )
    settings, results = st.columns([2, 5], gap="large")
    button = settings.container()  # in sight without scrolling, above what it needs
    with settings:
        spec = _settings()
    with results:
        own, scripts = st.tabs([t(OWN), t("Searches from scripts")], key=TABS, on_change="rerun")
    running.follow(
        GridSearch,
        spec,
        button,
        own,
        start=t("Run the search"),
        empty=_empty,
        live=_live,
        report=show_report,
    )
    if scripts.open:
        with scripts:
            show_scripts()


def _settings() -> GridSearch | None:
    choice = choose_data()
    model = choices.model()
    method = st.selectbox(t("Method"), METHODS, **setting("method"))
    st.caption(t(_METHODS[method]))
    svm = choices.svm_method([model])
    texts = space_texts(model, choice.data, method, svm)
    n_candidates = 20
    if method != "grid":
        n_candidates = st.number_input(
            t("Candidates"), 1, 1000, n_candidates, **setting("candidates", is_number=True)
        )
    nested = st.toggle(
        t("Nested"),
        True,
        **setting("nested"),
        help=t(
            "Each fold has a search of its own within its training rows, and its winner is scored "
            "on test rows that no search has seen. Not nested, the best score is too good."
        ),
    )
    inner_splits = 5
    if nested:
        inner_splits = st.number_input(
            t("Inner folds"), 2, 10, inner_splits, **setting("inner_folds", is_number=True)
        )
    metrics = choices.metric(choice.data.task)
    design = choices.design()
    if method == "bayesian" and find_spec("optuna") is None:
        st.warning(t("A Bayesian search takes optuna: `pip install 'bakeoff[optuna]'`."))
        return None
    spec = choices.spec_or_reason(
        lambda: GridSearch(
            choice.name,
            model,
            params=choice.params,
            space={name: parsed_values(name, text) for name, text in texts.items()},
            method=method,
            n_candidates=n_candidates,
            nested=nested,
            inner_splits=inner_splits,
            svm=svm,
            metrics=metrics,
            **design,
        ),
        choice.data,
    )
    if spec is None:
        return None
    return choices.spec_or_reason(lambda: _counted(spec, choice.data), choice.data)


def _counted(spec: GridSearch, data: Dataset) -> GridSearch:
    """Say how many fits a search will take; raise a ValueError for one that cannot be run."""
    if not spec.space:
        raise ValueError(t("Choose at least one parameter."))
    if spec.method == "grid":
        size = prod(len(values) for values in spec.space.values())
        if size > _LARGEST_GRID:
            raise ValueError(t("A grid of {n} candidates is too large.", n=f"{size:,}"))
    fits = spec.n_fits(data)
    folds = spec.n_splits * spec.n_repeats
    if spec.nested:
        text = t(
            "{folds} searches on {inner} folds each, and a fit of each winner: {fits} fits",
            folds=folds,
            inner=spec.inner_splits,
            fits=f"{fits:,}",
        )
    else:
        text = t("One search on {folds} folds: {fits} fits", folds=folds, fits=f"{fits:,}")
    st.caption(text)
    return spec


def _empty() -> None:
    with st.container(border=True):
        st.markdown(
            t(
                "**Nothing has run yet.** Press *Run the search*: the settings that the page opens "
                "with take some seconds.\n\n"
                "Every candidate is scored on the same folds, and the best mean wins. The best of "
                "many is partly the luckiest: its score in the search is too good. A nested search "
                "keeps rows aside that no candidate has seen, and scores the winner on them: the "
                "difference is the winner's curse."
            )
        )


def _live(spec: GridSearch, entries: list[Entry], data: Dataset) -> None:
    """Draw the candidates that are in, by the mean of the folds that are in."""
    rows = []
    for entry in entries:
        told = entry.detail
        if told["inner"] is not None:
            params = {name: ast.literal_eval(code) for name, code in told["params"].items()}
            resource = told["n_train"] if spec.method == "halving" else None
            (score, *_) = told["scores"].values()
            rows.append(
                (
                    told["model"], told["repeat"], told["fold"], resource, candidate_text(params),
                    told["inner"], score, told["n_train"], 0, params,
                )
            )  # fmt: skip
    table = ranked(pooled(scores_frame(rows))).drop_duplicates("candidate")
    if not table["mean"].notna().any():
        return
    values, metric = parameter_values(table), metric_label(spec, data.task)
    best = table.iloc[0]
    st.caption(
        t(
            "{n} candidates so far, each by the mean of the folds that are in. The best: {score}",
            n=len(table),
            score=decimal(best["mean"]),
        )
    )
    chart = charts.score_space(values, table["mean"], [*map(str, values)][:2], metric)
    st.altair_chart(chart, width="stretch")
