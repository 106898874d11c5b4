"""The table of the columns of a file: what each was taken for, and whether it is used."""

import pandas as pd
import streamlit as st

from bakeoff.datasets import Table

from ...language import mark, t
from ...report.sentences import say
from .dropped import Dropped

_KINDS = {
    "number": mark("number"),
    "boolean": mark("yes or no"),
    "category": mark("category"),
    "date": mark("date"),
    "text": mark("text"),
    "identifier": mark("identifier"),
    "constant": mark("constant"),
}
_TICKED = "ticked"  # in the session: what the table was first drawn with


def choose_columns(key: str, table: Table, dropped: Dropped) -> dict[str, tuple[str, ...]]:
    """Draw the table of columns and return which were taken in and left out by hand.

    Parameters
    ----------
    key : str
        Of everything that ``table`` depends on.
    table : Table
        As it was found out, without any tick by hand.
    dropped : Dropped
        Takes the ticks down.
    """
    columns = [one for one in table.columns if one.name not in (table.target, table.groups)]
    st.header(t("Columns to predict from"), anchor=False)
    st.caption(t("Each column left out has a reason. Tick it to use it all the same."))
    found = pd.Series({one.name: one.use for one in columns}, dtype=bool)
    ticks: dict[str, bool] = dropped.by_hand.setdefault("columns", {})
    key = f"columns {key}"
    if key not in st.session_state:  # a table that changed under its own edits would be drawn anew
        st.session_state[_TICKED] = [ticks.get(one.name, one.use) for one in columns]
    frame = pd.DataFrame(
        {
            "use": pd.Series(st.session_state[_TICKED], dtype=bool),
            "name": [one.name for one in columns],
            "kind": [t(_KINDS[one.kind]) for one in columns],
            "missing": [one.n_missing / len(table.file.frame) for one in columns],
            "distinct": [one.n_distinct for one in columns],
            "why": [say(one.reason) for one in columns],
        }
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        disabled=["name", "kind", "missing", "distinct", "why"],
        column_config={
            "use": st.column_config.CheckboxColumn(t("Use"), width="small", pinned=True),
            "name": st.column_config.TextColumn(t("Column"), pinned=True),
            "kind": st.column_config.TextColumn(t("Taken for"), width=90),
            "missing": st.column_config.NumberColumn(t("Missing"), width=80, format="percent"),
            "distinct": st.column_config.NumberColumn(t("Values"), width=70, format="localized"),
            "why": st.column_config.TextColumn(t("Why"), width="large"),
        },
        key=key,
        alt=t("What each column was taken for, and whether it is used."),
    )
    use = pd.Series(edited.use.to_numpy(bool), index=found.index)
    touched = use[(use != found) | use.index.isin(list(ticks))]
    ticks.update(zip(touched.index, touched, strict=True))
    st.caption(t("{n} of {total} columns are used.", n=int(use.sum()), total=len(use)))
    for one in columns:
        if one.reason.code.startswith("leak"):
            st.warning(f"`{one.name}`: {say(one.reason)}")
    changes = {"keep": use & ~found, "leave_out": ~use & found}
    return {what: tuple(use.index[rows]) for what, rows in changes.items() if rows.any()}
