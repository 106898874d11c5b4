"""The task of a comparison that leaves two folds out at once."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..evaluation import Evaluation
from ..task import Task


@dataclass(frozen=True, eq=False, kw_only=True)
class PairTask(Task):
    """One fit without the folds ``fold`` and ``inner``, scored on the rows of either.

    It is what cross-validates the training rows of both: those of ``fold`` are tested on the rows
    of ``inner``, and the other way round. So it gives two evaluations, its own the last.

    Parameters
    ----------
    train : ndarray of int
        Rows of neither fold.
    test, fold_rows : ndarray of int
        Rows of ``inner``, and of ``fold``.
    groups, fold_groups : ndarray or None
        Their groups.
    """

    fold_rows: np.ndarray
    fold_groups: np.ndarray | None = None

    def run(self, X: np.ndarray, y: np.ndarray) -> list[Evaluation]:
        fitted, fit_seconds = self.fit(X, y)
        labels: dict[str, Any] = {"fit_seconds": fit_seconds, "of_pair": True, "decisions": None}
        if self.metrics[0] != "neg_log_loss":  # only losses are asked of them, and rows are many
            labels["probabilities"] = None
        return [side.score(fitted, X, y, **labels) for side in self._sides()]

    def failures(self, y: np.ndarray, reason: str) -> list[Evaluation]:
        return [side._failure(y, reason, of_pair=True) for side in self._sides()]

    def _sides(self) -> list["PairTask"]:
        assert self.inner is not None, "it leaves a second fold out"
        other = replace(
            self,
            fold=self.inner,
            inner=self.fold,
            test=self.fold_rows,
            fold_rows=self.test,
            groups=self.fold_groups,
            fold_groups=self.groups,
        )
        return [other, self]
