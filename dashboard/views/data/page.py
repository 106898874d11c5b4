"""The page Data: a data set to look at before anything is fitted, bundled or of one's own."""

import contextlib

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bakeoff.experiments.runs.saved_tables import SavedTable, delete_table

from ...language import t
from ..shared import places
from ..shared.data_choice import about_data, data_box, read_data
from . import file as data_file
from .dropped import drop_box
from .report import show_report

_DATASET = "wine"  # as on the other pages


def show() -> None:
    """Draw the page."""
    st.title(t("Look at the data first"), anchor=False)
    st.markdown(
        t(
            "What is predicted from what, how hard can it be to guess, and is there anything in "
            "the data that would make every score too good?"
        )
    )
    settings, results = st.columns([2, 5], gap="large")
    with settings:
        dropped = drop_box()
    if dropped is None:
        _known(settings, results)
    else:
        with results:
            data_file.show(dropped, settings)


def _known(settings: DeltaGenerator, results: DeltaGenerator) -> None:
    """Choose among what is bundled and what was kept, and look at it."""
    with settings:
        name, table = data_box(_DATASET, data_file.CHOSEN)
        if st.button(t("Compare models on this data"), type="primary", width="stretch"):
            places.open_comparison(name)
        if table is not None:
            _delete_button(table)
    with results:
        data = read_data(name, table).data
        about_data(data)
        show_report(data, name)


def _delete_button(table: SavedTable) -> None:
    with st.popover(
        t("Delete this table"), icon=":material/delete:", type="tertiary", key="delete"
    ):
        st.markdown(
            t(
                "The copy that bakeoff keeps is deleted for good. Runs keep their results, but "
                "cannot be resumed. Your own file stays where it is."
            )
        )
        st.button(t("Delete"), on_click=_delete, args=[table.token])


def _delete(token: str) -> None:
    with contextlib.suppress(ValueError):  # deleted in another tab
        delete_table(token)
