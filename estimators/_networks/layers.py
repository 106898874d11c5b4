"""Layers that the networks are built from: tensors in, tensors out.

Nothing here draws from torch's global random state. Layers are built on the ``meta`` device,
which allocates and draws nothing, and :func:`materialise` then fills them from a generator;
:class:`Dropout` draws its masks from a generator that the training loop hands it. Two fits in
two threads therefore never share a random stream.
"""

from __future__ import annotations

import math
from collections import OrderedDict

import torch
from torch import Tensor, nn

from .._vocabulary import ACTIVATIONS

# A normalisation group of 8 channels is the smallest that Wu & He (2018) found to work well.
GROUP_SIZE = 8


class Dropout(nn.Module):
    """Inverted dropout (Srivastava et al., 2014) with a random stream of its own.

    Parameters
    ----------
    p : float
        Probability that an element is set to zero while training.

    Shape
    -----
    Input and output: any shape, the same.
    """

    def __init__(self, p: float):
        super().__init__()
        self.p = p
        self.generator: torch.Generator | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0.0:
            return x
        keep = torch.empty_like(x).bernoulli_(1.0 - self.p, generator=self.generator)
        return x * keep / (1.0 - self.p)

    def extra_repr(self) -> str:
        return f"p={self.p}"

    def __getstate__(self) -> dict:
        # A generator lives on one device; the training loop sets a fresh one every epoch.
        return {**self.__dict__, "generator": None}


def is_traced() -> bool:
    """Whether torch records the calls, for ONNX say: what is computed beside it would be lost."""
    return torch.jit.is_tracing() or torch.compiler.is_compiling()


def activation_layer(name: str) -> nn.Module:
    """The activation of a name in ``ACTIVATIONS``."""
    return getattr(nn, ACTIVATIONS[name])()


def norm_layer(norm: str, width: int) -> nn.Module:
    """The normalisation of a name in ``NORMS``: ``(n, width) -> (n, width)``."""
    if norm == "group":
        return nn.GroupNorm(n_groups(width), width)
    return nn.LayerNorm(width) if norm == "layer" else nn.BatchNorm1d(width)


def dense_block(
    n_in: int, n_out: int, activation: str, norm: str | None, dropout: float
) -> nn.Sequential:
    """Linear, normalisation, activation, dropout: ``(n, n_in) -> (n, n_out)``."""
    layers: OrderedDict[str, nn.Module] = OrderedDict(linear=nn.Linear(n_in, n_out))
    if norm is not None:
        layers["norm"] = norm_layer(norm, n_out)
    layers["activation"] = activation_layer(activation)
    if dropout:
        layers["dropout"] = Dropout(dropout)
    return nn.Sequential(layers)


def n_groups(n_channels: int) -> int:
    """Groups of ``GROUP_SIZE`` channels; one group where that does not divide them."""
    return n_channels // GROUP_SIZE if n_channels % GROUP_SIZE == 0 else 1


# ------------------------------------------------------------------ initial weights


def allocate(module: nn.Module, dtype: torch.dtype, device: torch.device) -> nn.Module:
    """Give a module built on the ``meta`` device uninitialised memory on another.

    ``Module.to_empty`` does the same, but looks at the layout of ``meta`` tensors with code that
    loads sympy, which takes the first fit of a process as long as training does.
    """

    def memory(t: Tensor) -> Tensor:
        kept = dtype if t.is_floating_point() else t.dtype  # a count of batches stays a count
        return torch.empty(t.shape, dtype=kept, device=device)

    return module._apply(memory)


def materialise(
    module: nn.Module, generator: torch.Generator, *, activation: str, dtype: torch.dtype
) -> nn.Module:
    """Give a module built on the ``meta`` device memory on the CPU and initial weights.

    Linear and convolution weights are He-uniform (He et al., 2015) under activations of the
    rectifier family and Glorot-uniform (Glorot & Bengio, 2010) under the others, and their biases
    uniform within ``1 / sqrt(fan_in)``, so that the kinks of the first layer do not all meet at
    the origin. Recurrent weights are orthogonal gate by gate (Saxe et al., 2014).

    Parameters
    ----------
    module : nn.Module
        Built on the ``meta`` device.
    generator : torch.Generator
        On the CPU; the only source of randomness.
    activation : str
        A key of ``ACTIVATIONS``; decides between He and Glorot.
    dtype : torch.dtype
        Of the weights.
    """
    module = allocate(module, dtype, torch.device("cpu"))
    rectifier = activation in {"relu", "leaky_relu", "gelu", "silu"}
    with torch.no_grad():
        for name, layer in module.named_modules():
            if name.split(".")[-1] == "output":
                for parameter in layer.parameters():
                    nn.init.zeros_(parameter)
            elif isinstance(layer, nn.Linear | nn.Conv1d | nn.Conv2d):
                _fill_linear(layer, rectifier, generator)
            elif isinstance(layer, nn.RNNBase):
                _fill_recurrent(layer, generator)
            elif isinstance(layer, nn.LayerNorm | nn.GroupNorm):
                layer.reset_parameters()  # ones and zeros: draws nothing
            elif isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
                layer.reset_parameters()
    return module


def _fill_linear(layer, rectifier: bool, generator: torch.Generator) -> None:
    fan_in = layer.weight[0].numel()
    if rectifier:
        nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu", generator=generator)
    else:
        nn.init.xavier_uniform_(layer.weight, generator=generator)
    if layer.bias is not None:
        bound = 1.0 / math.sqrt(fan_in)
        nn.init.uniform_(layer.bias, -bound, bound, generator=generator)


def _fill_recurrent(layer: nn.RNNBase, generator: torch.Generator) -> None:
    hidden = layer.hidden_size
    for name, parameter in layer.named_parameters():
        if name.startswith("bias"):
            nn.init.zeros_(parameter)
            if name.startswith("bias_ih") and layer.mode == "LSTM":
                # An open forget gate lets gradients reach far back (Jozefowicz et al., 2015).
                parameter[hidden : 2 * hidden] = 1.0
            continue
        for gate in parameter.split(hidden):  # (hidden, n_in) each
            if name.startswith("weight_hh"):
                nn.init.orthogonal_(gate, generator=generator)
            else:
                nn.init.xavier_uniform_(gate, generator=generator)
