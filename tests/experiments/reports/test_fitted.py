from dataclasses import replace

import pytest

from bakeoff.experiments import Comparison, best_fitted, fitted_pairs, run
from bakeoff.experiments.reports.fitted import fitted_findings

SPEC = Comparison("iris", ["svm_rbf", "svm_linear", "dummy"])


@pytest.fixture(scope="module")
def done():
    return list(run(SPEC))


def codes(findings):
    return [finding.code for finding in findings]


def test_it_says_whether_they_differ_which_may_be_best_and_what_that_does_not_say(done):
    told = fitted_findings(done, "svm_rbf", "dummy")
    assert codes(told) == ["fitted_win", "fitted_set", "fitted_only"]
    assert codes(fitted_findings(done, "svm_linear", "svm_rbf"))[0] == "fitted_open"
    assert told[1].facts["models"] == "SVM linear, SVM RBF"
    assert "answers nothing about the learners" in str(told[2])


def test_its_numbers_are_those_of_the_table_corrected_for_all_pairs(done):
    row = fitted_pairs(done).set_index(["model", "other"]).loc[("svm_rbf", "dummy")]
    facts = fitted_findings(done, "svm_rbf", "dummy")[0].facts
    assert facts["best"] == "SVM RBF"
    assert [facts[name] for name in ("gain", "low", "high", "p")] == list(
        row[["difference", "low", "high", "p_holm"]]
    )


def test_one_that_is_the_best_alone_is_named():
    done = list(run(replace(SPEC, models=["svm_rbf", "dummy"])))
    assert best_fitted(done) == ["svm_rbf"]
    assert codes(fitted_findings(done, "svm_rbf", "dummy"))[1] == "fitted_alone"


def test_without_losses_by_row_it_says_what_it_would_take():
    done = list(run(replace(SPEC, metrics=["f1_macro"])))
    (only,) = fitted_findings(done, "svm_rbf", "dummy")
    assert "must be a mean over rows" in str(only)
    assert "f1_macro is none" in str(only)
