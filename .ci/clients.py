"""Do the packages that people use beside scikit-learn take the estimators? One line each.

    pip install -c constraints.txt imbalanced-learn mapie mlflow-skinny mlxtend onnx \
        optuna-integration polars rich shap skops skrub yellowbrick
    python .ci/clients.py [name ...]

docs/works-with.md holds what came out. Ends with 1 if a package that is there does not work.
"""

import importlib.metadata
import io
import os
import sys
import tempfile
import traceback

import matplotlib
import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier, MLPRegressor

matplotlib.use("Agg")
X = np.random.default_rng(0).normal(size=(200, 6))
NAMES = list("abcdef")
TABLE = pd.DataFrame(X, columns=NAMES)
LABELS, VALUES = (X.sum(axis=1) > 0).astype(int), 3 * X.sum(axis=1) + 10
NET = {"max_iter": 15, "learning_rate_init": 0.02, "random_state": 0}


def classifier():
    return MLPClassifier((16,), **NET)


def regressor():
    return MLPRegressor((16,), **NET)


def skrub():
    from skrub import TableVectorizer, tabular_pipeline

    table = TABLE.assign(city=np.resize(["Seoul", "Busan"], 200), day=pd.Timestamp("2026-01-01"))
    table.loc[3, "a"] = np.nan
    assert tabular_pipeline(classifier()).fit(table, LABELS).score(table, LABELS) > 0.9
    whole = TABLE.assign(city=table["city"], day=pd.date_range("2026-01-01", periods=200))
    model = make_pipeline(TableVectorizer(), StandardScaler(), classifier())
    assert model.fit(whole, LABELS).score(whole, LABELS) > 0.9


def imbalanced_learn():
    from imblearn.ensemble import BalancedBaggingClassifier
    from imblearn.over_sampling import SMOTE
    from imblearn.pipeline import make_pipeline

    rare = (X.sum(axis=1) > 2).astype(int)
    assert make_pipeline(SMOTE(random_state=0), classifier()).fit(X, rare).score(X, rare) > 0.9
    bagged = BalancedBaggingClassifier(classifier(), n_estimators=2, random_state=0)
    assert bagged.fit(X, rare).score(X, rare) > 0.8


def mlxtend():
    from mlxtend.classifier import EnsembleVoteClassifier, StackingCVClassifier
    from mlxtend.feature_selection import SequentialFeatureSelector

    chosen = SequentialFeatureSelector(classifier(), k_features=2, cv=2).fit(X, LABELS)
    assert len(chosen.k_feature_idx_) == 2
    vote = EnsembleVoteClassifier([classifier(), LogisticRegression()], voting="soft")
    assert vote.fit(X, LABELS).score(X, LABELS) > 0.9
    stack = StackingCVClassifier([classifier()], LogisticRegression(), random_state=0)
    assert stack.fit(X, LABELS).score(X, LABELS) > 0.9


def yellowbrick():
    from yellowbrick.classifier import ROCAUC, ClassificationReport, ConfusionMatrix
    from yellowbrick.model_selection import LearningCurve
    from yellowbrick.regressor import PredictionError, ResidualsPlot

    for view in (ClassificationReport, ConfusionMatrix, ROCAUC):
        drawn = view(classifier())
        drawn.fit(X, LABELS)
        assert drawn.score(X, LABELS) > 0.9
    for view in (ResidualsPlot, PredictionError):
        drawn = view(regressor())
        drawn.fit(X, VALUES)
        assert drawn.score(X, VALUES) > 0.9
    LearningCurve(classifier(), cv=2).fit(X, LABELS)


def shap():
    from shap import Explainer, GradientExplainer

    model = classifier().fit(X.astype(np.float32), LABELS)
    told = Explainer(model.predict_proba, X[:50])(X[:2])
    expected = model.predict_proba(X[:2].astype(np.float32))
    assert np.allclose(told.values.sum(axis=1) + told.base_values, expected, atol=1e-4)
    images = torch.tensor(X.reshape(-1, 1, 2, 3), dtype=torch.float32)
    cnn = CNNClassifier((8,), kernel_size=2, **NET).fit(images.numpy(), LABELS)
    explained = GradientExplainer(cnn.net_.module_, images[:50]).shap_values(images[:3])
    assert np.shape(explained) == (3, 1, 2, 3, 2)


def mapie():
    from mapie.classification import SplitConformalClassifier
    from mapie.regression import CrossConformalRegressor

    cross = CrossConformalRegressor(regressor(), confidence_level=0.9, cv=3)
    _, bounds = cross.fit_conformalize(X, VALUES).predict_interval(X)
    inside = (bounds[:, 0, 0] <= VALUES) & (bounds[:, 1, 0] >= VALUES)
    assert inside.mean() > 0.8
    split = SplitConformalClassifier(classifier(), confidence_level=0.9, prefit=False)
    split.fit(X[:100], LABELS[:100]).conformalize(X[100:], LABELS[100:])
    assert split.predict_set(X)[1].shape[:2] == (200, 2)


def skops():
    """Parameters alone: a fitted net holds a pickle of torch's, which skops refuses."""
    from skops import io

    dumped = io.dumps(classifier())
    trusted = io.get_untrusted_types(data=dumped)
    assert io.loads(dumped, trusted=trusted).get_params() == classifier().get_params()


def mlflow_skinny():
    """Searches and pipelines: mlflow patches the classes of scikit-learn alone."""
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{tempfile.mkdtemp()}/runs.db")
    mlflow.sklearn.autolog(log_models=False)
    try:
        with mlflow.start_run() as run:
            GridSearchCV(classifier(), {"max_iter": [3, 5]}, cv=2).fit(X, LABELS)
    finally:
        mlflow.sklearn.autolog(disable=True)
    assert "best_cv_score" in mlflow.get_run(run.info.run_id).data.metrics


def optuna_integration():
    import optuna
    from optuna_integration import OptunaSearchCV

    rate = optuna.distributions.FloatDistribution(1e-4, 0.1, log=True)
    space = {"learning_rate_init": rate}
    search = OptunaSearchCV(classifier(), space, n_trials=3, cv=2, random_state=0)
    assert search.fit(X, LABELS).best_score_ > 0.5


def rich():
    """The progress bar of ``sklearn.callback``."""
    from sklearn.callback import ProgressBar

    search = GridSearchCV(classifier(), {"max_iter": [3, 5]}, cv=2)
    search.set_callbacks(ProgressBar())
    assert search.fit(X, LABELS).best_score_ > 0.5


def polars():
    from polars import DataFrame, Series

    table = DataFrame({name: X[:, i] for i, name in enumerate(NAMES)})
    model = classifier().fit(table, Series(LABELS))
    assert list(model.feature_names_in_) == NAMES
    assert np.array_equal(model.predict_proba(table), model.predict_proba(TABLE))
    pipeline = make_pipeline(StandardScaler(), classifier()).set_output(transform="polars")
    assert pipeline.fit(TABLE, LABELS).score(TABLE, LABELS) > 0.9


def onnx():
    """Export by torch: MLPs, recurrent nets, and CNNs of images whose maps four divides."""
    import onnx
    from onnx.reference import ReferenceEvaluator

    wide = np.random.default_rng(0).normal(size=(40, 256)).astype(np.float32)
    y = (wide.sum(axis=1) > 0).astype(int)
    for model, shape in (
        (classifier(), (256,)),
        (CNNClassifier((8,), input_shape=(16, 16), **NET), (1, 16, 16)),
        (GRUClassifier(8, input_shape=(64, 4), **NET), (64, 4)),
    ):
        model.fit(wide, y)
        rows, file = torch.tensor(wide).reshape(-1, *shape), io.BytesIO()
        torch.onnx.export(
            model.net_.module_, (rows,), file, dynamo=False, input_names=["x"],
            dynamic_axes={"x": {0: "n"}},
        )  # fmt: skip
        exported = ReferenceEvaluator(onnx.load_from_string(file.getvalue()))
        (outputs,) = exported.run(None, {"x": rows[:5].numpy()})
        odds = np.exp(outputs)
        found = odds / odds.sum(axis=1, keepdims=True)
        assert np.allclose(found, model.predict_proba(wide[:5]), atol=1e-5)


CLIENTS = [
    imbalanced_learn, mapie, mlflow_skinny, mlxtend, onnx, optuna_integration, polars, rich, shap,
    skops, skrub, yellowbrick,
]  # fmt: skip


def main(wanted: list[str]) -> int:
    failed = 0
    os.chdir(tempfile.mkdtemp())  # some leave files behind
    for client in CLIENTS:
        name = client.__name__.replace("_", "-")
        if wanted and name not in wanted:
            continue
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            print(f"{name:20} is not installed")
            continue
        try:
            client()
            print(f"{name:20} {version:10} works")
        except Exception:
            failed += 1
            print(f"{name:20} {version:10} does not:\n{traceback.format_exc()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
