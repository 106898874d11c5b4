"""One evaluation: one model, fitted on one fold's training rows and scored on its test rows."""

import time
from dataclasses import dataclass

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.metrics import accuracy_score, r2_score

from bakeoff.datasets import Dataset

SCORERS = {"classification": "accuracy", "regression": "r2"}  # scikit-learn's names of the scores


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What one fit on one fold gave.

    Attributes
    ----------
    model : str
        Key of the model.
    repeat, fold : int
        Which repeat of the cross-validation, and which fold in it, both from 0.
    score : float
        Accuracy or R² on the test rows; NaN when the model failed.
    fit_seconds, score_seconds : float
        Wall-clock time of ``fit`` and of ``predict`` with scoring; NaN when the model failed.
    n_train : int
        Training rows.
    test : ndarray of shape (n_test,)
        Row numbers of the test rows.
    actual, predicted : ndarray of shape (n_test,)
        Targets of the test rows, and what the model said; ``predicted`` is empty on failure.
    error : str or None
        One line that says why the model failed.
    """

    model: str
    repeat: int
    fold: int
    score: float
    fit_seconds: float
    score_seconds: float
    n_train: int
    test: np.ndarray
    actual: np.ndarray
    predicted: np.ndarray
    error: str | None = None


def evaluate(
    estimator: BaseEstimator,
    dataset: Dataset,
    train: np.ndarray,
    test: np.ndarray,
    *,
    model: str,
    repeat: int,
    fold: int,
) -> Evaluation:
    """Fit a clone on the training rows, score it on the test rows, and never raise for a model.

    Parameters
    ----------
    estimator : scikit-learn estimator
        Left unfitted: a clone is trained.
    dataset : Dataset
        Where the rows come from.
    train, test : ndarray of int
        Row numbers.
    model, repeat, fold
        Carried into the result.

    Returns
    -------
    Evaluation
        With a NaN score and the reason in ``error`` when the model raised.
    """
    score = fit_seconds = score_seconds = float("nan")
    predicted, error = np.empty(0), None
    X, y = dataset.X, dataset.y
    try:
        start = time.perf_counter()
        fitted = clone(estimator).fit(X[train], y[train])
        trained = time.perf_counter()
        predicted = fitted.predict(X[test])
        metric = accuracy_score if dataset.task == "classification" else r2_score
        score = float(metric(y[test], predicted))
        fit_seconds, score_seconds = trained - start, time.perf_counter() - trained
    except Exception as problem:  # one model's failure is a result; the others go on
        error = one_line(problem)
    return Evaluation(
        model=model,
        repeat=repeat,
        fold=fold,
        score=score,
        fit_seconds=fit_seconds,
        score_seconds=score_seconds,
        n_train=len(train),
        test=test,
        actual=y[test],
        predicted=predicted,
        error=error,
    )


def one_line(problem: BaseException) -> str:
    """Say in one line what was raised.

    Examples
    --------
    >>> one_line(ValueError("kernel is too large\\nsee above"))
    'ValueError: kernel is too large'
    """
    lines = str(problem).strip().splitlines() or ["no message"]
    return f"{type(problem).__name__}: {lines[0]}"
