"""Code on a page."""

import streamlit as st


def show_code(text: str) -> None:
    """Draw code, with a button that copies it.

    Streamlit's colours of syntax are too faint (WCAG AA), and a box that scrolls sideways is out of
    the keyboard's reach: so neither.

    Parameters
    ----------
    text : str
    """
    st.code(text, language=None, wrap_lines=True)
