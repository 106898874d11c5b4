"""Member by member: what each member of an ensemble saw, and what it made of the plane."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.ensemble import AdaBoostClassifier, BaggingClassifier
from sklearn.pipeline import Pipeline

from bakeoff.datasets import Dataset

from .ensemble_study import EnsembleStudy
from .ensemble_task import part
from .fields import check_choice

METHODS = ("bagging", "boosting")
CELLS = 120  # of the grid, a side: under 4 pixels each in a chart of half the page


@dataclass(frozen=True, eq=False, kw_only=True)
class MemberMap:
    """An ensemble of M members that was fitted on n points in the plane.

    Attributes
    ----------
    method : {"bagging", "boosting"}
    rows : ndarray of int, of shape (n,)
        Row numbers of the training rows: those of the first fold.
    points : ndarray of shape (n, 2)
    classes : ndarray of int, of shape (n,)
        Of the points, from 0 in the sorted order of the labels.
    seen : ndarray of shape (M, n)
        How much each row counted for each member, with a mean of 1: how often it was in the
        bootstrap sample, or n times the weight that boosting gave it.
    wrong : ndarray of bool, of shape (M, n)
        Which rows each member alone gets wrong.
    votes : ndarray of shape (M,)
        What each member's word counts: 1 in bagging, and in boosting the logarithm of its odds of
        being right, plus log(K - 1) with K classes.
    train_errors, test_errors : ndarray of shape (M,)
        Share of the training rows, and of the fold's test rows, that the ensemble gets wrong
        after 1, 2, …, M members.
    extent : tuple of float
        Left, right, bottom and top of the grid, in units of the columns.
    together : ndarray of int16, of shape (M, cells, cells)
        Class in each cell of the grid, from the bottom left, after 1, 2, …, M members.
    alone : ndarray of int16, of shape (M, cells, cells)
        Class in each cell, for each member alone.
    """

    method: str
    rows: np.ndarray
    points: np.ndarray
    classes: np.ndarray
    seen: np.ndarray
    wrong: np.ndarray
    votes: np.ndarray
    train_errors: np.ndarray
    test_errors: np.ndarray
    extent: tuple[float, float, float, float]
    together: np.ndarray
    alone: np.ndarray


def member_map(spec: EnsembleStudy, dataset: Dataset, method: str, cells: int = CELLS) -> MemberMap:
    """Fit one ensemble on the training rows of the first fold, and look at it member by member.

    Parameters
    ----------
    spec : EnsembleStudy
        Its largest size is the number of members. Its ``methods`` do not matter.
    dataset : Dataset
        Classes of rows with two columns.
    method : {"bagging", "boosting"}
        Members of gradient boosting are regressions, and decide for no class.
    cells : int, default=120
        Cells of the grid in each direction.

    Returns
    -------
    MemberMap
        Boosting that ended early has fewer members: it fits every row, or the next one would be
        no better than chance.

    Raises
    ------
    ValueError
        For other data and other methods, and when no member of a boosting is better than chance.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> found = member_map(EnsembleStudy("moons", members=[25]), load("moons"), "bagging")
    >>> found.alone.shape, round(float((found.seen == 0).mean()), 2)
    ((25, 120, 120), 0.37)
    """
    check_choice("method", method, METHODS)
    if not has_plane(dataset):
        raise ValueError(f"dataset must be classes of rows with two columns, however: {dataset!r}")
    _, classes = np.unique(dataset.y, return_inverse=True)
    dataset = replace(dataset, y=classes)
    fold = spec.folds(dataset)[0]
    X, y = dataset.X[fold.train], classes[fold.train]
    fitted = spec.ensemble(method, dataset, spec.random_state).fit(X, y)
    ensemble = fitted[-1]
    together, alone = _decisions(fitted, X)
    together_on_test, _ = _decisions(fitted, dataset.X[fold.test])
    left, bottom = np.nanmin(dataset.X, axis=0)
    right, top = np.nanmax(dataset.X, axis=0)
    extent = (float(left), float(right), float(bottom), float(top))
    together_on_grid, alone_on_grid = _decisions(fitted, _grid(extent, cells))
    wrong = alone != y
    if method == "bagging":
        seen, votes = bootstrap_counts(ensemble, len(y)), np.ones(len(alone))
    else:
        seen = len(y) * boosting_weights(ensemble, wrong)
        votes = ensemble.estimator_weights_[: len(alone)]
    return MemberMap(
        method=method,
        rows=fold.train,
        points=X,
        classes=y,
        seen=seen,
        wrong=wrong,
        votes=votes,
        train_errors=(together != y).mean(axis=1),
        test_errors=(together_on_test != classes[fold.test]).mean(axis=1),
        extent=extent,
        together=together_on_grid.astype(np.int16).reshape(-1, cells, cells),
        alone=alone_on_grid.astype(np.int16).reshape(-1, cells, cells),
    )


def has_plane(dataset: Dataset) -> bool:
    """Whether a data set can be drawn in the plane: classes of rows with two columns."""
    return dataset.task == "classification" and dataset.input_shape == (2,)


def member_table(found: MemberMap) -> pd.DataFrame:
    """Return one row per member.

    Returns
    -------
    DataFrame
        With the columns member (from 1), unseen (share of the rows that counted nothing), largest
        (what the row that counted most counted), tenth (share of the sum that the tenth of the
        rows that counted most have), error (of the member alone, each row counted as it was for
        it), unseen_error (share of its unseen rows that it gets wrong: its out-of-bag error, NaN
        in boosting), vote, train_error and test_error (of the ensemble after it).
    """
    is_unseen = found.seen == 0
    n_unseen = is_unseen.sum(axis=1)
    n_rows = found.seen.shape[1]
    heaviest = np.sort(found.seen, axis=1)[:, -max(n_rows // 10, 1) :]
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN, as it should be
        unseen_error = (found.wrong & is_unseen).sum(axis=1) / n_unseen
    return pd.DataFrame(
        {
            "member": np.arange(1, len(found.seen) + 1),
            "unseen": n_unseen / n_rows,
            "largest": found.seen.max(axis=1),
            "tenth": heaviest.sum(axis=1) / n_rows,
            "error": (found.wrong * found.seen).sum(axis=1) / found.seen.sum(axis=1),
            "unseen_error": unseen_error,
            "vote": found.votes,
            "train_error": found.train_errors,
            "test_error": found.test_errors,
        }
    )


def bootstrap_counts(fitted: BaggingClassifier, n_rows: int) -> np.ndarray:
    """Return how often each row was drawn for each member, of shape (M, n)."""
    return np.stack([np.bincount(drawn, minlength=n_rows) for drawn in fitted.estimators_samples_])


def boosting_weights(fitted: AdaBoostClassifier, wrong: np.ndarray) -> np.ndarray:
    """Return the weights that each member was trained with.

    AdaBoost keeps none of them. By SAMME's rule, which scikit-learn follows, each row that member
    m gets wrong is multiplied by the exponential of the vote of member m for member m + 1, and all
    are scaled to a sum of 1 again.

    Parameters
    ----------
    fitted : AdaBoostClassifier
        Fitted without weights of its own.
    wrong : ndarray of bool, of shape (M, n)
        Which training rows each member alone gets wrong.

    Returns
    -------
    ndarray of shape (M, n)
        Each row sums to 1.

    References
    ----------
    Zhu, J., Zou, H., Rosset, S. and Hastie, T. (2009). Multi-class AdaBoost. Statistics and Its
    Interface 2, 349-360.
    """
    given = []
    weights = np.full(wrong.shape[1], 1 / wrong.shape[1])
    for mistakes, vote in zip(wrong, fitted.estimator_weights_, strict=False):
        weights = np.maximum(weights, np.finfo(weights.dtype).eps)  # as scikit-learn does
        given.append(weights)
        weights = weights * np.exp(vote * mistakes)
        weights = weights / weights.sum()
    return np.stack(given)


def _decisions(fitted: Pipeline, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Classes after 1, 2, …, M members, and of each member alone: both of shape (M, len(X))."""
    members = range(len(fitted[-1].estimators_))
    singles = [part(fitted, slice(m, m + 1)) for m in members]
    if isinstance(fitted[-1], BaggingClassifier):
        shares = np.stack([single.predict_proba(X) for single in singles])  # (M, n, classes)
        return shares.cumsum(axis=0).argmax(axis=2), shares.argmax(axis=2)
    alone = np.stack([single.predict(X) for single in singles])
    scaled = fitted[:-1].transform(X) if len(fitted) > 1 else X
    return np.stack(list(fitted[-1].staged_predict(scaled))), alone


def _grid(extent: tuple[float, float, float, float], cells: int) -> np.ndarray:
    """Centres of the cells, row by row from the bottom left, of shape (cells², 2)."""
    left, right, bottom, top = extent
    middle = (np.arange(cells) + 0.5) / cells
    x, y = np.meshgrid(left + (right - left) * middle, bottom + (top - bottom) * middle)
    return np.column_stack([x.ravel(), y.ravel()])
