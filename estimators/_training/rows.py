"""Rows in memory, and batches that are slices of them."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray | None]

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
        self.y = np.zeros(len(self)) if y is None else y
        self.weight = weight
        self.input_shape = input_shape
        self.dtype = torch.empty(0, dtype=dtype).numpy().dtype

    def __len__(self) -> int:
        return self.X.shape[0]

    @property
    def row_bytes(self) -> int:
        """Memory of a row as the module takes it."""
        return self.dtype.itemsize * math.prod(self.input_shape)

    def arrays(self, rows: np.ndarray | slice) -> Arrays:
        """Some rows with their targets and weights, in the dtype of the module's weights."""
        X, y = _gather(self.X, rows), _gather(self.y, rows)
        X = for_torch(X.toarray() if sparse.issparse(X) else X, self.dtype)
        y = for_torch(y, np.dtype(np.int64) if y.dtype.kind in "iu" else self.dtype)
        if self.weight is None:
            return X, y, None
        return X, y, for_torch(_gather(self.weight, rows), self.dtype)


def _gather(array, rows: np.ndarray | slice):
    if isinstance(rows, slice) or sparse.issparse(array):
        return array[rows]
    return array.take(rows, axis=0)  # a third of the time of array[rows]


def for_torch(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """The array in a dtype, itself where torch can share its memory.

    torch warns of read-only arrays, such as joblib's workers get, and knows no negative strides.
    """
    flags = array.flags
    if array.dtype == dtype and flags.writeable and flags.c_contiguous and min(array.strides) >= 0:
        return array
    with np.errstate(over="ignore"):  # of float64 beyond float32
        return array.astype(dtype, order="C")


class Batches:
    """Batches of :class:`Rows`; given a generator, in a new random order each time.

    The order is that of a ``DataLoader`` whose sampler draws from the same generator.

    ``weight`` holds the weights of the latest batch, or None: skorch and its callbacks take a
    batch for inputs and targets, and would take a third part for another target.
    """

    weight: Tensor | None = None

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

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Inputs ``(k, *input_shape)`` and targets, as tensors on the device."""
        for X, y, weight in self.arrays():
            self.weight = None if weight is None else self._tensor(weight)
            yield self._tensor(X).reshape(len(X), *self.rows.input_shape), self._tensor(y)

    def arrays(self) -> Iterator[Arrays]:
        """The same batches as arrays: X as ``(k, n_features)``, y and weights."""
        sizes, order = self.sizes, None
        if self.generator is not None:
            order = torch.randperm(len(self.rows), generator=self.generator).numpy()
        n_batches = max(1, CHUNK_BYTES // (self.rows.row_bytes * self.batch_size))
        start = 0
        for i in range(0, len(sizes), n_batches):
            some = sizes[i : i + n_batches]
            place = slice(start, start := start + sum(some))
            X, y, weight = self.rows.arrays(place if order is None else order[place])
            end = 0
            for size in some:
                batch = slice(end, end := end + size)
                yield X[batch], y[batch], None if weight is None else weight[batch]

    def _tensor(self, array: np.ndarray) -> Tensor:
        tensor = torch.from_numpy(array)
        return tensor if self.device == "cpu" else tensor.to(self.device)
