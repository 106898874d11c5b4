"""The pages from the entry point: what the widgets do, without a browser."""

import time
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import bakeoff.dashboard

FOLDER = Path(bakeoff.dashboard.__file__).parent


@pytest.fixture
def page():
    test = AppTest.from_file(FOLDER / "app.py", default_timeout=120)
    yield test
    if "run" in test.session_state:
        test.session_state["run"].stop()


def button(page, label):
    (found,) = [one for one in page.button if one.label.startswith(label)]
    return found


def text(page):
    return "\n".join(element.value for kind in (page.markdown, page.caption) for element in kind)


def choose(page, models, dataset="iris", folds=3):
    page.run()
    page.selectbox(key="dataset").set_value(dataset)
    page.pills(key="models").set_value(models)
    page.number_input(key="folds").set_value(folds)
    return page.run()


def finish(page):
    button(page, "Run").click()
    page.run()
    deadline = time.monotonic() + 120
    while page.session_state["run"].state == "running":
        assert time.monotonic() < deadline, "the run does not end"
        time.sleep(0.2)
        page.run()
    assert not page.exception
    return page


def test_it_opens_with_a_working_default_and_one_primary_button(page):
    page.run()
    assert not page.exception
    assert [one.label for one in page.button] == ["Run comparison"]
    assert not button(page, "Run").disabled
    assert "Nothing has run yet" in text(page)
    assert "6 models on 5 folds: 30 fits" in text(page)


def test_a_classification_ends_in_verdict_table_and_confusion_matrix(page):
    finish(choose(page, ["svm_rbf", "svm_linear", "dummy"]))
    headings = [heading.value for heading in page.subheader]
    assert any("SVM linear" in heading and "SVM RBF" in heading for heading in headings)
    assert "iris · 3 folds · normalisation: standard · seed 0" in text(page)
    assert "Dummy baseline (0.320)" in text(page)  # named, not drawn
    table = page.table[0].value
    assert list(table["Mean accuracy"])[-1] == "0.320"
    assert page.selectbox(key="out_of_fold_model").value in {"svm_rbf", "svm_linear"}
    assert page.tabs[0].label == "Confusion matrix"


def test_a_regression_shows_r_squared_and_predictions(page):
    finish(choose(page, ["svm_rbf", "dummy"], dataset="diabetes"))
    assert "Mean R²" in page.table[0].value.columns
    assert page.tabs[0].label == "Predicted and actual"


def test_the_result_stays_and_says_so_when_the_settings_change(page):
    finish(choose(page, ["svm_rbf", "dummy"]))
    assert "settings have changed" not in text(page)
    page.number_input(key="seed").set_value(7).run()
    assert "settings have changed since this run" in text(page)
    assert "iris · 3 folds · normalisation: standard · seed 0" in text(page)
    assert len(page.table) == 1


def test_while_it_runs_it_can_be_stopped_and_not_started_again(page):
    choose(page, ["svm_rbf", "mlp"], folds=20)
    button(page, "Run").click()
    page.run()
    assert button(page, "Run").disabled
    run = page.session_state["run"]
    deadline = time.monotonic() + 120
    while len(run.evaluations) < 4:  # two folds of two models
        assert time.monotonic() < deadline, "no fold arrives"
        time.sleep(0.2)
        page.run()
    button(page, "Stop").click()
    page.run()
    assert not page.exception
    assert run.state == "stopped"
    assert "of 20 folds were finished" in page.info[0].value
    assert len(page.table[0].value) == 2
    assert not button(page, "Run").disabled


def test_no_model_is_one_sentence_and_no_button_to_press(page):
    choose(page, [])
    assert [warning.value for warning in page.warning] == ["Choose at least one model."]
    assert button(page, "Run").disabled


def test_a_run_that_cannot_start_says_why(page):
    choose(page, ["svm_rbf", "dummy"])
    page.session_state["run"] = run_that_fails()
    page.run()
    assert not page.exception
    assert "n_splits must be at most" in page.error[0].value


def run_that_fails():
    from bakeoff.dashboard.experiments import BackgroundRun, Comparison

    run = BackgroundRun(Comparison("iris", ["dummy"], n_splits=60))
    while run.state == "running":
        run.poll()
        time.sleep(0.05)
    return run


def test_a_link_opens_with_its_settings(page):
    page.query_params["dataset"] = "moons"
    page.query_params["models"] = ["SVM RBF", "MLP"]
    page.query_params["folds"] = "7"
    page.run()
    assert page.selectbox(key="dataset").value == "moons"
    assert page.pills(key="models").value == ["svm_rbf", "mlp"]
    assert "2 models on 7 folds: 14 fits" in text(page)


def test_every_data_set_can_be_chosen(page):
    page.run()
    for name in page.selectbox(key="dataset").options:
        page.selectbox(key="dataset").set_value(name).run()
        assert not page.exception, name
        assert page.selectbox(key="dataset").value == name


def test_the_settings_that_travel_with_the_package():
    settings = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text())
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["showEmailPrompt"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert {"light", "dark"} <= set(settings["theme"])
