"""A pass over the batches: skorch's loop, without what nobody listens to.

skorch announces every batch to every callback and writes each entry of the history through two
lookups; a step of a small net takes less time than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from skorch.callbacks import (
    BatchScoring,
    Callback,
    EpochScoring,
    EpochTimer,
    GradientNormClipping,
)
from torch import Tensor

from .backprop import MLPGradient
from .callbacks import EpochLoss, Plateau, Progress, Schedule, Stopping, ValidationScore
from .rows import Batches
from .solvers import FlatSolver, can_be_flat

if TYPE_CHECKING:
    from .net import Net

# Callbacks that a fit adds itself: they change rates, and gradients in place. Any other may do
# anything.
_OWN = {
    EpochLoss, EpochTimer, GradientNormClipping, Plateau, Progress, Schedule, Stopping,
    ValidationScore,
}  # fmt: skip
# Their `on_train` says which of the two kinds of batches they look at.
_SCORES = {BatchScoring, EpochScoring, ValidationScore}


def listeners(net: Net, name: str) -> list[Callback]:
    """Callbacks that implement ``name`` and look at training batches."""
    nothing = getattr(Callback, name)
    return [
        callback
        for _, callback in net.callbacks_
        if getattr(getattr(callback, name), "__func__", None) is not nothing
        and not (type(callback) in _SCORES and not callback.on_train)
    ]


class Step:
    """How a net takes its training steps.

    On the CPU, Adam, AdamW and SGD work on flat tensors, and the gradient of a plain MLP is
    computed by hand. Torch does both itself where a callback of the user's looks at batches; other
    callbacks of the user's find torch's own tensors between epochs.
    """

    def __init__(self, net: Net):
        self.net = net
        self.solver: FlatSolver | torch.optim.Optimizer = net.optimizer_
        self.flat: FlatSolver | None = None
        self.by_hand: MLPGradient | None = None
        self.is_prepared = False

    def prepare(self, *, watched: bool) -> None:
        """Decide for the epochs until the next release.

        Parameters
        ----------
        watched : bool
            Whether somebody else is called between batches.
        """
        if self.is_prepared:
            return
        net = self.net
        if not watched and can_be_flat(net.optimizer_):
            self.flat = FlatSolver(net.optimizer_)
            self.by_hand = MLPGradient.of(net.module_, net.criterion_)
        self.solver = self.flat or net.optimizer_
        self.is_prepared = True

    def release(self) -> None:
        """Leave parameters and solver to torch."""
        if self.flat is not None:
            self.flat.release()
        self.flat = self.by_hand = None
        self.is_prepared = False


def train_epoch(net: Net, batches: Batches, step: Step) -> None:
    """Train on each batch once."""
    before, between, after = (
        listeners(net, name) for name in ("on_batch_begin", "on_grad_computed", "on_batch_end")
    )
    watched = any(type(each) not in _OWN for each in before + between + after)
    alone = all(type(each) in _OWN for _, each in net.callbacks_)
    step.prepare(watched=watched)
    entries = net.history[-1]["batches"]
    if not alone or not (net.module_.training and net.criterion_.training):
        net._set_training(True)
    # Numbers may overflow on the way to a loss that is not finite, which the net will refuse.
    with np.errstate(all="ignore"), torch.enable_grad():
        batch: Any
        loss: Tensor | float
        for batch in batches.arrays() if step.by_hand else batches:
            entry: dict = {}
            entries.append(entry)
            for callback in before:
                callback.on_batch_begin(net, batch=batch, training=True)
            if step.by_hand is not None:
                loss, prediction = step.by_hand(*batch), None
            else:
                if watched:
                    net._set_training(True)  # a callback may have predicted
                loss, prediction = _backward(net, batch, step.solver)
            if between:
                named = list(net.get_all_learnable_params())
                for callback in between:
                    callback.on_grad_computed(
                        net, named_parameters=named, batch=batch, training=True
                    )
            step.solver.step()
            entry["train_loss"], entry["train_batch_size"] = float(loss), len(batch[0])
            for callback in after:
                callback.on_batch_end(net, batch=batch, training=True, loss=loss, y_pred=prediction)
    if not alone:
        step.release()


def _backward(net: Net, batch: tuple[Tensor, Tensor], solver) -> tuple[Tensor, Tensor]:
    """The loss of a batch and the prediction; autograd leaves the gradient in the parameters."""
    X, y = batch
    solver.zero_grad()
    prediction = net.module_(X)
    loss = net.get_loss(prediction, y)
    loss.backward()
    return loss.detach(), prediction
