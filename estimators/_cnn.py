"""Convolutional networks in one and two dimensions."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING

from sklearn.utils._param_validation import Interval, StrOptions

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, as_sizes, image_shape, sequence_shape
from ._regressor import NetRegressor
from ._vocabulary import ACTIVATIONS

if TYPE_CHECKING:
    from ._networks.modules import CNN

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
        from ._networks.modules import CNN

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
    """Convolutional network for classification of images or of series.

    Blocks of convolution, activation and pooling, an average over a coarse grid, and dense layers
    (LeCun et al., 1998). Two-dimensional over images, one-dimensional over time. A softmax at the
    end, or a sigmoid for each label where y has a column for each.

    Parameters
    ----------
    channels : int or sequence of int, default=(32, 64)
        Channels of each convolution block. Two blocks, doubling in width where pooling halves the
        map, as in VGG (Simonyan & Zisserman, 2015).
    kernel_size : int, default=3
        Side of the kernels; 3 is that of VGG (Simonyan & Zisserman, 2015) and most networks since.
    convolution : {"auto", "1d", "2d"}, default="auto"
        What is convolved. ``"2d"``: images, X of shape ``(n, channels, height, width)``, ``(n,
        height, width)``, or flat with ``input_shape``. ``"1d"``: series along time, X of shape
        ``(n, time, features)``, or flat with ``input_shape``. ``"auto"``: images, except that flat
        X without ``input_shape`` is one series over its features.
    input_shape : sequence of int or None, default=None
        What a row of flat X is: ``(channels, height, width)`` or ``(height, width)``, and ``(time,
        features)`` with ``convolution="1d"``. Flat X with it gives exactly the predictions of N-D
        X. Beside N-D X it says that a shape that looks turned is meant.
    stride : int, default=1
        Step of the convolutions, the second ones of residual blocks excepted.
    padding : {"same", "valid"}, default="same"
        Zeros around the input, so that a stride of 1 keeps its size, or none.
    pooling : {"max", "avg"} or None, default="max"
        Pooling of size 2 after each block.
    residual : bool, default=False
        Whether each block has two convolutions and a skip connection (He et al., 2016).
    hidden_layer_sizes : int or sequence of int, default=(128,)
        Widths of the dense layers after the convolutions; ``()`` for none.
    activation : str, default="relu"
        Activation after each hidden layer: "identity", "logistic", "tanh", "relu", "leaky_relu",
        "gelu" or "silu". ReLU (Nair & Hinton, 2010) is the usual choice and that of scikit-learn.
    norm : {"layer", "group", "batch"} or None, default="group"
        Normalisation after each convolution: layer (Ba et al., 2016), over all channels of a row;
        group (Wu & He, 2018), over 8 of them at a time; or batch (Ioffe & Szegedy, 2015), over the
        batch. The dense layers get batch normalisation with batch, layer normalisation otherwise.
    dropout : float in [0, 1), default=0.0
        Share of the units between and before the dense layers that are zeroed at random in each
        training step (Srivastava et al., 2014).
    label_smoothing : float in [0, 1), default=0.1
        Share of each label spread evenly over all classes in the cross-entropy; 0.1 is the value of
        Szegedy et al. (2016), and 0 is plain cross-entropy, with more confident probabilities. Of
        several labels a row, each is spread over yes and no.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.003
        Peak learning rate. The default is one of the better in ``benchmarks/defaults.py``.
    lr_schedule : {"constant", "cosine", "step", "plateau", "one_cycle"}, default="cosine"
        How the learning rate moves over ``max_iter`` epochs: not at all; down to 0 along a cosine
        (Loshchilov & Hutter, 2017); to a tenth after half and a hundredth after three quarters (He
        et al., 2016); halved whenever the monitored loss stalls for ``n_iter_no_change // 2``
        epochs; up and down again (Smith & Topin, 2019). The cosine, which needs no tuning, leaves
        the weights settled at the end.
    momentum : float in [0, 1), default=0.9
        Momentum of ``solver="sgd"``; scikit-learn's value.
    nesterovs_momentum : bool, default=True
        Whether that momentum is Nesterov's (Sutskever et al., 2013).
    beta_1 : float in [0, 1), default=0.9
        Share that the mean of the gradients keeps from step to step with "adam" and "adamw";
        0.9 and the next two are the values of Kingma & Ba (2015).
    beta_2 : float in [0, 1), default=0.999
        Share that the mean of their squares keeps.
    epsilon : float, default=1e-8
        Added to the root of that mean, which a step is divided by.
    weight_decay : float or "auto", default="auto"
        Strength of the pull of weights, not of biases, towards 0: decoupled from the gradient for
        "adamw" (Loshchilov & Hutter, 2019), an L2 penalty for the other solvers. ``"auto"`` is 0.1
        for "adamw", one of the better values in ``benchmarks/defaults.py``, and 0 for the others,
        where a penalty of that size would leave nothing.
    max_grad_norm : float or None, default=None
        Gradients of a larger Euclidean norm are scaled down to it (Pascanu et al., 2013). None
        leaves them alone.
    batch_size : int or "auto", default="auto"
        Rows per training step. ``"auto"`` is the power of two nearest to ``n_samples / 40``, within
        32 and 256: small data get enough steps an epoch, large data enough rows a step.
    shuffle : bool, default=True
        Whether each epoch takes the rows in a new random order, or all in the order of X.
    max_iter : int or "auto", default="auto"
        Epochs: passes over the training rows. ``"auto"`` takes as many as make 1,500 steps, and
        between 20 and 100: it is steps that training needs, and small data have few of them in an
        epoch.
    tol : float, default=1e-4
        Smallest fall of the monitored loss that counts as an improvement; absolute, as scikit-learn
        has it.
    n_iter_no_change : int, default=10
        Epochs without improvement after which training stops: of the validation loss with
        ``early_stopping``, else of the training loss. Without ``early_stopping`` the schedules
        "cosine", "step" and "one_cycle" run their plan to the end, since the loss falls most where
        the rate is lowest.
    early_stopping : bool, default=False
        Whether to hold out ``validation_fraction`` of the rows, stop on their loss, and restore the
        weights of the best epoch (Prechelt, 1998).
    validation_fraction : float in (0, 1), default=0.1
        Share of the rows held out for early stopping: of the groups if ``fit`` is given ``groups``,
        otherwise stratified by class where every class has enough rows.
    class_weight : dict, "balanced" or None, default=None
        Weight of each class in the loss; "balanced" is inverse to the (weighted) frequency. With
        several labels a row it must be None.
    warm_start : bool, default=False
        Whether ``fit`` goes on from the weights of the earlier fit, for another ``max_iter``
        epochs.
    random_state : int, RandomState instance or None, default=None
        Seed of the initial weights, the order of rows, dropout and the validation split. The same
        int gives the same model for any ``n_jobs`` and backend on the CPU, and up to rounding on an
        accelerator; torch's global random state is neither read nor changed.
    dtype : {"auto", "float32", "float64"}, default="auto"
        Precision. ``"auto"`` follows X on the CPU, as scikit-learn's MLP does, and is float32 on an
        accelerator.
    device : str or torch.device, default="auto"
        Where to compute. ``"auto"`` is CUDA where there is one, else MPS, else the CPU. A fitted
        model whose device is missing, in a pickle say, predicts on the CPU.
    callbacks : list of skorch callbacks, or of (name, callback), or None, default=None
        Copies of these are called during training, so that ``fit`` never changes a parameter; the
        copies are in ``net_.callbacks_``.
    verbose : bool or int, default=False
        Whether to show a progress bar with the loss.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        Labels, sorted; of several labels a row, the numbers of y's columns.
    input_shape_ : tuple of int
        Shape of a row as the network sees it.
    n_features_in_ : int
        Values per row, all axes of N-D X multiplied.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Only if X was a DataFrame whose columns are all strings.
    n_iter_ : int
        Epochs trained.
    loss_curve_ : list of float
        Mean training loss of each epoch.
    validation_scores_ : list of float
        Accuracy of the held-out rows after each epoch; only with ``early_stopping``.
    best_epoch_ : int
        Epoch whose weights were kept, from 1; only with ``early_stopping``.
    history_ : DataFrame
        A row per epoch: losses, learning rate, duration in seconds.
    architecture_ : DataFrame
        A row per layer: output shape and number of parameters.
    net_ : skorch.NeuralNet
        The trained net; ``net_.module_`` is the torch module.

    See Also
    --------
    GRUClassifier : Takes the same series.

    Notes
    -----
    Feature maps are averaged over at most 4 cells a side before the dense layers, so that the
    number of weights does not grow with the size of the input. Group normalisation allows the peak
    rate of 0.003.

    Series may differ in length: NaN after the end of one is padding, and is masked exactly as if
    the series were shorter.

    References
    ----------
    .. [1] LeCun, Y. et al. (1998). Gradient-based learning applied to document recognition.
           Proc. IEEE 86(11).
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] He, K. et al. (2015). Delving deep into rectifiers. ICCV.
    .. [5] He, K. et al. (2016). Deep residual learning for image recognition. CVPR.

    Examples
    --------
    Images, as they are or flat:

    >>> import numpy as np
    >>> from sklearn.datasets import load_digits
    >>> from bakeoff.estimators import CNNClassifier
    >>> X, y = load_digits(return_X_y=True)
    >>> X = X / 16
    >>> flat = CNNClassifier(input_shape=(8, 8), max_iter=3, random_state=0).fit(X[:1000], y[:1000])
    >>> bool(flat.score(X[1000:], y[1000:]) > 0.8)
    True
    >>> images = X.reshape(-1, 8, 8)
    >>> square = CNNClassifier(max_iter=3, random_state=0).fit(images[:1000], y[:1000])
    >>> bool((square.predict(images[1000:]) == flat.predict(X[1000:])).all())
    True

    Series of 8 time steps with 8 features, the very array that a GRU takes:

    >>> series = CNNClassifier(convolution="1d", max_iter=3, random_state=0)
    >>> series.fit(images[:1000], y[:1000]).input_shape_
    (8, 8)
    """

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 0.1

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
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        weight_decay="auto",
        max_grad_norm=None,
        batch_size="auto",
        shuffle=True,
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
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.max_grad_norm = max_grad_norm
        self.batch_size = batch_size
        self.shuffle = shuffle
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
    """Convolutional network for regression on images or on series.

    Blocks of convolution, activation and pooling, an average over a coarse grid, and dense layers
    (LeCun et al., 1998). Two-dimensional over images, one-dimensional over time. The target is
    standardised inside, and predictions are in its own units.

    Parameters
    ----------
    channels : int or sequence of int, default=(32, 64)
        Channels of each convolution block. Two blocks, doubling in width where pooling halves the
        map, as in VGG (Simonyan & Zisserman, 2015).
    kernel_size : int, default=3
        Side of the kernels; 3 is that of VGG (Simonyan & Zisserman, 2015) and most networks since.
    convolution : {"auto", "1d", "2d"}, default="auto"
        What is convolved. ``"2d"``: images, X of shape ``(n, channels, height, width)``, ``(n,
        height, width)``, or flat with ``input_shape``. ``"1d"``: series along time, X of shape
        ``(n, time, features)``, or flat with ``input_shape``. ``"auto"``: images, except that flat
        X without ``input_shape`` is one series over its features.
    input_shape : sequence of int or None, default=None
        What a row of flat X is: ``(channels, height, width)`` or ``(height, width)``, and ``(time,
        features)`` with ``convolution="1d"``. Flat X with it gives exactly the predictions of N-D
        X. Beside N-D X it says that a shape that looks turned is meant.
    stride : int, default=1
        Step of the convolutions, the second ones of residual blocks excepted.
    padding : {"same", "valid"}, default="same"
        Zeros around the input, so that a stride of 1 keeps its size, or none.
    pooling : {"max", "avg"} or None, default="max"
        Pooling of size 2 after each block.
    residual : bool, default=False
        Whether each block has two convolutions and a skip connection (He et al., 2016).
    hidden_layer_sizes : int or sequence of int, default=(128,)
        Widths of the dense layers after the convolutions; ``()`` for none.
    activation : str, default="relu"
        Activation after each hidden layer: "identity", "logistic", "tanh", "relu", "leaky_relu",
        "gelu" or "silu". ReLU (Nair & Hinton, 2010) is the usual choice and that of scikit-learn.
    norm : {"layer", "group", "batch"} or None, default="group"
        Normalisation after each convolution: layer (Ba et al., 2016), over all channels of a row;
        group (Wu & He, 2018), over 8 of them at a time; or batch (Ioffe & Szegedy, 2015), over the
        batch. The dense layers get batch normalisation with batch, layer normalisation otherwise.
    dropout : float in [0, 1), default=0.0
        Share of the units between and before the dense layers that are zeroed at random in each
        training step (Srivastava et al., 2014).
    loss : {"squared_error", "absolute_error", "huber"}, default="squared_error"
        Loss on the standardised target: mean squared error, mean absolute error, or Huber's (1964),
        which is quadratic within one standard deviation and linear beyond.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.003
        Peak learning rate. The default is one of the better in ``benchmarks/defaults.py``.
    lr_schedule : {"constant", "cosine", "step", "plateau", "one_cycle"}, default="cosine"
        How the learning rate moves over ``max_iter`` epochs: not at all; down to 0 along a cosine
        (Loshchilov & Hutter, 2017); to a tenth after half and a hundredth after three quarters (He
        et al., 2016); halved whenever the monitored loss stalls for ``n_iter_no_change // 2``
        epochs; up and down again (Smith & Topin, 2019). The cosine, which needs no tuning, leaves
        the weights settled at the end.
    momentum : float in [0, 1), default=0.9
        Momentum of ``solver="sgd"``; scikit-learn's value.
    nesterovs_momentum : bool, default=True
        Whether that momentum is Nesterov's (Sutskever et al., 2013).
    beta_1 : float in [0, 1), default=0.9
        Share that the mean of the gradients keeps from step to step with "adam" and "adamw";
        0.9 and the next two are the values of Kingma & Ba (2015).
    beta_2 : float in [0, 1), default=0.999
        Share that the mean of their squares keeps.
    epsilon : float, default=1e-8
        Added to the root of that mean, which a step is divided by.
    weight_decay : float or "auto", default="auto"
        Strength of the pull of weights, not of biases, towards 0: decoupled from the gradient for
        "adamw" (Loshchilov & Hutter, 2019), an L2 penalty for the other solvers. ``"auto"`` is 0.1
        for "adamw", one of the better values in ``benchmarks/defaults.py``, and 0 for the others,
        where a penalty of that size would leave nothing.
    max_grad_norm : float or None, default=None
        Gradients of a larger Euclidean norm are scaled down to it (Pascanu et al., 2013). None
        leaves them alone.
    batch_size : int or "auto", default="auto"
        Rows per training step. ``"auto"`` is the power of two nearest to ``n_samples / 40``, within
        32 and 256: small data get enough steps an epoch, large data enough rows a step.
    shuffle : bool, default=True
        Whether each epoch takes the rows in a new random order, or all in the order of X.
    max_iter : int or "auto", default="auto"
        Epochs: passes over the training rows. ``"auto"`` takes as many as make 1,500 steps, and
        between 20 and 100: it is steps that training needs, and small data have few of them in an
        epoch.
    tol : float, default=1e-4
        Smallest fall of the monitored loss that counts as an improvement; absolute, as scikit-learn
        has it.
    n_iter_no_change : int, default=10
        Epochs without improvement after which training stops: of the validation loss with
        ``early_stopping``, else of the training loss. Without ``early_stopping`` the schedules
        "cosine", "step" and "one_cycle" run their plan to the end, since the loss falls most where
        the rate is lowest.
    early_stopping : bool, default=False
        Whether to hold out ``validation_fraction`` of the rows, stop on their loss, and restore the
        weights of the best epoch (Prechelt, 1998).
    validation_fraction : float in (0, 1), default=0.1
        Share of the rows held out for early stopping: of the groups if ``fit`` is given ``groups``.
    warm_start : bool, default=False
        Whether ``fit`` goes on from the weights of the earlier fit, for another ``max_iter``
        epochs.
    random_state : int, RandomState instance or None, default=None
        Seed of the initial weights, the order of rows, dropout and the validation split. The same
        int gives the same model for any ``n_jobs`` and backend on the CPU, and up to rounding on an
        accelerator; torch's global random state is neither read nor changed.
    dtype : {"auto", "float32", "float64"}, default="auto"
        Precision. ``"auto"`` follows X on the CPU, as scikit-learn's MLP does, and is float32 on an
        accelerator.
    device : str or torch.device, default="auto"
        Where to compute. ``"auto"`` is CUDA where there is one, else MPS, else the CPU. A fitted
        model whose device is missing, in a pickle say, predicts on the CPU.
    callbacks : list of skorch callbacks, or of (name, callback), or None, default=None
        Copies of these are called during training, so that ``fit`` never changes a parameter; the
        copies are in ``net_.callbacks_``.
    verbose : bool or int, default=False
        Whether to show a progress bar with the loss.

    Attributes
    ----------
    input_shape_ : tuple of int
        Shape of a row as the network sees it.
    n_features_in_ : int
        Values per row, all axes of N-D X multiplied.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Only if X was a DataFrame whose columns are all strings.
    n_iter_ : int
        Epochs trained.
    loss_curve_ : list of float
        Mean training loss of each epoch.
    validation_scores_ : list of float
        R² of the held-out rows after each epoch; only with ``early_stopping``.
    best_epoch_ : int
        Epoch whose weights were kept, from 1; only with ``early_stopping``.
    history_ : DataFrame
        A row per epoch: losses, learning rate, duration in seconds.
    architecture_ : DataFrame
        A row per layer: output shape and number of parameters.
    net_ : skorch.NeuralNet
        The trained net; ``net_.module_`` is the torch module.

    See Also
    --------
    GRURegressor : Takes the same series.

    Notes
    -----
    Feature maps are averaged over at most 4 cells a side before the dense layers, so that the
    number of weights does not grow with the size of the input. Group normalisation allows the peak
    rate of 0.003.

    Series may differ in length: NaN after the end of one is padding, and is masked exactly as if
    the series were shorter.

    References
    ----------
    .. [1] LeCun, Y. et al. (1998). Gradient-based learning applied to document recognition.
           Proc. IEEE 86(11).
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] He, K. et al. (2015). Delving deep into rectifiers. ICCV.
    .. [5] He, K. et al. (2016). Deep residual learning for image recognition. CVPR.

    Examples
    --------
    How wide is the bright bar?

    >>> import numpy as np
    >>> from bakeoff.estimators import CNNRegressor
    >>> rng = np.random.default_rng(0)
    >>> width = rng.integers(1, 12, size=300)
    >>> X = np.zeros((300, 12, 12), dtype=np.float32)
    >>> for image, w in zip(X, width):
    ...     image[3:6, :w] = 1
    >>> model = CNNRegressor(max_iter=10, random_state=0).fit(X[:200], width[:200])
    >>> bool(model.score(X[200:], width[200:]) > 0.9)
    True
    """

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 0.1

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
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        weight_decay="auto",
        max_grad_norm=None,
        batch_size="auto",
        shuffle=True,
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
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.max_grad_norm = max_grad_norm
        self.batch_size = batch_size
        self.shuffle = shuffle
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
