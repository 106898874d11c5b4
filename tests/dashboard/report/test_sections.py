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
from bakeoff.experiments.statistics.designs import SIMULATED, Design
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


def test_the_two_questions_have_sections_of_their_own():
    found = by_name(outcome_of(replace(COMPARISON, n_repeats=2, fold_pairs=True)))
    assert "would the one win on another sample of this size?" in found["pairs"].title
    assert "Fits without each pair of folds show" in found["pairs"].caption
    assert found["fitted"].title == "Did these fitted models differ on these rows?"
    assert "This answers nothing about the learners" in found["fitted"].caption
    assert len(found["fitted_pairs"].table) == 6
    assert "was not simulated" in found["cannot"].text  # 3 folds


@pytest.mark.parametrize("fold_pairs", [True, False])
def test_a_score_that_is_no_mean_over_rows_is_said_to_be_none(fold_pairs):
    spec = replace(COMPARISON, metrics=["f1_macro"], fold_pairs=fold_pairs)
    found = by_name(outcome_of(spec))
    assert "must be a mean over rows" in found["fitted"].text
    assert "fitted_pairs" not in found
    caption = found["pairs"].caption
    assert ("so fits without pairs of folds tell nothing of it" in caption) == fold_pairs
    assert "rule of thumb" in caption


def test_the_rate_of_the_design_is_said():
    found = by_name(outcome_of(replace(COMPARISON, n_splits=5, n_repeats=2)))
    worst = SIMULATED[Design(5, 2)].worst
    assert f"and in {worst:.0%} with the worst of twelve learners" in found["cannot"].text


def test_one_other_pair_is_one():
    spec = replace(COMPARISON, models=("svm_rbf", "svm_linear", "dummy"))
    assert by_name(outcome_of(spec))["other_pairs"].title == "The other pair"


def test_before_the_end_there_is_no_verdict_no_group_and_no_pair():
    found = by_name(outcome_of(COMPARISON, stop_after=8))
    assert found["verdict"].title == "The verdict is locked"
    assert "Tie group" not in found["leaderboard"].table
    assert not {"pairs", "fitted", "fitted_pairs"} & set(found)


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
