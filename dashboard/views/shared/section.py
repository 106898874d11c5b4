"""The sections of a report, with the widgets of a page."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import streamlit as st

from ...report import Outcome, Section, limits_of
from .figure import figure


def show_sections(sections: Sequence[Section], key: str = "report") -> None:
    """Draw sections one below the other; ``key`` starts the keys of their widgets."""
    for section in sections:
        show_section(section, key)


def show_section(section: Section, key: str = "report", **selection: Any) -> Any:
    """Draw one section.

    Parameters
    ----------
    section : Section
    key : str
        Starts the keys of its widgets.
    **selection
        What `figure` takes of its chart.

    Returns
    -------
    object
        What is selected in the chart, as from `figure`; None without a chart.
    """
    if section.title and not section.folded:
        st.header(section.title, anchor=False)
    with st.expander(section.title) if section.folded else nullcontext():
        for warning in section.warnings:
            st.warning(warning)
        if section.text:
            st.markdown(section.text)
        selected = None
        if section.chart is not None:
            name = f"{key}_{section.name}"
            selected = figure(section.chart, section.table, name, **selection)
        elif section.table is not None:
            st.table(section.table, hide_index=True, border="horizontal")
        if section.caption:
            st.caption(section.caption)
    return selected


def show_limits(outcome: Outcome) -> None:
    """Draw what was done, and what it cannot tell, smaller than what was found."""
    for section in limits_of(outcome):
        st.markdown(f"**{section.title}**")
        show_section(section._replace(title=""))
