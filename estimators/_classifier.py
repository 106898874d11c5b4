"""Labels in, labels and probabilities out."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import log_softmax, softmax
from sklearn.base import ClassifierMixin
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.class_weight import compute_class_weight
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d

from ._base import NetEstimator

if TYPE_CHECKING:
    from ._networks.losses import RowLoss


class NetClassifier(ClassifierMixin, NetEstimator):
    """Softmax over the outputs, trained on cross-entropy."""

    label_smoothing: float
    class_weight: dict | str | None
    classes_: np.ndarray

    _parameter_constraints: dict = {  # noqa: RUF012
        **NetEstimator._parameter_constraints,
        "label_smoothing": [Interval(Real, 0, 1, closed="left")],
        "class_weight": [dict, StrOptions({"balanced"}), None],
    }

    def _criterion(self) -> RowLoss:
        from ._networks.losses import cross_entropy

        return cross_entropy(self.label_smoothing)

    def fit(self, X, y, sample_weight=None, groups=None):
        """Train on rows and their labels.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,)
            Labels of any type.
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
            X, y = self._check_data(X, y, reset=True)
            y = self._check_labels(y)
            classes = np.unique(y)
            if self._resumes(partial=False) and not np.array_equal(classes, self.classes_):
                raise ValueError(
                    f"warm_start needs the classes of the earlier fit, {self.classes_}, however: "
                    f"{classes}."
                )
            return self._fit_labels(X, y, classes, sample_weight, groups)

    def partial_fit(self, X, y, classes=None, sample_weight=None):
        """Train one epoch more, on all of these rows, at the rate ``learning_rate_init``.

        ``early_stopping`` and ``lr_schedule`` do not apply: nothing is held out.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or N-D as the class describes
        y : array-like of shape (n_samples,)
        classes : array-like of shape (n_classes,), optional
            All labels there will ever be; required on the first call.
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
            if isinstance(self.class_weight, str):
                raise ValueError(
                    f"class_weight={self.class_weight!r} needs all of y at once; give partial_fit "
                    f"a dict of weights instead."
                )
            if first and classes is None:
                raise ValueError("classes must be passed on the first call to partial_fit.")
            known = self.classes_ if classes is None else np.unique(classes)
            if not first and not np.array_equal(self.classes_, known):
                raise ValueError(
                    f"`classes={classes!r}` is not the same as on last call to partial_fit, was: "
                    f"{self.classes_!r}"
                )
            X, y = self._check_data(X, y, reset=first)
            y = self._check_labels(y)
            unknown = np.setdiff1d(y, known)
            if len(unknown):
                raise ValueError(f"y has labels that are not in classes: {unknown.tolist()}.")
            return self._fit_labels(X, y, known, sample_weight, partial=True)

    def _fit_labels(self, X, y, classes, sample_weight, groups=None, partial=False):
        if len(classes) < 2:
            raise ValueError(
                f"{type(self).__name__} needs at least 2 classes, but there is only one class: "
                f"{classes.tolist()[0]!r}."
            )
        self.classes_ = classes
        weight = self._weigh_classes(y, self._check_weight(sample_weight, X))
        codes = np.searchsorted(classes, y)
        return self._train(X, codes, weight, groups, n_outputs=len(classes), partial=partial)

    def _check_labels(self, y) -> np.ndarray:
        y = column_or_1d(y, warn=True)
        missing = int(pd.isna(y).sum())
        if missing:
            raise ValueError(f"y has no label (None or NaN) in {missing} of {len(y)} rows.")
        check_classification_targets(y)
        return y

    def _weigh_classes(self, y, weight) -> np.ndarray:
        """Class weights times sample weights; "balanced" counts the weighted rows."""
        if self.class_weight is None:
            return weight
        factors = np.ones(len(self.classes_))
        if isinstance(self.class_weight, dict):
            for i, label in enumerate(self.classes_.tolist()):
                factors[i] = self.class_weight.get(label, 1.0)
            unknown = [k for k in self.class_weight if k not in self.classes_.tolist()]
            # Spare classes are fine, a fold may lack one; a class that was mistyped is not.
            if unknown and not set(self.classes_.tolist()) <= set(self.class_weight):
                raise ValueError(
                    f"class_weight names {unknown[0]!r}, which is none of the classes "
                    f"{self.classes_.tolist()}."
                )
        else:
            used = weight > 0
            present = np.unique(y[used])
            factors[np.searchsorted(self.classes_, present)] = compute_class_weight(
                self.class_weight, classes=present, y=y[used], sample_weight=weight[used]
            )
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
            In the order of ``classes_``; float64.
        """
        return softmax(self._predict_raw(X), axis=1)

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
        return log_softmax(self._predict_raw(X), axis=1)

    def predict(self, X):
        """Most probable class of each row.

        Parameters
        ----------
        X : array-like
            Rows as in ``fit``.

        Returns
        -------
        ndarray of shape (n_samples,)
        """
        best = self._predict_raw(X).argmax(axis=1)  # first, so that an unfitted one says so
        return self.classes_[best]
