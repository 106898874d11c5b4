import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel, sigmoid_kernel
from sklearn.svm import SVR
from sklearn.utils.estimator_checks import parametrize_with_checks

from bakeoff.experiments.models.nystroem import NystroemFeatures

X, Y = load_diabetes(return_X_y=True)
X = X[:60] * 30  # far from variance 1, so that "scale" matters
SCALE = 1 / (X.shape[1] * X.var())


@parametrize_with_checks([NystroemFeatures(n_components=5)])
def test_it_is_a_scikit_learn_estimator(estimator, check):
    check(estimator)


@pytest.mark.parametrize(
    ("params", "kernel"),
    [
        ({}, rbf_kernel(X, gamma=SCALE)),
        ({"gamma": 0.01}, rbf_kernel(X, gamma=0.01)),
        ({"kernel": "poly"}, polynomial_kernel(X, degree=3, gamma=SCALE, coef0=0)),
        (
            {"kernel": "poly", "degree": 2, "coef0": 1.0},
            polynomial_kernel(X, degree=2, gamma=SCALE, coef0=1),
        ),
    ],
)
def test_with_a_component_a_row_the_kernel_is_exact(params, kernel):
    features = NystroemFeatures(**params, n_components=1000, random_state=0).fit_transform(X)
    assert features.shape == (60, 60)
    np.testing.assert_allclose(features @ features.T, kernel, atol=1e-6 * kernel.max())


def test_the_sigmoid_kernel_enters_with_the_size_of_its_eigenvalues():
    kernel = sigmoid_kernel(X, gamma=SCALE, coef0=0)
    values, vectors = np.linalg.eigh(kernel)
    assert values.min() < -1e-3
    features = NystroemFeatures("sigmoid", random_state=0).fit_transform(X)
    expected = vectors * np.abs(values) @ vectors.T
    np.testing.assert_allclose(features @ features.T, expected, atol=1e-6)


@pytest.mark.parametrize("kernel", ["rbf", "poly"])
def test_an_svm_on_the_features_is_the_svm_with_the_kernel(kernel):
    y = (Y[:60] - Y[:60].mean()) / Y[:60].std()
    features = NystroemFeatures(kernel, random_state=0).fit_transform(X)
    linear = SVR(kernel="linear", tol=1e-8).fit(features, y).predict(features)
    np.testing.assert_allclose(linear, SVR(kernel=kernel, tol=1e-8).fit(X, y).predict(X), atol=1e-4)


def test_fewer_components_are_fewer_features_and_still_near():
    model = NystroemFeatures(n_components=30, random_state=0).fit(X)
    features = model.transform(X)
    assert features.shape == (60, 30)
    assert len(model.get_feature_names_out()) == 30
    exact = rbf_kernel(X, gamma=SCALE)
    assert np.abs(features @ features.T - exact).mean() < 0.1 * exact.mean()


def test_columns_without_spread_are_no_division_by_zero():
    assert np.isfinite(NystroemFeatures().fit_transform(np.ones((4, 3)))).all()
