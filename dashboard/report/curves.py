"""Curves: what they say in sentences, themselves, and their numbers."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import Evaluation, LearningCurve, Spec, ValidationCurve, score_curve
from bakeoff.experiments.findings import Finding
from bakeoff.experiments.reports.curves import fold_curve, fold_epochs, whole_epochs
from bakeoff.experiments.reports.readings import read_epochs, read_parameter, read_rows
from bakeoff.experiments.scorers import margin, score_limits

from .. import charts
from ..charts.curves import PARTS
from ..language import mark, t
from ..quantities import decimal
from .section import Section, spans
from .sentences import say
from .words import metric_label, model_label

QUESTIONS = {
    "rows": mark("Would more data help?"),
    "epochs": mark("Does it overfit, and from which epoch?"),
    "parameter": mark("Is the model too small or too large?"),
}


def question_of(spec: Spec) -> str:
    """Return the key in ``QUESTIONS`` of what a spec asks; "rows" for a spec of another kind."""
    if isinstance(spec, ValidationCurve):
        return "parameter"
    return spec.over if isinstance(spec, LearningCurve) else "rows"


def curve(
    spec: LearningCurve | ValidationCurve,
    evaluations: Sequence[Evaluation],
    dataset: Dataset,
    metric: str,
) -> list[Section]:
    """Return a curve, with what it says of each model and the numbers in it."""
    question, found = question_of(spec), readings(spec, evaluations, dataset)
    said = "\n".join(
        f"{model_label(model)}: {say(one)}" for model, of_model in found.items() for one in of_model
    )
    if question == "epochs":
        return _over_epochs(spec, evaluations, dataset.task, metric, found, said)
    name = "validation_curve" if question == "parameter" else "learning_curve"
    table, points = score_table(spec, evaluations)
    chart = score_chart(spec, table, dataset.task)
    return [Section(name, t(QUESTIONS[question]), said, chart, curve_table(table, points, metric))]


def readings(
    spec: LearningCurve | ValidationCurve, evaluations: Sequence[Evaluation], dataset: Dataset
) -> dict[str, list[Finding]]:
    """Return what the curve of a spec says of each model."""
    if question_of(spec) == "epochs":
        return read_epochs(fold_epochs(evaluations))
    none = margin(spec.scorer(dataset.task), dataset.y)
    if isinstance(spec, ValidationCurve):
        folds = fold_curve(evaluations, spec.parameter)
        return read_parameter(folds, spec.parameter, none)
    return read_rows(fold_curve(evaluations, "train_size"), none)


def score_table(
    spec: LearningCurve | ValidationCurve, evaluations: Sequence[Evaluation]
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Return the `score_curve` of a spec, and its points for a reader under their heading."""
    if isinstance(spec, ValidationCurve):
        table = score_curve(evaluations, spec.parameter)
        return table, {spec.parameter: table[spec.parameter].map(str)}
    table = score_curve(evaluations, "train_size")
    return table, {t("Training rows"): table.n_train.round().astype(int)}


def score_chart(spec: Spec, table: pd.DataFrame, task: str) -> alt.LayerChart | alt.FacetChart:
    """Draw a `score_curve` with the axes and the limits that its spec gives it."""
    metric, limits = metric_label(spec, task), score_limits(spec.scorer(task), task)
    if isinstance(spec, ValidationCurve):
        return charts.score_curve(table, spec.parameter, spec.parameter, metric, limits)
    whole = table.assign(n_train=table.n_train.round().astype(int))  # folds differ by a row
    return charts.score_curve(whole, "n_train", t("Training rows"), metric, limits)


def curve_table(
    table: pd.DataFrame, points: dict[str, pd.Series], metric: str, kind: str = ""
) -> pd.DataFrame:
    """Write the means of a `score_curve`, with ``points`` for the column of its points."""
    return pd.DataFrame(
        {
            t("Model"): [model_label(key, kind) for key in table.model],
            **points,
            t("Scored on"): [t(PARTS[part]) for part in table.part],
            t("Mean {metric}", metric=metric): table["mean"].map(decimal),
            t("95% interval"): spans(table),
        }
    )


def _over_epochs(
    spec: Spec,
    evaluations: Sequence[Evaluation],
    task: str,
    metric: str,
    found: Mapping[str, Sequence[Finding]],
    said: str,
) -> list[Section]:
    best = best_epochs(found)
    drawn = whole_epochs(evaluations)
    loss = charts.epoch_curve(drawn["loss"], t("Loss"), best, (0.0, None))
    score = charts.epoch_curve(drawn["score"], metric, best, score_limits(spec.scorer(task), task))
    return [
        Section("epochs_loss", t(QUESTIONS["epochs"]), said, loss, _last(drawn["loss"])),
        Section("epochs_score", t("Scores over epochs"), "", score, _last(drawn["score"])),
    ]


def best_epochs(found: Mapping[str, Sequence[Finding]]) -> dict[str, int]:
    """Return the epoch with the lowest mean validation loss of each net, where there is one."""
    return {
        model: one.facts["best"]
        for model, of_model in found.items()
        for one in of_model
        if "best" in one.facts
    }


def _last(table: pd.DataFrame) -> pd.DataFrame:
    last = table.groupby(["model", "part"], sort=False).tail(1)
    return pd.DataFrame(
        {
            t("Model"): last.model.map(model_label),
            t("Scored on"): [t(PARTS[part]) for part in last.part],
            t("Last epoch"): last.epoch,
            t("Mean"): last["mean"].map(decimal),
            t("95% interval"): spans(last),
        }
    )
