"""scikit-learn's own checks: every one passes, none is skipped, none is expected to fail."""

import os
from typing import Any
from unittest import SkipTest

import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

from bakeoff import estimators

pytestmark = [pytest.mark.privates, pytest.mark.slow]

# What a check needs most of its time for is to train, and what it asks does not depend on the
# width of the net. These are passed by narrow nets, all others by the defaults.
NARROW: dict[str, dict[str, Any]] = {
    "MLP": {"hidden_layer_sizes": (16,)},
    "CNN": {"channels": (8,)},
    "GRU": {"hidden_size": 8},
}
TRAIN_LONG = {
    "check_array_api_input",
    "check_class_weight_classifiers",
    "check_classifier_data_not_an_array",
    "check_dtype_object",
    "check_estimator_sparse_array",
    "check_estimator_sparse_matrix",
    "check_estimators_dtypes",
    "check_estimators_pickle",
    "check_fit_check_is_fitted",
    "check_fit_idempotent",
    "check_fit_score_takes_y",
    "check_n_features_in",
    "check_non_transformer_estimators_n_iter",
    "check_positive_only_tag_during_fit",
    "check_regressor_data_not_an_array",
    "check_sample_weight_equivalence_on_dense_data",
}
# Here the defaults have to learn. That they do so from a file mapped into memory is asked of the
# narrow nets.
LEARN = {"check_classifiers_train", "check_regressors_train"}


def family_of(name: str) -> str:
    return name.removesuffix("Classifier").removesuffix("Regressor")


def checks():
    for name in estimators.__all__:
        estimator = getattr(estimators, name)
        narrow = estimator(max_iter=60, learning_rate_init=0.02, **NARROW[family_of(name)])
        for default, check in estimator_checks_generator(estimator()):
            asked = check.func.__name__
            is_narrow = asked in TRAIN_LONG or (asked in LEARN and check.keywords)
            options = ",".join(f"{key}={value}" for key, value in check.keywords.items())
            yield pytest.param(
                narrow if is_narrow else default,
                check,
                id=f"{name}-{asked}({options})",
            )


CHECKS = list(checks())


@pytest.mark.parametrize(("estimator", "check"), CHECKS)
def test_check_passes_and_is_not_skipped(estimator, check):
    try:
        check(estimator)
    except SkipTest as reason:
        pytest.fail(f"skipped: {reason}")


def test_what_narrow_nets_are_checked_for_exists():
    asked = {param.values[1].func.__name__ for param in CHECKS}
    assert asked >= TRAIN_LONG | LEARN


def test_array_api_checks_are_switched_on():
    assert os.environ["SCIPY_ARRAY_API"] == "1"
