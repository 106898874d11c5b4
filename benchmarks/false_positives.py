"""How often models that are equal by construction are called different, and unequal ones are.

    OMP_NUM_THREADS=1 python benchmarks/false_positives.py --runs 300 --jobs 2 --save found.csv

Each run draws a new data set, whose features are independent and alike. One model sees the first
half of them, the other the second half. Both halves do alike to the target, so that neither model
is better on average; with ``--shift 0.2``, each feature of the first half does 1.2 and each of the
second 0.8, and the first model is better. The randomised tree sees all features, with one seed or
another, so it has no such alternative.

Prints for every learner and design the share of runs in which a difference is found at 95%, with
the exact 95% interval of the share, and for every design its worst case:

- "corrected 5x2": by `corrected_estimate`, 5 folds and 2 repeats, with one degree of freedom less
  than there are folds;
- "nested 5x5": by `nested_error`, for the same question: is one learner better than the other?
- "fitted 5x1", "set 5x1": by `fitted_estimate` and by `confidence_set` (leaves one of the two out),
  whose question is another: on models that are equal as learners they may differ often.

With ``--save``, mean, standard error and degrees of freedom of each run are written to a file, and
runs that it holds already are not done again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from scipy.stats import binomtest, t
from sklearn.base import is_classifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge, RidgeClassifier
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier

from bakeoff.estimators import MLPClassifier
from bakeoff.experiments.statistics.corrected import corrected_estimate
from bakeoff.experiments.statistics.fitted import confidence_set, fitted_estimate
from bakeoff.experiments.statistics.nested import NESTED_DF, nested_error

HALF = 5  # features that each model sees
LEARNERS: dict[str, Any] = {
    "ridge classifier": RidgeClassifier(),
    "ridge": Ridge(),
    "tree": DecisionTreeClassifier(max_depth=4, random_state=0),
    "stump": DecisionTreeClassifier(max_depth=1, random_state=0),
    "kNN": KNeighborsClassifier(),
    "randomised tree": ExtraTreeClassifier(max_features=1),
    "regression tree": DecisionTreeRegressor(max_depth=4, random_state=0),
    "SVM RBF": SVC(),
    "SVM linear": SVC(kernel="linear"),
    "logistic": LogisticRegression(),
    "MLP": MLPClassifier(hidden_layer_sizes=(16,), max_iter=30, random_state=0),
    "forest": RandomForestClassifier(10, random_state=0),
}
SLOW = {"MLP", "forest"}  # no ten folds for these,
TEN = 100  # and for the others only in so many runs: enough to tell .15 from .05


def data(learner: str, n_rows: int, shift: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw a data set; the target is a number or, for a classifier, its sign."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, 2 * HALF))
    weights = np.repeat([1 + shift, 1 - shift], HALF)
    y = X @ weights / np.sqrt(2 * HALF) + 0.5 * rng.normal(size=n_rows)
    return X, (y > 0).astype(int) if is_classifier(LEARNERS[learner]) else y


def opponents(learner: str, X: np.ndarray, seed: int) -> list[tuple[Any, np.ndarray]]:
    """Return the two models, each with the features that it sees."""
    model = LEARNERS[learner]
    if learner == "randomised tree":
        seeds = np.random.default_rng(seed).integers(2**31, size=2)
        return [(ExtraTreeClassifier(max_features=1, random_state=int(s)), X) for s in seeds]
    return [(model, X[:, :HALF]), (model, X[:, HALF:])]


def losses(
    pair: list[tuple[Any, np.ndarray]], y: np.ndarray, train: np.ndarray, test: np.ndarray
) -> np.ndarray:
    """Losses by row of both models, of shape (n_test, 2): 0 or 1, or squared errors as in R²."""
    said = np.column_stack([one.fit(Z[train], y[train]).predict(Z[test]) for one, Z in pair])
    actual = y[test][:, None]
    if is_classifier(pair[0][0]):
        return (said != actual).astype(float)
    return (said - actual) ** 2


class Validation:
    """Both models, cross-validated on one data set.

    Attributes
    ----------
    folds : ndarray of int, of shape (n_repeats, n_rows)
    losses : ndarray of shape (n_repeats, n_rows, n_folds, 2)
        As in `nested_error`; NaN for pairs of folds that were not asked for.
    """

    def __init__(
        self,
        pair: list[tuple[Any, np.ndarray]],
        y: np.ndarray,
        n_folds: int,
        n_repeats: int,
        n_nested: int,
        seed: int,
    ) -> None:
        kind = RepeatedStratifiedKFold if is_classifier(pair[0][0]) else RepeatedKFold
        splits = kind(n_splits=n_folds, n_repeats=n_repeats, random_state=seed).split(y, y)
        self.folds = np.empty((n_repeats, len(y)), dtype=int)
        for number, (_, test) in enumerate(splits):
            self.folds[number // n_folds, test] = number % n_folds
        self.losses = np.full((n_repeats, len(y), n_folds, 2), np.nan)
        for repeat, fold in enumerate(self.folds):
            for k in range(n_folds):
                last = n_folds if repeat < n_nested else k + 1
                for other in range(k, last):  # k itself is the ordinary model
                    test = np.flatnonzero((fold == k) | (fold == other))
                    train = np.flatnonzero((fold != k) & (fold != other))
                    column = np.where(fold[test] == k, other, k)
                    self.losses[repeat, test, column] = losses(pair, y, train, test)
        if not is_classifier(pair[0][0]):  # in units of the variance of the row's fold: 1 - R²
            for repeat, fold in enumerate(self.folds):
                spread = np.array([np.var(y[fold == k]) for k in range(n_folds)])
                self.losses[repeat] /= spread[fold][:, None, None]

    @property
    def own(self) -> np.ndarray:
        """Losses of the ordinary models, of shape (n_repeats, n_rows, 2)."""
        return np.take_along_axis(self.losses, self.folds[:, :, None, None], axis=2)[:, :, 0]

    def scores(self, n_repeats: int) -> np.ndarray:
        """Differences of the two, fold by fold."""
        gaps = self.own[..., 1] - self.own[..., 0]
        n_folds = self.losses.shape[2]
        return np.array(
            [gap[fold == k].mean() for gap, fold in zip(gaps, self.folds, strict=True)
             for k in range(n_folds)]
        )[: n_repeats * n_folds]  # fmt: skip


def one_run(learner: str, n_rows: int, shift: float, seed: int) -> list[dict[str, Any]]:
    """Return what each design finds on a new data set: mean, error and degrees of freedom."""
    X, y = data(learner, n_rows, shift, seed)
    pair, found = opponents(learner, X, seed), []

    def note(design: str, mean: float, error: float, df: float) -> None:
        labels = {"learner": learner, "rows": n_rows, "shift": shift, "seed": seed}
        found.append({**labels, "design": design, "mean": mean, "error": error, "df": df})

    five = Validation(pair, y, 5, 5 if learner in SLOW else 10, 5, seed)
    gaps = five.losses[..., 1] - five.losses[..., 0]
    for n in [1, 2, 5, 10][: 3 if learner in SLOW else 4]:
        note(f"corrected 5x{n}", *corrected_estimate(five.scores(n), 4, 1, n_splits=5))
    for n in (1, 2, 3, 5):
        error = nested_error(gaps[:n], five.folds[:n])
        note(f"nested 5x{n}", five.scores(n).mean(), error, NESTED_DF)
    for n in (1, 5):
        own = five.own[:n]
        note(f"fitted 5x{n}", *fitted_estimate(own[..., 1] - own[..., 0]))
        alone = len(confidence_set(own, five.folds[:n], random_state=seed)) == 1
        note(f"set 5x{n}", float(alone), 0.0, np.inf)
    if learner not in SLOW and seed < TEN:
        ten = Validation(pair, y, 10, 10, 0, seed)
        for n in (1, 10):
            note(f"corrected 10x{n}", *corrected_estimate(ten.scores(n), 9, 1, n_splits=10))
    return found


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the share of runs in which each design finds a difference."""
    critical = t.ppf(0.975, runs.df)
    keys = ["learner", "rows", "shift", "design"]
    told = runs["mean"].abs() > critical * runs["error"]
    counts = told.groupby([runs[key] for key in keys], sort=False).agg(["sum", "size"])
    ends = [binomtest(int(k), int(n)).proportion_ci() for k, n in counts.itertuples(index=False)]
    shares = (counts["sum"] / counts["size"]).rename("found")
    return (
        shares.to_frame()
        .assign(low=[end.low for end in ends], high=[end.high for end in ends], runs=counts["size"])
        .reset_index()
    )


def by_design(cells: pd.DataFrame) -> pd.DataFrame:
    """Return, for every design, the mean over the cases and the worst of them: see `designs`."""
    worst = cells.loc[cells.groupby(["shift", "design"])["found"].idxmax()]
    means = cells.groupby(["shift", "design"])["found"].mean().rename("mean")
    columns = ["shift", "design", "learner", "rows", "found", "low", "high", "runs"]
    return worst[columns].rename(columns={"found": "worst"}).merge(means, on=["shift", "design"])


def new_runs(options: argparse.Namespace, done: pd.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """Do the runs that are not done yet, fifty at a time for each learner and size."""
    cells = [(one, n) for one in options.learners for n in options.rows]
    known = set(zip(done.learner, done.rows, done["shift"], done.seed, strict=True))
    started = time.monotonic()
    for first in range(0, options.runs, 50):
        for learner, n_rows in cells:
            seeds = [
                seed
                for seed in range(first, min(first + 50, options.runs))
                if (learner, n_rows, options.shift, seed) not in known
            ]
            yield from joblib.Parallel(options.jobs, return_as="generator")(
                joblib.delayed(one_run)(learner, n_rows, options.shift, seed) for seed in seeds
            )
            minutes = (time.monotonic() - started) / 60
            print(f"{minutes:.0f} min: {learner}, {n_rows} rows, {first + 50} runs",
                  file=sys.stderr, flush=True)  # fmt: skip
            if minutes > options.minutes:
                return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=300, help="data sets (default: %(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=[60, 400], help="rows of a data set")
    parser.add_argument("--shift", type=float, default=0.0, help="how unequal the two models are")
    parser.add_argument("--learners", nargs="+", choices=LEARNERS, default=list(LEARNERS))
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--save", type=Path, help="file of the runs, which are added to it")
    options = parser.parse_args()
    columns = ["learner", "rows", "shift", "seed", "design", "mean", "error", "df"]
    there = options.save is not None and options.save.exists()
    done = pd.read_csv(options.save) if there else pd.DataFrame(columns=columns)
    for found in new_runs(options, done):
        new = pd.DataFrame(found)[columns]
        done = new if done.empty else pd.concat([done, new], ignore_index=True)
        if options.save is not None:
            new.to_csv(options.save, mode="a", header=not options.save.exists(), index=False)
    cells = table(done)
    print(
        cells.round(3).to_string(index=False),
        by_design(cells).round(3).to_string(index=False),
        sep="\n\n",
    )


if __name__ == "__main__":
    main()
