"""The settings of a page: each in its link, and there again when one comes back to the page.

Streamlit keeps what is bound to the link under its key, whatever the page, and writes the link when
the widget is drawn again. So all that is needed are keys that no other page has: with those of
another, a page would open with its repeats, and drop of its models what it does not offer. They end
with the tab; a reload has what is in the link, which is all of its page and nothing of the others.
"""

import math
from typing import Any

import streamlit as st

from ...language import t

_PAGE = "page"  # in the session


def turn_to(page: str) -> None:
    """Say which page is drawn, by its path; called before anything of it is."""
    st.session_state[_PAGE] = page


def setting(name: str, is_number: bool = False) -> dict[str, Any]:
    """Return the arguments that make a widget a setting of its page.

    Ends the page with a sentence where the link holds a number without end, over which Streamlit
    would stumble; it sees to all other numbers itself.

    Parameters
    ----------
    name : str
        Widgets that offer different things, or open with different values, have names of their
        own, also on one page: else one would take the value of the other, or lose its own.
    is_number : bool, default=False
        Whether the widget takes a number.
    """
    key = setting_key(st.session_state.get(_PAGE, ""), name)
    asked = st.query_params.get(key, "")
    if is_number and _is_endless(asked):
        st.error(
            t("{name} must be a number, however the link says: {value}", name=key, value=asked)
        )
        st.stop()
    return {"key": key, "bind": "query-params"}


def _is_endless(text: str) -> bool:
    try:
        return math.isinf(float(text))
    except ValueError:
        return False


def setting_key(page: str, name: str) -> str:
    """Return the key of a setting, which is its name in the link too.

    Parameters
    ----------
    page : str
        Its path; the first page has none, and so the shortest links.
    name : str
        As for `setting`.

    Examples
    --------
    >>> setting_key("", "folds"), setting_key("curves", "folds")
    ('folds', 'curves.folds')
    """
    return f"{page}.{name}" if page else name
