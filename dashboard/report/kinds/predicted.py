"""What one model of a comparison predicted for rows that it had not seen."""

import pandas as pd

from bakeoff.experiments.reports.predictions import confusion
from bakeoff.experiments.reports.residuals import error_sizes, residuals

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import three_digits
from ..outcome import Outcome
from ..prose import code
from ..section import Section


def predicted(outcome: Outcome, model: str) -> list[Section]:
    """Return the predictions of one model against what was so.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison, with complete folds only.
    model : str
        Key of a model that has predicted.
    """
    if outcome.data.task == "classification":
        title = t("Confusion matrix of {model}", model=label(model))
        return [confusion_of(outcome, model)._replace(title=title)]
    title = t("Predicted and actual, {model}", model=label(model))
    first, sizes = predictions_of(outcome, model)
    return [first._replace(title=title), sizes]


def confusion_of(outcome: Outcome, model: str) -> Section:
    """Return the confusion matrix of one model, and what it confuses most."""
    counts = confusion(outcome.evaluations, model, outcome.data.target_names)
    seen = counts[counts["count"] > 0]
    table = seen.round({"share": 4}).set_axis(
        [t("Actual"), t("Predicted"), t("Rows"), t("Share of the actual class")], axis="columns"
    )
    caption = t(
        "Every row was predicted by a model that had not seen it. Each repeat and each seed "
        "counts once more."
    )
    text = _confused(counts, model)
    return Section(
        "confusion", text=text, chart=charts.confusion(counts), table=table, caption=caption
    )


def predictions_of(outcome: Outcome, model: str, target: int = 0) -> tuple[Section, Section]:
    """Return predicted against actual values of one model, and the size of all models' errors.

    Parameters
    ----------
    outcome : Outcome
    model : str
    target : int, default=0
        Of several, which.
    """
    points = residuals(outcome.evaluations, model, target)
    about_points = t(
        "Every row was predicted by a model that had not seen it; on the dashed line it would "
        "be right. The first repeat and seed is drawn."
    )
    about_sizes = t(
        "Size of the errors, in units of the target: means over the folds, with 95% "
        "intervals. The root mean squared error weighs large errors more. Units: {units}",
        units=t(outcome.data.units),
    )
    return (
        Section(
            "predictions",
            chart=charts.predictions(points, outcome.data.target_names[target]),
            table=residual_table(points),
            caption=about_points,
        ),
        Section(
            "error_sizes",
            table=_sizes(error_sizes(outcome.evaluations, target)),
            caption=about_sizes,
        ),
    )


def residual_table(points: pd.DataFrame) -> pd.DataFrame:
    """Write the rows of `residuals`."""
    table = points[["row", "fold", "actual", "predicted", "residual"]]
    titles = [t("Row"), t("Fold"), t("Actual"), t("Predicted"), t("Actual minus predicted")]
    return table.assign(fold=table.fold + 1).set_axis(titles, axis="columns")


def _confused(counts: pd.DataFrame, model: str) -> str:
    wrong = counts[(counts["count"] > 0) & (counts.actual != counts.predicted)]
    if wrong.empty:
        return t("**{model} confused no row.**", model=label(model))
    rows = counts.groupby("actual")["count"].sum()
    most = wrong.sort_values("count", ascending=False, kind="stable").head(3)
    pairs = [
        t(
            "{actual} taken for {predicted} ({n} of {total} rows)",
            actual=code(actual),
            predicted=code(predicted),
            n=f"{n:,}",
            total=f"{rows[actual]:,}",
        )
        for actual, predicted, n, _ in most.itertuples(index=False)
    ]
    return t("Most often confused: {pairs}.", pairs="; ".join(pairs))


def _sizes(table: pd.DataFrame) -> pd.DataFrame:
    shown = {
        (model, score): f"{three_digits(mean)} ±\N{NO-BREAK SPACE}{three_digits(high - mean)}"
        for model, score, mean, _, high, _ in table.itertuples(index=False)
    }
    models = list(table.model.unique())
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in models],
            t("Mean absolute error"): [shown[key, "mae"] for key in models],
            t("Root mean squared error"): [shown[key, "rmse"] for key in models],
        }
    )
