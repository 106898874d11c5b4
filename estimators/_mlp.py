"""Multilayer perceptrons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.validation import check_is_fitted

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, as_sizes
from ._regressor import NetRegressor
from ._vocabulary import ACTIVATIONS

if TYPE_CHECKING:
    from ._networks.modules import MLP

_CONSTRAINTS: dict = {
    "hidden_layer_sizes": "no_validation",  # as_sizes says more
    "activation": [StrOptions(set(ACTIVATIONS))],
}


class _MLPFamily(NetEstimator):
    _accept_sparse = "csr"
    _of_a_pass = ("activation", "batch_size", "device", "dtype", "hidden_layer_sizes", "solver")

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        return (n_features,)

    def _build_module(self, input_shape: Shape, n_outputs: int) -> MLP:
        from ._networks.modules import MLP

        return MLP(
            input_shape[0],
            n_outputs,
            hidden_layer_sizes=as_sizes("hidden_layer_sizes", self.hidden_layer_sizes, empty=True),
            activation=self.activation,
            norm=self.norm,
            dropout=self.dropout,
        )

    @property
    def coefs_(self) -> list[np.ndarray]:
        return [layer.weight.detach().cpu().numpy().T.copy() for layer in self._dense_layers()]

    @property
    def intercepts_(self) -> list[np.ndarray]:
        return [layer.bias.detach().cpu().numpy().copy() for layer in self._dense_layers()]

    def _dense_layers(self) -> list[Any]:
        from torch.nn import Linear

        check_is_fitted(self)
        return [layer for layer in self.net_.module_.modules() if isinstance(layer, Linear)]


class MLPClassifier(_MLPFamily, NetClassifier):
    """Multilayer perceptron for classification.

    Dense layers with a softmax at the end, trained on cross-entropy by back-propagation (Rumelhart
    et al., 1986); with a sigmoid for each label where y has a column for each. Scale X first. The
    parameters are named as in scikit-learn's MLPClassifier.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int, default=(256, 256)
        Widths of the hidden layers; ``()`` gives a linear model. Two layers of 256 were among the
        better in ``benchmarks/defaults.py``.
    activation : str, default="relu"
        Activation after each hidden layer: "identity", "logistic", "tanh", "relu", "leaky_relu",
        "gelu" or "silu". ReLU (Nair & Hinton, 2010) is the usual choice and that of scikit-learn.
    norm : {"layer", "group", "batch"} or None, default=None
        Normalisation before each activation: layer (Ba et al., 2016), of all of a row's own values;
        group (Wu & He, 2018), of 8 of them at a time; or batch (Ioffe & Szegedy, 2015), of a
        batch's statistics while training and of running ones after.
    dropout : float in [0, 1), default=0.0
        Share of the hidden units that are zeroed at random in each training step (Srivastava et
        al., 2014).
    label_smoothing : float in [0, 1), default=0.0
        Share of each label spread evenly over all classes in the cross-entropy (Szegedy et al.,
        2016); 0 is plain cross-entropy. Of several labels a row, each is spread over yes and no.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.002
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
        "adamw" (Loshchilov & Hutter, 2019), an L2 penalty for the other solvers. ``"auto"`` is 1.0
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
    coefs_ : list of ndarray
        Copies of the weights of each dense layer, ``(n_in, n_out)``, as scikit-learn has them.
    intercepts_ : list of ndarray
        Copies of its biases, ``(n_out,)``.
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
    sklearn.neural_network.MLPClassifier : scikit-learn's own, on the CPU alone.

    Notes
    -----
    The output layer starts at zero, so the first prediction is equal probabilities. With "adamw",
    weights shrink by ``learning_rate * weight_decay`` a step; on small tables that was the best
    single remedy against overfitting in ``benchmarks/defaults.py``.

    References
    ----------
    .. [1] Rumelhart, D. E., Hinton, G. E. & Williams, R. J. (1986). Learning representations by
           back-propagating errors. Nature 323.
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] He, K. et al. (2015). Delving deep into rectifiers. ICCV.

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.model_selection import train_test_split
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from bakeoff.estimators import MLPClassifier
    >>> X, y = load_wine(return_X_y=True)
    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, stratify=y, random_state=0)
    >>> model = make_pipeline(StandardScaler(), MLPClassifier(max_iter=20, random_state=0))
    >>> bool(model.fit(X_train, y_train).score(X_test, y_test) > 0.9)
    True

    Several labels a row, of which each has a probability of its own:

    >>> labels = np.column_stack([y_train == 0, X_train[:, 0] > 13])
    >>> model.fit(X_train, labels).predict(X_test[:2]).shape
    (2, 2)
    """

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 1.0

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


class MLPRegressor(_MLPFamily, NetRegressor):
    """Multilayer perceptron for regression, of one target or several.

    Dense layers with a linear output, trained by back-propagation (Rumelhart et al., 1986). Scale X
    first; the target is standardised inside, and predictions are in its own units.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int, default=(256, 256)
        Widths of the hidden layers; ``()`` gives a linear model. Two layers of 256 were among the
        better in ``benchmarks/defaults.py``.
    activation : str, default="relu"
        Activation after each hidden layer: "identity", "logistic", "tanh", "relu", "leaky_relu",
        "gelu" or "silu". ReLU (Nair & Hinton, 2010) is the usual choice and that of scikit-learn.
    norm : {"layer", "group", "batch"} or None, default=None
        Normalisation before each activation: layer (Ba et al., 2016), of all of a row's own values;
        group (Wu & He, 2018), of 8 of them at a time; or batch (Ioffe & Szegedy, 2015), of a
        batch's statistics while training and of running ones after.
    dropout : float in [0, 1), default=0.0
        Share of the hidden units that are zeroed at random in each training step (Srivastava et
        al., 2014).
    loss : {"squared_error", "absolute_error", "huber"}, default="squared_error"
        Loss on the standardised target: mean squared error, mean absolute error, or Huber's (1964),
        which is quadratic within one standard deviation and linear beyond.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.001
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
        "adamw" (Loshchilov & Hutter, 2019), an L2 penalty for the other solvers. ``"auto"`` is 3.0
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
    coefs_ : list of ndarray
        Copies of the weights of each dense layer, ``(n_in, n_out)``, as scikit-learn has them.
    intercepts_ : list of ndarray
        Copies of its biases, ``(n_out,)``.
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
    sklearn.neural_network.MLPRegressor : scikit-learn's own, on the CPU alone.

    Notes
    -----
    The output layer starts at zero, so the first prediction is the mean of y. With "adamw",
    weights shrink by ``learning_rate * weight_decay`` a step; on small tables that was the best
    single remedy against overfitting in ``benchmarks/defaults.py``.

    References
    ----------
    .. [1] Rumelhart, D. E., Hinton, G. E. & Williams, R. J. (1986). Learning representations by
           back-propagating errors. Nature 323.
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] He, K. et al. (2015). Delving deep into rectifiers. ICCV.

    Examples
    --------
    >>> from sklearn.datasets import make_friedman1
    >>> from bakeoff.estimators import MLPRegressor
    >>> X, y = make_friedman1(500, random_state=0)
    >>> model = MLPRegressor(random_state=0).fit(X[:400], y[:400])
    >>> bool(model.score(X[400:], y[400:]) > 0.9)
    True
    """

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 3.0

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
