"""What models differ by: as learners, on another sample of this size, or as they were fitted.

The two are different questions. A learner is better if it would win again with other rows to learn
from; fitted models differ if one is better on all rows like these, whoever would win with others.
All that is said of a comparison without further words is about learners.

How the error of a learner's difference is found depends on what was run: by `nested_error` where
each pair of folds was left out and the score is a mean over rows, else by `corrected_estimate`.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from ..evaluation import Evaluation
from ..statistics.corrected import corrected_estimate
from ..statistics.estimate import Estimate, Interval
from ..statistics.fitted import confidence_set, fitted_estimate
from ..statistics.nested import NESTED_DF, nested_error
from ..statistics.pairwise import every_pair, tie_groups
from .row_losses import RowLosses, row_losses
from .scores import design_of, fold_scores, summary

Method = Literal["nested", "corrected"]


class Differences:
    """The differences between the models of a comparison, as learners.

    Parameters
    ----------
    evaluations : sequence of Evaluation

    Attributes
    ----------
    models : list of str
        Those that have a score, the highest mean first.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> found = Differences(list(run(Comparison("iris", ["svm_rbf", "dummy"]))))
    >>> round(found.estimate("svm_rbf", "dummy").mean, 3), found.method("svm_rbf", "dummy")
    (0.62, 'corrected')
    """

    def __init__(self, evaluations: Sequence[Evaluation]) -> None:
        self._frame = fold_scores(evaluations)
        folds = ["repeat", "fold"]
        self._scores = self._frame.pivot(index=folds, columns="model", values="score")
        means = self._scores.mean().dropna().sort_values(ascending=False, kind="stable")
        self.models: list[str] = list(means.index)
        has_pairs = any(e.of_pair for e in evaluations)
        self._rows = row_losses(evaluations) if has_pairs else None

    def method(self, model: str, other: str) -> Method:
        """Return how the error of a difference is found: all that it takes is there, or not."""
        rows = self._rows
        if rows is None or not {model, other} <= rows.losses.keys():
            return "corrected"
        is_whole = len(rows.folds) == self._frame.repeat.nunique()
        has_pairs = rows.of_pairs(model) and rows.of_pairs(other)
        return "nested" if is_whole and has_pairs and _has_spread(rows) else "corrected"

    def estimate(self, model: str, other: str) -> Estimate:
        """Return by how much ``model`` is better, over the folds that both have a score for."""
        values = (self._scores[model] - self._scores[other]).dropna()
        if self.method(model, other) == "nested":
            assert self._rows is not None, "there are losses by row"
            gaps = self._rows.losses[other] - self._rows.losses[model]
            error = nested_error(gaps, self._rows.folds)
            return Estimate(float(values.mean()), error, NESTED_DF)
        if values.empty:
            return Estimate(float("nan"), float("nan"), float("nan"))
        return corrected_estimate(values, **design_of(self._frame))


def difference(evaluations: Sequence[Evaluation], model: str, other: str) -> Interval:
    """Return the mean of ``model`` minus ``other`` over the folds both have a score for."""
    return Differences(evaluations).estimate(model, other).interval()


def differences(evaluations: Sequence[Evaluation], reference: str) -> pd.DataFrame:
    """Return what each other model scores above ``reference``, fold by fold.

    Returns
    -------
    DataFrame
        With the columns model, mean, low and high: the paired difference and its 95% interval,
        in the order of `summary`. Negative means worse than ``reference``.
    """
    found = Differences(evaluations)
    others = [model for model in summary(evaluations).model if model != reference]
    rows = [(model, *found.estimate(model, reference).interval()) for model in others]
    return pd.DataFrame(rows, columns=["model", "mean", "low", "high"])


def pairs(evaluations: Sequence[Evaluation], rope: float = 0.01) -> pd.DataFrame:
    """Ask of every pair of models: will the one win on another sample of this size?

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    rope : float, default=0.01
        Differences of at most this are practically none.

    Returns
    -------
    DataFrame
        One row per pair of models that have a score, over the folds that both have one for, as
        from `pairwise.pairwise`, with Holm's p-values. The column method says how the error was
        found: "nested" where the comparison had ``fold_pairs`` and its score is a mean over rows,
        else "corrected".

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> pairs(evaluations)[["model", "other", "difference", "better"]].round(3)
            model  other  difference  better
    0  svm_linear  dummy       0.633     1.0
    """
    found = Differences(evaluations)
    table = every_pair(found.models, found.estimate, rope)
    names = zip(table.model, table.other, strict=True)
    return table.assign(method=[found.method(*pair) for pair in names])


def fitted_pairs(evaluations: Sequence[Evaluation], rope: float = 0.01) -> pd.DataFrame:
    """Ask of every pair of models: do these fitted models differ, on rows like these?

    It takes no further fits, and says nothing of the learners: models of equal learners that
    follow their rows closely do differ, and the next sample may turn them round.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    rope : float, default=0.01
        Differences of at most this are practically none.

    Returns
    -------
    DataFrame
        As from `pairs`, without the column method, by `fitted_estimate`. Empty where the score is
        no mean over rows. Models that failed on a fold are left out.

    References
    ----------
    Bayle, P., Bayle, A., Janson, L. and Mackey, L. (2020). Cross-validation confidence intervals
    for test error. NeurIPS 33.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> fitted_pairs(evaluations)[["model", "other", "low", "high"]].round(3)
            model  other    low  high
    0  svm_linear  dummy  0.556  0.71
    """
    rows = row_losses(evaluations)
    models = [] if rows is None else [m for m in summary(evaluations).model if m in rows.losses]

    def estimate(model: str, other: str) -> Estimate:
        assert rows is not None, "there are models"
        return fitted_estimate(rows.own(other) - rows.own(model))

    return every_pair(models, estimate, rope)


def best_fitted(evaluations: Sequence[Evaluation], confidence: float = 0.95) -> list[str]:
    """Return the models among which the best of these fitted ones is, with this confidence.

    As `fitted_pairs`, it is about rows like these, and not about learners.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    confidence : float, default=0.95
        Between 0 and 1.

    Returns
    -------
    list of str
        As from `confidence_set`, the highest mean score first. Empty where the score is no mean
        over rows.

    References
    ----------
    Lei, J. (2020). Cross-validation with confidence. Journal of the American Statistical
    Association 115 (532), 1978-1997.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "svm_rbf", "dummy"])))
    >>> best_fitted(evaluations)
    ['svm_linear', 'svm_rbf']
    """
    rows = row_losses(evaluations)
    if rows is None:
        return []
    models = [model for model in summary(evaluations).model if model in rows.losses]
    losses = np.stack([rows.own(model) for model in models], axis=2)
    return [models[number] for number in confidence_set(losses, rows.folds, confidence)]


def ties(evaluations: Sequence[Evaluation], alpha: float = 0.05) -> list[tuple[str, ...]]:
    """Group the models that this comparison cannot tell apart as learners.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    alpha : float, default=0.05
        Two models differ where Holm's p-value of their pair is below.

    Returns
    -------
    list of tuple of str
        As from `pairwise.tie_groups`, best first. Models without a score are in none.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_linear", "dummy"])))
    >>> ties(evaluations)
    [('svm_linear',), ('dummy',)]
    """
    found = pairs(evaluations)
    differ = found[found.p_holm < alpha]
    order = summary(evaluations).dropna(subset="mean").model
    return tie_groups(list(order), set(zip(differ.model, differ.other, strict=True)))


def _has_spread(rows: RowLosses) -> bool:
    """Whether each fold has the two rows, or groups, that a variance takes."""
    n_folds = int(rows.folds.max()) + 1
    fewest = min(np.bincount(fold, minlength=n_folds).min() for fold in rows.folds)
    return n_folds > 2 and fewest > 1
