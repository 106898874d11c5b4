import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_diabetes, load_digits
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.utils.estimator_checks import parametrize_with_checks

from bakeoff.experiments.folds import stratified_order
from bakeoff.experiments.models.subsample import Subsampled

pytestmark = pytest.mark.privates


@pytest.fixture(scope="module")
def digits():
    return load_digits(return_X_y=True)


@parametrize_with_checks(
    [
        Subsampled(LogisticRegression(), max_rows=40, random_state=0),
        Subsampled(Ridge(), max_rows=40, random_state=0),
    ],
    expected_failed_checks=lambda _: {
        "check_dtype_object": "the bad value is in a row that is not drawn, so nobody reads it"
    },
)
def test_it_is_a_scikit_learn_estimator(estimator, check):
    check(estimator)


def test_with_few_enough_rows_it_is_the_estimator_itself(digits):
    X, y = digits
    model = Subsampled(SVC(), max_rows=len(y)).fit(X, y)
    assert model.n_rows_used_ == len(y)
    expected = SVC().fit(X, y).decision_function(X)
    np.testing.assert_array_equal(model.decision_function(X), expected)


@pytest.mark.parametrize("estimator", [Subsampled(SVC()), Subsampled(Ridge())])
def test_it_is_of_the_kind_of_its_estimator(estimator):
    assert is_classifier(estimator) == is_classifier(estimator.estimator)
    assert is_regressor(estimator) == is_regressor(estimator.estimator)
    assert not hasattr(estimator, "predict_proba")


def test_parameters_of_the_estimator_are_in_reach():
    model = clone(Subsampled(SVC(C=2.0), max_rows=10)).set_params(estimator__C=3.0)
    assert (model.estimator.C, model.max_rows) == (3.0, 10)


def test_frames_and_several_targets():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    targets = pd.DataFrame({"up": y, "down": -y})
    model = Subsampled(Ridge(), max_rows=50, random_state=0).fit(X, targets)
    assert model.predict(X).shape == (len(X), 2)
    assert list(model.feature_names_in_) == list(X.columns)


def test_a_fitted_one_pickles(digits):
    X, y = digits
    model = Subsampled(SVC(), max_rows=100, random_state=0).fit(X, y)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict(X), model.predict(X))
    assert again.n_rows_used_ == 100


@pytest.mark.parametrize(
    ("max_rows", "sentence"),
    [
        (0, "max_rows must be an integer of at least 1, however: 0"),
        (0.5, "max_rows must be an integer of at least 1, however: 0.5"),
        (9, "at least the number of classes, 10, however: 9"),
    ],
)
def test_a_subset_that_cannot_be_drawn_is_refused(digits, max_rows, sentence):
    with pytest.raises(ValueError, match=sentence):
        Subsampled(SVC(), max_rows=max_rows).fit(*digits)


def test_the_subset_is_what_the_estimator_is_trained_on(digits):
    X, y = digits
    model = Subsampled(KNeighborsClassifier(1), max_rows=150, random_state=3).fit(X, y)
    rows = stratified_order(y, random_state=3)[:150]
    assert model.n_rows_used_ == model.estimator_.n_samples_fit_ == 150
    expected = KNeighborsClassifier(1).fit(X[rows], y[rows])
    np.testing.assert_array_equal(model.predict(X), expected.predict(X))
    np.testing.assert_array_equal(model.predict_proba(X), expected.predict_proba(X))
    assert model.score(X, y) == expected.score(X, y)
    assert not hasattr(model, "decision_function")
