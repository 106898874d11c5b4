"""The page of searches: settings, reports of runs in the store, and searches of scripts."""

import re
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.svm import SVC
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.views.search import page as search
from bakeoff.datasets import load
from bakeoff.experiments import GridSearch, run
from bakeoff.recording import Store, record

pytestmark = pytest.mark.slow  # each draws a whole page

GRID = {"C": [0.1, 1.0, 10.0], "gamma": [0.01, 0.1]}
NESTED = GridSearch(
    "iris", "svm_rbf", space=GRID, method="grid", nested=True, n_splits=3, inner_splits=3
)


def page():
    from bakeoff.dashboard.views.search import page as search

    search.show()


def opened(**query):
    test = AppTest.from_function(page, default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


@pytest.fixture
def reported():
    """Open the page on a finished run of a spec."""

    def draw(spec, dataset=None):
        list(run(spec, dataset))
        with Store() as store:
            return opened(run=store.runs()[0].id)

    return draw


def text(test):
    kinds = (test.header, test.markdown, test.caption, test.info, test.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


def start(test):
    (button,) = [one for one in test.button if one.label == "Run the search"]
    return button


def scripts(test):
    test.session_state["search_tab"] = "Searches from scripts"
    test.run()
    assert not test.exception
    return test


# -- settings --------------------------------------------------------------------------------------


def test_it_opens_with_a_grid_that_can_be_run_and_says_how_many_fits():
    test = opened()
    assert not start(test).disabled
    assert "Nothing has run yet" in text(test)
    assert [one.label for one in test.text_input] == ["C", "gamma"]
    assert "5 searches on 5 folds each, and a fit of each winner: 630 fits" in text(test)


def test_every_model_and_method_opens_with_a_space_that_can_be_searched(monkeypatch):
    counted = []
    count = search._counted

    def counting(spec, data):
        counted.append(count(spec, data))
        return counted[-1]

    monkeypatch.setattr(search, "_counted", counting)
    test = opened(folds="2", inner_folds="2")
    for dataset in ("iris", "diabetes"):
        test.selectbox(key="dataset").set_value(dataset)
        for model in test.selectbox(key="model").options:
            for method in ("grid", "random"):
                test.selectbox(key="method").set_value(method)
                test.selectbox(key="model").set_value(_key(model)).run()
                assert not test.exception
                assert not test.warning, (model, test.warning[0].value)
                assert (counted[-1].model, counted[-1].method) == (_key(model), method)


def _key(text):
    from bakeoff.experiments import CATALOGUE

    return next(key for key, model in CATALOGUE.items() if model.label == text)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("0.1,, 1", "C must be choices with commas between them, or a range, however: '0.1,, 1'"),
        ("", "C must be choices with commas between them, or a range, however: ''"),
        ("__import__('os')", "however: \"__import__('os')\""),
        ("1 .. 10", "a grid takes lists only, however 'svc__C' is a range"),
        (str(list(range(4000)))[1:-1], "A grid of 20,000 candidates is too large"),
    ],
)
def test_a_space_that_cannot_be_searched_is_one_sentence(written, sentence):
    test = opened()
    test.text_input(key="grid_svm_rbf_classification_C").set_value(written).run()
    assert not test.exception
    assert sentence in test.warning[0].value
    assert start(test).disabled


def test_a_link_opens_with_its_space():
    test = opened(grid_svm_rbf_classification_C="0.5, 2", nested="false", model="SVM RBF")
    assert test.text_input(key="grid_svm_rbf_classification_C").value == "0.5, 2"
    assert "One search on 5 folds: 50 fits" in text(test)


def test_any_parameter_of_the_model_can_be_searched():
    test = opened()
    test.multiselect(key="grid_svm_rbf_classification").set_value(["C", "shrinking"]).run()
    assert test.text_input(key="grid_svm_rbf_classification_shrinking").value == "True"
    test.multiselect(key="grid_svm_rbf_classification").set_value([]).run()
    assert test.warning[0].value == "Choose at least one parameter."


def test_a_kernel_svm_on_features_of_its_kernel_is_searched_where_its_parameters_are():
    test = opened(svm="nystroem")
    assert not start(test).disabled
    assert [one.label for one in test.text_input] == ["C", "gamma"]


def test_without_optuna_a_bayesian_search_says_what_to_install(monkeypatch):
    test = opened(method="bayesian")
    assert not start(test).disabled
    monkeypatch.setattr(search, "find_spec", lambda name: None)
    test.run()
    assert "pip install 'bakeoff[optuna]'" in test.warning[0].value
    assert start(test).disabled


# -- reports ---------------------------------------------------------------------------------------


def test_a_nested_search_holds_the_promise_against_the_result(reported):
    test = reported(NESTED)
    assert test.header[0].value.startswith("SVM RBF: C = ")
    said = text(test)
    assert "The best of 6 candidates" in said
    assert re.search(
        r"promised \*\*0\.9\d\d\*\* \(accuracy\), new rows gave \*\*0\.9\d\d\*\*", said
    )
    assert "Report the second number" in said
    assert "other candidates" in said
    assert test.selectbox(key="search_search").options[0] == "all 3 together"


@pytest.mark.slow
def test_one_of_several_searches_can_be_looked_into(reported):
    test = reported(NESTED)
    test.selectbox(key="search_search").set_value(2).run()
    assert not test.exception
    test.selectbox(key="search_x").set_value("gamma").run()
    assert not test.exception
    assert test.selectbox(key="search_y").options == ["C"]


def test_a_search_that_is_not_nested_says_that_its_score_is_too_good(reported):
    test = reported(GridSearch("iris", "svm_rbf", space=GRID, method="grid", n_splits=3))
    assert "which is therefore too good" in text(test)
    assert "winner's curse" not in text(test)


def test_a_parameter_at_the_edge_is_named(reported):
    space = {"C": [0.001, 0.01, 1.0], "degree": [2, 3]}  # which is of another kernel
    test = reported(GridSearch("iris", "svm_rbf", space=space, method="grid", n_splits=3))
    assert "C = 1 is at the edge of what was tried" in text(test)


def test_the_others_are_at_their_best_or_where_one_wants_them(reported):
    space = {**GRID, "shrinking": [True, False]}
    test = reported(GridSearch("iris", "svm_rbf", space=space, method="grid", n_splits=3))
    others = test.selectbox(key="search_at_shrinking")
    assert others.options == ["best of all", "True", "False"]
    others.set_value(2).run()
    assert not test.exception


@pytest.mark.parametrize("method", ["halving", "bayesian"])
def test_other_methods_have_a_report_too(reported, method):
    test = reported(GridSearch("iris", "svm_rbf", method=method, n_candidates=9, n_splits=2))
    assert ("Who was given more rows" in text(test)) == (method == "halving")


def test_the_code_is_that_of_the_winner_and_of_the_search(reported):
    pipeline, script = reported(NESTED).code
    assert re.fullmatch(
        r"make_pipeline\(\n    StandardScaler\(\),\n    SVC\(.*\),\n\)", pipeline.value
    )
    assert "GridSearch(" in script.value


def test_a_search_in_which_all_failed_has_a_reason_and_no_chart():
    spec = GridSearch("iris", "svm_rbf", space={"C": [-1.0]}, method="grid", n_splits=2)
    with pytest.raises(ValueError, match="trials failed"):
        list(run(spec))
    with Store() as store:
        test = opened(run=store.runs()[0].id)
    assert "2 fits failed, the first with: InvalidParameterError" in text(test)
    assert "No candidate has a score on every fold" in text(test)


def live():
    from bakeoff.dashboard.views.search import page as search
    from bakeoff.experiments import spec_from_json
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        spec = spec_from_json(found.spec)
        search._live(spec, store.entries(found.id)[:7], spec.load())


@pytest.mark.parametrize("space", [GRID, {"C": [0.1, 1.0, 10.0]}])
def test_while_it_runs_the_candidates_that_are_in_are_drawn(space):
    list(run(GridSearch("iris", "svm_rbf", space=space, method="grid", n_splits=3)))
    test = AppTest.from_function(live, default_timeout=60).run()
    assert not test.exception
    assert "3 candidates so far" in text(test)


# -- searches of scripts ---------------------------------------------------------------------------


def test_without_a_recorded_search_it_shows_the_lines_to_write():
    test = scripts(opened())
    assert "No script has recorded a search yet" in text(test)
    assert "with record(" in test.code[0].value


def test_stock_searches_of_a_script_are_there_the_newest_first():
    X, y = load_iris(return_X_y=True)
    with record("my grid", backend="threading"):
        GridSearchCV(SVC(), GRID, cv=3).fit(X, y)
        GridSearchCV(SVC(), {"kernel": ["rbf", "poly"]}, cv=3).fit(X, y)
    test = scripts(opened())
    box = test.selectbox(key="recorded")
    assert [option.endswith(" · 2") for option in box.options] == [False, True]
    assert test.header[0].value.startswith("SVC: C = ")
    box.set_value(box.value.replace(":0", ":1")).run()
    assert not test.exception
    assert test.header[0].value.startswith("SVC: kernel = ")


def test_a_stock_search_by_several_scores_is_read_by_one_of_them():
    X, y = load_iris(return_X_y=True)
    with record("two scores", backend="threading"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        GridSearchCV(
            SVC(), {"C": [-1.0, 1.0]}, scoring=["accuracy", "f1_macro"], refit=False, cv=3
        ).fit(X, y)
    test = scripts(opened())
    test.selectbox(key="recorded_metric").set_value("f1_macro").run()
    assert not test.exception
    assert "mean macro F1 of" in text(test)
    assert "3 fits failed" in text(test)


def test_stock_searches_inside_a_cross_validation_are_held_against_its_scores():
    X, y = load_iris(return_X_y=True)
    with record("nested", backend="threading"):
        nested = cross_validate(GridSearchCV(SVC(), GRID, cv=2), X, y, cv=3, return_estimator=True)
    inner = np.mean([one.best_score_ for one in nested["estimator"]])
    said = text(scripts(opened()))
    assert "The 3 searches of this run stood inside a cross-validation" in said
    assert f"promised **{inner:.3f}**, new rows gave **{nested['test_score'].mean():.3f}**" in said


def test_an_experiment_of_a_script_on_its_own_rows_is_drawn_too():
    list(run(GridSearch("rows of mine", "svm_rbf", n_candidates=4, n_splits=2), load("iris")))
    test = scripts(opened())
    assert "Search on rows of mine · SVM RBF" in test.selectbox(key="recorded").options[0]
    assert "The best of 4 candidates: a mean accuracy of" in text(test)


@pytest.mark.slow
def test_an_experiment_can_be_opened_as_a_run_of_the_page():
    list(run(NESTED))
    test = scripts(opened())
    (button,) = [one for one in test.button if one.label == "Show the whole report"]
    button.click().run()
    assert not test.exception
    assert [one.label for one in test.tabs if one.label == "Code that reproduces it"]
