"""How a net takes a training step: the ways there are, and which of them a net takes.

A way takes an epoch's batches in a form of its own and turns each into its loss, leaving the
gradient in the parameters, which its solver then moves. One more way, for many nets in one pass
say, is one more class and a line in :func:`choose_step`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Protocol

from skorch import NeuralNet
from skorch.callbacks import (
    BatchScoring,
    Callback,
    EpochScoring,
    EpochTimer,
    GradientNormClipping,
)
from torch import Tensor, optim

from .backprop import MLPGradient
from .callbacks import EpochLoss, Plateau, Progress, Schedule, Stopping, ValidationScore
from .flat_solver import FlatSolver, can_be_flat
from .rows import Arrays, Batches

# Callbacks that a fit adds itself: they change rates, and gradients in place. Any other may do
# anything.
OWN = {
    EpochLoss, EpochTimer, GradientNormClipping, Plateau, Progress, Schedule, Stopping,
    ValidationScore,
}  # fmt: skip
# Their `on_train` says which of the two kinds of batches they look at.
_SCORES = {BatchScoring, EpochScoring, ValidationScore}
# Methods that skorch's loop calls and that a callback may replace on its net.
HOOKS = {
    "_step_optimizer", "_zero_grad_optimizer", "get_loss", "infer", "notify", "on_batch_begin",
    "on_batch_end", "on_grad_computed", "train_step", "train_step_single",
}  # fmt: skip


class Step(Protocol):
    """A way to take a training step."""

    @property
    def solver(self) -> FlatSolver | optim.Optimizer:
        """What moves the parameters."""

    def batches(self, batches: Batches) -> Iterator[Any]:
        """The batches in the form that a call takes."""

    def __call__(self, batch: Any) -> tuple[Tensor | float, Tensor | None]:
        """The loss of a batch and, where somebody may look at it, the prediction."""


class ByAutograd:
    """torch's autograd, then a solver: torch's own, or one on flat tensors."""

    def __init__(self, net: NeuralNet, solver: FlatSolver | optim.Optimizer):
        self.net, self.solver = net, solver

    def batches(self, batches: Batches) -> Iterator[tuple[Tensor, Tensor]]:
        return iter(batches)

    def __call__(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        X, y = batch
        self.solver.zero_grad()
        prediction = self.net.module_(X)
        loss = self.net.get_loss(prediction, y)
        loss.backward()
        return loss.detach(), prediction


class Watched(ByAutograd):
    """Autograd and torch's own solver, while callbacks of the user's look at the batches."""

    def __call__(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        self.net._set_training(True)  # a callback may have predicted
        return super().__call__(batch)


class ByHand:
    """The gradient of a plain MLP written out, then a solver on flat tensors."""

    def __init__(self, gradient: MLPGradient, solver: FlatSolver):
        self.gradient, self.solver = gradient, solver

    def batches(self, batches: Batches) -> Iterator[Arrays]:
        return batches.arrays()

    def __call__(self, batch: Arrays) -> tuple[float, None]:
        return self.gradient(*batch), None


def choose_step(net: NeuralNet) -> Step | None:
    """Return the quickest way that computes what skorch's loop would.

    None leaves the epoch to that loop, because something that it calls was replaced. Whoever takes
    a way with a :class:`FlatSolver` releases it in the end; see :class:`Steps`.
    """
    if not HOOKS.isdisjoint(vars(net)):
        return None
    names = ("on_batch_begin", "on_grad_computed", "on_batch_end")
    if any(type(each) not in OWN for name in names for each in listeners(net, name)):
        return Watched(net, net.optimizer_)
    if not can_be_flat(net.optimizer_):
        return ByAutograd(net, net.optimizer_)
    flat = FlatSolver(net.optimizer_)
    gradient = MLPGradient.of(net.module_, net.criterion_)
    return ByAutograd(net, flat) if gradient is None else ByHand(gradient, flat)


def listeners(net: NeuralNet, name: str) -> list[Callback]:
    """Callbacks that implement ``name`` and look at training batches."""
    nothing = getattr(Callback, name)
    return [
        callback
        for _, callback in net.callbacks_
        if getattr(getattr(callback, name), "__func__", None) is not nothing
        and not (type(callback) in _SCORES and not callback.on_train)
    ]


class Steps:
    """The steps of one training: chooses the way, and gives the net its tensors back.

    A context manager around the training. A way is chosen for all epochs where a fit's own
    callbacks are alone; callbacks of the user's, which may change anything between two epochs, find
    torch's own tensors there, and a way is chosen anew.
    """

    def __init__(self, net: NeuralNet):
        self.net = net
        self.step: Step | None = None

    def __enter__(self) -> Steps:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    @contextlib.contextmanager
    def of_an_epoch(self) -> Iterator[Step | None]:
        """The way for the epoch that begins, the net in training mode; see :func:`choose_step`."""
        net = self.net
        alone = all(type(callback) in OWN for _, callback in net.callbacks_)
        if self.step is None:
            self.step = choose_step(net)
        if not (alone and net.module_.training and net.criterion_.training):
            net._set_training(True)
        yield self.step
        if not alone:
            self._release()

    def _release(self) -> None:
        step, self.step = self.step, None
        if step is not None and isinstance(step.solver, FlatSolver):
            step.solver.release()
