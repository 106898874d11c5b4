from dataclasses import replace

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, Evaluation, disagreements, run

IRIS = load("iris")


def evaluation(model, predicted, test, probabilities=None, data=IRIS, **labels):
    return Evaluation(
        model=model,
        repeat=0,
        fold=1,
        scores={"accuracy": 0.5},
        fit_seconds=0.1,
        score_seconds=0.1,
        n_train=100,
        test=np.array(test),
        actual=data.y[test],
        predicted=np.array(predicted),
        probabilities=probabilities,
        **labels,
    )


def test_rows_that_two_classifiers_tell_apart_and_who_is_right():
    test = [0, 60, 61, 120]  # of the classes 0, 1, 1, 2
    shares = np.array([[0.9, 0.1, 0], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4], [0.0, 0.6, 0.4]])
    evaluations = [
        evaluation("mlp", [0, 2, 2, 1], test, shares),
        evaluation("mlp", [2, 2, 2, 2], test, inner=0),  # of a search
        evaluation("svm_rbf", [0, 1, 0, 2], test),
    ]
    table = disagreements(evaluations, IRIS, "mlp", "svm_rbf", fold=1)
    assert list(table.row) == [60, 61, 120]
    assert list(table.nearer) == ["svm_rbf", None, "svm_rbf"]
    assert list(table.p_predicted) == [0.7, 0.4, 0.6]
    assert list(table.p_actual) == [0.2, 0.3, 0.4]
    assert table.other_p_actual.isna().all()


def test_all_folds_of_a_repeat_are_asked_unless_one_is_named():
    spec = Comparison("iris", ["logistic", "forest"], n_splits=3, n_repeats=2)
    evaluations = list(run(spec))
    table = disagreements(evaluations, IRIS, *spec.models, repeat=1)
    folds = [
        disagreements(evaluations, IRIS, *spec.models, repeat=1, fold=fold) for fold in range(3)
    ]
    assert list(table.row) == [row for one in folds for row in one.row]
    one, other = (
        np.concatenate([e.predicted for e in evaluations if (e.model, e.repeat) == (key, 1)])
        for key in spec.models
    )
    assert len(table) == (one != other).sum() > 0


def test_a_class_that_the_training_rows_lack_has_no_probability():
    rows = np.r_[0:50, 100:103]
    data = replace(IRIS, X=IRIS.X[rows], y=IRIS.y[rows], target_names=("setosa", "virginica"))
    evaluations = [
        evaluation("mlp", [0, 0, 0], [50, 51, 52], np.ones((3, 1)), data),
        evaluation("svm_rbf", [2, 2, 2], [50, 51, 52], None, data),
    ]
    table = disagreements(evaluations, data, "mlp", "svm_rbf", fold=1)
    assert list(table.p_predicted) == [1, 1, 1]
    assert table.p_actual.isna().all()


def test_regressions_part_most_first_and_the_nearer_is_named():
    data = load("diabetes")
    truth = data.y[[3, 4, 5]]
    evaluations = [
        evaluation("mlp", truth + np.array([1, 0, 30]), [3, 4, 5], data=data),
        evaluation("svm_rbf", truth + np.array([-2, 0, -10]), [3, 4, 5], data=data),
    ]
    table = disagreements(evaluations, data, "mlp", "svm_rbf", fold=1)
    assert list(table.row) == [5, 3]  # on row 4 they say the same
    assert list(table.nearer) == ["svm_rbf", "mlp"]


def test_several_targets_are_apart_as_points_are():
    data = load("diabetes")
    data = replace(data, y=np.stack([data.y, -data.y], axis=1), target_names=("up", "down"))
    evaluations = [
        evaluation("mlp", data.y[[3, 4]] + [[1, 1], [3, 4]], [3, 4], data=data),
        evaluation("svm_rbf", data.y[[3, 4]] + [[2, 2], [0, 0]], [3, 4], data=data),
    ]
    table = disagreements(evaluations, data, "mlp", "svm_rbf", fold=1)
    assert list(table.row) == [4, 3]
    assert list(table.nearer) == ["svm_rbf", "mlp"]


def test_a_model_that_failed_there_has_nothing_to_disagree_with():
    evaluations = [evaluation("mlp", [0], [0]), evaluation("svm_rbf", [], [0])]
    with pytest.raises(KeyError, match="svm_rbf has no predictions on fold 1"):
        disagreements(evaluations, IRIS, "mlp", "svm_rbf", fold=1)
