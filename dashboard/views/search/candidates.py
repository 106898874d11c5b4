"""The candidates of a search, with the choice of a search and of what to draw them against."""

import pandas as pd
import streamlit as st

from bakeoff.experiments.reports.candidates import pooled

from ...charts.search import text_of
from ...language import t
from ...report.kinds.candidates import SPACE, Candidates, candidates_of, is_scored, others, space
from ...report.kinds.search import nothing_scored
from ..shared.section import show_section, show_sections


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
    st.header(t(SPACE), anchor=False)
    search = _one_search(scores, key)
    if not is_scored(search):
        show_section(nothing_scored())
        return
    found = candidates_of(search, metric)
    _space(found, key)
    show_sections(others(found), key)


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


def _space(found: Candidates, key: str) -> None:
    """Draw the scores over two parameters, with the others at their best or at one choice."""
    values = found.values.loc[found.last]
    names = [str(name) for name in values]
    axes = names[:1]
    kept = pd.Series(True, index=values.index)
    if len(names) > 1:
        columns = st.columns(2)
        x = columns[0].selectbox(t("Across"), names, key=f"{key}_x")
        y = columns[1].selectbox(t("Up"), [n for n in names if n != x], key=f"{key}_y")
        axes = [x, y]
        rest = [n for n in names if n not in axes and values[n].nunique() <= len(values) / 2]
        for column, name in zip(st.columns(max(len(rest), 1)), rest, strict=False):
            tried = list(values[name].drop_duplicates())
            titles = [t("best of all"), *map(text_of, tried)]
            place = column.selectbox(
                name, range(len(titles)), format_func=titles.__getitem__, key=f"{key}_at_{name}"
            )
            if place > 0:
                kept &= values[name] == tried[place - 1]
    show_section(space(found, axes, kept.index[kept])._replace(title=""), key)
