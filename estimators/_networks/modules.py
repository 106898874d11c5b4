"""The three networks as ``nn.Module``: tensors in, tensors out; no scikit-learn, no skorch.

Sequences may differ in length: a time step whose features are all NaN, after the last real one,
is padding. The networks mask it so that the output is that of the shorter sequence.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from .._vocabulary import CELLS
from .convolution import AdaptiveMean, ConvBlock, channels_last, time_mask
from .layers import Dropout, dense_block, is_traced, norm_layer
from .recurrent import GRU

# Feature maps are averaged over a grid of at most this many cells a side before the dense layers,
# so that their number of weights does not grow with the size of the image.
GRID = 4


class MLP(nn.Sequential):
    """Dense layers, the last of them linear.

    Shape
    -----
    Input: ``(n, n_features)``. Output: ``(n, n_outputs)``.

    Examples
    --------
    >>> import torch
    >>> MLP(30, 2, hidden_layer_sizes=(16, 8))(torch.zeros(5, 30)).shape
    torch.Size([5, 2])
    """

    def __init__(
        self,
        n_features: int,
        n_outputs: int,
        *,
        hidden_layer_sizes: tuple[int, ...] = (),
        activation: str = "relu",
        norm: str | None = None,
        dropout: float = 0.0,
    ):
        layers: OrderedDict[str, nn.Module] = OrderedDict()
        for i, width in enumerate(hidden_layer_sizes):
            layers[f"hidden{i}"] = dense_block(n_features, width, activation, norm, dropout)
            n_features = width
        layers["output"] = nn.Linear(n_features, n_outputs)
        super().__init__(layers)


class CNN(nn.Module):
    """Convolution blocks, an average over a coarse grid, dense layers.

    ``input_shape`` decides the dimension: ``(channels, height, width)`` is convolved in two,
    ``(time, features)`` in one, along time.

    Shape
    -----
    Input: ``(n, *input_shape)``. Output: ``(n, n_outputs)``.

    Examples
    --------
    >>> import torch
    >>> image = CNN((1, 8, 8), 10, channels=(4, 8))
    >>> image(torch.zeros(5, 1, 8, 8)).shape
    torch.Size([5, 10])
    >>> series = CNN((20, 3), 2, channels=(4, 8))
    >>> series(torch.zeros(5, 20, 3)).shape
    torch.Size([5, 2])
    """

    def __init__(
        self,
        input_shape: tuple[int, ...],
        n_outputs: int,
        *,
        channels: tuple[int, ...],
        kernel_size: int = 3,
        stride: int = 1,
        padding: str = "same",
        pooling: str | None = "max",
        residual: bool = False,
        hidden_layer_sizes: tuple[int, ...] = (),
        activation: str = "relu",
        norm: str | None = None,
        dropout: float = 0.0,
    ):
        super().__init__()
        self.is_image = len(input_shape) == 3
        n_channels, *size = input_shape if self.is_image else input_shape[::-1]
        _check_kernel(kernel_size, size, padding, residual)
        blocks = OrderedDict()
        for i, width in enumerate(channels):
            block = ConvBlock(
                n_channels, width, n_dims=len(size), kernel_size=kernel_size, stride=stride,
                padding=padding, pooling=pooling, residual=residual, activation=activation,
                norm=norm,
            )  # fmt: skip
            blocks[f"block{i}"] = block
            n_channels, size = width, [block.length(s) for s in size]
            if min(size) < 1:
                raise ValueError(
                    f"kernel_size={kernel_size} with padding='valid' leaves nothing of samples of "
                    f"shape {input_shape} after block {i + 1} of channels={channels}."
                )
        self.blocks = nn.ModuleDict(blocks)
        # A series may be shorter than the longest: its grid must not depend on that one's length.
        grid = tuple(min(s, GRID) for s in size) if self.is_image else (GRID,)
        self.average = nn.AdaptiveAvgPool2d(grid) if self.is_image else AdaptiveMean(GRID)
        self.dropout = Dropout(dropout) if dropout else nn.Identity()
        self.head = MLP(
            n_channels * math.prod(grid),
            n_outputs,
            hidden_layer_sizes=hidden_layer_sizes,
            activation=activation,
            norm="layer" if norm == "group" else norm,
            dropout=dropout,
        )

    def forward(self, x: Tensor) -> Tensor:
        if self.is_image:  # (n, channels, height, width)
            x = channels_last(x) if x.device.type == "cpu" and not is_traced() else x
            for block in self.blocks.values():
                x, _ = block(x)
            x = self.average(x)
        else:  # (n, time, features)
            x, lengths = unpad(x)
            x = x.transpose(1, 2)  # (n, features, time)
            for block in self.blocks.values():
                x, lengths = block(x, lengths)
                if lengths is not None and lengths.min() < 1:
                    raise ValueError(
                        "X has a sequence that is too short for padding='valid': nothing is left "
                        "of it after a convolution."
                    )
            x = self.average(x, lengths)
        return self.head(self.dropout(x.flatten(1)))


def _check_kernel(kernel_size: int, size: list[int], padding: str, residual: bool) -> None:
    """Refuse a kernel that some of its weights would never see data through."""
    if residual and padding == "valid":
        raise ValueError("residual=True needs padding='same', however: padding='valid'.")
    one_dimension = len(size) == 1
    # In one dimension zeros on either side let a kernel reach past both ends of a short series.
    limit = 2 * size[0] - 1 if one_dimension and padding == "same" else min(size)
    if kernel_size > limit:
        what = f"series of {size[0]} feature(s)" if one_dimension else f"images of {tuple(size)}"
        raise ValueError(f"kernel_size={kernel_size} is too large for {what}.")


class RecurrentNet(nn.Module):
    """Recurrent layers; the state after the last time step goes through a linear layer.

    Shape
    -----
    Input: ``(n, time, features)``. Output: ``(n, n_outputs)``.

    Examples
    --------
    >>> import torch
    >>> net = RecurrentNet(3, 2, cell="lstm", hidden_size=8, bidirectional=True)
    >>> net(torch.zeros(5, 20, 3)).shape
    torch.Size([5, 2])
    """

    def __init__(
        self,
        n_features: int,
        n_outputs: int,
        *,
        cell: str = "gru",
        hidden_size: int = 64,
        num_layers: int = 1,
        bidirectional: bool = False,
        norm: str | None = None,
        dropout: float = 0.0,
    ):
        super().__init__()
        width = hidden_size * (2 if bidirectional else 1)
        widths = [n_features] + [width] * (num_layers - 1)
        # One layer and direction each, not nn.GRU(num_layers=…, bidirectional=…): dropout between
        # layers needs our own stream, and a padded row must be read backwards from its own end.
        layer: Callable[..., nn.Module] = GRU
        if cell != "gru":
            layer = partial(getattr(nn, CELLS[cell]), batch_first=True)
        self.forward_layers = nn.ModuleList(layer(w, hidden_size) for w in widths)
        self.backward_layers = nn.ModuleList(layer(w, hidden_size) for w in widths if bidirectional)
        self.norms = nn.ModuleList(
            nn.Identity() if norm is None else norm_layer(norm, width) for _ in range(num_layers)
        )
        self.dropout = Dropout(dropout) if dropout else nn.Identity()
        self.output = nn.Linear(width, n_outputs)

    def forward(self, x: Tensor) -> Tensor:
        x, lengths = unpad(x)  # (n, time, features)
        *inner, last_norm = self.norms
        for i, norm in enumerate(inner):
            ahead, *back = (steps for steps, _ in self._directions(i, x, lengths))
            steps = torch.cat([ahead, *(_reverse(b, lengths) for b in back)], dim=2)
            x = self.dropout(_per_step(norm, steps, lengths))
        states = [
            _last(steps, state, lengths)
            for steps, state in self._directions(len(inner), x, lengths)
        ]
        return self.output(self.dropout(last_norm(torch.cat(states, dim=1))))

    def _directions(self, i: int, x: Tensor, lengths: Tensor | None) -> list[tuple[Tensor, Any]]:
        """What layer ``i`` gives: states ``(n, time, hidden_size)`` in the order in which it
        reads, and the one after the last step.
        """
        outputs = [self.forward_layers[i](x)]
        if self.backward_layers:
            outputs.append(self.backward_layers[i](_reverse(x, lengths)))
        return outputs


def _per_step(norm: nn.Module, x: Tensor, lengths: Tensor | None) -> Tensor:
    """Normalise each real time step of ``(n, time, width)``; batch statistics skip padding."""
    if not isinstance(norm, nn.BatchNorm1d | nn.GroupNorm):
        return norm(x)
    real = _real_steps(x, lengths)
    out = torch.zeros_like(x)
    out[real] = norm(x[real])  # (steps, width)
    return out


def _real_steps(x: Tensor, lengths: Tensor | None) -> Tensor:
    """True where ``(n, time)`` is no padding."""
    if lengths is None:
        return torch.ones(x.shape[:2], dtype=torch.bool, device=x.device)
    return time_mask(lengths, x.shape[1]).squeeze(1)


def _reverse(x: Tensor, lengths: Tensor | None) -> Tensor:
    """Each row's real steps in reverse, its padding where it was."""
    if lengths is None:
        return x.flip(1)
    step = torch.arange(x.shape[1], device=x.device)
    end = lengths[:, None]
    source = torch.where(step < end, end - 1 - step, step)  # (n, time)
    return x.gather(1, source[:, :, None].expand_as(x))


def _last(x: Tensor, state: Tensor | tuple[Tensor, ...], lengths: Tensor | None) -> Tensor:
    """The state of each row after its last real step: ``(n, time, width) -> (n, width)``."""
    if lengths is None:
        return state[0].reshape(-1, state[0].shape[-1])  # the first of an LSTM's two
    return x[torch.arange(len(x), device=x.device), lengths - 1]


def unpad(x: Tensor) -> tuple[Tensor, Tensor | None]:
    """Split padded sequences into zero-filled values and lengths.

    Parameters
    ----------
    x : Tensor of shape (n, time, features)
        Steps after a sequence's end are NaN.

    Returns
    -------
    x : Tensor of shape (n, time, features)
        With zeros for NaN.
    lengths : Tensor of shape (n,), or None
        Real steps a row; None when no row is padded.

    Examples
    --------
    >>> import torch
    >>> x = torch.tensor([[[1.0], [2.0]], [[3.0], [torch.nan]]])
    >>> unpad(x)[1]
    tensor([2, 1])
    """
    padding = x[:, :, 0].isnan()  # (n, time)
    if not padding.any():
        return x, None
    return x.nan_to_num(0.0), (~padding).sum(dim=1)
