"""What is behind the scores of a comparison: its predictions, their cost, and the rows they saw."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from bakeoff.experiments import Comparison, summary
from bakeoff.experiments.reports.bargain import bargain, costs, pareto_front
from bakeoff.experiments.reports.scores import better_than_guessing, complete_folds

from ... import charts
from ...charts.look import label
from ...language import mark, t
from ...quantities import decimal, duration
from ...report import Outcome
from ..shared.figure import figure
from .calibration import show_calibration
from .classes import show_confusion
from .ranking import show_precision_recall, show_roc
from .residuals import show_predictions, show_residuals
from .rows import show_rows

Panel = Callable[[Outcome, str], None]

_TIMES = {
    "fit_seconds": mark("Seconds to fit on the training rows of a fold"),
    "score_seconds": mark("Seconds to predict and score the test rows of a fold"),
}
_FIT_OR_PREDICT = {"fit_seconds": mark("Fitting"), "score_seconds": mark("Predicting")}


def show_quality(outcome: Outcome) -> None:
    """Draw the panels on the predictions of a comparison that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of a run in any state but running. Scores and predictions are taken from the folds that
        all models finished, the account of the rows from all.
    """
    assert isinstance(outcome.spec, Comparison)
    evaluations = complete_folds(outcome.evaluations, outcome.spec.models)
    table = summary(evaluations)
    models = list(table.model[table.folds > 0])
    if not models:
        return
    st.header(t("Behind the scores"), anchor=False)
    model = st.selectbox(t("Model"), models, format_func=label, key="quality_model")
    panels = _panels(outcome.data.task)
    tabs = st.tabs(
        [t(title) for title in panels],
        key="quality_tab",
        on_change="rerun",  # so that only the open one is computed
    )
    complete = outcome._replace(evaluations=evaluations)
    for tab, panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab:
                panel(outcome if panel is show_rows else complete, model)


def _panels(task: str) -> dict[str, Panel]:
    of_task: dict[str, Panel]
    if task == "classification":
        of_task = {
            mark("Confusion matrix"): show_confusion,
            mark("ROC"): show_roc,
            mark("Precision-recall"): show_precision_recall,
            mark("Calibration"): show_calibration,
        }
    else:
        of_task = {
            mark("Predicted and actual"): show_predictions,
            mark("Residuals"): show_residuals,
        }
    return {**of_task, mark("Score and cost"): _show_cost, mark("Rows"): show_rows}


def _show_cost(outcome: Outcome, model: str) -> None:
    metric = outcome.metric
    cost = st.segmented_control(
        t("Cost of"),
        list(_TIMES),
        format_func=lambda name: t(_FIT_OR_PREDICT[name]),
        default="fit_seconds",
        required=True,
        key="quality_cost",
    )
    if outcome.is_complete:  # who stops early chooses the winner
        st.markdown(_bargain(outcome, cost, metric))
    table = costs(outcome.evaluations)
    drawn = better_than_guessing(summary(outcome.evaluations), outcome.data.task)
    left_out = table[~table.model.isin(drawn)]
    table = table[table.model.isin(drawn)]
    front = pareto_front(table, cost)
    readable = pd.DataFrame(
        {
            t("Model"): [label(key) for key in table.model],
            t("Mean {metric}", metric=metric): table["mean"],
            t("95% from"): table.low,
            t("95% to"): table.high,
            t("Time to fit"): [duration(value) for value in table.fit_seconds],
            t("Time to predict"): [duration(value) for value in table.score_seconds],
            t("On the front"): [t("yes") if key in front else t("no") for key in table.model],
        }
    )
    chart = charts.cost(table, front, cost, t(_TIMES[cost]), metric)
    figure(chart, readable, key="quality_cost_chart")
    text = t(
        "The dashed line is the Pareto front: no other model is both better and faster. Pale "
        "models are behind it. Bars are 95% intervals. Times are means over the folds, on this "
        "machine and beside whatever else it was doing: read them as orders of magnitude."
    )
    if len(left_out):
        names = ", ".join(map(label, left_out.model))
        text += " " + t("Not drawn, because no better than guessing: {models}.", models=names)
    if any(e.inner is not None and not e.of_pair for e in outcome.evaluations):
        text += " " + t("The fits of the search for parameters are not counted.")
    st.caption(text)


def _bargain(outcome: Outcome, cost: str, metric: str) -> str:
    found = bargain(outcome.evaluations, outcome.data.task, cost)
    if found is None:
        return t(
            "{best} has the highest mean, and none of the models that tie with it takes less than "
            "half of its time.",
            best=label(summary(outcome.evaluations).model[0]),
        )
    text = (
        mark(
            "**{model} is nearly as good as {best} and fits {times} times as fast.** Its "
            "{metric} differs by {difference}, with a 95% interval from {low} to {high}: these "
            "folds cannot tell the two apart."
        )
        if cost == "fit_seconds"
        else mark(
            "**{model} is nearly as good as {best} and predicts {times} times as fast.** Its "
            "{metric} differs by {difference}, with a 95% interval from {low} to {high}: these "
            "folds cannot tell the two apart."
        )
    )
    difference, low, high = (decimal(value, sign="+") for value in found.difference)
    return t(
        text,
        model=label(found.model),
        best=label(found.best),
        times=f"{found.times:,.0f}" if found.times >= 10 else f"{found.times:.1f}",
        difference=difference,
        metric=metric,
        low=low,
        high=high,
    )
