"""The candidates of a search: where in the space they are, and which of them came close."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from bakeoff.experiments.reports.candidates import against_best, parameter_values, pooled, ranked

from ... import charts
from ...charts.candidates import MOST_CANDIDATES
from ...charts.search import MOST_LINES, text_of
from ...language import mark, t
from ...quantities import decimal
from ..prose import plain
from ..section import Section

SPACE = mark("Where good scores are")


class Candidates(NamedTuple):
    """The candidates of one search, the best first; all tables have the same index.

    Attributes
    ----------
    table : DataFrame
        As from `against_best`.
    values : DataFrame
        Their parameters, one a column.
    readable : DataFrame
        Their scores for a reader.
    metric : str
        What a reader calls the score.
    """

    table: pd.DataFrame
    values: pd.DataFrame
    readable: pd.DataFrame
    metric: str

    @property
    def last(self) -> pd.Index:
        """Each candidate once: of a halving search, where it got furthest."""
        return self.table.drop_duplicates("candidate").index


def candidates_of(search: pd.DataFrame, metric: str) -> Candidates:
    """Compare the candidates of one search.

    Parameters
    ----------
    search : DataFrame
        As from `search_scores`, of one search, or `pooled`; at least one candidate `is_scored`.
    metric : str
        What a reader calls the score.
    """
    table = against_best(search)
    values = parameter_values(table)
    return Candidates(table, values, _readable(table, values, metric), metric)


def is_scored(search: pd.DataFrame) -> bool:
    """Whether any candidate of a search has a mean score."""
    return bool(ranked(search)["mean"].notna().any())


def candidates(scores: pd.DataFrame, metric: str) -> list[Section]:
    """Return the candidates of all searches of a run together, in space and fold by fold.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`.
    metric : str
        What a reader calls the score.
    """
    found = candidates_of(pooled(scores), metric)
    axes = [str(name) for name in found.values][:2]
    *before, last = [space(found, axes), *others(found)]
    return [*(one._replace(table=None) for one in before), last]  # it is the same table


def space(found: Candidates, axes: Sequence[str], rows: pd.Index | None = None) -> Section:
    """Return the scores over one or two parameters.

    Parameters
    ----------
    found : Candidates
    axes : sequence of str
        Columns of its values.
    rows : Index, optional
        Which of its candidates to draw; each once when left out.
    """
    rows = found.last if rows is None else rows
    values, means = found.values.loc[rows], found.table["mean"].loc[rows]
    chart = charts.score_space(values, means, list(axes), found.metric)
    return Section("space", t(SPACE), chart=chart, table=found.readable.loc[rows])


def others(found: Candidates) -> list[Section]:
    """Return all parameters at once, the rungs of a halving search, and who came close."""
    table, values = found.table, found.values
    sections = [_parallel(found)] if values.shape[1] > 1 else []
    if table.resource.nunique() > 1:
        chart = charts.rungs(table, candidate_labels(values), found.metric)
        caption = t(
            "Each line is a candidate; the thick one won. Only those that did well on few rows "
            "were given more."
        )
        title = t("Who was given more rows")
        rungs = Section("rungs", title, chart=chart, table=found.readable, caption=caption)
        sections.append(rungs)
    n_others = int(table.difference.notna().sum()) - 1
    return [*sections, _close_ones(found, n_others)] if n_others > 0 else sections


def candidate_labels(values: pd.DataFrame) -> list[str]:
    """What to call candidates beside a chart: without the names where these take too much room."""
    if values.shape[1] <= 2:
        return [written(row, "=") for _, row in values.iterrows()]
    return [" · ".join(map(text_of, row)) for row in values.itertuples(index=False)]


def label_order(values: pd.DataFrame) -> str:
    """What `candidate_labels` leave out."""
    if values.shape[1] <= 2:
        return ""
    names = plain(", ".join(map(str, values)))
    return " " + t("Candidates are named by their values of {names}.", names=names)


def written(values: pd.Series, between: str) -> str:
    """The parameters of one candidate, without those that it does not have."""
    known = values[values.map(lambda value: value is not None and value == value)]
    return ", ".join(f"{name}{between}{text_of(value)}" for name, value in known.items())


def _parallel(found: Candidates) -> Section:
    last = found.last
    chart = charts.parallel(found.values.loc[last], found.table["mean"].loc[last], found.metric)
    caption = t("Each line is a candidate; the thick one is the winner, and the colour the score.")
    if len(last) > MOST_LINES:
        caption += " " + t("The best {n} are drawn.", n=MOST_LINES)
    return Section("parallel", chart=chart, table=found.readable, caption=caption)


def _close_ones(found: Candidates, n_others: int) -> Section:
    """Say how many candidates may be as good as the winner, and draw their folds."""
    table, values = found.table, found.values
    tied = int(table.tied.sum()) - 1
    if tied:
        text = t(
            "**{tied} of {n}** other candidates cannot be told from the winner on these folds: "
            "which of them came first is a matter of luck. The simplest or the fastest of them is "
            "a sound choice.",
            tied=tied,
            n=n_others,
        )
    else:
        text = t("These folds tell the winner from all of the {n} other candidates.", n=n_others)
    top = table.resource.isna() | (table.resource == table.resource.iloc[0])
    chart = charts.candidate_folds(table[top], candidate_labels(values[top]), found.metric)
    caption = t(
        "Small dots are folds, the tick is the mean. A candidate is told from the winner where the "
        "95% interval of their difference, paired by fold and corrected for overlapping training "
        "rows, excludes 0, each pair taken alone."
    )
    if top.sum() > MOST_CANDIDATES:
        caption += " " + t("The best {n} are drawn; the table has all.", n=MOST_CANDIDATES)
    caption += label_order(values)
    return Section("candidates", t("Who came close"), (), text, chart, found.readable, caption)


def _readable(table: pd.DataFrame, values: pd.DataFrame, metric: str) -> pd.DataFrame:
    columns: dict[str, Any] = {t("Rank"): table["rank"]}
    columns |= {str(name): values[name].map(text_of) for name in values}
    if table.resource.notna().any():
        columns[t("Rows to train on")] = table.resource
    gaps = zip(table.difference, table.low, table.high, strict=True)
    return pd.DataFrame(
        {
            **columns,
            t("Mean {metric}", metric=metric): table["mean"].map(decimal),
            t("Standard deviation"): table["std"].map(decimal),
            t("Difference to the winner (95%)"): [
                f"{decimal(mean, '+')} ({decimal(low, '+')} … {decimal(high, '+')})"
                if mean == mean
                else ""
                for mean, low, high in gaps
            ],
            t("Failed folds"): table.failed,
            t("Fold scores"): [" ".join(map(decimal, folds)) for folds in table.fold_scores],
        }
    )
