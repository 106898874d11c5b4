import numpy as np
import pytest

from bakeoff.experiments import Comparison
from bakeoff.experiments.scorers import margin, score_limits


@pytest.mark.parametrize(
    ("scorer", "task", "limits"),
    [
        ("accuracy", "classification", (0.0, 1.0)),
        ("matthews_corrcoef", "classification", (-1.0, 1.0)),
        ("r2", "regression", (None, 1.0)),
        ("neg_mean_absolute_error", "regression", (None, 0.0)),
        ("neg_log_loss", "classification", (None, 0.0)),
    ],
)
def test_a_score_ends_where_it_must(scorer, task, limits):
    assert score_limits(scorer, task) == limits


def test_an_error_is_measured_by_the_spread_of_the_target():
    y = np.array([-100.0, 100.0])
    assert margin("neg_root_mean_squared_error", y) == 1.0
    assert margin("r2", y) == 0.01


def test_a_spec_ranks_by_its_first_metric_or_by_that_of_the_task():
    assert Comparison("iris", ["dummy"]).scorer("classification") == "accuracy"
    assert Comparison("iris", ["dummy"]).scorer("regression") == "r2"
    metrics = ["f1_macro", "accuracy"]
    assert Comparison("iris", ["dummy"], metrics=metrics).scorer("classification") == "f1_macro"
