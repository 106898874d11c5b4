"""Kernel SVMs, exact and in the two ways that many rows can be afforded."""

from collections.abc import Callable

from sklearn.base import BaseEstimator
from sklearn.compose import TransformedTargetRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR

from bakeoff.datasets import Dataset

from .nystroem import NystroemFeatures
from .subsample import Subsampled

# What each is called; the ``variant`` of an evaluation is one of these names.
METHODS: dict[str, str] = {
    "exact": "Exact",
    "nystroem": "Nystroem features",
    "subsample": "Random subset of the rows",
}


def exact(kernel: str) -> Callable[[Dataset, int], BaseEstimator]:
    """Return a function ``build(dataset, random_state)`` that makes SVC or SVR with a kernel."""

    def build(dataset: Dataset, random_state: int) -> BaseEstimator:
        if dataset.task == "classification":
            return SVC(kernel=kernel)
        return _standardising_target(SVR(kernel=kernel))

    return build


def nystroem(svm: BaseEstimator, n_components: int, random_state: int) -> list[BaseEstimator]:
    """Replace an exact SVM by two steps: features of its kernel, and a linear SVM on them.

    The kernel is that of ``svm``, but the machine is not quite its: scikit-learn's linear SVMs
    square the loss, and tell one class from the rest where SVC tells each pair apart. Those with
    the plain loss stop before they converge, and warn, where C is large. A linear kernel needs no
    features: its linear SVM works on the columns themselves. With the usual 500 features, all this
    is faster than the exact fit from some tens of thousands of rows on.

    Parameters
    ----------
    svm : estimator
        What `exact` built.
    n_components : int
        Features at most.
    random_state : int
        Decides the rows that the features are made from.

    Returns
    -------
    list of estimator
        Steps of a pipeline.

    Examples
    --------
    >>> nystroem(SVC(), n_components=100, random_state=0)
    [NystroemFeatures(n_components=100, random_state=0), LinearSVC(tol=0.01)]
    """
    linear: BaseEstimator
    if isinstance(svm, SVC):
        kernel, linear = svm.kernel, LinearSVC(tol=0.01)  # as accurate as 1e-4, in half the time
    else:
        kernel, epsilon = svm.regressor.kernel, svm.regressor.epsilon
        linear = _standardising_target(
            LinearSVR(epsilon=epsilon, loss="squared_epsilon_insensitive", dual="auto")
        )
    if kernel == "linear":
        return [linear]
    return [NystroemFeatures(kernel, n_components=n_components, random_state=random_state), linear]


def subsample(svm: BaseEstimator, max_rows: int, random_state: int) -> list[BaseEstimator]:
    """Train an exact SVM on a random subset of the rows: one step; see `Subsampled`."""
    return [Subsampled(svm, max_rows=max_rows, random_state=random_state)]


def _standardising_target(regressor: BaseEstimator) -> TransformedTargetRegressor:
    # C and epsilon are lengths in units of y. The nets standardise y inside; without the same
    # here, an SVR would be measured with the wrong ruler.
    return TransformedTargetRegressor(regressor, transformer=StandardScaler())
