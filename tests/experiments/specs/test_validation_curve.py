import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold, validation_curve

from bakeoff.datasets import load
from bakeoff.experiments import ValidationCurve, run, score_curve
from bakeoff.experiments.models.catalogue import pipeline


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"model": "oracle"}, "model must be one of mlp, .*, however: 'oracle'"),
        ({"values": []}, r"values must have at least one value, however: \(\)"),
    ],
)
def test_a_curve_that_cannot_be_run_says_why(values, sentence):
    given = {"dataset": "iris", "model": "svm_rbf", "parameter": "C", "values": [1.0]}
    with pytest.raises(ValueError, match=sentence):
        ValidationCurve(**{**given, **values})


def test_values_as_a_bare_string_are_refused():
    with pytest.raises(TypeError, match="values must be a sequence, however: 'scale'"):
        ValidationCurve("iris", "svm_rbf", "gamma", "scale")


def test_scores_are_those_of_scikit_learn_on_the_same_folds():
    data, values = load("wine"), [0.001, 0.1, 10.0]
    spec = ValidationCurve("wine", "svm_rbf", "gamma", values, n_splits=3)
    evaluations = list(run(spec, data))
    cv = StratifiedKFold(3, shuffle=True, random_state=0)
    train, test = validation_curve(
        pipeline("svm_rbf", data),
        data.X,
        data.y,
        param_name="svc__gamma",
        param_range=values,
        cv=cv,
    )
    for value, of_train, of_test in zip(values, train, test, strict=True):
        found = [e for e in evaluations if e.params == {"gamma": value}]
        np.testing.assert_array_equal([e.train_scores["accuracy"] for e in found], of_train)
        np.testing.assert_array_equal([e.score for e in found], of_test)
    assert list(score_curve(evaluations, "gamma").gamma) == sorted(values * 2)


def test_a_value_that_the_model_refuses_leaves_the_others():
    spec = ValidationCurve("wine", "svm_rbf", "C", [-1.0, 1.0], n_splits=2)
    table = score_curve(list(run(spec)), "C").query("part == 'test'")
    assert list(table.failed) == [2, 0]
    assert np.isnan(table["mean"].iloc[0])
    assert table["mean"].iloc[1] > 0.9


def test_values_can_be_sizes_of_layers():
    spec = ValidationCurve("iris", "mlp", "hidden_layer_sizes", [[4], [8, 8]], n_splits=2)
    (task, *_) = next(spec.rounds(spec.load()))
    assert task.estimator[-1].hidden_layer_sizes == (4,)
