"""Which page shows a run, by the kind of its spec."""

import streamlit as st

# A page that has runs of its own is its path in the address, here.
PATHS = {
    "Comparison": "",
    "LearningCurve": "curves",
    "ValidationCurve": "curves",
    "EnsembleStudy": "ensembles",
    "GridSearch": "search",
}


def open_comparison(dataset: str) -> None:
    """Leave this page for a new comparison on a data set, by its name in `data_choice.data_box`."""
    st.switch_page(page_at(PATHS["Comparison"]), query_params={"dataset": dataset})


def page_at(path: str) -> st.Page:
    """Return the page of a path, for `st.switch_page`."""
    # Streamlit tells pages apart by their paths alone.
    return st.Page(_nothing, url_path=path, title=path or "Compare", default=not path)


def _nothing() -> None:
    """Stands for a page that is drawn by another function."""
