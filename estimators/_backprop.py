"""Loss and gradient of a plain MLP, by the chain rule written out (Rumelhart et al., 1986).

Autograd records and walks a graph for each batch, which takes a small net longer than its
arithmetic. What is here computes the same numbers, up to rounding, from the same weights into the
same gradients; :meth:`MLPGradient.of` says which nets it knows, and all others go through autograd.

Rows lie last in all arrays, ``(width, n)``, so that a narrow output layer is a few long rows.
Products are numpy's, whose BLAS is quicker than torch's on such shapes, and the rest is torch's,
on the same memory.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from ._losses import RowLoss
from ._modules import MLP

aten = torch.ops.aten


class Shared(NamedTuple):
    """The same memory for both libraries; making a view takes as long as a small product."""

    tensor: Tensor
    array: np.ndarray
    flat: np.ndarray

    @classmethod
    def of(cls, tensor: Tensor) -> Shared:
        return cls(tensor, tensor.numpy(), tensor.view(-1).numpy())


class Activation(NamedTuple):
    """``forward(z, a)`` fills a; ``backward(d, z, a)`` makes d loss/d a into d loss/d z."""

    forward: Callable[[Shared, Shared], object]
    backward: Callable[[Tensor, Tensor, Tensor], object]
    # Whether a may take z's place, since the derivative does not need z.
    in_place: bool = True


ACTIVATIONS: dict[type[nn.Module], Activation] = {
    nn.Identity: Activation(lambda z, a: None, lambda d, z, a: None),
    nn.ReLU: Activation(
        lambda z, a: torch.relu_(z.tensor),
        lambda d, z, a: d.mul_(a.sign_()),  # a is not needed any more
    ),
    nn.LeakyReLU: Activation(
        lambda z, a: aten.leaky_relu_(z.tensor),
        lambda d, z, a: aten.leaky_relu_backward.grad_input(d, a, 0.01, True, grad_input=d),
    ),
    nn.Sigmoid: Activation(
        lambda z, a: torch.sigmoid_(z.tensor),
        lambda d, z, a: aten.sigmoid_backward.grad_input(d, a, grad_input=d),
    ),
    nn.Tanh: Activation(
        lambda z, a: np.tanh(z.array, out=a.array),  # several times as fast as torch's
        lambda d, z, a: aten.tanh_backward.grad_input(d, a, grad_input=d),
    ),
    nn.GELU: Activation(
        lambda z, a: aten.gelu.out(z.tensor, out=a.tensor),
        lambda d, z, a: aten.gelu_backward.grad_input(d, z, grad_input=d),
        in_place=False,
    ),
    nn.SiLU: Activation(
        lambda z, a: aten.silu.out(z.tensor, out=a.tensor),
        lambda d, z, a: aten.silu_backward.grad_input(d, z, grad_input=d),
        in_place=False,
    ),
}


# A loss takes the outputs z, (n_outputs, n), targets y as torch's losses do, and the weight of each
# row. It returns the weighted sum, and fills d with the derivative by the outputs of each row's
# loss, not weighted.


def _cross_entropy(
    z: Shared, y: Tensor, weight: np.ndarray, d: Shared, *, smoothing: float
) -> float:
    n_classes, n = z.array.shape
    log_p, flat = d.array, d.flat
    actual = y.numpy() * n + _columns(n)  # where the log-probabilities of the actual classes lie
    torch.log_softmax(z.tensor, 0, out=d.tensor)
    likelihood = flat.take(actual)
    if smoothing:
        likelihood *= 1 - smoothing
        likelihood += smoothing * log_p.mean(axis=0)
    d.tensor.exp_()
    if smoothing:
        d.tensor.sub_(smoothing / n_classes)
    flat[actual] -= 1 - smoothing
    return -float(np.dot(likelihood, weight))


@functools.lru_cache(maxsize=16)
def _columns(n: int) -> np.ndarray:
    return np.arange(n)


def _squared_error(z: Shared, y: Tensor, weight: np.ndarray, d: Shared) -> float:
    residuals = z.array - y.numpy().T
    np.multiply(residuals, 2 / len(residuals), out=d.array)
    return float((np.square(residuals, out=residuals).mean(axis=0) * weight).sum())


def _absolute_error(z: Shared, y: Tensor, weight: np.ndarray, d: Shared) -> float:
    residuals = z.array - y.numpy().T
    np.divide(np.sign(residuals), len(residuals), out=d.array)
    return float((np.abs(residuals, out=residuals).mean(axis=0) * weight).sum())


def _huber(z: Shared, y: Tensor, weight: np.ndarray, d: Shared) -> float:
    residuals = z.array - y.numpy().T
    clipped = residuals.clip(-1, 1)
    np.divide(clipped, len(residuals), out=d.array)
    return float(((clipped * (residuals - clipped / 2)).mean(axis=0) * weight).sum())


def _loss(loss: nn.Module) -> Callable[[Shared, Tensor, np.ndarray, Shared], float] | None:
    if type(loss) is nn.CrossEntropyLoss:
        return functools.partial(_cross_entropy, smoothing=loss.label_smoothing)
    known = {nn.MSELoss: _squared_error, nn.L1Loss: _absolute_error, nn.HuberLoss: _huber}
    return known.get(type(loss))


class _Buffers:
    """Memory for batches of one size."""

    def __init__(self, widths: list[int], n: int, dtype: np.dtype, in_place: bool):
        def values() -> list[Shared]:
            return [Shared.of(torch.from_numpy(np.empty((width, n), dtype))) for width in widths]

        self.z = values()  # of each layer before its activation
        self.a = self.z if in_place else values()  # and after
        self.d = values()  # derivatives of the loss by a, then by z
        self.inputs = [a.array for a in self.a[:-1]]  # of all layers but the first
        self.ones = np.ones(n, dtype)


class MLPGradient:
    """The loss of a batch, and its gradient into ``p.grad`` of the parameters.

    Parameters
    ----------
    layers : list of nn.Linear
        In the order in which a row passes them; with gradients to write into.
    activation : Activation
        After each of them but the last.
    loss : callable
    """

    def __init__(self, layers: list[nn.Linear], activation: Activation, loss: Callable):
        self.activation, self.loss = activation, loss
        self.weights = [layer.weight.detach().numpy() for layer in layers]
        self.biases = [layer.bias.detach()[:, None] for layer in layers]
        self.d_weights = [_gradient_of(layer.weight) for layer in layers]
        self.d_biases = [_gradient_of(layer.bias) for layer in layers]
        self.dtype = self.weights[0].dtype
        self.buffers: dict[int, _Buffers] = {}

    @classmethod
    def of(cls, module: nn.Module, criterion: RowLoss) -> MLPGradient | None:
        """For a net, if it is one of those known here."""
        loss = _loss(criterion.loss)
        if type(module) is not MLP or loss is None or _is_hooked(module) or _is_hooked(criterion):
            return None
        leaves = [layer for layer in module.modules() if not list(layer.children())]
        layers = [layer for layer in leaves if isinstance(layer, nn.Linear)]
        others = {type(layer) for layer in leaves} - {nn.Linear} or {nn.Identity}
        if len(others) > 1 or not others <= ACTIVATIONS.keys():
            return None  # with normalisation or dropout
        return cls(layers, ACTIVATIONS[others.pop()], loss)

    def __call__(self, X: Tensor, y: Tensor, weight: Tensor | None) -> float:
        """The weighted mean loss of a batch, ``(n, n_features)``."""
        n, last = X.shape[0], len(self.weights) - 1
        if n not in self.buffers:
            widths = [len(weight) for weight in self.weights]
            self.buffers[n] = _Buffers(widths, n, self.dtype, self.activation.in_place)
        buffers = self.buffers[n]
        z, a, d = buffers.z, buffers.a, buffers.d
        inputs = [X.numpy().T, *buffers.inputs]
        for i in range(last + 1):
            np.dot(self.weights[i], inputs[i], out=z[i].array)
            z[i].tensor.add_(self.biases[i])
            if i < last:
                self.activation.forward(z[i], a[i])
        row_weight = buffers.ones if weight is None else weight.numpy()
        loss = self.loss(z[last], y, row_weight, d[last])
        gradient = d[last].array
        gradient *= 1 / n if weight is None else row_weight / n
        for i in range(last, -1, -1):
            np.dot(gradient, inputs[i].T, out=self.d_weights[i])
            np.dot(gradient, buffers.ones, out=self.d_biases[i])
            if i:
                gradient = np.dot(self.weights[i].T, gradient, out=d[i - 1].array)
                self.activation.backward(d[i - 1].tensor, z[i - 1].tensor, a[i - 1].tensor)
        return loss / n


def _gradient_of(parameter: Tensor) -> np.ndarray:
    assert parameter.grad is not None
    return parameter.grad.numpy()


def _is_hooked(module: nn.Module) -> bool:
    """Whether a callback of the user's wants to see activations or gradients pass by."""
    return any(
        layer._forward_hooks or layer._forward_pre_hooks
        or layer._backward_hooks or layer._backward_pre_hooks
        or "forward" in vars(layer)
        for layer in module.modules()
    ) or any(p._backward_hooks for p in module.parameters())  # fmt: skip
