"""Solvers: the optimisers of torch under scikit-learn's names, and their step without overhead."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import torch
from torch import Tensor
from torch.optim import optimizer as _torch_optimizer

from ._vocabulary import SOLVERS


class _Uncompiled(torch.optim.Optimizer):
    """Without the wrapper that loads torch's compiler when a solver is made, to be skipped by it.

    That takes more than a second, in each process that fits.
    """

    add_param_group = inspect.unwrap(torch.optim.Optimizer.add_param_group)


class Adagrad(_Uncompiled, torch.optim.Adagrad):
    """torch's."""


class Adam(_Uncompiled, torch.optim.Adam):
    """torch's."""


class AdamW(_Uncompiled, torch.optim.AdamW):
    """torch's."""


class RMSprop(_Uncompiled, torch.optim.RMSprop):
    """torch's."""


class SGD(_Uncompiled, torch.optim.SGD):
    """torch's."""


KINDS = {kind.__name__: kind for kind in (Adagrad, Adam, AdamW, RMSprop, SGD)}

# What these keep for each weight, and all they need for a step is one kernel.
MOMENTS: dict[Any, tuple[str, ...]] = {
    Adam: ("exp_avg", "exp_avg_sq"),
    AdamW: ("exp_avg", "exp_avg_sq"),
    SGD: ("momentum_buffer",),
}


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
    if kind in MOMENTS:
        options["optimizer__fused"] = True
    return options


class FlatSolver:
    """A solver's step in one call, on one flat tensor.

    ``torch.optim`` spends some 80 µs of Python on a step whose arithmetic takes 5 in a small net.
    Here weights, gradients and the solver's state become views into flat tensors, which its own
    kernel then updates at once; the solver's rates and decays are read at every step.

    Parameters
    ----------
    solver : torch.optim.Optimizer
        One that :func:`can_be_flat` accepts. Its state stays readable while the views are in
        force, and :meth:`release` makes it its own again.
    """

    def __init__(self, solver: torch.optim.Optimizer):
        self.solver = solver
        self.names = MOMENTS[type(solver)] if _has_moments(solver) else ()
        groups = [group for group in solver.param_groups if group["params"]]
        self.parameters: list[Tensor] = [p for group in groups for p in group["params"]]
        self.weights = torch.cat([p.detach().reshape(-1) for p in self.parameters])
        self.gradient = torch.zeros_like(self.weights)
        self.moments = [torch.zeros_like(self.weights) for _ in self.names]
        self.count = torch.zeros((), dtype=torch.float32, device="cpu")  # steps taken
        start = 0
        for p in self.parameters:
            place = slice(start, start := start + p.numel())
            p.data = self.weights[place].view_as(p)
            p.grad = self.gradient[place].view_as(p)
            state = solver.state[p]
            for name, moment in zip(self.names, self.moments, strict=True):
                view = moment[place].view_as(p)
                if state.get(name) is not None:
                    view.copy_(state[name])
                state[name] = view
            if "exp_avg" in state:
                self.count.fill_(state.get("step", 0.0))
                state["step"] = self.count
        self.n_steps = float(self.count)
        self._count: Any = self.count.numpy().data  # written to without an operation of torch
        self.pointers = [p.data_ptr() for p in self.parameters]
        self.gradients = [p.grad for p in self.parameters]
        self.merged = _options_agree(groups)
        self.spans = self._spans(groups)

    def _spans(self, groups: list[dict]) -> list[tuple[dict, list[list[Tensor]]]]:
        """Arguments of the kernel: a group of options, and the part of each tensor they are for."""
        tensors = [self.weights, self.gradient, *self.moments]
        if self.merged:
            return [(groups[0], [[tensor] for tensor in tensors])]
        sizes = [sum(p.numel() for p in group["params"]) for group in groups]
        parts = zip(*(tensor.split(sizes) for tensor in tensors), strict=True)
        return [
            (group, [[part] for part in span]) for group, span in zip(groups, parts, strict=True)
        ]

    def zero_grad(self) -> None:
        self.gradient.zero_()

    def step(self) -> None:
        self.n_steps += 1
        self._count[()] = self.n_steps
        for group, tensors in self.spans:
            if type(self.solver) is SGD:
                weights, gradient, *moments = tensors
                torch._fused_sgd_(
                    weights, gradient, *(moments or [[]]),
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
                    *tensors, [], [self.count],
                    lr=group["lr"], beta1=beta1, beta2=beta2, weight_decay=group["weight_decay"],
                    eps=group["eps"], amsgrad=False, maximize=False,
                )  # fmt: skip

    def holds(self) -> bool:
        """Whether all is as it was laid out: a callback may have replaced weights or options."""
        groups = [group for group in self.solver.param_groups if group["params"]]
        return (
            [p.data_ptr() for p in self.parameters] == self.pointers
            and all(p.grad is g for p, g in zip(self.parameters, self.gradients, strict=True))
            and [id(p) for g in groups for p in g["params"]] == [id(p) for p in self.parameters]
            and all(p.requires_grad for p in self.parameters)
            and _options_agree(groups) == self.merged
        )

    def release(self) -> None:
        """Give each parameter and its state memory of its own, as pickles and torch expect."""
        for p in self.parameters:
            p.data, p.grad = p.data.clone(), None
            state = self.solver.state[p]
            state.update({k: v.clone() for k, v in state.items() if isinstance(v, Tensor)})


def can_be_flat(solver: torch.optim.Optimizer) -> bool:
    """Whether :class:`FlatSolver` computes what the solver's own ``step`` would."""
    parameters = [p for group in solver.param_groups for p in group["params"]]
    hooked = (
        "step" in vars(solver)  # torch's schedulers replace it, to count calls
        or solver._optimizer_step_pre_hooks
        or solver._optimizer_step_post_hooks
        or _torch_optimizer._global_optimizer_pre_hooks
        or _torch_optimizer._global_optimizer_post_hooks
    )
    steps = {float(solver.state[p].get("step", 0.0)) for p in parameters if p in solver.state}
    return (
        type(solver) in MOMENTS
        and not hooked
        and len(steps) <= 1
        and len({p.dtype for p in parameters}) == 1
        and all(p.device.type == "cpu" and p.requires_grad for p in parameters)
        and all(p.is_contiguous() for p in parameters)
        and _kernels_work()
    )


@functools.cache
def _kernels_work() -> bool:
    """Whether this torch has the kernels: they are private, so another version may not."""
    try:
        for kind in MOMENTS:
            weight = torch.nn.Parameter(torch.ones(1, device="cpu"))
            FlatSolver(kind([weight], lr=1e-3)).step()
    except (AttributeError, TypeError, RuntimeError):
        return False
    return True


def _has_moments(solver: torch.optim.Optimizer) -> bool:
    return type(solver) is not SGD or any(g["momentum"] for g in solver.param_groups)


def _options_agree(groups: list[dict]) -> bool:
    first, *others = ({k: v for k, v in g.items() if k != "params"} for g in groups)
    return all(options == first for options in others)
