"""The models that a comparison offers, each as one pipeline per data set.

Adding a model is one entry in ``CATALOGUE``. Its place there also fixes its colour and its marker
on every chart, so new entries go to the end.

Every pipeline learns its normalisation from the training rows of a fold and from nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.compose import TransformedTargetRegressor
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, SVR

from bakeoff.datasets import Dataset

Family = Literal["net", "svm", "baseline"]

NORMALISATIONS: dict[str, str] = {
    "standard": "Standard",
    "minmax": "Min-max",
    "none": "None",
}


@dataclass(frozen=True)
class Model:
    """One kind of model, before it meets a data set.

    Attributes
    ----------
    key : str
        Names the model in a spec, a link and a downloaded table.
    label : str
        Names the model to a reader.
    family : {"net", "svm", "baseline"}
        What it is: verdicts compare the best net with the best kernel machine.
    build : callable
        ``build(dataset, random_state)`` returns the unfitted estimator.
    takes_padding : bool
        Whether NaN after the end of a sequence may reach the estimator.
    """

    key: str
    label: str
    family: Family
    build: Callable[[Dataset, int], BaseEstimator]
    takes_padding: bool = False


def pipeline(
    key: str, dataset: Dataset, normalisation: str = "standard", random_state: int = 0
) -> BaseEstimator:
    """Build the unfitted pipeline of one model for one data set.

    Parameters
    ----------
    key : str
        A key of ``CATALOGUE``.
    dataset : Dataset
        Decides between classifier and regressor, and the shape that CNN and GRU read.
    normalisation : {"standard", "minmax", "none"}, default="standard"
        The scaler in front of the model. The dummy baseline ignores its input and gets none.
    random_state : int, default=0
        Seeds the nets.

    Returns
    -------
    estimator
        A scikit-learn pipeline, or the bare baseline.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> pipeline("svm_rbf", load("iris"))
    Pipeline(steps=[('standardscaler', StandardScaler()), ('svc', SVC())])
    """
    model = CATALOGUE[key]
    estimator = model.build(dataset, random_state)
    if model.family == "baseline":
        return estimator
    steps: list[BaseEstimator] = []
    if normalisation == "standard":
        steps.append(StandardScaler())
    elif normalisation == "minmax":
        steps.append(MinMaxScaler())
    if np.isnan(dataset.X).any():  # scalers pass NaN through
        if dataset.kind != "sequence":
            steps.append(SimpleImputer())
        elif not model.takes_padding:
            steps.append(SimpleImputer(strategy="constant", fill_value=0, keep_empty_features=True))
    return make_pipeline(*steps, estimator)


def _net(name: str, dataset: Dataset, **params: Any) -> BaseEstimator:
    # Here and not above: torch takes seconds to import, and a page that shows widgets needs none.
    from bakeoff import estimators

    kind = "Classifier" if dataset.task == "classification" else "Regressor"
    return getattr(estimators, name + kind)(**params)


def _mlp(dataset: Dataset, random_state: int) -> BaseEstimator:
    return _net("MLP", dataset, random_state=random_state)


def _cnn(dataset: Dataset, random_state: int) -> BaseEstimator:
    shape: dict[str, Any] = {}  # columns of a table are convolved in their order, as one channel
    if dataset.kind == "image":
        shape = {"input_shape": dataset.input_shape}  # (channels, height, width)
    elif dataset.kind == "sequence":
        shape = {"input_shape": dataset.input_shape, "convolution": "1d"}  # (time, features)
    return _net("CNN", dataset, **shape, random_state=random_state)


def _gru(dataset: Dataset, random_state: int) -> BaseEstimator:
    shape: dict[str, Any] = {}  # a table is read one column per step
    if dataset.kind == "image":
        channels, height, width = dataset.input_shape
        shape = {"input_shape": (channels * height, width)}  # one row of pixels per step
    elif dataset.kind == "sequence":
        shape = {"input_shape": dataset.input_shape}  # (time, features)
    return _net("GRU", dataset, **shape, random_state=random_state)


def _svm(kernel: str) -> Callable[[Dataset, int], BaseEstimator]:
    def build(dataset: Dataset, random_state: int) -> BaseEstimator:
        if dataset.task == "classification":
            return SVC(kernel=kernel)
        # C and epsilon are lengths in units of y. The nets standardise y inside; without the
        # same here, an SVR would be measured with the wrong ruler.
        return TransformedTargetRegressor(SVR(kernel=kernel), transformer=StandardScaler())

    return build


def _dummy(dataset: Dataset, random_state: int) -> BaseEstimator:
    return DummyClassifier() if dataset.task == "classification" else DummyRegressor()


CATALOGUE: dict[str, Model] = {
    model.key: model
    for model in (
        Model("mlp", "MLP", "net", _mlp),
        Model("cnn", "CNN", "net", _cnn, takes_padding=True),
        Model("gru", "GRU", "net", _gru, takes_padding=True),
        Model("svm_rbf", "SVM RBF", "svm", _svm("rbf")),
        Model("svm_linear", "SVM linear", "svm", _svm("linear")),
        Model("svm_poly", "SVM polynomial", "svm", _svm("poly")),
        Model("svm_sigmoid", "SVM sigmoid", "svm", _svm("sigmoid")),
        Model("dummy", "Dummy baseline", "baseline", _dummy),
    )
}
