"""What a curve shows once its run has ended."""

import streamlit as st

from ...language import t
from ...report import Outcome
from ...report.kinds.curves import curve
from ..shared.scripts import show_script
from ..shared.section import show_limits, show_sections


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a curve.

    Parameters
    ----------
    outcome : Outcome
        Of a `LearningCurve` or a `ValidationCurve`.
    """
    show_sections(curve(outcome))
    with st.expander(t("What was done, and what this cannot tell")):
        show_limits(outcome)
    with st.expander(t("Code that reproduces it")):
        show_script(outcome)
