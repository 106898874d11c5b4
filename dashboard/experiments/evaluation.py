"""One evaluation: what one fitted model was found to be worth on one set of test rows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False, kw_only=True)
class Evaluation:
    """What one fit on one fold gave.

    Attributes
    ----------
    model : str
        Key of the model.
    repeat, fold : int
        Which repeat of the cross-validation, and which fold in it, both from 0.
    inner : int or None
        Which fold of the training rows, in a search within them or in a pair of folds; None on
        the fold itself.
    of_pair : bool
        Whether the model was trained without the folds ``fold`` and ``inner``, and tested on the
        latter: see ``Comparison.fold_pairs``.
    seed : int
        Of the model, or of the resample that it was trained on.
    params : mapping
        What distinguishes the candidate: parameters, training sizes, members.
    resource : int or None
        Training rows that a search allowed; None for all.
    variant : str
        How the model was made affordable, such as by Nystroem features; empty as a rule.
    scores, train_scores : mapping of str to float
        By scikit-learn's name of the scorer, greater is better, on the test rows and, where they
        were asked for, on the training rows. NaN where the model or the scorer failed.
    fit_seconds, score_seconds : float
        Wall-clock time of ``fit``, and of the scorers on the test rows with the predictions that
        they need; NaN when the model failed.
    n_train : int
        Training rows, those that the model really used.
    test : ndarray of shape (n_test,)
        Row numbers of the test rows.
    groups : ndarray of shape (n_test,) or None
        Which of them belong together, where the data have groups.
    actual, predicted : ndarray of shape (n_test,) or (n_test, n_targets)
        Targets of the test rows, and what the model said. ``predicted`` is empty on failure, and
        both are inside nested searches, which have thousands of evaluations.
    probabilities : ndarray of shape (n_test, n_classes) or None
        Where the model gives them, in the sorted order of the classes in its training rows.
    decisions : ndarray of shape (n_test,) or (n_test, n_classes) or None
        What a classifier without probabilities has instead, as its ``decision_function`` gives it.
    curve : mapping of str to sequence of float, or None
        One value an epoch for each name.
    error : str or None
        One line that says why the model, or one of the scorers, failed.
    """

    model: str
    repeat: int
    fold: int
    inner: int | None = None
    of_pair: bool = False
    seed: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)
    resource: int | None = None
    variant: str = ""
    scores: Mapping[str, float]
    train_scores: Mapping[str, float] = field(default_factory=dict)
    fit_seconds: float
    score_seconds: float
    n_train: int
    test: np.ndarray
    groups: np.ndarray | None = None
    actual: np.ndarray
    predicted: np.ndarray
    probabilities: np.ndarray | None = None
    decisions: np.ndarray | None = None
    curve: Mapping[str, Sequence[float]] | None = None
    error: str | None = None

    @property
    def score(self) -> float:
        """The first of ``scores``, which rankings and intervals go by."""
        return next(iter(self.scores.values()))

    @property
    def failed(self) -> bool:
        """Whether there is no score to go by."""
        return math.isnan(self.score)


def one_line(problem: BaseException) -> str:
    """Say in one line what was raised.

    Examples
    --------
    >>> one_line(ValueError("kernel is too large\\nsee above"))
    'ValueError: kernel is too large'
    """
    lines = str(problem).strip().splitlines() or ["no message"]
    return f"{type(problem).__name__}: {lines[0]}"
