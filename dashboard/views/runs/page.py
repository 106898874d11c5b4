"""What has been run, by this dashboard and by scripts: found again, renamed, deleted, compared."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from bakeoff.experiments import spec_from_json
from bakeoff.experiments.runs.history import entry_table
from bakeoff.recording import Run, Store

from ...language import mark, t
from ...quantities import data_size, duration
from ...report.problems import explain
from ...report.prose import plain
from ...report.words import STATES, data_name, kind_label, settings
from ..shared import places
from ..shared.progress import resume, stop
from ..shared.run_link import open_run
from ..shared.text import show_code
from ..shared.trouble import told
from . import comparison as run_comparison
from . import downloads as run_downloads

_POLL_SECONDS = 2.0
_LONGEST_NAME = 200  # characters
_MANY = 8  # runs; more can be filtered
_SELECTED = "selected runs"  # in the session: ids, because the rows of the table move
_MEANINGS = {
    "queued": mark("It waits for runs that were started before it."),
    "running": mark("It is under way."),
    "finished": mark("Every evaluation is in."),
    "stopped": mark("It was stopped. What it had finished is kept."),
    "failed": mark("It ended with an error. What it had finished is kept."),
    "interrupted": mark("Its process ended without a word. What it had finished is kept."),
}
_ICONS = {
    "queued": ":material/hourglass_top:",
    "running": ":material/play_circle:",
    "finished": ":material/check_circle:",
    "stopped": ":material/stop_circle:",
    "failed": ":material/error:",
    "interrupted": ":material/pending:",
}


@told
def show() -> None:
    """Draw the page."""
    st.title(t("Runs"), anchor=False)
    st.markdown(
        t(
            "What was run, by this dashboard and by scripts. Select a run to look into it, and two "
            "or more to compare or delete them."
        )
    )
    with Store() as store:
        runs = store.runs()
        place, size, is_private = store.path, store.size, store.is_private
        unused = store.unused
    if not is_private:
        st.warning(
            t(
                "Other users of this machine can read the store, with the data in it. "
                "`chmod 600 {place}` ends that."
            ).format(place=place)
        )
    if not runs:
        _nothing_yet()
        return
    shown = _filtered(runs)
    is_open = _is_open(runs)
    st.fragment(_runs, run_every=_POLL_SECONDS if is_open else None)(
        [run.id for run in shown], is_open
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            t("All of this takes {size}: `{place}`").format(size=data_size(size), place=place),
            width="content",
        )
        if unused[0]:
            _offer_to_clean(*unused, sum(run.active for run in runs))


@told
def _runs(identities: list[str], was_open: bool) -> None:
    """Draw the table and what is selected in it, again every few seconds while something runs."""
    with Store() as store:
        known = {run.id: run for run in store.runs()}
    if was_open != _is_open(known.values()):
        st.rerun()  # with or without the clock
    runs = [known[identity] for identity in identities if identity in known]
    if not runs:
        st.info(t("No run is left here."))
        return
    chosen = _table(runs)
    if len(chosen) > 1:
        _manage(chosen)
        run_comparison.show(chosen)
    elif chosen:
        _details(chosen[0])
    else:
        st.caption(
            t("No run is selected: tick the box in front of one, or press Shift+Space on its row.")
        )


def _offer_to_clean(n_results: int, n_bytes: int, n_active: int) -> None:
    """Draw the button that deletes what no run refers to, which asks once."""
    with st.popover(t("Clean"), icon=":material/mop:", type="tertiary", key="clean"):
        st.markdown(
            t(
                "Results that belong to no run any more: {n} ({size}). A script that is changed "
                "back to what it was would find them again; without them it fits anew.",
                n=f"{n_results:,}",
                size=data_size(n_bytes),
            )
        )
        if n_active:
            st.caption(t("Runs under way: {n}. Once they have ended, this can go.", n=n_active))
        st.button(
            t("Delete for good"),
            type="primary",
            disabled=n_active > 0,
            on_click=_clean,
            key="clean_for_good",
        )


def _is_open(runs: Iterable[Run]) -> bool:
    """Whether more may come of one: of an interrupted one too, whose end nobody has noted."""
    return any(run.ended is None for run in runs)


def _filtered(runs: list[Run]) -> list[Run]:
    if len(runs) <= _MANY:
        return runs
    left, right = st.columns(2)
    kinds = left.multiselect(
        t("Kind"),
        [kind for kind in (*places.PATHS, "record") if any(run.kind == kind for run in runs)],
        format_func=kind_label,
        placeholder=t("All"),
        key="runs_kind",
    )
    data = right.multiselect(
        t("Data"),
        sorted({data_name(run) for run in runs if run.kind != "record"}),
        placeholder=t("All"),
        key="runs_data",
    )
    return [
        run
        for run in runs
        if (not kinds or run.kind in kinds) and (not data or data_name(run) in data)
    ]


def _table(runs: list[Run]) -> list[Run]:
    """Draw the table and return the runs that are selected in it."""
    identities = [run.id for run in runs]
    # Another list of runs is another table: positions of the old one would mean other runs.
    key = f"runs {hash(tuple(identities))}"
    selected = st.session_state.get(_SELECTED, [])
    rows = [place for place, identity in enumerate(identities) if identity in selected]
    event = st.dataframe(
        pd.DataFrame(
            {
                t("Name"): [run.name for run in runs],
                t("Kind"): [kind_label(run.kind) for run in runs],
                t("Data"): [data_name(run) for run in runs],
                t("State"): [t(STATES[run.state]) for run in runs],
                t("Done"): [run.done / run.planned if run.planned else 0.0 for run in runs],
                t("Fits"): [run.done for run in runs],
                t("Started"): [_moment(run) for run in runs],
                t("Took"): [duration(run.seconds) if run.started else "" for run in runs],
            }
        ),
        hide_index=True,
        column_config={
            t("Done"): st.column_config.ProgressColumn(min_value=0, max_value=1, format="percent"),
            t("Started"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
        },
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": rows}},
        alt=t("All runs, the latest first"),
    )
    found = [runs[place] for place in event.selection.rows if place < len(runs)]
    st.session_state[_SELECTED] = [run.id for run in found]
    return found


def _details(run: Run) -> None:
    st.header(plain(run.name), anchor=False)
    st.markdown(f"{_ICONS[run.state]} {t(_MEANINGS[run.state])}")
    if run.reason:
        st.warning(run.reason)
    if run.traceback:
        with st.expander(t("Where the error was")):
            show_code(run.traceback)
    if run.quarantined:
        st.warning(
            t(
                "{n} evaluations killed their worker process twice and were given up; they count "
                "as failed.",
                n=run.quarantined,
            )
        )
    if run.active and run.planned:
        text = t("{n} of {total} fits", n=run.done, total=run.planned)
        st.progress(run.done / run.planned, text=text)
    _manage([run])
    about, evaluations, downloads = st.tabs(
        [t("Settings"), t("Evaluations"), t("Downloads")], key="run_tab", on_change="rerun"
    )
    if about.open:
        with about:
            _about(run)
    if evaluations.open:
        with evaluations:
            _evaluations(run)
    if downloads.open:
        with downloads:
            run_downloads.show(run)


def _manage(runs: Sequence[Run]) -> None:
    """Draw what can be done with the runs that are selected."""
    with st.container(horizontal=True):
        if len(runs) == 1:
            _manage_one(runs[0])
        with st.popover(t("Delete"), icon=":material/delete:", key="delete"):
            st.markdown(
                t("Delete {n} runs and their results for good?", n=len(runs))
                if len(runs) > 1
                else t("Delete {run} and its results for good?", run=f"**{plain(runs[0].name)}**")
            )
            if any(run.active for run in runs):
                st.caption(t("What still runs is stopped first."))
            st.button(
                t("Delete for good"),
                type="primary",
                on_click=_delete,
                args=([run.id for run in runs],),
                key="delete_for_good",
            )


def _manage_one(run: Run) -> None:
    if run.kind in places.PATHS and st.button(t("Open"), icon=":material/open_in_new:"):
        open_run(run)
    if run.active:
        st.button(t("Stop"), icon=":material/stop:", on_click=stop, args=(run.id,))
    elif run.state != "finished" and run.kind in places.PATHS:
        st.button(t("Resume"), icon=":material/resume:", on_click=resume, args=(run.id,))
    with (
        st.popover(t("Rename"), icon=":material/edit:", key="rename"),
        st.form("rename_form", border=False),
    ):
        st.text_input(t("Name"), run.name, key=f"name {run.id}", width=420)
        st.form_submit_button(t("Rename"), on_click=_rename, args=(run.id,))


def _about(run: Run) -> None:
    if run.spec:
        try:
            table = settings(spec_from_json(run.spec))
        except (ValueError, TypeError) as problem:  # another version's
            st.warning(explain(problem))
        else:
            st.table(table, hide_index=True, border="horizontal")
    else:
        st.markdown(
            t(
                "Recorded from a script: what it ran stands there. Start it again, and what is "
                "finished is not fitted again."
            )
        )
    marks = {t("data"): run.data, t("folds"): run.folds}
    known = " · ".join(f"{name} {value[:16]}" for name, value in marks.items() if value)
    if known and run.spec:
        st.caption(t("Fingerprints: {marks}", marks=known))


def _evaluations(run: Run) -> None:
    with Store() as store:
        entries = store.entries(run.id)
    if not entries:
        st.markdown(t("No evaluation is in yet."))
        return
    st.dataframe(entry_table(entries), hide_index=True, alt=t("Evaluations"))


@told
def _delete(identities: list[str]) -> None:
    with Store() as store:
        for identity in identities:
            store.stop(identity)  # its process would go on until it next looks
            store.delete(identity)


@told
def _clean() -> None:
    with Store() as store:
        store.clean()


@told
def _rename(identity: str) -> None:
    name = st.session_state[f"name {identity}"].strip()
    if name:
        with Store() as store:
            store.rename(identity, name[:_LONGEST_NAME])


def _moment(run: Run) -> datetime:
    return datetime.fromtimestamp(run.started or run.created)


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown(t("**Nothing has run yet.** Run a comparison, or record a search of your own:"))
        show_code(
            "from bakeoff.recording import record\n\n"
            'with record("my grid", n_jobs=2):\n'
            "    search.fit(X, y)  # any GridSearchCV, cross_validate, learning_curve, …"
        )
