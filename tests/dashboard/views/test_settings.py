"""Settings of a page are in its link, are its own, and come back with it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import bakeoff.dashboard
from bakeoff.dashboard.views.shared.settings import setting_key

ENTRY = Path(bakeoff.dashboard.__file__).with_name("app.py")

pytestmark = pytest.mark.slow  # whole pages


@pytest.fixture
def app():
    return AppTest.from_file(ENTRY, default_timeout=120).run()


def set_box(app, kind, key, value):
    getattr(app, kind)(key=key).set_value(value).run()
    assert not app.exception


def turn_to(app, page):
    # AppTest.switch_page knows pages that are files, and ours are functions.
    app._page_hash = next(
        key for key, info in app._registered_pages.items() if info["url_pathname"] == page
    )
    app.run()
    assert not app.exception


def test_they_come_back_with_their_page_and_stay_out_of_others(app):
    set_box(app, "selectbox", "design", "own")
    set_box(app, "number_input", "folds", 7)
    set_box(app, "selectbox", "metric", "f1_macro")
    turn_to(app, "curves")
    assert app.number_input(key="curves.folds").value == 5
    assert app.number_input(key="curves.repeats").value == 1  # two, where they were not touched
    assert app.selectbox(key="curves.dataset").value == "digits"
    set_box(app, "number_input", "curves.sizes", 3)
    turn_to(app, "")
    assert app.number_input(key="folds").value == 7
    assert app.selectbox(key="metric").value == "f1_macro"
    assert app.query_params["folds"] == "7"  # so that a reload has it too
    turn_to(app, "curves")
    assert app.number_input(key="curves.sizes").value == 3


def test_a_data_set_is_taken_along_to_pages_that_were_not_open_yet(app):
    turn_to(app, "search")
    turn_to(app, "")
    set_box(app, "selectbox", "dataset", "iris")
    turn_to(app, "curves")
    assert app.selectbox(key="curves.dataset").value == "iris"
    assert app.query_params["curves.dataset"] == "iris"
    turn_to(app, "search")
    assert app.selectbox(key="search.dataset").value == "wine"


def test_another_task_does_not_lose_the_score(app):
    set_box(app, "selectbox", "metric", "f1_macro")
    set_box(app, "selectbox", "dataset", "diabetes")
    assert app.selectbox(key="regression_metric").value == "r2"
    set_box(app, "selectbox", "dataset", "iris")
    assert app.selectbox(key="metric").value == "f1_macro"


def test_other_members_do_not_lose_a_method(app):
    turn_to(app, "ensembles")
    key = setting_key("ensembles", "methods")
    app.button_group(key=key).set_value(["gradient_boosting"]).run()
    set_box(app, "selectbox", "ensembles.learner", "svm")
    set_box(app, "selectbox", "ensembles.learner", "tree")
    assert app.button_group(key=key).value == ["gradient_boosting"]
