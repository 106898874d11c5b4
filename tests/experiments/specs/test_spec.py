import json
from dataclasses import fields, replace

import numpy as np
import pytest

import bakeoff.experiments
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    spec_from_json,
)
from bakeoff.experiments.findings import FINDINGS
from bakeoff.experiments.specs.spec import kinds

SPECS = [
    Comparison("moons", ["mlp", "svm_rbf"], params={"n_samples": 60}, n_seeds=2, budget=5),
    LearningCurve("iris", ["mlp"], over="epochs", train_sizes=[10, 0.5], metrics=["f1_macro"]),
    ValidationCurve("iris", "mlp", "hidden_layer_sizes", [(16,), [64, 64], np.int64(8)]),
    EnsembleStudy("iris", "svm", methods=["boosting"], members=[1, 5], learner_params={"C": 9}),
    GridSearch(
        "iris",
        "mlp",
        space={"hidden_layer_sizes": [[16], [64, 64]], "dropout": {"low": 0, "high": 1}},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: type(spec).__name__)
def test_a_spec_goes_through_json_and_back(spec):
    text = spec.to_json()
    assert json.loads(text)["kind"] == type(spec).__name__
    assert spec_from_json(text) == spec
    assert type(spec).from_json(text) == spec
    assert spec_from_json(text).to_json() == text


def test_every_kind_of_spec_is_among_them():
    assert {type(spec) for spec in SPECS} == set(kinds().values())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: type(spec).__name__)
def test_a_kind_says_what_others_must_know_of_it(spec):
    names = {one.name for one in fields(spec)}
    assert spec.label
    assert set(spec.field_labels) == names - {"svm_seconds"}
    assert spec.idle() <= names
    assert spec.unpaired in {"", *FINDINGS}
    call = spec.table("classification").partition("(")[0]
    assert call in bakeoff.experiments.__all__


def test_in_a_study_of_ensembles_the_models_are_methods():
    key = "boosting"  # in the catalogue, trees of another kind
    assert EnsembleStudy.model_label(key) == "Boosting"
    assert {GridSearch.model_label(key), Comparison.model_label(key)} == {"Boosted trees"}


def test_what_changes_nothing_is_idle():
    plain = Comparison("iris", ["mlp"])
    assert plain.idle() == {
        *("svm_seconds", "svm", "n_seeds", "leak", "inner_splits", "fold_pairs"),
    }
    assert replace(plain, svm="nystroem", n_seeds=2, leak=True, budget=1).idle() == {
        *("svm_seconds", "fold_pairs"),
    }
    assert "fold_pairs" not in replace(plain, fold_pairs=True).idle()
    grid = GridSearch("iris", "mlp", method="grid")
    assert grid.idle() == {"svm_seconds", "svm", "inner_splits", "n_candidates", "batch"}
    assert replace(grid, method="random", nested=True).idle() == {"svm_seconds", "svm", "batch"}
    assert replace(grid, method="bayesian", nested=True).idle() == {"svm_seconds", "svm"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"normalisation": "zscore"}, "one of standard, minmax, none, however: 'zscore'"),
        ({"svm": "fast"}, "svm must be one of exact, nystroem, subsample, however: 'fast'"),
        ({"metrics": ["acuracy"]}, "a metric must be one of .*, however: 'acuracy'"),
        ({"metrics": ["r2", "r2"]}, "'r2' is repeated"),
        ({"n_splits": 1}, "n_splits must be an integer of at least 2, however: 1"),
        ({"n_splits": 2.5}, "n_splits must be an integer of at least 2, however: 2.5"),
        ({"n_repeats": 0}, "n_repeats must be an integer of at least 1, however: 0"),
        ({"random_state": -1}, "random_state must be an integer of at least 0, however: -1"),
        ({"random_state": True}, "random_state must be an integer .*, however: True"),
    ],
)
def test_a_spec_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        Comparison("iris", ["dummy"], **values)


def test_a_metric_as_a_bare_string_is_refused():
    with pytest.raises(TypeError, match="metrics must be a sequence of names, however: 'r2'"):
        Comparison("iris", ["dummy"], metrics="r2")


def test_a_name_is_checked_when_it_is_loaded():
    spec = Comparison("irises", ["dummy"])
    with pytest.raises(ValueError, match="there is no data set 'irises'"):
        spec.load()


def test_json_that_is_not_this_spec_is_refused():
    with pytest.raises(ValueError, match="a Comparison has no field 'colour'"):
        Comparison.from_json('{"dataset": "iris", "models": ["dummy"], "colour": 1}')
    with pytest.raises(ValueError, match="kind must be 'Comparison', however: 'GridSearch'"):
        Comparison.from_json(GridSearch("iris", "mlp").to_json())
    with pytest.raises(ValueError, match=r"kind must be one of Comparison, .*, however: 'Race'"):
        spec_from_json('{"kind": "Race"}')


@pytest.mark.parametrize("limit", ["x", None, 0, -1.0])
def test_a_limit_that_is_no_number_above_zero_is_named(limit):
    with pytest.raises(ValueError, match="svm_seconds must be above 0, however: "):
        Comparison("iris", ["dummy"], svm_seconds=limit)


@pytest.mark.parametrize("text", ["[]", "null", "{"])
def test_text_that_is_no_json_object_is_no_spec(text):
    for read in (spec_from_json, Comparison.from_json):
        with pytest.raises(ValueError, match="a spec must be a JSON object, however: "):
            read(text)
