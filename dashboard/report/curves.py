"""Curves: what they say in sentences, themselves, and their numbers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bakeoff.datasets import Dataset

from .. import charts
from ..charts.curves import PARTS
from ..experiments import (
    Evaluation,
    LearningCurve,
    Reading,
    Spec,
    ValidationCurve,
    epoch_curve,
    fold_curve,
    fold_epochs,
    read_epochs,
    read_parameter,
    read_rows,
    score_curve,
)
from ..experiments.curve_readings import MARGIN
from ..language import t
from ..quantities import decimal
from ..run_words import model_label
from .section import Section, spans


def learning_curve(
    spec: LearningCurve, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    if spec.over == "epochs":
        return _over_epochs(spec, evaluations, dataset, metric)
    table = score_curve(evaluations, "train_size")
    readings = read_rows(fold_curve(evaluations, "train_size"), margin(spec, dataset))
    chart = charts.score_curve(table, "n_train", t("Training rows"), metric, limits(spec, dataset))
    rows = {t("Training rows"): table.n_train.round().astype(int)}
    title = t("Would more data help?")
    return [
        Section("learning_curve", title, _said(readings), chart, curve_table(table, rows, metric))
    ]


def validation_curve(
    spec: ValidationCurve, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    name = spec.parameter
    table = score_curve(evaluations, name)
    readings = read_parameter(fold_curve(evaluations, name), name, margin(spec, dataset))
    chart = charts.score_curve(table, name, name, metric, limits(spec, dataset))
    readable = curve_table(table, {name: table[name].map(str)}, metric)
    title = t("Is the model too small or too large?")
    return [Section("validation_curve", title, _said(readings), chart, readable)]


def limits(spec: Spec, dataset: Dataset) -> tuple[float | None, float | None]:
    """Return the least and the greatest value that the score of a spec can have."""
    metric = spec.metrics[0] if spec.metrics else ""
    if metric.startswith("neg_"):
        return None, 0.0
    if dataset.task == "regression":
        return None, 1.0
    return (-1.0 if metric == "matthews_corrcoef" else 0.0), 1.0


def margin(spec: Spec, dataset: Dataset) -> float:
    """Return what change is practically none: of an error, a part of the target's spread."""
    is_error = bool(spec.metrics) and spec.metrics[0].startswith("neg_")
    return MARGIN * float(np.std(dataset.y)) if is_error else MARGIN


def curve_table(
    curve: pd.DataFrame, across: dict[str, pd.Series], metric: str, kind: str = ""
) -> pd.DataFrame:
    """Write the means of a `score_curve`, with ``across`` for the column of its points."""
    return pd.DataFrame(
        {
            t("Model"): [model_label(key, kind) for key in curve.model],
            **across,
            t("Scored on"): [t(PARTS[part]) for part in curve.part],
            t("Mean {metric}", metric=metric): curve["mean"].map(decimal),
            t("95 % interval"): spans(curve),
        }
    )


def _over_epochs(
    spec: LearningCurve, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    readings = read_epochs(fold_epochs(evaluations))
    best = {one.model: one.facts["best"] for one in readings if "best" in one.facts}
    table = epoch_curve(evaluations)
    # A mean over the folds that trained on would jump where the others end.
    table = table[table.folds == table.groupby(["model", "curve"]).folds.transform("max")]
    table[["part", "what"]] = table.curve.str.split("_", expand=True)
    last = table.groupby(["model", "curve"], sort=False).tail(1)
    readable = pd.DataFrame(
        {
            t("Model"): last.model.map(model_label),
            t("Curve"): last.curve.str.replace("_", " "),
            t("Last epoch"): last.epoch,
            t("Mean"): last["mean"].map(decimal),
            t("95 % interval"): spans(last),
        }
    )
    loss, score = (table[table.what == what] for what in ("loss", "score"))
    title = t("Does it overfit, and from which epoch?")
    drawn = charts.epoch_curve(loss, t("Loss"), best, (0.0, None))
    scores = charts.epoch_curve(score, metric, best, limits(spec, dataset))
    return [
        Section("epochs_loss", title, _said(readings), drawn, readable),
        Section("epochs_score", t("Scores over epochs"), "", scores),
    ]


def _said(readings: Sequence[Reading]) -> str:
    return "\n".join(f"{model_label(one.model)}: {one.sentence}" for one in readings)
