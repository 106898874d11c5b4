"""The sections of a report: what a page and a file both draw."""

from dataclasses import replace

import pytest

from bakeoff.dashboard.report import Outcome, sections
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    run,
    spec_from_json,
    stored_evaluations,
)
from bakeoff.recording import Store

COMPARISON = Comparison("iris", ["svm_rbf", "svm_linear", "logistic", "dummy"], n_splits=3)
SPECS = [
    COMPARISON,
    Comparison("diabetes", ["svm_rbf", "dummy"], n_splits=3),
    LearningCurve("iris", ["svm_rbf"], train_sizes=[0.2, 1.0], n_splits=3),
    EnsembleStudy("iris", members=[1, 3], n_resamples=2, n_splits=2),
    GridSearch("iris", "svm_rbf", method="halving", n_candidates=9, n_splits=2),
]


def outcome_of(spec, stop_after=None):
    for done, _ in enumerate(run(spec), 1):
        if done == stop_after:
            break
    with Store() as store:
        found = store.runs()[0]
        evaluations = stored_evaluations(store, found.id)
    return Outcome(found, spec_from_json(found.spec), evaluations, spec.load())


def by_name(outcome):
    found = sections(outcome)
    named = {one.name: one for one in found}
    assert len(named) == len(found)
    return named


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{type(spec).__name__}-{spec.dataset}")
def test_each_has_a_name_of_its_own_and_each_chart_a_description(spec):
    found = by_name(outcome_of(spec))
    charts = [one.chart for one in found.values() if one.chart is not None]
    assert charts
    assert all(chart.description for chart in charts)
    assert {"done", "cannot"} <= set(found)
    assert all(one.title for one in found.values() if one.folded)


def test_a_comparison_has_tie_groups_and_every_pair():
    found = by_name(outcome_of(COMPARISON))
    assert list(found["leaderboard"].table["Tie group"]) == ["a", "a", "a", "b"]
    assert len(found["pairs"].table) == 6
    sentences = found["pairs_of_the_best"].text.split("\n") + found["other_pairs"].text.split("\n")
    assert len(sentences) == 6


def test_one_other_pair_is_one():
    spec = replace(COMPARISON, models=("svm_rbf", "svm_linear", "dummy"))
    assert by_name(outcome_of(spec))["other_pairs"].title == "The other pair"


def test_before_the_end_there_is_no_verdict_no_group_and_no_pair():
    found = by_name(outcome_of(COMPARISON, stop_after=8))
    assert found["verdict"].title == "The verdict is locked"
    assert "Tie group" not in found["leaderboard"].table
    assert "pairs" not in found


def test_a_leak_is_said_beside_the_verdict():
    found = by_name(outcome_of(replace(COMPARISON, leak=True)))
    assert found["warnings"].warnings[0].startswith("This run leaks on purpose")


def test_whatever_failed_is_said_with_its_reason_as_text():
    broken = replace(COMPARISON, model_params={"svm_rbf": {"kernel": "**no**"}})
    (warning,) = by_name(outcome_of(broken))["warnings"].warnings
    assert warning.startswith("SVM RBF failed in 3 fits: ")
    assert r"\*\*no\*\*" in warning


def test_of_a_study_that_was_stopped_whole_folds_are_told():
    found = by_name(outcome_of(SPECS[3], stop_after=1))
    assert "nothing to compare yet" in found["nothing"].text
