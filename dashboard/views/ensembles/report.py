"""What a study of ensembles shows: its answer, bias beside variance, and single members."""

import streamlit as st

from ...language import t
from ...report import Outcome
from ...report.kinds.bias import bias_and_variance
from ...report.kinds.ensembles import answer, how_to_read, whole_folds
from ..shared.scripts import show_script
from ..shared.section import show_limits, show_section, show_sections
from .members import show_members


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a study that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of an `EnsembleStudy`.
    """
    show_sections(answer(outcome))
    whole = whole_folds(outcome)
    if not whole.evaluations:
        return
    _bias_and_variance(whole)
    show_members(outcome)
    show_section(how_to_read(outcome.data.task))
    with st.expander(t("What was done, and what this cannot tell")):
        show_limits(outcome)
    with st.expander(t("Code that reproduces it")):
        show_script(outcome)


def _bias_and_variance(whole: Outcome) -> None:
    """Draw the two side by side."""
    found = bias_and_variance(whole.evaluations, whole.data.task)
    if not found:
        return
    bias, variance, effects = found
    st.header(bias.title, anchor=False)
    for column, section in zip(st.columns(2), (bias._replace(title=""), variance), strict=True):
        with column:
            show_section(section)
    show_section(effects)
