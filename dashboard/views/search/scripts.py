"""Searches that scripts ran, on the page of searches: there as soon as they begin."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import streamlit as st

from bakeoff.experiments import GridSearch
from bakeoff.experiments.reports.candidates import pooled, ranked, search_scores
from bakeoff.experiments.runs.recorded_searches import (
    ScriptedSearch,
    outer_scores,
    scripted_searches,
)
from bakeoff.recording import Run, Store

from ...charts.look import label
from ...language import mark, t
from ...quantities import decimal
from ...report import Section
from ...report.kinds.candidates import is_scored
from ...report.kinds.curse import curse
from ...report.kinds.search import errors, nothing_scored, winner
from ...report.words import STATES, scorer_label
from ..shared.running import evaluations_of
from ..shared.section import show_section, show_sections
from ..shared.text import show_code
from ..shared.trouble import told
from .candidates import show_candidates

TABS, OWN = "search_tab", mark("This search")
_POLL_SECONDS = 2.0


class _Found(NamedTuple):
    """A search in the store: an experiment, or one of the searches that a script recorded."""

    run: Run
    number: int = 0
    stock: ScriptedSearch | None = None

    @property
    def title(self) -> str:
        if self.stock is None:
            model = label(GridSearch.from_json(self.run.spec).model)
        else:
            model = self.stock.estimator
        moment = f"{datetime.fromtimestamp(self.run.created):%Y-%m-%d %H:%M}"
        number = f" · {self.number + 1}" if self.number else ""
        return f"{self.run.name} · {model} · {moment}{number}"


@told
def show_scripts() -> None:
    """Draw the list of recorded searches, newest first, and the one that is chosen."""
    runs = _runs()
    found = {f"{one.run.id}:{one.number}": one for run in runs for one in _searches(run)}
    if not found:
        _nothing_yet()
        _watch("", _state(runs, ""))
        return
    chosen = st.selectbox(
        t("Recorded search"), found, format_func=lambda one: found[one].title, key="recorded"
    )
    _show(found[chosen])
    shown = found[chosen].run.id
    _watch(shown, _state(runs, shown))


def _runs() -> list[Run]:
    with Store() as store:
        return [run for run in store.runs() if run.kind in ("record", GridSearch.__name__)]


@st.fragment(run_every=_POLL_SECONDS)
@told
def _watch(shown: str, seen: list[tuple[str, str, int]]) -> None:
    """Draw the page again when there is a new run, or more of the one that is shown."""
    if _state(_runs(), shown) != seen:
        st.rerun()


def _state(runs: list[Run], shown: str) -> list[tuple[str, str, int]]:
    return [(run.id, run.state, run.done if run.id == shown else run.done > 0) for run in runs]


def _searches(run: Run) -> list[_Found]:
    if run.kind == "record":
        stock, _ = _recorded(run.id, run.done, run.created)
        return [_Found(run, number, one) for number, one in enumerate(stock)]
    return [_Found(run)] if run.done else []


@st.cache_data(max_entries=64, show_spinner=False)
def _recorded(identity: str, done: int, created: float) -> tuple[list[ScriptedSearch], list[float]]:
    """Searches and outer scores of a run; the numbers tell it from what it was before."""
    with Store() as store:
        entries = store.entries(identity)
    return scripted_searches(entries), outer_scores(entries)


def _show(found: _Found) -> None:
    run = found.run
    if run.state != "finished":
        text = t(
            "{state}: {n} of {total} fits of this run are in.",
            state=t(STATES[run.state]),
            n=run.done,
            total=run.planned,
        )
        st.info(text)
    if found.stock is None:
        _show_spec(run)
    else:
        _show_nesting(run)
        _show_stock(found.stock)


def _show_nesting(run: Run) -> None:
    """Hold promise against result, where the searches of a run stood inside a cross-validation."""
    searches, outer = _recorded(run.id, run.done, run.created)
    best = [ranked(search.scores()).iloc[0]["mean"] for search in searches]
    if len(outer) != len(best) or not outer:  # some are under way, or stood elsewhere
        return
    inner, given = sum(best) / len(best), sum(outer) / len(outer)
    st.markdown(
        t(
            "The {n} searches of this run stood inside a cross-validation: on average they "
            "promised **{inner}**, new rows gave **{outer}**, a gap of {gap}.",
            n=len(best),
            inner=decimal(inner),
            outer=decimal(given),
            gap=decimal(inner - given, "+"),
        )
    )


def _show_stock(search: ScriptedSearch) -> None:
    name = search.metrics[0]
    if len(search.metrics) > 1:
        name = st.selectbox(t("Score"), search.metrics, key="recorded_metric")
    _show_search(search.errors, search.scores(name), scorer_label(name), search.estimator)


def _show_spec(run: Run) -> None:
    st.button(
        t("Show the whole report"),
        icon=":material/open_in_full:",
        on_click=_open,
        args=(run.id,),
    )
    evaluations = evaluations_of(run)
    metric = scorer_label(next(iter(evaluations[0].scores)))
    failed = [e.error for e in evaluations if e.error]
    model = label(evaluations[0].model)
    _show_search(failed, search_scores(evaluations), metric, model, curse(evaluations, metric))


def _show_search(
    failed: Sequence[str],
    scores: pd.DataFrame,
    metric: str,
    model: str,
    luck: Sequence[Section] = (),
) -> None:
    show_section(errors(failed))
    if not is_scored(pooled(scores)):
        show_section(nothing_scored())
        return
    show_sections([winner(scores, metric, model), *luck], "recorded")
    show_candidates(scores, metric, "recorded")


def _open(identity: str) -> None:
    """Show a run where this page shows its own."""
    st.query_params["run"] = identity
    st.session_state[TABS] = t(OWN)


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown(
            t(
                "**No script has recorded a search yet.** Put yours into a block of `record`, and "
                "it is drawn here while it runs:"
            )
        )
        show_code(
            "from bakeoff.recording import record\n\n"
            'with record("my grid", n_jobs=2):\n'
            "    search.fit(X, y)  # any GridSearchCV, RandomizedSearchCV, HalvingGridSearchCV, …"
        )
