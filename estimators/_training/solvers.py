"""Solvers: the optimisers of torch under scikit-learn's names, and their step without overhead."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import torch
from torch import Tensor
from torch.optim import optimizer as _torch_optimizer

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


class FlatSolver:
    """A solver's step in one call, on one flat tensor.

    ``torch.optim`` spends some 80 µs of Python on a step whose arithmetic takes 5 in a small net.
    Here parameters, gradients and the solver's state become views into flat tensors, which the
    solver's own kernel then updates at once. Rates and decays are read at every step; anything
    else about the solver and the parameters must stay as it is until :meth:`release`.

    Parameters
    ----------
    solver : torch.optim.Optimizer
        One that :func:`can_be_flat` accepts.
    """

    def __init__(self, solver: torch.optim.Optimizer):
        self.solver = solver
        groups = [group for group in solver.param_groups if group["params"]]
        self.parameters: list[Tensor] = [p for group in groups for p in group["params"]]
        self.values = torch.cat([p.detach().reshape(-1) for p in self.parameters])
        self.gradient = torch.zeros_like(self.values)
        self.moments = {name: torch.zeros_like(self.values) for name in _moments_of(solver)}
        n_steps = start = 0
        for p in self.parameters:
            place = slice(start, start := start + p.numel())
            p.data = self.values[place].view_as(p)
            p.grad = self.gradient[place].view_as(p)
            state = solver.state[p]
            for name, moment in self.moments.items():
                view = moment[place].view_as(p)
                if state.get(name) is not None:
                    view.copy_(state[name])
                state[name] = view
            n_steps = int(state.get("step", 0))  # the same for all
        self.step_count = torch.tensor(n_steps, dtype=torch.float32, device="cpu")
        self._step_count: Any = self.step_count.numpy().data  # written to without torch
        self.arguments = self._arguments(groups)

    def _arguments(self, groups: list[dict]) -> list[tuple[dict, list[list[Tensor]]]]:
        """For each call of the kernel, a group's options and its part of the tensors.

        Groups with the same options share a call.
        """
        tensors = [self.values, self.gradient, *self.moments.values()]
        first, *others = ({k: v for k, v in g.items() if k != "params"} for g in groups)
        if all(options == first for options in others):
            return [(groups[0], [[tensor] for tensor in tensors])]
        sizes = [sum(p.numel() for p in group["params"]) for group in groups]
        parts = zip(*(tensor.split(sizes) for tensor in tensors), strict=True)
        return [
            (group, [[part] for part in of_group])
            for group, of_group in zip(groups, parts, strict=True)
        ]

    def zero_grad(self) -> None:
        self.gradient.zero_()

    def step(self) -> None:
        self._step_count[()] += 1
        for group, tensors in self.arguments:
            if type(self.solver) is SGD:
                values, gradient, *moments = tensors
                torch._fused_sgd_(
                    values, gradient, *(moments or [[]]),
                    weight_decay=group["weight_decay"], momentum=group["momentum"],
                    lr=group["lr"], dampening=0.0, nesterov=group["nesterov"], maximize=False,
                    # The buffer starts at zero, from where a step makes it what the first one does.
                    is_first_step=False,
                )  # fmt: skip
            else:
                decoupled = group["decoupled_weight_decay"]
                kernel: Any = torch._fused_adamw_ if decoupled else torch._fused_adam_
                beta1, beta2 = group["betas"]
                kernel(
                    *tensors, [], [self.step_count],
                    lr=group["lr"], beta1=beta1, beta2=beta2, weight_decay=group["weight_decay"],
                    eps=group["eps"], amsgrad=False, maximize=False,
                )  # fmt: skip

    def release(self) -> None:
        """Give parameters, gradients and state memory of their own, as pickles and torch expect."""
        for p in self.parameters:
            p.data = p.data.clone()
            p.grad = None if p.grad is None else p.grad.clone()
            state = self.solver.state[p]
            for name in self.moments:
                state[name] = state[name].clone()
            if "exp_avg" in self.moments:
                state["step"] = self.step_count.clone()


def can_be_flat(solver: torch.optim.Optimizer) -> bool:
    """Whether :class:`FlatSolver` computes what the solver's own ``step`` would."""
    groups = solver.param_groups
    parameters = [p for group in groups for p in group["params"]]
    # A parameter that was frozen has fewer steps behind it than others, or no state at all.
    steps = {float(solver.state.get(p, {}).get("step", 0.0)) for p in parameters}
    return (
        type(solver) in MOMENTS
        and _kernels_work()
        and not _is_hooked(solver)
        and not any(group.get(k) for group in groups for k in ("amsgrad", "maximize", "dampening"))
        and len({group.get("momentum", 0.0) > 0.0 for group in groups}) == 1
        and len(steps) <= 1
        and len({p.dtype for p in parameters}) == 1
        and all(p.device.type == "cpu" and p.requires_grad for p in parameters)
        and all(p.is_contiguous() for p in parameters)
    )


def _is_hooked(solver: torch.optim.Optimizer) -> bool:
    """Whether something wants to know of each step."""
    hooks = ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks")
    global_hooks = ("_global_optimizer_pre_hooks", "_global_optimizer_post_hooks")
    return (
        "step" in vars(solver)  # torch's schedulers replace it, to count calls
        or any(getattr(solver, name, None) for name in hooks)
        or any(getattr(_torch_optimizer, name, None) for name in global_hooks)
    )


def _moments_of(solver: torch.optim.Optimizer) -> tuple[str, ...]:
    if type(solver) is SGD and not solver.param_groups[0]["momentum"]:
        return ()
    return MOMENTS[type(solver)]


@functools.cache
def _kernels_work() -> bool:
    """Whether this torch has the kernels and they do what they did: they are private.

    Two steps on a weight of 1 and a gradient of 1, by hand.
    """
    expected = {
        (Adam, ()): 1 - 0.1 - 0.1,
        (AdamW, (("weight_decay", 0.5),)): (1 * 0.95 - 0.1) * 0.95 - 0.1,
        (SGD, ()): 1 - 0.1 - 0.1,
        (SGD, (("momentum", 0.9),)): 1 - 0.1 - 0.19,
    }
    try:
        for (kind, options), value in expected.items():
            weight = torch.nn.Parameter(torch.ones(1, dtype=torch.float64, device="cpu"))
            flat = FlatSolver(kind([weight], lr=0.1, **dict(options)))
            for _ in range(2):
                flat.gradient.fill_(1.0)
                flat.step()
            if abs(weight.item() - value) > 1e-6:
                return False
    except (AttributeError, TypeError, RuntimeError):
        return False
    return True
