from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments import Comparison, run
from bakeoff.experiments.runs.past_times import fit_seconds_before
from bakeoff.recording import Store

SPEC = Comparison("iris", ["svm_rbf", "dummy"], n_splits=2)


def test_it_is_the_median_of_all_fits_on_the_same_data():
    evaluations = [*run(SPEC), *run(replace(SPEC, random_state=1))]
    list(run(replace(SPEC, dataset="wine")))
    with Store() as store:
        found = fit_seconds_before(store, "iris", {})
    assert found.keys() == {"svm_rbf", "dummy"}
    seconds = [e.fit_seconds for e in evaluations if e.model == "svm_rbf"]
    assert found["svm_rbf"] == pytest.approx(np.median(seconds))


def test_other_rows_of_the_same_name_are_other_data():
    list(run(replace(SPEC, dataset="moons", params={"n_samples": 60})))
    with Store() as store:
        assert fit_seconds_before(store, "moons", {"n_samples": 60}).keys() == {"svm_rbf", "dummy"}
        assert fit_seconds_before(store, "moons", {}) == {}


def test_a_failed_fit_has_no_time(broken):
    list(run(replace(SPEC, models=(broken, "dummy"))))
    with Store() as store:
        assert fit_seconds_before(store, "iris", {}).keys() == {"dummy"}
