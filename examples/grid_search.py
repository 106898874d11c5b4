"""Grid search over MLP, CNN, GRU and a kernel SVM on the digits, all on the same folds.

    python examples/grid_search.py --jobs 2

Scaling is a step of the pipeline, so each fold is scaled by its own training rows.
"""

from __future__ import annotations

import argparse
import time

import joblib
import pandas as pd
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from bakeoff import datasets
from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier

digits = datasets.load("digits")
_, height, width = digits.input_shape

# One entry a model: the estimator, and the values to try.
SEARCHES = {
    "MLP": (
        MLPClassifier(max_iter=30, random_state=0),
        {"hidden_layer_sizes": [(64,), (128, 128)], "learning_rate_init": [1e-3, 3e-3]},
    ),
    "CNN": (
        CNNClassifier(input_shape=digits.input_shape, max_iter=10, random_state=0),
        {"channels": [(16, 32), (32, 64)], "norm": [None, "group"]},
    ),
    "GRU over rows": (
        GRUClassifier(input_shape=(height, width), max_iter=20, random_state=0),
        {"hidden_size": [32, 64], "bidirectional": [False, True]},
    ),
    "SVC": (SVC(), {"C": [1, 10], "gamma": ["scale", 0.01]}),
}


def search(name: str, folds: KFold, jobs: int) -> dict:
    """Search one model's grid; a line of the final table."""
    model, grid = SEARCHES[name]
    pipeline = Pipeline([("scale", StandardScaler()), ("model", model)])
    grid = {f"model__{parameter}": values for parameter, values in grid.items()}
    began = time.perf_counter()
    found = GridSearchCV(pipeline, grid, cv=folds, n_jobs=jobs, refit=False)
    with joblib.parallel_config(verbose=2):  # joblib reports how many fits are done
        found.fit(digits.X, digits.y)
    best = found.best_index_
    values = found.best_params_.items()
    return {
        "model": name,
        "accuracy": found.cv_results_["mean_test_score"][best],
        "± over folds": found.cv_results_["std_test_score"][best],
        "fits": len(found.cv_results_["params"]) * folds.get_n_splits(),
        "seconds": time.perf_counter() - began,
        "best": ", ".join(f"{name.removeprefix('model__')}={value}" for name, value in values),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Grid searches on the digits, on the same folds.")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--folds", type=int, default=5, help="folds (default: %(default)s)")
    arguments = parser.parse_args()
    folds = KFold(arguments.folds, shuffle=True, random_state=0)
    lines = []
    for i, name in enumerate(SEARCHES, 1):
        print(f"[{i}/{len(SEARCHES)}] {name}", flush=True)
        lines.append(search(name, folds, arguments.jobs))
    table = pd.DataFrame(lines).sort_values("accuracy", ascending=False)
    print()
    print(
        table.to_string(index=False, formatters={"seconds": "{:.0f}".format}, float_format="%.4f")
    )
    print(
        "\nThe best of several candidates is a little lucky: its score on new data will be lower."
    )


if __name__ == "__main__":
    main()
