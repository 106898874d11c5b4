"""Loss and gradient of a plain MLP, by the chain rule written out (Rumelhart et al., 1986).

Autograd records and walks a graph for each batch, which takes a small net longer than its
arithmetic. What is here computes the same numbers, up to rounding, from the same weights into the
same gradients; nets that it does not know go through autograd.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from .._networks.layers import Dropout
from .._networks.losses import RowLoss
from .dense import Dense, Shared
from .flat_solver import FlatSolver
from .plain_mlp import PlainMLP, is_altered

# A loss takes the outputs z, (..., n_outputs, n), and the targets y as torch's losses do, with the
# same axes in front. It returns the loss of each row, (..., n), and fills d with its derivative by
# the outputs.


def _cross_entropy(
    z: Shared, y: np.ndarray, d: Shared, *, smoothing: float | np.ndarray | None
) -> np.ndarray:
    """Smoothing may be one number, or one a net, ``(n_nets, 1)``; None is nowhere any."""
    n_classes, n = z.array.shape[-2:]
    flat = d.array.reshape(-1)
    actual = y * n  # where the log-probabilities of the actual classes lie
    actual += _first_classes(z.array.shape)
    torch.log_softmax(z.tensor, -2, out=d.tensor)
    likelihood = flat.take(actual)
    if smoothing is None:
        d.tensor.exp_()
        flat[actual] -= 1
    else:
        likelihood *= 1 - smoothing
        likelihood += smoothing * d.array.mean(axis=-2)
        d.tensor.exp_()
        gradient = d.array
        gradient -= np.reshape(smoothing / n_classes, (-1, 1, 1)[-gradient.ndim :])
        flat[actual] -= 1 - smoothing
    return np.negative(likelihood, out=likelihood)


@functools.lru_cache(maxsize=64)
def _first_classes(shape: tuple[int, ...]) -> np.ndarray:
    """Where the first class of each row lies in outputs of a shape, taken as one long array."""
    *nets, n_classes, n = shape
    rows = np.arange(n)
    return rows + np.arange(nets[0])[:, None] * (n_classes * n) if nets else rows


def _binary_cross_entropy(z: Shared, y: np.ndarray, d: Shared) -> np.ndarray:
    target = y.swapaxes(-1, -2)
    # As torch does it: the logarithm of a sigmoid that is nearly 0 loses nothing.
    log_p = torch.nn.functional.logsigmoid(z.tensor).numpy()
    loss = ((1 - target) * z.array - log_p).mean(axis=-2)
    torch.sigmoid(z.tensor, out=d.tensor)
    gradient = d.array
    gradient -= target
    gradient /= target.shape[-2]
    return loss


def _of_residuals(
    z: Shared, y: np.ndarray, d: Shared, *, loss: Callable, slope: Callable
) -> np.ndarray:
    residuals = z.array - y.swapaxes(-1, -2)
    np.divide(slope(residuals), residuals.shape[-2], out=d.array)
    return loss(residuals).mean(axis=-2)


def _huber(residuals: np.ndarray) -> np.ndarray:
    clipped = residuals.clip(-1, 1)
    return clipped * (residuals - clipped / 2)


# Losses of single residuals, and their derivatives.
RESIDUAL_LOSSES: dict[type, tuple[Callable, Callable]] = {
    nn.MSELoss: (np.square, lambda r: 2 * r),
    nn.L1Loss: (np.abs, np.sign),
    nn.HuberLoss: (_huber, lambda r: r.clip(-1, 1)),
}


def loss_of(criterion: nn.Module) -> Callable[..., np.ndarray] | None:
    """The loss of a criterion, if it is one of those known here, without what may differ by net."""
    if type(criterion) is not RowLoss or any(map(is_altered, criterion.modules())):
        return None
    loss = criterion.loss
    if type(loss) is nn.CrossEntropyLoss:
        return _cross_entropy if loss.weight is None and loss.ignore_index < 0 else None
    if type(loss) is nn.BCEWithLogitsLoss:
        return _binary_cross_entropy if loss.weight is None and loss.pos_weight is None else None
    known = type(loss) in RESIDUAL_LOSSES and getattr(loss, "delta", 1.0) == 1.0
    return _RESIDUAL[type(loss)] if known else None


_RESIDUAL = {
    kind: functools.partial(_of_residuals, loss=of_one, slope=slope)
    for kind, (of_one, slope) in RESIDUAL_LOSSES.items()
}


class _Buffers:
    """Memory for batches of one size."""

    def __init__(self, dense: Dense, n: int, has_masks: bool):
        self.z, self.a = dense.memory(n)
        self.d = dense.values(n)  # derivatives of the loss by a, then by z
        hidden = [each.array for each in self.a[:-1]]
        self.masks = [np.ones_like(each) for each in hidden] if has_masks else []
        # Of all layers but the first.
        self.inputs = [np.empty_like(each) for each in hidden] if has_masks else hidden
        self.ones = np.ones(n, dense.weights[0].dtype)


class MLPGradient:
    """The loss of a batch, and its gradient into ``p.grad`` of the parameters.

    Of one net, or of several that differ in nothing but numbers: then all arrays have an axis of
    nets in front.

    Parameters
    ----------
    dense : Dense
    loss : callable
    d_weights, d_biases : list of ndarray
        Memory of the gradients, in the shapes of the weights, and of the biases without their
        last axis.
    dropouts : sequence of sequence of Dropout or None
        Of each layer but the last, of each net.
    """

    def __init__(
        self,
        dense: Dense,
        loss: Callable[..., np.ndarray],
        d_weights: list[np.ndarray],
        d_biases: list[np.ndarray],
        dropouts: Sequence[Sequence[Dropout | None]],
    ):
        self.dense, self.loss = dense, loss
        self.d_weights, self.d_biases, self.dropouts = d_weights, d_biases, dropouts
        self.has_masks = any(layer for layers in dropouts for layer in layers)
        self.buffers: dict[int, _Buffers] = {}

    @classmethod
    def of(cls, module: nn.Module, criterion: RowLoss) -> MLPGradient | None:
        """For a net, if it is one of those known here."""
        mlp = _trainable(module)
        loss = loss_of(criterion)
        if mlp is None or loss is None:
            return None
        if loss is _cross_entropy:
            loss = functools.partial(loss, smoothing=criterion.loss.label_smoothing or None)
        return cls(
            mlp.dense,
            loss,
            [_gradient_of(layer.weight) for layer in mlp.layers],
            [_gradient_of(layer.bias) for layer in mlp.layers],
            [[layer] for layer in mlp.dropouts],
        )

    @classmethod
    def of_several(
        cls, mlps: Sequence[PlainMLP], criteria: Sequence[RowLoss], flat: FlatSolver
    ) -> MLPGradient:
        """For nets of one shape with one loss, whose parameters ``flat`` has."""
        loss = loss_of(criteria[0])
        assert loss is not None
        if loss is _cross_entropy:
            smoothing = np.array([[each.loss.label_smoothing] for each in criteria])
            smoothing = smoothing.astype(mlps[0].dense.weights[0].dtype)
            loss = functools.partial(loss, smoothing=smoothing if smoothing.any() else None)
        layers = mlps[0].layers
        weights = [flat.stacked(layer.weight) for layer in layers]
        biases = [flat.stacked(layer.bias) for layer in layers]
        dense = Dense(
            [values.numpy() for values, _ in weights],
            [values[..., None] for values, _ in biases],
            mlps[0].dense.activation,
        )
        return cls(
            dense,
            loss,
            [gradient.numpy() for _, gradient in weights],
            [gradient.numpy() for _, gradient in biases],
            list(zip(*(mlp.dropouts for mlp in mlps), strict=True)),
        )

    def __call__(
        self,
        X: np.ndarray,
        y: np.ndarray,
        weight: np.ndarray | None,
        sizes: Sequence[int] | None = None,
    ) -> Any:
        """The weighted mean loss of a batch, ``(..., n, n_features)``; one number a net.

        Of several nets, ``sizes`` says how many rows each has; the rest is there to fill the array,
        and its ``weight`` is 0.
        """
        n = X.shape[-2]
        if n not in self.buffers:
            self.buffers[n] = _Buffers(self.dense, n, self.has_masks)
        buffers, dense = self.buffers[n], self.dense
        z, a, d = buffers.z, buffers.a, buffers.d
        if self.has_masks:
            self._draw(buffers.masks, sizes or [n] * len(self.dropouts[0]))
        inputs = [X.swapaxes(-1, -2), *buffers.inputs]
        dense.forward(inputs, z, a, buffers.masks)
        losses = self.loss(z[-1], y, d[-1])
        gradient = d[-1].array
        if weight is None:
            gradient *= 1 / n
            loss = losses.sum(axis=-1) / n
        else:
            share = weight / (n if sizes is None else _column(sizes, weight.dtype))
            gradient *= share[..., None, :]
            loss = (losses * share).sum(axis=-1)
        for i in range(len(z) - 1, -1, -1):
            np.matmul(gradient, inputs[i].swapaxes(-1, -2), out=self.d_weights[i])
            np.matmul(gradient, buffers.ones, out=self.d_biases[i])
            if i:
                backward = dense.weights[i].swapaxes(-1, -2)
                gradient = np.matmul(backward, gradient, out=d[i - 1].array)
                if self.has_masks:
                    gradient *= buffers.masks[i - 1]
                dense.activation.backward(d[i - 1].tensor, z[i - 1].tensor, a[i - 1].tensor)
        return loss

    def _draw(self, masks: list[np.ndarray], sizes: Sequence[int]) -> None:
        """Draw for each net what its own modules would."""
        for mask, layers in zip(masks, self.dropouts, strict=True):
            of_nets = mask if mask.ndim == 3 else mask[None]
            for of_one, layer, n in zip(of_nets, layers, sizes, strict=True):
                if layer is None or layer.p == 0.0:
                    continue  # ones
                keep = torch.from_numpy(np.empty((n, len(of_one)), mask.dtype))
                keep.bernoulli_(1.0 - layer.p, generator=layer.generator)
                np.divide(keep.numpy().T, 1.0 - layer.p, out=of_one[:, :n])


def _trainable(module: nn.Module) -> PlainMLP | None:
    """A module whose gradient can be had here: nobody but the solver looks at it."""
    mlp = PlainMLP.of(module)
    parameters = list(module.parameters())
    hooked = any(
        [m._backward_hooks or m._backward_pre_hooks for m in module.modules()]
        + [p._backward_hooks or p._post_accumulate_grad_hooks for p in parameters]
    )
    return None if hooked or any(p.grad is None for p in parameters) else mlp


def _gradient_of(parameter: Tensor) -> np.ndarray:
    assert parameter.grad is not None
    return parameter.grad.numpy()


def _column(sizes: Sequence[int], dtype: np.dtype) -> np.ndarray:
    return np.array(sizes, dtype)[:, None]
