"""How a model's score grows with its training rows, or with the epochs of its training."""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from bakeoff.datasets import Dataset

from ..folds import Fold, growing
from ..models.catalogue import CATALOGUE
from .epoch_task import EpochTask
from .fields import check_choice, model_names, sequence
from .spec import Rounds, Spec

# scikit-learn's default of learning_curve.
TRAIN_SIZES = (0.1, 0.325, 0.55, 0.775, 1.0)


@dataclass(frozen=True)
class LearningCurve(Spec):
    """Everything that decides a learning curve.

    Over rows, each model is trained on growing beginnings of each fold's training rows, and scored
    on these and on the fold's test rows. Over epochs, each net is trained once a fold, and what it
    was after every epoch is scored on the test rows.

    Parameters
    ----------
    dataset : str
        See `Spec` for this and the other fields that all experiments have.
    models : sequence of str
        Keys of ``catalogue.CATALOGUE``, each once; nets only, over epochs.
    over : {"rows", "epochs"}, default="rows"
        What the curve runs over.
    train_sizes : sequence of float or int, default=(0.1, 0.325, 0.55, 0.775, 1.0)
        Shares of a fold's training rows, above 0 and at most 1, or counts of rows. Beginnings are
        nested, and stratified for classes.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.

    Examples
    --------
    >>> from bakeoff.experiments import run, score_curve
    >>> spec = LearningCurve("iris", ["svm_rbf"], train_sizes=[0.2, 1.0], n_splits=3)
    >>> table = score_curve(list(run(spec)), "train_size")
    >>> table[["train_size", "part", "n_train", "mean"]].round(2)
       train_size   part  n_train  mean
    0         0.2   test     20.0  0.90
    1         0.2  train     20.0  0.95
    2         1.0   test    100.0  0.95
    3         1.0  train    100.0  0.98
    """

    label: ClassVar[str] = "Learning curve"
    field_labels: ClassVar[Mapping[str, str]] = {
        **Spec.field_labels,
        "models": "Models",
        "over": "Curve over",
        "train_sizes": "Training sizes",
    }

    models: tuple[str, ...]
    _: KW_ONLY
    over: str = "rows"
    train_sizes: tuple[float, ...] = TRAIN_SIZES

    def __post_init__(self) -> None:
        super().__post_init__()
        self._set("models", model_names(self.models))
        self._set("train_sizes", sequence("train_sizes", self.train_sizes))
        check_choice("over", self.over, ("rows", "epochs"))
        for size in self.train_sizes:
            _check_size(size)
        if not self.train_sizes:
            raise ValueError("train_sizes must have at least one size, however: ()")
        if self.over == "epochs":
            nets = [key for key, model in CATALOGUE.items() if model.family == "net"]
            for model in self.models:
                check_choice("a model over epochs", model, nets)

    def table(self, task: str) -> str:
        return f"score_curve(evaluations, {self.x!r})" if self.x else "epoch_curve(evaluations)"

    @property
    def x(self) -> str:
        return "train_size" if self.over == "rows" else ""  # one evaluation has all epochs

    def idle(self) -> set[str]:
        return super().idle() | ({"train_sizes"} if self.over == "epochs" else set())

    def rounds(self, dataset: Dataset) -> Rounds:
        estimators = {model: self.estimator(model, dataset) for model in self.models}
        if self.over == "rows":
            yield [
                self.task(
                    dataset,
                    estimator,
                    grown,
                    model=model,
                    params={"train_size": size},
                    score_train=True,
                )
                for fold in self.folds(dataset)
                for size, grown in self._grown(dataset, fold)
                for model, estimator in estimators.items()
            ]
            return
        yield [
            self.task(dataset, estimator, fold, model=model, kind=EpochTask)
            for fold in self.folds(dataset)
            for model, estimator in estimators.items()
        ]

    def _grown(self, dataset: Dataset, fold: Fold) -> Iterator[tuple[float, Fold]]:
        rows = growing(dataset, fold.train, self.random_state)
        for size in self.train_sizes:
            count = size if isinstance(size, int) else max(1, round(size * len(rows)))
            if count > len(rows):
                raise ValueError(
                    f"a train size must be at most the training rows of a fold, {len(rows)}, "
                    f"however: {size}"
                )
            yield size, fold._replace(train=rows[:count])


def _check_size(size: Any) -> None:
    counts = isinstance(size, int) and not isinstance(size, bool) and size >= 1
    if not counts and not (isinstance(size, float) and 0 < size <= 1):
        raise ValueError(
            f"a train size must be a share above 0 and at most 1, or a count of rows, "
            f"however: {size!r}"
        )
