"""skorch callbacks that a fit sets up: the validation score, the progress bar, stopping."""

from __future__ import annotations

import numpy as np
import torch
from sklearn.metrics import accuracy_score, r2_score
from skorch.callbacks import Callback, EarlyStopping
from skorch.utils import noop
from tqdm.auto import tqdm


def stopping(monitor: str, *, patience: int, tol: float, restore_best: bool) -> EarlyStopping:
    """Stop when ``monitor`` has not fallen by more than ``tol`` for ``patience`` epochs.

    The tolerance is absolute: skorch's relative one goes the wrong way for negative losses.
    """
    return EarlyStopping(
        monitor, patience=patience, threshold=tol, threshold_mode="abs", load_best=restore_best,
        sink=noop,
    )  # fmt: skip


class ValidationScore(Callback):
    """Record ``valid_score``: accuracy for class codes, R² for values; weighted.

    It scores the predictions that the validation loss was computed from, so it costs no pass.
    """

    def on_epoch_begin(self, net, **kwargs):
        self.batches_: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]] = []

    def on_batch_end(self, net, batch=None, training=None, y_pred=None, **kwargs):
        if not training:
            target, weight = batch[1]
            self.batches_.append((y_pred.cpu(), target.cpu(), weight.cpu()))

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
        self.bar_.set_postfix({k: f"{v:.4f}" for k, v in shown.items()})
        self.bar_.update()

    def on_train_end(self, net, **kwargs):
        self.bar_.close()

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k != "bar_"}
