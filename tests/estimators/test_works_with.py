"""One test for each scikit-learn tool that the estimators must work with, for every family."""

import copy
import pickle

import joblib
import numpy as np
import pandas as pd
import pytest
from joblib import parallel_backend
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import (
    AdaBoostClassifier,
    AdaBoostRegressor,
    BaggingClassifier,
    BaggingRegressor,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    RandomizedSearchCV,
    cross_val_predict,
    cross_validate,
    learning_curve,
    validation_curve,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.semi_supervised import SelfTrainingClassifier

from bakeoff.estimators import MLPClassifier

# One rate learns, the other hardly moves the weights: a search that works tells them apart.
RATES = {"learning_rate_init": [1e-7, 0.02]}
GOOD = 0.8  # of accuracy or R²; chance is 0.5 or 0


# ------------------------------------------------------------------ model selection


@pytest.mark.slow
def test_grid_search_in_two_processes_finds_what_one_finds(classifier, labelled):
    with parallel_backend("loky"):
        two = GridSearchCV(classifier, RATES, cv=3, n_jobs=2).fit(*labelled)
    one = GridSearchCV(classifier, RATES, cv=3, n_jobs=1).fit(*labelled)

    assert two.best_params_ == {"learning_rate_init": 0.02}
    assert_array_equal(two.cv_results_["mean_test_score"], one.cv_results_["mean_test_score"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "search",
    [
        lambda model: RandomizedSearchCV(model, RATES, n_iter=2, cv=3, random_state=0),
        lambda model: HalvingGridSearchCV(
            model.set_params(max_iter=60), RATES, cv=2, factor=2, min_resources=60, random_state=0
        ),
        lambda model: HalvingGridSearchCV(
            model, RATES, cv=2, factor=2, resource="max_iter", max_resources=16, random_state=0
        ),
    ],
    ids=["randomised", "halving over rows", "halving over epochs"],
)
def test_search_finds_the_rate_that_learns(classifier, labelled, search):
    found = search(classifier).fit(*labelled)

    assert found.best_params_["learning_rate_init"] == 0.02
    assert found.score(*labelled) > GOOD


def test_cross_validate(classifier, labelled):
    result = cross_validate(classifier, *labelled, cv=3, return_estimator=True)

    assert result["test_score"].mean() > GOOD
    assert all(hasattr(fold, "net_") for fold in result["estimator"])


@pytest.mark.parametrize("method", ["predict", "predict_proba", "predict_log_proba"])
def test_cross_val_predict(classifier, labelled, method):
    X, y = labelled
    out_of_fold = cross_val_predict(classifier, X, y, cv=3, method=method)
    labels = out_of_fold if method == "predict" else out_of_fold.argmax(axis=1)

    assert (labels == y).mean() > GOOD


def test_learning_curve_rises(classifier, labelled):
    _, _, scores = learning_curve(classifier, *labelled, cv=3, train_sizes=[0.1, 1.0])

    few, all_rows = scores.mean(axis=1)
    assert few < all_rows > GOOD


def test_validation_curve(classifier, labelled):
    rates = RATES["learning_rate_init"]
    _, scores = validation_curve(
        classifier, *labelled, cv=3, param_name="learning_rate_init", param_range=rates
    )

    slow, good = scores.mean(axis=1)
    assert slow < good > GOOD


# ------------------------------------------------------------------ composition


def test_pipeline_with_a_scaler(classifier, labelled):
    X, y = labelled
    model = make_pipeline(StandardScaler(), classifier).fit(1e4 * X + 1e6, y)

    assert model.score(1e4 * X + 1e6, y) > GOOD


def test_column_transformer_of_a_frame(classifier, labelled):
    X, y = labelled
    frame = pd.DataFrame(X, columns=list("abcdef")).assign(colour=np.where(X[:, 0] > 0, "r", "b"))
    columns = ColumnTransformer(
        [("number", StandardScaler(), list("abcdef")), ("word", OneHotEncoder(), ["colour"])]
    )

    assert make_pipeline(columns, classifier).fit(frame, y).score(frame, y) > GOOD


@pytest.mark.parametrize(
    "wrap",
    [
        lambda model: CalibratedClassifierCV(model, cv=2),
        lambda model: BaggingClassifier(model, n_estimators=2, random_state=0),
        lambda model: AdaBoostClassifier(model, n_estimators=2, random_state=0),
        lambda model: VotingClassifier(
            [("net", model), ("line", LogisticRegression())], voting="soft"
        ),
        lambda model: StackingClassifier([("net", model), ("line", LogisticRegression())], cv=2),
        lambda model: OneVsRestClassifier(model),
    ],
    ids=["calibrated", "bagging", "adaboost", "voting", "stacking", "one-vs-rest"],
)
def test_classifier_inside_a_meta_estimator(classifier, labelled, wrap):
    X, y = labelled
    model = wrap(classifier).fit(X, y)

    assert model.score(X, y) > GOOD
    assert model.predict_proba(X).shape == (120, 2)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda model: BaggingRegressor(model, n_estimators=2, random_state=0),
        lambda model: AdaBoostRegressor(model, n_estimators=2, random_state=0),
        lambda model: VotingRegressor([("net", model), ("line", Ridge())]),
        lambda model: StackingRegressor([("net", model), ("line", Ridge())], cv=2),
        lambda model: TransformedTargetRegressor(model, func=np.sinh, inverse_func=np.arcsinh),
    ],
    ids=["bagging", "adaboost", "voting", "stacking", "transformed target"],
)
def test_regressor_inside_a_meta_estimator(regressor, valued, wrap):
    X, y = valued
    y = (y - y.mean()) / y.std()  # sinh of the raw values would overflow
    model = wrap(regressor).fit(X, y)

    assert model.score(X, y) > GOOD


@pytest.mark.parametrize("wrap", [MultiOutputClassifier, ClassifierChain])
def test_several_targets_of_a_classifier(classifier, labelled, wrap):
    X, y = labelled
    targets = np.column_stack([y, 1 - y])
    model = wrap(classifier).fit(X, targets)

    assert (model.predict(X) == targets).mean() > GOOD


def test_several_targets_of_a_regressor(regressor, valued):
    X, y = valued
    targets = np.column_stack([y, -y])

    assert MultiOutputRegressor(regressor).fit(X, targets).score(X, targets) > GOOD


def test_self_training_uses_unlabelled_rows(classifier, labelled):
    X, y = labelled
    known = np.where(np.arange(len(y)) < 60, y, -1)
    model = SelfTrainingClassifier(classifier, max_iter=2).fit(X, known)

    assert (model.labeled_iter_ > 0).any()
    assert model.score(X[60:], y[60:]) > GOOD


# ------------------------------------------------------------------ frames


@pytest.mark.parametrize("dtype", ["Float64", "float64[pyarrow]"])
def test_nullable_columns_give_the_same_model_and_name_what_is_missing(classifier, labelled, dtype):
    X, y = labelled
    frame = pd.DataFrame(X, columns=list("abcdef"))
    expected = classifier.set_params(max_iter=2).fit(frame, y).predict_proba(frame)
    nullable = frame.astype(dtype)

    assert_array_equal(classifier.fit(nullable, y).predict_proba(nullable), expected)
    nullable.loc[3, "b"] = pd.NA
    with pytest.raises(ValueError, match=r"NaN.*: column 1 .*'b'"):
        classifier.predict(nullable)


def test_categories_of_numbers_are_numbers(small, labelled):
    X, y = labelled
    frame = pd.DataFrame(X, columns=list("abcdef")).assign(c=np.arange(120) % 3)
    expected = small(MLPClassifier, max_iter=2).fit(frame, y).predict_proba(frame)
    categories = frame.astype({"c": "category"})

    assert_array_equal(
        small(MLPClassifier, max_iter=2).fit(categories, y).predict_proba(categories), expected
    )


def test_set_output_hands_column_names_to_the_net(classifier, labelled):
    X, y = labelled
    frame = pd.DataFrame(X, columns=list("abcdef"))
    model = make_pipeline(StandardScaler(), classifier).set_output(transform="pandas")

    assert list(model.fit(frame, y)[-1].feature_names_in_) == list("abcdef")


def test_clients_that_look_for_the_old_name_of_a_kind_find_it(classifier, regressor):
    """yellowbrick refuses whatever has none; scikit-learn itself looks at the tags."""
    assert classifier._estimator_type == "classifier"
    assert regressor._estimator_type == "regressor"


# ------------------------------------------------------------------ inspection


def test_permutation_importance_finds_the_feature_that_matters(classifier, labelled):
    X, _ = labelled
    y = (X[:, 5] > 0).astype(int)
    importance = permutation_importance(classifier.fit(X, y), X, y, n_repeats=2, random_state=0)

    assert importance.importances_mean.argmax() == 5


def test_partial_dependence_rises_with_the_feature(regressor, valued):
    X, y = valued
    curve = partial_dependence(regressor.fit(X, y), X, [5], grid_resolution=5)["average"][0]

    assert (np.diff(curve) > 0).all()


# ------------------------------------------------------------------ copies


def _through_joblib(model, folder):
    joblib.dump(model, folder / "model.joblib")
    return joblib.load(folder / "model.joblib")


@pytest.mark.parametrize(
    "copied",
    [
        lambda model, folder: pickle.loads(pickle.dumps(model)),
        lambda model, folder: copy.deepcopy(model),
        _through_joblib,
    ],
    ids=["pickle", "deepcopy", "joblib"],
)
def test_copy_predicts_the_same_and_trains_on_its_own(classifier, labelled, tmp_path, copied):
    X, y = labelled
    classifier.fit(X, y)
    expected = classifier.predict_proba(X)
    twin = copied(classifier, tmp_path)

    assert_array_equal(twin.predict_proba(X), expected)
    twin.partial_fit(X, y)
    assert not np.array_equal(twin.predict_proba(X), expected)
    assert_array_equal(classifier.predict_proba(X), expected)


def test_clone_has_the_parameters_and_not_the_net(classifier, labelled):
    fitted = classifier.fit(*labelled)

    assert clone(fitted).get_params() == fitted.get_params()
    assert not hasattr(clone(fitted), "net_")
