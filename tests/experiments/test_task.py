import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import get_scorer
from sklearn.svm import SVC

from bakeoff.datasets import load
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.models.subsample import Subsampled
from bakeoff.experiments.task import Task, evaluate

WINE = load("wine")
EVEN, ODD = np.arange(0, 178, 2), np.arange(1, 178, 2)


def task(estimator=None, **changes):
    values = {
        "estimator": pipeline("svm_rbf", WINE) if estimator is None else estimator,
        "train": EVEN,
        "test": ODD,
        "metrics": ("accuracy",),
        "model": "svm_rbf",
        "repeat": 1,
        "fold": 2,
    }
    return Task(**{**values, **changes})


def only(one, data=WINE):
    label, (found,) = evaluate(one, data.X, data.y)
    assert label == one.label
    return found


def test_an_evaluation_holds_what_scikit_learn_gives():
    one = task(metrics=("f1_macro", "accuracy"), score_train=True)
    found = only(one)
    fitted = clone(one.estimator).fit(WINE.X[EVEN], WINE.y[EVEN])
    for name in ("f1_macro", "accuracy"):
        assert found.scores[name] == get_scorer(name)(fitted, WINE.X[ODD], WINE.y[ODD])
        assert found.train_scores[name] == get_scorer(name)(fitted, WINE.X[EVEN], WINE.y[EVEN])
    assert found.score == found.scores["f1_macro"]
    np.testing.assert_array_equal(found.predicted, fitted.predict(WINE.X[ODD]))
    np.testing.assert_array_equal(found.actual, WINE.y[ODD])
    np.testing.assert_array_equal(found.test, ODD)
    assert (found.model, found.repeat, found.fold, found.n_train) == ("svm_rbf", 1, 2, 89)
    assert found.fit_seconds > 0
    assert found.error is None


def test_the_estimator_of_a_task_stays_unfitted():
    one = task()
    only(one)
    assert not hasattr(one.estimator[-1], "classes_")


def test_probabilities_are_there_where_the_model_has_them():
    assert only(task()).probabilities is None  # SVC has none
    one = task(pipeline("logistic", WINE))
    fitted = clone(one.estimator).fit(WINE.X[EVEN], WINE.y[EVEN])
    np.testing.assert_array_equal(only(one).probabilities, fitted.predict_proba(WINE.X[ODD]))


def test_a_model_without_probabilities_leaves_its_decisions():
    one = task()
    fitted = clone(one.estimator).fit(WINE.X[EVEN], WINE.y[EVEN])
    np.testing.assert_array_equal(only(one).decisions, fitted.decision_function(WINE.X[ODD]))
    assert only(task(pipeline("logistic", WINE))).decisions is None


def test_a_regression_has_no_probabilities_and_its_own_scores():
    data = load("diabetes")
    one = task(pipeline("logistic", data), metrics=("r2", "neg_mean_absolute_error"))
    found = only(one, data)
    assert found.probabilities is None
    assert found.scores["neg_mean_absolute_error"] < 0 < found.scores["r2"]


def test_a_score_that_the_model_cannot_give_is_nan_and_the_others_stay():
    found = only(task(metrics=("accuracy", "neg_log_loss")))
    assert found.score > 0.9
    assert np.isnan(found.scores["neg_log_loss"])
    assert found.error.startswith("neg_log_loss: ")
    assert "predict_proba" in found.error
    assert len(found.predicted) == len(ODD)


def test_predictions_are_left_out_on_request():
    found = only(task(keep_predictions=False))
    assert found.score == only(task()).score
    assert len(found.predicted) == len(found.actual) == 0
    np.testing.assert_array_equal(found.test, ODD)


def test_rows_that_a_model_left_out_are_not_counted():
    model = Subsampled(SVC(), max_rows=30, random_state=0)
    assert only(task(model)).n_train == 30


def test_a_model_that_raises_gives_the_reason_and_no_score():
    broken = pipeline("svm_rbf", WINE).set_params(svc__C=-1.0)
    found = only(task(broken, metrics=("accuracy", "f1_macro"), score_train=True))
    assert found.failed
    assert set(found.scores) == set(found.train_scores) == {"accuracy", "f1_macro"}
    assert np.isnan([*found.scores.values(), found.fit_seconds, found.score_seconds]).all()
    assert len(found.predicted) == 0
    assert found.error.startswith("InvalidParameterError: The 'C' parameter of SVC")
    assert "\n" not in found.error


def test_a_quarantined_task_gives_what_a_failed_one_would():
    one = task(params={"C": 1}, inner=2)
    arguments = {"task": one, "X": WINE.X, "y": WINE.y}
    label, (found,) = evaluate.journal.stand_in(evaluate, arguments, "it killed its worker twice")
    assert label == one.label
    assert found.failed
    assert found.error == "it killed its worker twice"
    assert (found.params, found.inner, found.n_train) == ({"C": 1}, 2, 89)


@pytest.mark.parametrize(
    "changes",
    [{"model": "mlp"}, {"repeat": 0}, {"fold": 0}, {"inner": 1}, {"seed": 1}, {"params": {"C": 2}}],
)
def test_what_tells_tasks_apart_is_in_the_label(changes):
    base = task(params={"C": 1})
    assert base.label == task(params={"C": 1}).label
    assert task(**{"params": {"C": 1}, **changes}).label != base.label


def test_tasks_and_results_travel_to_other_processes():
    one = pickle.loads(pickle.dumps(task()))
    label, (found,) = pickle.loads(pickle.dumps(evaluate(one, WINE.X, WINE.y)))
    assert (label, found.score) == (one.label, only(task()).score)
