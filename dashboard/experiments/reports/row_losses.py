"""What each row cost a model: scores that are means over rows, taken apart again.

Accuracy, log loss, squared and absolute errors are means over the test rows, and so is R² on one
fold: the squared errors in units of the variance there. F1, Matthews correlation, an area or a
root of a mean are not, and what is computed from rows cannot be said of them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..evaluation import Evaluation


class RowLosses(NamedTuple):
    """Losses by row, of models that all have one for every row of every repeat.

    Where the data have groups, a group takes the place of a row: rows of a group are not
    independent, and all that is computed from losses takes them to be.

    Attributes
    ----------
    losses : mapping of str to ndarray of shape (n_repeats, n_rows, n_folds)
        By model, as in `nested_error`: less is better, and on each fold the mean is 1 minus the
        score, or minus the score if it is an error. NaN where pairs of folds were not left out.
    folds : ndarray of int, of shape (n_repeats, n_rows)
    """

    losses: Mapping[str, np.ndarray]
    folds: np.ndarray

    def own(self, model: str) -> np.ndarray:
        """Losses from the ordinary model of each row's fold, of shape (n_repeats, n_rows)."""
        return np.take_along_axis(self.losses[model], self.folds[..., None], axis=2)[..., 0]

    def of_pairs(self, model: str) -> bool:
        """Whether each pair of folds was left out."""
        return bool(np.isfinite(self.losses[model]).all())


def row_losses(evaluations: Sequence[Evaluation]) -> RowLosses | None:
    """Take the score that models are ranked by apart into losses by row.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison. Only repeats are taken that are whole, several seeds are averaged, and a
        model that failed on a fold is left out.

    Returns
    -------
    RowLosses or None
        None where the score is no mean over rows, or nothing is whole.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_rbf", "dummy"])))
    >>> found = row_losses(evaluations)
    >>> float(found.own("dummy").mean().round(3)), found.of_pairs("dummy")
    (0.667, False)
    """
    outer = [e for e in evaluations if e.inner is None]
    if not outer or (loss := _LOSSES.get(next(iter(outer[0].scores)))) is None:
        return None
    n_folds = 1 + max(e.fold for e in outer)
    repeats = _whole_repeats(outer, n_folds)
    if not repeats:
        return None
    rows = np.unique(np.concatenate([e.test for e in outer]))
    folds = np.zeros((len(repeats), len(rows)), dtype=int)
    groups: np.ndarray | None = (
        None if outer[0].groups is None else np.empty(len(rows), dtype=object)
    )
    for e in outer:
        if e.repeat in repeats:
            at = np.searchsorted(rows, e.test)
            folds[repeats.index(e.repeat), at] = e.fold
            if groups is not None and e.groups is not None:
                groups[at] = e.groups
    found = {}
    for model in dict.fromkeys(e.model for e in outer):
        own = [e for e in evaluations if e.model == model and e.repeat in repeats]
        own = [e for e in own if e.inner is None or e.of_pair]
        losses = _of_model(own, loss, rows, folds, repeats)
        if losses is not None:
            found[model] = losses
    if not found:
        return None
    if groups is None:
        return RowLosses(found, folds)
    return _by_group(found, folds, groups)


def _whole_repeats(outer: Sequence[Evaluation], n_folds: int) -> list[int]:
    """The repeats of which each fold was evaluated by every model."""
    done: dict[int, set[tuple[str, int]]] = {}
    for e in outer:
        done.setdefault(e.repeat, set()).add((e.model, e.fold))
    needed = {(e.model, fold) for e in outer for fold in range(n_folds)}
    return sorted(repeat for repeat, found in done.items() if found >= needed)


def _of_model(
    evaluations: Sequence[Evaluation],
    loss: Callable[[Evaluation], np.ndarray],
    rows: np.ndarray,
    folds: np.ndarray,
    repeats: list[int],
) -> np.ndarray | None:
    """The losses of one model, or None where those of its ordinary fits are not all there."""
    n_folds = int(folds.max()) + 1
    sums, counts = np.zeros((2, *folds.shape, n_folds))
    failed = np.zeros((*folds.shape, n_folds), dtype=bool)
    for e in evaluations:
        at = np.searchsorted(rows, e.test)
        # Of a pair, ``fold`` is what was left out beside the fold of these rows, ``inner``.
        place = repeats.index(e.repeat), at, e.fold
        if len(e.predicted):
            sums[place] += loss(e)
            counts[place] += 1
        else:
            failed[place] = True
    seeds = len({e.seed for e in evaluations})
    whole = (counts == seeds) & ~failed
    losses = np.where(whole, sums / np.maximum(counts, 1), np.nan)
    own = np.take_along_axis(losses, folds[..., None], axis=2)
    return losses if np.isfinite(own).all() else None


def _by_group(losses: Mapping[str, np.ndarray], folds: np.ndarray, groups: np.ndarray) -> RowLosses:
    """One value a group, such that the means of folds stay, and their errors are those of groups.

    A fold's mean is a ratio, of the losses of its groups and of their sizes. Linearised, a group
    adds what its losses exceed that mean by, over the mean size of a group.
    """
    _, first, place, sizes = np.unique(
        groups.astype(str), return_index=True, return_inverse=True, return_counts=True
    )
    grouped = folds[:, first]
    found = {}
    for model, values in losses.items():
        sums = np.zeros((len(values), len(sizes), values.shape[2]))
        for repeat, one in enumerate(values):
            np.add.at(sums[repeat], place, one)
            for fold in range(values.shape[2]):
                inside = grouped[repeat] == fold
                mean = sums[repeat, inside].sum(axis=0) / sizes[inside].sum()
                excess = sums[repeat, inside] - sizes[inside, None] * mean
                sums[repeat, inside] = mean + excess / sizes[inside].mean()
        found[model] = sums
    return RowLosses(found, grouped)


def _zero_one(e: Evaluation) -> np.ndarray:
    wrong = np.asarray(e.actual != e.predicted).reshape(len(e.test), -1)
    return wrong.any(axis=1).astype(float)  # of several labels a row, any


def _log_loss(e: Evaluation) -> np.ndarray:
    """As scikit-learn has it; NaN where the columns of the probabilities are not known."""
    labels = np.unique(e.actual)
    if e.probabilities is None or e.probabilities.shape[1] != len(labels):
        return np.full(len(e.test), np.nan)
    given = e.probabilities[np.arange(len(e.test)), np.searchsorted(labels, e.actual)]
    least = np.finfo(e.probabilities.dtype).eps
    return np.asarray(-np.log(np.clip(given, least, 1 - least)))


def _squared(e: Evaluation) -> np.ndarray:
    return _mean_over_targets((_columns(e.actual) - _columns(e.predicted)) ** 2)


def _absolute(e: Evaluation) -> np.ndarray:
    return _mean_over_targets(np.abs(_columns(e.actual) - _columns(e.predicted)))


def _share_of_variance(e: Evaluation) -> np.ndarray:
    """Squared errors over the variance of the fold; NaN where a target of it is constant."""
    actual = _columns(e.actual)
    variance = actual.var(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = _mean_over_targets((actual - _columns(e.predicted)) ** 2 / variance)
    return found if (variance > 0).all() else np.full(len(e.test), np.nan)


def _columns(values: Any) -> np.ndarray:
    return np.asarray(values, dtype=float).reshape(len(values), -1)


def _mean_over_targets(values: np.ndarray) -> np.ndarray:
    return np.asarray(values.mean(axis=1))


_LOSSES: Mapping[str, Callable[[Evaluation], np.ndarray]] = {
    "accuracy": _zero_one,
    "neg_log_loss": _log_loss,
    "neg_mean_squared_error": _squared,
    "neg_mean_absolute_error": _absolute,
    "r2": _share_of_variance,
}


def is_mean_over_rows(scorer: str) -> bool:
    """Whether a score, by scikit-learn's name, is a mean over rows.

    Examples
    --------
    >>> is_mean_over_rows("accuracy"), is_mean_over_rows("roc_auc")
    (True, False)
    """
    return scorer in _LOSSES
