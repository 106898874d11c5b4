"""What a report says of a run that has ended: sentences, charts and tables, kind by kind.

The pages show more, and let one choose. This is what stands in a file that is read without them.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    Evaluation,
    GridSearch,
    LearningCurve,
    Spec,
    ValidationCurve,
)

from ..language import t
from .comparison import comparison
from .curves import curve
from .ensembles import ensembles
from .search import search
from .section import Section
from .words import metric_label, model_label

__all__ = ["Section", "sections"]


def sections(spec: Spec, evaluations: Sequence[Evaluation], dataset: Dataset) -> list[Section]:
    """Return what there is to say of a run of any kind, the answer to its question first.

    Parameters
    ----------
    spec : Spec
    evaluations : sequence of Evaluation
        Of the run, or those that there are of one that was stopped.
    dataset : Dataset
        What it ran on.
    """
    if not evaluations:
        return [Section("nothing", t("Nothing was finished"))]
    of_kind: dict[type, Callable[..., list[Section]]] = {
        Comparison: comparison,
        LearningCurve: curve,
        ValidationCurve: curve,
        EnsembleStudy: ensembles,
        GridSearch: search,
    }
    answer = of_kind[type(spec)](spec, evaluations, dataset, metric_label(spec, dataset.task))
    return [*answer, *_failures(spec, evaluations)]


def _failures(spec: Spec, evaluations: Sequence[Evaluation]) -> list[Section]:
    errors: dict[tuple[str, str], int] = {}
    for e in evaluations:
        if e.error:
            errors[e.model, e.error] = errors.get((e.model, e.error), 0) + 1
    if not errors:
        return []
    table = pd.DataFrame(
        {
            t("Model"): [model_label(model, type(spec).__name__) for model, _ in errors],
            t("Fits"): list(errors.values()),
            t("Reason"): [error for _, error in errors],
        }
    )
    return [Section("failures", t("What failed"), table=table)]
