"""Small nets that learn fast, and data on which any of the three families does well."""

import numpy as np
import pytest

from bakeoff import estimators
from bakeoff.estimators import (
    CNNClassifier,
    CNNRegressor,
    GRUClassifier,
    GRURegressor,
    MLPClassifier,
    MLPRegressor,
)

# Everything that the defaults might change is said, so that tuning a default breaks no test.
COMMON = {
    "norm": None,
    "dropout": 0.0,
    "solver": "adam",
    "learning_rate_init": 0.02,
    "lr_schedule": "cosine",
    "weight_decay": 0.0,
    "max_grad_norm": None,
    "batch_size": 32,
    "max_iter": 15,
    "tol": 1e-4,
    "n_iter_no_change": 10,
    "validation_fraction": 0.1,
    "random_state": 0,
    "device": "cpu",
}
MLP = {"hidden_layer_sizes": (16,), "activation": "relu"}
CNN = {
    "channels": (8,),
    "kernel_size": 3,
    "pooling": "max",
    "residual": False,
    "hidden_layer_sizes": (),
    "activation": "relu",
}
GRU = {"hidden_size": 8, "num_layers": 1, "bidirectional": False}
SMALL = {
    MLPClassifier: MLP,
    MLPRegressor: MLP,
    CNNClassifier: CNN,
    CNNRegressor: CNN,
    GRUClassifier: GRU,
    GRURegressor: GRU,
}
assert {each.__name__ for each in SMALL} == set(estimators.__all__), "an estimator has no small net"


@pytest.fixture(scope="session")
def small():
    """``small(Estimator, **parameters)``: an instance that fits in about a tenth of a second."""

    def build(estimator, **parameters):
        return estimator(**{**COMMON, **SMALL[estimator], **parameters})

    return build


@pytest.fixture(params=[MLPClassifier, CNNClassifier, GRUClassifier], ids=lambda e: e.__name__)
def classifier(request, small):
    return small(request.param)


@pytest.fixture(params=[MLPRegressor, CNNRegressor, GRURegressor], ids=lambda e: e.__name__)
def regressor(request, small):
    return small(request.param)


@pytest.fixture(scope="session")
def labelled():
    """``X (120, 6), y``: whether the sum of the features is positive."""
    X = np.random.RandomState(0).normal(size=(120, 6))
    return X, (X.sum(axis=1) > 0).astype(int)


@pytest.fixture(scope="session")
def valued():
    """``X (120, 6), y``: three times the sum of the features, plus ten."""
    X = np.random.RandomState(1).normal(size=(120, 6))
    return X, 3.0 * X.sum(axis=1) + 10.0
