"""scikit-learn's own checks: every one passes, none is skipped, none is expected to fail."""

import os
from unittest import SkipTest

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from bakeoff import estimators

pytestmark = pytest.mark.privates


@parametrize_with_checks([getattr(estimators, name)() for name in estimators.__all__])
def test_check_passes_and_is_not_skipped(estimator, check):
    try:
        check(estimator)
    except SkipTest as reason:
        pytest.fail(f"skipped: {reason}")


def test_array_api_checks_are_switched_on():
    assert os.environ["SCIPY_ARRAY_API"] == "1"


def test_the_public_names_are_the_six_estimators():
    assert estimators.__all__ == [
        "CNNClassifier",
        "CNNRegressor",
        "GRUClassifier",
        "GRURegressor",
        "MLPClassifier",
        "MLPRegressor",
    ]
