"""Convolution blocks in one and two dimensions, exact for sequences of unequal length.

A block takes ``lengths``, the real steps of each row, beside a zero-padded batch, and gives the
output that each row would have had on its own: no statistic or window looks at padding.
"""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from .layers import activation_layer, n_groups

POOL_SIZE = 2

# The largest value stays the largest under these, so they may follow the pooling and see a
# fraction of the values.
NON_DECREASING = (nn.Identity, nn.ReLU, nn.LeakyReLU, nn.Sigmoid, nn.Tanh)


def channels_last(x: Tensor) -> Tensor:
    """Images ``(n, c, h, w)`` with the channels of a pixel side by side, as CPUs convolve best."""
    _, c, h, w = x.shape
    x = x.contiguous(memory_format=torch.channels_last)
    # A single channel lies in either layout; its strides say which one the result will have.
    return x.as_strided(x.shape, (h * w, 1, w, 1)) if c == 1 else x


def time_mask(lengths: Tensor, time: int) -> Tensor:
    """True at real steps: ``(n,) -> (n, 1, time)``."""
    return (torch.arange(time, device=lengths.device) < lengths[:, None]).unsqueeze(1)


class Conv(nn.Module):
    """A convolution with ``padding`` "same" or "valid" for any stride, then normalisation.

    Shape
    -----
    Input: ``(n, c_in, *size)``. Output: ``(n, c_out, *[length(s) for s in size])``.
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        *,
        n_dims: int,
        kernel_size: int,
        stride: int,
        padding: str,
        norm: str | None,
    ):
        super().__init__()
        before = (kernel_size - 1) // 2 if padding == "same" else 0
        after = kernel_size // 2 if padding == "same" else 0
        # Even kernels pad one more at the end, as torch's own padding="same" does.
        self.pad = (0, after - before) * n_dims
        self.n_padding = before + after
        self.kernel_size, self.stride = kernel_size, stride
        conv = nn.Conv1d if n_dims == 1 else nn.Conv2d
        self.conv = conv(c_in, c_out, kernel_size, stride=stride, padding=before)
        self.norm: nn.Module | None = None
        if norm in ("layer", "group"):  # a layer is one group of all channels
            self.norm = nn.GroupNorm(1 if norm == "layer" else n_groups(c_out), c_out)
        elif norm == "batch":
            self.norm = nn.BatchNorm1d(c_out) if n_dims == 1 else nn.BatchNorm2d(c_out)

    def length(self, size):
        """Output size for an input size: an int, or a tensor of lengths."""
        return (size + self.n_padding - self.kernel_size) // self.stride + 1

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        if any(self.pad):
            x = functional.pad(x, self.pad)
        x = self.conv(x)
        if lengths is None:
            return (x if self.norm is None else self.norm(x)), None
        lengths = self.length(lengths)
        mask = time_mask(lengths, x.shape[2])
        if self.norm is not None:
            x = _masked_norm(self.norm, x, mask)
        return x.masked_fill(~mask, 0.0), lengths


def _masked_norm(norm: nn.Module, x: Tensor, mask: Tensor) -> Tensor:
    """Normalise ``(n, c, time)`` with the statistics of the real steps alone."""
    if isinstance(norm, nn.GroupNorm):
        n, c, time = x.shape
        groups = x.view(n, norm.num_groups, -1, time)
        real = mask.unsqueeze(1).to(x.dtype)  # (n, 1, 1, time)
        count = real.sum(dim=(2, 3), keepdim=True) * groups.shape[2]
        mean = (groups * real).sum(dim=(2, 3), keepdim=True) / count
        variance = ((groups - mean).square() * real).sum(dim=(2, 3), keepdim=True) / count
        x = ((groups - mean) * (variance + norm.eps).rsqrt()).view(n, c, time)
        return x * norm.weight[:, None] + norm.bias[:, None]
    steps = x.transpose(1, 2)  # (n, time, c)
    out = torch.zeros_like(steps)
    real = mask.squeeze(1)
    out[real] = norm(steps[real])  # (steps, c): batch statistics over real steps
    return out.transpose(1, 2)


class ConvBlock(nn.Module):
    """Convolution, normalisation, activation, pooling; with ``residual`` a second convolution
    and a skip connection before the last activation (He et al., 2016).

    Shape
    -----
    Input: ``(n, c_in, *size)``. Output: ``(n, c_out, *[length(s) for s in size])``.
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        *,
        n_dims: int,
        kernel_size: int,
        stride: int,
        padding: str,
        pooling: str | None,
        residual: bool,
        activation: str,
        norm: str | None,
    ):
        super().__init__()
        conv = partial(Conv, n_dims=n_dims, padding=padding, norm=norm)
        self.conv = conv(c_in, c_out, kernel_size=kernel_size, stride=stride)
        self.activation = activation_layer(activation)
        self.conv2: Conv | None = None
        self.skip: Conv | None = None
        if residual:
            self.conv2 = conv(c_out, c_out, kernel_size=kernel_size, stride=1)
            if stride > 1 or c_in != c_out:
                self.skip = conv(c_in, c_out, kernel_size=1, stride=stride)
        self.pool = _pool_layer(pooling, n_dims) if pooling else None
        self.pools_first = pooling == "max" and isinstance(self.activation, NON_DECREASING)

    def length(self, size):
        """Output size for an input size: an int, or a tensor of lengths."""
        size = self.conv.length(size)
        return size if self.pool is None else -(-size // POOL_SIZE)

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        y, out_lengths = self.conv(x, lengths)
        if self.conv2 is not None:
            y, _ = self.conv2(_zero_padding(self.activation(y), out_lengths), out_lengths)
            y = y + (x if self.skip is None else self.skip(x, lengths)[0])
        if self.pool is not None and out_lengths is None and self.pools_first:
            return self.activation(self.pool(y)), None
        y = self.activation(y)
        if self.pool is None:
            return _zero_padding(y, out_lengths), out_lengths
        if out_lengths is None:
            return self.pool(y), None
        y = _masked_pool(self.pool, y, out_lengths)
        out_lengths = -(-out_lengths // POOL_SIZE)
        return _zero_padding(y, out_lengths), out_lengths


def _pool_layer(pooling: str, n_dims: int) -> nn.Module:
    # ceil_mode keeps an odd border, and a map of one pixel as it is.
    layers = {
        ("max", 1): nn.MaxPool1d, ("max", 2): nn.MaxPool2d,
        ("avg", 1): nn.AvgPool1d, ("avg", 2): nn.AvgPool2d,
    }  # fmt: skip
    return layers[pooling, n_dims](POOL_SIZE, ceil_mode=True)


def _masked_pool(pool: nn.Module, x: Tensor, lengths: Tensor) -> Tensor:
    """Pool windows over their real steps alone."""
    mask = time_mask(lengths, x.shape[2])
    if isinstance(pool, nn.MaxPool1d):
        return pool(x.masked_fill(~mask, -torch.inf))
    real = mask.to(x.dtype)
    return pool(x * real) / pool(real).clamp(min=torch.finfo(x.dtype).tiny)


def _zero_padding(x: Tensor, lengths: Tensor | None) -> Tensor:
    """Zeros past each row's end: an activation may have moved them (logistic(0) is 0.5)."""
    return x if lengths is None else x.masked_fill(~time_mask(lengths, x.shape[2]), 0.0)


class AdaptiveMean(nn.Module):
    """Average over ``n_cells`` equal parts of each row's real length.

    Shape
    -----
    Input: ``(n, c, time)``, and the lengths of the rows, ``(n,)``, or None where every row is
    ``time`` long. Output: ``(n, c, n_cells)``, what ``torch.nn.AdaptiveAvgPool1d`` gives for each
    row on its own.
    """

    def __init__(self, n_cells: int):
        super().__init__()
        self.n_cells = n_cells

    def forward(self, x: Tensor, lengths: Tensor | None = None) -> Tensor:
        if lengths is None:
            return functional.adaptive_avg_pool1d(x, self.n_cells)
        cell = torch.arange(self.n_cells, device=x.device)
        start = (cell * lengths[:, None]) // self.n_cells  # (n, n_cells)
        end = -(-(cell + 1) * lengths[:, None] // self.n_cells)
        step = torch.arange(x.shape[2], device=x.device)
        inside = (step >= start[..., None]) & (step < end[..., None])  # (n, n_cells, time)
        weight = inside.to(x.dtype) / (end - start)[..., None]
        return x @ weight.transpose(1, 2)
