"""The test rows on which two models part ways, which is where a difference comes from."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bakeoff.datasets import Dataset

from ..evaluation import Evaluation


def disagreements(
    evaluations: Sequence[Evaluation],
    dataset: Dataset,
    model: str,
    other: str,
    *,
    repeat: int = 0,
    fold: int | None = None,
) -> pd.DataFrame:
    """Return the test rows that two models predict differently, each row of a repeat once.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison. Of a net with several seeds, the first counts.
    dataset : Dataset
        What it ran on.
    model, other : str
        Keys of two models.
    repeat : int, default=0
        Which one, from 0.
    fold : int, optional
        Which fold of it, from 0; all when left out.

    Returns
    -------
    DataFrame
        With the columns fold, row (number in the data set), actual, predicted, other_predicted,
        and nearer: the key of the model that is right, or in a regression nearer; None where that
        is neither. In a regression, where hardly two predictions are the same, there is apart,
        the distance between the two, and those furthest apart come first.

        For classes, p_predicted and p_actual are what the first model gave for the class that it
        predicted and for the actual one, other_p_predicted and other_p_actual those of the second;
        NaN from a model that gives no probabilities, and for a class its training rows lack.

    Raises
    ------
    KeyError
        When one of the models has no predictions on such a fold.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> spec = Comparison("iris", ["logistic", "forest"], n_splits=3)
    >>> rows = disagreements(list(run(spec)), spec.load(), *spec.models)
    >>> rows[["fold", "row", "actual", "predicted", "other_predicted", "nearer"]]
       fold  row  actual  predicted  other_predicted    nearer
    0     1   72       1          1                2  logistic
    1     2  134       2          1                2    forest
    """
    outer = [e for e in evaluations if e.inner is None and e.repeat == repeat]
    folds = sorted({e.fold for e in outer}) if fold is None else [fold]
    tables = []
    for number in folds:
        one, two = (_on_fold(outer, key, number) for key in (model, other))
        compare = _classes if dataset.task == "classification" else _quantities
        tables.append(compare(one, two, dataset))
    table = pd.concat(tables, ignore_index=True)
    if dataset.task == "regression":
        table = table.sort_values("apart", ascending=False, kind="stable")
    return table.reset_index(drop=True)


def _classes(one: Evaluation, two: Evaluation, dataset: Dataset) -> pd.DataFrame:
    table = _table(one, two, [e.predicted == e.actual for e in (one, two)])
    seen = np.unique(np.delete(dataset.y, one.test))  # the classes of the training rows
    for prefix, e in (("", one), ("other_", two)):
        for name, labels in (("p_predicted", e.predicted), ("p_actual", e.actual)):
            table[prefix + name] = _probability(e, labels, seen)
    return table[one.predicted != two.predicted]


def _quantities(one: Evaluation, two: Evaluation, dataset: Dataset) -> pd.DataFrame:
    errors = [_distance(e.predicted, e.actual) for e in (one, two)]
    table = _table(one, two, [errors[0] < errors[1], errors[1] < errors[0]])
    table["apart"] = _distance(one.predicted, two.predicted)
    return table[table.apart > 0]


def _table(one: Evaluation, two: Evaluation, nearer: list[np.ndarray]) -> pd.DataFrame:
    """What both said; ``nearer`` says of each row whether the one is, and whether the other."""
    names = [
        one.model if is_one else two.model if is_two else None
        for is_one, is_two in zip(*nearer, strict=True)
    ]
    return pd.DataFrame(
        {
            "fold": one.fold,
            "row": one.test,
            "actual": list(one.actual),
            "predicted": list(one.predicted),
            "other_predicted": list(two.predicted),
            "nearer": pd.Series(names, dtype=object),
        }
    )


def _on_fold(outer: Sequence[Evaluation], model: str, fold: int) -> Evaluation:
    for e in outer:
        if (e.model, e.fold) == (model, fold) and len(e.predicted):
            return e
    raise KeyError(f"{model} has no predictions on fold {fold}")


def _distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Euclidean, over the targets of a row."""
    return np.linalg.norm((one - other).reshape(len(one), -1), axis=1)


def _probability(e: Evaluation, labels: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """What a model gave for each of ``labels``, in shape (n_test,)."""
    if e.probabilities is None:
        return np.full(len(labels), np.nan)
    column = np.searchsorted(seen, labels).clip(max=len(seen) - 1)
    found = e.probabilities[np.arange(len(labels)), column]
    return np.where(seen[column] == labels, found, np.nan)
