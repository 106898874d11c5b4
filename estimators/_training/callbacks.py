"""skorch callbacks that a fit sets up: learning rates, stopping, the score, the progress bar."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import torch
from sklearn.metrics import accuracy_score, r2_score
from skorch.callbacks import Callback
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau
from tqdm.auto import tqdm


class StopTraining(Exception):  # noqa: N818 (a signal, not an error)
    """A callback asked to stop."""


def has_several_labels(net) -> bool:
    """Whether the targets of a net are indicators of labels."""
    return isinstance(net.criterion_.loss, nn.BCEWithLogitsLoss)


class EpochLoss(Callback):
    """Record the mean loss of an epoch's batches, and whether it is the lowest so far.

    What skorch's PassthroughScoring records, without its look-ups in the history.

    Parameters
    ----------
    name : {"train", "valid"}
    """

    def __init__(self, name: str):
        self.name = name

    def on_train_begin(self, net, **kwargs):
        self.lowest_ = np.inf

    def on_epoch_end(self, net, **kwargs):
        loss, size = f"{self.name}_loss", f"{self.name}_batch_size"
        rows = [row for row in net.history[-1]["batches"] if loss in row]
        mean = sum(row[loss] * row[size] for row in rows) / sum(row[size] for row in rows)
        net.history.record(loss, mean)
        net.history.record(f"{loss}_best", mean < self.lowest_)
        self.lowest_ = min(self.lowest_, mean)


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
        loss = net.history[-1][self.monitor]
        if loss < self.best_loss_:
            self.best_loss_, self.best_epoch_ = loss, net.history[-1]["epoch"]
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

    Of several labels a row all have to be right, as in scikit-learn's accuracy.

    It scores the predictions that the validation loss was computed from, so it costs no pass.
    """

    on_train = False  # skorch's word for a callback that ignores training batches

    def on_epoch_begin(self, net, **kwargs):
        self.batches_: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = []

    def on_batch_end(self, net, batch=None, training=None, y_pred=None, **kwargs):
        if not training:
            weight = net.iterator_.weight
            weight = torch.ones(len(y_pred)) if weight is None else weight.cpu()
            self.batches_.append((y_pred.cpu(), batch[1].cpu(), weight))

    def on_epoch_end(self, net, **kwargs):
        prediction, target, weight = (
            torch.cat(parts).numpy() for parts in zip(*self.batches_, strict=True)
        )
        if target.ndim == 1:
            score = accuracy_score(target, prediction.argmax(axis=1), sample_weight=weight)
        elif has_several_labels(net):
            score = accuracy_score(target > 0.5, prediction > 0, sample_weight=weight)
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


class Schedule(Callback):
    """Set the learning rate before every training batch by a function of the progress.

    Parameters
    ----------
    factor : callable
        Share of the planned steps done, in [0, 1) -> factor on the net's ``lr``.
    """

    def __init__(self, factor: Callable[[float], float]):
        self.factor = factor

    def on_train_begin(self, net, **kwargs):
        self.step_, self.n_steps_ = 0, net.max_epochs * net.n_batches_

    def on_batch_begin(self, net, training=None, **kwargs):
        if training:
            rate = net.lr * self.factor(self.step_ / self.n_steps_)
            for group in net.optimizer_.param_groups:
                group["lr"] = rate
            self.step_ += 1


class Plateau(Callback):
    """Halve the learning rate when the loss has not improved for ``patience`` epochs.

    Parameters
    ----------
    monitor : str
        A column of the history, lower is better.
    patience : int
        Epochs.
    threshold : float
        Smallest improvement that counts, absolute.
    """

    def __init__(self, monitor: str, patience: int, threshold: float):
        self.monitor, self.patience, self.threshold = monitor, patience, threshold

    def on_train_begin(self, net, **kwargs):
        self.scheduler_ = ReduceLROnPlateau(
            net.optimizer_,
            factor=0.5,
            patience=self.patience,
            threshold=self.threshold,
            threshold_mode="abs",
        )

    def on_epoch_end(self, net, **kwargs):
        self.scheduler_.step(net.history[-1, self.monitor])
