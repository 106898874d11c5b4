import numpy as np

from bakeoff.dashboard.experiments import evaluate, pipeline
from bakeoff.dashboard.experiments.evaluation import one_line
from bakeoff.datasets import load

WHERE = {"model": "svm_rbf", "repeat": 1, "fold": 2}


def test_an_evaluation_holds_what_scikit_learn_gives():
    data = load("wine")
    train, test = np.arange(0, 178, 2), np.arange(1, 178, 2)
    estimator = pipeline("svm_rbf", data)
    result = evaluate(estimator, data, train, test, **WHERE)

    fitted = estimator.fit(data.X[train], data.y[train])
    assert result.score == fitted.score(data.X[test], data.y[test])
    np.testing.assert_array_equal(result.predicted, fitted.predict(data.X[test]))
    np.testing.assert_array_equal(result.actual, data.y[test])
    assert (result.model, result.repeat, result.fold, result.n_train) == ("svm_rbf", 1, 2, 89)
    assert result.fit_seconds > 0
    assert result.error is None


def test_a_model_that_raises_gives_the_reason_and_no_score():
    data = load("wine")
    estimator = pipeline("svm_rbf", data).set_params(svc__C=-1.0)
    result = evaluate(estimator, data, np.arange(89), np.arange(89, 178), **WHERE)
    assert np.isnan(result.score)
    assert len(result.predicted) == 0
    assert result.error.startswith("InvalidParameterError: The 'C' parameter of SVC")
    assert "\n" not in result.error


def test_one_line_of_an_empty_message():
    assert one_line(KeyboardInterrupt()) == "KeyboardInterrupt: no message"
