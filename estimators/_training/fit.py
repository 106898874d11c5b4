"""How an estimator's parameters and checked rows become a trained net."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING

import numpy as np
import torch
from sklearn.utils import check_consistent_length, check_random_state
from skorch.callbacks import Callback, GradientNormClipping
from skorch.history import History
from torch import nn

from .._networks.layers import allocate, materialise
from .callbacks import EpochLoss, Plateau, Progress, Schedule, Stopping, ValidationScore
from .hold_out import hold_out
from .net import Net
from .rows import Rows
from .runtime import resolve_device, single_blas_thread, single_thread
from .schedules import PLANNED, SCHEDULES
from .solvers import solver_options

if TYPE_CHECKING:
    from .._base import NetEstimator

# batch_size="auto" takes about n / 40 rows within these bounds, a power of two: small data get
# enough steps an epoch, large data enough rows a step.
MIN_BATCH_SIZE, MAX_BATCH_SIZE, STEPS_PER_EPOCH = 32, 256, 40
# max_iter="auto" takes as many epochs as make this many steps, within these bounds: it is steps
# that training needs, and a small data set has few of them in an epoch.
N_STEPS, MIN_EPOCHS, MAX_EPOCHS = 1500, 20, 100


def fit_net(
    estimator: NetEstimator, X, y, weight, groups=None, *, n_outputs: int, partial: bool = False
) -> Net:
    """Fit a net to checked rows.

    Parameters
    ----------
    estimator : NetEstimator
        Its parameters say how; ``_seed`` is set, which all randomness of the fit comes from.
    X : ndarray or CSR matrix of shape (n, n_features)
    y : ndarray of shape (n,) of class codes, or (n, n_outputs) of standardised values
    weight : ndarray of shape (n,)
    groups : array-like of shape (n,), optional
    n_outputs : int
    partial : bool
        One epoch on top of what was learned.
    """
    check_consistent_length(X, groups)
    used = weight > 0  # a weight of 0 is the row's absence, in batches and statistics too
    if not used.all():
        X, y, weight = X[used], y[used], weight[used]
    weight = weight / weight.mean()
    equal = bool((weight == 1).all())
    device = resolve_device(estimator.device)
    if not estimator._resumes(partial):
        random_state = check_random_state(estimator.random_state)
        estimator._seed = int(random_state.randint(np.iinfo(np.int32).max))
    kept: slice | np.ndarray = slice(None)
    held_out: np.ndarray | None = None
    if estimator.early_stopping and not partial:
        kept, held_out = hold_out(
            y,
            fraction=estimator.validation_fraction,
            stratify=y.ndim == 1,
            groups=None if groups is None else np.asarray(groups)[used],
            random_state=estimator._seed,
        )
    with single_thread(), single_blas_thread():
        net = _make_net(estimator, X, device, n_outputs, partial)
        dtype = net.dtype

        def rows(index):
            row_weight = None if equal else weight[index]
            return Rows(X[index], estimator.input_shape_, dtype, y[index], row_weight)

        training_rows = rows(kept)
        net.batch_size = _batch_size(estimator, len(training_rows))
        if estimator.norm == "batch" and net.batch_size < 2:
            raise ValueError(
                f"norm='batch' needs at least 2 rows a batch, however: "
                f"batch_size={estimator.batch_size!r} with n_samples={len(training_rows)}."
            )
        net.train(
            training_rows,
            None if held_out is None else rows(held_out),
            epochs=1 if partial else _n_epochs(estimator, len(training_rows), net.batch_size),
        )
    return net


def _decay(estimator: NetEstimator) -> float:
    if isinstance(estimator.weight_decay, str):
        # An L2 penalty of this size, which it is to the other solvers, would leave nothing.
        return estimator._adamw_decay if estimator.solver == "adamw" else 0.0
    return estimator.weight_decay


def _batch_size(estimator: NetEstimator, n: int) -> int:
    if isinstance(estimator.batch_size, int | np.integer):
        return min(int(estimator.batch_size), n)
    size = 2 ** round(np.log2(max(1.0, n / STEPS_PER_EPOCH)))
    return min(n, int(np.clip(size, MIN_BATCH_SIZE, MAX_BATCH_SIZE)))


def _n_epochs(estimator: NetEstimator, n: int, batch_size: int) -> int:
    if isinstance(estimator.max_iter, int | np.integer):
        return int(estimator.max_iter)
    epochs = math.ceil(N_STEPS / math.ceil(n / batch_size))
    return int(np.clip(epochs, MIN_EPOCHS, MAX_EPOCHS))


def _make_net(
    estimator: NetEstimator, X, device: torch.device, n_outputs: int, partial: bool
) -> Net:
    """A net ready to train: new, or with the weights (and the solver's state) so far.

    What was learned is copied, so that training which fails leaves the fitted net as it was.
    """
    previous: Net | None = estimator.net_ if estimator._resumes(partial) else None
    with torch.device("meta"):  # shapes alone, no values yet
        module = estimator._build_module(estimator.input_shape_, n_outputs)
    if previous is None:
        module = _with_initial_weights(estimator, module, X.dtype, device)
    else:
        module = _with_weights_of(previous.module_, module)
    net = Net(
        module,
        estimator._criterion(),
        seed=estimator._seed,
        lr=estimator.learning_rate_init,
        device=str(device),
        callbacks=_callbacks(estimator, partial),
        **solver_options(
            estimator.solver,
            weight_decay=_decay(estimator),
            momentum=estimator.momentum,
            nesterovs_momentum=estimator.nesterovs_momentum,
        ),
    ).initialize()
    if previous is not None:
        net.history = History(previous.history)
        solvers = (type(each.optimizer_).__name__ for each in (previous, net))
        if partial and len(set(solvers)) == 1:
            _load_solver_state(net.optimizer_, previous.optimizer_)
    return net


def _with_initial_weights(
    estimator: NetEstimator, module: nn.Module, dtype, device: torch.device
) -> nn.Module:
    double = dtype == np.float64 and (device.type == "cpu" or estimator.dtype == "float64")
    if double and device.type == "mps":
        raise ValueError("dtype='float64' is not possible on device='mps'; use 'float32'.")
    init_seed = int(np.random.SeedSequence([estimator._seed, 0]).generate_state(1)[0])
    return materialise(
        module,
        torch.Generator().manual_seed(init_seed),
        activation=estimator.activation,
        dtype=torch.float64 if double else torch.float32,
    )


def _callbacks(estimator: NetEstimator, partial: bool) -> list:
    callbacks: list = []
    if estimator.max_grad_norm is not None:
        callbacks.append(GradientNormClipping(estimator.max_grad_norm))
    if estimator.early_stopping and not partial:
        callbacks += [("valid_loss", EpochLoss("valid")), ValidationScore()]
    if estimator.verbose:
        callbacks.append(Progress())
    for callback in estimator.callbacks or ():
        named = isinstance(callback, tuple) and len(callback) == 2
        if not isinstance(callback[1] if named else callback, Callback):
            raise ValueError(
                f"callbacks must hold skorch callbacks or (name, callback) pairs, "
                f"however: {callback!r}."
            )
        callbacks.append(copy.deepcopy(callback))  # a fit never changes a parameter
    # Last, so that every callback sees the epoch after which training stops.
    return callbacks if partial else callbacks + _plan(estimator)


def _plan(estimator: NetEstimator) -> list:
    """Callbacks that decide how the learning rate moves and when training ends."""
    monitor = "valid_loss" if estimator.early_stopping else "train_loss"
    plan: list = []
    if estimator.lr_schedule == "plateau":
        plan.append(Plateau(monitor, estimator.n_iter_no_change // 2, estimator.tol))
    elif estimator.lr_schedule != "constant":
        plan.append(Schedule(SCHEDULES[estimator.lr_schedule]))
    if estimator.early_stopping or estimator.lr_schedule not in PLANNED:
        plan.append(
            (
                "stopping",
                Stopping(
                    monitor,
                    patience=estimator.n_iter_no_change,
                    tol=estimator.tol,
                    restore_best=estimator.early_stopping,
                ),
            )
        )
    return plan


def _with_weights_of(trained: nn.Module, module: nn.Module) -> nn.Module:
    """Fill a module on the ``meta`` device with a copy of trained weights."""
    old, new = ({k: tuple(v.shape) for k, v in m.state_dict().items()} for m in (trained, module))
    if old != new:
        name = next(k for k in {**old, **new} if old.get(k) != new.get(k))
        raise ValueError(
            f"warm_start needs the architecture of the earlier fit, but {name!r} has shape "
            f"{new.get(name)} where it had {old.get(name)}."
        )
    weight = next(trained.parameters())
    module = allocate(module, weight.dtype, weight.device)
    module.load_state_dict(trained.state_dict())
    return module


def _load_solver_state(solver: torch.optim.Optimizer, previous: torch.optim.Optimizer) -> None:
    """Take over the moments of a solver, not its rate, decay and momentum."""
    options = [{k: v for k, v in g.items() if k != "params"} for g in solver.param_groups]
    solver.load_state_dict(copy.deepcopy(previous.state_dict()))
    for group, fresh in zip(solver.param_groups, options, strict=True):
        group.update(fresh)
