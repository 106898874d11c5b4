"""Values in, values out, in the user's units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.base import RegressorMixin
from sklearn.utils._param_validation import StrOptions

from ._base import NetEstimator
from ._vocabulary import REGRESSION_LOSSES

if TYPE_CHECKING:
    from ._networks.losses import RowLoss


class NetRegressor(RegressorMixin, NetEstimator):
    """Linear outputs; the net sees targets of mean 0 and variance 1."""

    _estimator_type = "regressor"  # yellowbrick looks here, and not at the tags

    loss: str
    _y_shape: tuple[int, ...]

    _parameter_constraints: dict = {  # noqa: RUF012
        **NetEstimator._parameter_constraints,
        "loss": [StrOptions(set(REGRESSION_LOSSES))],
    }

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def _criterion(self) -> RowLoss:
        from ._networks.losses import regression_loss

        return regression_loss(self.loss)

    def fit(self, X, y, sample_weight=None, groups=None):
        """Train on rows and their targets.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            In any units.
        sample_weight : array-like of shape (n_samples,), optional
            A weight of k equals repeating the row k times; 0 equals leaving it out.
        groups : array-like of shape (n_samples,), optional
            With ``early_stopping``, rows of one group are held out together.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            A parameter, X or y is not usable, or training diverged: a loss or a weight became
            infinite or NaN. A search then scores this candidate NaN.
        """
        with self._unchanged_on_failure():
            self._validate_params()
            X, y = self._check_data(X, y, reset=True, multi_output=True, y_numeric=True)
            return self._fit_values(X, y, sample_weight, groups)

    def partial_fit(self, X, y, sample_weight=None):
        """Train one epoch more, on all of these rows, at the rate ``learning_rate_init``.

        ``early_stopping`` and ``lr_schedule`` do not apply: nothing is held out. The first call
        decides how the target is standardised.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : array-like of shape (n_samples,), optional

        Returns
        -------
        self

        Raises
        ------
        ValueError
            As in ``fit``; or y has another number of outputs than before.
        """
        with self._unchanged_on_failure():
            self._validate_params()
            first = not hasattr(self, "net_")
            X, y = self._check_data(X, y, reset=first, multi_output=True, y_numeric=True)
            return self._fit_values(X, y, sample_weight, partial=True)

    def _fit_values(self, X, y, sample_weight, groups=None, partial=False):
        weight = self._check_weight(sample_weight, X)
        if self._resumes(partial):
            if y.shape[1:] != self._y_shape:
                raise ValueError(
                    f"y has shape {y.shape}, but {type(self).__name__} was fitted on y of shape "
                    f"(n,{', '.join(map(str, self._y_shape))})."
                )
        else:
            self._y_shape = y.shape[1:]
            self._standardise(y, weight)
        scaled = (y.reshape(len(y), -1) - self._y_mean) / self._y_scale
        return self._train(X, scaled, weight, groups, n_outputs=scaled.shape[1], partial=partial)

    def _standardise(self, y, weight) -> None:
        """Weighted mean and deviation, so that weight k is the same as k rows."""
        y = y.reshape(len(y), -1).astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            self._y_mean = np.average(y, axis=0, weights=weight)
            deviation = np.sqrt(np.average((y - self._y_mean) ** 2, axis=0, weights=weight))
        if not np.isfinite(deviation).all():
            raise ValueError(
                f"y is too large to be standardised: its largest magnitude is {np.abs(y).max():g}."
            )
        # A constant target has a deviation of rounding errors only: leave it as it is.
        constant = deviation <= 10 * np.finfo(np.float64).eps * np.abs(self._y_mean)
        self._y_scale = np.where(constant, 1.0, deviation)

    def predict(self, X):
        """Predicted values.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_outputs)
            float64, in the units of y.
        """
        values = self._predict_raw(X) * self._y_scale + self._y_mean
        return values.reshape(len(values), *self._y_shape)
