"""Multilayer perceptrons."""

from __future__ import annotations

from sklearn.utils._param_validation import StrOptions

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, as_sizes
from ._layers import ACTIVATIONS
from ._modules import MLP
from ._regressor import NetRegressor

_CONSTRAINTS: dict = {
    "hidden_layer_sizes": "no_validation",  # as_sizes says more
    "activation": [StrOptions(set(ACTIVATIONS))],
}


class _MLPFamily(NetEstimator):
    _accept_sparse = "csr"

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        return (n_features,)

    def _build_module(self, input_shape: Shape, n_outputs: int) -> MLP:
        return MLP(
            input_shape[0],
            n_outputs,
            hidden_layer_sizes=as_sizes("hidden_layer_sizes", self.hidden_layer_sizes, empty=True),
            activation=self.activation,
            norm=self.norm,
            dropout=self.dropout,
        )


class MLPClassifier(_MLPFamily, NetClassifier):
    """DOC"""

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        hidden_layer_sizes=(256, 256),
        activation="relu",
        *,
        norm=None,
        dropout=0.0,
        label_smoothing=0.0,
        solver="adamw",
        learning_rate_init=0.002,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=1.0,
        max_grad_norm=None,
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
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
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


class MLPRegressor(_MLPFamily, NetRegressor):
    """DOC"""

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        hidden_layer_sizes=(256, 256),
        activation="relu",
        *,
        norm=None,
        dropout=0.0,
        loss="squared_error",
        solver="adamw",
        learning_rate_init=0.001,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=3.0,
        max_grad_norm=None,
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
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
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
