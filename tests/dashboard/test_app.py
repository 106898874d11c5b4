"""The application from its entry point, and the settings that travel with it."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

import bakeoff.dashboard

pytestmark = pytest.mark.privates

FOLDER = Path(bakeoff.dashboard.__file__).parent


@pytest.fixture
def app():
    return AppTest.from_file(FOLDER / "app.py", default_timeout=120)


def test_it_opens_with_the_comparison(app):
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Compare models fold by fold"]


def test_every_data_set_can_be_chosen(app):
    app.run()
    for name in app.selectbox(key="dataset").options:
        app.selectbox(key="dataset").set_value(name).run()
        assert not app.exception, name
        assert app.selectbox(key="dataset").value == name


def test_the_settings_that_travel_with_the_package():
    settings = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text())
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["runner"]["postScriptGC"] is False
    named = {f"{part}.{name}" for part in settings.keys() - {"theme"} for name in settings[part]}
    assert named <= config.get_config_options().keys()  # Streamlit ignores others
    assert {"light", "dark"} <= set(settings["theme"])
