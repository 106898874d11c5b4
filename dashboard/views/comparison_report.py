"""What a finished or stopped comparison shows: verdict, charts, tables, code and limits."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset

from .. import charts
from ..experiments import (
    CATALOGUE,
    BackgroundRun,
    Comparison,
    Evaluation,
    better_than_guessing,
    complete_folds,
    confusion,
    differences,
    fold_scores,
    predictions,
    script,
    summary,
    verdict,
)
from ..experiments.models import NORMALISATIONS
from ..experiments.svms import METHODS
from ..quantities import decimal

METRIC_LABELS = {"classification": "accuracy", "regression": "R²"}


def show_report(run: BackgroundRun, data: Dataset) -> None:
    """Draw everything that can be said about a run that has ended.

    Parameters
    ----------
    run : BackgroundRun
        In any state but running.
    data : Dataset
        What it ran on.
    """
    spec, metric = run.spec, METRIC_LABELS[data.task]
    if run.reason:
        st.error(run.reason)
    evaluations = complete_folds(run.evaluations, spec.models)
    folds = len(evaluations) // len(spec.models)
    if run.state == "stopped":
        st.info(
            f"Stopped: {folds} of {spec.n_splits * spec.n_repeats} folds were finished. "
            "Whoever stops when the numbers please will find them too good."
        )
    if not evaluations:
        st.markdown("No fold was finished by all models, so there is nothing to compare yet.")
        return
    _headline(evaluations, spec, metric)
    _failures(evaluations)
    table = summary(evaluations)
    if not table.folds.any():
        return
    _folds(evaluations, table, data.task)
    _means(evaluations, table, data.task)
    matrix, code, limits = st.tabs(
        [
            "Confusion matrix" if data.task == "classification" else "Predicted and actual",
            "Code that reproduces it",
            "What was done, and what this cannot tell",
        ],
        key="report_tab",
        on_change="rerun",  # so that only the open one is computed
    )
    if matrix.open:
        with matrix:
            _out_of_fold(evaluations, table, data)
    if code.open:
        with code:
            _code(run, data)
    if limits.open:
        limits.markdown(_limits(spec, data))


def _headline(evaluations: Sequence[Evaluation], spec: Comparison, metric: str) -> None:
    found = verdict(evaluations)
    if found:
        st.subheader(found.headline, anchor=False)
        st.markdown(found.explanation(metric))
    else:
        st.subheader("No verdict", anchor=False)
        st.markdown("A verdict takes two models that finished at least two folds.")
    repeats = f", repeated {spec.n_repeats} times" if spec.n_repeats > 1 else ""
    st.caption(
        f"{spec.dataset} · {spec.n_splits} folds{repeats} · normalisation: "
        f"{NORMALISATIONS[spec.normalisation].lower()} · seed {spec.random_state}"
    )


def _failures(evaluations: Sequence[Evaluation]) -> None:
    for model in dict.fromkeys(e.model for e in evaluations if e.error):
        errors = [e.error for e in evaluations if e.model == model and e.error]
        st.warning(f"{CATALOGUE[model].label} failed on {len(errors)} folds: {errors[0]}")


def _folds(evaluations: Sequence[Evaluation], table: pd.DataFrame, task: str) -> None:
    st.subheader("Fold by fold", anchor=False)
    drawn = better_than_guessing(table, task)
    scores = fold_scores(evaluations)
    chart = charts.fold_scores(scores[scores.model.isin(drawn)], drawn, METRIC_LABELS[task])
    st.altair_chart(chart, width="stretch")
    text = "Each mark is one fold, the long tick is the mean, and a grey line joins the same fold."
    left_out = table[~table.model.isin(drawn)].dropna(subset="mean")
    if len(left_out):
        means = zip(left_out.model, left_out["mean"], strict=True)
        names = ", ".join(f"{CATALOGUE[key].label} ({decimal(mean)})" for key, mean in means)
        text += f" Not drawn, because no better than guessing: {names}."
    st.caption(text)


def _means(evaluations: Sequence[Evaluation], table: pd.DataFrame, task: str) -> None:
    metric = METRIC_LABELS[task]
    best = CATALOGUE[table.model[0]].label
    gaps = differences(evaluations, table.model[0])
    shown = gaps[gaps.model.isin(better_than_guessing(table, task))].dropna()
    if len(shown):
        st.subheader(f"Against {best}", anchor=False)
        chart = charts.intervals(shown, f"{metric} minus that of {best}, paired by fold")
        st.altair_chart(chart, width="stretch")
    st.table(_readable(table, gaps, metric, best), hide_index=True, border="horizontal")
    st.download_button(
        "Fold scores as CSV",
        fold_scores(evaluations).to_csv(index=False),
        file_name="fold_scores.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _readable(table: pd.DataFrame, gaps: pd.DataFrame, metric: str, best: str) -> pd.DataFrame:
    gap = {
        model: f"{decimal(mean, '+')} ({decimal(low, '+')} to {decimal(high, '+')})"
        for model, mean, low, high in gaps.itertuples(index=False)
    }
    return pd.DataFrame(
        {
            "Model": [
                CATALOGUE[key].label + (f" ({variant})" if variant else "")
                for key, variant in zip(table.model, table.variant, strict=True)
            ],
            f"Mean {metric}": [decimal(mean) for mean in table["mean"]],
            "95 % interval": [f"± {decimal(half)}" for half in table.high - table["mean"]],
            f"Difference to {best} (95 %)": [gap.get(key, "") for key in table.model],
            "Fit time per fold": [_seconds(value) for value in table.fit_seconds],
        }
    )


def _seconds(value: float) -> str:
    if not np.isfinite(value):
        return "n/a"
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s"


def _out_of_fold(evaluations: Sequence[Evaluation], table: pd.DataFrame, data: Dataset) -> None:
    done = table[table.folds > 0]
    model = st.selectbox(
        "Model",
        list(done.model),
        format_func=lambda key: CATALOGUE[key].label,
        key="out_of_fold_model",
    )
    if data.task == "classification":
        chart = charts.confusion(confusion(evaluations, model, data.target_names))
        text = (
            "Every row was predicted by a model that had not seen it. Each repeat counts once more."
        )
    else:
        first = predictions(evaluations, model).query("repeat == 0")
        chart = charts.predictions(first, data.target_names[0])
        text = (
            "Every row was predicted by a model that had not seen it; on the dashed line it would "
            "be right. The first repeat is drawn."
        )
    st.altair_chart(chart, width="stretch")
    st.caption(text)


def _code(run: BackgroundRun, data: Dataset) -> None:
    text = script(run.spec, data)
    scores = "the same scores" if run.state == "finished" else "the scores of all folds"
    st.markdown(f"Run this with Python, without the dashboard: it prints {scores}.")
    st.download_button(
        "Download the script",
        text,
        file_name=f"compare_{run.spec.dataset.replace(':', '_')}.py",
        mime="text/x-python",
        on_click="ignore",
        icon=":material/download:",
    )
    st.code(text, language="python")


def _limits(spec: Comparison, data: Dataset) -> str:
    done = ["All models saw the same folds, and ran with their default parameters: none was tuned."]
    if spec.normalisation != "none":
        done.append(
            "The scaler was fitted inside each fold, on its training rows: one that has seen the "
            "test rows leaks them."
        )
    if data.task == "regression":
        done.append(
            "The nets standardise the target inside. The SVMs were given a standardised target "
            "too, because C and ε are measured in its units."
        )
    if "logistic" in spec.models:
        kind = "ridge" if data.task == "regression" else "logistic"
        done.append(f"{CATALOGUE['logistic'].label} is {kind} regression here.")
    if spec.svm != "exact":
        done.append(
            f"Kernel SVMs were not trained exactly, which takes too long here: {METHODS[spec.svm]}."
        )
    if np.isnan(data.X).any():
        done.append(
            "The sequences differ in length. CNN and GRU skip the padding after the end; the other "
            "models cannot, and read it as 0 after scaling."
        )
    if data.kind == "image":
        done.append(
            "The CNN knows which pixels are neighbours and the GRU reads row after row; the others "
            "see the pixels as columns of a table."
        )
    if data.kind == "tabular" and {"cnn", "gru"} & set(spec.models):
        done.append(
            "CNN and GRU read the columns of a table in their order, which means nothing here: "
            "they are shown to see what a wrong assumption costs."
        )
    cannot = [
        "Training sets overlap, so fold scores are not independent. The intervals allow for that "
        "(Nadeau and Bengio, 2003: the variance of the mean is multiplied up from 1/J to "
        "1/J + n_test/n_train), but it is a correction, not a cure.",
        "The best of many models is partly the luckiest: its mean is a little too high, and the "
        "intervals are for one pair at a time.",
        "A tie does not say that two models are equal. It says that these folds cannot tell them "
        "apart; more rows would, more than more repeats.",
        "A default that suits this data is not a law: with tuning, the order may change.",
        "One seed decides the folds and the nets. Try another and see what stays.",
    ]
    return (
        "**What was done**\n\n- "
        + "\n- ".join(done)
        + "\n\n**What it cannot tell**\n\n- "
        + "\n- ".join(cannot)
    )
