"""Recurrent networks."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING

from sklearn.utils._param_validation import Interval, StrOptions

from ._base import NetEstimator
from ._classifier import NetClassifier
from ._inputs import Shape, sequence_shape
from ._regressor import NetRegressor
from ._vocabulary import CELLS

if TYPE_CHECKING:
    from ._networks.modules import RecurrentNet

_CONSTRAINTS: dict = {
    "hidden_size": [Interval(Integral, 1, None, closed="left")],
    "num_layers": [Interval(Integral, 1, None, closed="left")],
    "cell": [StrOptions(set(CELLS))],
    "bidirectional": ["boolean"],
    "input_shape": "no_validation",
}


class _GRUFamily(NetEstimator):
    _ndim_max = 3
    _is_sequence = True

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        return sequence_shape(sample_shape, self.input_shape, n_features)

    def _build_module(self, input_shape: Shape, n_outputs: int) -> RecurrentNet:
        from ._networks.modules import RecurrentNet

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
    """Recurrent network for classification of sequences: GRU, LSTM or plain.

    The state after the last time step goes through a linear layer and a softmax (Cho et al., 2014),
    or a sigmoid for each label where y has a column for each. X has shape ``(n, time, features)``,
    or is flat.

    Parameters
    ----------
    hidden_size : int, default=64
        Units of the state in each layer and direction. 64 is enough for the delayed recall and
        adding problem of ``bakeoff.datasets``.
    num_layers : int, default=1
        Recurrent layers on top of each other.
    cell : {"gru", "lstm", "rnn"}, default="gru"
        Gated recurrent unit (Cho et al., 2014), long short-term memory (Hochreiter & Schmidhuber,
        1997), or the plain tanh network (Elman, 1990).
    bidirectional : bool, default=False
        Whether a second set of layers reads from the end (Schuster & Paliwal, 1997).
    input_shape : (time, features) or None, default=None
        What a row of flat X is; None is one feature a time step. Flat X with it gives exactly the
        predictions of 3-D X. Beside 3-D X it says that a shape that looks turned is meant.
    norm : {"layer", "group", "batch"} or None, default=None
        Normalisation of every layer's states: layer (Ba et al., 2016), of all of a row's own
        values; group (Wu & He, 2018), of 8 of them at a time; or batch (Ioffe & Szegedy, 2015),
        over the batch.
    dropout : float in [0, 1), default=0.0
        Share of the states between layers and before the output that are zeroed at random in each
        training step (Srivastava et al., 2014).
    label_smoothing : float in [0, 1), default=0.0
        Share of each label spread evenly over all classes in the cross-entropy (Szegedy et al.,
        2016); 0 is plain cross-entropy. Of several labels a row, each is spread over yes and no.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.005
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
    max_grad_norm : float or None, default=1.0
        Gradients of a larger Euclidean norm are scaled down to it, the remedy of Pascanu et al.
        (2013) for the exploding gradients of recurrent networks. None leaves them alone.
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
    CNNClassifier : Takes the same series with ``convolution="1d"``.

    Notes
    -----
    Recurrent weights start orthogonal (Saxe et al., 2014), and an LSTM's forget gates open
    (Jozefowicz et al., 2015). A padded row is read backwards from its own end.

    Sequences may differ in length: NaN after the end of one is padding, and is masked exactly as
    if the sequence were shorter. NaN anywhere else is an error.

    References
    ----------
    .. [1] Cho, K. et al. (2014). Learning phrase representations using RNN encoder-decoder.
           EMNLP.
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] Pascanu, R., Mikolov, T. & Bengio, Y. (2013). On the difficulty of training recurrent
           neural networks. ICML.
    .. [5] Saxe, A. M., McClelland, J. L. & Ganguli, S. (2014). Exact solutions to the nonlinear
           dynamics of learning in deep linear networks. ICLR.

    Examples
    --------
    Does a series rise or fall? The second one is shorter: NaN pads it.

    >>> import numpy as np
    >>> from bakeoff.estimators import GRUClassifier
    >>> rng = np.random.default_rng(0)
    >>> slope = rng.choice([-1, 1], size=200)
    >>> X = np.cumsum(slope[:, None] + rng.normal(size=(200, 15)), axis=1) / 5
    >>> X[1, 10:] = np.nan
    >>> model = GRUClassifier(hidden_size=16, max_iter=10, random_state=0)
    >>> model.fit(X[:, :, None], slope).input_shape_
    (15, 1)
    >>> bool(model.score(X[:, :, None], slope) > 0.9)
    True
    """

    _parameter_constraints: dict = {**NetClassifier._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 0.1

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
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        weight_decay="auto",
        max_grad_norm=1.0,
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


class GRURegressor(_GRUFamily, NetRegressor):
    """Recurrent network for regression on sequences: GRU, LSTM or plain.

    The state after the last time step goes through a linear layer (Cho et al., 2014). X has shape
    ``(n, time, features)``, or is flat. The target is standardised inside, and predictions are in
    its own units.

    Parameters
    ----------
    hidden_size : int, default=64
        Units of the state in each layer and direction. 64 is enough for the delayed recall and
        adding problem of ``bakeoff.datasets``.
    num_layers : int, default=1
        Recurrent layers on top of each other.
    cell : {"gru", "lstm", "rnn"}, default="gru"
        Gated recurrent unit (Cho et al., 2014), long short-term memory (Hochreiter & Schmidhuber,
        1997), or the plain tanh network (Elman, 1990).
    bidirectional : bool, default=False
        Whether a second set of layers reads from the end (Schuster & Paliwal, 1997).
    input_shape : (time, features) or None, default=None
        What a row of flat X is; None is one feature a time step. Flat X with it gives exactly the
        predictions of 3-D X. Beside 3-D X it says that a shape that looks turned is meant.
    norm : {"layer", "group", "batch"} or None, default=None
        Normalisation of every layer's states: layer (Ba et al., 2016), of all of a row's own
        values; group (Wu & He, 2018), of 8 of them at a time; or batch (Ioffe & Szegedy, 2015),
        over the batch.
    dropout : float in [0, 1), default=0.0
        Share of the states between layers and before the output that are zeroed at random in each
        training step (Srivastava et al., 2014).
    loss : {"squared_error", "absolute_error", "huber"}, default="squared_error"
        Loss on the standardised target: mean squared error, mean absolute error, or Huber's (1964),
        which is quadratic within one standard deviation and linear beyond.
    solver : {"sgd", "adagrad", "rmsprop", "adam", "adamw"}, default="adamw"
        Optimiser: stochastic gradient descent, AdaGrad (Duchi et al., 2011), RMSprop (Tieleman &
        Hinton, 2012), Adam (Kingma & Ba, 2015), or AdamW, Adam with decoupled weight decay
        (Loshchilov & Hutter, 2019).
    learning_rate_init : float, default=0.005
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
    max_grad_norm : float or None, default=1.0
        Gradients of a larger Euclidean norm are scaled down to it, the remedy of Pascanu et al.
        (2013) for the exploding gradients of recurrent networks. None leaves them alone.
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
    CNNRegressor : Takes the same series with ``convolution="1d"``.

    Notes
    -----
    Recurrent weights start orthogonal (Saxe et al., 2014), and an LSTM's forget gates open
    (Jozefowicz et al., 2015). A padded row is read backwards from its own end.

    Sequences may differ in length: NaN after the end of one is padding, and is masked exactly as
    if the sequence were shorter. NaN anywhere else is an error.

    References
    ----------
    .. [1] Cho, K. et al. (2014). Learning phrase representations using RNN encoder-decoder.
           EMNLP.
    .. [2] Kingma, D. P. & Ba, J. (2015). Adam: A method for stochastic optimization. ICLR.
    .. [3] Loshchilov, I. & Hutter, F. (2017). SGDR: Stochastic gradient descent with warm
           restarts. ICLR.
    .. [4] Pascanu, R., Mikolov, T. & Bengio, Y. (2013). On the difficulty of training recurrent
           neural networks. ICML.
    .. [5] Saxe, A. M., McClelland, J. L. & Ganguli, S. (2014). Exact solutions to the nonlinear
           dynamics of learning in deep linear networks. ICLR.

    Examples
    --------
    The sum of two marked numbers among many, from their sequence:

    >>> import numpy as np
    >>> from bakeoff.estimators import GRURegressor
    >>> rng = np.random.default_rng(0)
    >>> X = np.zeros((1000, 10, 2), dtype=np.float32)
    >>> X[:, :, 0] = rng.random((1000, 10))
    >>> X[:, [2, 7], 1] = 1
    >>> y = X[:, 2, 0] + X[:, 7, 0]
    >>> model = GRURegressor(max_iter=20, random_state=0).fit(X[:800], y[:800])
    >>> bool(model.score(X[800:], y[800:]) > 0.9)
    True
    """

    _parameter_constraints: dict = {**NetRegressor._parameter_constraints, **_CONSTRAINTS}  # noqa: RUF012
    _adamw_decay = 0.1

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
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-8,
        weight_decay="auto",
        max_grad_norm=1.0,
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
