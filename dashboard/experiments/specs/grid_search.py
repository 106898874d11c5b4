"""A search for the parameters of one model, and an honest score for what it finds."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, ClassVar

import numpy as np
from sklearn.base import BaseEstimator, clone

from bakeoff.datasets import Dataset

from ..folds import Fold, growing, split
from ..models.catalogue import CATALOGUE
from ..task import Task
from . import strategies
from .fields import check_choice, check_integer, mapping, names, parameter_name
from .spec import Rounds, Spec

METHODS = ("grid", "random", "halving", "bayesian")


@dataclass(frozen=True)
class GridSearch(Spec):
    """Everything that decides what a search finds.

    Not nested, the candidates are scored on the folds themselves, and the best of these scores is
    too good. Nested, each fold has a search of its own within its training rows; the winner is
    trained on all of them and scored on the test rows, which no search has seen (Varma and Simon,
    2006). The searches of all folds go on in step, so that there is work for many workers.

    Parameters
    ----------
    dataset : str
        See `Spec` for this and the other fields that all experiments have.
    model : str
        A key of ``catalogue.CATALOGUE``.
    space : mapping, default={}
        Lists of choices and ranges by parameter, as in `strategies`; parameters go by their full
        name in the pipeline or by its last part. An empty one stands for `catalogue.search_space`.
    method : {"grid", "random", "halving", "bayesian"}, default="random"
        See the function of that name in `strategies`. Random search finds as good a candidate as a
        grid with fewer of them (Bergstra and Bengio, 2012), and takes ranges.
    n_candidates : int, default=20
        How many to try; a grid has its own number.
    nested : bool, default=False
        Whether to search within the training rows of each fold.
    inner_splits : int, default=3
        Folds of those rows, when nested, at least 2.
    batch : int, default=4
        Candidates that a Bayesian search proposes at once, at least 1.

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
    >>> from bakeoff.experiments import optimism, run
    >>> space = {"C": {"low": 0.01, "high": 100.0, "log": True}}
    >>> spec = GridSearch("wine", "svm_rbf", space=space, n_candidates=5, nested=True, n_splits=3)
    >>> list(optimism(list(run(spec))).columns)
    ['model', 'repeat', 'fold', 'inner', 'outer', 'gap', 'params']
    """

    label: ClassVar[str] = "Search"
    field_labels: ClassVar[Mapping[str, str]] = {
        **Spec.field_labels,
        "model": "Model",
        "space": "Search space",
        "method": "Search method",
        "n_candidates": "Candidates",
        "nested": "Nested",
        "inner_splits": "Inner folds",
        "batch": "Candidates at once",
    }

    model: str
    _: KW_ONLY
    space: Mapping[str, Any] = field(default_factory=dict)
    method: str = "random"
    n_candidates: int = 20
    nested: bool = False
    inner_splits: int = 3
    batch: int = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("model", self.model, CATALOGUE)
        check_choice("method", self.method, METHODS)
        check_integer("n_candidates", self.n_candidates, low=1)
        check_integer("inner_splits", self.inner_splits, low=2)
        check_integer("batch", self.batch, low=1)
        if not isinstance(self.nested, bool):
            raise TypeError(f"nested must be true or false, however: {self.nested!r}")
        self._set("space", mapping("space", self.space))
        if self.space:
            strategies.check_space(self.space)

    def table(self, task: str) -> str:
        return "optimism(evaluations)" if self.nested else "candidates(evaluations)"

    @property
    def unpaired(self) -> str:
        return "" if self.nested else "search_unpaired"

    def idle(self) -> set[str]:
        plain = {
            "inner_splits": not self.nested,
            "n_candidates": self.method == "grid",
            "batch": self.method != "bayesian",
        }
        return super().idle() | {name for name, is_plain in plain.items() if is_plain}

    def rounds(self, dataset: Dataset) -> Rounds:
        estimator = self.estimator(self.model, dataset)
        searches = self._searches(dataset, estimator)
        going = searches
        while going:
            tasks = [self._tasks(dataset, estimator, one) for one in going]
            evaluations = iter((yield [task for of_one in tasks for task in of_one]))
            for one, of_one in zip(going, tasks, strict=True):
                one.tell([next(evaluations).score for _ in of_one])
            going = [one for one in going if one.trials]
        if self.nested:
            yield [
                self.task(
                    dataset,
                    clone(estimator).set_params(**one.best),
                    one.outer,
                    model=self.model,
                    params=one.best,
                )
                for one in searches
            ]

    def n_fits(self, dataset: Dataset) -> int:
        """Count the fits that the search will take, without fitting anything.

        Parameters
        ----------
        dataset : Dataset
            What it will run on.

        Raises
        ------
        ValueError
            When the space does not fit the method or the model.

        Examples
        --------
        >>> from bakeoff.datasets import load
        >>> grid = {"C": [0.1, 1.0, 10.0], "gamma": [0.1, 1.0]}
        >>> spec = GridSearch("wine", "svm_rbf", space=grid, method="grid", nested=True)
        >>> spec.n_fits(load("wine"))  # 6 candidates on 3 folds, in each of 5 folds, and the 5
        95
        """
        searches = self._searches(dataset, self.estimator(self.model, dataset))
        total = len(searches) if self.nested else 0
        for one in searches:
            if self.method == "bayesian":  # whose proposals take longer than to count them
                total += self.n_candidates * len(one.inner)
                continue
            while one.trials:  # how many are kept does not depend on which
                total += len(one.trials) * len(one.inner)
                one.tell([0.0] * (len(one.trials) * len(one.inner)))
        return total

    def _searches(self, dataset: Dataset, estimator: BaseEstimator) -> list["_Search"]:
        full = {name: parameter_name(estimator, name) for name in self.space}
        names("space", list(full.values()))
        given = {full[name]: values for name, values in self.space.items()}
        space = given or self.search_space(self.model, dataset)
        if not space:
            raise ValueError(f"a search needs a space, and there is none for {self.model!r}")
        folds = self.folds(dataset)
        if not self.nested:
            everything = np.arange(len(dataset.y))
            whole = Fold(0, 0, everything, everything[:0])
            return [_Search(whole, folds, self._strategy(space, folds))]
        seed = self.random_state
        searches = []
        for outer in folds:
            inner = split(dataset, self.inner_splits, random_state=seed, rows=outer.train)
            searches.append(_Search(outer, inner, self._strategy(space, inner)))
        return searches

    def _tasks(self, dataset: Dataset, estimator: BaseEstimator, one: "_Search") -> list[Task]:
        """The trials of a search, each on all of its folds."""
        grown = [growing(dataset, fold.train, self.random_state) for fold in one.inner]
        return [
            self.task(
                dataset,
                clone(estimator).set_params(**trial.params),
                one.outer._replace(
                    train=fold.train if trial.resource is None else rows[: trial.resource],
                    test=fold.test,
                ),
                model=self.model,
                params=trial.params,
                inner=number,
                resource=trial.resource,
                keep_predictions=not self.nested,  # of thousands, nobody looks at them
            )
            for trial in one.trials
            for number, (fold, rows) in enumerate(zip(one.inner, grown, strict=True))
        ]

    def _strategy(self, space: strategies.Space, inner: list[Fold]) -> strategies.Strategy:
        seed = self.random_state
        if self.method == "grid":
            return strategies.grid(space)
        if self.method == "random":
            return strategies.random(space, self.n_candidates, seed)
        if self.method == "halving":
            n_rows = min(len(fold.train) for fold in inner)
            return strategies.halving(space, self.n_candidates, n_rows, random_state=seed)
        return strategies.bayesian(space, self.n_candidates, self.batch, seed)


class _Search:
    """One search on its way: its folds, its strategy, and the trials that wait for scores."""

    def __init__(self, outer: Fold, inner: list[Fold], strategy: strategies.Strategy) -> None:
        self.outer, self.inner, self.strategy = outer, inner, strategy
        self.trials = next(strategy)
        self.best: dict[str, Any] = {}

    def tell(self, scores: list[float]) -> None:
        """Take the scores of all trials, fold by fold, and propose the next."""
        means = np.reshape(scores, (len(self.trials), len(self.inner))).mean(axis=1)
        try:
            self.trials = self.strategy.send(means.tolist())
        except StopIteration as end:
            self.trials, self.best = [], end.value
