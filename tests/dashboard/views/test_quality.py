"""The panels behind the scores, drawn from runs that are in the store."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.experiments import Comparison, run

pytestmark = pytest.mark.slow  # each draws a whole page


def show(n_evaluations):
    from dataclasses import replace

    from bakeoff.dashboard.views.compare.quality import show_quality
    from bakeoff.dashboard.views.shared.running import Outcome
    from bakeoff.experiments import spec_from_json, stored_evaluations
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        evaluations = stored_evaluations(store, found.id)
    spec = spec_from_json(found.spec)
    if n_evaluations is not None:
        found = replace(found, state="stopped")
    show_quality(Outcome(found, spec, evaluations[:n_evaluations], spec.load()))


@pytest.fixture
def page():
    """Draw the panels on what a spec gives, or on its first evaluations."""

    def draw(spec, n_evaluations=None):
        list(run(spec))
        test = AppTest.from_function(show, args=(n_evaluations,), default_timeout=60).run()
        assert not test.exception
        return test

    return draw


def open_tab(page, label):
    page.session_state["quality_tab"] = label
    page.run()
    assert not page.exception
    return page


def text(page):
    kinds = (page.markdown, page.caption, page.info, page.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


CLASSES = Comparison("iris", ["svm_rbf", "logistic", "dummy"], n_splits=3)


def test_the_confusion_matrix_comes_first_and_names_what_is_confused(page):
    drawn = page(CLASSES)
    assert [tab.label for tab in drawn.tabs] == [
        "Confusion matrix", "ROC", "Precision-recall", "Calibration", "Score and cost", "Rows",
    ]  # fmt: skip
    assert re.search(r"`virginica` taken for `versicolor` \(\d+ of 50 rows\)", text(drawn))
    assert "AUC" not in text(drawn)  # the closed tabs are not computed


@pytest.mark.parametrize("tab", ["ROC", "Precision-recall"])
def test_svms_are_ranked_by_distance_and_the_page_says_so(page, tab):
    drawn = open_tab(page(CLASSES), tab)
    drawn.selectbox(key="quality_model").set_value("svm_rbf").run()
    assert re.search(r"\*\*SVM RBF: (AUC|average precision) 0\.99\d\*\*", text(drawn))
    assert "for want of probabilities: SVM RBF. A curve" in text(drawn)
    assert set(drawn.table[0].value["Model"]) == {"SVM RBF", "Logistic/ridge", "Dummy baseline"}


def test_the_auc_of_guessing_is_a_half(page):
    drawn = open_tab(page(Comparison("iris", ["dummy"], n_splits=2)), "ROC")
    assert "**Dummy baseline: AUC 0.500**" in text(drawn)
    assert "for want of probabilities" not in text(drawn)


def test_calibration_leaves_out_the_models_without_probabilities_and_says_why(page):
    drawn = open_tab(page(CLASSES), "Calibration")
    drawn.selectbox(key="quality_model").set_value("svm_rbf").run()
    assert "Left out, for want of probabilities: SVM RBF." in drawn.info[0].value
    assert set(drawn.table[0].value["Model"]) == {"Logistic/ridge", "Dummy baseline"}
    drawn.selectbox(key="quality_model").set_value("dummy").run()
    assert not drawn.info


def test_ranking_of_one_class_is_chosen_by_its_name(page):
    drawn = open_tab(page(CLASSES), "Precision-recall")
    box = drawn.selectbox(key="quality_ranking_class")
    assert box.options == [
        "All classes: mean of each against the rest", "setosa", "versicolor", "virginica",
    ]  # fmt: skip
    drawn.selectbox(key="quality_model").set_value("logistic")
    box.set_value(1).run()
    assert "**Logistic/ridge: average precision 1.000**" in text(drawn)
    assert "Guessing gets 0.333" in text(drawn)


def test_of_two_classes_the_second_is_the_positive_one(page):
    drawn = open_tab(page(Comparison("breast_cancer", ["dummy"], n_splits=2)), "ROC")
    box = drawn.selectbox(key="quality_ranking_class")
    assert box.options == ["malignant", "benign"]
    assert box.value == 2


def test_calibration_reads_the_curve_and_scores_all_models(page):
    drawn = open_tab(page(CLASSES), "Calibration")
    drawn.selectbox(key="quality_model").set_value("logistic").run()
    assert "**Logistic/ridge is under-confident.**" in text(drawn)
    table = drawn.table[0].value.set_index("Model")
    assert table.loc["Dummy baseline", "Brier score"].startswith("0.667")
    drawn.selectbox(key="quality_calibration_class").set_value(1).run()
    assert "**Logistic/ridge is calibrated within noise.**" in text(drawn)


def test_costs_leave_out_what_is_no_better_than_guessing(page):
    drawn = open_tab(page(CLASSES), "Score and cost")
    assert "no better than guessing: Dummy baseline" in text(drawn)
    assert "on this machine" in text(drawn)


def test_the_account_of_a_finished_run_is_balanced(page):
    drawn = open_tab(page(CLASSES), "Rows")
    assert "**The account is balanced.** Each of the 150 rows" in text(drawn)
    assert not drawn.warning
    assert list(drawn.table[0].value["Really trained on"]) == ["100"] * 3
    assert len(drawn.dataframe[0].value) == 9


def test_the_account_of_a_stopped_run_says_what_is_missing(page):
    drawn = open_tab(page(CLASSES, n_evaluations=7), "Rows")
    assert "Dummy baseline: 50 rows were never tested." in drawn.warning[0].value
    assert "balanced" not in text(drawn)


@pytest.mark.parametrize(("n_evaluations", "said"), [(None, True), (6, False)])
def test_nobody_is_called_the_best_before_the_end(page, n_evaluations, said):
    drawn = open_tab(page(CLASSES, n_evaluations), "Score and cost")
    # Which of the two is said depends on how long fits take.
    assert bool(re.search("has the highest mean|is nearly as good as", text(drawn))) == said


def test_nothing_is_drawn_without_a_finished_fold(page):
    drawn = page(CLASSES, n_evaluations=2)
    assert not drawn.tabs
    assert not drawn.selectbox


def test_a_regression_shows_errors_in_units_of_its_target(page):
    drawn = page(Comparison("diabetes", ["logistic", "dummy"], n_splits=3))
    assert [tab.label for tab in drawn.tabs] == [
        "Predicted and actual", "Residuals", "Score and cost", "Rows",
    ]  # fmt: skip
    table = drawn.table[0].value.set_index("Model")
    assert re.fullmatch(
        r"5\d\.\d ±\s\d\.\d\d", table.loc["Logistic/ridge", "Root mean squared error"]
    )
    open_tab(drawn, "Residuals")
    assert "Logistic/ridge has no bias that these folds can show" in text(drawn)
    assert "Its errors grow with what it predicts" in text(drawn)
