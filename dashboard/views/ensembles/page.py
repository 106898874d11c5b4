"""The page of ensembles: bagging against boosting, from their scores down to single members."""

from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import EnsembleStudy
from bakeoff.experiments.specs.ensemble_study import LEARNERS, METHODS
from bakeoff.recording import Entry

from ... import charts
from ...charts.ensembles import method_label
from ...language import mark, t
from ...report.words import metric_label
from ..shared import choices, running
from ..shared.data_choice import choose_data
from ..shared.settings import setting
from .report import show_report

_SIZES = (1, 2, 5, 10, 25, 50, 100, 200)
_LEARNERS = {
    "tree": mark("Decision trees, grown to a fixed depth."),
    "svm": mark("SVMs with an RBF kernel. They vary little, so that bagging has little to do."),
    "mlp": mark("Neural nets. Each member is a training of its own: this takes minutes."),
}


def show() -> None:
    """Draw the page."""
    st.title(t("Bagging vs boosting"), anchor=False)
    st.markdown(
        t(
            "What do more members do to an ensemble: lower its bias, its variance, or only cost "
            "time? And what has each member seen?"
        )
    )
    settings, results = st.columns([2, 5], gap="large")
    button = settings.container()  # in sight without scrolling, above what it needs
    with settings:
        spec = _settings()
    running.follow(
        EnsembleStudy,
        spec,
        button,
        results,
        start=t("Run the study"),
        empty=_empty,
        live=_live,
        report=show_report,
    )


def _settings() -> EnsembleStudy | None:
    choice = choose_data(default="moons")
    learner = st.selectbox(
        t("Members are"),
        LEARNERS,
        **setting("learner"),
        help=t("What the ensemble is made of: decision trees, SVMs or neural nets."),
    )
    st.caption(t(_LEARNERS[learner]))
    methods = st.pills(
        t("Methods"),
        [method for method in METHODS if learner == "tree" or method != "gradient_boosting"],
        selection_mode="multi",
        default=["bagging", "boosting"],
        format_func=method_label,
        wrap=True,
        **setting("methods" if learner == "tree" else f"{learner}_methods"),
        help=t("Boosting is AdaBoost. Gradient boosting takes trees only."),
    )
    size = _size(learner)
    metrics = choices.metric(choice.data.task)
    design = choices.design()
    if not methods:
        st.warning(t("Choose at least one method."))
        return None
    spec = choices.spec_or_reason(
        lambda: EnsembleStudy(
            choice.name,
            learner,
            params=choice.params,
            methods=tuple(methods),
            metrics=metrics,
            **size,
            **design,
        ),
        choice.data,
    )
    if spec is not None:
        st.caption(_work(spec))
    return spec


def _size(learner: str) -> dict[str, Any]:
    """Draw how many members there are and how large, and return it as fields of a study."""
    # Keys of their own: what suits trees would keep SVMs and nets busy for an hour.
    is_quick = learner == "tree"
    left, right = st.columns(2)
    most = left.selectbox(
        t("Members at most"),
        _SIZES[2:],
        index=_SIZES[2:].index(25 if is_quick else 5),
        **setting(f"{learner}_members"),
        help=t("The ensembles are scored after 1, 2, 5, … members, up to this many."),
    )
    n_resamples = right.number_input(
        t("Resamples"),
        min_value=2,
        max_value=50,
        value=10 if is_quick else 3,
        **setting(f"{learner}_resamples", is_number=True),
        help=t(
            "Each ensemble is trained on this many bootstrap resamples of the same training rows: "
            "how much their predictions differ is its variance. More of them show it better."
        ),
    )
    learner_params = {}
    if is_quick:
        learner_params["max_depth"] = st.slider(
            t("Depth of a tree"),
            1,
            10,
            value=2,
            **setting("depth"),
            help=t(
                "Shallow trees have much bias, deep ones much variance. Trees that fit every "
                "training row end boosting with its first member."
            ),
        )
    members = tuple(size for size in _SIZES if size <= most)
    return {"members": members, "n_resamples": n_resamples, "learner_params": learner_params}


def _work(spec: EnsembleStudy) -> str:
    folds = spec.n_splits * spec.n_repeats
    ensembles = len(spec.methods) * folds * spec.n_resamples
    return t(
        "{methods} methods on {folds} folds, {resamples} resamples of each: {ensembles} ensembles "
        "of up to {members} members",
        methods=len(spec.methods),
        folds=folds,
        resamples=spec.n_resamples,
        ensembles=ensembles,
        members=max(spec.members),
    )


def _empty() -> None:
    with st.container(border=True):
        st.markdown(
            t(
                "**Nothing has run yet.** Press *Run the study*: the settings that the page opens "
                "with take some seconds.\n\n"
                "**Bagging** trains its members side by side, each on rows drawn at random with "
                "replacement, and lets them vote. **Boosting** trains them one after the other: "
                "each attends to the rows that those before it got wrong.\n\n"
                "Each ensemble is trained on several resamples of the same rows. Where the "
                "resampled ensembles agree and are wrong, that is **bias**; where they disagree, "
                "that is **variance**. Data with two columns, like *moons*, can be looked at "
                "member by member."
            )
        )


def _live(spec: EnsembleStudy, entries: list[Entry], data: Dataset) -> None:
    """Show the scores of the whole ensembles that are done."""
    metric = metric_label(spec, data.task)
    done = [entry.detail for entry in entries if entry.detail.get("scores")]
    scores = pd.DataFrame(
        [(d["model"], d["fold"], d["seed"], next(iter(d["scores"].values()))) for d in done],
        columns=["model", "fold", "seed", "score"],
    ).astype({"score": float})
    if scores.score.notna().any():
        chart = charts.ensemble_scores(
            scores,
            t("{metric} with {members} members", metric=metric, members=max(spec.members)),
        )
        st.altair_chart(chart, width="stretch")
        st.caption(t("Each dot is one ensemble on the test rows of a fold, the tick their mean."))
