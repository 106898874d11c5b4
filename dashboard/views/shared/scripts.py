"""The code that reproduces a run, to read and to take away."""

import streamlit as st

from bakeoff.experiments import script

from ...language import t
from ..runs.downloads import file_name
from .code import show_code
from .running import Outcome


def show_script(outcome: Outcome) -> None:
    """Draw the script of a run, and a button that downloads it."""
    text = script(outcome.spec, outcome.data)
    st.markdown(t("Run this with Python, without the dashboard: it prints the scores."))
    st.download_button(
        t("Download the script"),
        text,
        file_name=file_name(outcome.run, "py"),
        mime="text/x-python",
        on_click="ignore",
        icon=":material/download:",
    )
    show_code(text)
