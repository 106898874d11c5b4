"""What a search shows: the winner and its luck, its candidates, and the code of both."""

import streamlit as st

from bakeoff.experiments import GridSearch
from bakeoff.experiments.reports.candidates import pooled, search_scores
from bakeoff.experiments.runs.final import final_pipeline
from bakeoff.experiments.runs.script import code_of

from ...language import t
from ...report import Outcome
from ...report.kinds.candidates import is_scored
from ...report.kinds.search import answer
from ..shared.scripts import show_script
from ..shared.section import show_limits, show_sections
from ..shared.text import show_code
from .candidates import show_candidates


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a search that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of a `GridSearch`.
    """
    show_sections(answer(outcome), "search")
    scores = search_scores(outcome.evaluations)
    if not is_scored(pooled(scores)):
        return
    show_candidates(scores, outcome.metric, "search")
    code, told = st.tabs(
        [t("Code that reproduces it"), t("What was done, and what this cannot tell")],
        key="search_report_tab",
        on_change="rerun",
    )
    if code.open:
        with code:
            _code(outcome)
    if told.open:
        with told:
            show_limits(outcome)


def _code(outcome: Outcome) -> None:
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, GridSearch), "the page follows no other kind"
    st.markdown(t("The winner as a scikit-learn pipeline:"))
    winner = final_pipeline(spec, data, outcome.evaluations, spec.model)
    show_code(code_of(winner))
    show_script(outcome)
