"""The file that was dropped, and what was chosen about it by hand: kept while one looks elsewhere.

What is found out about a file changes with what is chosen: another decimal mark makes other kinds
of columns, another target another task. So a box is drawn anew with each of them, and shows what
was found out, unless somebody has chosen: that stays until the file changes. Streamlit's own memory
of widgets cannot tell the two apart, and forgets a file and a table's ticks with the page.
"""

from typing import Any, NamedTuple

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ...language import t

# In the session.
_DROPPED = "dropped file"
_N_TAKEN = "files taken"  # it empties the box when it changes


class Dropped(NamedTuple):
    """A file, and what was chosen about it.

    Attributes
    ----------
    file : UploadedFile
    by_hand : dict
        By what it was chosen for; what nobody touched is not in it.
    """

    file: UploadedFile
    by_hand: dict[Any, Any]


def drop_box() -> Dropped | None:
    """Draw the box that files are dropped into, and return the one that is kept."""
    number = st.session_state.get(_N_TAKEN, 0)
    key = f"file_{number}"
    st.file_uploader(
        t("A file of your own"),
        type=["csv", "tsv", "txt", "data", "dat", "parquet"],
        key=key,
        on_change=_keep,
        args=[key, number],
        help=t(
            "CSV or Parquet, a row for each case and a column for what is predicted. It goes to "
            "the machine that bakeoff runs on and to no other. Until *Use this table* keeps it, "
            "it is in this tab alone: no link holds it, and a reload lets go of it."
        ),
    )
    dropped: Dropped | None = st.session_state.get(_DROPPED)
    if dropped is not None and st.session_state[key] is None:  # back from another page
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(t("Still here: {name}", name=f"`{dropped.file.name}`"), width="stretch")
            st.button(t("Remove"), icon=":material/close:", type="tertiary", on_click=let_go)
    return dropped


def let_go() -> None:
    """Forget the file, and empty the box."""
    st.session_state.pop(_DROPPED, None)
    st.session_state[_N_TAKEN] = st.session_state.get(_N_TAKEN, 0) + 1


def _keep(key: str, number: int) -> None:
    # A browser that has not heard yet that the box is gone may send it along once more.
    if number != st.session_state.get(_N_TAKEN, 0):
        return
    file: UploadedFile | None = st.session_state[key]
    if file is None:
        st.session_state.pop(_DROPPED, None)
    else:
        st.session_state[_DROPPED] = Dropped(file, {})


def box(
    label: str,
    options: list[Any],
    found: Any,
    name: Any,
    dropped: Dropped,
    key: str,
    **how: Any,
) -> Any:
    """Draw a box that shows what was found out, or what was chosen by hand.

    Parameters
    ----------
    label, options, **how
        As for `st.selectbox`.
    found : object
        One of the options, or None.
    name : hashable
        What the choice is for.
    dropped : Dropped
        Takes the choice down.
    key : str
        Of everything that ``found`` depends on.

    Returns
    -------
    object
        One of the options, or None.
    """
    shown = dropped.by_hand.get(name, found)
    if shown is not None and shown not in options:  # chosen for a table that was read otherwise
        st.caption(t("Chosen before, and not there now: {name}", name=f"`{shown}`"))
        shown = found
    chosen = st.selectbox(
        label,
        options,
        index=None if shown is None else options.index(shown),
        key=f"{name} {key}",
        **how,
    )
    if chosen != shown:
        dropped.by_hand[name] = chosen
    return chosen
