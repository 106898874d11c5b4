"""Plain MLPs: which modules are one, and their outputs for a few rows.

A call of a module costs several times what a small product does. What is here computes the same
numbers, up to rounding, without calling modules; :meth:`PlainMLP.of` says which nets it knows.
"""

from __future__ import annotations

import operator
from itertools import pairwise

import numpy as np
import torch
from torch import nn

from .._networks.layers import Dropout
from .._networks.modules import MLP
from .dense import KERNELS, Dense, kernels


class PlainMLP:
    """Dense layers with one activation between them, perhaps dropout, and nothing else.

    Parameters
    ----------
    module : MLP
    layers : list of nn.Linear
        In the order in which a row passes them.
    activation : type
        Of the module after each of them but the last.
    dropouts : list of Dropout or None
        What follows that.

    Attributes
    ----------
    dense : Dense
    """

    def __init__(
        self,
        module: MLP,
        layers: list[nn.Linear],
        activation: type[nn.Module],
        dropouts: list[Dropout | None],
    ):
        self.module, self.activation, self.dropouts = module, activation, dropouts
        self.layers, self.parts = layers, list(module.modules())
        weights = [layer.weight.detach().numpy() for layer in layers]
        biases = [layer.bias.detach()[:, None] for layer in layers]
        self.dense = Dense(weights, biases, KERNELS[activation])
        self.contents = [
            (contents, list(contents.values()))
            for part in self.parts
            for contents in (part._modules, part._parameters)
        ]
        self.parameters = list(module.parameters())
        self.pointers = self._pointers()
        self.largest = max(weight.size for weight in weights)

    @classmethod
    def of(cls, module: nn.Module) -> PlainMLP | None:
        """For a module on the CPU, if it is one of those known here."""
        if type(module) is not MLP:
            return None
        leaves = [layer for layer in module.modules() if not list(layer.children())]
        dropouts: list[Dropout | None] = []
        for before, layer in pairwise(leaves):
            if type(before) in kernels():
                dropouts.append(layer if type(layer) is Dropout else None)
        others = [layer for layer in leaves if type(layer) is not Dropout]
        layers = [layer for layer in others[::2] if type(layer) is nn.Linear]
        kinds = {type(layer) for layer in others[1::2]} or {nn.Identity}
        if (
            2 * len(layers) != len(others) + 1  # every other one, and the last
            or len(dropouts) != len(layers) - 1  # after something else than an activation
            or len(kinds) > 1
            or not kinds <= kernels().keys()  # a normalisation, say
            or any(layer.bias is None or layer.weight.device.type != "cpu" for layer in layers)
        ):
            return None
        plain = cls(module, layers, kinds.pop(), dropouts)
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

    def outputs(self, X: np.ndarray) -> np.ndarray:
        """``(n, n_features)`` to ``(n, n_outputs)``."""
        z, a = self.dense.memory(len(X))
        with np.errstate(all="ignore"):  # of values that a module would make infinite in silence
            self.dense.forward([X.T, *(each.array for each in a[:-1])], z, a)
        return z[-1].array.T


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
