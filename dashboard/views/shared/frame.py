"""What stands around every page: the language, and the link to what is shown."""

from urllib.parse import urlencode

import streamlit as st

from ...language import LANGUAGES, best_match, follow, t
from .text import show_code

_KEY = "lang"
# Streamlit writes white on the primary colour in both themes. In the dark one no colour is far
# enough from white and, as text itself, from the background (WCAG AA), so there it is black. And
# it darkens the text of a button whose popover is open.
_LEGIBLE = """<style>
[kind^="primary"]:enabled, [data-tag], [data-tag] * { color: light-dark(white, black); }
[kind="tertiary"][aria-expanded="true"] { color: inherit; }
</style>"""


def choose_language() -> None:
    """Read the language from the link, from this tab's choice, or from the browser, in this order.

    Called before anything is drawn.
    """
    asked = st.query_params.get(_KEY)
    if asked in LANGUAGES and _KEY not in st.session_state:
        st.session_state[_KEY] = asked
    follow(_language)


def top() -> None:
    """Draw the switch of languages and the link."""
    st.html(_LEGIBLE)
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        with st.popover(
            t("Link"), icon=":material/link:", type="tertiary", key="link", on_change="rerun"
        ) as opened:
            if opened.open:
                st.markdown(t("Who opens this address sees this page with these settings:"))
                show_code(_address())
        st.segmented_control(
            t("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default=None if _KEY in st.session_state else _language(),
            required=True,
            key=_KEY,
            label_visibility="collapsed",
        )
    chosen = st.session_state[_KEY]
    if chosen == best_match(st.context.locale):
        st.query_params.pop(_KEY, None)
    elif st.query_params.get(_KEY) != chosen:
        st.query_params[_KEY] = chosen


def _language() -> str:
    return st.session_state.get(_KEY) or best_match(st.context.locale)


def _address() -> str:
    # The language is the reader's own business, not a part of what is shown.
    settings = {name: st.query_params.get_all(name) for name in st.query_params if name != _KEY}
    query = urlencode(settings, doseq=True)
    return f"{st.context.url}?{query}" if query else str(st.context.url)
