"""How often models that are equal by construction are called different.

    OMP_NUM_THREADS=1 python benchmarks/false_positives.py --runs 1000 --jobs 2

Each run draws a new data set, whose features are independent, alike, and alike in what they do to
the target. One model sees the first half of them, the other the second half, so that neither is
better on average. The randomised tree sees all of them, with one seed or another.

Prints the share of runs in which a difference is found: by the corrected 95 % interval with one
degree of freedom less than there are scores ("corrected") and than there are folds ("capped", with
the exact 95 % interval of its own rate), by a posterior probability above .95 of being better or
worse by more than .01 ("bayes", capped too), and by Student's paired t-test ("naive"). At most .05
is right for all but "bayes", which promises no such rate.
"""

from __future__ import annotations

import argparse
import sys

import joblib
import numpy as np
import pandas as pd
from scipy.stats import binomtest
from sklearn.linear_model import Ridge, RidgeClassifier
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier, ExtraTreeClassifier

from bakeoff.experiments.statistics.corrected import (
    corrected_interval,
    corrected_p_value,
    correlated_t_test,
)

HALF = 5  # features that each model sees
DESIGNS = [(5, 1), (5, 2), (5, 10), (10, 1), (10, 10)]  # folds, repeats
LEARNERS = {
    "tree": DecisionTreeClassifier(max_depth=4),
    "stump": DecisionTreeClassifier(max_depth=1),
    "randomised tree": ExtraTreeClassifier(max_features=1),
    "kNN": KNeighborsClassifier(),
    "ridge classifier": RidgeClassifier(),
    "ridge": Ridge(),
}


def differences(learner: str, n_rows: int, seed: int) -> dict[int, np.ndarray]:
    """Scores of one model less those of its equal, by number of folds, on a new data set."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, 2 * HALF))
    y = X.sum(axis=1) / np.sqrt(2 * HALF) + 0.5 * rng.normal(size=n_rows)
    splitter = RepeatedKFold
    if learner != "ridge":
        y, splitter = (y > 0).astype(int), RepeatedStratifiedKFold
    model = LEARNERS[learner]
    pair = [(model, X[:, :HALF]), (model, X[:, HALF:])]
    if learner == "randomised tree":
        seeds = rng.integers(2**31, size=2)
        pair = [(ExtraTreeClassifier(max_features=1, random_state=int(s)), X) for s in seeds]
    found = {}
    for n_splits in {folds for folds, _ in DESIGNS}:
        n_repeats = max(repeats for folds, repeats in DESIGNS if folds == n_splits)
        folds = splitter(n_splits=n_splits, n_repeats=n_repeats, random_state=seed)
        scores = [
            [one.fit(Z[train], y[train]).score(Z[test], y[test]) for one, Z in pair]
            for train, test in folds.split(X, y)
        ]
        found[n_splits] = -np.diff(scores)[:, 0]
    return found


def rates(samples: list[np.ndarray], n_splits: int) -> dict[str, float]:
    """Shares of the runs in which each test finds a difference."""
    sizes = {"n_train": n_splits - 1, "n_test": 1}
    corrected = [corrected_interval(d, **sizes).excludes_zero for d in samples]
    capped = [corrected_interval(d, **sizes, n_splits=n_splits).excludes_zero for d in samples]
    posteriors = [correlated_t_test(d, **sizes, n_splits=n_splits) for d in samples]
    low, high = binomtest(sum(capped), len(capped)).proportion_ci()
    return {
        "corrected": float(np.mean(corrected)),
        "capped": float(np.mean(capped)),
        "low": low,
        "high": high,
        "bayes": float(np.mean([max(p.worse, p.better) > 0.95 for p in posteriors])),
        # Without overlap, as with infinitely many training rows, it is the naive test.
        "naive": float(np.mean([corrected_p_value(d, np.inf, 1) < 0.05 for d in samples])),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000, help="data sets (default: %(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=[60, 400], help="rows of a data set")
    parser.add_argument("--learners", nargs="+", choices=LEARNERS, default=list(LEARNERS))
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: %(default)s)")
    options = parser.parse_args()
    table = []
    for learner, n_rows in [(one, n) for one in options.learners for n in options.rows]:
        runs = joblib.Parallel(options.jobs)(
            joblib.delayed(differences)(learner, n_rows, seed) for seed in range(options.runs)
        )
        for n_splits, repeats in DESIGNS:
            samples = [run[n_splits][: n_splits * repeats] for run in runs]
            design = {"learner": learner, "rows": n_rows, "design": f"{n_splits}x{repeats}"}
            table.append(design | rates(samples, n_splits))
        print(f"{learner}, {n_rows} rows: done", file=sys.stderr, flush=True)
    print(pd.DataFrame(table).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
