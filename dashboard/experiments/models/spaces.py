"""The hyperparameter ranges that a tuned comparison searches, by model.

Parameters are those of the estimator; `catalogue.search_space` gives them their names in a
pipeline, and leaves out what only the classifier or only the regressor has. See `strategies` for
what a space may hold.

Ranges are those of auto-sklearn (Feurer et al., 2022) where it has the parameter: they come from
many data sets, and its SVM ranges are in turn those of Hsu et al. Some are cut, each for the
reason beside it. All lie around the defaults, so that a few random candidates are worth trying.

References
----------
Feurer, M. et al. (2022). Auto-Sklearn 2.0: hands-free AutoML via meta-learning. JMLR 23(261).
Hsu, C.-W., Chang, C.-C. and Lin, C.-J. (2003). A practical guide to support vector
classification. National Taiwan University. Gorishniy, Y. et al. (2021). Revisiting deep learning
models for tabular data. NeurIPS: the range of dropout.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Space = Mapping[str, Sequence[Any] | Mapping[str, Any]]


def _log(low: float, high: float) -> dict[str, Any]:
    return {"low": low, "high": high, "log": True}


def _uniform(low: float, high: float) -> dict[str, Any]:
    return {"low": low, "high": high, "log": False}


_DROPOUT = _uniform(0.0, 0.5)

# Learning rates and decays reach about a factor of ten to both sides of the defaults, which come
# from benchmarks/defaults.py; AdamW's decoupled decay has no counterpart in auto-sklearn.
MLP: Space = {
    "hidden_layer_sizes": [[64], [256], [64, 64], [256, 256]],
    "learning_rate_init": _log(2e-4, 2e-2),
    "weight_decay": _log(0.1, 10.0),
    "dropout": _DROPOUT,
}
CNN: Space = {
    "channels": [[16, 32], [32, 64], [64, 128]],
    "learning_rate_init": _log(3e-4, 3e-2),
    "weight_decay": _log(0.01, 1.0),
    "dropout": _DROPOUT,
}
GRU: Space = {
    "hidden_size": [32, 64, 128],
    "bidirectional": [False, True],
    "learning_rate_init": _log(5e-4, 5e-2),
    "weight_decay": _log(0.01, 1.0),
    "dropout": _DROPOUT,
}

# The published C reaches 2**15. The time of a fit grows with C, on noisy data in proportion.
_C = _log(2.0**-5, 2.0**10)
_EPSILON = _log(0.001, 1.0)  # of the regressor, in standard deviations of the target
SVM_RBF: Space = {"C": _C, "gamma": _log(2.0**-15, 2.0**3), "epsilon": _EPSILON}
SVM_LINEAR: Space = {"C": _log(2.0**-10, 2.0**5), "epsilon": _EPSILON}
SVM_POLY: Space = {  # gamma ** degree only multiplies C, where coef0 is 0
    "C": _log(2.0**-5, 2.0**5),
    "degree": [2, 3, 4],
    "coef0": _uniform(0.0, 1.0),
    "epsilon": _EPSILON,
}
SVM_SIGMOID: Space = {  # with a larger gamma the sigmoid is a step
    "C": _C,
    "gamma": _log(2.0**-15, 1.0),
    "coef0": _uniform(-1.0, 1.0),
    "epsilon": _EPSILON,
}

FOREST: Space = {"max_features": _uniform(0.1, 1.0), "min_samples_leaf": _log(1, 20)}
# Cut to data of some hundreds or thousands of rows; the published number of trees is 512.
BOOSTING: Space = {
    "learning_rate": _log(0.01, 1.0),
    "max_iter": _log(50, 512),
    "max_leaf_nodes": _log(3, 127),
    "min_samples_leaf": _log(1, 100),
    "l2_regularization": _log(1e-10, 1.0),
}
# One strength of the penalty each: as weight of the loss (C), or of the penalty (alpha).
LINEAR: Space = {"C": _log(2.0**-10, 2.0**10), "alpha": _log(1e-3, 1e4)}
