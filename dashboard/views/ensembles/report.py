"""What a study of ensembles shows: scores, bias and variance, and what the members did to them."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.experiments import EnsembleStudy, Evaluation, score_curve, summary
from bakeoff.experiments.reports.scores import differences

from ... import charts
from ...charts.ensembles import method_label
from ...language import mark, t
from ...quantities import decimal
from ...report.words import metric_label
from ..shared.figure import figure
from ..shared.running import Outcome
from ..shared.scripts import show_script
from .bias import show_bias_and_variance
from .members import show_members


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a study that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of an `EnsembleStudy`. Only folds that all methods finished are looked at.
    """
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, EnsembleStudy)
    evaluations = _whole_folds(outcome.evaluations, spec)
    if not evaluations:
        st.markdown(t("No fold was finished by all methods, so there is nothing to compare yet."))
        return
    metric = metric_label(spec, data.task)
    _headline(evaluations, spec)
    _failures(evaluations, spec)
    _scores(evaluations, metric)
    show_bias_and_variance(evaluations, data.task)
    show_members(outcome)
    with st.expander(t("How to read this")):
        st.markdown(t(_READING))
        st.markdown(t(_READING_CLASSES if data.task == "classification" else _READING_QUANTITIES))
        st.markdown(t(_LIMITS))
    with st.expander(t("Code that reproduces it")):
        show_script(outcome)


def _whole_folds(evaluations: Sequence[Evaluation], spec: EnsembleStudy) -> list[Evaluation]:
    """Leave out the folds of a stopped run that are only partly done."""
    planned = len(spec.methods) * spec.n_resamples * len(spec.members)
    done = Counter((e.repeat, e.fold) for e in evaluations)
    return [e for e in evaluations if done[e.repeat, e.fold] == planned]


def _headline(evaluations: Sequence[Evaluation], spec: EnsembleStudy) -> None:
    most = max(spec.members)
    largest = [e for e in evaluations if e.params["members"] == most]
    table = summary(largest).dropna(subset="mean")
    if table.empty:
        return
    best = table.model[0]
    gaps = differences(largest, best).dropna(subset="mean")
    if gaps.empty:
        text = t("{method} with {members} members", method=method_label(best), members=most)
    elif (gaps.high < 0).all():
        text = t(
            "{method} is ahead with {members} members", method=method_label(best), members=most
        )
    else:
        text = t(
            "These folds cannot tell which method is ahead with {members} members", members=most
        )
    st.header(text, anchor=False)
    for gap in gaps.itertuples():
        st.markdown(_lead(best, gap))
    st.caption(
        f"{spec.dataset} · "
        + t(
            "{folds} of {planned} folds, {resamples} resamples of each",
            folds=len({(e.repeat, e.fold) for e in evaluations}),
            planned=spec.n_splits * spec.n_repeats,
            resamples=spec.n_resamples,
        )
    )


def _lead(best: str, gap: Any) -> str:
    """Say how far ahead the best method is of another; one fold has no interval."""
    texts = {
        "best": method_label(best),
        "other": method_label(gap.model),
        "gap": decimal(-gap.mean),
    }
    if math.isnan(gap.low):
        return t("{best} scores {gap} above {other} on the one fold that is done.", **texts)
    return t(
        "{best} scores {gap} above {other}, on average over the folds; the 95% interval of the "
        "difference goes from {low} to {high}.",
        low=decimal(-gap.high, "+"),
        high=decimal(-gap.low, "+"),
        **texts,
    )


def _failures(evaluations: Sequence[Evaluation], spec: EnsembleStudy) -> None:
    for method in spec.methods:
        errors = [e.error for e in evaluations if e.model == method and e.error]
        if errors:
            st.warning(
                t(
                    "{method} failed {n} times: {error}",
                    method=method_label(method),
                    n=len(errors) // len(spec.members),
                    error=errors[0],
                )
            )
    if spec.learner == "svm" and "boosting" in spec.methods:
        st.info(
            t(
                "AdaBoost hands its members weights that sum to 1, and an SVM multiplies its C by "
                "them. With n rows, C is n times smaller than in bagging: a much weaker SVM."
            )
        )


def _scores(evaluations: Sequence[Evaluation], metric: str) -> None:
    st.header(t("Score against members"), anchor=False)
    curve = score_curve(evaluations, "members")
    if curve["mean"].isna().all():
        return
    readable = pd.DataFrame(
        {
            t("Method"): [method_label(key) for key in curve.model],
            t("Members"): curve.members,
            t("Mean {metric}", metric=metric): curve["mean"].round(4),
            t("95% from"): curve.low.round(4),
            t("95% to"): curve.high.round(4),
            t("Folds"): curve.folds,
        }
    )
    figure(charts.member_scores(curve, metric), readable, "member_scores")
    st.caption(
        t(
            "Each line is the mean over the folds, the band its 95% interval. Bands may overlap "
            "where the paired difference is clear: all methods see the same folds."
        )
    )


_READING = mark(
    "**Bagging** (bootstrap aggregating; Breiman, 1996) trains each member on a bootstrap sample: "
    "as many rows as there are, drawn with replacement. The members err in different ways, and "
    "their vote averages that out: the variance falls. What all of them cannot learn, the vote "
    "cannot either: the bias stays about what one member has.\n\n"
    "**Boosting** (AdaBoost; Freund and Schapire, 1997) trains its members in turn. Rows that the "
    "last member got wrong gain weight, so that the next one attends to them, and better members "
    "have more to say in the vote. Many weak members add up to a model that none of them could "
    "be: the bias falls. The variance need not.\n\n"
    "**Gradient boosting** (Friedman, 2001) adds trees too, each fitted to what the sum of those "
    "before it still gets wrong. With too many, it fits the noise, and the score falls again.\n\n"
    "**Bias and variance** are measured, not assumed: each ensemble is trained on several "
    "bootstrap resamples of a fold's training rows, and all of these predict the fold's test rows. "
    "How far their consensus is off is the bias; how far they are from their consensus is the "
    "variance. Noise that nobody could predict counts as bias."
)
_READING_CLASSES = mark(
    "**For classes** the consensus is the majority of the resampled ensembles, and the error is "
    "the share of wrong predictions (Domingos, 2000). Variance then cuts both ways. On an unbiased "
    "row the majority is right, and whoever leaves it is wrong: variance costs. On a biased row "
    "the majority is wrong, and whoever leaves it may be right: variance helps. *Net variance* is "
    "the cost minus the help, so that error = bias + net variance; it can be below 0."
)
_READING_QUANTITIES = mark(
    "**For quantities** the consensus is the mean prediction, and mean squared error = squared "
    "bias + variance, all in squared units of the target. With several targets they are averaged. "
    "AdaBoost for regression is that of Drucker (1997)."
)
_LIMITS = mark(
    "**What this cannot tell.** A few resamples show the consensus of all possible ones only "
    "roughly: compare ensembles of the same number of resamples. A resample holds fewer different "
    "rows than the fold, so that scores are a little lower than those of ensembles trained on all "
    "of it. Changes are called clear when the corrected 95% interval of the paired difference "
    "excludes 0; with several of them looked at, one in twenty may be luck. Boosting can end "
    "early, when a member fits every row or would be no better than chance: larger sizes then mean "
    "what there is."
)
