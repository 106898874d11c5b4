"""Training on a random part of the rows: what a model that scales badly can afford.

A kernel SVM takes time and memory that grow with the square of the rows. On a subset it is an
honest model of fewer rows, so long as the report says how many: ``n_rows_used_``.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, MetaEstimatorMixin, clone, is_classifier
from sklearn.utils import Tags, _safe_indexing, check_random_state, get_tags, indexable
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _num_samples, check_is_fitted

from ..folds import stratified_order


def _estimator_has(method: str) -> Any:
    def check(self: "Subsampled") -> bool:
        getattr(self.estimator_ if hasattr(self, "estimator_") else self.estimator, method)
        return True

    return check


class Subsampled(MetaEstimatorMixin, BaseEstimator):
    """An estimator trained on a random subset of the rows, stratified when there are classes.

    Parameters
    ----------
    estimator : scikit-learn classifier or regressor
        Left unfitted: a clone is trained.
    max_rows : int, default=2000
        Rows to train on at most, and at least one for each class. With no more rows than that,
        the estimator is trained on them as they are. 2 000 rows keep a fit of scikit-learn's SVC
        within a second or so.
    random_state : int, RandomState instance or None, default=None
        Decides the subset.

    Attributes
    ----------
    estimator_ : estimator
        The trained clone.
    n_rows_used_ : int
        Rows that it was trained on.
    classes_ : ndarray of shape (n_classes,)
        Labels, where ``estimator`` is a classifier.
    n_features_in_ : int
        Columns of X.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> from sklearn.svm import SVC
    >>> X, y = load_digits(return_X_y=True)
    >>> model = Subsampled(SVC(), max_rows=300, random_state=0).fit(X, y)
    >>> model.n_rows_used_, bool(model.score(X, y) > 0.9)
    (300, True)
    """

    def __init__(
        self,
        estimator: BaseEstimator,
        max_rows: int = 2000,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.estimator = estimator
        self.max_rows = max_rows
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> "Subsampled":
        """Train a clone of the estimator on the subset.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_targets)

        Returns
        -------
        self

        Raises
        ------
        ValueError
            If ``max_rows`` is not a positive integer, or less than the number of classes.
        """
        if not isinstance(self.max_rows, (int, np.integer)) or self.max_rows < 1:
            raise ValueError(
                f"max_rows must be an integer of at least 1, however: {self.max_rows!r}"
            )
        X, y = indexable(X, y)
        n_rows = _num_samples(X)
        if n_rows > self.max_rows and y is not None:  # without y, the estimator says what it needs
            rows = self._order(y)[: self.max_rows]
            X, y = _safe_indexing(X, rows), _safe_indexing(y, rows)
        self.estimator_ = clone(self.estimator).fit(X, y)
        self.n_rows_used_ = min(n_rows, int(self.max_rows))
        return self

    def _order(self, y: ArrayLike) -> np.ndarray:
        if not is_classifier(self.estimator):
            return check_random_state(self.random_state).permutation(_num_samples(y))
        check_classification_targets(y)
        n_classes = len(np.unique(y))
        if self.max_rows < n_classes:
            raise ValueError(
                f"max_rows must be at least the number of classes, {n_classes}, "
                f"however: {self.max_rows}"
            )
        return stratified_order(y, self.random_state)

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Predict labels or quantities, of shape (n_samples,) or (n_samples, n_targets)."""
        check_is_fitted(self)
        return self.estimator_.predict(X)

    @available_if(_estimator_has("predict_proba"))
    def predict_proba(self, X: ArrayLike) -> np.ndarray:
        """Predict probabilities, of shape (n_samples, n_classes), where the estimator can."""
        check_is_fitted(self)
        return self.estimator_.predict_proba(X)

    @available_if(_estimator_has("decision_function"))
    def decision_function(self, X: ArrayLike) -> np.ndarray:
        """Return the estimator's decision function, where it has one."""
        check_is_fitted(self)
        return self.estimator_.decision_function(X)

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return what the estimator's own ``score`` says: accuracy or R² for most."""
        check_is_fitted(self)
        return self.estimator_.score(X, y)

    @property
    def classes_(self) -> np.ndarray:
        return self.estimator_.classes_

    @property
    def n_features_in_(self) -> int:
        return self.estimator_.n_features_in_

    @property
    def feature_names_in_(self) -> np.ndarray:
        return self.estimator_.feature_names_in_

    def __sklearn_tags__(self) -> Tags:
        tags, inner = super().__sklearn_tags__(), get_tags(self.estimator)
        tags.estimator_type = inner.estimator_type
        tags.classifier_tags = inner.classifier_tags
        tags.regressor_tags = inner.regressor_tags
        tags.target_tags = inner.target_tags
        tags.input_tags = inner.input_tags
        return tags
