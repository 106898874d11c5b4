"""Axes that look turned are said once; honest shapes are left alone."""

import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from bakeoff.estimators import (
    CNNClassifier,
    CNNRegressor,
    GRUClassifier,
    GRURegressor,
    MLPClassifier,
)
from bakeoff.estimators._axes import doubt_of

N = 12
Y = np.arange(N) % 2

# (channels, time) as sktime and aeon hold well-known sets, and what people record.
TURNED_SERIES = [
    (1, 140), (2, 45), (2, 640), (3, 206), (3, 315), (3, 1000), (4, 65), (4, 2500), (6, 100),
    (6, 896), (8, 1000), (9, 128), (9, 144), (2, 200), (1, 24),
]  # fmt: skip
# (time, features), the usual way or few steps of many features.
SERIES = [
    (8, 8), (28, 28), (16, 16), (140, 1), (100, 6), (1000, 3), (20, 300), (10, 300), (5, 768),
    (4, 384), (8, 512), (5, 2048), (16, 1024), (50, 40), (30, 128), (20, 257), (100, 80),
    (12, 50), (7, 24), (7, 60), (5, 48), (9, 256), (4, 12), (3, 20), (2, 8), (1, 1), (1, 4),
    (24, 1), (64, 500),
]  # fmt: skip
TURNED_IMAGES = [
    (32, 32, 3), (28, 28, 1), (8, 8, 1), (8, 8, 3), (64, 48, 3), (224, 224, 3), (96, 96, 4),
    (64, 64, 13), (32, 100, 1), (128, 128, 2),
]  # fmt: skip
IMAGES = [
    (3, 32, 32), (1, 28, 28), (1, 8, 8), (4, 64, 64), (3, 224, 3), (2, 3, 4), (12, 9, 9),
    (512, 1, 1), (64, 4, 4), (512, 7, 7), (64, 500, 40), (13, 64, 64), (1, 128, 400), (16, 16, 16),
    (64, 64, 64), (6, 64, 3), (1, 40, 4), (8, 8, 4),
]  # fmt: skip


@pytest.mark.parametrize("shape", TURNED_SERIES + TURNED_IMAGES, ids=str)
@pytest.mark.parametrize("folded", [False, True])
def test_a_shape_that_looks_turned_is_doubted(shape, folded):
    doubt = doubt_of(shape, folded=folded)

    assert doubt is not None
    assert str(shape) in doubt


@pytest.mark.parametrize("shape", SERIES + IMAGES, ids=str)
def test_an_honest_shape_is_left_alone(shape):
    assert doubt_of(shape, folded=False) is None
    assert doubt_of(shape, folded=True) is None


@pytest.mark.parametrize("shape", [(1, 200, 3), (1, 3, 200), (1, 24, 1), (1, 6, 100)], ids=str)
def test_series_taken_for_grey_images_are_doubted_where_nobody_said_images(shape):
    assert "convolution='1d'" in doubt_of(shape, folded=False, may_be_series=True)
    assert doubt_of(shape, folded=False) is None


@pytest.mark.parametrize("shape", [(1, 8, 8), (1, 28, 28), (1, 32, 100), (1, 4, 12), (3, 3, 200)])
def test_small_and_long_images_are_images(shape):
    assert doubt_of(shape, folded=False, may_be_series=True) is None


def said_in(action) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        action()
    return [str(each.message) for each in caught]


def random(*shape):
    return np.random.default_rng(0).normal(size=(N, *shape))


TURNED = [
    (GRUClassifier, {}, (2, 40)),
    (GRURegressor, {}, (2, 40)),
    (CNNClassifier, {"convolution": "1d"}, (2, 40)),
    (CNNClassifier, {}, (10, 10, 3)),
    (CNNRegressor, {"convolution": "2d", "kernel_size": 1}, (10, 10, 1)),
    (CNNClassifier, {"kernel_size": 2}, (2, 40)),
]


@pytest.mark.parametrize(("estimator", "options", "shape"), TURNED)
def test_a_fit_says_once_how_to_turn_the_axes_and_the_line_is_right(
    small, estimator, options, shape
):
    X = random(*shape)
    model = small(estimator, max_iter=1, **options)
    said = said_in(lambda: model.fit(X, Y).predict(X))

    assert len(said) == 1
    line = said[0].split("X = ")[1].split(";")[0].split(". ")[0]
    turned = eval(line, {"X": X, "np": np})
    if "convolution='1d'" in said[0]:
        model.set_params(convolution="1d")
    assert said_in(lambda: model.fit(turned, Y)) == []
    assert model.input_shape_ == turned.shape[1:]
    assert np.array_equal(np.sort(turned, axis=None), np.sort(X, axis=None))


@pytest.mark.parametrize(("estimator", "options", "shape"), TURNED[:5])
def test_flat_x_that_input_shape_folds_is_looked_at_too(small, estimator, options, shape):
    X = random(*shape)
    model = small(estimator, max_iter=1, input_shape=shape, **options)
    said = said_in(lambda: model.fit(X.reshape(N, -1), Y))

    assert len(said) == 1
    line, rest = said[0].split("X = ")[1].split(", with input_shape=")
    turned = eval(line, {"X": X.reshape(N, -1), "np": np})
    model.set_params(input_shape=eval(rest.split(";")[0]))
    assert said_in(lambda: model.fit(turned, Y)) == []
    assert np.array_equal(turned.reshape(N, *model.input_shape_), np.moveaxis(X, -1, 1))


@pytest.mark.parametrize(("estimator", "options", "shape"), TURNED)
def test_a_shape_that_x_and_input_shape_both_say_is_meant(small, estimator, options, shape):
    model = small(estimator, max_iter=1, input_shape=shape, **options)

    assert said_in(lambda: model.fit(random(*shape), Y)) == []


def test_an_axis_for_the_channel_says_that_they_are_images(small):
    """As those do who hold 6 electrodes and 100 times for an image of one channel."""
    model = small(CNNClassifier, max_iter=1)
    assert said_in(lambda: model.fit(random(1, 6, 100), Y)) == []
    model.set_params(input_shape=(1, 6, 100))
    assert said_in(lambda: model.fit(random(600), Y)) == []


def test_each_fit_of_an_estimator_says_it_and_partial_fit_says_it_first(small):
    X = random(2, 40)
    model = small(GRUClassifier, max_iter=1)
    for _ in range(2):
        assert len(said_in(lambda: model.fit(X, Y))) == 1
    fresh = small(GRUClassifier)
    assert len(said_in(lambda: fresh.partial_fit(X, Y, classes=[0, 1]))) == 1
    assert said_in(lambda: fresh.partial_fit(X, Y)) == []


def test_flat_x_that_nobody_folds_is_nothing_to_doubt(small):
    for estimator in (MLPClassifier, GRUClassifier, CNNClassifier):
        model = small(estimator, max_iter=1)
        assert said_in(lambda model=model: model.fit(random(200), Y)) == []


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_grid_says_it_once(small, n_jobs):
    model = make_pipeline(FunctionTransformer(), small(GRUClassifier, max_iter=1))
    grid = {"gruclassifier__hidden_size": [2, 3]}
    search = GridSearchCV(model, grid, cv=2, n_jobs=n_jobs)

    assert len(said_in(lambda: search.fit(random(2, 40), Y))) == 1


def test_another_shape_is_said_by_a_clone_too(small):
    one, other = clone(model := small(GRUClassifier, max_iter=1)), clone(model)

    assert len(said_in(lambda: one.fit(random(2, 40), Y))) == 1
    assert said_in(lambda: other.fit(random(2, 40), Y)) == []
    assert len(said_in(lambda: other.fit(random(3, 40), Y))) == 1


def test_nan_that_pads_turned_series_is_refused_after_the_doubt(small):
    X = random(2, 40)
    X[3, :, 30:] = np.nan
    with pytest.warns(UserWarning, match="turn the axes"), pytest.raises(ValueError, match="NaN"):
        small(GRUClassifier).fit(X, Y)
