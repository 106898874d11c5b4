"""What a comparison that has ended shows: its answer, folds, pairs, code and limits."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bakeoff.experiments import Evaluation, fold_scores, summary

from ... import charts
from ...charts.look import label
from ...language import t
from ...report import Outcome
from ...report.kinds.comparison import answer, paired
from ...report.kinds.fitted import fitted
from ...report.kinds.pairs import every_pair
from ...report.words import params_text
from ..shared.scripts import show_script
from ..shared.section import show_limits, show_sections
from .disagreement import show_folds
from .leak import show_leak
from .quality import show_quality


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a comparison.

    Parameters
    ----------
    outcome : Outcome
        Of a `Comparison`.
    """
    show_sections(answer(outcome))
    whole = paired(outcome)
    if not whole.evaluations:
        return
    table = summary(whole.evaluations)
    if not table.folds.any():
        return
    _download(whole.evaluations)
    show_folds(whole, table)
    show_sections(every_pair(whole, table))
    show_sections(fitted(whole))
    show_quality(outcome)
    _tabs(outcome)


def _download(evaluations: Sequence[Evaluation]) -> None:
    st.download_button(
        t("Fold scores as CSV"),
        fold_scores(evaluations).to_csv(index=False),
        file_name="fold_scores.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _tabs(outcome: Outcome) -> None:
    leak, code, told = st.tabs(
        [
            t("Leak it"),
            t("Code that reproduces it"),
            t("What was done, and what this cannot tell"),
        ],
        key="report_tab",
        on_change="rerun",  # so that only the open one is computed
    )
    if leak.open:
        with leak:
            show_leak(outcome)
    if code.open:
        with code:
            show_script(outcome)
    if told.open:
        with told:
            show_limits(outcome)
            _winners(outcome.evaluations)


def _winners(evaluations: Sequence[Evaluation]) -> None:
    """Draw what the searches within the folds chose, if there were any."""
    tuned = [e for e in evaluations if e.inner is None and e.params]
    if not tuned:
        return
    st.markdown(f"**{t('Parameters that won, fold by fold')}**")
    rows = [
        {
            t("Model"): label(e.model),
            t("Fold"): charts.split(e.repeat, e.fold),
            t("Parameters"): params_text(e.params),
        }
        for e in tuned
    ]
    st.dataframe(pd.DataFrame(rows).drop_duplicates(), hide_index=True)
    st.caption(t("Where a model is missing, its defaults won."))
