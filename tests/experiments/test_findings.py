"""A finding for a script: in English, with numbers as Python writes them."""

import pickle

from bakeoff.experiments.findings import Finding
from bakeoff.experiments.runs.history import IncomparableError

GAIN = {"best": "MLP", "rival": "CNN", "metric": "accuracy", "gain": 1 / 3, "low": -0.1, "high": 1}


def test_numbers_have_three_digits():
    found = str(Finding("verdict_gain", {**GAIN, "role": Finding("role_second")}))
    assert "it gains 0.333, with a 95% interval from -0.1 to 1." in found


def test_a_finding_may_be_a_fact_of_another():
    found = str(Finding("verdict_gain", {**GAIN, "role": Finding("role_second")}))
    assert "Against CNN, the runner-up, it gains" in found


def test_an_error_keeps_its_finding_on_its_way_from_another_process():
    problem = IncomparableError(Finding("no_scores"))
    again = pickle.loads(pickle.dumps(problem))
    assert again.finding == problem.finding
    assert str(again) == "None of these runs has a score yet."
