"""Fold by fold, and what is behind a fold: the rows on which two models disagree."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.experiments import disagreements

from ... import charts
from ...charts.look import label
from ...language import t
from ...report import Outcome
from ...report.kinds.comparison import fold_by_fold
from ..shared.samples import show_samples
from ..shared.section import show_section

_PAGE = 12  # samples


def show_folds(outcome: Outcome, table: pd.DataFrame) -> None:
    """Draw the scores of all folds; a click on a dot chooses what is shown of its fold.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison, with complete folds only.
    table : DataFrame
        Its `summary`.
    """
    found = fold_by_fold(outcome, table)
    caption = f"{found.caption} {t('Click a mark to see the rows behind it.')}"
    state = show_section(
        found._replace(caption=caption),
        key=f"folds_{outcome.run.id}",
        on_select="rerun",
        selection_mode=[charts.FOLD],
    )
    models = list(table.model[table.folds > 0])
    if len(models) > 1:
        _follow(state.selection.get(charts.FOLD, []), outcome.run.id, models)
        _disagreements(outcome, models)


def _follow(clicked: list[dict[str, Any]], run: str, models: Sequence[str]) -> None:
    """Let a new click fill the boxes; between two clicks they are the reader's."""
    if not clicked or st.session_state.get("clicked") == (run, clicked):
        return
    st.session_state["clicked"] = run, clicked
    dot, before = clicked[-1], clicked[0]
    one = dot["key"]
    # A dot and a second one with the shift key are two models; one dot is against the best other.
    other = before["key"] if before["key"] != one else next(key for key in models if key != one)
    st.session_state[f"fold_{run}"] = (dot["repeat"], dot["fold"])
    st.session_state[f"one_{run}"], st.session_state[f"other_{run}"] = one, other


@st.fragment
def _disagreements(outcome: Outcome, models: Sequence[str]) -> None:
    """Draw the boxes and the rows on which two models give different answers."""
    run = outcome.run.id
    st.subheader(t("Where two models disagree"), anchor=False)
    left, middle, right = st.columns(3)
    fold = left.selectbox(
        t("Fold"), _folds(outcome), format_func=lambda of: _called(*of), key=f"fold_{run}"
    )
    one = middle.selectbox(t("Model"), models, format_func=label, key=f"one_{run}")
    others = [key for key in models if key != one]
    other = right.selectbox(t("Other model"), others, format_func=label, key=f"other_{run}")
    try:
        rows = disagreements(
            outcome.evaluations, outcome.data, one, other, repeat=fold[0], fold=fold[1]
        )
    except KeyError:
        st.info(t("One of the two models failed there."))
        return
    tests = {
        e.fold: len(e.test) for e in outcome.evaluations if e.repeat == fold[0] and e.inner is None
    }
    n_test = sum(tests.values()) if fold[1] is None else tests[fold[1]]
    st.markdown(_account(rows, one, other, n_test, outcome.data.task))
    if rows.empty:
        return
    page = 1
    if len(rows) > _PAGE:
        page = st.pagination(ceil(len(rows) / _PAGE), key=f"page_{run}_{fold}_{one}_{other}")
    show_samples(outcome.data, rows.iloc[(page - 1) * _PAGE : page * _PAGE], one, other)


def _folds(outcome: Outcome) -> list[tuple[int, int | None]]:
    """All folds of each repeat at once, then each fold."""
    each = sorted({(e.repeat, e.fold) for e in outcome.evaluations if e.inner is None})
    return [*((repeat, None) for repeat in sorted({repeat for repeat, _ in each})), *each]


def _called(repeat: int, fold: int | None) -> str:
    if fold is None:
        return t("repeat {repeat}, all folds", repeat=repeat + 1)
    return charts.split(repeat, fold)


def _account(rows: pd.DataFrame, one: str, other: str, n_test: int, task: str) -> str:
    right = {key: int((rows.nearer == key).sum()) for key in (one, other)}
    values: dict[str, Any] = {
        "n": len(rows),
        "total": n_test,
        "one": label(one),
        "other": label(other),
        "a": right[one],
        "b": right[other],
    }
    if rows.empty:
        return t("{one} and {other} give the same answer on all {total} test rows.", **values)
    if task == "regression":
        return t(
            "Of {total} test rows, {one} is nearer to the truth on {a}, {other} on {b}. Rows on "
            "which they are furthest apart come first.",
            **values,
        )
    return t(
        "The two give different answers on {n} of {total} test rows: {one} is right on {a} of "
        "them, {other} on {b}, neither on {c}.",
        **values,
        c=len(rows) - sum(right.values()),
    )
