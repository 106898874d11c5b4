"""The arithmetic of a plain MLP on the memory of its parameters.

A call of a module costs several times what a small product does. What is here computes the same
numbers, up to rounding, without calling modules; :meth:`PlainMLP.of` says which nets it knows.

Rows lie last in all arrays, ``(width, n)``, so that a narrow output layer is a few long rows.
Products are numpy's, whose BLAS is quicker than torch's on such shapes, and the rest is torch's,
on the same memory.
"""

from __future__ import annotations

import functools
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
            or not kinds <= kernels().keys()  # a normalisation, say
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
        return (
            self._pointers() == self.pointers
            and not any(map(is_altered, self.parts))
            and not is_everything_watched()
        )

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


def is_everything_watched() -> bool:
    """Whether somebody wants to know of each module's call, or of each call of torch.

    Where this torch has other names for that, somebody may.
    """
    try:
        return bool(
            torch.nn.modules.module._has_any_global_hook()
            or torch.overrides._get_current_function_mode()
            or torch.utils._python_dispatch._get_current_dispatch_mode()
        )
    except AttributeError:
        return True
