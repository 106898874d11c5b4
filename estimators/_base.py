"""The scikit-learn contract of the estimators: parameters, input, predictions, what was learned."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, Options, StrOptions
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from ._axes import doubt_of, share_doubts, warn_of
from ._inputs import Shape, check_finite, flatten, text_in
from ._learned import Learned
from ._renamed import explain_unknown, explanation
from ._training.schedules import SCHEDULES
from ._vocabulary import NORMS, SOLVERS

if TYPE_CHECKING:
    import torch
    from skorch.callbacks import Callback
    from torch import nn

    from ._networks.losses import RowLoss


class NetEstimator(Learned, BaseEstimator):
    """Base of the estimators; a family adds its module, a task its targets.

    A family has ``_input_shape_of``, ``_build_module``, ``_adamw_decay`` and the parameters that
    are annotated here; where it takes more than dense tables, ``_ndim_max``, ``_is_sequence`` or
    ``_accept_sparse`` too. A task has ``_criterion``, ``fit``, ``partial_fit`` and ``predict``.
    What needs torch is imported where it is used, so that a script which only builds estimators
    does not wait for it.
    """

    solver: str
    learning_rate_init: float
    lr_schedule: str
    momentum: float
    nesterovs_momentum: bool
    beta_1: float
    beta_2: float
    epsilon: float
    weight_decay: float | str
    max_grad_norm: float | None
    batch_size: int | str
    shuffle: bool
    max_iter: int | str
    tol: float
    n_iter_no_change: int
    early_stopping: bool
    validation_fraction: float
    warm_start: bool
    random_state: int | np.random.RandomState | None
    dtype: str
    device: str | torch.device
    callbacks: list[Callback] | tuple[Callback, ...] | None
    verbose: bool | int
    # A family without these parameters keeps the values here. The activation decides between He and
    # Glorot initial weights.
    input_shape: Sequence[int] | None = None
    convolution: str = "2d"
    norm: str | None = None
    activation: str = "tanh"

    # The decay that weight_decay="auto" stands for, with AdamW.
    _adamw_decay: float
    _seed: int

    _parameter_constraints: dict = {  # noqa: RUF012 (scikit-learn's own idiom)
        "norm": [StrOptions(set(NORMS)), None],
        "dropout": [Interval(Real, 0, 1, closed="left")],
        "solver": [StrOptions(set(SOLVERS))],
        "learning_rate_init": [Interval(Real, 0, None, closed="neither")],
        "lr_schedule": [StrOptions({*SCHEDULES, "plateau"})],
        "momentum": [Interval(Real, 0, 1, closed="left")],
        "nesterovs_momentum": ["boolean"],
        "beta_1": [Interval(Real, 0, 1, closed="left")],
        "beta_2": [Interval(Real, 0, 1, closed="left")],
        "epsilon": [Interval(Real, 0, None, closed="neither")],
        "weight_decay": [StrOptions({"auto"}), Interval(Real, 0, None, closed="left")],
        "max_grad_norm": [Interval(Real, 0, None, closed="neither"), None],
        "batch_size": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
        "shuffle": ["boolean"],
        "max_iter": [StrOptions({"auto"}), Interval(Integral, 1, None, closed="left")],
        "tol": [Interval(Real, 0, None, closed="left")],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), Options(Real, {np.inf})],
        "early_stopping": ["boolean"],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither")],
        "warm_start": ["boolean"],
        "random_state": ["random_state"],
        "dtype": [StrOptions({"auto", "float32", "float64"})],
        "device": "no_validation",  # resolve_device knows which there are, and loads torch
        "callbacks": [list, tuple, None],
        "verbose": ["verbose"],
    }

    _accept_sparse: str | bool = False
    _ndim_max = 2

    # ------------------------------------------------------------ what a family provides

    def _input_shape_of(self, sample_shape: Shape | None, n_features: int) -> Shape:
        """Shape of a row for the module, from X's own shape and the parameters."""
        raise NotImplementedError

    def _build_module(self, input_shape: Shape, n_outputs: int) -> nn.Module:
        """The module, on whatever device is the default."""
        raise NotImplementedError

    @property
    def _is_sequence(self) -> bool:
        """Whether rows are sequences, which NaN may pad."""
        return False

    # ------------------------------------------------------------ what a task provides

    def _criterion(self) -> RowLoss:
        """The loss."""
        raise NotImplementedError

    # ------------------------------------------------------------ scikit-learn's plumbing

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if "__init__" in vars(cls):
            cls.__init__ = explain_unknown(cls.__init__)  # type: ignore[method-assign]

    def set_params(self, **params):
        """Set parameters, as scikit-learn's estimators do.

        Parameters
        ----------
        **params
            By name.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            There is no such parameter; where it has another name here, the error says which.
        """
        problem = explanation(type(self).__name__, params, self._get_param_names())
        if problem is not None:
            raise ValueError(problem)
        return super().set_params(**params)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "net_")

    def __sklearn_clone__(self):
        clone = super().__sklearn_clone__()
        share_doubts(self, clone)
        return clone

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
        dtypes: list[type] = [np.float64, np.float32]
        if self.dtype != "auto":
            dtypes = [np.dtype(self.dtype).type]
        X_alone = isinstance(y, str) and y == "no_validation"
        if X_alone and not reset and self._needs_no_conversion(X, dtypes):
            self._check_finite(X)
            return X
        with np.errstate(over="ignore"):  # check_finite names what float32 cannot hold
            try:
                checked = validate_data(
                    self, X, y, reset=reset, dtype=dtypes, accept_sparse=self._accept_sparse,
                    ensure_all_finite=False, **y_options,
                )  # fmt: skip
            except (TypeError, ValueError):
                if not sparse.issparse(X) and (problem := text_in(X)) is not None:
                    raise ValueError(problem) from None
                raise
        X = checked if X_alone else checked[0]
        if reset:
            self.input_shape_ = self._input_shape_of(sample_shape, X.shape[1])
            if sample_shape is None or self.input_shape is None:  # not said twice, so perhaps wrong
                folded = sample_shape is None
                axes = self.input_shape if sample_shape is None else sample_shape
                auto = self.convolution == "auto" and axes is not None and len(axes) == 2
                warn_of(self, doubt_of(self.input_shape_, folded=folded, may_be_series=auto))
        self._check_finite(X)
        return checked

    def _needs_no_conversion(self, X, dtypes: list[type]) -> bool:
        """Whether validate_data would do nothing; it takes longer than a prediction of a row."""
        return (
            type(X) is np.ndarray
            and X.dtype in dtypes
            and X.shape[1:] == (self.n_features_in_,)
            and len(X) > 0
            and not hasattr(self, "feature_names_in_")
        )

    def _check_finite(self, X) -> None:
        check_finite(
            X,
            feature_names=getattr(self, "feature_names_in_", None),
            sample_shape=self.input_shape_,
            padded=self._is_sequence,
        )

    def _check_weight(self, sample_weight, X) -> np.ndarray:
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        if not weight.any():
            raise ValueError(f"sample_weight is zero for all {len(weight)} rows of X.")
        return weight

    @contextlib.contextmanager
    def _unchanged_on_failure(self) -> Iterator[None]:
        """A fit that is refused, diverges or is interrupted leaves the estimator as it was."""
        before = dict(self.__dict__)
        try:
            yield
        except BaseException:
            self.__dict__.clear()
            self.__dict__.update(before)
            raise

    # ------------------------------------------------------------ training

    # Parameters that must be the same in nets that are trained in one pass; none of other families.
    _of_a_pass: tuple[str, ...] = ()

    @classmethod
    def _pass_of(cls, parameters: Mapping[str, Any], shape: tuple[int, ...]) -> Hashable | None:
        """What fits have in common that can be trained in one pass; None where there is no use.

        Parameters
        ----------
        parameters : mapping
            All of an estimator.
        shape : tuple of int
            Of X.
        """
        alone = ("norm", "callbacks", "verbose", "warm_start")
        if not cls._of_a_pass or any(parameters.get(name) for name in alone):
            return None
        return cls, shape, tuple(repr(parameters[name]) for name in cls._of_a_pass)

    @staticmethod
    def _run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
        """Run calls that fit nets, as `_training.together.run_together` does."""
        from ._training.together import run_together

        return run_together(calls)

    def _resumes(self, partial: bool) -> bool:
        """Whether training goes on from the fitted weights."""
        return hasattr(self, "net_") and (partial or self.warm_start)

    def _train(self, X, y, weight, groups=None, *, n_outputs: int, partial: bool = False):
        """Set ``net_``; rows as in ``prepare``."""
        from ._training.fit import prepare

        resumes = self._resumes(partial)
        if not resumes:
            random_state = check_random_state(self.random_state)
            self._seed = int(random_state.randint(np.iinfo(np.int32).max))
        parameters = {
            **self.get_params(deep=False),
            "norm": self.norm,
            "activation": self.activation,
            "weight_decay": self._decay(),
        }
        training = prepare(
            parameters,
            functools.partial(self._build_module, self.input_shape_, n_outputs),
            self._criterion(),
            *(X, y, weight, groups),
            input_shape=self.input_shape_,
            seed=self._seed,
            previous=self.net_ if resumes else None,
            partial=partial,
        )
        self.net_ = training.run()
        return self

    def _decay(self) -> float:
        if isinstance(self.weight_decay, str):
            # An L2 penalty of this size, which it is to the other solvers, would leave nothing.
            return self._adamw_decay if self.solver == "adamw" else 0.0
        return self.weight_decay

    # ------------------------------------------------------------ prediction

    def _predict_raw(self, X) -> np.ndarray:
        """Outputs of the module, shape ``(n, n_outputs)``, in float64."""
        if not self.__sklearn_is_fitted__():
            check_is_fitted(self)  # raises; where it would not, it takes as long as a row
        X = self._check_data(X, reset=False)
        return self.net_.predict_raw(X, self.input_shape_, self.device)
