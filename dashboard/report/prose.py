r"""The text of a section: as much Markdown as reports use, which a page and a file both read.

Paragraphs and lists stand apart by an empty line; within a line there are ``**bold**``,
``*emphasis*`` and code in backticks, two blanks at its end begin a new one, and a backslash takes
the meaning of the mark after it.
"""

import re

from markupsafe import Markup, escape

_MEANS_SOMETHING = re.compile(r"[\\`*\[\]<>$~]|(?<![^\W_])_|_(?![^\W_])")  # a_b is a word
_MARKS = re.compile(
    r"\\(?P<itself>.)|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>(?:\\.|[^\\])+?)\*\*|\*(?P<em>(?!\s)(?:\\.|[^\\])+?)\*"
)


def plain(text: str) -> str:
    r"""Return a text as Markdown that shows it as it stands, within a line.

    Examples
    --------
    >>> print(plain("price ($) of a *[link]*"), plain("max_iter of __init__"))
    price (\$) of a \*\[link\]\* max_iter of \_\_init\_\_
    """
    return _MEANS_SOMETHING.sub(r"\\\g<0>", text)


def code(text: str) -> str:
    r"""Return a text as code, within a line; one that backticks cannot hold stays as it is.

    Examples
    --------
    >>> print(code("a*b"), code("a`b"))
    `a*b` a\`b
    """
    return plain(text) if not text or "`" in text else f"`{text}`"


def html_of(text: str) -> Markup:
    """Write a text as HTML. Whatever is no mark of Markdown stays text.

    Examples
    --------
    >>> print(html_of("**SVM** & co.:\\n\\n- one <b>\\n- two"))
    <p><strong>SVM</strong> &amp; co.:</p>
    <ul><li>one &lt;b&gt;</li><li>two</li></ul>
    """
    return Markup("\n").join(map(_block, filter(None, text.split("\n\n"))))


def html_of_line(text: str) -> Markup:
    r"""Write a line as HTML.

    Examples
    --------
    >>> print(html_of_line(plain("a *b*") + " is `c`"))
    a *b* is <code>c</code>
    """
    parts, end = [], 0
    for found in _MARKS.finditer(text):
        parts += [escape(text[end : found.start()]), _marked(found)]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _block(text: str) -> Markup:
    if not text.startswith("- "):
        lines = map(html_of_line, text.split("  \n"))
        return Markup("<p>{}</p>").format(Markup("<br>\n").join(lines))
    items = [Markup("<li>{}</li>").format(html_of_line(one)) for one in text[2:].split("\n- ")]
    return Markup("<ul>{}</ul>").format(Markup().join(items))


def _marked(found: re.Match[str]) -> Markup:
    kind, text = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "itself":
        return escape(text)
    inner = escape(text) if kind == "code" else html_of_line(text)
    return Markup("<{0}>{1}</{0}>").format(Markup(kind), inner)
