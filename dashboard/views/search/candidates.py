"""The candidates of a search: where in the space they are, and which of them came close."""

from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.experiments.reports.candidates import against_best, parameter_values, pooled, ranked

from ... import charts
from ...charts.candidates import MOST_CANDIDATES
from ...charts.search import MOST_LINES, text_of
from ...language import t
from ...quantities import decimal
from ..shared.figure import figure


def show_candidates(scores: pd.DataFrame, metric: str, key: str) -> None:
    """Draw candidates in the space of their parameters, and fold by fold.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`; at least one is a number.
    metric : str
        What a reader calls the score.
    key : str
        Starts the keys of all widgets.
    """
    st.header(t("Where good scores are"), anchor=False)
    search = _one_search(scores, key)
    if not scored(search):
        return
    table = against_best(search)
    values = parameter_values(table)
    # Of a halving search, each candidate where it got furthest.
    last = table.drop_duplicates("candidate").index
    shown = _readable(table, values, metric)
    _space(table.loc[last], values.loc[last], shown.loc[last], metric, key)
    if values.shape[1] > 1:
        figure(
            charts.parallel(values.loc[last], table["mean"].loc[last], metric),
            shown,
            f"{key}_parallel",
        )
        text = t("Each line is a candidate; the thick one is the winner, and the colour the score.")
        if len(last) > MOST_LINES:
            text += " " + t("The best {n} are drawn.", n=MOST_LINES)
        st.caption(text)
    if table.resource.nunique() > 1:
        st.header(t("Who was given more rows"), anchor=False)
        figure(charts.rungs(table, candidate_labels(values), metric), shown, f"{key}_rungs")
        st.caption(
            t(
                "Each line is a candidate; the thick one won. Only those that did well on few rows "
                "were given more."
            )
        )
    _close_ones(table, values, shown, metric, key)


def _one_search(scores: pd.DataFrame, key: str) -> pd.DataFrame:
    """Let the reader choose one of several searches, or all of them together."""
    places = scores[["repeat", "fold"]].drop_duplicates().sort_values(["repeat", "fold"])
    searches = list(places.itertuples(index=False, name=None))
    if len(searches) == 1:
        return scores
    titles = [t("all {n} together", n=len(searches))]
    titles += [t("Repeat {repeat}, fold {fold}", repeat=r + 1, fold=f + 1) for r, f in searches]
    place = st.selectbox(
        t("Search"),
        range(len(titles)),
        format_func=titles.__getitem__,
        key=f"{key}_search",
        help=t("Each outer fold has a search of its own, within its training rows."),
    )
    if place == 0:
        return pooled(scores)
    repeat, fold = searches[place - 1]
    return scores[(scores["repeat"] == repeat) & (scores.fold == fold)]


def _space(
    table: pd.DataFrame, values: pd.DataFrame, shown: pd.DataFrame, metric: str, key: str
) -> None:
    """Draw the scores over two parameters, with the others at their best or at one choice."""
    names = [str(name) for name in values]
    axes = names[:1]
    kept = pd.Series(True, index=values.index)
    if len(names) > 1:
        columns = st.columns(2)
        x = columns[0].selectbox(t("Across"), names, key=f"{key}_x")
        y = columns[1].selectbox(t("Up"), [n for n in names if n != x], key=f"{key}_y")
        axes = [x, y]
        others = [n for n in names if n not in axes and values[n].nunique() <= len(values) / 2]
        for column, name in zip(st.columns(max(len(others), 1)), others, strict=False):
            tried = list(values[name].drop_duplicates())
            titles = [t("best of all"), *map(text_of, tried)]
            place = column.selectbox(
                name, range(len(titles)), format_func=titles.__getitem__, key=f"{key}_at_{name}"
            )
            if place > 0:
                kept &= values[name] == tried[place - 1]
    chart = charts.score_space(values[kept], table["mean"][kept], axes, metric)
    figure(chart, shown[kept], f"{key}_space")


def _close_ones(
    table: pd.DataFrame, values: pd.DataFrame, shown: pd.DataFrame, metric: str, key: str
) -> None:
    """Say how many candidates may be as good as the winner, and draw their folds."""
    others = int(table.difference.notna().sum()) - 1
    if others < 1:
        return
    st.header(t("Who came close"), anchor=False)
    tied = int(table.tied.sum()) - 1
    if tied:
        text = t(
            "**{tied} of {n}** other candidates cannot be told from the winner on these folds: "
            "which of them came first is a matter of luck. The simplest or the fastest of them is "
            "a sound choice.",
            tied=tied,
            n=others,
        )
    else:
        text = t("These folds tell the winner from all of the {n} other candidates.", n=others)
    st.markdown(text)
    top = table.resource.isna() | (table.resource == table.resource.iloc[0])
    chart = charts.candidate_folds(table[top], candidate_labels(values[top]), metric)
    figure(chart, shown, f"{key}_folds")
    caption = t(
        "Small dots are folds, the tick is the mean. A candidate is told from the winner where the "
        "95% interval of their difference, paired by fold and corrected for overlapping training "
        "rows, excludes 0, each pair taken alone."
    )
    if top.sum() > MOST_CANDIDATES:
        caption += " " + t("The best {n} are drawn; the table has all.", n=MOST_CANDIDATES)
    st.caption(caption + label_order(values))


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


def scored(scores: pd.DataFrame) -> bool:
    """Whether any candidate of a search has a mean score; say so where none has."""
    if ranked(scores)["mean"].notna().any():
        return True
    st.markdown(t("No candidate has a score on every fold, so there is nothing to see yet."))
    return False


def written(values: pd.Series, between: str) -> str:
    """The parameters of one candidate, without those that it does not have."""
    known = values[values.map(lambda value: value is not None and value == value)]
    return ", ".join(f"{name}{between}{text_of(value)}" for name, value in known.items())


def candidate_labels(values: pd.DataFrame) -> list[str]:
    """What to call candidates beside a chart: without the names where these take too much room."""
    if values.shape[1] <= 2:
        return [written(row, "=") for _, row in values.iterrows()]
    return [" · ".join(map(text_of, row)) for row in values.itertuples(index=False)]


def label_order(values: pd.DataFrame) -> str:
    """What `candidate_labels` leave out."""
    if values.shape[1] <= 2:
        return ""
    return " " + t(
        "Candidates are named by their values of {names}.", names=", ".join(map(str, values))
    )
