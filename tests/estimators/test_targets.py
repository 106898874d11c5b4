"""Labels and values of any type come back as they were given."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from sklearn.exceptions import DataConversionWarning

from bakeoff.estimators import CNNRegressor, GRURegressor, MLPClassifier, MLPRegressor


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["no", "yes, surely"]),
        np.array([False, True]),
        np.array([-7, 3]),
        np.array([1.0, 2.0]),
        np.array(["b", "a"], dtype=object),
        np.array([250, 255], dtype=np.uint8),
    ],
    ids=["str", "bool", "negative", "float", "object", "uint8"],
)
def test_labels_of_any_type_come_back(classifier, labelled, labels):
    X, codes = labelled
    y = labels[codes]
    model = classifier.fit(X, y)
    predicted = model.predict(X)

    assert_array_equal(model.classes_, np.unique(labels))
    assert predicted.dtype == labels.dtype
    assert (predicted == y).mean() > 0.8
    assert_array_equal(model.classes_[model.predict_proba(X).argmax(axis=1)], predicted)


@pytest.mark.parametrize("dtype", ["category", "string", "Int64"])
def test_labels_in_a_pandas_series_come_back(small, labelled, dtype):
    X, codes = labelled
    y = pd.Series(codes if dtype == "Int64" else np.array(["n", "p"])[codes], dtype=dtype)

    assert (small(MLPClassifier).fit(X, y).predict(X) == y.to_numpy()).mean() > 0.8


def test_probabilities_sum_to_one_and_agree_with_their_logarithms(classifier, labelled):
    X, y = labelled
    probability = classifier.fit(X, y + (X[:, 0] > 0)).predict_proba(X)

    assert probability.shape == (len(X), 3)
    assert probability.dtype == np.float64
    assert_allclose(probability.sum(axis=1), 1.0, rtol=1e-12)
    assert_allclose(np.exp(classifier.predict_log_proba(X)), probability, rtol=1e-12)


def test_logarithms_stay_finite_where_a_probability_is_zero(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, hidden_layer_sizes=()).fit(X, y)

    assert model.predict_proba(1e5 * X).min() == 0.0
    assert np.isfinite(model.predict_log_proba(1e5 * X)).all()


def test_a_column_of_labels_is_taken_with_a_warning(small, labelled):
    X, y = labelled
    with pytest.warns(DataConversionWarning, match="column-vector"):
        model = small(MLPClassifier, max_iter=1).fit(X, y[:, None])
    assert model.predict(X).shape == y.shape


@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        (np.zeros(120), ValueError, "needs at least 2 classes, but there is only one class"),
        (np.linspace(0, 1, 120), ValueError, "continuous"),
        (np.zeros((120, 2, 2)), ValueError, "dim 3"),
        (np.r_[np.nan, np.arange(119) % 2], ValueError, "NaN"),
        (np.array(["a", None] * 60, dtype=object), ValueError, "y"),
        (np.array(["a", 1] * 60, dtype=object), (TypeError, ValueError), "'?(str|mix|uniform)"),
        (np.zeros(119), ValueError, r"\[120, 119\]"),
    ],
    ids=["one class", "continuous", "matrix", "NaN", "None", "mixed", "length"],
)
def test_impossible_labels_are_refused(small, labelled, y, error, message):
    with pytest.raises(error, match=message):
        small(MLPClassifier).fit(labelled[0], y)


# ------------------------------------------------------------------ values


def test_several_outputs_are_learned_together_each_in_its_own_units(regressor, valued):
    X, y = valued
    targets = np.column_stack([y, 1e-6 * y, 1e6 - 1e3 * X.sum(axis=1)])
    model = regressor.set_params(max_iter=40).fit(X, targets)

    assert model.predict(X).shape == targets.shape
    assert model.predict(X).dtype == np.float64
    assert model.score(X, targets) > 0.8


@pytest.mark.parametrize("shape", [(120,), (120, 1), (120, 2)])
def test_predictions_have_the_shape_of_y(small, valued, shape):
    X, y = valued
    targets = np.resize(y, shape[::-1]).T

    assert small(MLPRegressor, max_iter=1).fit(X, targets).predict(X[:7]).shape == (7, *shape[1:])


@pytest.mark.parametrize("estimator", [MLPRegressor, CNNRegressor, GRURegressor])
def test_units_of_y_do_not_matter(small, valued, estimator):
    X, y = valued
    model = small(estimator, max_iter=3)
    plain = model.fit(X, y).predict(X)
    rescaled = model.fit(X, 1e9 * y - 5e12).predict(X)

    assert_allclose((rescaled + 5e12) / 1e9, plain, rtol=1e-6)


@pytest.mark.parametrize("dtype", ["int64", "float32", "uint8", "bool", ">f8", "object"])
def test_values_of_any_numeric_dtype(small, valued, dtype):
    X, y = valued
    y = (y > 10).astype(dtype) if dtype == "bool" else y.clip(0, 40).astype(dtype)
    model = small(MLPRegressor, max_iter=2)

    assert_allclose(model.fit(X, y).predict(X), model.fit(X, y.astype(float)).predict(X), rtol=1e-6)


def test_a_constant_target_is_predicted(small, valued):
    X, _ = valued
    for value in (0.0, 7.0, 1e-12, -1e9):
        assert_allclose(small(MLPRegressor).fit(X, np.full(120, value)).predict(X), value)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.full(120, np.nan), "NaN"),
        (np.r_[np.inf, np.zeros(119)], "infinity"),
        (np.zeros((120, 2, 2)), "dim 3"),
        (sparse.csr_matrix(np.ones((120, 2))), "[Ss]parse"),
        (np.array(["a"] * 120), "could not convert"),
    ],
    ids=["NaN", "infinity", "3-D", "sparse", "text"],
)
def test_impossible_values_are_refused(small, valued, y, message):
    with pytest.raises((ValueError, TypeError), match=message):
        small(MLPRegressor).fit(valued[0], y)
