"""Several nets of one shape, trained in one pass.

A step of a small net is a dozen calls of a few microseconds each. Here a call is made once for all
nets: their weights lie in one tensor, a row for each, and so do their batches. Everything else is
each net's own: initial weights, order of rows, dropout, rate, loss; what is computed is, up to
rounding, what each would compute alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import torch

from .backprop import MLPGradient, loss_of
from .callbacks import Progress
from .flat_solver import FlatSolver, can_be_flat, moments_of
from .net import Net
from .plain_mlp import PlainMLP
from .rows import CHUNK_BYTES, Batches, Rows
from .steps import HOOKS, OWN, listeners

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray | None, list[int] | None]

# What a step touches, weights, gradients and moments, is to stay in a core's second cache.
CACHE_BYTES = 2**20


def shape_of(net: Net, rows: Rows) -> Hashable | None:
    """Return what nets must have in common to be trained in one pass; None for one that cannot.

    They may differ in seed, rows, rate, decay, momentum and betas, dropout, label smoothing,
    epochs and early stopping.
    """
    mlp = PlainMLP.of(net.module_)
    loss = loss_of(net.criterion_)
    if (
        mlp is None
        or loss is None
        or not HOOKS.isdisjoint(vars(net))
        # A bar a net, for many at once, would be none.
        or any(type(c) not in OWN or type(c) is Progress for _, c in net.callbacks_)
        or not can_be_flat(net.optimizer_)
        or net.optimizer_.state  # it goes on from where it was
    ):
        return None
    groups = net.optimizer_.param_groups
    return (
        tuple(weight.shape for weight in mlp.dense.weights),
        net.dtype,
        mlp.activation,
        loss,
        type(net.optimizer_),
        tuple((len(group["params"]), bool(group.get("momentum"))) for group in groups),
        net.batch_size,
        len(Batches(rows, net.batch_size)),
        (rows.y.ndim, rows.y.dtype.kind),
    )


def n_at_once(net: Net) -> int:
    """How many nets of this shape one pass is quickest with."""
    n_bytes = sum(p.numel() * p.element_size() for p in net.module_.parameters())
    return max(1, CACHE_BYTES // (n_bytes * (2 + len(moments_of(net.optimizer_)))))


class Stack:
    """Nets for which :func:`shape_of` is the same, and the memory that they share.

    Parameters
    ----------
    nets : sequence of Net
        After their ``begin``. Neighbours with equal rates and decays share calls of the solver.
    rows : sequence of Rows
        Of each net.
    """

    def __init__(self, nets: Sequence[Net], rows: Sequence[Rows]):
        self.nets, self.rows = nets, rows
        self.solver = FlatSolver(*(net.optimizer_ for net in nets))
        mlps = [PlainMLP.of(net.module_) for net in nets]
        self.gradient = MLPGradient.of_several(
            [mlp for mlp in mlps if mlp is not None],
            [net.criterion_ for net in nets],
            self.solver,
        )

    def train_epoch(self) -> None:
        """Train each net on its batches once, after its ``on_epoch_begin``."""
        for net in self.nets:
            net._set_training(True)
        before, between, after = (
            [(net, callback) for net in self.nets for callback in listeners(net, name)]
            for name in ("on_batch_begin", "on_grad_computed", "on_batch_end")
        )
        losses = []
        with np.errstate(all="ignore"):  # as in a pass over one net
            for X, y, weight, sizes in self._batches():
                for net, callback in before:
                    callback.on_batch_begin(net, batch=None, training=True)
                losses.append(self.gradient(X, y, weight, sizes))
                for net, callback in between:
                    named = list(net.get_all_learnable_params())
                    callback.on_grad_computed(net, named_parameters=named, training=True)
                self.solver.step()
                for net, callback in after:
                    callback.on_batch_end(net, batch=None, training=True)
        for net, rows, of_net in zip(self.nets, self.rows, np.transpose(losses), strict=True):
            sizes = Batches(rows, net.batch_size).sizes
            net.history[-1]["batches"] += [
                {"train_loss": float(loss), "train_batch_size": size}
                for loss, size in zip(of_net, sizes, strict=True)
            ]
            net.history.record("train_batch_count", len(sizes))
            net.history.record("lr", net.optimizer_.param_groups[0]["lr"])

    def release(self) -> None:
        """Give each net memory of its own again."""
        self.solver.release()

    def _batches(self) -> Iterator[Arrays]:
        """Batches of all nets, ``(n_nets, n, n_features)``, the targets, weights and sizes."""
        orders = [
            torch.randperm(len(rows), generator=net.order_generator_).numpy()
            if net.shuffle
            else np.arange(len(rows))
            for net, rows in zip(self.nets, self.rows, strict=True)
        ]
        size = self.nets[0].batch_size
        sizes = [Batches(rows, size).sizes for rows in self.rows]
        n_full = len(sizes[0]) - 1  # all but the last are full in each net
        at_once = max(1, CHUNK_BYTES // (self.rows[0].row_bytes * size * len(self.nets)))
        for start in range(0, n_full, at_once):
            stop = min(start + at_once, n_full)
            X, y, weight = self._gather(orders, slice(start * size, stop * size))
            for i in range(stop - start):
                batch = slice(i * size, (i + 1) * size)
                yield X[:, batch], y[:, batch], None if weight is None else weight[:, batch], None
        lasts = [of_net[-1] for of_net in sizes]
        X, y, weight = self._gather(orders, slice(n_full * size, None))
        yield X, y, weight, lasts if len(set(lasts)) > 1 else None

    def _gather(
        self, orders: list[np.ndarray], place: slice
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
        """The rows at a place of each net's order; shorter ones are filled up with weight 0."""
        parts = [r.arrays(order[place]) for r, order in zip(self.rows, orders, strict=True)]
        lengths = [len(X) for X, _, _ in parts]
        X = _padded([X for X, _, _ in parts], max(lengths))
        y = _padded([y for _, y, _ in parts], max(lengths))
        if len(set(lengths)) == 1 and all(weight is None for _, _, weight in parts):
            return X, y, None
        weights = [np.ones(len(X), X.dtype) if weight is None else weight for X, _, weight in parts]
        return X, y, _padded(weights, max(lengths))


def _padded(arrays: list[np.ndarray], n: int) -> np.ndarray:
    first = arrays[0]
    found = np.zeros((len(arrays), n, *first.shape[1:]), first.dtype)
    for row, array in zip(found, arrays, strict=True):
        row[: len(array)] = array
    return found
