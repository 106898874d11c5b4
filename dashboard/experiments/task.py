"""One task: a model to fit on some rows and to score on others, described by content alone.

A task is what is sent to a worker and what a recorded result is found by, so it holds no position
in a list and no reference to the run that it belongs to.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, clone, is_classifier
from sklearn.metrics import get_scorer

from bakeoff.recording import Journalled

from .evaluation import Evaluation, one_line
from .live import watched
from .once import answering_once

Label = tuple[str, int, int, int | None, int, str]


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What is to be fitted and scored.

    Parameters
    ----------
    estimator : scikit-learn estimator
        Left unfitted: a clone is trained.
    train, test : ndarray of int
        Row numbers.
    groups : ndarray or None, default=None
        Of the test rows.
    metrics : tuple of str
        scikit-learn's names of scorers, the one to rank by first.
    model, repeat, fold, inner, seed, params, resource, variant
        Carried into the evaluation; see `Evaluation`. Together they name the task among those of
        one round.
    score_train : bool, default=False
        Whether the training rows are scored too.
    keep_predictions : bool, default=True
        Whether the evaluation carries what was predicted.
    """

    estimator: BaseEstimator
    train: np.ndarray
    test: np.ndarray
    groups: np.ndarray | None = None
    metrics: tuple[str, ...]
    model: str
    repeat: int
    fold: int
    inner: int | None = None
    seed: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)
    resource: int | None = None
    variant: str = ""
    score_train: bool = False
    keep_predictions: bool = True

    @property
    def label(self) -> Label:
        """What tells the task from the others of its round."""
        params = repr(sorted(self.params.items()))
        return self.model, self.repeat, self.fold, self.inner, self.seed, params

    def run(self, X: np.ndarray, y: np.ndarray) -> list[Evaluation]:
        """Fit a clone on the training rows and score it; raise what the model raises."""
        fitted, fit_seconds = self.fit(X, y)
        return [self.score(fitted, X, y, fit_seconds=fit_seconds)]

    def fit(self, X: np.ndarray, y: np.ndarray) -> tuple[BaseEstimator, float]:
        """Return a clone fitted on the training rows, and how many seconds that took."""
        start = time.perf_counter()
        estimator = watched(clone(self.estimator), _labels(self))
        fitted = estimator.fit(X[self.train], y[self.train])
        return fitted, time.perf_counter() - start

    def score(
        self, fitted: BaseEstimator, X: np.ndarray, y: np.ndarray, **labels: Any
    ) -> Evaluation:
        """Return the evaluation of a fitted model, with ``labels`` in place of the task's."""
        start = time.perf_counter()
        rows, actual = X[self.test], y[self.test]
        predicted, probabilities, decisions = y[:0], None, None
        with answering_once(fitted) as model:
            scores, error = _scores(model, rows, actual, self.metrics)
            score_seconds = time.perf_counter() - start
            if self.keep_predictions:
                predicted, probabilities, decisions = _predictions(model, rows)
        train_scores: dict[str, float] = {}
        if self.score_train:
            with answering_once(fitted) as model:
                train_scores, _ = _scores(model, X[self.train], y[self.train], self.metrics)
        found = {
            "scores": scores,
            "train_scores": train_scores,
            "score_seconds": score_seconds,
            "n_train": _rows_used(fitted, len(self.train)),
            "actual": actual if self.keep_predictions else y[:0],
            "predicted": predicted,
            "probabilities": probabilities,
            "decisions": decisions,
            "error": error,
        }
        return self._evaluation(**{**found, **labels})

    def failures(self, y: np.ndarray, reason: str) -> list[Evaluation]:
        """Return what `run` would, with NaN for scores and ``reason`` for an error."""
        return [self._failure(y, reason)]

    def _failure(self, y: np.ndarray, reason: str, **labels: Any) -> Evaluation:
        nan = float("nan")
        scores = dict.fromkeys(self.metrics, nan)
        found = {
            "scores": scores,
            "train_scores": scores if self.score_train else {},
            "fit_seconds": nan,
            "score_seconds": nan,
            "n_train": len(self.train),
            "actual": y[self.test] if self.keep_predictions else y[:0],
            "predicted": y[:0],
            "error": reason,
        }
        return self._evaluation(**{**found, **labels})

    def _evaluation(self, **found: Any) -> Evaluation:
        names = (
            "model", "repeat", "fold", "inner", "seed", "params", "resource", "variant", "test",
            "groups",
        )  # fmt: skip
        return Evaluation(**{**{name: getattr(self, name) for name in names}, **found})


def evaluate(task: Task, X: np.ndarray, y: np.ndarray) -> tuple[Label, list[Evaluation]]:
    """Run a task, and never raise for its model.

    Its attribute ``journal`` tells a recording what to keep of a call, and what to put in the
    place of one that kills its worker.

    Parameters
    ----------
    task : Task
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,) or (n_samples, n_targets)
        Of the whole data set; the task names its rows.

    Returns
    -------
    label : tuple
        The task's.
    evaluations : list of Evaluation
        With NaN scores and the reason in ``error`` when the model raised.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> X, y = load_iris(return_X_y=True)
    >>> even, odd = np.arange(0, 150, 2), np.arange(1, 150, 2)
    >>> task = Task(
    ...     estimator=SVC(), train=even, test=odd, metrics=("accuracy",),
    ...     model="svm_rbf", repeat=0, fold=0,
    ... )
    >>> _, (found,) = evaluate(task, X, y)
    >>> round(found.score, 2)
    0.93
    """
    try:
        return task.label, task.run(X, y)
    except Exception as problem:  # one model's failure is a result; the others go on
        return task.label, task.failures(y, one_line(problem))


def _given_up(
    function: object, arguments: Mapping[str, Any], reason: str
) -> tuple[Label, list[Evaluation]]:
    task = arguments["task"]
    return task.label, task.failures(arguments["y"], reason)


def _describe(arguments: Mapping[str, Any], result: tuple[Label, list[Evaluation]]) -> dict:
    """What a table of evaluations needs of the last one: of a curve, the whole of it."""
    last = result[1][-1]
    return {
        **_labels(last),
        "n_train": last.n_train,
        "error": last.error,
        "scores": {n: None if math.isnan(v) else v for n, v in last.scores.items()},
        "fit_seconds": None if math.isnan(last.fit_seconds) else last.fit_seconds,
    }


def _labels(one: Task | Evaluation) -> dict[str, Any]:
    """What tells it from the others of its run, as JSON has it."""
    names = ("model", "repeat", "fold", "inner", "seed")
    params = {name: repr(value) for name, value in one.params.items()}
    return {**{name: getattr(one, name) for name in names}, "params": params}


def _parts(arguments: Mapping[str, Any]) -> dict[str, Any]:
    task = arguments["task"]
    of_task = {name: getattr(task, name) for name in ("estimator", "train", "test")}
    return {**of_task, "X": arguments["X"], "y": arguments["y"]}


def _failed(result: tuple[Label, list[Evaluation]]) -> bool:
    return any(one.failed for one in result[1])


evaluate.journal = Journalled(_describe, _given_up, parts=_parts, failed=_failed)  # type: ignore[attr-defined]


def _scores(
    fitted: BaseEstimator, X: np.ndarray, y: np.ndarray, metrics: tuple[str, ...]
) -> tuple[dict[str, float], str | None]:
    """Score by each metric; one that cannot be computed is NaN, and the first such is the error.

    Each has a try of its own: scikit-learn's scoring by several metrics at once raises for all of
    them where the model lacks a method, whatever ``raise_exc`` says.
    """
    scores, error = dict.fromkeys(metrics, float("nan")), None
    for name in metrics:
        try:
            scores[name] = float(get_scorer(name)(fitted, X, y))
        except Exception as problem:  # SVC without probabilities has other scores all the same
            error = error or f"{name}: {one_line(problem)}"
    return scores, error


def _predictions(
    model: BaseEstimator, X: np.ndarray
) -> tuple[np.ndarray, np.ndarray | None, np.ndarray | None]:
    """Return what a model says of rows: predictions, probabilities or else decisions."""
    predicted = model.predict(X)
    if is_classifier(model) and hasattr(model, "predict_proba"):
        return predicted, model.predict_proba(X), None
    if is_classifier(model) and hasattr(model, "decision_function"):
        return predicted, None, model.decision_function(X)
    return predicted, None, None


def _rows_used(fitted: BaseEstimator, n_train: int) -> int:
    """How many rows the last step was trained on, where a `Subsampled` took fewer than all."""
    last = getattr(fitted, "steps", [("", fitted)])[-1][1]
    return getattr(last, "n_rows_used_", n_train)
