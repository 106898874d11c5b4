import json

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from bakeoff.datasets import load
from bakeoff.experiments import CATALOGUE
from bakeoff.experiments.models.catalogue import pipeline, search_space

MODELS = sorted(set(CATALOGUE) - {"dummy"})
SVMS = [key for key in MODELS if key.startswith("svm")]
SCALINGS = ["exact", "nystroem", "subsample"]


def test_the_catalogue_is_keyed_by_its_own_keys_and_labels_are_unique():
    assert all(key == model.key for key, model in CATALOGUE.items())
    assert len({model.label for model in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("key", MODELS)
def test_normalisation_is_the_first_step_of_the_pipeline(key):
    data = load("iris")
    assert isinstance(pipeline(key, data, "standard")[0], StandardScaler)
    assert isinstance(pipeline(key, data, "minmax")[0], MinMaxScaler)
    assert len(pipeline(key, data, "none")) == 1


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("digits", "cnn", {"input_shape": (1, 8, 8), "convolution": "auto"}),
        ("digits", "gru", {"input_shape": (8, 8)}),
        ("counting", "cnn", {"input_shape": (30, 2), "convolution": "1d"}),
        ("counting", "gru", {"input_shape": (30, 2)}),
        ("wine", "cnn", {"input_shape": None}),
        ("wine", "gru", {"input_shape": None}),
    ],
)
def test_cnn_and_gru_are_told_the_shape_of_a_row(name, key, expected):
    params = pipeline(key, load(name))[-1].get_params()
    assert {param: params[param] for param in expected} == expected


@pytest.mark.parametrize("key", MODELS)
def test_padding_reaches_only_models_that_mask_it(key):
    steps = [type(step) for step in pipeline(key, load("counting"))]
    assert (SimpleImputer in steps) == (key not in {"cnn", "gru"})


@pytest.mark.slow
@pytest.mark.parametrize("key", CATALOGUE)
@pytest.mark.parametrize(
    ("name", "params"),
    [("iris", {}), ("diabetes", {}), ("counting", {"n_samples": 60})],
)
def test_every_model_fits_and_predicts_on_every_kind_of_data(key, name, params):
    data = load(name, **params)
    rows = np.arange(0, len(data.y), max(1, len(data.y) // 60))
    predicted = pipeline(key, data).fit(data.X[rows], data.y[rows]).predict(data.X[rows])
    assert predicted.shape == (len(rows),)
    assert np.isfinite(predicted).all()


def test_svr_measures_the_target_in_standard_deviations():
    data = load("diabetes")
    small, large = (
        pipeline("svm_rbf", data).fit(data.X, data.y * unit).predict(data.X) / unit
        for unit in (1.0, 1000.0)
    )
    np.testing.assert_allclose(small, large)


def test_the_seed_reaches_the_nets():
    assert pipeline("mlp", load("iris"), random_state=7)[-1].random_state == 7


@pytest.mark.parametrize("key", ["forest", "boosting"])
def test_the_seed_reaches_the_ensembles(key):
    assert pipeline(key, load("iris"), random_state=7)[-1].random_state == 7


def test_logistic_regression_converges_without_a_scaler():
    data = load("wine")
    model = pipeline("logistic", data, "none").fit(data.X, data.y)  # a warning is an error here
    assert model.score(data.X, data.y) > 0.95


@pytest.mark.parametrize("name", ["iris", "diabetes"])
@pytest.mark.parametrize("key", SVMS)
@pytest.mark.parametrize("svm", ["nystroem", "subsample"])
def test_svms_that_scale_fit_and_predict(key, name, svm):
    data = load(name)
    predicted = pipeline(key, data, svm=svm, svm_size=40).fit(data.X, data.y).predict(data.X)
    assert predicted.shape == data.y.shape
    assert np.isfinite(predicted).all()


@pytest.mark.parametrize("name", ["wine", "diabetes"])
@pytest.mark.parametrize("svm", ["nystroem", "subsample"])
def test_svms_that_scale_are_near_the_exact_one(name, svm):
    data = load(name)
    exact, scaled = (
        pipeline("svm_rbf", data, svm=how).fit(data.X, data.y).score(data.X, data.y)
        for how in ("exact", svm)
    )
    assert abs(exact - scaled) < 0.05


def test_the_size_and_the_seed_reach_what_they_shrink():
    data = load("iris")
    features = pipeline("svm_poly", data, random_state=7, svm="nystroem", svm_size=30)[-2]
    assert (features.kernel, features.n_components, features.random_state) == ("poly", 30, 7)
    subset = pipeline("svm_poly", data, random_state=7, svm="subsample", svm_size=30)[-1]
    assert (subset.estimator.kernel, subset.max_rows, subset.random_state) == ("poly", 30, 7)
    assert subset.fit(data.X, data.y).n_rows_used_ == 30


@pytest.mark.parametrize("svm", ["nystroem", "subsample"])
@pytest.mark.parametrize("key", sorted(set(CATALOGUE) - set(SVMS)))
def test_how_svms_scale_is_nothing_to_the_others(key, svm):
    data = load("iris")
    assert repr(pipeline(key, data, svm=svm)) == repr(pipeline(key, data))


def test_a_linear_kernel_needs_no_features():
    assert len(pipeline("svm_linear", load("iris"), "none", svm="nystroem")) == 1


def test_an_unknown_way_to_train_svms_is_refused():
    with pytest.raises(ValueError, match="exact, nystroem, subsample, however: 'primal'"):
        pipeline("svm_rbf", load("iris"), svm="primal")


@pytest.mark.parametrize("name", ["iris", "diabetes"])
@pytest.mark.parametrize("key", CATALOGUE)
@pytest.mark.parametrize("svm", SCALINGS)
def test_a_search_space_names_each_parameter_of_the_pipeline_once(key, name, svm):
    data, space = load(name), CATALOGUE[key].space
    found = search_space(key, data, svm=svm)
    absent = {"epsilon", "alpha"} if data.task == "classification" else set()
    if key == "logistic" and data.task == "regression":
        absent = {"C"}
    assert sorted(full.rsplit("__", 1)[1] for full in found) == sorted(set(space) - absent)
    values = {full: choices(found[full])[0] for full in found}
    params = pipeline(key, data, svm=svm).set_params(**values).get_params()
    assert {full: params[full] for full in values} == values


def choices(values):
    return [values["low"], values["high"]] if isinstance(values, dict) else values


@pytest.mark.parametrize("name", ["iris", "diabetes"])
@pytest.mark.parametrize("key", MODELS)
def test_a_search_space_lies_around_the_defaults(key, name):
    data = load(name)
    defaults = pipeline(key, data).get_params()
    for full, values in search_space(key, data).items():
        default = defaults[full]
        if isinstance(values, dict):
            assert values["low"] < values["high"]
            # "scale" and "auto" are numbers only in fit; a log scale cannot reach 0.
            if not isinstance(default, str) and not (values["log"] and default == 0):
                assert values["low"] <= default <= values["high"], full
        else:
            assert (list(default) if isinstance(default, tuple) else default) in values, full


@pytest.mark.parametrize("name", ["iris", "diabetes"])
@pytest.mark.parametrize("key", MODELS)
@pytest.mark.parametrize("end", [0, -1])
def test_both_ends_of_a_search_space_can_be_fitted(key, name, end):
    data = load(name)
    values = {
        full: tuple(value) if isinstance(value := choices(found)[end], list) else value
        for full, found in search_space(key, data).items()
    }
    model = pipeline(key, data).set_params(**values)
    if CATALOGUE[key].family == "net":
        model[-1].set_params(max_iter=1)
    rows = slice(None, None, 3)
    assert np.isfinite(model.fit(data.X[rows], data.y[rows]).predict(data.X)).all()


def test_search_spaces_go_through_json():
    spaces = {key: model.space for key, model in CATALOGUE.items()}
    assert json.loads(json.dumps(spaces)) == spaces
    empty = [key for key in spaces if not spaces[key]]
    assert empty == ["dummy"], "a model without a space cannot be tuned: see models/spaces.py"
