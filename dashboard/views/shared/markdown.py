"""Names and sentences of others on a page that reads Markdown."""


def plain(text: str) -> str:
    r"""Return a text as Markdown that shows it as it stands, within a line.

    Examples
    --------
    >>> print(plain("price ($) of a *[link]*"))
    price (\$) of a \*\[link\]\*
    """
    return "".join(f"\\{c}" if c in r"\`*_[]<>$~" else c for c in text)
