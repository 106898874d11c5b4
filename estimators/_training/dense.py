"""Dense layers with one activation between them, on the memory of their parameters.

Rows lie last in all arrays, ``(width, n)``, so that a narrow output layer is a few long rows.
Products are numpy's, whose BLAS is quicker than torch's on such shapes, and the rest is torch's,
on the same memory. Arrays may have an axis more in front, for several nets of one shape: the
arithmetic is the same, and a call costs no more for all of them than for one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

aten = torch.ops.aten


class Shared(NamedTuple):
    """The same memory for both libraries; making a view takes as long as a small product."""

    tensor: Tensor
    array: np.ndarray

    @classmethod
    def of(cls, array: np.ndarray) -> Shared:
        return cls(torch.from_numpy(array), array)


class Activation(NamedTuple):
    """``forward(z, a)`` fills a; ``backward(d, z, a)`` makes d loss/d a into d loss/d z."""

    forward: Callable[[Shared, Shared], object]
    backward: Callable[[Tensor, Tensor, Tensor], object]
    # Whether a may take z's place, since the derivative does not need z.
    in_place: bool = True


KERNELS: dict[type[nn.Module], Activation] = {
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


@functools.cache
def kernels() -> dict[type[nn.Module], Activation]:
    """Those activations that this torch computes here as its modules do.

    The kernels are private: another torch may lack one, or take something else.
    """
    return {kind: kernel for kind, kernel in KERNELS.items() if _is_right(kind, kernel)}


def _is_right(kind: type[nn.Module], kernel: Activation) -> bool:
    step = 1e-5
    # A matrix, as of a layer, without 0, where some derivatives do not exist.
    x = torch.linspace(-2, 2, 8, dtype=torch.float64, device="cpu").reshape(2, 4)
    z = Shared.of(x.numpy().copy())
    a = z if kernel.in_place else Shared.of(np.empty_like(z.array))
    derivative = torch.ones_like(x)
    try:
        with torch.no_grad():
            expected = kind()(x)
            slope = (kind()(x + step) - kind()(x - step)) / (2 * step)
            kernel.forward(z, a)
            is_right = torch.allclose(a.tensor, expected)
            kernel.backward(derivative, z.tensor, a.tensor)
            return is_right and torch.allclose(derivative, slope, atol=1e-6)
    except (AttributeError, TypeError, RuntimeError):
        return False


class Dense:
    """What the layers compute, ``...`` being nothing, or an axis of nets.

    Parameters
    ----------
    weights : list of ndarray of shape (..., n_out, n_in)
    biases : list of Tensor of shape (..., n_out, 1)
    activation : Activation
        After each layer but the last.
    """

    def __init__(self, weights: list[np.ndarray], biases: list[Tensor], activation: Activation):
        self.weights, self.biases, self.activation = weights, biases, activation

    def forward(
        self,
        inputs: list[np.ndarray],
        z: list[Shared],
        a: list[Shared],
        masks: Sequence[np.ndarray] = (),
    ) -> None:
        """Fill z and a of all layers, and what the next one takes.

        Parameters
        ----------
        inputs : list of ndarray of shape (..., width, n)
            What each layer takes: the rows, then the arrays of ``a``; with ``masks``, memory for
            their products.
        z, a : list of Shared of shape (..., width, n)
            Before and after the activation.
        masks : sequence of ndarray of shape (..., width, n)
            Factors on what the activations give, one a layer but the last.
        """
        last = len(z) - 1
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            np.matmul(weight, inputs[i], out=z[i].array)
            z[i].tensor.add_(bias)
            if i < last:
                self.activation.forward(z[i], a[i])
                if masks:
                    np.multiply(a[i].array, masks[i], out=inputs[i + 1])

    def memory(self, n: int) -> tuple[list[Shared], list[Shared]]:
        """For z and a of n rows."""
        z = self.values(n)
        return z, z if self.activation.in_place else self.values(n)

    def values(self, n: int) -> list[Shared]:
        """Uninitialised memory, ``(..., width, n)`` for each layer."""
        return [Shared.of(np.empty((*w.shape[:-1], n), w.dtype)) for w in self.weights]
