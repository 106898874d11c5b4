"""A run that exact kernel SVMs would hold up for hours is refused before it starts."""

from collections.abc import Sequence

from sklearn.base import BaseEstimator
from sklearn.svm import SVC, SVR

from bakeoff.dashboard.quantities import duration
from bakeoff.datasets import Dataset

from .models.fit_time import estimate_fit_seconds
from .specs.spec import Spec
from .task import Task

_NEVER_LONG = 2000  # training rows on which the estimate would take longer than the fits


class CostlyError(ValueError):
    """A fit would take longer than its limit."""


def check_cost(spec: Spec, dataset: Dataset, tasks: Sequence[Task]) -> None:
    """Estimate the longest fit of each exact kernel SVM, and compare it with the limit.

    Parameters
    ----------
    spec : Spec
        Says how SVMs are trained, and the limit.
    dataset : Dataset
    tasks : sequence of Task
        What is to run first.

    Raises
    ------
    CostlyError
        When one fit would take longer than ``spec.svm_seconds``.
    """
    if spec.svm != "exact":
        return
    longest: dict[str, Task] = {}
    for task in tasks:
        if len(task.train) > _NEVER_LONG and _has_kernel(task.estimator):
            before = longest.setdefault(task.model, task)
            if len(task.train) > len(before.train):
                longest[task.model] = task
    for model, task in longest.items():
        n_train = len(task.train)
        found = estimate_fit_seconds(
            task.estimator, dataset.X[task.train], dataset.y[task.train], n_train
        )
        if found.seconds > spec.svm_seconds:
            raise CostlyError(
                f"{model} would take about {duration(found.seconds)} a fit on {n_train:,} rows "
                f"(time grows with their number to the power of {found.exponent:.1f}), however "
                f"svm_seconds is {spec.svm_seconds:g}: choose svm='nystroem' or svm='subsample', "
                "or raise the limit"
            )


def _has_kernel(estimator: BaseEstimator) -> bool:
    """Whether an exact kernel SVM is somewhere in it, as in an ensemble of them."""
    parts = [estimator, *estimator.get_params().values()]
    return any(isinstance(part, (SVC, SVR)) for part in parts)
