"""The page Data: a data set to look at before anything is fitted, bundled or of one's own."""

from typing import get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bakeoff import datasets
from bakeoff.datasets import Kind

from ..experiments.tables import SavedTable, delete_table, saved_tables
from ..language import t
from . import choices, data_file, places
from .data_report import report

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
        file = data_file.uploader()
    if file is None:
        _known(settings, results)
    else:
        with results:
            data_file.show(file, settings)


def _known(settings: DeltaGenerator, results: DeltaGenerator) -> None:
    """Choose among what is bundled and what was kept, and look at it."""
    saved = {table.label: table for table in saved_tables()}
    bundled = [name for kind in get_args(Kind) for name in datasets.names(kind=kind)]
    options = [*saved, *bundled]
    with settings:
        # Not "dataset", the key of other pages: Streamlit hands over no setting to another page
        # that is bound to a widget of this one.
        name = st.selectbox(
            t("Data set"),
            options,
            index=options.index(_DATASET),
            key=data_file.CHOSEN,
            bind="query-params",
        )
        if st.button(t("Compare models on this data"), type="primary", width="stretch"):
            places.open_comparison(name)
        if name in saved:
            _delete_button(saved[name])
    choice = (saved[name].dataset, saved[name].params) if name in saved else (name, {})
    with results:
        try:
            data = choices.load(*choice)
        except (ValueError, TypeError, OSError) as problem:
            st.error(t("The table {name} cannot be read: {problem}", name=name, problem=problem))
            return
        st.markdown(data.description)
        st.caption(
            t(
                "Source: {source}. Licence: {licence}. Units: {units}.",
                source=data.source,
                licence=data.licence,
                units=data.units,
            )
        )
        report(data, name)


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
        st.button(t("Delete"), on_click=delete_table, args=[table.token])
