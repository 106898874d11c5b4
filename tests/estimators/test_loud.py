"""What goes wrong is said in one sentence with the value at fault."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.exceptions import FitFailedWarning, NotFittedError
from sklearn.model_selection import GridSearchCV

from bakeoff.estimators import MLPClassifier, MLPRegressor

DIVERGING = {"solver": "sgd", "learning_rate_init": 1e200, "lr_schedule": "constant"}


def test_divergence_names_the_epoch_and_the_rate(small, valued):
    with pytest.raises(ValueError, match=r"loss became (inf|nan) in epoch \d+ .* rate of 1e\+200"):
        small(MLPRegressor, **DIVERGING).fit(*valued)


def test_divergence_in_the_last_step_of_the_last_epoch_is_seen(small, valued):
    """No later loss would show it: the weights themselves are looked at."""
    huge = {**DIVERGING, "learning_rate_init": 3e38, "dtype": "float32", "batch_size": 120}
    X, y = valued
    with pytest.raises(ValueError, match=r"weights became infinite or NaN in epoch 1 .*3e\+38"):
        small(MLPRegressor, max_iter=1, **huge).fit(1e6 * X, y)


def test_a_diverged_candidate_scores_nan_and_never_wins(small, labelled):
    grid = {"learning_rate_init": [1e200, 0.02]}
    search = GridSearchCV(small(MLPClassifier, solver="sgd", lr_schedule="constant"), grid, cv=2)

    with (
        pytest.warns(UserWarning, match="test scores are non-finite"),
        pytest.warns(FitFailedWarning, match=r"learning rate of 1e\+200"),
    ):
        search.fit(*labelled)

    assert np.isnan(search.cv_results_["mean_test_score"][0])
    assert search.best_params_ == {"learning_rate_init": 0.02}


def spoiled(X, column, rows, value):
    X = X.copy()
    X[rows, column] = value
    return X


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("form", [np.asarray, sparse.csr_matrix, sparse.csc_array])
def test_missing_and_infinite_values_name_the_column_and_the_rows(small, labelled, form, value):
    X, y = labelled
    what = "NaN" if np.isnan(value) else "infinity"
    bad = form(spoiled(X, 4, [3, 8, 90], value))
    model = small(MLPClassifier, max_iter=1)

    with pytest.raises(ValueError, match=rf"contains {what}.*: column 4 in 3 of 120 rows\.$"):
        model.fit(bad, y)
    with pytest.raises(ValueError, match=rf"contains {what}.*: column 4 in 3 of 120 rows\.$"):
        model.fit(X, y).predict(bad)


def test_missing_values_name_a_frames_column_and_count_the_others(small, labelled):
    X, y = labelled
    frame = pd.DataFrame(X, columns=["age", "sex", "bmi", "s1", "s2", "s3"])
    frame.loc[[0, 7], "bmi"] = np.nan
    frame.loc[5, "s3"] = np.nan

    with pytest.raises(ValueError, match=r"column 2 \('bmi'\) in 2 of 120 rows \(and in 1 more"):
        small(MLPClassifier).fit(frame, y)


def test_values_too_large_for_float32_are_not_taken_for_infinity_in_silence(small, labelled):
    X, y = labelled
    large = spoiled(X, 1, 0, 1e300)

    with pytest.raises(ValueError, match=r"too large for its dtype: column 1 in 1 of 120"):
        small(MLPClassifier, dtype="float32").fit(large, y)


def test_large_finite_values_whose_sum_overflows_are_finite(small, labelled):
    X, y = labelled
    big = np.full((120, 6), 1e308)
    model = small(MLPClassifier, max_iter=1).fit(X, y)

    assert model.predict(big).shape == (120,)


@pytest.mark.parametrize("method", ["predict", "predict_proba", "predict_log_proba"])
def test_unfitted_classifier_says_so(classifier, labelled, method):
    with pytest.raises(NotFittedError, match="is not fitted yet"):
        getattr(classifier, method)(labelled[0])


def test_unfitted_regressor_says_so(regressor, labelled):
    with pytest.raises(NotFittedError, match="is not fitted yet"):
        regressor.predict(labelled[0])


def test_one_class_is_refused_with_its_label(classifier, labelled):
    with pytest.raises(ValueError, match=r"at least 2 classes, but there is only one class: 'a'"):
        classifier.fit(labelled[0], np.full(120, "a"))


def test_all_zero_weights_are_refused(classifier, regressor, labelled):
    for model in (classifier, regressor):
        with pytest.raises(ValueError, match=r"(?i)sample.weight"):
            model.fit(*labelled, sample_weight=np.zeros(120))


def test_a_target_too_large_to_standardise_is_refused(regressor, valued):
    X, y = valued
    with pytest.raises(ValueError, match=r"y is too large .* magnitude is .*e\+201"):
        regressor.fit(X, y * 1e200)
