"""Solvers: the optimisers of torch under scikit-learn's names."""

from __future__ import annotations

from typing import Any

import torch

SOLVERS: dict[str, type[torch.optim.Optimizer]] = {
    "adagrad": torch.optim.Adagrad,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "rmsprop": torch.optim.RMSprop,
    "sgd": torch.optim.SGD,
}

# These have one kernel for a whole step on every device.
FUSED = {"adam", "adamw", "sgd"}


def solver_options(
    solver: str, *, weight_decay: float, momentum: float, nesterovs_momentum: bool
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
    """
    options: dict[str, Any] = {
        "optimizer": SOLVERS[solver],
        "optimizer__weight_decay": weight_decay,
        "optimizer__param_groups": [
            ("*bias*", {"weight_decay": 0.0}),
            ("*norm*", {"weight_decay": 0.0}),
        ],
    }
    if solver == "sgd":
        options["optimizer__momentum"] = momentum
        options["optimizer__nesterov"] = nesterovs_momentum and momentum > 0.0
    if solver in FUSED:
        options["optimizer__fused"] = True
    return options
