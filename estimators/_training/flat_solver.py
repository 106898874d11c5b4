"""A solver's step without overhead: on one flat tensor, for one net or for several."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.optim import optimizer as _torch_optimizer

from .solvers import MOMENTS, SGD, Adam, AdamW

_Call = tuple[dict, list[list[Tensor]]]  # options, and the tensors of one call of a kernel


class FlatSolver:
    """A solver's step in one call, on one flat tensor.

    ``torch.optim`` spends some 80 µs of Python on a step whose arithmetic takes 5 in a small net.
    Here parameters, gradients and the solver's state become views into flat tensors, which the
    solver's own kernel then updates at once. Rates and decays are read at every step; anything
    else about the solver and the parameters must stay as it is until :meth:`release`.

    Several solvers of one kind, of nets of one shape, share the tensors, a row for each; those side
    by side with equal options share a call.

    Parameters
    ----------
    *solvers : torch.optim.Optimizer
        Such that :func:`can_be_flat` accepts each, with equal numbers of steps behind them.
    """

    def __init__(self, *solvers: torch.optim.Optimizer):
        self.solvers = solvers
        groups = [[group for group in each.param_groups if group["params"]] for each in solvers]
        names = moments_of(solvers[0])
        # Of each part: the parameters of each net. Groups with the same options share a part.
        parts: list[list[list[Tensor]]]
        if all(
            _options(group) == _options(of_net[0]) and group["lr"] == of_net[0]["lr"]
            for of_net in groups
            for group in of_net
        ):
            parts = [[[p for g in of_net for p in g["params"]] for of_net in groups]]
        else:
            parts = [[g["params"] for g in part] for part in zip(*groups, strict=True)]
        firsts = [[of_net[i] for of_net in groups] for i in range(len(parts))]
        self.blocks = [_Block(solvers, *part, names) for part in zip(parts, firsts, strict=True)]
        n_steps = max(int(solvers[0].state[p].get("step", 0)) for p in parts[0][0])
        self.step_count = torch.tensor(n_steps, dtype=torch.float32, device="cpu")
        self._step_count: Any = self.step_count.numpy().data  # written to without torch

    def stacked(self, parameter: Tensor) -> tuple[Tensor, Tensor]:
        """Values and gradients, ``(n_nets, *shape)``, of a parameter of the first net and its like.

        They are the memory of those parameters.
        """
        (block,) = (each for each in self.blocks if id(parameter) in each.places)
        shape = (len(self.solvers), *parameter.shape)
        values, gradient, *_ = (t[:, block.places[id(parameter)]] for t in block.tensors)
        return values.view(shape), gradient.view(shape)

    def zero_grad(self) -> None:
        for block in self.blocks:
            block.tensors[1].zero_()

    def step(self) -> None:
        self._step_count[()] += 1
        for block in self.blocks:
            for group, tensors in block.calls():
                self._step(group, tensors)

    def _step(self, group: dict, tensors: list[list[Tensor]]) -> None:
        if type(self.solvers[0]) is SGD:
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
        for block in self.blocks:
            for solver, parameters in zip(self.solvers, block.parameters, strict=True):
                for p in parameters:
                    p.data = p.data.clone()
                    p.grad = None if p.grad is None else p.grad.clone()
                    state = solver.state[p]
                    for name in block.names:
                        state[name] = state[name].clone()
                    if "exp_avg" in block.names:
                        state["step"] = self.step_count.clone()


class _Block:
    """Some parameters of each net, in rows of tensors of their own.

    Parameters
    ----------
    solvers : sequence of torch.optim.Optimizer
    parameters : list of list of Tensor
        Of each net.
    groups : list of dict
        With the options of each net.
    names : tuple of str
        Of the moments that the solver keeps.

    Attributes
    ----------
    tensors : list of Tensor of shape (n_nets, n)
        Values, gradients and moments.
    places : dict
        Where a parameter of the first net lies in its row, by identity.
    """

    def __init__(self, solvers, parameters, groups, names):
        self.parameters, self.groups, self.names = parameters, groups, names
        rows = [torch.cat([p.detach().reshape(-1) for p in of_net]) for of_net in parameters]
        values = torch.stack(rows)
        self.tensors = [values, *(torch.zeros_like(values) for _ in range(1 + len(names)))]
        self.places: dict[int, slice] = {}
        start = 0
        for like in zip(*parameters, strict=True):
            place = slice(start, start := start + like[0].numel())
            self.places[id(like[0])] = place
            for i, (p, solver) in enumerate(zip(like, solvers, strict=True)):
                p.data = values[i, place].view_as(p)
                p.grad = self.tensors[1][i, place].view_as(p)
                state = solver.state[p]
                for name, moment in zip(names, self.tensors[2:], strict=True):
                    view = moment[i, place].view_as(p)
                    if state.get(name) is not None:
                        view.copy_(state[name])
                    state[name] = view
        self._rates: list[float] = []
        self._calls: list[_Call] = []
        self._slices: dict[tuple[int, int], list[list[Tensor]]] = {}
        # Between which nets more than the rate may change.
        options = [_options(group) for group in groups]
        self._breaks = {i for i in range(1, len(groups)) if options[i] != options[i - 1]}

    def calls(self) -> list[_Call]:
        """For each call of the kernel, options and tensors."""
        rates = [group["lr"] for group in self.groups]
        if rates != self._rates:
            self._rates = rates
            self._calls = list(self._grouped())
        return self._calls

    def _grouped(self) -> Iterator[_Call]:
        start, rates, n = 0, self._rates, len(self.groups)
        for i in range(1, n + 1):
            if i == n or i in self._breaks or rates[i] != rates[start]:
                yield self.groups[start], self._rows(start, i)
                start = i

    def _rows(self, start: int, stop: int) -> list[list[Tensor]]:
        found = self._slices.get((start, stop))
        if found is None:
            found = [[tensor[start:stop].reshape(-1)] for tensor in self.tensors]
            self._slices[start, stop] = found
        return found


def _options(group: dict) -> dict:
    return {name: value for name, value in group.items() if name not in ("params", "lr")}


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


def moments_of(solver: torch.optim.Optimizer) -> tuple[str, ...]:
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
                weight.grad.fill_(1.0)  # type: ignore[union-attr]
                flat.step()
            if abs(weight.item() - value) > 1e-6:
                return False
    except (AttributeError, TypeError, RuntimeError):
        return False
    return True
