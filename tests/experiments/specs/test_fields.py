"""What a field cannot hold is refused by name, and what it holds survives JSON."""

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    spec_from_json,
)
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.specs.fields import parameter_name


def test_a_parameter_is_found_by_its_own_name():
    svr = pipeline("svm_rbf", load("diabetes"))
    full = "transformedtargetregressor__regressor__C"
    assert parameter_name(svr, "C") == parameter_name(svr, full) == full
    assert parameter_name(svr, "regressor__C") == full


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("D", "'D' is not a parameter"), ("with_mean", "'with_mean' is one of .*, .*with_mean")],
)
def test_a_parameter_that_is_not_one_is_refused(name, sentence):
    with pytest.raises(ValueError, match=sentence):
        parameter_name(pipeline("svm_rbf", load("diabetes")), name)


@pytest.mark.parametrize(
    "spec",
    [
        EnsembleStudy("iris", "mlp", learner_params={"hidden_layer_sizes": (16,)}),
        Comparison("moons", ["dummy"], params={"n_samples": np.int64(80), "shape": (1, (2, 3))}),
        GridSearch("iris", "svm_rbf", space={"C": {"low": np.int64(1), "high": np.int64(5)}}),
        GridSearch("iris", "mlp", space={"hidden_layer_sizes": [(16,), (16, 16)]}),
    ],
)
def test_tuples_and_numpy_numbers_survive_json(spec):
    assert spec_from_json(spec.to_json()) == spec


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Comparison("iris", None), "models must be a sequence of names, however: None"),
        (lambda: Comparison("iris", [["mlp"]]), r"a model must be one of .*, however: \('mlp',\)"),
        (lambda: Comparison(None, ["mlp"]), "dataset must be a name, however: None"),
        (
            lambda: Comparison("iris", ["mlp"], metrics=None),
            "metrics must be a sequence of names, however: None",
        ),
        (
            lambda: Comparison("iris", ["mlp"], normalisation=["standard"]),
            r"normalisation must be one of .*, however: \['standard'\]",
        ),
        (
            lambda: Comparison("iris", ["mlp"], random_state=2**32),
            "random_state must be at most 4294967295, however: 4294967296",
        ),
        (
            lambda: Comparison("iris", ["mlp"], random_state=2**32 - 1, n_seeds=2),
            "random_state must be at most 4294967294, however: 4294967295",
        ),
        (
            lambda: EnsembleStudy("iris", n_resamples=3, random_state=2**32 - 1),
            "random_state must be at most 4294967293, however: 4294967295",
        ),
        (lambda: EnsembleStudy("iris", members=5), "members must be a sequence, however: 5"),
        (
            lambda: LearningCurve("iris", ["mlp"], train_sizes=0.5),
            "train_sizes must be a sequence, however: 0.5",
        ),
        (
            lambda: GridSearch("iris", "mlp", space=None),
            "space must be a mapping, however: None",
        ),
        (
            lambda: GridSearch("iris", "mlp", space=["C"]),
            r"space must be a mapping, however: \['C'\]",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(make, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        make()


@pytest.mark.parametrize("value", [len, {1, 2}, {1: 2}, float("nan")])
def test_what_json_cannot_give_back_is_refused_at_once(value):
    with pytest.raises(ValueError, match="params must be what JSON can hold, however: "):
        Comparison("iris", ["mlp"], params={"a": value})
    with pytest.raises(ValueError, match="values must be what JSON can hold, however: "):
        ValidationCurve("iris", "svm_rbf", "C", [value])
