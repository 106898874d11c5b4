"""A grid search over nets, recorded, against the same search by others, as ratios.

    python benchmarks/search.py              # all works, some ten minutes on a quiet machine
    python benchmarks/search.py digits       # one

Each work is a grid of 8 candidates (two rates, two decays, two seeds) in 5 folds: 40 fits of an MLP
with 100 hidden units for 20 epochs, solver Adam, in float32, on two workers. Rivals get the same
rows, batches, epochs and rates; "raw skorch" is its NeuralNetClassifier on a textbook module.
Rounds are interleaved, and a number is the median over rounds of rival's seconds / ours. Workers of
joblib are warm: each search runs once before it counts. `record` starts its own with each block, so
its start is measured apart, with a fit that does next to nothing, and taken off.

A ratio below its target is followed by "missed"; the exit status counts these.
"""

from __future__ import annotations

import os

# Before anything that reads them is imported; workers inherit them.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from sklearn.datasets import load_breast_cancer, load_digits, make_classification
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neural_network import MLPClassifier as SklearnMLP
from sklearn.preprocessing import StandardScaler
from skorch import NeuralNetClassifier
from torch import nn

from bakeoff.estimators import MLPClassifier
from bakeoff.recording import Store, record

EPOCHS, HIDDEN, JOBS = 20, 100, 2
RATES, DECAYS, SEEDS = [1e-3, 3e-3], [0.0, 1e-4], [0, 1]
TARGETS = {"raw skorch": 15.0, "scikit-learn": 5.0, "our stock search": 3.0, "one by one": 1.0}


class Module(nn.Module):
    """What a textbook writes."""

    def __init__(self, n_features: int = 1, n_classes: int = 2):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(n_features, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, n_classes)
        )

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.layers(X)


def table(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name == "digits":
        X, y = load_digits(return_X_y=True)
    elif name == "breast cancer":
        X, y = load_breast_cancer(return_X_y=True)
    else:
        X, y = make_classification(6000, 30, n_informative=10, random_state=0)
    return StandardScaler().fit_transform(X).astype("float32"), y.astype("int64")


def searches(X: np.ndarray, y: np.ndarray, size: int) -> dict[str, Callable[[], float]]:
    """Each returns its best score."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)

    def search(estimator: Any, grid: dict, n_jobs: int | None = JOBS) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = GridSearchCV(estimator, grid, cv=folds, n_jobs=n_jobs, refit=False)
            return float(found.fit(X, y).best_score_)

    ours = MLPClassifier(
        (HIDDEN,), solver="adam", batch_size=size, max_iter=EPOCHS, lr_schedule="constant",
        tol=0.0, n_iter_no_change=EPOCHS,
    )  # fmt: skip
    grid = {"learning_rate_init": RATES, "weight_decay": DECAYS, "random_state": SEEDS}
    theirs = SklearnMLP(
        (HIDDEN,), batch_size=size, max_iter=EPOCHS, tol=0.0, n_iter_no_change=EPOCHS
    )
    raw = NeuralNetClassifier(
        Module, module__n_features=X.shape[1], module__n_classes=len(np.unique(y)),
        criterion=nn.CrossEntropyLoss, optimizer=torch.optim.Adam, batch_size=size,
        max_epochs=EPOCHS, train_split=None, verbose=0, iterator_train__shuffle=True,
    )  # fmt: skip

    def recorded(estimator: Any, grid: dict, batch: bool = True) -> float:
        with (
            tempfile.TemporaryDirectory() as folder,
            Store(f"{folder}/runs.sqlite") as store,
            record("speed", n_jobs=JOBS, store=store, progress=False, batch=batch),
        ):
            return search(estimator, grid, None)

    return {
        "recorded": lambda: recorded(ours, grid),
        "start": lambda: recorded(DummyClassifier(), {"strategy": ["prior"] * 2}),
        "one by one": lambda: recorded(ours, grid, batch=False),
        "our stock search": lambda: search(ours, grid),
        "scikit-learn": lambda: search(
            theirs, {"learning_rate_init": RATES, "alpha": DECAYS, "random_state": SEEDS}
        ),
        "raw skorch": lambda: search(
            raw, {"lr": RATES, "optimizer__weight_decay": DECAYS, "callbacks": [None, []]}
        ),
    }


def measure(name: str, size: int, rounds: int) -> int:
    """Print the ratios of one work, and return how many targets were missed."""
    runs = searches(*table(name), size)
    seconds: dict[str, list[float]] = {run: [] for run in runs}
    scores = {}
    for i in range(rounds + 1):
        for run, start in runs.items():
            began = time.perf_counter()
            scores[run] = start()
            if i:
                seconds[run].append(time.perf_counter() - began)
    began = statistics.median(seconds.pop("start"))
    own = [max(1e-3, each - began) for each in seconds.pop("recorded")]
    seconds["one by one"] = [each - began for each in seconds["one by one"]]
    print(f"{name}, batches of {size}: {statistics.median(own):.2f} s after {began:.2f} s of start")
    n_missed = 0
    for rival, theirs in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(theirs, own, strict=True))
        missed = ratio < TARGETS[rival]
        n_missed += missed
        print(
            f"  {rival:18} {ratio:5.1f} times as long, target {TARGETS[rival]:g}"
            f"{' missed' * missed}   best score {scores[rival]:.3f}, ours {scores['recorded']:.3f}"
        )
    return n_missed


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    works = ["digits", "breast cancer", "6000 x 30"]
    parser.add_argument("works", nargs="*", choices=[*works, []], default=[])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[32, 128])
    chosen = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, torch {torch.__version__}")
    return sum(
        measure(name, size, chosen.rounds)
        for name in chosen.works or works
        for size in chosen.sizes
    )


if __name__ == "__main__":
    sys.exit(main())
