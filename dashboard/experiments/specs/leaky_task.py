"""The task of a comparison with a leak."""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.base import clone

from ..evaluation import Evaluation
from ..task import Task


@dataclass(frozen=True, eq=False, kw_only=True)
class LeakyTask(Task):
    """A pipeline without its first step, the scaler, on rows that were all scaled together."""

    def run(self, X: np.ndarray, y: np.ndarray) -> list[Evaluation]:
        leaked = clone(self.estimator[0]).fit_transform(X)
        fitted, fit_seconds = replace(self, estimator=self.estimator[1:]).fit(leaked, y)
        return [self.score(fitted, leaked, y, fit_seconds=fit_seconds)]
