"""The task of an ensemble study: an ensemble, and the smaller ones that it holds."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from ..evaluation import Evaluation
from ..task import Task


@dataclass(frozen=True, eq=False, kw_only=True)
class EnsembleTask(Task):
    """An ensemble that is fitted once and scored at several sizes, one evaluation each.

    Parameters
    ----------
    sizes : tuple of int
        Numbers of members. ``members`` in the ``params`` of an evaluation tells which.
    """

    sizes: tuple[int, ...]

    def run(self, X: np.ndarray, y: np.ndarray) -> list[Evaluation]:
        fitted, fit_seconds = self.fit(X, y)
        return [
            self.score(part(fitted, slice(size)), X, y, fit_seconds=fit_seconds, params=params)
            for size, params in self._params()
        ]

    def failures(self, y: np.ndarray, reason: str) -> list[Evaluation]:
        return [self._failure(y, reason, params=params) for _, params in self._params()]

    def _params(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for size in self.sizes:
            yield size, {**self.params, "members": size}


def part(fitted: Pipeline, members: slice) -> Pipeline:
    """Return a fitted pipeline whose ensemble is some of its members.

    Members are fitted one after the other from one stream of random numbers, in bagging too, so
    the first m of them are the very ensemble that a fit of that size gives.

    Parameters
    ----------
    fitted : Pipeline
        What `EnsembleStudy.ensemble` built, fitted.
    members : slice
        ``slice(m)`` for the first m, ``slice(m, m + 1)`` for the one after them; in gradient
        boosting, only the first ones make a model.
    """
    *scaling, (name, whole) = fitted.steps
    cut = copy.copy(whole)
    cut.estimators_ = whole.estimators_[members]
    cut.n_estimators = len(cut.estimators_)  # what bagging divides its votes by
    if hasattr(whole, "estimators_features_"):  # bagging
        cut.estimators_features_ = whole.estimators_features_[members]
    if hasattr(whole, "estimator_weights_"):  # AdaBoost
        cut.estimator_weights_ = whole.estimator_weights_[members]
    return Pipeline([*scaling, (name, cut)])
