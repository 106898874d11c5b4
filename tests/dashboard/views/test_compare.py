"""The page Compare: its settings, a run from button to verdict, and reports from the store."""

import re
import time
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.language import follow
from bakeoff.dashboard.views.compare import page as compare
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.runs.saved_tables import save_table
from bakeoff.experiments.statistics.designs import SIMULATED, Design, offered
from bakeoff.recording import Store

pytestmark = pytest.mark.slow  # each draws a whole page

QUICK = Comparison("iris", ["svm_rbf", "logistic", "dummy"], n_splits=3)


def show():
    from bakeoff.dashboard.views.compare import page as compare

    compare.show()


@pytest.fixture
def page():
    return AppTest.from_function(show, default_timeout=120)


def button(page, label):
    (found,) = [one for one in page.button if one.label == label]
    return found


def text(page):
    kinds = (
        *(page.header, page.subheader, page.markdown, page.caption),
        *(page.info, page.warning, page.error),
    )
    return "\n".join(element.value for kind in kinds for element in kind)


def open_tab(page, label):
    page.session_state["report_tab"] = label
    page.run()
    assert not page.exception
    return page


def wait(page, until):
    deadline = time.monotonic() + 180
    while not until(page):
        assert time.monotonic() < deadline, text(page)
        time.sleep(0.3)
        page.run()
        assert not page.exception


# -- settings ----------------------------------------------------------------------------------


def test_it_opens_with_a_working_default_and_one_button_to_press(page):
    page.run()
    assert not page.exception
    assert [one.label for one in page.button] == ["Run comparison"]
    assert not button(page, "Run comparison").disabled
    assert "Nothing has run yet" in text(page)
    assert "6 models on 10 folds: 60 fits" in text(page)


def test_no_model_is_one_sentence_and_no_button_to_press(page):
    page.run()
    page.pills(key="models").set_value([]).run()
    assert [warning.value for warning in page.warning] == ["Choose at least one model."]
    assert button(page, "Run comparison").disabled


def test_more_folds_than_rows_of_a_class_are_refused_before_the_run(page):
    rows = "".join(f"{i},{'ab'[i < 3]}\n" for i in range(40))
    table = save_table(f"size,kind\n{rows}".encode(), "few.csv", {"keep": ["size"]})
    page.query_params["dataset"] = table.label
    page.run()
    assert [warning.value for warning in page.warning] == [
        "n_splits must be at most the number of rows of class 'b' in 'few.csv', 3, however: 5"
    ]
    assert button(page, "Run comparison").disabled


def test_the_design_says_before_the_run_what_it_could_detect(page):
    page.run()
    assert "could detect a difference of 0.116 in accuracy" in text(page)
    assert "expect ties" in text(page)
    page.selectbox(key="dataset").set_value("digits").run()
    assert "could detect a difference of 0.037 in accuracy" in text(page)
    assert "expect ties" not in text(page)
    page.selectbox(key="metric").set_value("f1_macro").run()
    assert "which nobody knows before the run" in text(page)


def test_what_a_run_takes_is_known_from_earlier_runs(page):
    compare._seconds_before.clear()  # what another test has looked up within the minute
    list(run(QUICK))
    page.run()
    page.selectbox(key="dataset").set_value("iris")
    page.pills(key="models").set_value(["svm_rbf", "dummy"]).run()
    assert "20 fits, about" in text(page)
    page.pills(key="models").set_value(["svm_rbf", "mlp"]).run()
    assert "20 fits, about" not in text(page)


def test_a_link_brings_parameters_and_budget(page, monkeypatch):
    link = {
        "dataset": "moons",
        "models": ["SVM RBF", "Boosted trees"],
        "folds": "3",
        "parameters": "true",
        "svm_rbf.C": "30.0",
        "boosting.max_leaf_nodes": "7",
        "tune": "true",
        "candidates": "4",
        "svm": "nystroem",
    }
    for name, value in link.items():
        page.query_params[name] = value
    specs = started(page, monkeypatch)
    assert specs == [
        Comparison(
            "moons",
            ["svm_rbf", "boosting"],
            model_params={"svm_rbf": {"C": 30.0}, "boosting": {"max_leaf_nodes": 7}},
            n_splits=3,
            n_repeats=2,
            budget=4,
            svm="nystroem",
        )
    ]


def started(page, monkeypatch):
    """What the button would run."""
    specs = []
    monkeypatch.setattr(
        compare.running, "follow", lambda kind, spec, *rest, **more: specs.append(spec)
    )
    page.run()
    assert not page.exception
    return specs


def test_choices_of_a_net_are_taken_as_the_estimator_wants_them(page, monkeypatch):
    page.query_params["models"] = ["MLP"]
    page.query_params["parameters"] = "true"
    page.query_params["mlp.hidden_layer_sizes"] = "(64, 64)"
    page.query_params["seeds"] = "3"
    (spec,) = started(page, monkeypatch)
    assert spec.model_params == {"mlp": {"hidden_layer_sizes": (64, 64)}}
    assert spec.n_seeds == 3
    data = spec.load()
    assert spec.estimator("mlp", data)[-1].hidden_layer_sizes == (64, 64)


# -- a run -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_button_leads_to_a_verdict_that_was_locked_before(page):
    own(page, folds=20)
    page.selectbox(key="dataset").set_value("iris")
    page.pills(key="models").set_value(["svm_rbf", "logistic", "dummy"])
    page.run()
    button(page, "Run comparison").click().run()
    wait(page, lambda page: "The verdict stays locked until all 40 folds" in text(page))
    assert button(page, "Run comparison").disabled
    wait(page, lambda page: "A tie between" in text(page))
    assert len(page.table[0].value) == 3
    assert not button(page, "Run comparison").disabled


def show_live(is_inner):
    from bakeoff.dashboard.views.compare.page import _live
    from bakeoff.experiments import spec_from_json
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        entries = store.entries(found.id)
    spec = spec_from_json(found.spec)
    seen = [one for one in entries if not is_inner or one.detail["inner"] is not None]
    _live(spec, seen, spec.load())


@pytest.mark.parametrize("is_inner", [True, False])
def test_only_whole_folds_are_drawn_while_it_is_tuned(is_inner):
    list(run(replace(QUICK, budget=2, inner_splits=2)))
    page = AppTest.from_function(show_live, args=(is_inner,), default_timeout=60).run()
    assert not page.exception
    assert "The verdict stays locked until all 3 folds are in" in text(page)
    assert ("Not drawn, because no better than guessing: Dummy" in text(page)) != is_inner


# -- reports -----------------------------------------------------------------------------------


def test_a_classification_has_verdict_groups_pairs_and_disagreements(report):
    page = report(QUICK)
    assert "A tie between Logistic/ridge and SVM RBF" in text(page)
    assert "the design finds a true difference of" in text(page)
    table = page.table[0].value
    assert list(table["Tie group"]) == ["a", "a", "b"]
    assert "beats Dummy baseline by" in text(page)
    assert "Not drawn, because no better than guessing: Dummy baseline (0.320)." in text(page)
    assert "The two give different answers on" in text(page)


def test_columns_called_like_those_of_the_page_are_shown_beside_them(report):
    rows = "".join(f"{i % 7},{i % 5},{i % 3},{'ab'[i % 2]}\n" for i in range(60))
    table = save_table(f"Row,Actual,SVM RBF,kind\n{rows}".encode(), "mine.csv", {})
    page = report(replace(QUICK, dataset=table.dataset, params={"target": "kind"}))
    headings = [heading.strip() for heading in page.dataframe[0].value]
    assert headings.count("Row") == headings.count("Actual") == 2


def test_a_stopped_run_keeps_its_verdict_locked(report):
    page = report(QUICK, stop_after=6)
    assert "2 of 3 folds were finished by all models" in text(page)
    assert "A tie" not in text(page)
    assert "Tie group" not in page.table[0].value.columns
    assert "Every pair" not in text(page)


@pytest.mark.slow
def test_a_tuned_comparison_of_several_seeds_tells_fits_from_folds(report):
    spec = Comparison(
        "moons",
        ["mlp", "svm_rbf"],
        params={"n_samples": 60},
        n_splits=2,
        n_seeds=2,
        budget=2,
        inner_splits=2,
        model_params={"mlp": {"max_iter": 2}},
    )
    page = report(spec)
    assert "2 folds · normalisation: standard · seed 0 · 2 seeds of each net" in text(page)
    assert "tuned with 2 candidates each" in text(page)
    open_tab(page, "What was done, and what this cannot tell")
    assert "MLP ran with max_iter = 2." in text(page)
    assert "2 candidates of each model were scored on 2 inner folds" in text(page)
    open_tab(page, "Code that reproduces it")
    assert "budget=2" in page.code[0].value


def test_a_model_that_fails_is_named_with_its_reason(report):
    spec = replace(QUICK, model_params={"svm_rbf": {"C": -1.0}})
    page = report(spec)
    assert "SVM RBF failed in 3 fits: InvalidParameterError" in text(page)
    assert "Logistic/ridge beats Dummy baseline" in text(page)


def test_the_other_fold_and_the_other_models_can_be_chosen(report):
    page = report(QUICK)
    (fold,) = [box for box in page.selectbox if box.label == "Fold"]
    assert fold.options[:2] == ["repeat 1, all folds", "repeat 1, fold 1"]
    (one,) = [box for box in page.selectbox if box.label == "Model" and "one_" in box.key]
    one.set_value("dummy").run()
    assert not page.exception
    found = re.search(r"on (\d+) of 150 test rows: Dummy baseline is right on (\d+)", text(page))
    assert int(found[1]) > 12  # more than a page
    assert int(found[2]) < int(found[1]) / 2
    assert len(page.dataframe[0].value) == 12


@pytest.mark.parametrize("dataset", ["digits", "counting", "diabetes"])
def test_rows_of_every_kind_are_shown(report, dataset):
    spec = Comparison(dataset, ["forest", "dummy"], n_splits=2, model_params=FEW_TREES)
    page = report(spec)
    assert "Where two models disagree" in text(page)
    shown = text(page)
    if dataset == "diabetes":
        assert "is nearer to the truth on" in shown
    else:
        assert "Row " in shown
        assert ", P = " in shown


FEW_TREES = {"forest": {"n_estimators": 5}}


@pytest.mark.slow
def test_the_leak_is_run_once_and_read(report):
    page = report(QUICK)
    page.toggle[-1].set_value(True).run()
    assert not page.exception
    wait(page, lambda page: "Scaling alone leaks" in text(page))
    with Store() as store:
        assert [run.name for run in store.runs()].count("Comparison on iris, with a leak") == 1


def test_without_a_scaler_there_is_nothing_to_leak(report):
    page = report(replace(QUICK, normalisation="none"))
    assert "There is no scaler in this run" in text(page)


def test_it_speaks_korean(report):
    follow(lambda: "ko")
    try:
        page = report(QUICK)
    finally:
        follow(lambda: "en")
    assert "무승부: Logistic/ridge, SVM RBF" in text(page)
    assert "시험 행 150개 중" in text(page)


# -- the design --------------------------------------------------------------------------------


def test_the_designs_that_are_offered_hold_and_one_is_the_own(page):
    page.run()
    box = page.selectbox(key="design")
    assert box.value == "5x2"
    assert len(box.options) == len(offered()) + 1
    assert "folds" not in {one.key for one in page.number_input}
    box.set_value("5x5").run()
    assert not page.exception
    assert "6 models on 25 folds: 150 fits" in text(page)
    assert "Equal models were called different in at most" in text(page)


def own(page, **numbers):
    page.query_params.update({name: str(number) for name, number in numbers.items()})
    page.run()
    assert page.selectbox(key="design").value == "own"
    return page


def test_a_link_keeps_its_folds_whatever_is_offered(page):
    own(page, folds=5, repeats=5, fold_pairs="true")
    assert "6 models on 25 folds: 450 fits" in text(page)


def test_of_a_design_that_does_not_hold_the_rate_is_said(page):
    own(page, folds=10, repeats=10)
    worst = SIMULATED[Design(10, 10)].worst
    assert f"called different in up to {worst:.0%} of simulated comparisons" in text(page)
    page.number_input(key="folds").set_value(7).run()
    assert "was not simulated" in text(page)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("metric", "f1_macro", "macro F1 is no mean over rows, so pairs of folds are not left out"),
        ("tune", "true", "Pairs of folds are not left out where models are tuned"),
    ],
)
def test_pairs_of_folds_that_would_serve_nothing_are_not_fitted(page, key, value, sentence):
    page.query_params.update({"folds": "5", "repeats": "5", "fold_pairs": "true", key: value})
    page.run()
    assert any(sentence in warning.value for warning in page.warning)
    assert "450 fits" not in text(page)


def test_both_questions_are_answered_in_their_own_words(report):
    page = report(replace(QUICK, n_splits=5, n_repeats=5, fold_pairs=True))
    shown = text(page)
    assert "would the one win on another sample of this size?" in shown
    assert "nested cross-validation; Bates" in shown
    assert "Did these fitted models differ on these rows?" in shown
    assert "This answers nothing about the learners" in shown
    assert "among the following, at 95%" in shown
    assert "pairs of folds left out too" in shown
