import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from bakeoff.dashboard.experiments import CATALOGUE, pipeline
from bakeoff.datasets import load

MODELS = sorted(set(CATALOGUE) - {"dummy"})


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
