"""Loss and gradient of a plain MLP, by the chain rule written out (Rumelhart et al., 1986).

Autograd records and walks a graph for each batch, which takes a small net longer than its
arithmetic. What is here computes the same numbers, up to rounding, from the same weights into the
same gradients; nets that it does not know go through autograd.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from .._networks.losses import RowLoss
from .plain_mlp import PlainMLP, Shared, is_altered

# A loss takes the outputs z, (n_outputs, n), targets y as torch's losses do, and the weight of each
# row. It returns the weighted sum, and fills d with the derivative by the outputs of each row's
# loss, not weighted.


def _cross_entropy(
    z: Shared, y: np.ndarray, weight: np.ndarray, d: Shared, *, smoothing: float
) -> float:
    n_classes, n = z.array.shape
    log_p, flat = d.array, d.array.reshape(-1)
    actual = y * n + np.arange(n)  # where the log-probabilities of the actual classes lie
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


def _binary_cross_entropy(z: Shared, y: np.ndarray, weight: np.ndarray, d: Shared) -> float:
    n_labels = len(z.array)
    # As torch does it: the logarithm of a sigmoid that is nearly 0 loses nothing.
    log_p = torch.nn.functional.logsigmoid(z.tensor).numpy()
    loss = (((1 - y.T) * z.array - log_p).mean(axis=0) * weight).sum()
    torch.sigmoid(z.tensor, out=d.tensor)
    gradient = d.array
    gradient -= y.T
    gradient /= n_labels
    return float(loss)


def _of_residuals(
    z: Shared, y: np.ndarray, weight: np.ndarray, d: Shared, *, loss: Callable, slope: Callable
) -> float:
    residuals = z.array - y.T
    np.divide(slope(residuals), len(residuals), out=d.array)
    return float((loss(residuals).mean(axis=0) * weight).sum())


def _huber(residuals: np.ndarray) -> np.ndarray:
    clipped = residuals.clip(-1, 1)
    return clipped * (residuals - clipped / 2)


# Losses of single residuals, and their derivatives.
RESIDUAL_LOSSES: dict[type, tuple[Callable, Callable]] = {
    nn.MSELoss: (np.square, lambda r: 2 * r),
    nn.L1Loss: (np.abs, np.sign),
    nn.HuberLoss: (_huber, lambda r: r.clip(-1, 1)),
}


def _loss(criterion: nn.Module) -> Callable[[Shared, np.ndarray, np.ndarray, Shared], float] | None:
    if type(criterion) is not RowLoss or any(map(is_altered, criterion.modules())):
        return None
    loss = criterion.loss
    if type(loss) is nn.CrossEntropyLoss:
        smoothed = functools.partial(_cross_entropy, smoothing=loss.label_smoothing)
        return smoothed if loss.weight is None and loss.ignore_index < 0 else None
    if type(loss) is nn.BCEWithLogitsLoss:
        return _binary_cross_entropy if loss.weight is None and loss.pos_weight is None else None
    if type(loss) not in RESIDUAL_LOSSES or getattr(loss, "delta", 1.0) != 1.0:
        return None
    of_one, slope = RESIDUAL_LOSSES[type(loss)]
    return functools.partial(_of_residuals, loss=of_one, slope=slope)


class _Buffers:
    """Memory for batches of one size."""

    def __init__(self, mlp: PlainMLP, n: int):
        self.z, self.a = mlp.memory(n)
        self.d = mlp.values(n)  # derivatives of the loss by a, then by z
        self.inputs = [a.array for a in self.a[:-1]]  # of all layers but the first
        self.ones = np.ones(n, mlp.weights[0].dtype)


class MLPGradient:
    """The loss of a batch, and its gradient into ``p.grad`` of the parameters.

    Parameters
    ----------
    mlp : PlainMLP
        Its parameters have gradients to write into.
    loss : callable
    """

    def __init__(self, mlp: PlainMLP, loss: Callable):
        self.mlp, self.loss = mlp, loss
        self.d_weights = [_gradient_of(layer.weight) for layer in mlp.layers]
        self.d_biases = [_gradient_of(layer.bias) for layer in mlp.layers]
        self.buffers: dict[int, _Buffers] = {}

    @classmethod
    def of(cls, module: nn.Module, criterion: RowLoss) -> MLPGradient | None:
        """For a net, if it is one of those known here."""
        mlp, loss = PlainMLP.of(module), _loss(criterion)
        parameters = list(module.parameters())
        hooked = any(
            [m._backward_hooks or m._backward_pre_hooks for m in module.modules()]
            + [p._backward_hooks or p._post_accumulate_grad_hooks for p in parameters]
        )
        if mlp is None or loss is None or hooked or any(p.grad is None for p in parameters):
            return None
        return cls(mlp, loss)

    def __call__(self, X: np.ndarray, y: np.ndarray, weight: np.ndarray | None) -> float:
        """The weighted mean loss of a batch, ``(n, n_features)``."""
        n = len(X)
        if n not in self.buffers:
            self.buffers[n] = _Buffers(self.mlp, n)
        buffers, mlp = self.buffers[n], self.mlp
        z, a, d = buffers.z, buffers.a, buffers.d
        inputs = [X.T, *buffers.inputs]
        mlp.forward(inputs, z, a)
        row_weight = buffers.ones if weight is None else weight
        loss = self.loss(z[-1], y, row_weight, d[-1])
        gradient = d[-1].array
        gradient *= (1 / n) if weight is None else (row_weight / n)
        for i in range(len(z) - 1, -1, -1):
            np.dot(gradient, inputs[i].T, out=self.d_weights[i])
            np.dot(gradient, buffers.ones, out=self.d_biases[i])
            if i:
                gradient = np.dot(mlp.weights[i].T, gradient, out=d[i - 1].array)
                mlp.activation.backward(d[i - 1].tensor, z[i - 1].tensor, a[i - 1].tensor)
        return loss / n


def _gradient_of(parameter: Tensor) -> np.ndarray:
    assert parameter.grad is not None
    return parameter.grad.numpy()
