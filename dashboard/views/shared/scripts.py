"""The code that reproduces a run, to read and to take away."""

import re

import streamlit as st

from bakeoff.experiments import script
from bakeoff.recording import Run

from ...language import t
from .running import Outcome
from .text import show_code


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


def file_name(run: Run, ending: str) -> str:
    """Return the name of a run as one that all file systems take."""
    name = re.sub(r"[^\w-]+", "_", run.name).strip("_")[:60]
    return f"{name or 'run'}.{ending}"
