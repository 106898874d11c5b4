"""What a curve says of each model: more data, fewer epochs, a larger model, or that it cannot tell.

Two points of a curve are compared fold by fold, as two models are: the interval is that of the
paired difference, which is narrower than those of two means suggest. One that holds both no change
and a change that would matter is read as "cannot tell".
"""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..findings import Finding
from ..scorers import MARGIN
from ..statistics.estimate import Interval
from ..statistics.pairwise import pairwise
from .curves import fold_sizes
from .scores import interval_of

_ALPHA = 0.05
_EPOCHS = 4  # so that the last quarter has one


def read_rows(curve: pd.DataFrame, margin: float = MARGIN) -> dict[str, list[Finding]]:
    """Say of each model whether more data would help, and whether it overfits.

    Parameters
    ----------
    curve : DataFrame
        A `fold_curve` of a `LearningCurve` over rows.
    margin : float, default=0.01
        Changes of the score of at most this are practically none.

    Returns
    -------
    dict of str to list of Finding
        Two for each model. The first compares the most rows with about half of them: what the last
        doubling brought is the best guess of what the next would. The second compares the
        training score with the test score of the most rows.

    Examples
    --------
    >>> from bakeoff.experiments import LearningCurve, run
    >>> from bakeoff.experiments.reports.curves import fold_curve
    >>> spec = LearningCurve("iris", ["dummy"], train_sizes=[0.5, 1.0])
    >>> for finding in read_rows(fold_curve(list(run(spec)), "train_size"))["dummy"]:
    ...     print(finding)
    More data of this kind would hardly help: from 60 to 120 training rows the test score changes
    by 0 (95% interval 0 to 0), which is practically nothing.
    It scores hardly higher on the rows that it has learned than on new ones (0, 95% interval 0 to
    0). If the score is too low, that is bias: the model is too small, or the columns say too
    little.
    """
    sizes, readings = fold_sizes(curve), {}
    for model, one in curve.groupby("model", sort=False):
        train, test = _train_and_test(one)
        rows = one.groupby("position").n_train.mean()[test.columns]
        trend = _trend(test, rows, sizes, margin)
        readings[str(model)] = [trend, _gap(train, test, sizes, margin)]
    return readings


def read_epochs(curve: pd.DataFrame) -> dict[str, list[Finding]]:
    """Say of each net whether it overfits, and from which epoch.

    The epoch with the lowest loss is partly the luckiest, so the loss would rise after it even on
    a level curve. Hence each fold's rise is taken from the epoch that the other folds of its
    repeat find best. A loss that falls over the last quarter of the epochs is still learning.

    Parameters
    ----------
    curve : DataFrame
        A `fold_epochs`. Epochs that some fold did not reach are left out.

    Returns
    -------
    dict of str to list of Finding
        One for each model.
    """
    sizes, readings = fold_sizes(curve), {}
    for model, one in curve.groupby("model", sort=False):
        train, test = (
            _by_fold(one[one.curve == name], "epoch") for name in ("train_loss", "test_loss")
        )
        readings[str(model)] = [_course(train, test.dropna(axis="columns"), sizes)]
    return readings


def read_parameter(
    curve: pd.DataFrame, parameter: str, margin: float = MARGIN
) -> dict[str, list[Finding]]:
    """Say which values of a parameter underfit and which overfit.

    A value differs from the best where Holm's p-value is below 0.05. It is adjusted for all pairs
    of values, since which is the best is only known afterwards.

    Parameters
    ----------
    curve : DataFrame
        A `fold_curve` of a `ValidationCurve`.
    parameter : str
        What it runs over.
    margin : float, default=0.01
        Differences of the score of at most this are practically none.

    Returns
    -------
    dict of str to list of Finding
        Where no value differs from the best of a model, one that says so. Else the best, whether
        to look beyond it, which values underfit (the training score is lower than that of the
        best, too) and which overfit.
    """
    sizes, readings = fold_sizes(curve), {}
    design = {"n_train": sizes.n_train.mean(), "n_test": sizes.n_test.mean()}
    for model, one in curve.groupby("model", sort=False):
        train, test = _train_and_test(one)
        test = test.dropna()  # a mean over the folds that a value survived would flatter it
        values = one.drop_duplicates("position").set_index("position")[parameter][test.columns]
        pairs = pairwise(test, **design, n_splits=max(sizes.fold.nunique(), 2)).dropna()
        if pairs.empty:
            readings[str(model)] = [Finding("parameter_unknown")]
            continue
        best: Any = test.mean().idxmax()
        others = pairs[pairs.model == best]
        facts = {"parameter": parameter, "best": _text(values[[best]])}
        worse: list[Any] = sorted(others.other[others.p_holm < _ALPHA])
        if not worse:
            kind = "level" if (others.high <= margin).all() else "unclear"
            readings[str(model)] = [Finding(f"parameter_{kind}", facts)]
            continue
        ties = values.drop([best, *worse])
        kind = "best" if len(ties) else "alone"
        found = [Finding(f"parameter_{kind}", {**facts, "ties": _text(ties)})]
        if best in test.columns[[0, -1]] and pd.api.types.is_any_real_numeric_dtype(values):
            found.append(Finding("parameter_edge", facts))
        fits = {v: interval_of((train[v] - train[best]).dropna(), sizes).high >= 0 for v in worse}
        for kind, fit in (("underfit", False), ("overfit", True)):
            where: list[Any] = [v for v in worse if fits[v] == fit]
            if where:
                found.append(Finding(f"parameter_{kind}", {"values": _text(values[where])}))
        readings[str(model)] = found
    return readings


def _train_and_test(one: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of one model's training and test rows by position, where there are test scores."""
    train, test = (_by_fold(one[one.part == part], "position") for part in ("train", "test"))
    return train, test.dropna(axis="columns", how="all")


def _by_fold(points: pd.DataFrame, over: str) -> pd.DataFrame:
    """One row per repeat and fold, one column per point of a curve."""
    return points.pivot(index=["repeat", "fold"], columns=over, values="score")


def _trend(test: pd.DataFrame, rows: pd.Series, sizes: pd.DataFrame, margin: float) -> Finding:
    """Compare the test score of the most rows with that of about half of them."""
    if len(rows) < 2:
        return Finding("rows_unknown")
    last = rows.index[-1]
    before = np.log(rows[:-1] * 2 / rows[last]).abs().idxmin()
    change = interval_of((test[last] - test[before]).dropna(), sizes)
    where = {"before": round(rows[before]), "last": round(rows[last])}
    return _finding(f"rows_{_direction(change, margin)}", change, where)


def _gap(train: pd.DataFrame, test: pd.DataFrame, sizes: pd.DataFrame, margin: float) -> Finding:
    """Compare training and test score of the most rows."""
    if test.empty:
        return Finding("gap_unknown")
    last = test.columns[-1]
    change = interval_of((train[last] - test[last]).dropna(), sizes)
    direction = _direction(change, margin)
    kind = "none" if direction in ("level", "down") else direction
    return _finding(f"gap_{kind}", change)


def _course(train: pd.DataFrame, losses: pd.DataFrame, sizes: pd.DataFrame) -> Finding:
    """Read the losses of a net: ``train`` and ``losses`` have a row a fold, a column an epoch."""
    if losses.shape[1] < _EPOCHS:
        return Finding("epochs_unknown")
    epochs: list[Any] = losses.columns.tolist()
    best: Any = losses.mean().idxmin()
    late, last = epochs[len(epochs) * 3 // 4 - 1], epochs[-1]
    rise, end = interval_of(_rises(losses), sizes), interval_of(losses[last] - losses[late], sizes)
    if _direction(rise, MARGIN) == "up":
        still_fits = train[last].mean() <= train[best].mean()
        kind, change, before = "overfit" if still_fits else "unstable", rise, best
    elif _direction(end, MARGIN) == "down":
        kind, change, before = "learning", end, late
    else:
        change, before = (end, late) if best > late else (rise, best)
        kind = _direction(change, MARGIN)
        kind = kind if kind in ("level", "unknown") else "unclear"
    where = {"best": int(best), "before": int(before), "last": last}
    return _finding(f"epochs_{kind}", change, where)


def _rises(losses: pd.DataFrame) -> pd.Series:
    """What each fold's loss rises by, to the last epoch from that which the others find best."""
    repeats = losses.groupby(level="repeat")
    paired = repeats.transform("size") > 1
    others = (repeats.transform("sum") - losses)[paired].to_numpy()
    own = losses[paired].to_numpy()
    lowest = own[np.arange(len(own)), others.argmin(axis=1)]
    return losses[paired].iloc[:, -1] - lowest


def _direction(change: Interval, margin: float) -> str:
    if math.isnan(change.low):
        return "unknown"
    if -margin <= change.low and change.high <= margin:
        return "level"
    return "up" if change.low > 0 else "down" if change.high < 0 else "unclear"


def _finding(code: str, change: Interval, where: Mapping[str, int] | None = None) -> Finding:
    facts = {"change": change.mean, "low": change.low, "high": change.high}
    return Finding(code, {**facts, **(where or {})})


def _text(values: pd.Series) -> str:
    """Write values as they are typed, in the fewest digits."""
    return ", ".join(f"{v:g}" if isinstance(v, float) else json.dumps(v) for v in values.tolist())
