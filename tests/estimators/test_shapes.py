"""What X may look like, which forms mean the same, and how a wrong one is refused."""

import re

import numpy as np
import pandas as pd
import pytest
import torch
from numpy.testing import assert_array_equal
from scipy import sparse

from bakeoff.estimators import CNNClassifier, GRUClassifier, GRURegressor, MLPClassifier

N = 40
Y = np.arange(N) % 2


@pytest.fixture(scope="module")
def flat():
    return np.random.RandomState(0).normal(size=(N, 24)) + Y[:, None]


def probabilities(model, X):
    return model.fit(X, Y).predict_proba(X)


# ------------------------------------------------------------------ forms that mean the same


@pytest.mark.parametrize(
    ("estimator", "shape", "extra"),
    [
        (CNNClassifier, (1, 4, 6), {}),
        (CNNClassifier, (2, 3, 4), {}),
        (CNNClassifier, (4, 6), {}),
        (CNNClassifier, (8, 3), {"convolution": "1d"}),
        (GRUClassifier, (8, 3), {}),
    ],
)
def test_flat_x_with_input_shape_is_exactly_nd_x(small, flat, estimator, shape, extra):
    nd = flat.reshape(N, *shape)
    from_nd = small(estimator, **extra).fit(nd, Y)
    from_flat = small(estimator, input_shape=shape, **extra).fit(flat, Y)

    assert from_nd.input_shape_ == from_flat.input_shape_
    for fitted in (from_nd, from_flat):
        assert_array_equal(fitted.predict_proba(flat), from_nd.predict_proba(nd))
        assert_array_equal(fitted.predict_proba(nd), from_nd.predict_proba(nd))


def test_an_image_without_a_channel_axis_has_one_channel(small, flat):
    two = small(CNNClassifier).fit(flat.reshape(N, 4, 6), Y)
    three = small(CNNClassifier).fit(flat.reshape(N, 1, 4, 6), Y)

    assert two.input_shape_ == three.input_shape_ == (1, 4, 6)
    assert_array_equal(
        two.predict_proba(flat.reshape(N, 1, 4, 6)), three.predict_proba(flat.reshape(N, 4, 6))
    )


@pytest.mark.parametrize("estimator", [CNNClassifier, GRUClassifier])
def test_flat_x_alone_is_one_feature_per_step(small, flat, estimator):
    extra = {"convolution": "1d"} if estimator is CNNClassifier else {}
    alone = small(estimator).fit(flat, Y)

    assert alone.input_shape_ == (24, 1)
    assert_array_equal(
        alone.predict_proba(flat), probabilities(small(estimator, **extra), flat[:, :, None])
    )


def test_one_array_of_series_suits_a_gru_and_a_1d_cnn(small, flat):
    series = flat.reshape(N, 8, 3)

    assert small(GRUClassifier).fit(series, Y).input_shape_ == (8, 3)
    assert small(CNNClassifier, convolution="1d").fit(series, Y).input_shape_ == (8, 3)


@pytest.mark.parametrize("form", [sparse.csr_matrix, sparse.csc_array, sparse.coo_array])
def test_sparse_x_is_exactly_dense_x(small, flat, form):
    X = np.where(flat > 0, flat, 0.0)
    dense = small(MLPClassifier).fit(X, Y)
    from_sparse = small(MLPClassifier).fit(form(X), Y)

    assert_array_equal(from_sparse.predict_proba(form(X)), dense.predict_proba(X))


@pytest.mark.parametrize("estimator", [MLPClassifier, CNNClassifier, GRUClassifier])
@pytest.mark.parametrize(
    "form",
    [
        lambda X: X.tolist(),
        lambda X: np.asfortranarray(X),
        lambda X: X.astype(object),
        lambda X: X.astype(">f8"),
        lambda X: X[::-1][::-1],
        lambda X: X[:, ::-1].copy()[:, ::-1],
        lambda X: torch.tensor(X),
    ],
    ids=["list", "fortran", "object", "big-endian", "view", "negative strides", "tensor"],
)
def test_every_container_of_the_same_numbers_gives_the_same_model(small, flat, estimator, form):
    model = small(estimator, max_iter=2)
    expected = model.fit(flat, Y).predict_proba(flat)

    assert_array_equal(model.fit(form(flat), Y).predict_proba(flat), expected)
    # A matrix product may sum in another order for another memory layout.
    np.testing.assert_allclose(model.predict_proba(form(flat)), expected, rtol=1e-12)


def test_nested_lists_may_have_more_axes(small, flat):
    series = flat.reshape(N, 8, 3)
    model = small(GRUClassifier, max_iter=2)

    assert_array_equal(probabilities(model, series.tolist()), probabilities(model, series))


@pytest.mark.parametrize("estimator", [MLPClassifier, CNNClassifier, GRUClassifier])
def test_read_only_memory_maps_are_read(small, flat, estimator, tmp_path):
    np.save(tmp_path / "X.npy", flat)
    mapped = np.load(tmp_path / "X.npy", mmap_mode="r")
    model = small(estimator, max_iter=2)

    assert_array_equal(probabilities(model, mapped), probabilities(model, flat))


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "uint8", "int64", "bool"])
def test_every_numeric_dtype_trains_on_the_values(small, flat, dtype):
    X = (10 * flat).clip(0, 100).astype(dtype)
    same_values = X.astype("float32" if dtype == "float32" else "float64")
    model = small(MLPClassifier, max_iter=2)

    assert_array_equal(probabilities(model, X), probabilities(model, same_values))


def test_the_net_computes_in_the_precision_of_x_unless_told(small, flat):
    def precision(X, **parameters):
        return next(small(MLPClassifier, **parameters).fit(X, Y).net_.module_.parameters()).dtype

    assert precision(flat) == torch.float64
    assert precision(flat.astype("float32")) == torch.float32
    assert precision(flat, dtype="float32") == torch.float32
    assert precision(flat.astype("float32"), dtype="float64") == torch.float64


def test_frames_keep_their_names_and_nullable_columns_their_values(small, flat):
    frame = pd.DataFrame(flat, columns=[f"f{i}" for i in range(24)])
    model = small(MLPClassifier, max_iter=2).fit(frame.astype("Float64"), pd.Series(Y, index=Y))

    assert list(model.feature_names_in_) == list(frame.columns)
    assert_array_equal(model.predict_proba(frame), probabilities(model, frame))
    with pytest.raises(ValueError, match="feature names"):
        model.predict(frame.rename(columns={"f0": "other"}))


@pytest.mark.parametrize("rows", [1, 3, 1025, 2500])
def test_any_number_of_rows_is_predicted_row_by_row(classifier, labelled, rows):
    X, y = labelled
    many = np.resize(X, (rows, X.shape[1]))
    predicted = classifier.fit(X, y).predict_proba(many)

    np.testing.assert_allclose(predicted, np.resize(classifier.predict_proba(X), (rows, 2)), 1e-9)


def test_a_single_feature_is_enough_for_every_family(classifier, labelled):
    _, y = labelled
    column = (2.0 * y - 1.0)[:, None]
    small_kernel = {"kernel_size": 1} if "kernel_size" in classifier.get_params() else {}

    assert classifier.set_params(**small_kernel).fit(column, y).score(column, y) == 1.0


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("estimator", "parameters", "shape", "message"),
    [
        (MLPClassifier, {}, (4, 6), r"dim 3, while dim <= 2 is required by MLPClassifier"),
        (GRUClassifier, {}, (1, 4, 6), r"dim 4, while dim <= 3 is required by GRUClassifier"),
        (CNNClassifier, {}, (1, 1, 4, 6), r"dim 5, while dim <= 4 is required by CNNClassifier"),
        (CNNClassifier, {"convolution": "1d"}, (1, 4, 6), r"\(n, time, features\).*\(1, 4, 6\)"),
        (CNNClassifier, {"convolution": "2d"}, (24,), r"flat X of 24 features needs input_shape"),
        (CNNClassifier, {"input_shape": (1, 5, 5)}, (24,), r"\(1, 5, 5\) holds 25.*24 features"),
        (CNNClassifier, {"input_shape": (6, 4)}, (4, 6), r"\(1, 4, 6\).*\(1, 6, 4\)"),
        (CNNClassifier, {"input_shape": 24}, (24,), r"\(channels, height, width\).*: 24"),
        (CNNClassifier, {"input_shape": (0, 24)}, (24,), r"whole numbers.*\(0, 24\)"),
        (GRUClassifier, {"input_shape": (5, 5)}, (24,), r"\(5, 5\) holds 25.*24 features"),
        (GRUClassifier, {"input_shape": (3, 8)}, (8, 3), r"\(8, 3\).*\(3, 8\)"),
        (GRUClassifier, {"input_shape": (1, 8, 3)}, (24,), r"\(time, features\).*\(1, 8, 3\)"),
        (GRUClassifier, {"input_shape": "ab"}, (24,), r"whole numbers.*'ab'"),
    ],
)
def test_shape_that_does_not_fit_is_refused(small, flat, estimator, parameters, shape, message):
    with pytest.raises(ValueError, match=message):
        small(estimator, **parameters).fit(flat.reshape(N, *shape), Y)


@pytest.mark.parametrize(
    ("estimator", "fitted", "given"),
    [
        (CNNClassifier, (1, 4, 6), (1, 6, 4)),
        (CNNClassifier, (2, 3, 4), (2, 3, 3)),
        (GRUClassifier, (8, 3), (3, 8)),
        (GRUClassifier, (8, 3), (7, 3)),
    ],
)
def test_predicting_on_another_shape_names_both(small, flat, estimator, fitted, given):
    model = small(estimator, max_iter=1).fit(flat.reshape(N, *fitted), Y)

    with pytest.raises(ValueError, match=re.escape(str(given))) as refusal:
        model.predict(np.zeros((5, *given)))
    assert str(fitted) in str(refusal.value)


def test_predicting_on_another_number_of_features_names_both(classifier, labelled):
    X, y = labelled
    with pytest.raises(ValueError, match=r"X has 4 features, but .* is expecting 6"):
        classifier.fit(X, y).predict(X[:, :4])


@pytest.mark.parametrize("shape", [(0, 6), (0, 3, 2)])
def test_no_rows_are_refused_in_fit_and_predict(small, flat, shape):
    model = small(GRURegressor, max_iter=1)
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        model.fit(np.zeros(shape), np.zeros(0))
    model.fit(np.zeros((5, *shape[1:])), np.arange(5.0))
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        model.predict(np.zeros(shape))


def test_lists_of_sequences_of_unequal_length_say_how_to_pad(small):
    ragged = [np.zeros((2 + i % 3, 2)) for i in range(N)]

    with pytest.raises(ValueError, match="NaN"):
        small(GRUClassifier).fit(ragged, Y)
