"""What every experiment says of itself: the data, the folds, the scores, the seed.

A spec decides all results, goes through JSON, and plans its own work; `engine.run` carries it out.
A kind of experiment is a subclass, and what others must know of the kind stands on it.
"""

import json
import warnings
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass, field, fields
from numbers import Real
from pathlib import PurePath
from typing import Any, ClassVar, Self

from sklearn.base import BaseEstimator
from sklearn.metrics import get_scorer_names

from bakeoff import datasets
from bakeoff.datasets import Dataset, TableWarning

from ..evaluation import Evaluation
from ..folds import Fold, split
from ..models import catalogue, svms
from ..scorers import SCORERS
from ..task import Task
from .fields import LAST_SEED, check_choice, check_integer, mapping, names

Rounds = Generator[list[Task], list[Evaluation], None]


@dataclass(frozen=True, kw_only=True)
class Spec:
    """The fields that all experiments have.

    Parameters
    ----------
    dataset : str
        A name that `bakeoff.datasets.load` takes; any name when the data are passed to `run`.
    params : mapping, default={}
        Keyword arguments for `bakeoff.datasets.load`.
    n_splits : int, default=5
        Folds, at least 2. Five or ten are usual (Kohavi, 1995).
    n_repeats : int, default=1
        How often the rows are shuffled and split anew, at least 1.
    normalisation : {"standard", "minmax", "none"}, default="standard"
        Fitted on the training rows of each fold.
    random_state : int, default=0
        Seeds the folds, the models and the searches; at most 2**32 - 1.
    metrics : sequence of str, default=()
        scikit-learn's names of scorers, the one to rank by first. None stands for accuracy, or
        R² in a regression.
    svm : {"exact", "nystroem", "subsample"}, default="exact"
        How kernel SVMs are trained; see `catalogue.pipeline`.
    svm_seconds : float, default=60
        A run in which one fit of an exact kernel SVM would take longer, by
        `estimate_fit_seconds`, is refused.

    Attributes
    ----------
    label : str
        What a reader calls the kind. This and the other labels are in English; a page translates
        them.
    field_labels : mapping
        What a reader calls each field.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.
    """

    label: ClassVar[str]
    field_labels: ClassVar[Mapping[str, str]] = {
        "dataset": "Data set",
        "params": "Settings of the data",
        "n_splits": "Folds",
        "n_repeats": "Repeats",
        "normalisation": "Normalisation",
        "random_state": "Seed",
        "metrics": "Score",
        "svm": "Kernel SVMs",
    }

    dataset: str = field(kw_only=False)
    params: Mapping[str, Any] = field(default_factory=dict)
    n_splits: int = 5
    n_repeats: int = 1
    normalisation: str = "standard"
    random_state: int = 0
    metrics: tuple[str, ...] = ()
    svm: str = "exact"
    svm_seconds: float = 60.0

    def __post_init__(self) -> None:
        # As JSON will give them back: equal specs must compare equal on both sides of it.
        if not isinstance(self.dataset, str):
            raise TypeError(f"dataset must be a name, however: {self.dataset!r}")
        self._set("params", mapping("params", self.params))
        self._set("metrics", names("metrics", self.metrics))
        for metric in self.metrics:
            check_choice("a metric", metric, get_scorer_names())
        check_choice("normalisation", self.normalisation, catalogue.NORMALISATIONS)
        check_choice("svm", self.svm, svms.METHODS)
        if not isinstance(self.svm_seconds, Real) or not self.svm_seconds > 0:
            raise ValueError(f"svm_seconds must be above 0, however: {self.svm_seconds!r}")
        self._set("svm_seconds", float(self.svm_seconds))
        check_integer("n_splits", self.n_splits, low=2)
        check_integer("n_repeats", self.n_repeats, low=1)
        check_integer("random_state", self.random_state, low=0, high=LAST_SEED)

    def rounds(self, dataset: Dataset) -> Rounds:
        """Yield all tasks that may run at once, be sent their evaluations, and so on.

        Parameters
        ----------
        dataset : Dataset
            What `load` gives, or data in memory.

        Yields
        ------
        list of Task
            All models of a fold before the next fold, so that an experiment stopped half-way is
            still a paired one. The evaluations are sent in the order of the tasks.
        """
        raise NotImplementedError

    @classmethod
    def model_label(cls, key: str) -> str:
        """Return what a reader calls the ``model`` of an evaluation."""
        return catalogue.CATALOGUE[key].label

    def table(self, task: str) -> str:
        """Return the call, in Python, that makes the table which answers the question.

        Parameters
        ----------
        task : {"classification", "regression"}

        Returns
        -------
        str
            Of a function that `bakeoff.experiments` exports, on ``evaluations``.
        """
        raise NotImplementedError

    @property
    def unpaired(self) -> str:
        """Code of the `Finding` why no score may be paired with one of another run, or empty."""
        return ""

    @property
    def x(self) -> str:
        """What a curve runs over, by its name in the ``params`` of an evaluation, or empty."""
        return ""

    def idle(self) -> set[str]:
        """Return the names of fields that change nothing, as the others are set."""
        # How long a fit may take decides whether there is a run, and nothing in it.
        return {"svm_seconds", *(["svm"] if self.svm == "exact" else [])}

    def load(self, *, tell: bool = True) -> Dataset:
        """Load the data that the spec names; raise a ValueError for a name that there is not.

        Parameters
        ----------
        tell : bool, default=True
            Whether to warn of what is chosen in a file of the user's own, as `datasets.load` does.
        """
        with warnings.catch_warnings():
            if not tell:
                warnings.simplefilter("ignore", TableWarning)
            return datasets.load(self.dataset, **self.params)

    @property
    def title(self) -> str:
        """What a run is called until somebody renames it."""
        name = PurePath(self.dataset).name if self.dataset.startswith("file:") else self.dataset
        return f"{self.label} on {name}"

    def scorer(self, task: str) -> str:
        """Return the name of the score that models are ranked by, for a task."""
        return (self.metrics or (SCORERS[task],))[0]

    def folds(self, dataset: Dataset) -> list[Fold]:
        """Return the folds that all models share; see `folds.split`."""
        return split(dataset, self.n_splits, self.n_repeats, random_state=self.random_state)

    def to_json(self) -> str:
        """Return the spec as one JSON object with sorted keys."""
        return json.dumps({"kind": type(self).__name__, **asdict(self)}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote; unknown keys are refused by name."""
        values = _parsed(text)
        kind = values.pop("kind", cls.__name__)
        if kind != cls.__name__:
            raise ValueError(f"kind must be {cls.__name__!r}, however: {kind!r}")
        unknown = sorted(set(values) - {known.name for known in fields(cls)})
        if unknown:
            raise ValueError(f"a {cls.__name__} has no field {unknown[0]!r}")
        return cls(**values)

    def estimator(self, model: str, dataset: Dataset, seed: int | None = None) -> BaseEstimator:
        """Build the pipeline of a model, seeded with ``random_state`` unless told otherwise."""
        seed = self.random_state if seed is None else seed
        return catalogue.pipeline(model, dataset, self.normalisation, seed, svm=self.svm)

    def search_space(self, model: str, dataset: Dataset) -> dict[str, Any]:
        """Return what can be searched for a model, by the names of its `estimator`."""
        return catalogue.search_space(model, dataset, self.normalisation, svm=self.svm)

    def task(
        self,
        dataset: Dataset,
        estimator: BaseEstimator,
        fold: Fold,
        *,
        kind: type[Task] = Task,
        **labels: Any,
    ) -> Task:
        """Make the task of fitting ``estimator`` on one fold; ``labels`` are further fields."""
        values = {
            "estimator": estimator,
            "metrics": self.metrics or (SCORERS[dataset.task],),
            "seed": self.random_state,
            "variant": self._variant(labels["model"]),
            "groups": None if dataset.groups is None else dataset.groups[fold.test],
            **fold._asdict(),
        }
        return kind(**{**values, **labels})

    def _variant(self, model: str) -> str:
        known = catalogue.CATALOGUE.get(model)
        is_changed = known is not None and known.family == "svm" and self.svm != "exact"
        return svms.METHODS[self.svm] if is_changed else ""

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


def kinds() -> dict[str, type[Spec]]:
    """Return every kind of experiment under the name that a run has for it, in that order.

    Examples
    --------
    >>> list(kinds())[0]
    'Comparison'
    """
    found = {kind.__name__: kind for kind in Spec.__subclasses__()}
    return dict(sorted(found.items()))


def spec_from_json(text: str) -> Spec:
    """Read back a spec of any kind.

    Raises
    ------
    ValueError
        For a kind that there is not, and for fields that it has not.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, spec_from_json
    >>> spec_from_json(Comparison("iris", ["mlp"]).to_json()).models
    ('mlp',)
    """
    kind: Any = _parsed(text).get("kind")
    check_choice("kind", kind, kinds())
    return kinds()[kind].from_json(text)


def _parsed(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise ValueError(f"a spec must be a JSON object, however: {text!r}")
    return values
