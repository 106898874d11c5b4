"""Which page shows a run, by the kind of its spec."""

import streamlit as st

from bakeoff.recording import Run

# A page that has runs of its own is its path in the address, here.
PATHS = {
    "Comparison": "",
    "LearningCurve": "curves",
    "ValidationCurve": "curves",
    "EnsembleStudy": "ensembles",
    "GridSearch": "search",
}


def open_run(run: Run) -> None:
    """Leave this page for the one that shows ``run``."""
    # Streamlit tells pages apart by their paths alone.
    st.switch_page(_page(PATHS[run.kind]), query_params={"run": run.id})


def open_comparison(dataset: str) -> None:
    """Leave this page for a new comparison on a data set, by its name in `data_choice.data_box`."""
    st.switch_page(_page(PATHS["Comparison"]), query_params={"dataset": dataset})


def _page(path: str) -> st.Page:
    return st.Page(_nothing, url_path=path, title=path or "Compare", default=not path)


def _nothing() -> None:
    """Stands for a page that is drawn by another function."""
