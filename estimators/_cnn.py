"""Convolutional networks in one and two dimensions."""

from __future__ import annotations

from numbers import Integral

from sklearn.utils._param_validation import Interval, StrOptions

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, as_sizes, image_shape, sequence_shape
from ._layers import ACTIVATIONS
from ._modules import CNN
from ._regressor import NetRegressor

_CONSTRAINTS: dict = {
    "channels": "no_validation",  # as_sizes says more
    "kernel_size": [Interval(Integral, 1, None, closed="left")],
    "convolution": [StrOptions({"auto", "1d", "2d"})],
    "input_shape": "no_validation",
    "stride": [Interval(Integral, 1, None, closed="left")],
    "padding": [StrOptions({"same", "valid"})],
    "pooling": [StrOptions({"max", "avg"}), None],
    "residual": ["boolean"],
    "hidden_layer_sizes": "no_validation",
    "activation": [StrOptions(set(ACTIVATIONS))],
    "norm": [StrOptions({"group", "batch"}), None],
}


class _CNNFamily(NetEstimator):
    _ndim_max = 4

    @property
    def _is_sequence(self) -> bool:
        return len(self.input_shape_) == 2

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        flat = sample_shape is None and self.input_shape is None
        if self.convolution == "1d" or (self.convolution == "auto" and flat):
            if sample_shape is not None and len(sample_shape) != 2:
                raise ValueError(
                    f"convolution='1d' takes X of shape (n, time, features), however: samples of "
                    f"shape {sample_shape}."
                )
            return sequence_shape(sample_shape, self.input_shape, n_features)
        if flat:
            raise ValueError(
                f"convolution='2d' on flat X of {n_features} features needs "
                f"input_shape=(channels, height, width) or (height, width)."
            )
        return image_shape(sample_shape, self.input_shape, n_features)

    def _build_module(self, input_shape: Shape, n_outputs: int) -> CNN:
        return CNN(
            input_shape,
            n_outputs,
            channels=as_sizes("channels", self.channels),
            kernel_size=self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            pooling=self.pooling,
            residual=self.residual,
            hidden_layer_sizes=as_sizes("hidden_layer_sizes", self.hidden_layer_sizes, empty=True),
            activation=self.activation,
            norm=self.norm,
            dropout=self.dropout,
        )


class CNNClassifier(_CNNFamily, NetClassifier):
    """DOC"""

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        channels=(32, 64),
        kernel_size=3,
        *,
        convolution="auto",
        input_shape=None,
        stride=1,
        padding="same",
        pooling="max",
        residual=False,
        hidden_layer_sizes=(128,),
        activation="relu",
        norm="group",
        dropout=0.0,
        label_smoothing=0.1,
        solver="adamw",
        learning_rate_init=0.003,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=0.1,
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
        self.channels = channels
        self.kernel_size = kernel_size
        self.convolution = convolution
        self.input_shape = input_shape
        self.stride = stride
        self.padding = padding
        self.pooling = pooling
        self.residual = residual
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


class CNNRegressor(_CNNFamily, NetRegressor):
    """DOC"""

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012

    def __init__(
        self,
        channels=(32, 64),
        kernel_size=3,
        *,
        convolution="auto",
        input_shape=None,
        stride=1,
        padding="same",
        pooling="max",
        residual=False,
        hidden_layer_sizes=(128,),
        activation="relu",
        norm="group",
        dropout=0.0,
        loss="squared_error",
        solver="adamw",
        learning_rate_init=0.003,
        lr_schedule="cosine",
        momentum=0.9,
        nesterovs_momentum=True,
        weight_decay=0.1,
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
        self.channels = channels
        self.kernel_size = kernel_size
        self.convolution = convolution
        self.input_shape = input_shape
        self.stride = stride
        self.padding = padding
        self.pooling = pooling
        self.residual = residual
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
