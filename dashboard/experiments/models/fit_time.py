"""What a fit on many rows will cost, estimated from fits on few.

The time of a kernel SVM grows with about the square of the rows, and for hard problems with the
cube (Bottou & Lin, 2007): what takes a second on 2 000 rows takes an hour on 100 000. Better to
know that before a run.
"""

from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, clone, is_classifier
from sklearn.utils import _safe_indexing, check_random_state
from sklearn.utils.validation import _num_samples

from ..evaluation import one_line
from ..folds import stratified_order

_FIRST_ROWS = 250
_USUAL_EXPONENT = 2.0
_TELLING_SECONDS = 0.01  # below, a fit's fixed costs and the machine's moods hide its growth


class CostEstimate(NamedTuple):
    """How long one fit will take, and why one thinks so.

    Attributes
    ----------
    seconds : float
        Of one fit on ``n_train`` rows; NaN when a pilot failed.
    exponent : float
        The power of the rows that time was taken to grow with, from 1 to 3.
    pilots : tuple of (int, float)
        Rows and seconds of the fits that were timed. If the last was on ``n_train`` rows, its
        time is the estimate.
    reason : str or None
        One line that says why there is no estimate.
    """

    seconds: float
    exponent: float
    pilots: tuple[tuple[int, float], ...]
    reason: str | None = None


def estimate_fit_seconds(
    estimator: BaseEstimator,
    X: ArrayLike,
    y: ArrayLike,
    n_train: int,
    *,
    budget_seconds: float = 1.0,
    random_state: int | np.random.RandomState | None = 0,
) -> CostEstimate:
    """Estimate the time of one fit on ``n_train`` rows from fits on 250, 500, 1 000, ... rows.

    Time is taken to follow a power of the rows. Its exponent is the slope of log time over log
    rows among the last three pilots of 10 ms or more, held between 1 and 3. With fewer than two
    of those it is 2, the usual one of a kernel SVM. The longest pilot is then scaled up.

    Parameters
    ----------
    estimator : scikit-learn estimator
        Left unfitted: clones are timed.
    X : array-like of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_targets)
        Pilots are random rows of both, nested, and stratified for a classifier.
    n_train : int
        Rows of the fit that is asked about; there may be more of them than in X.
    budget_seconds : float, default=1.0
        No pilot is begun that would, by the square law, end after the budget.
    random_state : int, RandomState instance or None, default=0
        Decides the rows.

    Returns
    -------
    CostEstimate
        Good to a factor of about two: hard rows, other parameters and a busy machine all move it.
        Of a model whose cost stops growing, such as `Subsampled`, it is an upper bound.

    Raises
    ------
    ValueError
        If ``n_train`` is not a positive integer, or ``budget_seconds`` not positive. What the
        model raises is the ``reason`` of the result.

    References
    ----------
    Bottou, L. and Lin, C.-J. (2007). Support vector machine solvers. In: Large Scale Kernel
    Machines, 301-320.

    Examples
    --------
    >>> from sklearn.datasets import load_digits
    >>> from sklearn.svm import SVC
    >>> X, y = load_digits(return_X_y=True)
    >>> found = estimate_fit_seconds(SVC(), X, y, n_train=100_000, budget_seconds=0.1)
    >>> found.pilots[0][0], 1 <= found.exponent <= 3, found.seconds > found.pilots[-1][1]
    (250, True, True)
    >>> estimate_fit_seconds(SVC(C=-1.0), X, y, n_train=1000).reason.split(":")[0]
    'InvalidParameterError'
    """
    if not isinstance(n_train, (int, np.integer)) or n_train < 1:
        raise ValueError(f"n_train must be an integer of at least 1, however: {n_train!r}")
    if not budget_seconds > 0:
        raise ValueError(f"budget_seconds must be above 0, however: {budget_seconds!r}")
    most = min(n_train, _num_samples(X))
    pilots: list[tuple[int, float]] = []
    try:
        order = _order(estimator, y, random_state)
        n_rows, left = min(_FIRST_ROWS, most), budget_seconds
        while not pilots or (pilots[-1][0] < most and _scaled(pilots, n_rows) <= left):
            seconds = _fit_seconds(estimator, X, y, order[:n_rows])
            pilots.append((n_rows, seconds))
            n_rows, left = min(2 * n_rows, most), left - seconds
    except Exception as problem:  # a model that cannot be fitted is for the run to report
        return CostEstimate(float("nan"), _USUAL_EXPONENT, tuple(pilots), one_line(problem))
    exponent = _exponent(pilots)
    return CostEstimate(_scaled(pilots, n_train, exponent), exponent, tuple(pilots))


def _order(
    estimator: BaseEstimator, y: ArrayLike, random_state: int | np.random.RandomState | None
) -> np.ndarray:
    if is_classifier(estimator):
        return stratified_order(y, random_state)
    return check_random_state(random_state).permutation(_num_samples(y))


def _fit_seconds(estimator: BaseEstimator, X: ArrayLike, y: ArrayLike, rows: np.ndarray) -> float:
    model, X, y = clone(estimator), _safe_indexing(X, rows), _safe_indexing(y, rows)
    start = perf_counter()
    model.fit(X, y)
    return perf_counter() - start


def _exponent(pilots: list[tuple[int, float]]) -> float:
    telling = [pilot for pilot in pilots if pilot[1] >= _TELLING_SECONDS][-3:]
    if len(telling) < 2:
        return _USUAL_EXPONENT
    n_rows, seconds = np.log(telling).T
    return float(np.clip(np.polyfit(n_rows, seconds, deg=1)[0], 1, 3))


def _scaled(
    pilots: list[tuple[int, float]], n_rows: int, exponent: float = _USUAL_EXPONENT
) -> float:
    last_rows, seconds = pilots[-1]
    return seconds * (n_rows / last_rows) ** exponent
