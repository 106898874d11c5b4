"""A search: its best candidates, and what its winner was worth on rows that it had not seen."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import Evaluation, GridSearch, candidates, optimism, summary
from bakeoff.experiments.reports.candidates import against_best, search_scores

from .. import charts
from ..language import t
from ..quantities import decimal
from .section import Section, span
from .words import model_label, params_text

_MOST_CANDIDATES = 20


def search(
    spec: GridSearch, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    """Return what a search promised, what it gave, and its best candidates."""
    found = candidates(evaluations)
    best = found.sort_values("rank", kind="stable").head(_MOST_CANDIDATES)
    table = pd.DataFrame(
        {
            **({t("Repeat"): best["repeat"] + 1, t("Fold"): best.fold + 1} if spec.nested else {}),
            t("Rank"): best["rank"],
            t("Mean {metric}", metric=metric): best["mean"].map(decimal),
            t("Parameters"): best.params.map(_written),
        }
    )
    if not spec.nested:
        text = t(
            "The best score of a search is partly luck, and too good: it was chosen for being the "
            "highest. A nested search scores what it finds on rows that it has not seen."
        )
        standing = against_best(search_scores(evaluations))
        chart = charts.candidate_folds(standing, list(standing.params.map(_written)), metric)
        return [Section("candidates", t("The best candidates"), text, chart, table)]
    gaps, means = optimism(evaluations), summary(evaluations)
    title = t("What the search promised, and what it gave")
    listed = Section("candidates", t("The best candidates"), table=table)
    if gaps.empty:
        return [listed]
    text = t(
        "On rows that no search had seen, {model} scores {mean} on average (95% interval "
        "{interval}). In the searches, the winners had {inner}.",
        model=model_label(spec.model),
        mean=decimal(means["mean"][0]),
        interval=span(means.low[0], means.high[0]),
        inner=decimal(gaps.inner.mean()),
    )
    drawn = charts.promises(gaps, list(gaps.params.map(_written)), metric)
    return [Section("promises", title, text, drawn), listed]


def _written(params: Mapping[str, Any]) -> str:
    return params_text(params) or t("defaults")
