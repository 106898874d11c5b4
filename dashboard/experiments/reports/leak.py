"""The common leak, made on purpose: a scaler that is fitted before the rows are split.

The test rows then have a say in how the training rows are scaled. What that fakes is the
difference between two comparisons on the same folds, one of them with ``leak=True``.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..evaluation import Evaluation
from .scores import fold_scores, interval_of, summary


def leak_bias(honest: Sequence[Evaluation], leaky: Sequence[Evaluation]) -> pd.DataFrame:
    """Return what each model seems to gain from the leak, fold by fold.

    Parameters
    ----------
    honest, leaky : sequence of Evaluation
        Of two comparisons on the same data and folds.

    Returns
    -------
    DataFrame
        With the columns model, mean, low and high: the leaky score minus the honest one, paired
        by fold, and its corrected 95% interval, in the order of the honest `summary`. Above 0,
        the leak flatters. Models that both have no score for are left out.

    Raises
    ------
    ValueError
        When a fold of one has other test rows than in the other.

    References
    ----------
    Kaufman, S. et al. (2012). Leakage in data mining: formulation, detection, and avoidance. ACM
    TKDD 6(4), 15. Kapoor, S. and Narayanan, A. (2023). Leakage and the reproducibility crisis in
    machine-learning-based science. Patterns 4(9), 100804.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from bakeoff.experiments import Comparison, run
    >>> spec = Comparison("diabetes", ["svm_rbf"], n_splits=3, normalisation="minmax")
    >>> leaky = replace(spec, leak=True)
    >>> leak_bias(list(run(spec)), list(run(leaky))).round(3)
         model   mean    low   high
    0  svm_rbf  0.001 -0.008  0.011
    """
    _check_folds(honest, leaky)
    names = ["model", "repeat", "fold"]
    frame = fold_scores(honest).merge(fold_scores(leaky)[[*names, "score"]], on=names)
    gaps = (frame.score_y - frame.score_x).groupby(frame.model)
    rows = [
        (model, *interval_of(gaps.get_group(model).dropna(), frame))
        for model in summary(honest).model
        if model in gaps.groups
    ]
    table = pd.DataFrame(rows, columns=["model", "mean", "low", "high"])
    return table.dropna(subset="mean", ignore_index=True)


def _check_folds(honest: Sequence[Evaluation], leaky: Sequence[Evaluation]) -> None:
    rows = {(e.repeat, e.fold): e.test for e in honest if e.inner is None}
    for e in leaky:
        if e.inner is None and not np.array_equal(rows.get((e.repeat, e.fold), e.test), e.test):
            raise ValueError(
                f"the folds must be the same, however repeat {e.repeat}, fold {e.fold} has other "
                "test rows"
            )
