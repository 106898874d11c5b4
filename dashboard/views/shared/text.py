"""Text of others on a page that reads Markdown: code, names, sentences."""

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


def plain(text: str) -> str:
    r"""Return a text as Markdown that shows it as it stands, within a line.

    Examples
    --------
    >>> print(plain("price ($) of a *[link]*"))
    price (\$) of a \*\[link\]\*
    """
    return "".join(f"\\{c}" if c in r"\`*_[]<>$~" else c for c in text)
