"""What a comparison that has ended shows: verdict, leaderboard, folds, pairs, code and limits."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bakeoff.experiments import Comparison, Evaluation, fold_scores, summary, ties, verdict
from bakeoff.experiments.models.catalogue import NORMALISATIONS
from bakeoff.experiments.reports.power import detectable_difference
from bakeoff.experiments.reports.scores import complete_folds

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, duration
from ...report.sentences import say, say_all
from ...report.words import metric_label, params_text
from ..shared.failures import show_failures
from ..shared.running import Outcome
from ..shared.scripts import show_script
from .disagreement import show_folds
from .leak import show_leak
from .limits import limits
from .pairs import show_pairs
from .quality import show_quality


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a comparison.

    Parameters
    ----------
    outcome : Outcome
        Of a `Comparison`. While folds are missing, there is no verdict.
    """
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, Comparison), "the page follows runs of comparisons only"
    paired = complete_folds(outcome.evaluations, spec.models)
    if not paired:
        st.markdown(t("No fold was finished by all models, so there is nothing to compare yet."))
        return
    is_complete = outcome.run.state == "finished"
    metric = metric_label(spec, data.task)
    if is_complete:
        _headline(paired)
    else:
        _locked(paired, spec)
    _design(spec)
    show_failures(outcome.evaluations)
    table = summary(paired)
    if not table.folds.any():
        return
    _leaderboard(paired, table, metric, is_complete)
    show_folds(outcome._replace(evaluations=paired), table)
    if is_complete and (table.folds > 1).sum() > 1:
        show_pairs(outcome._replace(evaluations=paired), table)
    show_quality(outcome)
    _tabs(outcome, spec, is_complete)


def _headline(evaluations: Sequence[Evaluation]) -> None:
    found = verdict(evaluations)
    if found is None:
        st.header(t("No verdict"), anchor=False)
        st.markdown(t("A verdict takes two models that finished at least two folds."))
        return
    st.header(say(found.headline), anchor=False)
    text = say_all(found.explanation)
    if found.tie:
        difference = detectable_difference(evaluations, found.best, found.rival)
        text += " " + t(
            "Where folds spread like these, this design finds a true difference of {difference} "
            "four times in five.",
            difference=decimal(difference),
        )
    st.markdown(text)


def _locked(evaluations: Sequence[Evaluation], spec: Comparison) -> None:
    st.header(t("The verdict is locked"), anchor=False)
    st.markdown(
        t(
            "{n} of {total} folds were finished by all models. The verdict opens when all are in: "
            "resume the run to get it.",
            n=len({(e.repeat, e.fold) for e in evaluations}),
            total=spec.n_splits * spec.n_repeats,
        )
    )


def _design(spec: Comparison) -> None:
    parts = [
        spec.title,
        t("{n} folds", n=spec.n_splits),
        *([t("repeated {n} times", n=spec.n_repeats)] if spec.n_repeats > 1 else []),
        t("normalisation: {method}", method=NORMALISATIONS[spec.normalisation].lower()),
        t("seed {seed}", seed=spec.random_state),
    ]
    if spec.n_seeds > 1:
        parts.append(t("{n} seeds of each net", n=spec.n_seeds))
    if spec.budget is not None:
        parts.append(t("tuned with {n} candidates each", n=spec.budget))
    st.caption(" · ".join(parts))
    if spec.leak:
        st.warning(
            t("This run leaks on purpose: its scalers have seen the test rows."),
            icon=":material/water_drop:",
        )


def _leaderboard(
    evaluations: Sequence[Evaluation], table: pd.DataFrame, metric: str, is_complete: bool
) -> None:
    names = [
        label(key) + (f" ({t(variant)})" if variant else "")
        for key, variant in zip(table.model, table.variant, strict=True)
    ]
    columns = {
        t("Model"): names,
        t("Mean {metric}", metric=metric): [decimal(mean) for mean in table["mean"]],
        t("95% interval"): [
            f"±\N{NO-BREAK SPACE}{decimal(half)}" for half in table.high - table["mean"]
        ],
        t("Fit time per fold"): [duration(value) for value in table.fit_seconds],
    }
    if is_complete:
        groups = _letters(ties(evaluations))
        columns[t("Tie group")] = [groups.get(key, "") for key in table.model]
    st.table(pd.DataFrame(columns), hide_index=True, border="horizontal")
    if is_complete:
        st.caption(
            t(
                "Models that share a letter cannot be told apart by these folds: no test of their "
                "pair is below 5%, after Holm's correction for the number of pairs."
            )
        )
    st.download_button(
        t("Fold scores as CSV"),
        fold_scores(evaluations).to_csv(index=False),
        file_name="fold_scores.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _letters(groups: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The compact letter display: a letter for each group, and for each model those of its own."""
    letters: dict[str, str] = {}
    for number, group in enumerate(groups):
        for model in group:
            letters[model] = letters.get(model, "") + chr(ord("a") + number)
    return letters


def _tabs(outcome: Outcome, spec: Comparison, is_complete: bool) -> None:
    leak, code, told = st.tabs(
        [
            t("Leak it"),
            t("Code that reproduces it"),
            t("What was done, and what this cannot tell"),
        ],
        key="report_tab",
        on_change="rerun",  # so that only the open one is computed
    )
    if leak.open:
        with leak:
            show_leak(outcome, is_complete)
    if code.open:
        with code:
            show_script(outcome)
    if told.open:
        with told:
            st.markdown(limits(spec, outcome.data))
            _winners(outcome.evaluations)


def _winners(evaluations: Sequence[Evaluation]) -> None:
    """Draw what the searches within the folds chose, if there were any."""
    tuned = [e for e in evaluations if e.inner is None and e.params]
    if not tuned:
        return
    st.markdown(f"**{t('Parameters that won, fold by fold')}**")
    rows = [
        {
            t("Model"): label(e.model),
            t("Fold"): charts.split(e.repeat, e.fold),
            t("Parameters"): params_text(e.params),
        }
        for e in tuned
    ]
    st.dataframe(pd.DataFrame(rows).drop_duplicates(), hide_index=True)
    st.caption(t("Where a model is missing, its defaults won."))
