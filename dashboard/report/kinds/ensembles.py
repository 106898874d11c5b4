"""An ensemble study: which method is ahead, scores by the number of members, and how to read it."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from bakeoff.experiments import EnsembleStudy, Evaluation, score_curve, summary
from bakeoff.experiments.reports.differences import differences

from ... import charts
from ...charts.ensembles import method_label
from ...language import mark, t
from ...quantities import decimal
from ..limits import SEED, Limits
from ..outcome import Outcome
from ..prose import plain
from ..section import Section
from ..words import data_name
from .bias import bias_and_variance


def ensembles(outcome: Outcome) -> list[Section]:
    """Return a study's answer, bias and variance, and how to read them."""
    whole, found = whole_folds(outcome), answer(outcome)
    if not whole.evaluations:
        return found
    task = outcome.data.task
    return [*found, *bias_and_variance(whole.evaluations, task), how_to_read(task)]


def whole_folds(outcome: Outcome) -> Outcome:
    """Return a study without the folds of a stopped run that are only partly done."""
    spec = outcome.spec
    assert isinstance(spec, EnsembleStudy)
    planned = len(spec.methods) * spec.n_resamples * len(spec.members)
    done = Counter((e.repeat, e.fold) for e in outcome.evaluations)
    whole = [e for e in outcome.evaluations if done[e.repeat, e.fold] == planned]
    return outcome._replace(evaluations=whole)


def answer(outcome: Outcome) -> list[Section]:
    """Return which method is ahead, what failed, and scores against the number of members.

    Parameters
    ----------
    outcome : Outcome
        Of an `EnsembleStudy`. Only folds that all methods finished are looked at.
    """
    spec, evaluations = outcome.spec, whole_folds(outcome).evaluations
    assert isinstance(spec, EnsembleStudy)
    if not evaluations:
        text = t("No fold was finished by all methods, so there is nothing to compare yet.")
        return [Section("nothing", text=text)]
    failed = Section("warnings", warnings=_failures(evaluations, spec), text=_about_svms(spec))
    return [
        *_ahead(evaluations, spec, data_name(outcome.run)),
        failed,
        _scores(evaluations, outcome.metric),
    ]


def ensemble_limits(outcome: Outcome) -> Limits:
    """Return what a study of ensembles cannot tell."""
    cannot = [
        t(
            "A few resamples show the consensus of all possible ones only roughly: compare "
            "ensembles of the same number of resamples."
        ),
        t(
            "A resample holds fewer different rows than the fold, so that scores are a little "
            "lower than those of ensembles trained on all of it."
        ),
        t(
            "Changes are called clear when the corrected 95% interval of the paired difference "
            "excludes 0; with several of them looked at, one in twenty may be luck."
        ),
        t(
            "Boosting can end early, when a member fits every row or would be no better than "
            "chance: larger sizes then mean what there is."
        ),
        t(SEED),
    ]
    return Limits([], cannot)


def how_to_read(task: str) -> Section:
    """Return what bagging, boosting, bias and variance are."""
    of_task = _READING_CLASSES if task == "classification" else _READING_QUANTITIES
    text = f"{t(_READING)}\n\n{t(of_task)}"
    return Section("how", t("How to read this"), text=text, folded=True)


def _ahead(evaluations: Sequence[Evaluation], spec: EnsembleStudy, data: str) -> list[Section]:
    most = max(spec.members)
    largest = [e for e in evaluations if e.params["members"] == most]
    table = summary(largest).dropna(subset="mean")
    if table.empty:
        return []
    best = table.model[0]
    gaps = differences(largest, best).dropna(subset="mean")
    if gaps.empty:
        title = t("{method} with {members} members", method=method_label(best), members=most)
    elif (gaps.high < 0).all():
        title = t(
            "{method} is ahead with {members} members", method=method_label(best), members=most
        )
    else:
        title = t(
            "These folds cannot tell which method is ahead with {members} members", members=most
        )
    text = "\n\n".join(_lead(best, gap) for gap in gaps.itertuples())
    size = t(
        "{folds} of {planned} folds, {resamples} resamples of each",
        folds=len({(e.repeat, e.fold) for e in evaluations}),
        planned=spec.n_splits * spec.n_repeats,
        resamples=spec.n_resamples,
    )
    return [Section("ahead", title, text=text, caption=f"{plain(data)} · {size}")]


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


def _failures(evaluations: Sequence[Evaluation], spec: EnsembleStudy) -> list[str]:
    said = []
    for method in spec.methods:
        errors = [e.error for e in evaluations if e.model == method and e.error]
        if errors:
            said.append(
                t(
                    "{method} failed {n} times: {error}",
                    method=method_label(method),
                    n=len(errors) // len(spec.members),
                    error=plain(errors[0]),
                )
            )
    return said


def _about_svms(spec: EnsembleStudy) -> str:
    if spec.learner != "svm" or "boosting" not in spec.methods:
        return ""
    return t(
        "AdaBoost hands its members weights that sum to 1, and an SVM multiplies its C by "
        "them. With n rows, C is n times smaller than in bagging: a much weaker SVM."
    )


def _scores(evaluations: Sequence[Evaluation], metric: str) -> Section:
    title = t("Score against members")
    curve = score_curve(evaluations, "members")
    if curve["mean"].isna().all():
        return Section("members", title)
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
    caption = t(
        "Each line is the mean over the folds, the band its 95% interval. Bands may overlap "
        "where the paired difference is clear: all methods see the same folds."
    )
    chart = charts.member_scores(curve, metric)
    return Section("members", title, chart=chart, table=readable, caption=caption)


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
