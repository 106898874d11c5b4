"""What the estimators reach at their defaults, beside the bar each has to clear.

    OMP_NUM_THREADS=1 python benchmarks/quality.py

Mean accuracy or R² over 5 shuffled folds (stratified for classes, seed 0), scaling in the
pipeline. Exits with status 1 if a bar is missed.
"""

from __future__ import annotations

import sys

from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from bakeoff import datasets
from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier, MLPRegressor

STANDARD = StandardScaler()
PIXELS = FunctionTransformer(lambda X: X / 16)  # the digits' grey levels are 0 to 16

ROWS = [
    ("digits", PIXELS, CNNClassifier(input_shape=(1, 8, 8)), 0.990),
    ("digits", STANDARD, MLPClassifier(), 0.977),
    ("digits", STANDARD, GRUClassifier(input_shape=(8, 8)), 0.96),
    ("breast_cancer", STANDARD, MLPClassifier(), 0.975),
    ("wine", STANDARD, MLPClassifier(), 0.97),
    ("diabetes", STANDARD, MLPRegressor(), 0.45),
    ("diabetes", STANDARD, MLPRegressor(early_stopping=True), 0.48),
]


def main() -> None:
    missed = 0
    for name, scaler, estimator, bar in ROWS:
        data = datasets.load(name)
        kind = StratifiedKFold if data.task == "classification" else KFold
        folds = kind(5, shuffle=True, random_state=0)
        model = make_pipeline(scaler, estimator.set_params(random_state=0))
        score = cross_val_score(model, data.X, data.y, cv=folds).mean()
        missed += score < bar
        print(f"{name:15} {score:.4f}  bar {bar:.3f}  {estimator}", flush=True)
    sys.exit(f"{missed} bars missed" if missed else 0)


if __name__ == "__main__":
    main()
