"""How one parameter of one model decides between underfitting and overfitting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sklearn.base import clone

from bakeoff.datasets import Dataset

from ..models.catalogue import CATALOGUE
from .fields import check_choice, parameter_name, sequence
from .spec import Rounds, Spec


@dataclass(frozen=True)
class ValidationCurve(Spec):
    """Everything that decides a validation curve: the score against the values of a parameter.

    Each value is scored on the training rows of every fold and on its test rows. Both low is
    underfitting; a training score far above the other is overfitting.

    Parameters
    ----------
    dataset : str
        See `Spec` for this and the other fields that all experiments have.
    model : str
        A key of ``catalogue.CATALOGUE``.
    parameter : str
        By its full name in the pipeline, or by its last part where only one is called that:
        ``"svc__C"`` or ``"C"``.
    values : sequence
        What to set it to, in this order.

    Raises
    ------
    TypeError, ValueError
        One sentence with the value that cannot be used.

    Examples
    --------
    >>> from bakeoff.experiments import run, score_curve
    >>> spec = ValidationCurve("wine", "svm_rbf", "gamma", [0.001, 0.1, 10.0], n_splits=3)
    >>> table = score_curve(list(run(spec)), "gamma")
    >>> table.pivot(index="gamma", columns="part", values="mean").round(2)
    part    test  train
    gamma
    0.001   0.75   0.78
    0.100   0.98   1.00
    10.000  0.40   1.00
    """

    label: ClassVar[str] = "Validation curve"
    field_labels: ClassVar[Mapping[str, str]] = {
        **Spec.field_labels,
        "model": "Model",
        "parameter": "Parameter",
        "values": "Parameter values",
    }

    model: str
    parameter: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        check_choice("model", self.model, CATALOGUE)
        if not isinstance(self.parameter, str):
            raise TypeError(f"parameter must be a name, however: {self.parameter!r}")
        self._set("values", sequence("values", self.values))
        if not self.values:
            raise ValueError("values must have at least one value, however: ()")

    def table(self, task: str) -> str:
        return f"score_curve(evaluations, {self.x!r})"

    @property
    def x(self) -> str:
        return self.parameter

    def rounds(self, dataset: Dataset) -> Rounds:
        base = self.estimator(self.model, dataset)
        name = parameter_name(base, self.parameter)
        estimators = [(value, clone(base).set_params(**{name: value})) for value in self.values]
        yield [
            self.task(
                dataset,
                estimator,
                fold,
                model=self.model,
                params={self.parameter: value},
                score_train=True,
            )
            for fold in self.folds(dataset)
            for value, estimator in estimators
        ]
