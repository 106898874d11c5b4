"""The link to a run together with its settings: what stands beside a report is what was run."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    Spec,
    ValidationCurve,
    spec_from_json,
)
from bakeoff.experiments.models.catalogue import NORMALISATIONS
from bakeoff.experiments.runs.saved_tables import saved_tables
from bakeoff.recording import Run

from ...charts.ensembles import method_label
from ...charts.look import label
from ...report.kinds.curves import question_of
from ...report.words import METRICS
from .data_choice import load
from .places import PATHS, page_at
from .search_space import space_key, space_text
from .settings import setting_key


def open_run(run: Run) -> None:
    """Leave this page for the one that shows ``run``, with the settings of the run beside it."""
    query, path = link_to(run), PATHS[run.kind]
    # A setting at its default is none in a link, and would leave what was chosen there before.
    for key in (*query, *(setting_key(path, name) for name in ("metric", "regression_metric"))):
        st.session_state.pop(key, None)
    st.switch_page(page_at(path), query_params=query)


def link_to(run: Run) -> dict[str, Any]:
    """Return the query of the page that shows a run, with the settings that its boxes can hold.

    Parameters
    ----------
    run : Run
        Of a kind that has a page.
    """
    query: dict[str, Any] = {"run": run.id}
    try:
        spec = spec_from_json(run.spec)
    except (ValueError, TypeError):  # another version's, which the page says
        return query
    for name, value in _settings(spec):
        key = setting_key(PATHS[run.kind], name)
        if isinstance(value, list):
            query[key] = value
        else:
            query[key] = str(value).lower() if isinstance(value, bool) else str(value)
    return query


def _settings(spec: Spec) -> Iterator[tuple[str, Any]]:
    """Names and values of settings, as a link has them; those of the page's opening fall away."""
    tables = {(one.dataset, _hashable(one.params)): one.label for one in saved_tables()}
    yield "dataset", tables.get((spec.dataset, _hashable(spec.params)), spec.dataset)
    yield "folds", spec.n_splits
    yield "repeats", spec.n_repeats
    yield "normalisation", NORMALISATIONS[spec.normalisation]
    yield "seed", spec.random_state
    yield "svm", spec.svm
    for metric in spec.metrics[:1]:
        yield ("metric" if metric in METRICS["classification"] else "regression_metric"), metric
    if isinstance(spec, Comparison):
        yield from _comparison(spec)
    elif isinstance(spec, LearningCurve | ValidationCurve):
        yield from _curve(spec)
    elif isinstance(spec, EnsembleStudy):
        yield from _ensembles(spec)
    elif isinstance(spec, GridSearch):
        yield from _search(spec)


def _comparison(spec: Comparison) -> Iterator[tuple[str, Any]]:
    yield "models", [label(model) for model in spec.models]
    yield "seeds", spec.n_seeds
    yield "fold_pairs", spec.fold_pairs
    yield "tune", spec.budget is not None
    if spec.budget is not None:
        yield "candidates", spec.budget
        yield "inner_folds", spec.inner_splits
    yield "parameters", bool(spec.model_params)
    for model, params in spec.model_params.items():
        for name, value in params.items():
            yield f"{model}.{name}", value


def _curve(spec: LearningCurve | ValidationCurve) -> Iterator[tuple[str, Any]]:
    question = question_of(spec)
    yield "question", question
    if isinstance(spec, LearningCurve):
        yield ("nets" if question == "epochs" else "models"), [label(one) for one in spec.models]
        yield "sizes", len(spec.train_sizes)
    else:
        yield "model", label(spec.model)
        yield f"parameter_{spec.model}", spec.parameter
        yield f"values_{spec.model}_{spec.parameter}", space_text(spec.values)


def _ensembles(spec: EnsembleStudy) -> Iterator[tuple[str, Any]]:
    yield "learner", spec.learner
    name = "methods" if spec.learner == "tree" else f"{spec.learner}_methods"
    yield name, [method_label(method) for method in spec.methods]
    yield f"{spec.learner}_members", max(spec.members)
    yield f"{spec.learner}_resamples", spec.n_resamples
    for depth in filter(None, [spec.learner_params.get("max_depth")]):
        yield "depth", depth


def _search(spec: GridSearch) -> Iterator[tuple[str, Any]]:
    yield "model", label(spec.model)
    yield "method", spec.method
    yield "candidates", spec.n_candidates
    yield "nested", spec.nested
    yield "inner_folds", spec.inner_splits
    try:
        task = load(spec.dataset, spec.params).task
    except (ValueError, TypeError, OSError):  # which the page says
        return
    key = space_key(spec.model, task, spec.method, spec.svm)
    if spec.space:
        yield key, list(spec.space)
    for name, values in spec.space.items():
        yield f"{key}_{name}", space_text(values)


def _hashable(params: Any) -> str:
    return repr(sorted(params.items()))
