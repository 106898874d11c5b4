"""How an estimator's parameters and checked rows become a trained net."""

from __future__ import annotations

import copy
import math

import numpy as np
import torch
from sklearn.utils import check_consistent_length, check_random_state
from skorch.callbacks import Callback, GradientNormClipping, PassthroughScoring
from skorch.history import History
from torch import nn

from ._callbacks import Progress, Stopping, ValidationScore
from ._inputs import Shape
from ._layers import materialise
from ._losses import RowLoss
from ._net import Net, Rows
from ._runtime import resolve_device, single_thread
from ._schedules import PLANNED, SCHEDULES, Plateau, Schedule
from ._solvers import solver_options
from ._validation import hold_out

# batch_size="auto" takes about n / 40 rows within these bounds, a power of two: small data get
# enough steps an epoch, large data enough rows a step.
MIN_BATCH_SIZE, MAX_BATCH_SIZE, STEPS_PER_EPOCH = 32, 256, 40
# max_iter="auto" takes as many epochs as make this many steps, within these bounds: it is steps
# that training needs, and a small data set has few of them in an epoch.
N_STEPS, MIN_EPOCHS, MAX_EPOCHS = 1500, 20, 100


class Training:
    """The half of an estimator that trains; it reads the parameters and sets ``net_``."""

    norm: str | None
    solver: str
    learning_rate_init: float
    lr_schedule: str
    momentum: float
    nesterovs_momentum: bool
    weight_decay: float | str
    max_grad_norm: float | None
    batch_size: int | str
    max_iter: int | str
    tol: float
    n_iter_no_change: int
    early_stopping: bool
    validation_fraction: float
    warm_start: bool
    random_state: int | np.random.RandomState | None
    dtype: str
    device: str | torch.device
    callbacks: list | tuple | None
    verbose: bool | int
    # Decides between He and Glorot initial weights; a family without the parameter keeps this.
    activation: str = "tanh"

    # The decay that weight_decay="auto" stands for, with AdamW.
    _adamw_decay: float

    input_shape_: Shape
    net_: Net

    def _build_module(self, input_shape: Shape, n_outputs: int) -> nn.Module:
        """The family's module."""
        raise NotImplementedError

    def _criterion(self) -> RowLoss:
        """The task's loss."""
        raise NotImplementedError

    def _resumes(self, partial: bool) -> bool:
        """Whether training goes on from the fitted weights."""
        return hasattr(self, "net_") and (partial or self.warm_start)

    def _train(self, X, y, weight, groups=None, *, n_outputs: int, partial: bool = False):
        """Fit the net to checked rows.

        Parameters
        ----------
        X : ndarray or CSR matrix of shape (n, n_features)
        y : ndarray of shape (n,) of class codes, or (n, n_outputs) of standardised values
        weight : ndarray of shape (n,)
        groups : array-like of shape (n,), optional
        n_outputs : int
        partial : bool
            One epoch on top of what was learned.
        """
        check_consistent_length(X, groups)
        keep = weight > 0  # a weight of 0 is the row's absence, in batches and statistics too
        if not keep.all():
            X, y, weight = X[keep], y[keep], weight[keep]
        weight = weight / weight.mean()
        device = resolve_device(self.device)
        if not self._resumes(partial):
            random_state = check_random_state(self.random_state)
            self._seed = int(random_state.randint(np.iinfo(np.int32).max))
        train: slice | np.ndarray = slice(None)
        held_out: np.ndarray | None = None
        if self.early_stopping and not partial:
            train, held_out = hold_out(
                y,
                fraction=self.validation_fraction,
                stratify=y.ndim == 1,
                groups=None if groups is None else np.asarray(groups)[keep],
                random_state=self._seed,
            )
        with single_thread():
            net = self._make_net(X, device, n_outputs, partial)
            dtype = next(net.module_.parameters()).dtype

            def rows(index):
                return Rows(X[index], self.input_shape_, dtype, y[index], weight[index])

            training_rows = rows(train)
            net.batch_size = self._batch_size(len(training_rows))
            if self.norm == "batch" and net.batch_size < 2:
                raise ValueError(
                    f"norm='batch' needs at least 2 rows a batch, however: "
                    f"batch_size={self.batch_size!r} with n_samples={len(training_rows)}."
                )
            net.train(
                training_rows,
                None if held_out is None else rows(held_out),
                epochs=1 if partial else self._n_epochs(len(training_rows), net.batch_size),
            )
        self.net_ = net
        return self

    def _decay(self) -> float:
        if isinstance(self.weight_decay, str):
            # An L2 penalty of this size, which it is to the other solvers, would leave nothing.
            return self._adamw_decay if self.solver == "adamw" else 0.0
        return self.weight_decay

    def _batch_size(self, n: int) -> int:
        if isinstance(self.batch_size, int | np.integer):
            return min(int(self.batch_size), n)
        size = 2 ** round(np.log2(max(1.0, n / STEPS_PER_EPOCH)))
        return min(n, int(np.clip(size, MIN_BATCH_SIZE, MAX_BATCH_SIZE)))

    def _n_epochs(self, n: int, batch_size: int) -> int:
        if isinstance(self.max_iter, int | np.integer):
            return int(self.max_iter)
        epochs = math.ceil(N_STEPS / math.ceil(n / batch_size))
        return int(np.clip(epochs, MIN_EPOCHS, MAX_EPOCHS))

    def _make_net(self, X, device: torch.device, n_outputs: int, partial: bool) -> Net:
        """A net ready to train: new, or with the weights (and the solver's state) so far.

        What was learned is copied, so that training which fails leaves the fitted net as it was.
        """
        previous: Net | None = self.net_ if self._resumes(partial) else None
        with torch.device("meta"):  # shapes alone, no values yet
            module = self._build_module(self.input_shape_, n_outputs)
        if previous is None:
            module = self._with_initial_weights(module, X.dtype, device)
        else:
            module = _with_weights_of(previous.module_, module)
        net = Net(
            module,
            self._criterion(),
            seed=self._seed,
            lr=self.learning_rate_init,
            device=str(device),
            callbacks=self._callbacks(partial),
            **solver_options(
                self.solver,
                weight_decay=self._decay(),
                momentum=self.momentum,
                nesterovs_momentum=self.nesterovs_momentum,
            ),
        ).initialize()
        if previous is not None:
            net.history = History(previous.history)
            if partial and type(previous.optimizer_) is type(net.optimizer_):
                _load_solver_state(net.optimizer_, previous.optimizer_)
        return net

    def _with_initial_weights(self, module: nn.Module, dtype, device: torch.device) -> nn.Module:
        double = dtype == np.float64 and (device.type == "cpu" or self.dtype == "float64")
        if double and device.type == "mps":
            raise ValueError("dtype='float64' is not possible on device='mps'; use 'float32'.")
        init_seed = int(np.random.SeedSequence([self._seed, 0]).generate_state(1)[0])
        return materialise(
            module,
            torch.Generator().manual_seed(init_seed),
            activation=self.activation,
            dtype=torch.float64 if double else torch.float32,
        )

    def _callbacks(self, partial: bool) -> list:
        callbacks: list = []
        if self.max_grad_norm is not None:
            callbacks.append(GradientNormClipping(self.max_grad_norm))
        if self.early_stopping and not partial:
            callbacks += [("valid_loss", PassthroughScoring("valid_loss")), ValidationScore()]
        if self.verbose:
            callbacks.append(Progress())
        for callback in self.callbacks or ():
            named = isinstance(callback, tuple) and len(callback) == 2
            if not isinstance(callback[1] if named else callback, Callback):
                raise ValueError(
                    f"callbacks must hold skorch callbacks or (name, callback) pairs, "
                    f"however: {callback!r}."
                )
            callbacks.append(copy.deepcopy(callback))  # a fit never changes a parameter
        # Last, so that every callback sees the epoch after which training stops.
        return callbacks if partial else callbacks + self._plan()

    def _plan(self) -> list:
        """Callbacks that decide how the learning rate moves and when training ends."""
        monitor = "valid_loss" if self.early_stopping else "train_loss"
        plan: list = []
        if self.lr_schedule == "plateau":
            plan.append(Plateau(monitor, self.n_iter_no_change // 2, self.tol))
        elif self.lr_schedule != "constant":
            plan.append(Schedule(SCHEDULES[self.lr_schedule]))
        if self.early_stopping or self.lr_schedule not in PLANNED:
            plan.append(
                (
                    "stopping",
                    Stopping(
                        monitor,
                        patience=self.n_iter_no_change,
                        tol=self.tol,
                        restore_best=self.early_stopping,
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
    module = module.to_empty(device=weight.device).to(weight.dtype)
    module.load_state_dict(trained.state_dict())
    return module


def _load_solver_state(solver: torch.optim.Optimizer, previous: torch.optim.Optimizer) -> None:
    """Take over the moments of a solver, not its rate, decay and momentum."""
    options = [{k: v for k, v in g.items() if k != "params"} for g in solver.param_groups]
    solver.load_state_dict(copy.deepcopy(previous.state_dict()))
    for group, fresh in zip(solver.param_groups, options, strict=True):
        group.update(fresh)
