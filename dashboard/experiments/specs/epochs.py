"""What a net was after each epoch of its training. Importing this imports torch."""

import copy
from collections.abc import Iterator

import numpy as np
from sklearn.base import BaseEstimator, clone, is_classifier
from sklearn.metrics import log_loss
from sklearn.pipeline import Pipeline
from skorch.callbacks import Callback


class KeepWeights(Callback):
    """Keep a copy of the weights after every epoch; all of them stay in memory."""

    def on_train_begin(self, net, **kwargs):
        self.weights_ = []

    def on_epoch_end(self, net, **kwargs):
        self.weights_.append(copy.deepcopy(net.module_.state_dict()))


def keeping(pipeline: Pipeline) -> Pipeline:
    """Return an unfitted pipeline whose net will keep its weights."""
    name, _ = pipeline.steps[-1]
    return clone(pipeline).set_params(**{f"{name}__callbacks": [KeepWeights()]})


def epochs(fitted: Pipeline) -> Iterator[Pipeline]:
    """Yield a fitted pipeline of `keeping` as it was after each epoch: the same object each time.

    In the end it is what it was before.
    """
    net = fitted[-1].net_
    (keeper,) = [each for _, each in net.callbacks_ if isinstance(each, KeepWeights)]
    final = copy.deepcopy(net.module_.state_dict())  # early stopping goes back to the best epoch
    for weights in keeper.weights_:
        net.module_.load_state_dict(weights)
        yield fitted
    net.module_.load_state_dict(final)


def held_out_loss(
    fitted: BaseEstimator, X: np.ndarray, y: np.ndarray, y_train: np.ndarray
) -> float:
    """Return the loss that nets minimise by default, on rows that the net has not seen.

    Parameters
    ----------
    fitted : pipeline
    X : ndarray of shape (n_test, n_features)
    y, y_train : ndarray of shape (n,) or (n, n_targets)
        Targets of the test rows and of the training rows, whose variance is the unit in a
        regression: the nets standardise the target inside.

    Returns
    -------
    float
        Cross-entropy in nats, or the mean squared error in variances of the target.
    """
    if is_classifier(fitted):
        return float(log_loss(y, fitted.predict_proba(X), labels=fitted.classes_))
    return float(np.mean((fitted.predict(X) - y) ** 2 / y_train.var(axis=0)))
