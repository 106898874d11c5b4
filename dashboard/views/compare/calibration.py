"""Whether the probabilities of classifiers come true, and how all of them score."""

from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import calibration
from bakeoff.experiments.reports.calibration import Calibration
from bakeoff.experiments.reports.probabilities import probabilistic, probability_scores

from ... import charts
from ...charts.look import label
from ...language import mark, t
from ...quantities import decimal
from ...report import Outcome
from ..shared.figure import figure
from .classes import choose_class, class_name

# Of the answer that is given, and where they differ, of the probability of one class.
_READINGS = {
    "over": mark(
        "**{model} is over-confident.** On average it gives its answer a probability of {stated}, "
        "and is right in a share of {happened}."
    ),
    "under": mark(
        "**{model} is under-confident.** On average it gives its answer a probability of {stated}, "
        "and is right in a share of {happened}."
    ),
    "uneven": mark(
        "**{model} is right as often as it says on average, but not at every level.** The points "
        "are off the diagonal by {error} on average; chance alone would give up to {chance}."
    ),
    "calibrated": mark(
        "**{model} is calibrated within noise.** The points are off the diagonal by {error} on "
        "average; chance alone would give up to {chance}."
    ),
}
_CLASS_READINGS = {
    "over": mark(
        "**The probabilities of {model} are too high for {name}.** On average they are {stated}, "
        "and the class has a share of {happened}."
    ),
    "under": mark(
        "**The probabilities of {model} are too low for {name}.** On average they are {stated}, "
        "and the class has a share of {happened}."
    ),
    "uneven": mark(
        "**The probabilities of {model} are right for {name} on average, but not at every level.** "
        "The points are off the diagonal by {error} on average; chance alone would give up to "
        "{chance}."
    ),
}


def show_calibration(outcome: Outcome, model: str) -> None:
    """Draw the reliability curve of one model, and say what it means."""
    evaluations, data = outcome.evaluations, outcome.data
    models = _stating(outcome, model)
    if not models:
        return
    positive = choose_class(
        data, t("All classes: the answer it gives"), key="quality_calibration_class"
    )
    readings = _calibrations(outcome.run.id, len(evaluations), models, positive, outcome)
    if model in models:
        _draw(data, model, readings[model], positive)
    st.table(
        _probability_table(probability_scores(evaluations, data.y), readings),
        hide_index=True,
        border="horizontal",
    )
    st.caption(
        t(
            "Lower is better in all columns. The Brier score and the log loss judge ranking and "
            "calibration together; they are means over the folds. The calibration error is the "
            "mean distance from the diagonal; the last column is what it stays below in 95% of "
            "cases if every probability is right."
        )
    )


def _stating(outcome: Outcome, model: str) -> list[str]:
    """List the models that state probabilities; draw a note on which do not, and why."""
    models = probabilistic(outcome.evaluations)
    predicted = dict.fromkeys(e.model for e in outcome.evaluations if len(e.predicted))
    without = [key for key in predicted if key not in models]
    if without:
        text = t(
            "Left out, for want of probabilities: {models}. A support vector machine says on which "
            "side of a boundary a row lies and how far from it, not how probable that is. That "
            "ranks the rows, as the ROC curve shows. Probabilities would have to be fitted on top, "
            "which makes another model.",
            models=", ".join(map(label, without)),
        )
        (st.info if model in without else st.caption)(text)
    return models


def _draw(data: Dataset, model: str, found: Calibration, positive: Any) -> None:
    if positive is None:
        name, texts = "", _READINGS
        titles = t("Probability of the answer given"), t("Share of right answers")
    else:
        name, texts = class_name(data, positive), {**_READINGS, **_CLASS_READINGS}
        titles = t("Probability of {name}", name=name), t("Share of {name}", name=name)
    numbers = (found.stated, found.happened, found.error, found.chance)
    names = ("stated", "happened", "error", "chance")
    values = dict(zip(names, map(decimal, numbers), strict=True))
    st.markdown(t(texts[found.reading], model=label(model), name=f"`{name}`", **values))
    bins = found.bins
    table = bins.set_axis([*titles, t("95% from"), t("95% to"), t("Rows")], axis="columns")
    figure(charts.reliability(bins, model, *titles), table, key="quality_calibration")
    st.caption(
        t(
            "Out-of-fold probabilities in {bins} bins of about {rows} rows each, first repeat and "
            "seed. Below the diagonal, things happen less often than stated. Bars are Wilson's "
            "95% intervals, which take the rows for independent.",
            bins=len(bins),
            rows=round(bins.rows.mean()),
        )
    )


# Chance is found by drawing, which takes a while on many rows.
@st.cache_data(max_entries=32, show_spinner=False)
def _calibrations(
    run: str, n_evaluations: int, models: list[str], positive: Any, _outcome: Outcome
) -> dict[str, Calibration]:
    evaluations, y = _outcome.evaluations, _outcome.data.y
    return {model: calibration(evaluations, model, y, positive) for model in models}


def _probability_table(scores: pd.DataFrame, readings: dict[str, Calibration]) -> pd.DataFrame:
    shown = {
        (model, score): f"{decimal(mean)} ±\N{NO-BREAK SPACE}{decimal(high - mean)}"
        for model, score, mean, _, high, _ in scores.itertuples(index=False)
    }
    models = list(readings)
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in models],
            t("Brier score"): [shown[key, "brier"] for key in models],
            t("Log loss"): [shown[key, "log_loss"] for key in models],
            t("Calibration error"): [decimal(readings[key].error) for key in models],
            t("By chance up to"): [decimal(readings[key].chance) for key in models],
        }
    )
