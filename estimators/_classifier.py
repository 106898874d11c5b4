"""Labels in, labels and probabilities out."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, log_expit, log_softmax, softmax
from sklearn.base import ClassifierMixin
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.metaestimators import available_if

from ._base import NetEstimator
from ._labels import check_indicator, check_labels, class_factors, has_columns

if TYPE_CHECKING:
    from ._networks.losses import RowLoss


class NetClassifier(ClassifierMixin, NetEstimator):
    """Softmax over the outputs, or a sigmoid of each for several labels; cross-entropy."""

    _estimator_type = "classifier"  # yellowbrick looks here, and not at the tags

    label_smoothing: float
    class_weight: dict | str | None
    classes_: np.ndarray
    _has_several = False  # labels a row
    _y_dtype: np.dtype

    _parameter_constraints: dict = {  # noqa: RUF012
        **NetEstimator._parameter_constraints,
        "label_smoothing": [Interval(Real, 0, 1, closed="left")],
        "class_weight": [dict, StrOptions({"balanced"}), None],
    }

    def _criterion(self) -> RowLoss:
        from ._networks.losses import binary_cross_entropy, cross_entropy

        return binary_cross_entropy() if self._has_several else cross_entropy(self.label_smoothing)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags

    def fit(self, X, y, sample_weight=None, groups=None):
        """Train on rows and their labels.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,) or (n_samples, n_labels)
            Labels of any type; or with several columns, 1 where a row has the label of a column and
            0 where it has not.
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
            X, y = self._check_data(X, y, reset=True, multi_output=has_columns(y))
            y = check_labels(y) if y.ndim == 1 else check_indicator(y)
            classes = np.unique(y) if y.ndim == 1 else np.arange(y.shape[1])
            return self._fit_labels(X, y, classes, sample_weight, groups)

    def partial_fit(self, X, y, classes=None, sample_weight=None):
        """Train one epoch more, on all of these rows, at the rate ``learning_rate_init``.

        ``early_stopping`` and ``lr_schedule`` do not apply: nothing is held out.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,) or (n_samples, n_labels)
        classes : array-like of shape (n_classes,), optional
            All labels there will ever be; required on the first call where y has one column.
        sample_weight : array-like of shape (n_samples,), optional

        Returns
        -------
        self

        Raises
        ------
        ValueError
            As in ``fit``; or ``classes`` is missing, has changed, or lacks a label of y.
        """
        with self._unchanged_on_failure():
            self._validate_params()
            first = not hasattr(self, "net_")
            several = has_columns(y)
            if isinstance(self.class_weight, str) and not several:
                raise ValueError(
                    f"class_weight={self.class_weight!r} needs all of y at once; give partial_fit "
                    f"a dict of weights instead."
                )
            if first and classes is None and not several:
                raise ValueError("classes must be passed on the first call to partial_fit.")
            X, y = self._check_data(X, y, reset=first, multi_output=several)
            y = check_indicator(y) if several else check_labels(y)
            if classes is not None:
                known = np.unique(classes)
            else:
                known = np.arange(y.shape[1]) if several else self.classes_
            if not first and classes is not None and not np.array_equal(self.classes_, known):
                raise ValueError(
                    f"`classes={classes!r}` is not the same as on last call to partial_fit, was: "
                    f"{self.classes_!r}"
                )
            if several and not np.array_equal(known, np.arange(y.shape[1])):
                raise ValueError(
                    f"classes of several labels are the numbers of y's {y.shape[1]} columns, "
                    f"however: {known.tolist()}."
                )
            unknown = [] if several else np.setdiff1d(y, known).tolist()
            if unknown:
                raise ValueError(f"y has labels that are not in classes: {unknown}.")
            return self._fit_labels(X, y, known, sample_weight, partial=True)

    def _fit_labels(self, X, y, classes, sample_weight, groups=None, partial=False):
        if len(classes) < 2:
            raise ValueError(
                f"{type(self).__name__} needs at least 2 classes, but there is only one class: "
                f"{classes.tolist()[0]!r}."
            )
        weight = self._check_weight(sample_weight, X)
        if self._resumes(partial):
            self._check_same_labels(y, classes)
        self.classes_, self._has_several = classes, y.ndim == 2
        if y.ndim == 2:
            if self.class_weight is not None:
                raise ValueError(
                    f"class_weight={self.class_weight!r} weighs the classes of one label a row, "
                    f"but y has {y.shape[1]} labels; weigh rows with sample_weight instead."
                )
            self._y_dtype = y.dtype
            target = y * (1.0 - self.label_smoothing) + self.label_smoothing / 2
        else:
            weight = self._weigh_classes(y, weight)
            target = np.searchsorted(classes, y)
        return self._train(X, target, weight, groups, n_outputs=len(classes), partial=partial)

    def _check_same_labels(self, y, classes) -> None:
        if self._has_several != (y.ndim == 2):
            kinds = ("one label a row", "several labels a row")
            raise ValueError(
                f"{type(self).__name__} was fitted on {kinds[self._has_several]}, but y has "
                f"{kinds[y.ndim == 2]}."
            )
        if not np.array_equal(classes, self.classes_):
            raise ValueError(
                f"warm_start and partial_fit need the classes of the earlier fit, {self.classes_}, "
                f"however: {classes}."
            )

    def _weigh_classes(self, y, weight) -> np.ndarray:
        """Class weights times sample weights."""
        if self.class_weight is None:
            return weight
        factors = class_factors(self.class_weight, self.classes_, y, weight)
        weighted = weight * factors[np.searchsorted(self.classes_, y)]
        if not np.isfinite(factors).all() or (factors < 0).any() or not weighted.any():
            raise ValueError(
                f"class_weight must be finite, not negative, and not zero for every row, however: "
                f"{self.class_weight!r}."
            )
        return weighted

    def predict_proba(self, X):
        """Class probabilities.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            In the order of ``classes_``; float64. Of several labels a row each has its own, which
            do not sum to 1.
        """
        raw = self._predict_raw(X)
        return expit(raw) if self._has_several else softmax(raw, axis=1)

    def predict_log_proba(self, X):
        """Logarithms of the class probabilities, exact where a probability rounds to 0.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
        """
        raw = self._predict_raw(X)
        return log_expit(raw) if self._has_several else log_softmax(raw, axis=1)

    # Of one label a row nothing needs it, and what calibrates or scores would take it instead of
    # the probabilities.
    @available_if(lambda self: self._has_several)
    def decision_function(self, X):
        """Log-odds of each label, after a fit on several labels a row.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples, n_labels)
        """
        return self._predict_raw(X)

    def predict(self, X):
        """Most probable class of each row, or the labels that are more probable than not.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples,) or (n_samples, n_labels)
        """
        raw = self._predict_raw(X)  # first, so that an unfitted one says so
        if self._has_several:
            return (raw > 0).astype(self._y_dtype)
        return self.classes_[raw.argmax(axis=1)]
