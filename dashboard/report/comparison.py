"""A comparison: the verdict, every fold, paired differences, and what the best model predicted."""

from collections.abc import Sequence

import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import Comparison, Evaluation, fold_scores, predictions, summary, verdict
from bakeoff.experiments.reports.predictions import confusion
from bakeoff.experiments.reports.scores import better_than_guessing, complete_folds, differences

from .. import charts
from ..language import t
from ..quantities import decimal, duration
from .section import Section, spans
from .sentences import say, say_all
from .words import model_label


def comparison(
    spec: Comparison, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    """Return a comparison's verdict, folds and differences, and what its best model predicted."""
    paired = complete_folds(evaluations, spec.models)
    if not paired:
        return [Section("verdict", t("No verdict"), t("No fold was finished by all models."))]
    found, table = verdict(paired), summary(paired)
    if found:
        first = Section("verdict", say(found.headline), say_all(found.explanation))
    else:
        text = t("A verdict takes two models that finished at least two folds.")
        first = Section("verdict", t("No verdict"), text)
    drawn = better_than_guessing(table, dataset.task)
    if not drawn:
        return [first]
    best = table.model[0]
    return [
        first,
        _folds(table, fold_scores(paired), drawn, metric),
        *_against(best, differences(paired, best), drawn, metric),
        *_predicted(paired, best, dataset),
    ]


def _folds(table: pd.DataFrame, scores: pd.DataFrame, drawn: list[str], metric: str) -> Section:
    readable = pd.DataFrame(
        {
            t("Model"): table.model.map(model_label),
            t("Mean {metric}", metric=metric): table["mean"].map(decimal),
            t("95% interval"): spans(table),
            t("Folds"): table.folds,
            t("Fit time"): table.fit_seconds.map(duration),
        }
    )
    text = t(
        "Each mark is one fold, the long tick is the mean, and a grey line joins the same fold."
    )
    chart = charts.fold_scores(scores[scores.model.isin(drawn)], drawn, metric)
    return Section("fold_scores", t("Fold by fold"), text, chart, readable)


def _against(best: str, gaps: pd.DataFrame, drawn: list[str], metric: str) -> list[Section]:
    if gaps.empty:
        return []
    label = model_label(best)
    shown = gaps[gaps.model.isin(drawn)].dropna()
    axis = t("{metric} minus that of {model}, paired by fold", metric=metric, model=label)
    readable = pd.DataFrame(
        {
            t("Model"): gaps.model.map(model_label),
            t("Difference"): [decimal(mean, "+") for mean in gaps["mean"]],
            t("95% interval"): spans(gaps, "+"),
        }
    )
    chart = charts.intervals(shown, axis) if len(shown) else None
    return [Section("differences", t("Against {model}", model=label), "", chart, readable)]


def _predicted(evaluations: Sequence[Evaluation], model: str, dataset: Dataset) -> list[Section]:
    if dataset.task == "classification":
        counts = confusion(evaluations, model, dataset.target_names)
        title = t("Confusion matrix of {model}", model=model_label(model))
        text = t("Every row was predicted by a model that had not seen it.")
        return [Section("confusion", title, text, charts.confusion(counts))] if len(counts) else []
    points = predictions(evaluations, model)
    if points.empty:
        return []
    title = t("Predicted and actual, {model}", model=model_label(model))
    text = t(
        "Every row was predicted by a model that had not seen it; on the dashed line it would be "
        "right. The first repeat is drawn."
    )
    chart = charts.predictions(points[points.repeat == 0], dataset.target_names[0])
    return [Section("predictions", title, text, chart)]
