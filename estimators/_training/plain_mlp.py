"""The arithmetic of a plain MLP on the memory of its parameters.

A call of a module costs several times what a small product does. What is here computes the same
numbers, up to rounding, without calling modules; :meth:`PlainMLP.of` says which nets it knows.

Rows lie last in all arrays, ``(width, n)``, so that a narrow output layer is a few long rows.
Products are numpy's, whose BLAS is quicker than torch's on such shapes, and the rest is torch's,
on the same memory.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from .._networks.modules import MLP

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


class PlainMLP:
    """Dense layers with one activation between them, and nothing else.

    Parameters
    ----------
    module : MLP
    layers : list of nn.Linear
        In the order in which a row passes them.
    activation : Activation
        After each of them but the last.
    """

    def __init__(self, module: MLP, layers: list[nn.Linear], activation: Activation):
        self.module, self.activation = module, activation
        self.layers, self.parts = layers, list(module.modules())
        self.weights = [layer.weight.detach().numpy() for layer in layers]
        self.biases = [layer.bias.detach()[:, None] for layer in layers]
        self.contents = [
            (contents, list(contents.values()))
            for part in self.parts
            for contents in (part._modules, part._parameters)
        ]
        self.parameters = list(module.parameters())
        self.pointers = self._pointers()
        self.largest = max(weight.size for weight in self.weights)

    @classmethod
    def of(cls, module: nn.Module) -> PlainMLP | None:
        """For a module on the CPU, if it is one of those known here."""
        if type(module) is not MLP:
            return None
        leaves = [layer for layer in module.modules() if not list(layer.children())]
        layers = [layer for layer in leaves[::2] if type(layer) is nn.Linear]
        kinds = {type(layer) for layer in leaves[1::2]} or {nn.Identity}
        if (
            2 * len(layers) != len(leaves) + 1  # every other one, and the last
            or len(kinds) > 1
            or not kinds <= KERNELS.keys()  # a normalisation, say
            or any(layer.bias is None or layer.weight.device.type != "cpu" for layer in layers)
        ):
            return None
        plain = cls(module, layers, KERNELS[kinds.pop()])
        return plain if plain.is_current() else None

    def _pointers(self) -> list[int]:
        return [p.data_ptr() for p in self.parameters]

    def is_current(self) -> bool:
        """Whether the module is what it was, parameters where they were, and nobody listens."""
        for contents, before in self.contents:
            if len(contents) != len(before) or any(map(operator.is_not, contents.values(), before)):
                return False
        return self._pointers() == self.pointers and not any(map(is_altered, self.parts))

    def forward(self, inputs: list[np.ndarray], z: list[Shared], a: list[Shared]) -> None:
        """Fill z and a of all layers.

        Parameters
        ----------
        inputs : list of ndarray of shape (width, n)
            What each layer takes: the rows, then the arrays of ``a``.
        z, a : list of Shared of shape (width, n)
            Before and after the activation.
        """
        last = len(z) - 1
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            np.dot(weight, inputs[i], out=z[i].array)
            z[i].tensor.add_(bias)
            if i < last:
                self.activation.forward(z[i], a[i])

    def outputs(self, X: np.ndarray) -> np.ndarray:
        """``(n, n_features)`` to ``(n, n_outputs)``."""
        z, a = self.memory(len(X))
        with np.errstate(all="ignore"):  # of values that a module would make infinite in silence
            self.forward([X.T, *(each.array for each in a[:-1])], z, a)
        return z[-1].array.T

    def memory(self, n: int) -> tuple[list[Shared], list[Shared]]:
        """For z and a of n rows."""
        z = self.values(n)
        return z, z if self.activation.in_place else self.values(n)

    def values(self, n: int) -> list[Shared]:
        """Uninitialised memory, ``(width, n)`` for each layer."""
        return [Shared.of(np.empty((len(w), n), w.dtype)) for w in self.weights]


def is_altered(part: nn.Module) -> bool:
    """Whether a call of a module does something else than its class does by default."""
    own = part.__dict__
    return bool(
        part._forward_hooks
        or part._forward_pre_hooks
        or "forward" in own
        or own.get("negative_slope", 0.01) != 0.01
        or own.get("approximate", "none") != "none"
    )
