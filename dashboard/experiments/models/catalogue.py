"""The models that a comparison offers, each as one pipeline per data set.

Adding a model is a function that builds it and an entry in ``CATALOGUE``; with a space in `spaces`
it can be tuned. Its place there also fixes its colour, marker and dash on every chart, so new
entries go to the end, and `charts/look.py` has one of each for it.

Every pipeline learns its normalisation from the training rows of a fold and from nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from bakeoff.datasets import Dataset

from . import spaces, svms

Family = Literal["net", "svm", "ensemble", "linear", "baseline"]

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
    family : {"net", "svm", "ensemble", "linear", "baseline"}
        What it is: verdicts compare the best net with the best of the others.
    build : callable
        ``build(dataset, random_state)`` returns the unfitted estimator.
    space : mapping
        What a tuned comparison searches, by parameter of the estimator; see ``spaces``. Empty
        when there is nothing to tune.
    takes_padding : bool
        Whether NaN after the end of a sequence may reach the estimator.
    """

    key: str
    label: str
    family: Family
    build: Callable[[Dataset, int], BaseEstimator]
    space: spaces.Space = field(default_factory=dict)
    takes_padding: bool = False


def pipeline(
    key: str,
    dataset: Dataset,
    normalisation: str = "standard",
    random_state: int = 0,
    *,
    svm: str = "exact",
    svm_size: int | None = None,
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
        Seeds all that is random in the model.
    svm : {"exact", "nystroem", "subsample"}, default="exact"
        How SVMs are trained; other models do not care. An exact fit takes time that grows with
        the square of the rows: `fit_time.estimate_fit_seconds` says how much. "nystroem" puts
        features of the kernel in front of a linear SVM, see `svms.nystroem`, and "subsample"
        trains the exact one on a random subset, stratified when there are classes.
    svm_size : int, optional
        Nystroem features, 500 when left out, or rows of the subset, 2 000 when left out.

    Returns
    -------
    estimator
        A scikit-learn pipeline, or the bare baseline.

    Raises
    ------
    ValueError
        If ``svm`` is none of the three.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> pipeline("svm_rbf", load("iris"))
    Pipeline(steps=[('standardscaler', StandardScaler()), ('svc', SVC())])
    >>> pipeline("svm_rbf", load("iris"), svm="subsample", svm_size=100)[-1]
    Subsampled(estimator=SVC(), max_rows=100, random_state=0)
    """
    if svm not in svms.METHODS:
        raise ValueError(f"svm must be one of {', '.join(svms.METHODS)}, however: {svm!r}")
    model = CATALOGUE[key]
    estimator = model.build(dataset, random_state)
    if model.family == "baseline":
        return estimator
    last = [estimator]
    if model.family == "svm" and svm == "nystroem":
        last = svms.nystroem(estimator, 500 if svm_size is None else svm_size, random_state)
    elif model.family == "svm" and svm == "subsample":
        last = svms.subsample(estimator, 2000 if svm_size is None else svm_size, random_state)
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
    return make_pipeline(*steps, *last)


def search_space(
    key: str, dataset: Dataset, normalisation: str = "standard", *, svm: str = "exact"
) -> dict[str, Any]:
    """Return a model's space under the names that its `pipeline` gives the parameters.

    Parameters
    ----------
    key, dataset, normalisation, svm
        As for `pipeline`.

    Returns
    -------
    dict
        Empty for the baseline. Parameters that the pipeline lacks are left out: a classifier has
        no epsilon.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> list(search_space("svm_rbf", load("iris")))
    ['svc__C', 'svc__gamma']
    >>> list(search_space("svm_linear", load("diabetes")))
    ['transformedtargetregressor__regressor__C', 'transformedtargetregressor__regressor__epsilon']
    """
    names = pipeline(key, dataset, normalisation, svm=svm).get_params()
    return {
        name: values
        for parameter, values in CATALOGUE[key].space.items()
        for name in names
        if name.endswith("__" + parameter)
    }


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


def _forest(dataset: Dataset, random_state: int) -> BaseEstimator:
    classify = dataset.task == "classification"
    kind = RandomForestClassifier if classify else RandomForestRegressor
    return kind(random_state=random_state)


def _boosting(dataset: Dataset, random_state: int) -> BaseEstimator:
    classify = dataset.task == "classification"
    kind = HistGradientBoostingClassifier if classify else HistGradientBoostingRegressor
    return kind(random_state=random_state)


def _linear(dataset: Dataset, random_state: int) -> BaseEstimator:
    if dataset.task == "classification":
        return LogisticRegression(max_iter=5000)  # unscaled columns take thousands
    return Ridge()


def _dummy(dataset: Dataset, random_state: int) -> BaseEstimator:
    return DummyClassifier() if dataset.task == "classification" else DummyRegressor()


CATALOGUE: dict[str, Model] = {
    model.key: model
    for model in (
        Model("mlp", "MLP", "net", _mlp, spaces.MLP),
        Model("cnn", "CNN", "net", _cnn, spaces.CNN, takes_padding=True),
        Model("gru", "GRU", "net", _gru, spaces.GRU, takes_padding=True),
        Model("svm_rbf", "SVM RBF", "svm", svms.exact("rbf"), spaces.SVM_RBF),
        Model("svm_linear", "SVM linear", "svm", svms.exact("linear"), spaces.SVM_LINEAR),
        Model("svm_poly", "SVM polynomial", "svm", svms.exact("poly"), spaces.SVM_POLY),
        Model("svm_sigmoid", "SVM sigmoid", "svm", svms.exact("sigmoid"), spaces.SVM_SIGMOID),
        Model("dummy", "Dummy baseline", "baseline", _dummy),
        Model("forest", "Random forest", "ensemble", _forest, spaces.FOREST),
        Model("boosting", "Boosted trees", "ensemble", _boosting, spaces.BOOSTING),
        # Penalised by the squared weights: logistic regression for classes, ridge for quantities.
        Model("logistic", "Logistic/ridge", "linear", _linear, spaces.LINEAR),
    )
}
