"""How an estimator's parameters and checked rows become a trained net."""

from __future__ import annotations

import contextlib
import copy
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike
from sklearn.utils import check_consistent_length
from skorch.callbacks import Callback, GradientNormClipping
from skorch.history import History
from torch import nn

from .._networks.layers import allocate, materialise
from .._networks.losses import RowLoss
from .callbacks import EpochLoss, Plateau, Progress, Schedule, Stopping, ValidationScore
from .hold_out import hold_out
from .meeting import current_participant
from .memory import memory_is_named
from .net import Net
from .rows import Rows
from .runtime import resolve_device, single_blas_thread, single_thread
from .schedules import PLANNED, SCHEDULES
from .solvers import solver_options

# batch_size="auto" takes about n / 40 rows within these bounds, a power of two: small data get
# enough steps an epoch, large data enough rows a step.
MIN_BATCH_SIZE, MAX_BATCH_SIZE, STEPS_PER_EPOCH = 32, 256, 40
# max_iter="auto" takes as many epochs as make this many steps, within these bounds: it is steps
# that training needs, and a small data set has few of them in an epoch.
N_STEPS, MIN_EPOCHS, MAX_EPOCHS = 1500, 20, 100

# What a solver has beside its rate.
OF_SOLVERS = ("weight_decay", "momentum", "nesterovs_momentum", "beta_1", "beta_2", "epsilon")


@contextlib.contextmanager
def computing(n_rows: int, batch_size: int) -> Iterator[None]:
    """How a fit computes: on one thread, and where memory runs out it says what to lower."""
    with single_thread(), single_blas_thread(), memory_is_named(n_rows, batch_size):
        yield


@dataclass
class Training:
    """A net that is ready to be trained, and what it is trained on.

    Attributes
    ----------
    net : Net
    rows : Rows
    validation : Rows or None
        Held out for early stopping.
    epochs : int
        At most.
    """

    net: Net
    rows: Rows
    validation: Rows | None
    epochs: int

    def run(self) -> Net:
        """Train the net; in a `meeting`, together with those of others."""
        participant = current_participant()
        if participant is None:
            return self.run_alone()
        participant.wait_for(self)
        return self.net

    def run_alone(self) -> Net:
        """Train the net, now."""
        with computing(len(self.rows), self.net.batch_size):
            return self.net.train(self.rows, self.validation, self.epochs)


def prepare(
    parameters: Mapping[str, Any],
    build_module: Callable[[], nn.Module],
    criterion: RowLoss,
    X,
    y: np.ndarray,
    weight: np.ndarray,
    groups: ArrayLike | None = None,
    *,
    input_shape: tuple[int, ...],
    seed: int,
    previous: Net | None = None,
    partial: bool = False,
) -> Training:
    """Make a net ready to be fitted to checked rows.

    Parameters
    ----------
    parameters : mapping
        Of an estimator, by name; ``weight_decay`` is a number.
    build_module : callable
        Returns the module, on whatever device is the default.
    criterion : RowLoss
    X : ndarray or CSR matrix of shape (n, n_features)
    y : ndarray of shape (n,) of class codes, or (n, n_outputs) of standardised values
    weight : ndarray of shape (n,)
    groups : array-like of shape (n,), optional
        Rows of one group are held out together.
    input_shape : tuple of int
        What a row becomes for the module.
    seed : int
        All randomness of the fit comes from it.
    previous : Net, optional
        Training goes on from its weights. They are copied, so that training which fails leaves
        the fitted net as it was.
    partial : bool, default=False
        One epoch, at a constant rate, and with the solver's state so far.
    """
    check_consistent_length(X, groups)
    used = weight > 0  # a weight of 0 is the row's absence, in batches and statistics too
    if not used.all():
        X, y, weight = X[used], y[used], weight[used]
    weight = weight / weight.mean()
    equal = bool((weight == 1).all())
    device = resolve_device(parameters["device"])
    kept: slice | np.ndarray = slice(None)
    held_out: np.ndarray | None = None
    if parameters["early_stopping"] and not partial:
        kept, held_out = hold_out(
            y,
            fraction=parameters["validation_fraction"],
            stratify=y.ndim == 1,
            groups=None if groups is None else np.asarray(groups)[used],
            random_state=seed,
        )
    n = X.shape[0] if held_out is None else X.shape[0] - len(held_out)
    batch_size = _batch_size(parameters["batch_size"], n)
    if parameters["norm"] == "batch" and batch_size < 2:
        raise ValueError(
            f"norm='batch' needs at least 2 rows a batch, however: "
            f"batch_size={parameters['batch_size']!r} with n_samples={n}."
        )
    with computing(n, batch_size):
        with torch.device("meta"):  # shapes alone, no values yet
            module = build_module()
        if previous is None:
            module = _with_initial_weights(module, parameters, X.dtype, device, seed)
        else:
            module = _with_weights_of(previous.module_, module)
        net = _make_net(module, criterion, parameters, device, seed, previous, partial)
        dtype = net.dtype

        def rows(index):
            row_weight = None if equal else weight[index]
            return Rows(X[index], input_shape, dtype, y[index], row_weight)

        net.batch_size = batch_size
        return Training(
            net,
            rows(kept),
            None if held_out is None else rows(held_out),
            epochs=1 if partial else _n_epochs(parameters["max_iter"], n, batch_size),
        )


def _batch_size(batch_size: int | str, n: int) -> int:
    if isinstance(batch_size, int | np.integer):
        return min(int(batch_size), n)
    size = 2 ** round(np.log2(max(1.0, n / STEPS_PER_EPOCH)))
    return min(n, int(np.clip(size, MIN_BATCH_SIZE, MAX_BATCH_SIZE)))


def _n_epochs(max_iter: int | str, n: int, batch_size: int) -> int:
    if isinstance(max_iter, int | np.integer):
        return int(max_iter)
    epochs = math.ceil(N_STEPS / math.ceil(n / batch_size))
    return int(np.clip(epochs, MIN_EPOCHS, MAX_EPOCHS))


def _make_net(
    module: nn.Module,
    criterion: RowLoss,
    parameters: Mapping[str, Any],
    device: torch.device,
    seed: int,
    previous: Net | None,
    partial: bool,
) -> Net:
    """A net ready to train, with the history so far, and in a partial fit the solver's state."""
    net = Net(
        module,
        criterion,
        seed=seed,
        shuffle=parameters["shuffle"],
        lr=parameters["learning_rate_init"],
        device=str(device),
        callbacks=_callbacks(parameters, partial),
        **solver_options(parameters["solver"], **{name: parameters[name] for name in OF_SOLVERS}),
    ).initialize()
    if previous is not None:
        net.history = History(previous.history)
        solvers = (type(each.optimizer_).__name__ for each in (previous, net))
        if partial and len(set(solvers)) == 1:
            _load_solver_state(net.optimizer_, previous.optimizer_)
    return net


def _with_initial_weights(
    module: nn.Module, parameters: Mapping[str, Any], dtype, device: torch.device, seed: int
) -> nn.Module:
    double = dtype == np.float64 and (device.type == "cpu" or parameters["dtype"] == "float64")
    if double and device.type == "mps":
        raise ValueError("dtype='float64' is not possible on device='mps'; use 'float32'.")
    init_seed = int(np.random.SeedSequence([seed, 0]).generate_state(1)[0])
    return materialise(
        module,
        torch.Generator().manual_seed(init_seed),
        activation=parameters["activation"],
        dtype=torch.float64 if double else torch.float32,
    )


def _callbacks(parameters: Mapping[str, Any], partial: bool) -> list:
    callbacks: list = []
    if parameters["max_grad_norm"] is not None:
        callbacks.append(GradientNormClipping(parameters["max_grad_norm"]))
    if parameters["early_stopping"] and not partial:
        callbacks += [("valid_loss", EpochLoss("valid")), ValidationScore()]
    if parameters["verbose"]:
        callbacks.append(Progress())
    for callback in parameters["callbacks"] or ():
        named = isinstance(callback, tuple) and len(callback) == 2
        if not isinstance(callback[1] if named else callback, Callback):
            raise ValueError(
                f"callbacks must hold skorch callbacks or (name, callback) pairs, "
                f"however: {callback!r}."
            )
        callbacks.append(copy.deepcopy(callback))  # a fit never changes a parameter
    # Last, so that every callback sees the epoch after which training stops.
    return callbacks if partial else callbacks + _plan(parameters)


def _plan(parameters: Mapping[str, Any]) -> list:
    """Callbacks that decide how the learning rate moves and when training ends."""
    monitor = "valid_loss" if parameters["early_stopping"] else "train_loss"
    patience, tol = parameters["n_iter_no_change"], parameters["tol"]
    plan: list = []
    if parameters["lr_schedule"] == "plateau":
        halved = patience if math.isinf(patience) else patience // 2
        plan.append(Plateau(monitor, halved, tol))
    elif parameters["lr_schedule"] != "constant":
        plan.append(Schedule(SCHEDULES[parameters["lr_schedule"]]))
    if parameters["early_stopping"] or parameters["lr_schedule"] not in PLANNED:
        restore_best = parameters["early_stopping"]
        stopping = Stopping(monitor, patience=patience, tol=tol, restore_best=restore_best)
        plan.append(("stopping", stopping))
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
