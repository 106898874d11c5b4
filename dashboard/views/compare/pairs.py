"""Every pair of models of a comparison: by how much they differ, and whether that is real."""

import pandas as pd
import streamlit as st

from bakeoff.experiments import pairs
from bakeoff.experiments.reports.scores import better_than_guessing, differences
from bakeoff.experiments.reports.verdict import pair_findings
from bakeoff.experiments.scorers import margin

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, p_value
from ...report.sentences import say_all
from ...report.words import metric_label
from ..shared.figure import figure
from ..shared.running import Outcome


def show_pairs(outcome: Outcome, table: pd.DataFrame) -> None:
    """Draw what each model differs by from the best, and a sentence for each pair.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison that has all its folds.
    table : DataFrame
        Its `summary`.
    """
    st.header(t("Every pair"), anchor=False)
    task = outcome.data.task
    metric = metric_label(outcome.spec, task)
    rope = margin(outcome.spec.scorer(task), outcome.data.y)
    found = pairs(outcome.evaluations, rope)
    best = table.model[0]
    gaps = differences(outcome.evaluations, best)
    shown = gaps[gaps.model.isin(better_than_guessing(table, task))].dropna()
    if len(shown):
        title = t("{metric} minus that of {best}, paired by fold", metric=metric, best=label(best))
        figure(charts.intervals(shown, title), _readable_pairs(found), key="pairs")
    of_best = (found[["model", "other"]] == best).any(axis=1)
    st.markdown(_sentences(found[of_best]))
    if not of_best.all():
        with st.expander(t("The other {n} pairs", n=(~of_best).sum())):
            st.markdown(_sentences(found[~of_best]))
    st.caption(
        t(
            "Intervals and p-values allow for folds that share training rows (Nadeau and Bengio, "
            "2003). Intervals are for one pair at a time, p-values are corrected for the number of "
            "pairs (Holm, 1979). Practically the same "
            "means a difference of at most {rope}; its probability is that of the Bayesian "
            "correlated t-test (Corani and Benavoli, 2015).",
            rope=f"{rope:.3g}",
        )
    )


def _sentences(found: pd.DataFrame) -> str:
    return "\n".join(f"- {say_all(pair_findings(pair))}" for pair in found.itertuples())


def _readable_pairs(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in found.model],
            t("minus"): [label(key) for key in found.other],
            t("Difference"): [decimal(value, "+") for value in found.difference],
            t("95% from"): [decimal(value, "+") for value in found.low],
            t("95% to"): [decimal(value, "+") for value in found.high],
            t("p (Holm)"): [p_value(p).removeprefix("= ") for p in found.p_holm],
            t("P(better)"): found.better.round(3),
            t("P(practically the same)"): found.same.round(3),
            t("P(worse)"): found.worse.round(3),
        }
    )
