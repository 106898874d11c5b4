"""Several models at once: every pair tested, corrected for how many there are, and tie groups."""

from collections.abc import Callable, Collection, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .corrected import corrected_estimate
from .estimate import Estimate


def holm(p_values: ArrayLike) -> np.ndarray:
    """Adjust p-values for how many there are, by Holm's step-down method.

    Those that are below 0.05 afterwards include a false one in at most 5% of all experiments,
    however the tests depend on each other.

    Parameters
    ----------
    p_values : array-like of shape (n_tests,)
        NaN stands for a test that could not be made, and does not count.

    Returns
    -------
    ndarray of shape (n_tests,)
        Adjusted p-values in the same order, at most 1; NaN where there was NaN.

    Raises
    ------
    ValueError
        If the shape is another, or a p-value is not between 0 and 1.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal
    of Statistics 6, 65-70.

    Examples
    --------
    The smallest of three counts three times, the next twice, the largest once.

    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p_values, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError(f"p_values must have shape (n_tests,), however: {values.shape}")
    wrong = values[(values < 0) | (values > 1)]
    if wrong.size:
        raise ValueError(f"p_values must lie between 0 and 1, however: {wrong[0]}")
    made = np.flatnonzero(~np.isnan(values))
    rising = made[np.argsort(values[made], kind="stable")]
    adjusted = np.full(len(values), np.nan)
    steps = values[rising] * np.arange(len(rising), 0, -1)
    adjusted[rising] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def tie_groups(order: Sequence[str], differs: Collection[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Group the models that no test tells apart, as in a compact letter display.

    A group is a largest possible set of models without a pair that differs. All such sets are
    returned, so that two models share a group exactly where they do not differ. A model may be in
    several: being tied is not transitive. Nor need a group be a run of ``order``: a steady model
    may differ from the best where an erratic one in between does not.

    Parameters
    ----------
    order : sequence of str
        Models, best first.
    differs : collection of (str, str)
        Pairs that differ, in either order.

    Returns
    -------
    list of tuple of str
        Each group best first; groups in the order of their best models. Their number can grow
        exponentially with that of the models, and is at most that of the models where each group
        is a run.

    Raises
    ------
    ValueError
        If a model occurs twice, a pair names one that is not in ``order``, or one differs from
        itself.

    References
    ----------
    Piepho, H.-P. (2004). An algorithm for a letter-based representation of all-pairwise
    comparisons. Journal of Computational and Graphical Statistics 13, 456-466: insert and absorb.

    Examples
    --------
    The first and the last differ, and the one in between from neither:

    >>> tie_groups(["mlp", "svm", "dummy"], {("mlp", "dummy")})
    [('mlp', 'svm'), ('svm', 'dummy')]
    """
    place = {model: rank for rank, model in enumerate(order)}
    if len(place) < len(order):
        raise ValueError(f"order must name each model once, however: {list(order)}")
    groups = {frozenset(order)} if order else set()
    for one, other in differs:
        if one == other or not {one, other} <= place.keys():
            raise ValueError(
                f"differs must hold pairs of two models in order, however: {(one, other)}"
            )
        split = {group for group in groups if {one, other} <= group}
        halves = {group - {model} for group in split for model in (one, other)}
        groups = (groups - split) | halves
        groups = {group for group in groups if not any(group < larger for larger in groups)}
    ranked = sorted(sorted(place[model] for model in group) for group in groups)
    return [tuple(order[rank] for rank in group) for group in ranked]


def pairwise(
    scores: pd.DataFrame,
    n_train: float,
    n_test: float,
    rope: float = 0.01,
    *,
    n_splits: int | None = None,
) -> pd.DataFrame:
    """Compare every pair of models over the folds that both have a score for.

    Parameters
    ----------
    scores : DataFrame of shape (J, n_models)
        One row per repeat and fold, one column per model, higher is better; NaN where a model
        failed.
    n_train, n_test, n_splits
        As in `corrected_interval`.
    rope : float, default=0.01
        Half the width of the region of practical equivalence, as in `correlated_t_test`.

    Returns
    -------
    DataFrame
        One row per unordered pair, with the columns model and other (of the two, ``model`` has
        the higher mean over their folds), difference, low, high (the corrected 95% interval),
        p_value, p_holm (adjusted for all pairs here), better, same, worse (probabilities, of
        ``model``). Pairs are in the order of their models' means, best first. NaN where a pair
        has too few folds in common.

    Examples
    --------
    >>> scores = pd.DataFrame({"dummy": [0.5, 0.5, 0.5], "mlp": [0.8, 0.9, 0.8]})
    >>> table = pairwise(scores, n_train=80, n_test=40)
    >>> table[["model", "other", "difference", "p_holm"]].round(3)
      model  other  difference  p_holm
    0   mlp  dummy       0.333   0.024
    """

    def estimate(model: str, other: str) -> Estimate:
        values = (scores[model] - scores[other]).dropna()
        return corrected_estimate(values, n_train, n_test, n_splits=n_splits)

    return every_pair(
        list(scores.mean().sort_values(ascending=False, kind="stable").index), estimate, rope
    )


def every_pair(
    order: Sequence[str], estimate: Callable[[str, str], Estimate], rope: float = 0.01
) -> pd.DataFrame:
    """Compare every pair of models by an estimate of their difference.

    Parameters
    ----------
    order : sequence of str
        Models, best first.
    estimate : callable
        Of two models, how much better the first is. Where that is negative, they change places:
        over the folds in common, the order of two may be another than over all.
    rope : float, default=0.01
        As in `correlated_t_test`.

    Returns
    -------
    DataFrame
        As from `pairwise`.

    Examples
    --------
    >>> found = every_pair(["mlp", "dummy"], lambda model, other: Estimate(0.3, 0.1, df=20))
    >>> found[["model", "other", "difference", "p_holm"]].round(3)
      model  other  difference  p_holm
    0   mlp  dummy         0.3   0.007
    """
    rows = []
    for pair in combinations(order, 2):
        found = estimate(*pair)
        model, other = pair[::-1] if found.mean < 0 else pair
        found = found.reversed() if found.mean < 0 else found
        likely = found.posterior(rope)
        shares = (likely.better, likely.same, likely.worse)
        rows.append((model, other, *found.interval(), found.p_value, *shares))
    columns = ["model", "other", "difference", "low", "high", "p_value", "better", "same", "worse"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(columns.index("p_value") + 1, "p_holm", holm(table.p_value))
    return table
