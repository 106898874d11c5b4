"""What a search shows: the winner and its luck, and the code of both."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bakeoff.experiments import Evaluation, GridSearch, fold_scores, optimism
from bakeoff.experiments.reports.candidates import (
    mean_optimism,
    parameter_values,
    pooled,
    ranked,
    search_scores,
)
from bakeoff.experiments.runs.final import final_pipeline
from bakeoff.experiments.runs.script import code_of

from ... import charts
from ...charts.look import label
from ...charts.search import text_of
from ...language import t
from ...quantities import decimal
from ...report.words import metric_label
from ..shared.figure import figure
from ..shared.running import Outcome
from ..shared.scripts import show_script
from ..shared.text import show_code
from .candidates import candidate_labels, label_order, scored, show_candidates, written


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a search that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of a `GridSearch`.
    """
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, GridSearch), "the page follows no other kind"
    metric = metric_label(spec, data.task)
    scores = search_scores(outcome.evaluations)
    show_errors(errors_of(outcome.evaluations))
    if not scored(pooled(scores)):
        return
    show_winner(scores, metric, label(spec.model))
    show_curse(outcome.evaluations, metric, "search")
    st.caption(" · ".join(_settings(spec)))
    show_candidates(scores, metric, "search")
    code, limits = st.tabs(
        [t("Code that reproduces it"), t("What was done, and what this cannot tell")],
        key="search_report_tab",
        on_change="rerun",
    )
    if code.open:
        with code:
            _code(outcome)
    if limits.open:
        limits.markdown(_limits(spec))


def _settings(spec: GridSearch) -> list[str]:
    folds = t("{n} folds", n=spec.n_splits)
    if spec.n_repeats > 1:
        folds = t("{n} folds, repeated {repeats} times", n=spec.n_splits, repeats=spec.n_repeats)
    return [
        spec.dataset,
        spec.method,
        folds,
        t("normalisation: {name}", name=spec.normalisation),
        t("seed {seed}", seed=spec.random_state),
    ]


def errors_of(evaluations: Sequence[Evaluation]) -> list[str]:
    """Why fits failed, one line each."""
    return [e.error for e in evaluations if e.error]


def show_errors(errors: list[str]) -> None:
    """Say how many fits failed, and why the first one did."""
    if errors:
        st.warning(t("{n} fits failed, the first with: {error}", n=len(errors), error=errors[0]))


def show_winner(scores: pd.DataFrame, metric: str, model: str) -> None:
    """Name the best candidate, and say how it came to be that.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`.
    metric, model : str
        What a reader calls them.
    """
    table = ranked(pooled(scores))
    best = table.iloc[0]
    values = parameter_values(table)
    st.header(f"{model}: {written(values.iloc[0], ' = ')}", anchor=False)
    searches = ranked(scores).query("rank == 1")
    facts = {
        "score": decimal(best["mean"]), "metric": metric, "n": table.candidate.nunique(),
        "folds": len(best.fold_scores), "searches": len(searches),
    }  # fmt: skip
    different = searches.candidate.nunique()
    if len(searches) == 1:
        text = t(
            "The best of {n} candidates: a mean {metric} of {score} on {folds} folds. It was "
            "chosen for that score, which is therefore too good: no new rows were asked. A "
            "nested search asks them.",
            **facts,
        )
    elif different == 1:
        text = t(
            "The best of {n} candidates, and the winner of all {searches} searches, one in each "
            "outer fold.",
            **facts,
        )
    else:
        text = t(
            "The best of {n} candidates over the folds of all {searches} searches, one in each "
            "outer fold. It won {wins} of them: {different} different candidates won at least one.",
            wins=int((searches.candidate == best.candidate).sum()),
            different=different,
            **facts,
        )
    st.markdown(text)
    _edges(values)


def _edges(values: pd.DataFrame) -> None:
    """Say which parameters of the winner, the first row, have the last of the values tried."""
    for name in values:
        tried = values[name].unique()
        are_numbers = values[name].map(type).isin([int, float]).all()
        if not are_numbers or not 3 <= len(tried) <= len(values) / 2:  # no grid
            continue
        best = values[name].iloc[0]
        if best in (min(tried), max(tried)):
            st.caption(
                t(
                    "{name} = {value} is at the edge of what was tried: try further values.",
                    name=name,
                    value=text_of(best),
                )
            )


def show_curse(evaluations: Sequence[Evaluation], metric: str, key: str) -> None:
    """Hold what the winners of a nested search promised against what they gave on new rows.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `GridSearch`; nothing is drawn while no winner has met new rows.
    metric : str
        What a reader calls the score.
    key : str
        Starts the keys of all widgets.
    """
    gaps = optimism(evaluations)
    if not gaps.gap.notna().any():
        return
    st.header(t("The winner's curse"), anchor=False)
    gap, known = mean_optimism(evaluations), gaps.dropna(subset="gap")
    st.markdown(
        t(
            "The search promised **{inner}** ({metric}), new rows gave **{outer}**: a gap of {gap} "
            "(95% interval {low} to {high}).",
            metric=metric,
            inner=decimal(known.inner.mean()),
            outer=decimal(known.outer.mean()),
            gap=decimal(gap.mean, "+"),
            low=decimal(gap.low, "+"),
            high=decimal(gap.high, "+"),
        )
        + " "
        + _reading(gap.mean, gap.low, gap.high)
    )
    values = parameter_values(gaps)
    texts = candidate_labels(values)
    figure(charts.promises(gaps, texts, metric), _gap_table(gaps, texts), f"{key}_promises")
    searched = ranked(search_scores(evaluations)).query("rank == 1").n_train.mean()
    st.caption(
        t(
            "Each row is an outer fold and the candidate that won there. The gap is promise minus "
            "result. Luck widens it; that the winner is trained on more rows in the end, {more} "
            "instead of {fewer}, narrows it or turns it round.",
            more=f"{fold_scores(evaluations).n_train.mean():.0f}",
            fewer=f"{searched:.0f}",
        )
        + label_order(values)
    )


def _reading(gap: float, low: float, high: float) -> str:
    if low > 0:
        return t(
            "These folds are enough to see it: part of the promise was luck. Report the second "
            "number."
        )
    if high < 0:
        return t(
            "New rows gave more than was promised: here the additional training rows of the winner "
            "outweigh its luck. Report the second number."
        )
    if gap > 0:
        return t(
            "The promise was a little too good, but these folds cannot tell the gap from none. "
            "Report the second number all the same."
        )
    return t("No curse to be seen: on these folds the promise was kept. Report the second number.")


def _gap_table(gaps: pd.DataFrame, winners: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Repeat"): gaps["repeat"] + 1,
            t("Fold"): gaps.fold + 1,
            t("Winner"): winners,
            t("Promised"): gaps.inner.map(decimal),
            t("Given"): gaps.outer.map(decimal),
            t("Gap"): [decimal(gap, "+") for gap in gaps.gap],
        }
    )


def _code(outcome: Outcome) -> None:
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, GridSearch), "the page follows no other kind"
    st.markdown(t("The winner as a scikit-learn pipeline:"))
    winner = final_pipeline(spec, data, outcome.evaluations, spec.model)
    show_code(code_of(winner))
    show_script(outcome)


def _limits(spec: GridSearch) -> str:
    done = [
        t("All candidates of a search saw the same folds."),
        t("What the model does to its input was fitted on the training rows of each fold."),
    ]
    if spec.nested:
        done.append(t("The test rows of an outer fold were kept from its search."))
    if spec.method == "halving":
        done.append(
            t(
                "Candidates that went out early were scored on few rows. Some that need many rows "
                "to be good may be among them."
            )
        )
    cannot = [
        t(
            "The result on new rows is that of searching in this way, not of one candidate: each "
            "outer fold may have another winner."
        ),
        t(
            "A search finds what its space holds. A winner at the edge of the space says that the "
            "space should be wider."
        ),
        t(
            "Intervals allow for overlapping training rows (Nadeau and Bengio, 2003), and are for "
            "one pair at a time: with many candidates, some are told apart by chance."
        ),
        t("A candidate that cannot be told from the winner is not shown to be as good."),
    ]
    return (
        f"**{t('What was done')}**\n\n- "
        + "\n- ".join(done)
        + f"\n\n**{t('What it cannot tell')}**\n\n- "
        + "\n- ".join(cannot)
    )
