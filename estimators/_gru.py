"""Recurrent networks."""

from __future__ import annotations

from numbers import Integral

from sklearn.utils._param_validation import Interval, StrOptions

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, sequence_shape
from ._modules import RecurrentNet
from ._regressor import NetRegressor

_CONSTRAINTS: dict = {
    "hidden_size": [Interval(Integral, 1, None, closed="left")],
    "num_layers": [Interval(Integral, 1, None, closed="left")],
    "cell": [StrOptions(set(RecurrentNet.CELLS))],
    "bidirectional": ["boolean"],
    "input_shape": "no_validation",
}


class _GRUFamily(NetEstimator):
    _ndim_max = 3
    _is_sequence = True

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        return sequence_shape(sample_shape, self.input_shape, n_features)

    def _build_module(self, input_shape: Shape, n_outputs: int) -> RecurrentNet:
        return RecurrentNet(
            input_shape[1],
            n_outputs,
            cell=self.cell,
            hidden_size=self.hidden_size,
            num_layers=self.num_layers,
            bidirectional=self.bidirectional,
            norm=self.norm,
            dropout=self.dropout,
        )


class GRUClassifier(_GRUFamily, NetClassifier):
    """DOC"""

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        hidden_size=64,
        num_layers=1,
        *,
        cell="gru",
        bidirectional=False,
        input_shape=None,
        norm=None,
        dropout=0.0,
        label_smoothing=0.0,
        solver="adamw",
        learning_rate_init=0.005,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=0.1,
        max_grad_norm=1.0,
        batch_size="auto",
        max_iter="auto",
        tol=1e-4,
        n_iter_no_change=10,
        early_stopping=False,
        validation_fraction=0.1,
        class_weight=None,
        warm_start=False,
        random_state=None,
        dtype="auto",
        device="auto",
        callbacks=None,
        verbose=False,
    ):
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.input_shape = input_shape
        self.norm = norm
        self.dropout = dropout
        self.label_smoothing = label_smoothing
        self.solver = solver
        self.learning_rate_init = learning_rate_init
        self.lr_schedule = lr_schedule
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.weight_decay = weight_decay
        self.max_grad_norm = max_grad_norm
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.class_weight = class_weight
        self.warm_start = warm_start
        self.random_state = random_state
        self.dtype = dtype
        self.device = device
        self.callbacks = callbacks
        self.verbose = verbose


class GRURegressor(_GRUFamily, NetRegressor):
    """DOC"""

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        hidden_size=64,
        num_layers=1,
        *,
        cell="gru",
        bidirectional=False,
        input_shape=None,
        norm=None,
        dropout=0.0,
        loss="squared_error",
        solver="adamw",
        learning_rate_init=0.005,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=0.1,
        max_grad_norm=1.0,
        batch_size="auto",
        max_iter="auto",
        tol=1e-4,
        n_iter_no_change=10,
        early_stopping=False,
        validation_fraction=0.1,
        warm_start=False,
        random_state=None,
        dtype="auto",
        device="auto",
        callbacks=None,
        verbose=False,
    ):
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.cell = cell
        self.bidirectional = bidirectional
        self.input_shape = input_shape
        self.norm = norm
        self.dropout = dropout
        self.loss = loss
        self.solver = solver
        self.learning_rate_init = learning_rate_init
        self.lr_schedule = lr_schedule
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.weight_decay = weight_decay
        self.max_grad_norm = max_grad_norm
        self.batch_size = batch_size
        self.max_iter = max_iter
        self.tol = tol
        self.n_iter_no_change = n_iter_no_change
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.warm_start = warm_start
        self.random_state = random_state
        self.dtype = dtype
        self.device = device
        self.callbacks = callbacks
        self.verbose = verbose
