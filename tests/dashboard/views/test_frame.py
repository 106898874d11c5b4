"""The language and the link around every page, from the entry point."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import bakeoff.dashboard
from bakeoff.dashboard import language


@pytest.fixture
def app():
    yield AppTest.from_file(Path(bakeoff.dashboard.__file__).parent / "app.py", default_timeout=120)
    language.follow(lambda: "en")


def title(app):
    return app.title[0].value


def test_a_link_chooses_the_language_and_the_switch_changes_it(app):
    app.query_params["lang"] = "ko"
    app.run()
    assert not app.exception
    korean = title(app)
    app.segmented_control(key="lang").set_value("en").run()
    assert title(app) != korean
    assert title(app).isascii()
    assert "lang" not in app.query_params  # the browser's own language is not worth a word
    app.segmented_control(key="lang").set_value("ko").run()
    assert title(app) == korean
    assert app.query_params["lang"] == "ko"


def test_a_language_that_there_is_not_is_english(app):
    app.query_params["lang"] = "xx"
    app.run()
    assert title(app).isascii()
