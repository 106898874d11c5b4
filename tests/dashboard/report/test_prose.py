"""Markdown of a section as HTML, and names of others in it."""

import pytest
from markupsafe import escape

from bakeoff.dashboard.report.prose import code, html_of, html_of_line, plain

HOSTILE = [
    "<script>alert(1)</script>",
    "**bold** and *not*",
    "a `code` b",
    r"back\slash \* \\",
    "__init__ of max_iter_",
    "[link](javascript:alert(1))",
    "$x$ ~~gone~~ & so",
    "**",
    "`",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_others_is_shown_as_it_stands(name):
    assert html_of_line(plain(name)) == escape(name)
    assert html_of(plain(name)) == f"<p>{escape(name)}</p>"
    assert html_of_line(f"**{plain(name)}**") == f"<strong>{escape(name)}</strong>"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_as_code_is_one_too(name):
    expected = str(escape(name))
    assert html_of_line(code(name)) in (expected, f"<code>{expected}</code>")


def test_what_is_not_escaped_stays_text_all_the_same():
    assert "<script" not in html_of("- <script>\n- **<script>** `<script>` *<script>*")


def test_paragraphs_lists_and_lines_stand_apart():
    text = "**SVM**\n\n- one\n- *two*\n\nend  \nof it"
    assert html_of(text).split("\n") == [
        "<p><strong>SVM</strong></p>",
        "<ul><li>one</li><li><em>two</em></li></ul>",
        "<p>end<br>",
        "of it</p>",
    ]
