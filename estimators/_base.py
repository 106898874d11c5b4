"""The scikit-learn contract of all six estimators: parameters, validation, fit, raw predictions."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd
import torch
from skorch.callbacks import Callback, GradientNormClipping, PassthroughScoring
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data
from torch import nn

from ._architecture import describe
from ._callbacks import Progress, ValidationScore, stopping
from ._inputs import Shape, check_finite, flatten
from ._layers import materialise
from ._losses import RowLoss
from ._net import Net, Rows
from ._runtime import resolve_device, single_thread
from ._schedules import PLANNED, SCHEDULES, Plateau, Schedule
from ._solvers import SOLVERS, solver_options
from ._validation import hold_out

# "auto" takes about n / 40 rows a batch within these bounds: small data get enough steps an
# epoch, large data enough rows a step. A power of two.
MIN_BATCH_SIZE, MAX_BATCH_SIZE, STEPS_PER_EPOCH = 32, 256, 40


class NetEstimator(BaseEstimator):
    """Base of the estimators; a family adds its module, a task its targets.

    A family has ``_input_shape_of`` and ``_build_module``; a task has ``fit``, ``partial_fit``
    and ``predict``.
    """

    _parameter_constraints: dict = {  # noqa: RUF012 (scikit-learn's own idiom)
        "norm": [StrOptions({"layer", "batch"}), None],
        "dropout": [Interval(Real, 0, 1, closed="left")],
        "solver": [StrOptions(set(SOLVERS))],
        "learning_rate_init": [Interval(Real, 0, None, closed="neither")],
        "lr_schedule": [StrOptions({*SCHEDULES, "plateau"})],
        "momentum": [Interval(Real, 0, 1, closed="left")],
        "nesterovs_momentum": ["boolean"],
        "weight_decay": [Interval(Real, 0, None, closed="left")],
        "max_grad_norm": [Interval(Real, 0, None, closed="neither"), None],
        "batch_size": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "tol": [Interval(Real, 0, None, closed="left")],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left")],
        "early_stopping": ["boolean"],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither")],
        "warm_start": ["boolean"],
        "random_state": ["random_state"],
        "dtype": [StrOptions({"auto", "float32", "float64"})],
        "device": [str, torch.device],
        "callbacks": [list, tuple, None],
        "verbose": ["verbose"],
    }

    _accept_sparse: str | bool = False
    _ndim_max = 2
    # Feeds He or Glorot initial weights; a family without the parameter keeps this one.
    activation: str = "tanh"

    # ------------------------------------------------------------ what a family provides

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        """Shape of a row for the module, from X's own shape and the parameters."""
        raise NotImplementedError

    def _build_module(self, input_shape: Shape, n_outputs: int) -> nn.Module:
        raise NotImplementedError

    def _criterion(self) -> RowLoss:
        raise NotImplementedError

    @property
    def _is_sequence(self) -> bool:
        """Whether rows are sequences, which NaN may pad."""
        return False

    # ------------------------------------------------------------ scikit-learn's plumbing

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "net_")

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = bool(self._accept_sparse)
        tags.input_tags.three_d_array = self._ndim_max > 2
        return tags

    # ------------------------------------------------------------ input

    def _check_data(self, X, y="no_validation", *, reset: bool, **y_options) -> Any:
        """X as rows of finite features ``(n, n_features)``; with ``y``, both."""
        X, sample_shape = flatten(X)
        if sample_shape is not None and len(sample_shape) >= self._ndim_max:
            raise ValueError(
                f"Found array with dim {len(sample_shape) + 1}, while dim <= {self._ndim_max} is "
                f"required by {type(self).__name__}."
            )
        if not reset and sample_shape is not None:
            shape = self._input_shape_of(sample_shape, int(np.prod(sample_shape)))
            if shape != self.input_shape_:
                raise ValueError(
                    f"X has samples of shape {sample_shape}, but {type(self).__name__} was fitted "
                    f"on samples of shape {self.input_shape_}."
                )
        dtype = {"float32": np.float32, "float64": np.float64}.get(
            self.dtype, [np.float64, np.float32]
        )
        with np.errstate(over="ignore"):  # check_finite names what float32 cannot hold
            checked = validate_data(
                self, X, y, reset=reset, dtype=dtype, accept_sparse=self._accept_sparse,
                ensure_all_finite=False, **y_options,
            )  # fmt: skip
        X = checked if isinstance(y, str) and y == "no_validation" else checked[0]
        if reset:
            self.input_shape_ = self._input_shape_of(sample_shape, X.shape[1])
        check_finite(
            X,
            feature_names=getattr(self, "feature_names_in_", None),
            sample_shape=self.input_shape_,
            padded=self._is_sequence,
        )
        return checked

    def _check_weight(self, sample_weight, X) -> np.ndarray:
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        if not weight.any():
            raise ValueError(f"sample_weight is zero for all {len(weight)} rows of X.")
        return weight

    # ------------------------------------------------------------ training

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
        keep = weight > 0  # a weight of 0 is the row's absence, in batches and statistics too
        if not keep.all():
            X, y, weight = X[keep], y[keep], weight[keep]
        weight = weight / weight.mean()
        device = resolve_device(self.device)
        if not self._resumes(partial):
            random_state = check_random_state(self.random_state)
            self._seed = int(random_state.randint(np.iinfo(np.int32).max))
        train, held_out = slice(None), None
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
            net.train(
                training_rows,
                None if held_out is None else rows(held_out),
                epochs=1 if partial else None,
            )
        self.net_ = net
        return self

    def _batch_size(self, n: int) -> int:
        if self.batch_size != "auto":
            return min(self.batch_size, n)
        size = 2 ** round(np.log2(max(1.0, n / STEPS_PER_EPOCH)))
        return int(np.clip(size, MIN_BATCH_SIZE, MAX_BATCH_SIZE))

    def _make_net(self, X, device: torch.device, n_outputs: int, partial: bool) -> Net:
        """A net ready to train: new, or with the weights (and the solver's state) so far."""
        previous: Net | None = self.net_ if self._resumes(partial) else None
        if previous is None:
            module = self._new_module(X.dtype, device, n_outputs)
        else:
            module = previous.move_to(device).module_
            self._check_same_architecture(module, n_outputs)
        net = Net(
            module,
            self._criterion(),
            seed=self._seed,
            lr=self.learning_rate_init,
            max_epochs=self.max_iter,
            device=str(device),
            callbacks=self._callbacks(partial),
            **solver_options(
                self.solver,
                weight_decay=self.weight_decay,
                momentum=self.momentum,
                nesterovs_momentum=self.nesterovs_momentum,
            ),
        ).initialize()
        if previous is not None:
            net.history = previous.history
            if partial and type(previous.optimizer_) is type(net.optimizer_):
                net.optimizer_.load_state_dict(previous.optimizer_.state_dict())
                for group in net.optimizer_.param_groups:
                    group["lr"] = self.learning_rate_init
        return net

    def _new_module(self, dtype, device: torch.device, n_outputs: int) -> nn.Module:
        with torch.device("meta"):
            module = self._build_module(self.input_shape_, n_outputs)
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

    def _check_same_architecture(self, module: nn.Module, n_outputs: int) -> None:
        with torch.device("meta"):
            wanted = self._build_module(self.input_shape_, n_outputs)
        old, new = ({k: tuple(v.shape) for k, v in m.state_dict().items()} for m in (module, wanted))
        if old != new:
            name = next(k for k in {**old, **new} if old.get(k) != new.get(k))
            raise ValueError(
                f"warm_start needs the architecture of the earlier fit, but {name!r} has shape "
                f"{new.get(name)} where it had {old.get(name)}."
            )

    def _callbacks(self, partial: bool) -> list:
        callbacks: list = []
        if self.max_grad_norm is not None:
            callbacks.append(GradientNormClipping(self.max_grad_norm))
        if not partial:
            callbacks += self._plan()
        if self.verbose:
            callbacks.append(Progress())
        for callback in self.callbacks or ():
            instance = callback[1] if isinstance(callback, tuple) else callback
            if not isinstance(instance, Callback):
                raise ValueError(
                    f"callbacks must hold skorch callbacks or (name, callback) pairs, "
                    f"however: {callback!r}."
                )
            callbacks.append(copy.deepcopy(callback))  # a fit never changes a parameter
        return callbacks

    def _plan(self) -> list:
        """Callbacks that decide how the learning rate moves and when training ends."""
        monitor = "valid_loss" if self.early_stopping else "train_loss"
        plan: list = []
        if self.early_stopping:
            plan += [("valid_loss", PassthroughScoring("valid_loss")), ValidationScore()]
        if self.lr_schedule == "plateau":
            plan.append(Plateau(monitor, self.n_iter_no_change // 2, self.tol))
        elif self.lr_schedule != "constant":
            plan.append(Schedule(SCHEDULES[self.lr_schedule]))
        if self.early_stopping or self.lr_schedule not in PLANNED:
            plan.append(
                (
                    "stopping",
                    stopping(
                        monitor,
                        patience=self.n_iter_no_change,
                        tol=self.tol,
                        restore_best=self.early_stopping,
                    ),
                )
            )
        return plan

    # ------------------------------------------------------------ prediction

    def _predict_raw(self, X) -> np.ndarray:
        """Outputs of the module, shape ``(n, n_outputs)``, in float64."""
        check_is_fitted(self)
        X = self._check_data(X, reset=False)
        device = self._prediction_device()
        if self.net_.device != str(device):
            self.net_.move_to(device)
        dtype = next(self.net_.module_.parameters()).dtype
        with single_thread():
            return self.net_.predict_raw(Rows(X, self.input_shape_, dtype))

    def _prediction_device(self) -> torch.device:
        """``device`` where it is there; a model fitted on one that is not predicts on the CPU."""
        try:
            return resolve_device(self.device)
        except ValueError:
            return torch.device("cpu")

    # ------------------------------------------------------------ what was learned

    def _history(self, column: str) -> list:
        check_is_fitted(self)
        if column not in self.net_.history[-1]:
            raise AttributeError(
                f"{type(self).__name__} has no {column}: fit it with early_stopping=True."
            )
        return [row.get(column, np.nan) for row in self.net_.history]

    @property
    def n_iter_(self) -> int:
        check_is_fitted(self)
        return len(self.net_.history)

    @property
    def loss_curve_(self) -> list[float]:
        return self._history("train_loss")

    @property
    def validation_scores_(self) -> list[float]:
        return self._history("valid_score")

    @property
    def best_epoch_(self) -> int:
        self._history("valid_loss")  # refuses where nothing was held out
        return dict(self.net_.callbacks_)["stopping"].best_epoch_

    @property
    def history_(self) -> pd.DataFrame:
        check_is_fitted(self)
        rows = ({k: v for k, v in row.items() if k != "batches"} for row in self.net_.history)
        return pd.DataFrame(rows)

    @property
    def architecture_(self) -> pd.DataFrame:
        check_is_fitted(self)
        return describe(self.net_.module_, self.input_shape_)
