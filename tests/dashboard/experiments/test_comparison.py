import json

import numpy as np
import pytest
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score

from bakeoff.dashboard.experiments import Comparison, compare, pipeline
from bakeoff.datasets import load

FAST = ["svm_rbf", "dummy"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"models": []}, r"models must name at least one model, however: \(\)"),
        ({"models": ["svm_rbf", "svm_rbf"]}, "'svm_rbf' is repeated"),
        ({"models": ["forest"]}, "a model must be one of mlp, .*, however: 'forest'"),
        ({"dataset": "irises"}, "dataset must be one of .*, however: 'irises'"),
        ({"normalisation": "zscore"}, "one of standard, minmax, none, however: 'zscore'"),
        ({"n_splits": 1}, "n_splits must be an integer of at least 2, however: 1"),
        ({"n_splits": 2.5}, "n_splits must be an integer of at least 2, however: 2.5"),
        ({"n_repeats": 0}, "n_repeats must be an integer of at least 1, however: 0"),
        ({"random_state": -1}, "random_state must be an integer of at least 0, however: -1"),
        ({"random_state": True}, "random_state must be an integer .*, however: True"),
    ],
)
def test_a_spec_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        Comparison(**{"dataset": "iris", "models": FAST, **values})


def test_one_model_as_a_bare_string_is_refused():
    with pytest.raises(TypeError, match="must be a sequence of keys, however: 'mlp'"):
        Comparison("iris", models="mlp")


def test_a_spec_goes_through_json_and_back():
    spec = Comparison(
        "moons", FAST, params={"n_samples": 60}, n_splits=3, n_repeats=2, random_state=4
    )
    assert Comparison.from_json(spec.to_json()) == spec
    assert json.loads(spec.to_json())["params"] == {"n_samples": 60}


def test_json_with_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="a Comparison has no field 'colour'"):
        Comparison.from_json('{"dataset": "iris", "models": ["dummy"], "colour": 1}')


def test_more_folds_than_rows_of_a_class_are_refused():
    with pytest.raises(ValueError, match="rows of class 2 in 'wine', 48, however: 49"):
        next(compare(Comparison("wine", FAST, n_splits=49)))


def test_more_folds_than_rows_are_refused_in_a_regression():
    with pytest.raises(ValueError, match="number of rows in 'diabetes', 442, however: 443"):
        next(compare(Comparison("diabetes", FAST, n_splits=443)))


def test_scores_are_those_of_cross_val_score_on_the_same_folds():
    spec = Comparison("wine", FAST, n_splits=3, n_repeats=2, random_state=5)
    data = load("wine")
    folds = RepeatedStratifiedKFold(n_splits=3, n_repeats=2, random_state=5)
    evaluations = list(compare(spec))
    assert len(evaluations) == spec.n_evaluations == 12
    for key in FAST:
        scores = [e.score for e in evaluations if e.model == key]
        expected = cross_val_score(pipeline(key, data), data.X, data.y, cv=folds)
        np.testing.assert_array_equal(scores, expected)


def test_folds_come_one_by_one_with_all_their_models():
    arriving = compare(Comparison("iris", FAST, n_splits=3))
    order = [(e.repeat, e.fold, e.model) for e in arriving]
    assert order == [(0, fold, model) for fold in range(3) for model in FAST]


def test_every_model_sees_the_same_folds_and_every_row_is_tested_once_per_repeat():
    evaluations = list(compare(Comparison("diabetes", FAST, n_splits=4, n_repeats=2)))
    for repeat in range(2):
        by_model = [
            [e.test for e in evaluations if e.model == key and e.repeat == repeat] for key in FAST
        ]
        for one, other in zip(*by_model, strict=True):
            np.testing.assert_array_equal(one, other)
        np.testing.assert_array_equal(np.sort(np.concatenate(by_model[0])), np.arange(442))


def test_a_failing_model_does_not_stop_the_others(broken):
    evaluations = list(compare(Comparison("iris", [broken, "dummy"], n_splits=3)))
    assert [np.isnan(e.score) for e in evaluations] == [True, False] * 3
