"""A step on flat tensors against the solver's own."""

import pickle

import pytest
import torch
from numpy.testing import assert_allclose
from torch import nn
from torch.optim.lr_scheduler import StepLR

from bakeoff.estimators._training import flat_solver
from bakeoff.estimators._training.flat_solver import FlatSolver, can_be_flat
from bakeoff.estimators._training.solvers import SGD, Adam, AdamW, RMSprop

pytestmark = pytest.mark.privates

SOLVERS = {
    "adam": lambda groups: Adam(groups, fused=True),
    "adam_l2": lambda groups: Adam(groups, weight_decay=0.1, fused=True),
    "adamw": lambda groups: AdamW(groups, fused=True),
    "sgd": lambda groups: SGD(groups, lr=0.1, fused=True),
    "momentum": lambda groups: SGD(groups, lr=0.1, momentum=0.9, fused=True),
    "nesterov": lambda groups: SGD(groups, lr=0.1, momentum=0.9, nesterov=True),
}


def parameters(dtype=torch.float64):
    generator = torch.Generator().manual_seed(0)
    shapes = [(3, 4), (3,), (2, 3), (2,), ()]
    return [nn.Parameter(torch.randn(s, dtype=dtype, generator=generator)) for s in shapes]


def make(name, *, two_groups=True):
    ps = parameters()
    groups = [{"params": ps}]
    if two_groups:
        biases = [p for p in ps if p.ndim < 2]
        groups = [
            {"params": biases, "weight_decay": 0.0},
            {"params": []},
            {"params": [p for p in ps if p.ndim == 2]},
        ]
    return ps, SOLVERS[name](groups)


def fill_gradients(ps, seed):
    generator = torch.Generator().manual_seed(seed)
    for p in ps:
        gradient = torch.randn(p.shape, dtype=p.dtype, generator=generator)
        if p.grad is None:
            p.grad = gradient
        else:
            p.grad.copy_(gradient)


def run(ps, solver, step, seeds):
    for seed in seeds:
        for group in solver.param_groups:
            group["lr"] = 0.1 / (1 + seed)  # a schedule
        fill_gradients(ps, seed)
        step()


def assert_same(one, other):
    for p, q in zip(one[0], other[0], strict=True):
        assert_allclose(p.detach(), q.detach(), rtol=1e-12)
    states = [[solver.state[p] for p in ps] for ps, solver in (one, other)]
    for a, b in zip(*states, strict=True):
        moments = {k for k, v in {**a, **b}.items() if isinstance(v, torch.Tensor)}
        for name in moments:
            assert_allclose(a[name], b[name], rtol=1e-12)


@pytest.mark.parametrize("two_groups", [False, True])
@pytest.mark.parametrize("name", SOLVERS)
def test_steps_are_the_solvers_own(name, two_groups):
    flat_one, torch_one = (make(name, two_groups=two_groups) for _ in range(2))
    flat = FlatSolver(flat_one[1])
    run(*flat_one, flat.step, range(10))
    run(*torch_one, torch_one[1].step, range(10))
    for p, q in zip(flat_one[0], torch_one[0], strict=True):
        assert_allclose(p.detach(), q.detach(), rtol=1e-12)

    flat.release()
    assert_same(flat_one, torch_one)


@pytest.mark.parametrize("name", SOLVERS)
def test_both_can_take_turns(name):
    turns, own = make(name), make(name)
    run(*own, own[1].step, range(9))

    run(*turns, turns[1].step, range(3))
    flat = FlatSolver(turns[1])
    run(*turns, flat.step, range(3, 6))
    flat.release()
    run(*turns, turns[1].step, range(6, 9))

    assert_same(turns, own)


def test_released_tensors_have_memory_of_their_own():
    ps, solver = make("adam")
    flat = FlatSolver(solver)
    run(ps, solver, flat.step, range(2))
    flat.release()

    tensors = [*ps, *(v for p in ps for v in solver.state[p].values())]
    assert len({t.data_ptr() for t in tensors}) == len(tensors)
    assert all(t.untyped_storage().nbytes() == t.nbytes for t in tensors)
    assert all(p.grad.data_ptr() != flat.blocks[0].tensors[1].data_ptr() for p in ps)
    assert len(pickle.dumps(ps)) <= len(pickle.dumps(parameters()))


def test_zero_grad_clears_all_gradients():
    ps, solver = make("adam")
    flat = FlatSolver(solver)
    fill_gradients(ps, 0)
    flat.zero_grad()
    assert all((p.grad == 0).all() for p in ps)


def freeze(ps, solver):
    ps[2].requires_grad_(False)


def one_was_frozen(ps, solver):
    fill_gradients(ps, 0)
    ps[0].grad = None
    solver.step()
    fill_gradients(ps, 1)


def option(name, value):
    return lambda ps, solver: solver.param_groups[-1].update({name: value})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ps, solver: StepLR(solver, 1),  # wraps step
        lambda ps, solver: solver.register_step_post_hook(lambda *_: None),
        lambda ps, solver: solver.register_step_pre_hook(lambda *_: None),
        freeze,
        lambda ps, solver: setattr(ps[0], "data", ps[0].data.t()),
        lambda ps, solver: setattr(ps[0], "data", ps[0].data.float()),
        one_was_frozen,
        *(option(name, True) for name in ("amsgrad", "maximize")),
    ],
    ids=[
        "scheduler",
        "post hook",
        "pre hook",
        "frozen",
        "not contiguous",
        "mixed dtypes",
        "frozen before",
        "amsgrad",
        "maximize",
    ],
)
def test_what_would_not_be_the_same_step_is_left_to_torch(spoil):
    ps, solver = make("adam")
    assert can_be_flat(solver)
    spoil(ps, solver)
    assert not can_be_flat(solver)


def test_other_solvers_are_left_to_torch():
    assert not can_be_flat(RMSprop(parameters()))
    assert not can_be_flat(torch.optim.Adam(parameters()))
    assert not can_be_flat(SGD(parameters(), momentum=0.9, dampening=0.5))


@pytest.fixture
def fresh_look(monkeypatch):
    flat_solver._kernels_work.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    flat_solver._kernels_work.cache_clear()
    assert can_be_flat(make("adam")[1])


@pytest.mark.parametrize("name", ["_fused_adam_", "_fused_adamw_", "_fused_sgd_"])
def test_without_torchs_private_kernels_its_own_step_is_used(fresh_look, name):
    fresh_look.delattr(torch, name)
    assert not can_be_flat(make("adam")[1])


@pytest.mark.parametrize("name", ["_fused_adam_", "_fused_adamw_", "_fused_sgd_"])
def test_a_kernel_that_computes_something_else_is_not_used(fresh_look, name):
    kernel = getattr(torch, name)

    def slower(*tensors, lr, **options):
        kernel(*tensors, lr=lr / 2, **options)

    fresh_look.setattr(torch, name, slower)
    assert not can_be_flat(make("adam")[1])
