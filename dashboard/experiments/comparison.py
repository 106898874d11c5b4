"""Models compared fold by fold on one data set: the spec, and the loop that runs it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold

from bakeoff import datasets
from bakeoff.datasets import Dataset

from .evaluation import Evaluation, evaluate
from .models import CATALOGUE, NORMALISATIONS, pipeline


@dataclass(frozen=True)
class Comparison:
    """Everything that decides the scores of a comparison.

    Parameters
    ----------
    dataset : str
        A name that `bakeoff.datasets.load` takes.
    models : sequence of str
        Keys of ``models.CATALOGUE``, each once.
    params : mapping, default={}
        Keyword arguments for `bakeoff.datasets.load`.
    n_splits : int, default=5
        Folds, at least 2.
    n_repeats : int, default=1
        How often the rows are shuffled and split anew, at least 1.
    normalisation : {"standard", "minmax", "none"}, default="standard"
        Fitted on the training rows of each fold.
    random_state : int, default=0
        Seeds the folds and the nets.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.

    Examples
    --------
    >>> spec = Comparison("iris", models=["svm_rbf", "dummy"], n_splits=3)
    >>> Comparison.from_json(spec.to_json()) == spec
    True
    >>> [round(e.score, 2) for e in compare(spec) if e.model == "svm_rbf"]
    [0.96, 0.94, 0.94]
    """

    dataset: str
    models: tuple[str, ...]
    params: Mapping[str, Any] = field(default_factory=dict)
    n_splits: int = 5
    n_repeats: int = 1
    normalisation: str = "standard"
    random_state: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.models, str):
            raise TypeError(f"models must be a sequence of keys, however: {self.models!r}")
        object.__setattr__(self, "models", tuple(self.models))
        object.__setattr__(self, "params", dict(self.params))
        if not self.models:
            raise ValueError("models must name at least one model, however: ()")
        for key in self.models:
            _check_choice("a model", key, CATALOGUE)
            if self.models.count(key) > 1:
                raise ValueError(f"each model may be named once, however: {key!r} is repeated")
        if not self.dataset.startswith("openml:"):
            _check_choice("dataset", self.dataset, datasets.names())
        _check_choice("normalisation", self.normalisation, NORMALISATIONS)
        _check_integer("n_splits", self.n_splits, low=2)
        _check_integer("n_repeats", self.n_repeats, low=1)
        _check_integer("random_state", self.random_state, low=0)

    @property
    def n_evaluations(self) -> int:
        """How many fits the comparison takes."""
        return len(self.models) * self.n_splits * self.n_repeats

    def to_json(self) -> str:
        """Return the spec as one JSON object with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Comparison":
        """Read back what `to_json` wrote; unknown keys are refused by name."""
        values = json.loads(text)
        unknown = sorted(set(values) - {known.name for known in fields(cls)})
        if unknown:
            raise ValueError(f"a Comparison has no field {unknown[0]!r}")
        return cls(**values)

    def load(self) -> Dataset:
        """Load the data the spec names."""
        return datasets.load(self.dataset, **self.params)

    def splitter(self, dataset: Dataset) -> RepeatedKFold | RepeatedStratifiedKFold:
        """Return the shuffled folds, stratified when there are classes.

        Raises
        ------
        ValueError
            When a fold would be left without a row, or without one row of every class.
        """
        rows, of_what = len(dataset.y), "rows"
        if dataset.task == "classification":
            classes, counts = np.unique(dataset.y, return_counts=True)
            rows, of_what = int(counts.min()), f"rows of class {classes[counts.argmin()].item()!r}"
        if rows < self.n_splits:
            raise ValueError(
                f"n_splits must be at most the number of {of_what} in {self.dataset!r}, {rows}, "
                f"however: {self.n_splits}"
            )
        kind = RepeatedStratifiedKFold if dataset.task == "classification" else RepeatedKFold
        return kind(
            n_splits=self.n_splits, n_repeats=self.n_repeats, random_state=self.random_state
        )


def compare(spec: Comparison, dataset: Dataset | None = None) -> Iterator[Evaluation]:
    """Yield one evaluation per (repeat, fold, model), each as soon as it is done.

    All models of a fold come before the next fold, so that a comparison stopped half-way is still
    a paired one.

    Parameters
    ----------
    spec : Comparison
        What to run.
    dataset : Dataset, optional
        The data of ``spec``, if they are in memory already.

    Yields
    ------
    Evaluation
        ``spec.n_evaluations`` of them.
    """
    dataset = dataset or spec.load()
    pipelines = {
        key: pipeline(key, dataset, spec.normalisation, spec.random_state) for key in spec.models
    }
    splits = spec.splitter(dataset).split(dataset.X, dataset.y)
    for number, (train, test) in enumerate(splits):
        repeat, fold = divmod(number, spec.n_splits)
        for key, estimator in pipelines.items():
            yield evaluate(estimator, dataset, train, test, model=key, repeat=repeat, fold=fold)


def _check_choice(what: str, value: str, choices: Any) -> None:
    if value not in choices:
        raise ValueError(f"{what} must be one of {', '.join(choices)}, however: {value!r}")


def _check_integer(name: str, value: int, low: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < low:
        raise ValueError(f"{name} must be an integer of at least {low}, however: {value!r}")
