"""Models compared fold by fold on one data set, as they are or tuned alike."""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from itertools import combinations, groupby
from typing import Any, ClassVar

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.pipeline import Pipeline

from bakeoff.datasets import Dataset

from ..folds import Fold, split
from ..models.catalogue import CATALOGUE
from ..reports.candidates import best_candidates
from ..task import Task
from . import strategies
from .fields import LAST_SEED, check_choice, check_integer, mapping, model_names, parameter_name
from .leaky_task import LeakyTask
from .pair_task import PairTask
from .spec import Rounds, Spec


@dataclass(frozen=True)
class Comparison(Spec):
    """Everything that decides the scores of a comparison.

    Untuned, every model runs with its defaults, but for its ``model_params``. With a ``budget``,
    the comparison is nested (Varma and Simon, 2006): within the training rows of each fold, as
    many candidates of each model are cross-validated, and the best is trained on all of them. The
    first candidate is the defaults, the others are random (Bergstra and Bengio, 2012). The test
    rows have no say. What ``model_params`` sets is the same in all candidates.

    Parameters
    ----------
    dataset : str
        See `Spec` for this and the other fields that all experiments have.
    models : sequence of str
        Keys of ``catalogue.CATALOGUE``, each once.
    model_params : mapping, default={}
        Parameters by model, in turn by their full name in its pipeline or by its last part where
        only one is called that: ``{"svm_rbf": {"C": 10.0}}``. Names are checked when it runs.
    n_seeds : int, default=1
        How often each net is trained on a fold, with seeds from ``random_state`` up. Its scores
        are averaged before anything is compared.
    budget : int or None, default=None
        Candidates of each model, at least 1. None compares models as they are.
    inner_splits : int, default=3
        Folds of the training rows that candidates are scored on, at least 2.
    fold_pairs : bool, default=False
        Train every model without each pair of folds too, which shows how much other training rows
        would have changed it; the verdict then goes by `nested_error`. With 5 folds and 5 repeats,
        for which it was calibrated, that takes 75 fits a model in place of 25. For models as they
        are, without a ``budget``.
    leak : bool, default=False
        Make the common mistake on purpose: fit the scalers on all rows, test rows included; see
        `leak_bias`.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.

    References
    ----------
    Varma, S. and Simon, R. (2006). Bias in error estimation when using cross-validation for model
    selection. BMC Bioinformatics 7, 91. Bergstra, J. and Bengio, Y. (2012). Random search for
    hyper-parameter optimization. JMLR 13.

    Examples
    --------
    >>> from bakeoff.experiments import run, summary
    >>> spec = Comparison("wine", models=["svm_rbf", "dummy"], n_splits=3, budget=4)
    >>> Comparison.from_json(spec.to_json()) == spec
    True
    >>> evaluations = list(run(spec))
    >>> summary(evaluations)[["model", "folds", "failed"]]
         model  folds  failed
    0  svm_rbf      3       0
    1    dummy      3       0
    """

    label: ClassVar[str] = "Comparison"
    field_labels: ClassVar[Mapping[str, str]] = {
        **Spec.field_labels,
        "models": "Models",
        "model_params": "Parameters of models",
        "n_seeds": "Seeds of each net",
        "budget": "Candidates of each model",
        "inner_splits": "Inner folds",
        "fold_pairs": "Pairs of folds left out",
        "leak": "Scaled before the split",
    }

    models: tuple[str, ...]
    _: KW_ONLY
    model_params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    n_seeds: int = 1
    budget: int | None = None
    inner_splits: int = 3
    fold_pairs: bool = False
    leak: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self._set("models", model_names(self.models))
        self._set("model_params", mapping("model_params", self.model_params))
        for model, params in self.model_params.items():
            check_choice("a model with model_params", model, self.models)
            mapping(f"model_params of {model!r}", params)
        check_integer("n_seeds", self.n_seeds, low=1)
        last = LAST_SEED - self.n_seeds + 1  # of the nets, which count up from it
        check_integer("random_state", self.random_state, low=0, high=last)
        check_integer("inner_splits", self.inner_splits, low=2)
        if self.budget is not None:
            check_integer("budget", self.budget, low=1)
        for name in ("fold_pairs", "leak"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise TypeError(f"{name} must be true or false, however: {value!r}")
        if self.fold_pairs:
            self._check_fold_pairs()
        if self.leak and self.normalisation == "none":
            raise ValueError("leak takes a scaler to leak by, however normalisation is 'none'")

    @property
    def title(self) -> str:
        return super().title + (", with a leak" if self.leak else "")

    @property
    def n_evaluations(self) -> int:
        """How many fits the comparison takes at most; a small space has fewer candidates."""
        outer = sum(len(self._seeds(model)) for model in self.models)
        tuned = [model for model in self.models if CATALOGUE[model].family != "baseline"]
        candidates = self.budget if self.budget and self.budget > 1 else 0
        inner = len(tuned) * candidates * self.inner_splits
        n_pairs = self.n_splits * (self.n_splits - 1) // 2 if self.fold_pairs else 0
        return ((outer + inner) * self.n_splits + outer * n_pairs) * self.n_repeats

    def table(self, task: str) -> str:
        return "pairs(evaluations)" if self.fold_pairs else "summary(evaluations)"

    def idle(self) -> set[str]:
        plain = {
            "inner_splits": not self.budget,
            "n_seeds": self.n_seeds == 1,
            "fold_pairs": not self.fold_pairs,
            "leak": not self.leak,
        }
        return super().idle() | {name for name, is_plain in plain.items() if is_plain}

    def rounds(self, dataset: Dataset) -> Rounds:
        winners: Mapping[tuple[str, int, int], Mapping[str, Any]] = {}
        if self.budget is not None:
            evaluations = yield list(self._search(dataset))
            winners = best_candidates(evaluations)
        yield list(self._compare(dataset, winners))

    def estimator(self, model: str, dataset: Dataset, seed: int | None = None) -> BaseEstimator:
        estimator = super().estimator(model, dataset, seed)
        return estimator.set_params(**self._fixed(model, estimator))

    def search_space(self, model: str, dataset: Dataset) -> dict[str, Any]:
        fixed = self._fixed(model, super().estimator(model, dataset))
        space = super().search_space(model, dataset)
        return {name: values for name, values in space.items() if name not in fixed}

    def task(
        self,
        dataset: Dataset,
        estimator: BaseEstimator,
        fold: Fold,
        *,
        kind: type[Task] = Task,
        **labels: Any,
    ) -> Task:
        is_scaled = isinstance(estimator, Pipeline)  # the baseline is not
        kind = LeakyTask if self.leak and is_scaled else kind
        return super().task(dataset, estimator, fold, kind=kind, **labels)

    def _check_fold_pairs(self) -> None:
        check_integer("n_splits with fold_pairs", self.n_splits, low=3)
        if self.budget is not None:
            raise ValueError(
                f"fold_pairs is for models as they are, however budget is {self.budget}"
            )
        if self.leak:
            raise ValueError("fold_pairs is for honest runs, however leak is true")

    def _fixed(self, model: str, estimator: BaseEstimator) -> dict[str, Any]:
        """The parameters that are set for a model, by their names in its pipeline."""
        try:
            return {
                parameter_name(estimator, name): value
                for name, value in self.model_params.get(model, {}).items()
            }
        except ValueError as problem:
            raise ValueError(f"model_params of {model!r}: {problem}") from None

    def _compare(
        self, dataset: Dataset, winners: Mapping[tuple[str, int, int], Mapping[str, Any]]
    ) -> Iterator[Task]:
        """Every model on every fold, with the parameters that won there."""
        estimators = {
            (model, seed): self.estimator(model, dataset, seed)
            for model in self.models
            for seed in self._seeds(model)
        }
        for repeat in self._repeats(dataset):
            for fold in repeat:
                for (model, seed), estimator in estimators.items():
                    params = winners.get((model, fold.repeat, fold.fold), {})
                    tuned = clone(estimator).set_params(**params)
                    yield self.task(dataset, tuned, fold, model=model, seed=seed, params=params)
            for one, other in combinations(repeat, 2) if self.fold_pairs else ():
                for (model, seed), estimator in estimators.items():
                    yield self._pair(dataset, estimator, one, other, model=model, seed=seed)

    def _pair(
        self, dataset: Dataset, estimator: BaseEstimator, one: Fold, other: Fold, **labels: Any
    ) -> Task:
        """The fit without two folds of a repeat."""
        train = np.intersect1d(one.train, other.train)
        return self.task(
            dataset,
            estimator,
            one._replace(train=train, test=other.test),
            kind=PairTask,
            inner=other.fold,
            fold_rows=one.test,
            fold_groups=None if dataset.groups is None else dataset.groups[one.test],
            **labels,
        )

    def _repeats(self, dataset: Dataset) -> list[list[Fold]]:
        by_repeat = groupby(self.folds(dataset), key=lambda fold: fold.repeat)
        return [list(folds) for _, folds in by_repeat]

    def _search(self, dataset: Dataset) -> Iterator[Task]:
        """Every candidate of every model, on the inner folds of every fold."""
        candidates = {model: self._candidates(model, dataset) for model in self.models}
        for outer in self.folds(dataset):
            inner_folds = split(
                dataset, self.inner_splits, random_state=self.random_state, rows=outer.train
            )
            for model in self.models:
                for params, estimator in candidates[model]:
                    for inner in inner_folds:
                        fold = outer._replace(train=inner.train, test=inner.test)
                        yield self.task(
                            dataset,
                            estimator,
                            fold,
                            model=model,
                            params=params,
                            inner=inner.fold,
                            keep_predictions=False,
                        )

    def _candidates(
        self, model: str, dataset: Dataset
    ) -> list[tuple[dict[str, Any], BaseEstimator]]:
        """The defaults, then random ones; none where there is nothing to choose from."""
        space = self.search_space(model, dataset)
        if not space or self.budget is None or self.budget < 2:
            return []
        drawn = next(strategies.random(space, self.budget - 1, self.random_state))
        estimator = self.estimator(model, dataset)
        return [
            (params, clone(estimator).set_params(**params))
            for params in [{}, *(trial.params for trial in drawn)]
        ]

    def _seeds(self, model: str) -> range:
        several = CATALOGUE[model].family == "net"
        return range(self.random_state, self.random_state + (self.n_seeds if several else 1))
