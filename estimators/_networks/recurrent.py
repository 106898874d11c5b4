"""A GRU layer whose gradient on the CPU is written out: autograd keeps a node for every operation
of every time step, which costs more than the arithmetic of a small layer.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from .layers import is_traced

Array = np.ndarray


class GRU(nn.GRU):
    """``torch.nn.GRU`` of one layer and direction with ``batch_first``, faster to train on a CPU.

    Shape
    -----
    Input: ``(n, time, features)``. Output: states ``(n, time, hidden_size)`` and the last of them,
    ``(1, n, hidden_size)``. Where it is trained on a CPU, it can be differentiated once.

    References
    ----------
    .. [1] Cho, K. et al. (2014). Learning phrase representations using RNN encoder-decoder for
           statistical machine translation. EMNLP.
    """

    def __init__(self, input_size: int, hidden_size: int, *, dtype: torch.dtype | None = None):
        super().__init__(input_size, hidden_size, batch_first=True, dtype=dtype)

    # No packed sequences.
    def forward(  # type: ignore[override]
        self, x: Tensor, hx: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        by_torch = not torch.is_grad_enabled() or x.device.type != "cpu" or is_traced()
        if hx is not None or by_torch:
            return super().forward(x, hx)
        weights = (self.weight_ih_l0, self.weight_hh_l0, self.bias_ih_l0, self.bias_hh_l0)
        states, last = _Recurrence.apply(x, *weights)
        return states, last[None]


class _Recurrence(torch.autograd.Function):
    """The states of all time steps, and of the last."""

    @staticmethod
    def forward(ctx, x: Tensor, *weights: Tensor) -> tuple[Tensor, Tensor]:
        ctx.set_materialize_grads(False)  # of the states, most nets use the last alone
        ctx.save_for_backward(*weights)  # so that torch refuses weights changed since
        ctx.tape = _states(x.detach().numpy(), *(weight.detach().numpy() for weight in weights))
        states = torch.from_numpy(ctx.tape[1])[1:]  # (time, hidden, n)
        return states.permute(2, 0, 1), states[-1].t()

    @staticmethod
    @once_differentiable
    def backward(ctx, d_states: Tensor | None, d_last: Tensor | None):
        gradients = _gradients(
            None if d_states is None else d_states.permute(1, 2, 0).contiguous().numpy(),
            None if d_last is None else d_last.t().numpy(),
            [weight.detach().numpy() for weight in ctx.saved_tensors],
            *ctx.tape,
            wants_x=ctx.needs_input_grad[0],
        )
        return tuple(None if g is None else torch.from_numpy(g) for g in gradients)


# Rows lie last below, (hidden, n), so that the gates of a step are blocks of memory. Gates are in
# torch's order: reset, update, new.


def _states(x: Array, weight_ih: Array, weight_hh: Array, bias_ih: Array, bias_hh: Array):
    """Run the layer over ``(n, time, features)``; return what its gradient needs."""
    n, time, _ = x.shape
    size = weight_hh.shape[1]
    half = x.dtype.type(0.5)
    inputs = np.ascontiguousarray(x.transpose(1, 2, 0))  # (time, features, n)
    states = np.zeros((time + 1, size, n), x.dtype)  # the first is zero
    gates = np.empty((time, 3 * size, n), x.dtype)
    recalled = np.empty((time, size, n), x.dtype)  # what the reset gate lets through or not
    from_h = np.empty((3 * size, n), x.dtype)
    bias = bias_ih[:, None].copy()
    bias[: 2 * size] += bias_hh[: 2 * size, None]
    for x_t, h, h_next, gate, recall in zip(
        inputs, states, states[1:], gates, recalled, strict=False
    ):
        reset_update, new = gate[: 2 * size], gate[2 * size :]
        np.dot(weight_ih, x_t, out=gate)
        gate += bias
        np.dot(weight_hh, h, out=from_h)
        reset_update += from_h[: 2 * size]
        # The logistic function is (1 + tanh(a / 2)) / 2, and numpy's tanh is vectorised.
        reset_update *= half
        np.tanh(reset_update, out=reset_update)
        reset_update += 1
        reset_update *= half
        np.add(from_h[2 * size :], bias_hh[2 * size :, None], out=recall)
        new += np.multiply(reset_update[:size], recall, out=h_next)
        np.tanh(new, out=new)
        np.subtract(h, new, out=h_next)  # h' = new + update (h - new)
        h_next *= reset_update[size:]
        h_next += new
    return inputs, states, gates, recalled


def _gradients(
    d_states: Array | None,
    d_last: Array | None,
    weights: list[Array],
    inputs: Array,
    states: Array,
    gates: Array,
    recalled: Array,
    *,
    wants_x: bool,
) -> tuple[Array | None, Array, Array, Array, Array]:
    """Back-propagation through time (Werbos, 1990).

    Parameters
    ----------
    d_states, d_last : ndarray of shape (time, hidden, n) and (hidden, n), optional
        Derivatives of the loss by the states, as the layers above use them.
    wants_x : bool
        Whether the gradient by ``x`` is needed too.
    """
    weight_ih, weight_hh, *_ = weights
    time, size, n = recalled.shape
    ones = np.ones(n, states.dtype)
    # By each gate before its nonlinearity: new, reset, update, and what was recalled. The first
    # three see x, the last three the state before.
    d_gates = np.empty((4, size, n), states.dtype)
    d_new, d_reset, d_update, d_recalled = d_gates
    all_gates = d_gates.reshape(-1, n)
    from_x, from_h = all_gates[: 3 * size], all_gates[size:]
    # Rows in the order of from_x.
    x_to_gates = np.concatenate([weight_ih[2 * size :], weight_ih[: 2 * size]])
    d_x_to_gates, d_weight_hh = np.zeros_like(weight_ih), np.zeros_like(weight_hh)
    d_bias = np.zeros(4 * size, states.dtype)
    d_x = np.empty_like(inputs) if wants_x else None
    d_h = np.zeros((size, n), states.dtype) if d_last is None else d_last.copy()
    kept = np.empty_like(d_h)
    for t in reversed(range(time)):
        reset, update, new = gates[t].reshape(3, size, n)
        if d_states is not None:
            d_h += d_states[t]
        np.multiply(d_h, update, out=kept)  # passes to the state before
        d_h -= kept  # passes through the new gate
        np.subtract(states[t], new, out=d_update)
        d_update *= d_h
        d_update *= update
        np.multiply(new, new, out=d_new)
        np.subtract(1, d_new, out=d_new)
        d_new *= d_h
        np.multiply(d_new, reset, out=d_recalled)
        np.subtract(1, reset, out=d_reset)
        d_reset *= d_recalled
        d_reset *= recalled[t]
        d_weight_hh += np.dot(from_h, states[t].T)
        d_x_to_gates += np.dot(from_x, inputs[t].T)
        d_bias += np.dot(all_gates, ones)
        if d_x is not None:
            np.dot(x_to_gates.T, from_x, out=d_x[t])
        np.dot(weight_hh.T, from_h, out=d_h)
        d_h += kept
    d_weight_ih = np.concatenate([d_x_to_gates[size:], d_x_to_gates[:size]])
    d_bias_ih = np.concatenate([d_bias[size : 3 * size], d_bias[:size]])
    d_bias_hh = d_bias[size:]
    return (
        None if d_x is None else d_x.transpose(2, 0, 1),
        *(d_weight_ih, d_weight_hh, d_bias_ih, d_bias_hh),
    )
