"""Solvers: the optimisers of torch under scikit-learn's names, and their step without overhead."""

from __future__ import annotations

import inspect
from typing import Any

import torch

from .._vocabulary import SOLVERS


class _Uncompiled(torch.optim.Optimizer):
    """Of torch, but made without loading its compiler.

    torch wraps ``add_param_group`` so that compiled code skips it, and loads the compiler to do so:
    more than a second, in each process that fits.
    """

    add_param_group = inspect.unwrap(torch.optim.Optimizer.add_param_group)


# Classes of this module, not made in a loop: a fitted net pickles its solver.
class Adagrad(_Uncompiled, torch.optim.Adagrad):
    """``torch.optim.Adagrad``."""


class Adam(_Uncompiled, torch.optim.Adam):
    """``torch.optim.Adam``."""


class AdamW(_Uncompiled, torch.optim.AdamW):
    """``torch.optim.AdamW``."""


class RMSprop(_Uncompiled, torch.optim.RMSprop):
    """``torch.optim.RMSprop``."""


class SGD(_Uncompiled, torch.optim.SGD):
    """``torch.optim.SGD``."""


KINDS = {kind.__name__: kind for kind in (Adagrad, Adam, AdamW, RMSprop, SGD)}

# What these keep for each weight, and all they need for a step is one kernel.
MOMENTS: dict[Any, tuple[str, ...]] = {
    Adam: ("exp_avg", "exp_avg_sq"),
    AdamW: ("exp_avg", "exp_avg_sq"),
    SGD: ("momentum_buffer",),
}


def solver_options(
    solver: str,
    *,
    weight_decay: float,
    momentum: float,
    nesterovs_momentum: bool,
    beta_1: float,
    beta_2: float,
    epsilon: float,
) -> dict[str, Any]:
    """Arguments that make a skorch net use a solver.

    Biases and normalisation weights are not decayed: pulling them to zero shifts the function
    without making it smoother.

    Parameters
    ----------
    solver : str
        A key of ``SOLVERS``.
    weight_decay : float
        Decoupled from the gradient in ``"adamw"`` (Loshchilov & Hutter, 2019); added to it, an L2
        penalty, in the others.
    momentum, nesterovs_momentum : float, bool
        Used by ``"sgd"`` alone.
    beta_1, beta_2, epsilon : float
        Used by ``"adam"`` and ``"adamw"``.
    """
    kind = KINDS[SOLVERS[solver]]
    options: dict[str, Any] = {
        "optimizer": kind,
        "optimizer__weight_decay": weight_decay,
        "optimizer__param_groups": [
            ("*bias*", {"weight_decay": 0.0}),
            ("*norm*", {"weight_decay": 0.0}),
        ],
    }
    if solver == "sgd":
        options["optimizer__momentum"] = momentum
        options["optimizer__nesterov"] = nesterovs_momentum and momentum > 0.0
    elif kind in MOMENTS:
        options["optimizer__betas"], options["optimizer__eps"] = (beta_1, beta_2), epsilon
    if kind in MOMENTS:
        options["optimizer__fused"] = True
    return options
