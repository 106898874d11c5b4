"""What out-of-fold predictions of quantities were worth: agreement, and errors with a pattern."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from bakeoff.experiments.reports.residuals import Pattern, error_sizes, pattern, residuals, trend

from ... import charts
from ...charts.look import label
from ...language import mark, t
from ...quantities import decimal
from ..shared.figure import figure
from ..shared.running import Outcome

_BIAS = {
    "high": mark("**{model} predicts too high on average, by {size}** ({low} to {high})."),
    "low": mark("**{model} predicts too low on average, by {size}** ({low} to {high})."),
    "none": mark("{model} has no bias that these folds can show: {size} on average."),
}


def show_predictions(outcome: Outcome, model: str) -> None:
    """Draw predicted against actual values of one model, and the size of all models' errors."""
    target, name = _target(outcome)
    points = residuals(outcome.evaluations, model, target)
    figure(charts.predictions(points, name), _readable(points), key="quality_predictions")
    st.caption(
        t(
            "Every row was predicted by a model that had not seen it; on the dashed line it would "
            "be right. The first repeat and seed is drawn."
        )
    )
    st.table(_sizes(error_sizes(outcome.evaluations, target)), hide_index=True, border="horizontal")
    st.caption(
        t(
            "Size of the errors, in units of the target: means over the folds, with 95% "
            "intervals. The root mean squared error weighs large errors more. Units: {units}",
            units=t(outcome.data.units),
        )
    )


def show_residuals(outcome: Outcome, model: str) -> None:
    """Draw the errors of one model against what it predicted, and say what pattern they have."""
    target, name = _target(outcome)
    points = residuals(outcome.evaluations, model, target)
    found = pattern(outcome.evaluations, model, target)
    st.markdown(f"{_bias(found, model)} {_growth(found)}")
    figure(
        charts.residuals(points, trend(points), name), _readable(points), key="quality_residuals"
    )
    st.caption(
        t(
            "The grey line is the mean residual of rows with similar predictions, with 95% "
            "intervals. Where it leaves 0, the model misses a pattern that a better one could "
            "learn. The first repeat and seed is drawn."
        )
    )
    shares = points.residual.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).reset_index()
    titles = [t("Share of rows below"), t("Actual minus predicted")]
    figure(
        charts.distribution(points),
        shares.set_axis(titles, axis="columns"),
        key="quality_distribution",
    )


def _target(outcome: Outcome) -> tuple[int, str]:
    names = outcome.data.target_names
    target = 0
    if len(names) > 1:
        target = st.selectbox(
            t("Target"), range(len(names)), format_func=names.__getitem__, key="quality_target"
        )
    return target, names[target]


def _bias(found: Pattern, model: str) -> str:
    bias = found.bias
    kind = ("low" if bias.mean > 0 else "high") if bias.excludes_zero else "none"
    low, high = sorted((abs(bias.low), abs(bias.high)))
    return t(
        _BIAS[kind],
        model=label(model),
        size=_quantity(abs(bias.mean)),
        low=_quantity(low),
        high=_quantity(high),
    )


def _growth(found: Pattern) -> str:
    rank = decimal(found.growth, sign="+")
    if not found.growth_p < 0.05:
        return t("The size of its errors does not visibly depend on what it predicts.")
    if found.growth > 0:
        return t("Its errors grow with what it predicts (rank correlation {rank}).", rank=rank)
    return t("Its errors shrink with what it predicts (rank correlation {rank}).", rank=rank)


def _sizes(table: pd.DataFrame) -> pd.DataFrame:
    shown = {
        (model, score): f"{_quantity(mean)} ±\N{NO-BREAK SPACE}{_quantity(high - mean)}"
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


def _readable(points: pd.DataFrame) -> pd.DataFrame:
    table = points[["row", "fold", "actual", "predicted", "residual"]]
    titles = [t("Row"), t("Fold"), t("Actual"), t("Predicted"), t("Actual minus predicted")]
    return table.assign(fold=table.fold + 1).set_axis(titles, axis="columns")


def _quantity(value: float) -> str:
    """Write three digits of a quantity in units of the data, which may be of any size."""
    if math.isnan(value):
        return "n/a"
    digits = np.format_float_positional(value, precision=3, unique=False, fractional=False)
    return digits.rstrip(".")
