"""Bagging against boosting: what members do to the error, to bias and to variance."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

from sklearn import ensemble
from sklearn.base import BaseEstimator
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils import resample

from bakeoff.datasets import Dataset

from ..folds import Fold
from .ensemble_task import EnsembleTask
from .fields import LAST_SEED, check_choice, check_integer, mapping, names, sequence
from .spec import Rounds, Spec

LEARNERS = ("tree", "svm", "mlp")
METHODS = {
    "bagging": "Bagging",
    "boosting": "Boosting",
    "gradient_boosting": "Gradient boosting",
}


@dataclass(frozen=True)
class EnsembleStudy(Spec):
    """Everything that decides a study of ensembles.

    Each ensemble is trained once on each of several bootstrap resamples of a fold's training rows
    and scored on the fold's test rows, as if it had ended after 1, 2, 5, … members. How much the
    resamples' models differ is their variance, how far their consensus is off is their bias; see
    `ensemble_report.decompositions`. Bagging (Breiman, 1996) should lower the variance, boosting
    (AdaBoost: Freund and Schapire, 1997; Drucker, 1997) the bias.

    Parameters
    ----------
    dataset : str
        See `Spec` for this and the other fields that all experiments have.
    learner : {"tree", "svm", "mlp"}, default="tree"
        What the members are. Trees have ``max_depth=2`` unless told otherwise: deeper ones often
        fit every training row of a small data set, which ends AdaBoost with its first member,
        and stumps leave bagging little variance to average out. SVM and MLP are those of
        ``catalogue.CATALOGUE``.
    methods : sequence of {"bagging", "boosting", "gradient_boosting"}, \
default=("bagging", "boosting")
        Gradient boosting (Friedman, 2001) takes trees only.
    members : sequence of int, default=(1, 2, 5, 10, 25, 50)
        Sizes at which the ensembles are scored. Boosting can end early, when it fits every row
        or no longer does better than chance; larger sizes then mean what there is.
    n_resamples : int, default=10
        Bootstrap resamples of each fold's training rows, at least 2, stratified for classes.
    learner_params : mapping, default={}
        Keyword arguments of the learner.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.

    References
    ----------
    Breiman, L. (1996). Bagging predictors. Machine Learning 24, 123-140. Freund, Y. and Schapire,
    R. (1997). A decision-theoretic generalization of on-line learning and an application to
    boosting. JCSS 55, 119-139. Drucker, H. (1997). Improving regressors using boosting techniques.
    ICML. Friedman, J. (2001). Greedy function approximation. Annals of Statistics 29, 1189-1232.

    Examples
    --------
    >>> from bakeoff.experiments import decompositions, run
    >>> spec = EnsembleStudy("wine", members=[1, 10], n_resamples=3, n_splits=2)
    >>> table = decompositions(list(run(spec)), "classification")
    >>> table[["model", "members", "kind", "loss", "bias", "net_variance"]].round(2)
          model  members      kind  loss  bias  net_variance
    0   bagging        1  zero-one  0.15  0.13          0.02
    1   bagging       10  zero-one  0.10  0.06          0.04
    2  boosting        1  zero-one  0.15  0.14          0.01
    3  boosting       10  zero-one  0.07  0.04          0.03
    """

    label: ClassVar[str] = "Ensemble study"
    field_labels: ClassVar[Mapping[str, str]] = {
        **Spec.field_labels,
        "learner": "Members are",
        "methods": "Methods",
        "members": "Numbers of members",
        "n_resamples": "Resamples",
        "learner_params": "Parameters of members",
    }

    learner: str = "tree"
    _: KW_ONLY
    methods: tuple[str, ...] = ("bagging", "boosting")
    members: tuple[int, ...] = (1, 2, 5, 10, 25, 50)
    n_resamples: int = 10
    learner_params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._set("methods", names("methods", self.methods))
        self._set("members", sequence("members", self.members))
        self._set("learner_params", mapping("learner_params", self.learner_params))
        check_choice("learner", self.learner, LEARNERS)
        for what in ("methods", "members"):
            if not getattr(self, what):
                raise ValueError(f"{what} must have at least one entry, however: ()")
        for method in self.methods:
            check_choice("a method", method, METHODS)
        for size in self.members:
            check_integer("a number of members", size, low=1)
        check_integer("n_resamples", self.n_resamples, low=2)
        last = LAST_SEED - self.n_resamples + 1  # of the resamples, which count up from it
        check_integer("random_state", self.random_state, low=0, high=last)
        if "gradient_boosting" in self.methods and self.learner != "tree":
            raise ValueError(f"gradient boosting takes trees only, however: {self.learner!r}")
        if self.svm != "exact":
            raise ValueError(f"svm must be 'exact' in an ensemble, however: {self.svm!r}")

    @classmethod
    def model_label(cls, key: str) -> str:
        return METHODS[key]

    def table(self, task: str) -> str:
        return f"decompositions(evaluations, {task!r})"

    @property
    def unpaired(self) -> str:
        return "resamples_unpaired"

    def rounds(self, dataset: Dataset) -> Rounds:
        seeds = range(self.random_state, self.random_state + self.n_resamples)
        ensembles = {
            (method, seed): self.ensemble(method, dataset, seed)
            for seed in seeds
            for method in self.methods
        }
        yield [
            self.task(
                dataset,
                estimator,
                _resampled(fold, dataset, seed),
                kind=EnsembleTask,
                sizes=self.members,
                model=method,
                seed=seed,
            )
            for fold in self.folds(dataset)
            for (method, seed), estimator in ensembles.items()
        ]

    def ensemble(self, method: str, dataset: Dataset, seed: int) -> Pipeline:
        """Build the unfitted pipeline of an ensemble of the largest size, which is its last step.

        Parameters
        ----------
        method : {"bagging", "boosting", "gradient_boosting"}
        dataset : Dataset
        seed : int
            Of the members and of what they see.
        """
        scaling = self.estimator("logistic", dataset).steps[:-1]  # the same for all models
        return Pipeline([*scaling, ("ensemble", self._ensemble(method, dataset, seed))])

    def _ensemble(self, method: str, dataset: Dataset, seed: int) -> BaseEstimator:
        suffix = "Classifier" if dataset.task == "classification" else "Regressor"
        shared = {"n_estimators": max(self.members), "random_state": seed}
        if method == "gradient_boosting":
            kind = getattr(ensemble, f"GradientBoosting{suffix}")
            return kind(**{"max_depth": 2, **self.learner_params}, **shared)
        kind = getattr(ensemble, {"bagging": "Bagging", "boosting": "AdaBoost"}[method] + suffix)
        return kind(self._learner(dataset), **shared)

    def _learner(self, dataset: Dataset) -> BaseEstimator:
        if self.learner == "tree":
            classifies = dataset.task == "classification"
            tree = DecisionTreeClassifier if classifies else DecisionTreeRegressor
            return tree(**{"max_depth": 2, **self.learner_params})
        key = {"svm": "svm_rbf", "mlp": "mlp"}[self.learner]
        model = self.estimator(key, dataset).steps[-1][1]
        return model.set_params(**self.learner_params)


def _resampled(fold: Fold, dataset: Dataset, seed: int) -> Fold:
    classes = dataset.y[fold.train] if dataset.task == "classification" else None
    return fold._replace(train=resample(fold.train, stratify=classes, random_state=seed))
