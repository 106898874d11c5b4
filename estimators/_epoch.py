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

from ._backprop import MLPGradient
from ._callbacks import EpochLoss, Plateau, Progress, Schedule, Stopping, ValidationScore
from ._rows import Batches
from ._solvers import FlatSolver, can_be_flat

if TYPE_CHECKING:
    from ._net import Net

# Callbacks that a fit sets up itself. What a user's own do between two batches is not known: then
# torch's own tensors and solver are in their hands.
_OWN = {
    EpochLoss, EpochTimer, GradientNormClipping, Plateau, Progress, Schedule, Stopping,
    ValidationScore,
}  # fmt: skip
# Their `on_train` says which of the two kinds of batches they look at.
_SCORES = (BatchScoring, EpochScoring, ValidationScore)


def listeners(net: Net, name: str) -> list[Callback]:
    """Callbacks that implement ``name`` and look at training batches."""
    return [
        callback
        for _, callback in net.callbacks_
        if getattr(type(callback), name) is not getattr(Callback, name)
        and not (isinstance(callback, _SCORES) and not callback.on_train)
    ]


class Step:
    """A training step: the gradient of a batch, then the solver.

    On the CPU the solver works on flat tensors, and the gradient of a plain MLP is computed by
    hand. Both stand back where a callback might notice, and then torch does all of it.
    """

    def __init__(self, net: Net):
        self.net = net
        self.solver: FlatSolver | torch.optim.Optimizer = net.optimizer_
        self.flat: FlatSolver | None = None
        self.by_hand: MLPGradient | None = None
        self.is_prepared = False

    def prepare(self, *, watched: bool) -> None:
        """Decide for an epoch; callbacks of the user's may have changed anything since the last.

        Parameters
        ----------
        watched : bool
            Whether some of them are called between batches too.
        """
        net = self.net
        if self.is_prepared and all(type(each) in _OWN for _, each in net.callbacks_):
            return
        if watched or not can_be_flat(net.optimizer_):
            self.release()
        elif self.flat is None or not self.flat.holds():
            self.release()
            self.flat = FlatSolver(net.optimizer_)
        self.solver = self.flat or net.optimizer_
        self.by_hand = None
        if self.flat is not None:
            self.by_hand = MLPGradient.of(net.module_, net.criterion_)
        self.is_prepared = True

    def release(self) -> None:
        """Leave the parameters to torch; they have to be prepared again."""
        self.is_prepared = False
        if self.flat is not None:
            self.flat.release()
        self.flat = None


def train(net: Net, batches: Batches, step: Step) -> None:
    """Train on each batch once."""
    before, between, after = (
        listeners(net, name) for name in ("on_batch_begin", "on_grad_computed", "on_batch_end")
    )
    step.prepare(watched=any(type(each) not in _OWN for each in before + between + after))
    rows = net.history[-1]["batches"]
    # Numbers may overflow on the way to a loss that is not finite, which the net will refuse.
    with np.errstate(all="ignore"), torch.enable_grad():
        batch: Any
        loss: Tensor | float
        for batch in batches.arrays() if step.by_hand else batches:
            row: dict = {}
            rows.append(row)
            for callback in before:
                callback.on_batch_begin(net, batch=batch, training=True)
            if step.by_hand is not None:
                loss, prediction = step.by_hand(*batch), None
            else:
                loss, prediction = _backward(net, batch, step.solver)
            for callback in between:
                named = list(net.get_all_learnable_params())
                callback.on_grad_computed(net, named_parameters=named, batch=batch)
            step.solver.step()
            row["train_loss"], row["train_batch_size"] = float(loss), len(batch[0])
            for callback in after:
                callback.on_batch_end(net, batch=batch, training=True, loss=loss, y_pred=prediction)


def _backward(net: Net, batch: tuple[Tensor, Tensor], solver) -> tuple[Tensor, Tensor]:
    """The loss of a batch and the prediction; autograd leaves the gradient in the parameters."""
    X, y = batch
    module = net.module_
    if not module.training:  # after validation, or a callback that predicts
        module.train()
    solver.zero_grad()
    prediction = module(X)
    loss = net.get_loss(prediction, y)
    loss.backward()
    return loss.detach(), prediction
