"""Runs that exact kernel SVMs would hold up are refused, with the way out."""

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, EnsembleStudy, run
from bakeoff.experiments.svm_limit import CostlyError
from bakeoff.recording import Store


@pytest.fixture(scope="module")
def many():
    return load("moons", n_samples=6000, noise=0.4)


@pytest.mark.parametrize(
    "spec",
    [
        Comparison("moons", ["dummy", "svm_rbf"], n_splits=2, svm_seconds=1e-4),
        EnsembleStudy("moons", "svm", members=[2], n_splits=2, svm_seconds=1e-4),
    ],
)
def test_a_run_that_would_take_too_long_is_refused_before_its_first_fit(many, spec):
    with pytest.raises(CostlyError, match=r"would take about .* a fit on 3,000 rows .*0\.0001"):
        list(run(spec, many))
    with Store() as store:
        (refused,) = store.runs()
    assert (refused.state, refused.done) == ("failed", 0)
    assert "choose svm='nystroem' or svm='subsample'" in refused.reason


@pytest.mark.parametrize(("svm", "rows"), [("nystroem", 3000), ("subsample", 2000)])
def test_the_ways_out_run_and_the_report_says_which(many, svm, rows):
    spec = Comparison("moons", ["svm_rbf"], n_splits=2, svm=svm, svm_seconds=1e-4)
    evaluations = list(run(spec, many))
    assert [e.n_train for e in evaluations] == [rows] * 2
    assert all(e.variant for e in evaluations)
    assert np.mean([e.score for e in evaluations]) > 0.8


def test_few_rows_are_not_even_estimated(monkeypatch):
    monkeypatch.setattr("bakeoff.experiments.svm_limit.estimate_fit_seconds", None)
    assert len(list(run(Comparison("iris", ["svm_rbf"], n_splits=2, svm_seconds=1e-9)))) == 2
