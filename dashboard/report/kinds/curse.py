"""The winner's curse: what a nested search promised, held against what new rows gave."""

from collections.abc import Sequence

import pandas as pd

from bakeoff.experiments import Evaluation, fold_scores, optimism
from bakeoff.experiments.reports.candidates import (
    mean_optimism,
    parameter_values,
    ranked,
    search_scores,
)

from ... import charts
from ...language import t
from ...quantities import decimal
from ..section import Section
from .candidates import candidate_labels, label_order


def curse(evaluations: Sequence[Evaluation], metric: str) -> list[Section]:
    """Hold what the winners of a nested search promised against what they gave on new rows.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `GridSearch`; there is nothing to say while no winner has met new rows.
    metric : str
        What a reader calls the score.
    """
    gaps = optimism(evaluations)
    if not gaps.gap.notna().any():
        return []
    gap, known = mean_optimism(evaluations), gaps.dropna(subset="gap")
    text = (
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
    searched = ranked(search_scores(evaluations)).query("rank == 1").n_train.mean()
    caption = t(
        "Each row is an outer fold and the candidate that won there. The gap is promise minus "
        "result. Luck widens it; that the winner is trained on more rows in the end, {more} "
        "instead of {fewer}, narrows it or turns it round.",
        more=f"{fold_scores(evaluations).n_train.mean():.0f}",
        fewer=f"{searched:.0f}",
    ) + label_order(values)
    return [
        Section(
            "promises",
            t("The winner's curse"),
            text=text,
            chart=charts.promises(gaps, texts, metric),
            table=_gap_table(gaps, texts),
            caption=caption,
        )
    ]


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
