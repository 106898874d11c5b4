"""Where the default parameters come from: each family's defaults against single changes.

    OMP_NUM_THREADS=1 python benchmarks/defaults.py MLP --jobs 2

Prints the mean score over folds, accuracy or R², a row per data set and a column per change. All
data are generated or bundled, so that anyone can print the table again.
"""

from __future__ import annotations

import argparse

import joblib
import numpy as np
import pandas as pd
from sklearn.datasets import make_classification, make_friedman1
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff import datasets, estimators

CHANGES = {
    "MLP": {
        "default": {},
        "decay 0": {"weight_decay": 0.0},
        "decay 1": {"weight_decay": 1.0},
        "decay 3": {"weight_decay": 3.0},
        "lr 0.001": {"learning_rate_init": 0.001},
        "lr 0.002": {"learning_rate_init": 0.002},
        "constant": {"lr_schedule": "constant"},
        "(100,)": {"hidden_layer_sizes": (100,)},
        "(128, 128)": {"hidden_layer_sizes": (128, 128)},
        "early stop": {"early_stopping": True},
    },
    "CNN": {
        "default": {},
        "no norm": {"norm": None},
        "lr 0.001": {"learning_rate_init": 0.001},
        "decay 1": {"weight_decay": 1.0},
        "one cycle": {"lr_schedule": "one_cycle"},
        "smooth 0": {"label_smoothing": 0.0},
    },
    "GRU": {
        "default": {},
        "decay 0": {"weight_decay": 0.0},
        "decay 1": {"weight_decay": 1.0},
        "lr 0.002": {"learning_rate_init": 0.002},
        "hidden 32": {"hidden_size": 32},
        "layer norm": {"norm": "layer"},
    },
}
TABLES = ["breast_cancer", "wine", "moons", "digits", "diabetes", "classes", "friedman"]
DATA = {
    "MLP": TABLES,
    "CNN": ["digits", "shapes", "frequency", "counting"],
    "GRU": ["digits", "delayed_recall", "adding_problem", "counting"],
}


def load(name: str) -> tuple[np.ndarray, np.ndarray, str, str, tuple[int, ...]]:
    """X, y, task, kind and the shape of a row."""
    if name == "classes":
        X, y = make_classification(2000, 20, n_informative=10, n_classes=4, random_state=0)
        return X, y, "classification", "tabular", (20,)
    if name == "friedman":
        X, y = make_friedman1(1000, noise=1.0, random_state=0)
        return X, y, "regression", "tabular", (10,)
    data = datasets.load(name)
    return data.X, data.y, data.task, data.kind, data.input_shape


def score(family: str, change: str, name: str, n_splits: int) -> float:
    X, y, task, kind, shape = load(name)
    parameters = dict(CHANGES[family][change], random_state=0)
    if family == "GRU" and kind == "image":
        shape = shape[1:]  # rows are the steps
    if family != "MLP" and len(shape) > 1:
        parameters["input_shape"] = shape
    if family == "CNN" and kind == "sequence":
        parameters["convolution"] = "1d"
    classify = task == "classification"
    estimator = getattr(estimators, family + ("Classifier" if classify else "Regressor"))
    folds = (StratifiedKFold if classify else KFold)(n_splits, shuffle=True, random_state=0)
    pipeline = make_pipeline(StandardScaler(), estimator(**parameters))
    return cross_val_score(pipeline, X, y, cv=folds).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("family", choices=CHANGES)
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--folds", type=int, default=5, help="folds (default: %(default)s)")
    options = parser.parse_args()
    cells = [(c, d) for d in DATA[options.family] for c in CHANGES[options.family]]
    scores = joblib.Parallel(options.jobs)(
        joblib.delayed(score)(options.family, change, name, options.folds) for change, name in cells
    )
    table = pd.Series(scores, index=pd.MultiIndex.from_tuples(cells)).unstack(0, sort=False)
    print(table.loc[DATA[options.family], list(CHANGES[options.family])].round(4).to_string())


if __name__ == "__main__":
    main()
