"""The task of a learning curve over epochs."""

from dataclasses import dataclass, replace

import numpy as np
from sklearn.metrics import get_scorer

from ..evaluation import Evaluation
from ..once import answering_once
from ..task import Task


@dataclass(frozen=True, eq=False, kw_only=True)
class EpochTask(Task):
    """A net whose state after every epoch is scored on the test rows.

    The ``curve`` of its evaluation has ``train_loss``, the mean over the batches of an epoch
    while the weights move, and ``test_loss`` and ``test_score`` of the weights after the epoch.
    The losses are what the nets minimise: cross-entropy in nats, or the squared error in variances
    of the training targets.
    """

    def run(self, X: np.ndarray, y: np.ndarray) -> list[Evaluation]:
        from . import epochs  # which imports torch, and that takes seconds

        fitted, fit_seconds = replace(self, estimator=epochs.keeping(self.estimator)).fit(X, y)
        X_test, y_test, y_train = X[self.test], y[self.test], y[self.train]
        losses, scores = [], []
        for net in epochs.epochs(fitted):
            with answering_once(net) as model:
                losses.append(epochs.held_out_loss(model, X_test, y_test, y_train))
                scores.append(get_scorer(self.metrics[0])(model, X_test, y_test))
        curve = {
            "train_loss": fitted[-1].loss_curve_,
            "test_loss": losses,
            "test_score": scores,
        }
        return [self.score(fitted, X, y, fit_seconds=fit_seconds, curve=curve)]
