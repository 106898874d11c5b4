"""Explicit features of a kernel, so that a linear machine does what a kernel machine does.

A linear SVM on m features takes time linear in the rows, where the kernel SVM's grows with their
square.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.kernel_approximation import Nystroem
from sklearn.utils.validation import check_is_fitted, validate_data


class NystroemFeatures(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):
    """Nystroem's approximation of the kernel that scikit-learn's SVC would use.

    The kernel matrix is rebuilt from its columns at some random training rows (Williams & Seeger,
    2001). That is scikit-learn's ``Nystroem``, with the defaults of ``SVC`` where the two differ:
    its own gamma is ``1 / n_features``, whatever the scale of X, and its polynomial and sigmoid
    kernels have ``coef0=1``. With fewer rows than components it takes them all, and is exact.

    Parameters
    ----------
    kernel : {"rbf", "poly", "sigmoid"}, default="rbf"
        As in ``SVC``. The sigmoid kernel is not positive semi-definite; negative eigenvalues enter
        with their absolute value.
    gamma : {"scale"} or float, default="scale"
        Coefficient of the kernel. ``"scale"`` is ``1 / (n_features * X.var())``, as in ``SVC``.
    degree : int, default=3
        Of the polynomial kernel.
    coef0 : float, default=0.0
        Independent term of the polynomial and the sigmoid kernel.
    n_components : int, default=500
        Features at most. More are closer to the kernel; time grows with their square.
    random_state : int, RandomState instance or None, default=None
        Decides the rows.

    Attributes
    ----------
    nystroem_ : sklearn.kernel_approximation.Nystroem
        The fitted approximation, with gamma as a number.
    n_features_in_ : int
        Columns of X.

    References
    ----------
    Williams, C. and Seeger, M. (2001). Using the Nystroem method to speed up kernel machines.
    NIPS 13. Yang, T. et al. (2012). Nystroem method vs random Fourier features. NIPS 25.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.svm import LinearSVC
    >>> X, y = load_digits(return_X_y=True)
    >>> model = make_pipeline(NystroemFeatures(n_components=200, random_state=0), LinearSVC())
    >>> bool(model.fit(X[:1000], y[:1000]).score(X[1000:], y[1000:]) > 0.9)
    True
    """

    def __init__(
        self,
        kernel: Literal["rbf", "poly", "sigmoid"] = "rbf",
        *,
        gamma: float | Literal["scale"] = "scale",
        degree: int = 3,
        coef0: float = 0.0,
        n_components: int = 500,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.kernel = kernel
        self.gamma = gamma
        self.degree = degree
        self.coef0 = coef0
        self.n_components = n_components
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: None = None) -> "NystroemFeatures":
        """Choose the rows, and invert their kernel matrix.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : None
            Ignored.

        Returns
        -------
        self
        """
        checked: np.ndarray = validate_data(self, X, dtype=[np.float64, np.float32])
        gamma = self.gamma
        if gamma == "scale":
            variance = checked.var()
            gamma = 1 / (checked.shape[1] * variance) if variance else 1.0  # SVC's way out, too
        extra = {} if self.kernel == "rbf" else {"coef0": self.coef0}
        if self.kernel == "poly":
            extra["degree"] = self.degree
        self.nystroem_ = Nystroem(
            self.kernel,
            gamma=gamma,
            **extra,
            n_components=min(self.n_components, len(checked)),
            random_state=self.random_state,
        ).fit(checked)
        return self

    def transform(self, X: ArrayLike) -> np.ndarray:
        """Return the features, of shape (n_samples, min(n_components, rows in fit))."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        return self.nystroem_.transform(X)

    @property
    def _n_features_out(self) -> int:
        return len(self.nystroem_.components_)
