"""How well classifiers rank the rows: ROC and precision-recall curves, averaged over folds.

A curve needs an order of the rows and nothing else, so a model without probabilities is ranked by
its decision function: of a support vector machine, the signed distance from the boundary, up to a
factor. With more than two classes, scikit-learn's SVC makes one value a class of its boundaries
between pairs, LinearSVC has a boundary for each class.

Models of different folds are different models, and a score of 0.7 need not mean the same to two of
them. Curves of pooled scores would rank rows of one against rows of another, so each fold has a
curve of its own, and these are averaged vertically (Fawcett, 2006): at each false positive rate,
or each recall, over the folds.

References
----------
Fawcett, T. (2006). An introduction to ROC analysis. Pattern Recognition Letters 27, 861-874.
Davis, J. and Goadrich, M. (2006). The relationship between precision-recall and ROC curves. ICML:
between two points of a precision-recall curve there is no straight line.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
from sklearn.metrics import auc, average_precision_score, precision_recall_curve, roc_curve

from ..evaluation import Evaluation
from .probabilities import class_columns, class_probabilities
from .scores import means

Kind = Literal["roc", "precision_recall"]

GRID = np.linspace(0, 1, 101)


class Ranking(NamedTuple):
    """Curves and the areas under them, of every model that can rank the rows.

    Attributes
    ----------
    curves : DataFrame
        With the columns model, x (false positive rate, or recall), mean, low and high: of the
        true positive rate, or the precision, over the folds, with its corrected 95% interval
        point by point, within 0 and 1.
    areas : DataFrame
        With the columns model, mean, low, high and folds (how many had an area), the largest mean
        first.
    guessing : float
        The area without any skill: 0.5, or the share of positive rows.
    """

    curves: pd.DataFrame
    areas: pd.DataFrame
    guessing: float


def ranking(
    evaluations: Sequence[Evaluation], y: np.ndarray, kind: Kind = "roc", positive: Any = None
) -> Ranking:
    """Average the curves of each model over its folds.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a classification. Rows are ranked by probabilities or, where a model has none, by its
        decision function; a model with neither is left out. Several seeds of a fold are averaged
        first; a fold on which one of them failed is left out.
    y : ndarray of shape (n_samples,)
        Labels of the whole data set.
    kind : {"roc", "precision_recall"}, default="roc"
        The area is the AUC or the average precision, each by the definition of scikit-learn.
    positive : object, optional
        The class to tell from the rest. When left out, the mean over all classes, each against
        the rest (macro average): for two classes, the AUC is that of either. A class that a fold
        has no test row of, or no other, is left out of that fold's mean.

    Returns
    -------
    Ranking

    Raises
    ------
    ValueError
        If ``positive`` is not in ``y``, or a model did not give one column for each class of its
        training rows.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> from bakeoff.datasets import load
    >>> evaluations = list(run(Comparison("breast_cancer", ["svm_rbf", "dummy"], n_splits=3)))
    >>> ranking(evaluations, load("breast_cancer").y).areas.round(3)
         model   mean    low   high  folds
    0  svm_rbf  0.994  0.977  1.011      3
    1    dummy  0.500  0.500  0.500      3
    """
    labels = np.unique(y)
    if positive is not None and positive not in labels:
        raise ValueError(f"positive must be a class in y, however: {positive!r}")
    chosen = [k for k, label in enumerate(labels) if positive is None or label == positive]
    curve_of = {"roc": _roc, "precision_recall": _precision_recall}[kind]
    heights = _heights(evaluations, y, chosen, curve_of)
    curves = means(heights, range(len(GRID))).rename(columns={"score": "x"})
    areas = means(heights, ["area"]).drop(columns="score")
    return Ranking(
        curves.assign(
            x=GRID[curves.x.astype(int)],
            low=curves.low.clip(lower=0),
            high=curves.high.clip(upper=1),
        ),
        areas.sort_values("mean", ascending=False, kind="stable", ignore_index=True),
        0.5 if kind == "roc" else float(np.mean([np.mean(y == labels[k]) for k in chosen])),
    )


def _heights(
    evaluations: Sequence[Evaluation],
    y: np.ndarray,
    chosen: list[int],
    curve_of: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> pd.DataFrame:
    """One row per evaluation: the heights of its curve, by their places in GRID, and its area."""
    labels = np.unique(y)
    outer = [e for e in evaluations if e.inner is None]
    ranked = {e.model for e in outer if e.probabilities is not None or e.decisions is not None}
    outer = [e for e in outer if e.model in ranked]
    heights = np.full((len(outer), len(GRID) + 1), np.nan)
    for place, e in enumerate(outer):
        values = _class_values(e, y)
        if values is None:
            continue
        truths = {k: e.actual == labels[k] for k in chosen}
        found = [
            curve_of(truth, values[:, k])
            for k, truth in truths.items()
            if truth.any() and not truth.all()
        ]
        if found:
            heights[place] = np.mean(found, axis=0)
    folds = pd.DataFrame(
        [(e.model, e.repeat, e.fold, e.n_train, len(e.test)) for e in outer],
        columns=["model", "repeat", "fold", "n_train", "n_test"],
    )
    return folds.join(pd.DataFrame(heights, columns=[*range(len(GRID)), "area"]))


def _class_values(e: Evaluation, y: np.ndarray) -> np.ndarray | None:
    """What ranks the test rows for each class of the data, of shape (n_test, n_classes)."""
    if e.probabilities is not None:
        return class_probabilities(e, y)
    if e.decisions is None:
        return None
    values = e.decisions
    if values.ndim == 1:  # of two classes, greater speaks for the second
        values = np.column_stack([-values, values])
    return class_columns(values, e.test, y, absent=np.finfo(values.dtype).min)


def _roc(is_positive: np.ndarray, values: np.ndarray) -> np.ndarray:
    false_positives, true_positives, _ = roc_curve(is_positive, values)
    heights = np.interp(GRID, false_positives, true_positives)
    return np.append(heights, auc(false_positives, true_positives))


def _precision_recall(is_positive: np.ndarray, values: np.ndarray) -> np.ndarray:
    precision, recall, _ = precision_recall_curve(is_positive, values)
    # Backwards, recall rises as the threshold falls. The first threshold that reaches a recall
    # decides, as in the average precision; no threshold has the end at recall 0.
    precision, recall = precision[-2::-1], recall[-2::-1]
    reached = np.searchsorted(recall, np.maximum(GRID, np.finfo(float).tiny))
    return np.append(precision[reached], average_precision_score(is_positive, values))
