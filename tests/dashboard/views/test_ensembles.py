"""The page of ensembles: its settings, and its report of runs that are in the store."""

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.datasets import load
from bakeoff.experiments import EnsembleStudy, run
from bakeoff.experiments.specs.members import has_plane

pytestmark = pytest.mark.slow  # each draws a whole page

SMALL = {"members": [1, 2, 5], "n_resamples": 2, "n_splits": 2}


def show_page():
    from bakeoff.dashboard.views.ensembles import page as ensembles

    ensembles.show()


def show_outcome(n_evaluations):
    from bakeoff.dashboard.views.ensembles.report import show_report
    from bakeoff.dashboard.views.shared.running import Outcome
    from bakeoff.experiments import spec_from_json, stored_evaluations
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        evaluations = stored_evaluations(store, found.id)
    spec = spec_from_json(found.spec)
    show_report(Outcome(found, spec, evaluations[:n_evaluations], spec.load()))


def show_live():
    from bakeoff.dashboard.views.ensembles.page import _live
    from bakeoff.experiments import spec_from_json
    from bakeoff.recording import Store

    with Store() as store:
        (found,) = store.runs()
        entries = store.entries(found.id)
    spec = spec_from_json(found.spec)
    _live(spec, entries, spec.load())


@pytest.fixture
def page():
    test = AppTest.from_function(show_page, default_timeout=60).run()
    assert not test.exception
    return test


@pytest.fixture
def report():
    """Draw the report of a spec, or of its first evaluations."""

    def draw(spec, n_evaluations=None):
        list(run(spec))
        test = AppTest.from_function(show_outcome, args=(n_evaluations,), default_timeout=60).run()
        assert not test.exception
        return test

    return draw


def text(page):
    kinds = (page.markdown, page.caption, page.info, page.warning, page.header)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_it_opens_with_a_quick_study_of_points_in_the_plane(page):
    assert page.selectbox(key="dataset").value == "moons"
    assert page.pills(key="methods").value == ["bagging", "boosting"]
    assert "2 methods on 5 folds, 10 resamples of each: 100 ensembles of up to 25" in text(page)
    assert "Nothing has run yet" in text(page)


def test_gradient_boosting_is_offered_for_trees_alone(page):
    assert "Gradient boosting" in page.pills(key="methods").options
    page.selectbox(key="learner").set_value("svm").run()
    assert not page.exception
    assert "Gradient boosting" not in page.pills(key="svm_methods").options
    assert not [slider for slider in page.slider if slider.key == "depth"]


def test_members_that_take_long_are_fewer_until_someone_asks_for_more(page):
    page.selectbox(key="learner").set_value("mlp").run()
    assert not page.exception
    assert "5 folds, 3 resamples of each: 30 ensembles of up to 5 members" in text(page)
    page.selectbox(key="mlp_members").set_value(10).run()
    assert "30 ensembles of up to 10 members" in text(page)


def test_no_method_is_one_sentence_and_no_button_to_press(page):
    page.pills(key="methods").set_value([]).run()
    assert [warning.value for warning in page.warning] == ["Choose at least one method."]
    (button,) = [one for one in page.button if one.label == "Run the study"]
    assert button.disabled


def test_a_study_of_the_plane_ends_in_reading_and_members(report):
    page = report(EnsembleStudy("moons", **SMALL))
    assert "**Bagging**, from 1 to 5 members: The bias" in text(page)
    assert "**Boosting**, from 1 to 5 members: The bias" in text(page)
    assert "net variance" in text(page)
    assert "Boosting scores" in text(page) or "Bagging scores" in text(page)
    assert "**Bagging** up to member 1" in text(page)
    assert "For the first member, all rows weigh the same." in text(page)
    page.slider(key="member").set_value(4).run()
    assert not page.exception
    assert "**Boosting** up to member 4" in text(page)
    assert "Member 4 was trained on 250 draws from 250 rows" in text(page)
    assert list(page.table[1].value["Wrong before"].str[-4:]) == ["of 3"] * 5
    page.segmented_control(key="member_view").set_value("alone").run()
    assert "**Boosting**, member 4 alone" in text(page)


def test_boosting_that_ended_early_says_why(report):
    page = report(EnsembleStudy("moons", learner_params={"max_depth": None}, **SMALL))
    page.slider(key="member").set_value(3).run()
    assert "Boosting ended with member 1: it fits every row." in text(page)


def test_other_data_have_no_plane_and_are_told_which_have(report):
    page = report(EnsembleStudy("diabetes", methods=["bagging"], **SMALL))
    assert "Decisions can be drawn in the plane for classes of rows with two columns" in text(page)
    named = ("moons", "circles", "spirals", "xor")
    assert all(f"*{name}*" in text(page) and has_plane(load(name)) for name in named)
    assert "squared bias + variance" in text(page)
    assert "The variance" in text(page)


def test_members_of_gradient_boosting_decide_nothing(report):
    page = report(EnsembleStudy("moons", methods=["gradient_boosting"], **SMALL))
    assert "predict what is left over" in text(page)
    assert "Gradient boosting with 5 members" in text(page)


def test_svms_are_looked_at_when_it_is_asked_for(report, monkeypatch):
    from bakeoff.dashboard.views.ensembles import members as ensemble_members

    called = []
    monkeypatch.setattr(
        ensemble_members, "aside", lambda function, *args: called.append(args) or function(*args)
    )
    page = report(EnsembleStudy("moons", "svm", **SMALL))
    assert "C is n times smaller" in text(page)
    assert not called
    page.toggle(key="look_at_members").set_value(True).run()
    assert not page.exception
    assert [args[2] for args in called] == ["bagging", "boosting"]
    assert "**Bagging** up to member 1" in text(page)


def test_a_method_that_fails_is_named(report):
    page = report(EnsembleStudy("iris", "svm", learner_params={"C": -1.0}, **SMALL))
    warnings = [warning.value for warning in page.warning]
    assert [text.split(":")[0] for text in warnings] == [
        "Bagging failed 4 times", "Boosting failed 4 times",
    ]  # fmt: skip


def test_of_a_stopped_study_whole_folds_are_shown(report):
    spec = EnsembleStudy("moons", **SMALL)
    page = report(spec, n_evaluations=9)
    assert "No fold was finished by all methods" in text(page)


def test_half_of_a_study_is_reported_without_intervals(report):
    page = report(EnsembleStudy("moons", **SMALL), n_evaluations=18)
    assert "1 of 2 folds, 2 resamples of each" in text(page)
    assert "on the one fold that is done" in text(page)
    assert "These folds cannot tell" in text(page)


def test_while_it_runs_the_ensembles_that_are_done_are_drawn():
    list(run(EnsembleStudy("moons", **SMALL)))
    test = AppTest.from_function(show_live, default_timeout=60).run()
    assert not test.exception
    assert "Each dot is one ensemble" in text(test)
