"""What a model says is computed once, and is what it says without."""

import gc
import weakref
from collections import Counter

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import get_scorer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from bakeoff.datasets import load
from bakeoff.estimators import GRUClassifier, MLPClassifier
from bakeoff.experiments.models.catalogue import CATALOGUE, pipeline
from bakeoff.experiments.once import answering_once
from bakeoff.experiments.task import Task, evaluate

pytestmark = pytest.mark.privates

WINE, CANCER, DIABETES = load("wine"), load("breast_cancer"), load("diabetes")
METRICS = {
    "wine": ("accuracy", "f1_macro", "neg_log_loss", "roc_auc_ovr", "balanced_accuracy"),
    "breast_cancer": ("accuracy", "roc_auc", "average_precision", "neg_brier_score", "f1"),
    "diabetes": ("r2", "neg_mean_absolute_error", "explained_variance"),
}
SCALED = StandardScaler().fit_transform(WINE.X)
METHODS = ("predict", "predict_proba", "decision_function")


def halves(data):
    return np.arange(0, len(data.y), 2), np.arange(1, len(data.y), 2)


def evaluation(model, data, **changes):
    train, test = halves(data)
    one = Task(
        estimator=model, train=train, test=test, metrics=METRICS[data.name], model="m", repeat=0,
        fold=0, **changes,
    )  # fmt: skip
    return evaluate(one, data.X, data.y)[1][0]


def separate(model, data):
    """The scores and predictions of a model that is asked anew each time."""
    train, test = halves(data)
    fitted = clone(model).fit(data.X[train], data.y[train])
    scores = {}
    for rows, name in [(rows, name) for rows in (test, train) for name in METRICS[data.name]]:
        try:
            score = get_scorer(name)(fitted, data.X[rows], data.y[rows])
        except AttributeError:
            score = float("nan")
        scores[rows is test, name] = score
    said = {m: getattr(fitted, m)(data.X[test]) for m in METHODS if hasattr(fitted, m)}
    return scores, said


def quick(key, data):
    model = pipeline(key, data)
    if CATALOGUE[key].family == "net":
        model[-1].set_params(max_iter=2)
    if key == "forest":
        model[-1].set_params(n_estimators=10)
    return model


MODELS = {
    **{key: lambda data, key=key: quick(key, data) for key in CATALOGUE},
    "a search": lambda data: GridSearchCV(quick("forest", data), {"memory": [None]}, cv=2),
    "scaled in place": lambda data: make_pipeline(
        MinMaxScaler(copy=False),
        StandardScaler(copy=False),
        LogisticRegression() if data.task == "classification" else LinearRegression(),
    ),
}


@pytest.mark.parametrize("data", [WINE, CANCER, DIABETES], ids=lambda data: data.name)
@pytest.mark.parametrize("key", MODELS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_scores_and_predictions_are_those_of_a_model_that_is_asked_anew(key, data):
    model = MODELS[key](data)
    found = evaluation(model, data, score_train=True)
    scores, said = separate(model, data)
    for (is_test, name), score in scores.items():
        np.testing.assert_array_equal(
            (found.scores if is_test else found.train_scores)[name], score
        )
    np.testing.assert_array_equal(found.predicted, said["predict"])
    if data.task == "classification":
        np.testing.assert_array_equal(
            found.decisions if found.probabilities is None else found.probabilities,
            said["decision_function" if found.probabilities is None else "predict_proba"],
        )


def test_a_target_that_is_transformed_is_transformed_back():
    model = TransformedTargetRegressor(LinearRegression(), func=np.log, inverse_func=np.exp)
    scores, said = separate(model, DIABETES)
    found = evaluation(model, DIABETES)
    assert found.scores["r2"] == scores[True, "r2"]
    np.testing.assert_array_equal(found.predicted, said["predict"])


CALLS = Counter()


class CountedForest(RandomForestClassifier):
    """A forest that counts how often its trees are asked."""

    def predict_proba(self, X):
        CALLS["forest"] += 1
        return super().predict_proba(X)


class CountedScaler(StandardScaler):
    """A scaler that counts how often it scales."""

    def transform(self, X, copy=None):
        CALLS["scaler"] += 1
        return super().transform(X)


class CountedSVC(SVC):
    """An SVM that counts both of its answers."""

    def predict(self, X):
        CALLS["predict"] += 1
        return super().predict(X)

    def decision_function(self, X):
        CALLS["decisions"] += 1
        return super().decision_function(X)


def test_scorers_and_the_kept_predictions_share_one_answer():
    CALLS.clear()
    forest = CountedForest(5, random_state=0)
    evaluation(make_pipeline(CountedScaler(), forest), WINE)
    assert CALLS == {"forest": 1, "scaler": 1 + 1}  # and once in fit
    evaluation(make_pipeline(CountedScaler(), forest), WINE, score_train=True)
    assert CALLS["forest"] == 1 + 2  # test rows and training rows
    CALLS.clear()
    evaluation(CountedSVC(), CANCER)
    assert CALLS == {"predict": 1, "decisions": 1}


@pytest.mark.parametrize("net", [MLPClassifier, GRUClassifier])
def test_a_net_is_run_forward_once(net):
    train, test = halves(WINE)
    fitted = net(max_iter=1, random_state=0).fit(WINE.X[train], WINE.y[train])
    one = Task(
        estimator=fitted, train=train, test=test, metrics=METRICS["wine"], model="m", repeat=0,
        fold=0,
    )  # fmt: skip
    n_forward = 0
    plain = fitted.net_.predict_raw

    def counted(*args):
        nonlocal n_forward
        n_forward += 1
        return plain(*args)

    fitted.net_.predict_raw = counted
    one.score(fitted, WINE.X, WINE.y, fit_seconds=0.0)
    assert n_forward == 1


def test_whoever_changes_an_answer_changes_nobody_else_s():
    fitted = LogisticRegression().fit(SCALED, WINE.y)
    expected = fitted.decision_function(SCALED)
    with answering_once(fitted) as model:
        for _ in range(3):
            said = model.decision_function(SCALED)
            np.testing.assert_array_equal(said, expected)
            said[:] = 0.0
        model.predict_proba(SCALED)  # which scikit-learn computes in place of its own decisions
        np.testing.assert_array_equal(model.decision_function(SCALED), expected)


def test_other_rows_have_other_answers_and_the_model_stays_as_it_was():
    fitted = LogisticRegression().fit(SCALED, WINE.y)
    before = dict(vars(fitted))
    with answering_once(fitted) as model:
        for rows in (SCALED[:50], SCALED[50:]):
            np.testing.assert_array_equal(model.predict(rows), fitted.predict(rows))
        assert isinstance(model, LogisticRegression)
    assert vars(fitted) == before


def test_rows_are_let_go_with_the_block():
    fitted = LogisticRegression().fit(SCALED, WINE.y)
    rows = SCALED.copy()
    alive = weakref.ref(rows)
    gc.disable()  # it would come later anyway
    try:
        with answering_once(fitted) as model:
            model.predict(rows)
        del rows
        assert alive() is None
    finally:
        gc.enable()
