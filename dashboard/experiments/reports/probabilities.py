"""Probabilities that classifiers state for rows that they had not seen, and what they are worth.

A model can rank rows well and yet be far too sure of itself. The Brier score and the log loss are
proper: in expectation, only the true probabilities get the best score (Gneiting and Raftery, 2007).

References
----------
Gneiting, T. and Raftery, A. (2007). Strictly proper scoring rules, prediction, and estimation.
JASA 102, 359-378.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, log_loss

from ..evaluation import Evaluation
from .scores import means


def probabilistic(evaluations: Sequence[Evaluation]) -> list[str]:
    """List the models that gave probabilities on some fold, in the order they were done."""
    outer = [e for e in evaluations if e.inner is None and e.probabilities is not None]
    return list(dict.fromkeys(e.model for e in outer))


def class_probabilities(evaluation: Evaluation, y: np.ndarray) -> np.ndarray:
    """Return the probabilities of one fold with a column for every class of the data.

    A model knows only the classes of its training rows; to the others it gives probability 0.

    Parameters
    ----------
    evaluation : Evaluation
        With probabilities, of a model that was trained on all rows but the test rows, or on a
        part of them that has all their classes.
    y : ndarray of shape (n_samples,)
        Labels of the whole data set.

    Returns
    -------
    ndarray of shape (n_test, n_classes)
        Columns in the order of ``np.unique(y)``.

    Raises
    ------
    ValueError
        If there are no probabilities, or not one column for each class of the training rows.
    """
    found = evaluation.probabilities
    if found is None:
        raise ValueError(f"probabilities must be there, however {evaluation.model!r} gave none")
    return class_columns(found, evaluation.test, y, absent=0)


def class_columns(values: np.ndarray, test: np.ndarray, y: np.ndarray, absent: float) -> np.ndarray:
    """Return what a model gave for each class of its training rows, with those that it never saw.

    Parameters
    ----------
    values : ndarray of shape (n_test, n_known)
        Columns in the sorted order of the classes in the training rows.
    test : ndarray of shape (n_test,)
        Row numbers of the test rows; all others are training rows.
    y : ndarray of shape (n_samples,)
        Labels of the whole data set.
    absent : float
        The value for a class that the training rows do not have.

    Returns
    -------
    ndarray of shape (n_test, n_classes)
        Columns in the order of ``np.unique(y)``.

    Raises
    ------
    ValueError
        If there is not one column for each class of the training rows.

    Examples
    --------
    >>> y = np.array(["a", "b", "c", "c", "a"])
    >>> class_columns(np.array([[0.2, 0.8]]), np.array([1]), y, absent=0)
    array([[0.2, 0. , 0.8]])
    """
    labels = np.unique(y)
    known = np.isin(labels, np.delete(y, test))
    if values.shape[1] != known.sum():
        raise ValueError(
            f"there must be a column for each of the {known.sum()} classes of the training rows, "
            f"however: {values.shape[1]}"
        )
    # In their own precision: rows of float32 do not sum to 1 as closely as float64 should.
    columns = np.full((len(values), len(labels)), absent, dtype=values.dtype)
    columns[:, known] = values
    return columns


def probability_scores(evaluations: Sequence[Evaluation], y: np.ndarray) -> pd.DataFrame:
    """Score the probabilities of every model that gives them, fold by fold.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a classification.
    y : ndarray of shape (n_samples,)
        Labels of the whole data set.

    Returns
    -------
    DataFrame
        As from `means`; ``score`` is "brier" or "log_loss", by the definitions of scikit-learn,
        lower is better. The Brier score is that of one class where there are two, and the sum
        over all classes where there are more.
    """
    labels, rows = np.unique(y), []
    models = probabilistic(evaluations)
    for e in evaluations:
        if e.inner is not None or e.model not in models:
            continue
        brier = loss = float("nan")
        if e.probabilities is not None:
            stated = class_probabilities(e, y)
            brier = brier_score_loss(e.actual, stated, labels=labels)
            loss = log_loss(e.actual, stated, labels=labels)
        rows.append((e.model, e.repeat, e.fold, e.n_train, len(e.test), brier, loss))
    names = ["model", "repeat", "fold", "n_train", "n_test", "brier", "log_loss"]
    return means(pd.DataFrame(rows, columns=names), ["brier", "log_loss"])
