"""Rows in memory, and batches that are slices of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

Batch = tuple[Tensor, Tensor]

# Rows are gathered this much at a time: one call for many small batches, and the copy is still in
# the processor's cache when its batches are used.
CHUNK_BYTES = 2**20


class Rows:
    """Rows in memory, with targets and weights.

    Parameters
    ----------
    X : ndarray or CSR matrix of shape (n, n_features)
    input_shape : tuple of int
        What a row becomes for the module.
    dtype : torch.dtype
        Of the module's weights.
    y : ndarray of shape (n,) or (n, n_outputs), optional
        Integer class codes, or values.
    weight : ndarray of shape (n,), optional
        Of mean 1; None where all are 1.
    """

    def __init__(self, X, input_shape: tuple[int, ...], dtype: torch.dtype, y=None, weight=None):
        # Rows of another order would be gathered value by value.
        self.X = X if sparse.issparse(X) else np.ascontiguousarray(X)
        self.input_shape, self.dtype = input_shape, dtype
        self.y = np.zeros(X.shape[0]) if y is None else y
        self.weight = weight

    def __len__(self) -> int:
        return self.X.shape[0]

    def inputs(self, rows: np.ndarray | slice) -> Tensor:
        """Some rows as the module takes them, ``(k, *input_shape)``."""
        return as_inputs(_gather(self.X, rows), self.input_shape, self.dtype)

    def targets(self, rows: np.ndarray | slice) -> Tensor:
        """``(k,)`` codes or ``(k, n_outputs)`` values."""
        return as_tensor(
            _gather(self.y, rows), torch.int64 if self.y.dtype.kind in "iu" else self.dtype
        )

    def weights(self, rows: np.ndarray | slice) -> Tensor | None:
        """``(k,)``, or None where all are 1."""
        return None if self.weight is None else as_tensor(_gather(self.weight, rows), self.dtype)


def _gather(array, rows: np.ndarray | slice):
    if isinstance(rows, slice) or sparse.issparse(array):
        return array[rows]
    return array.take(rows, axis=0)  # half the time of array[rows] for a few short rows


def as_tensor(array: np.ndarray, dtype: torch.dtype) -> Tensor:
    """A tensor on the array's memory where torch can share it; a copy where it cannot."""
    if not (array.flags.writeable and array.flags.c_contiguous):
        # torch warns of read-only arrays, such as joblib's workers get, and has no reversed views.
        array = array.copy()
    tensor = torch.from_numpy(array)
    return tensor if tensor.dtype is dtype else tensor.to(dtype)


def as_inputs(X, input_shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """Rows ``(n, n_features)`` as a module takes them, ``(n, *input_shape)``."""
    X = X.toarray() if sparse.issparse(X) else X
    return as_tensor(X, dtype).reshape(len(X), *input_shape)


class Batches:
    """Batches of :class:`Rows`; given a generator, in a new random order each time.

    The order is that of a ``DataLoader`` whose sampler draws from the same generator.

    ``weight`` holds the weights of the latest batch, or None: skorch and its callbacks take a
    batch for inputs and targets, and would take a third part for another target.
    """

    weight: Tensor | None

    def __init__(
        self,
        rows: Rows,
        batch_size: int,
        generator: torch.Generator | None = None,
        device: str = "cpu",
    ):
        self.rows, self.batch_size = rows, batch_size
        self.generator, self.device = generator, device

    @property
    def sizes(self) -> list[int]:
        """Rows of each batch."""
        full, rest = divmod(len(self.rows), self.batch_size)
        if rest == 1 and full:
            # A last row on its own has no batch statistics and a noisy gradient: it joins the
            # batch before it.
            return [*[self.batch_size] * (full - 1), self.batch_size + 1]
        return [self.batch_size] * full + [rest] * (rest > 0)

    def __len__(self) -> int:
        return len(self.sizes)

    def __iter__(self) -> Iterator[Batch]:
        rows, sizes = self.rows, self.sizes
        order = None
        if self.generator is not None:
            order = torch.randperm(len(rows), generator=self.generator).numpy()
        row_bytes = rows.dtype.itemsize * math.prod(rows.input_shape)
        n_batches = max(1, CHUNK_BYTES // (row_bytes * self.batch_size))
        start = 0
        for i in range(0, len(sizes), n_batches):
            some = sizes[i : i + n_batches]
            place = slice(start, start := start + sum(some))
            index = place if order is None else order[place]
            chunk = [rows.inputs(index), rows.targets(index), rows.weights(index)]
            inputs, targets, weights = (
                itertools.repeat(None, len(some)) if part is None else self._moved(part).split(some)
                for part in chunk
            )
            for X, y, self.weight in zip(inputs, targets, weights, strict=True):
                yield X, y

    def _moved(self, part: Tensor) -> Tensor:
        return part if self.device == "cpu" else part.to(self.device)
