"""The switch that makes the common mistake, and what it fakes."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from bakeoff.experiments import Comparison, Evaluation, launch
from bakeoff.experiments.reports.leak import leak_bias
from bakeoff.recording import Run, Store

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal
from ...report import Outcome
from ..shared.figure import figure
from ..shared.progress import resume, show_progress
from ..shared.running import evaluations_of


def show_leak(outcome: Outcome) -> None:
    """Draw the switch that runs the same comparison with a leak, and the bias that it fakes.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison. The leak is held against nothing less than all of its folds.
    """
    spec = outcome.spec
    assert isinstance(spec, Comparison), "only comparisons can leak"
    st.markdown(
        t(
            "A common mistake: the scaler is fitted on all rows, and only then are they split "
            "into folds. The test rows have then had a say in the training. This runs the same "
            "models on the same folds with that mistake, and shows what it fakes."
        )
    )
    if spec.leak:
        st.info(t("This run is the one with the leak."))
    elif spec.normalisation == "none":
        st.info(t("There is no scaler in this run, so there is nothing to leak by."))
    elif not outcome.is_complete:
        st.info(t("This takes all folds of the honest run."))
    else:
        leaky = replace(spec, leak=True, fold_pairs=False)
        twin = _latest(leaky)
        if st.toggle(t("Leak it"), value=twin is not None, key=f"leak_{outcome.run.id}"):
            _follow(twin.id if twin else launch(leaky), outcome)


def _latest(spec: Comparison) -> Run | None:
    """The last run of a spec, whoever started it."""
    with Store() as store:
        return next((run for run in store.runs() if run.spec == spec.to_json()), None)


def _follow(identity: str, outcome: Outcome) -> None:
    with Store() as store:
        run = store.run(identity)
    if run.active:
        show_progress(identity)
    elif run.state == "finished":
        _bias(outcome, evaluations_of(run))
    else:
        st.warning(run.reason or t("The run with the leak did not finish."))
        st.button(t("Resume"), key=f"resume_{identity}", on_click=resume, args=(identity,))


def _bias(outcome: Outcome, leaky: list[Evaluation]) -> None:
    table = leak_bias(outcome.evaluations, leaky)
    table = table[table.model != "dummy"]  # it has no scaler
    if table.empty:
        st.info(t("No model has a score in both runs."))
        return
    metric = outcome.metric
    st.markdown(_reading(table, metric))
    if table["mean"].any():
        title = t("{metric} with the leak minus without, paired by fold", metric=metric)
        figure(charts.intervals(table, title), _readable(table), key="leak_bias")
    st.caption(
        t(
            "A scaler sees no targets, so it leaks little, most with few rows or outliers. What "
            "sees them leaks more: choosing 100 of 5,000 columns of noise by their correlation "
            "with the classes, before the folds, made an error of 50% look like 3% (Hastie, "
            "Tibshirani and Friedman, The Elements of Statistical Learning, 7.10.2)."
        )
    )


def _reading(table: pd.DataFrame, metric: str) -> str:
    flattered = table[table.low > 0]
    if len(flattered):
        gains = ", ".join(
            f"{label(model)} ({decimal(mean, '+')})"
            for model, mean in zip(flattered.model, flattered["mean"], strict=True)
        )
        return t(
            "**The leak flatters.** In mean {metric}, with an interval above 0: {gains}.",
            metric=metric,
            gains=gains,
        )
    if not table["mean"].any():
        return t("**Scaling alone leaks nothing here.** With the leak, every mean is the same.")
    return t(
        "**Scaling alone leaks little here.** No interval lies above 0, and no mean {metric} "
        "moved by more than {most}.",
        metric=metric,
        most=decimal(table["mean"].abs().max()),
    )


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in table.model],
            t("With the leak minus without"): [decimal(mean, "+") for mean in table["mean"]],
            t("95% from"): [decimal(low, "+") for low in table.low],
            t("95% to"): [decimal(high, "+") for high in table.high],
        }
    )
