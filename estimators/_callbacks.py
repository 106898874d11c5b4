"""skorch callbacks that a fit sets up: the validation score, the progress bar, stopping."""

from __future__ import annotations

import copy

import numpy as np
import torch
from sklearn.metrics import accuracy_score, r2_score
from skorch.callbacks import Callback
from tqdm.auto import tqdm


class StopTraining(Exception):  # noqa: N818 (a signal, not an error)
    """A callback asked to stop."""


class Stopping(Callback):
    """Stop when a loss has not fallen by more than ``tol`` for ``patience`` epochs.

    Unlike skorch's EarlyStopping it keeps the weights of the lowest loss whatever ``tol`` is, as
    scikit-learn's MLP does, its tolerance is absolute, and it does not raise KeyboardInterrupt.

    Parameters
    ----------
    monitor : str
        A column of the history, lower is better.
    patience : int
        Epochs.
    tol : float
        Smallest fall that counts.
    restore_best : bool
        Whether the weights of the epoch with the lowest loss replace the last ones.
    """

    def __init__(self, monitor: str, *, patience: int, tol: float, restore_best: bool):
        self.monitor, self.patience, self.tol = monitor, patience, tol
        self.restore_best = restore_best

    def on_train_begin(self, net, **kwargs):
        self.best_loss_ = self.lowest_counted_ = np.inf
        self.best_epoch_, self.misses_, self.best_weights_ = 0, 0, None

    def on_epoch_end(self, net, **kwargs):
        loss = net.history[-1, self.monitor]
        if loss < self.best_loss_:
            self.best_loss_, self.best_epoch_ = loss, net.history[-1, "epoch"]
            if self.restore_best:
                self.best_weights_ = copy.deepcopy(net.module_.state_dict())
        if loss < self.lowest_counted_ - self.tol:
            self.lowest_counted_, self.misses_ = loss, 0
        else:
            self.misses_ += 1
        if self.misses_ >= self.patience:
            raise StopTraining

    def on_train_end(self, net, **kwargs):
        if self.best_weights_ is not None:
            net.module_.load_state_dict(self.best_weights_)
            self.best_weights_ = None


class ValidationScore(Callback):
    """Record ``valid_score``: accuracy for class codes, R² for values; weighted.

    It scores the predictions that the validation loss was computed from, so it costs no pass.
    """

    def on_epoch_begin(self, net, **kwargs):
        self.batches_: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = []

    def on_batch_end(self, net, batch=None, training=None, y_pred=None, **kwargs):
        if not training:
            weight = net.iterator_.weight
            self.batches_.append((y_pred.cpu(), batch[1].cpu(), weight.cpu()))

    def on_epoch_end(self, net, **kwargs):
        prediction, target, weight = (
            torch.cat(parts).numpy() for parts in zip(*self.batches_, strict=True)
        )
        if target.ndim == 1:
            score = accuracy_score(target, prediction.argmax(axis=1), sample_weight=weight)
        elif len(target) < 2:
            score = np.nan  # R² of one row is not defined
        else:
            score = r2_score(target, prediction, sample_weight=weight)
        net.history.record("valid_score", float(score))
        self.batches_ = []


class Progress(Callback):
    """A bar with one tick an epoch, beside it the latest losses."""

    def on_train_begin(self, net, **kwargs):
        self.bar_ = tqdm(total=net.max_epochs, unit="epoch", desc=type(net.module_).__name__)

    def on_epoch_end(self, net, **kwargs):
        row = net.history[-1]
        shown = {k: row[k] for k in ("train_loss", "valid_loss", "valid_score") if k in row}
        self.bar_.set_postfix({k: f"{v:.4g}" for k, v in shown.items()})
        self.bar_.update()

    def on_train_end(self, net, **kwargs):
        self.bar_.close()

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k != "bar_"}
