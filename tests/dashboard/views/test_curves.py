"""The page of learning curves: three questions, and reports of runs that are in the store."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.views.shared.search_space import curve_values
from bakeoff.datasets import load
from bakeoff.experiments import LearningCurve, ValidationCurve, run
from bakeoff.experiments.reports.curves import fold_curve
from bakeoff.experiments.reports.readings import read_rows
from bakeoff.experiments.runs.saved_tables import save_table

pytestmark = pytest.mark.slow  # each draws a whole page

ROWS = LearningCurve("iris", ["svm_rbf", "dummy"], train_sizes=[0.25, 0.5, 1.0], n_splits=3)
EPOCHS = LearningCurve("moons", ["mlp"], over="epochs", n_splits=2)
GAMMA = ValidationCurve("wine", "svm_rbf", "gamma", [1e-5, 0.02, 10.0], n_splits=5)


def show():
    from bakeoff.dashboard.views.curves import page as curves

    curves.show()


def show_live():
    from bakeoff.dashboard.views.curves.page import _live
    from bakeoff.experiments import spec_from_json
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        entries = store.entries(found.id)
    spec = spec_from_json(found.spec)
    _live(spec, entries[:4], spec.load())


@pytest.fixture
def page():
    return AppTest.from_function(show, default_timeout=120)


def text(page):
    kinds = (page.header, page.markdown, page.caption, page.info, page.warning, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def ask(page, question):
    page.run()
    page.button_group(key="question").set_value(question).run()
    assert not page.exception
    return page


def test_it_opens_with_a_working_default_and_one_button_to_press(page):
    page.run()
    assert not page.exception
    assert [(one.label, one.disabled) for one in page.button] == [("Draw the curve", False)]
    assert "Nothing has run yet" in text(page)
    assert "50 fits: 10 on each of 5 folds" in text(page)  # two models, five sizes


def test_epochs_are_those_of_nets(page):
    ask(page, "epochs")
    assert page.pills(key="nets").options == ["MLP", "CNN", "GRU"]
    assert "5 fits: 1 on each of 5 folds" in text(page)


def test_models_without_epochs_do_not_come_along(page):
    page.run()
    page.pills(key="models").set_value(["svm_rbf"]).run()
    ask(page, "epochs")
    assert page.pills(key="nets").value in (["mlp"], [])


def test_a_link_opens_with_its_question(page):
    page.query_params["question"] = "parameter"
    page.query_params["model"] = "MLP"
    page.run()
    assert not page.exception
    assert page.selectbox(key="model").value == "mlp"
    assert "weight_decay" in page.selectbox(key="parameter_mlp").options
    assert "Is the model too small or too large?" in text(page)


def test_a_parameter_opens_with_values_of_its_own(page):
    ask(page, "parameter")
    assert "35 fits: 7 on each of 5 folds" in text(page)
    page.selectbox(key="parameter_svm_rbf").set_value("C").run()
    assert page.text_input(key="values_svm_rbf_C").value.startswith("0.03, 0.2, 1.0")
    page.text_input(key="values_svm_rbf_C").set_value("1, 10").run()
    assert "10 fits: 2 on each of 5 folds" in text(page)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("1, , 2", "gamma must be choices with commas between them, or a range, however: '1, , 2'"),
        ("__import__('os')", "however"),
        ("", "however: ''"),
        ("0 .. 1 log", "low of 'gamma' must be above 0 for log, however: 0"),
        ("'a' .. 'b'", "low and high of 'gamma' must be finite numbers, however: "),
    ],
)
def test_values_that_cannot_be_read_are_one_sentence_and_no_button_to_press(page, values, sentence):
    ask(page, "parameter")
    page.text_input(key="values_svm_rbf_gamma").set_value(values).run()
    assert not page.exception
    (warning,) = page.warning
    assert sentence in warning.value
    assert page.button[0].disabled


def test_no_model_is_one_sentence(page):
    page.run()
    page.pills(key="models").set_value([]).run()
    assert [one.value for one in page.warning] == ["Choose at least one model."]
    assert page.button[0].disabled


@pytest.mark.parametrize(
    ("space", "values"),
    [
        ({"low": 50, "high": 512, "log": True}, [50, 70, 100, 200, 300, 500]),
        ({"low": -1.0, "high": 1.0, "log": False}, [-1.0, -0.6, -0.2, 0.2, 0.6, 1.0]),
        ({"low": 0, "high": 0.5, "log": False}, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]),
        ([[64], [64, 64]], [[64], [64, 64]]),
    ],
)
def test_values_of_a_curve_are_choices_or_round_numbers_of_a_range(space, values):
    assert curve_values(space) == values


def test_rows_end_in_readings_of_each_model_and_a_curve(report):
    page = report(ROWS)
    assert "Would more data help?" in text(page)
    assert "**SVM RBF**" in text(page)
    assert "**Dummy baseline**" in text(page)
    assert text(page).count("from 50 to 100 training rows") == 2
    assert len(page.get("vega_lite_chart")) == 1
    assert "of the mean over 3 folds" in text(page)
    assert "LearningCurve(" in page.code[0].value


@pytest.mark.slow
def test_epochs_end_in_losses_and_scores(report):
    page = report(replace(EPOCHS, params={"n_samples": 80}))
    assert page.button_group(key="question").value == "epochs"
    assert "Does it overfit, and from which epoch?" in text(page)
    assert len(page.get("vega_lite_chart")) == 2
    assert "The upright line is the epoch with the lowest mean validation loss" in text(page)


def test_a_parameter_ends_in_what_underfits_and_what_overfits(report):
    page = report(GAMMA)
    assert "gamma = 0.02" in text(page)
    assert "Underfitting at 1e-05" in text(page)
    assert "Overfitting at 10" in text(page)


def test_a_run_that_was_stopped_shows_what_it_has(report):
    page = report(GAMMA, stop_after=7)  # two folds of three values, and more
    assert "of 15 fits were finished" in text(page)
    assert len(page.get("vega_lite_chart")) == 1


def test_values_that_the_model_refuses_are_named_and_the_others_drawn(report):
    page = report(ValidationCurve("iris", "svm_rbf", "C", [-1.0, 0.1, 1.0], n_splits=3))
    assert "SVM RBF failed in 3 fits: InvalidParameterError" in text(page)
    assert len(page.get("vega_lite_chart")) == 1


def test_a_curve_of_failures_only_says_so(report):
    page = report(ValidationCurve("iris", "svm_rbf", "C", [-1.0], n_splits=3))
    assert "No fit gave a score" in text(page)
    assert not page.get("vega_lite_chart")


def test_an_error_is_judged_in_units_of_the_target(report):
    data = load("diabetes")  # whose target has a spread of 77
    frame = pd.DataFrame(data.X, columns=list(data.feature_names))
    frame["y"] = np.where(np.arange(len(data.y)) % 2, 77.0, -77.0)
    asked = {"target": "y", "task": "regression"}
    table = save_table(frame.to_csv(index=False).encode(), "even.csv", asked)
    spec = LearningCurve(
        table.dataset,
        ["dummy"],
        params=table.params,
        train_sizes=[0.5, 1.0],
        n_splits=3,
        metrics=["neg_mean_absolute_error"],
    )
    page = report(spec)
    assert "More data of this kind would hardly help" in text(page)
    trend, _ = read_rows(fold_curve(list(run(spec)), "train_size"))["dummy"]
    assert trend.code != "rows_level"  # by the hundredth of a unit


@pytest.mark.parametrize("spec", [ROWS, GAMMA])
def test_the_points_that_are_in_are_drawn_while_it_runs(spec):
    list(run(spec))
    page = AppTest.from_function(show_live, default_timeout=60).run()
    assert not page.exception
    assert len(page.get("vega_lite_chart")) == 1
