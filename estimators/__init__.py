"""Neural networks in PyTorch that are scikit-learn estimators.

Examples
--------
>>> from sklearn.datasets import load_iris
>>> from sklearn.model_selection import cross_val_score
>>> from sklearn.pipeline import make_pipeline
>>> from sklearn.preprocessing import StandardScaler
>>> from bakeoff.estimators import MLPClassifier
>>> X, y = load_iris(return_X_y=True)
>>> model = make_pipeline(StandardScaler(), MLPClassifier(random_state=0))
>>> bool(cross_val_score(model, X, y).mean() > 0.9)
True
"""

from ._cnn import CNNClassifier, CNNRegressor
from ._gru import GRUClassifier, GRURegressor
from ._mlp import MLPClassifier, MLPRegressor

__all__ = [
    "CNNClassifier",
    "CNNRegressor",
    "GRUClassifier",
    "GRURegressor",
    "MLPClassifier",
    "MLPRegressor",
]
