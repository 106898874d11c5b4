"""What out-of-fold predictions of quantities were worth: agreement, and errors with a pattern."""

import streamlit as st

from bakeoff.experiments.reports.residuals import Pattern, pattern, residuals, trend

from ... import charts
from ...charts.look import label
from ...language import mark, t
from ...quantities import decimal, three_digits
from ...report import Outcome
from ...report.kinds.predicted import predictions_of, residual_table
from ..shared.figure import figure
from ..shared.section import show_sections

_BIAS = {
    "high": mark("**{model} predicts too high on average, by {size}** ({low} to {high})."),
    "low": mark("**{model} predicts too low on average, by {size}** ({low} to {high})."),
    "none": mark("{model} has no bias that these folds can show: {size} on average."),
}


def show_predictions(outcome: Outcome, model: str) -> None:
    """Draw predicted against actual values of one model, and the size of all models' errors."""
    target, _ = _target(outcome)
    show_sections(predictions_of(outcome, model, target), "quality")


def show_residuals(outcome: Outcome, model: str) -> None:
    """Draw the errors of one model against what it predicted, and say what pattern they have."""
    target, name = _target(outcome)
    points = residuals(outcome.evaluations, model, target)
    found = pattern(outcome.evaluations, model, target)
    st.markdown(f"{_bias(found, model)} {_growth(found)}")
    figure(
        charts.residuals(points, trend(points), name),
        residual_table(points),
        key="quality_residuals",
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
        size=three_digits(abs(bias.mean)),
        low=three_digits(low),
        high=three_digits(high),
    )


def _growth(found: Pattern) -> str:
    rank = decimal(found.growth, sign="+")
    if not found.growth_p < 0.05:
        return t("The size of its errors does not visibly depend on what it predicts.")
    if found.growth > 0:
        return t("Its errors grow with what it predicts (rank correlation {rank}).", rank=rank)
    return t("Its errors shrink with what it predicts (rank correlation {rank}).", rank=rank)
