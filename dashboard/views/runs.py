"""What has been run, by this dashboard and by scripts."""

from datetime import datetime

import pandas as pd
import streamlit as st

from ..recording import Entry, Run, Store, StoreError

_POLL_SECONDS = 2.0
_ICONS = {
    "running": ":material/play_circle:",
    "finished": ":material/check_circle:",
    "stopped": ":material/stop_circle:",
    "failed": ":material/error:",
    "interrupted": ":material/pending:",
}
_MEANINGS = {
    "running": "It is under way.",
    "finished": "Every evaluation is in.",
    "stopped": "It was stopped. Start it again, and it goes on from here.",
    "failed": "It ended with an error. What it had finished is kept.",
    "interrupted": "Its process ended without a word. Start it again, and it goes on from here.",
}


def show() -> None:
    """Draw the page."""
    st.title("Runs", anchor=False)
    st.markdown(
        "Everything that was started here, and every scikit-learn call of a script that stood "
        "inside `with record(...)`."
    )
    try:
        with Store() as store:
            _runs(store)
    except StoreError as problem:
        st.error(str(problem), icon=":material/error:")


def _runs(store: Store) -> None:
    runs = store.runs()
    if not runs:
        _nothing_yet()
        return
    st.dataframe(
        _table(runs),
        hide_index=True,
        column_config={
            "Done": st.column_config.ProgressColumn(min_value=0, max_value=1, format="percent"),
            "Started": st.column_config.DatetimeColumn(format="calendar"),
            "Seconds": st.column_config.NumberColumn(format="%.1f"),
        },
    )
    chosen = st.selectbox(
        "Look into",
        runs,
        format_func=lambda run: f"{run.name} · {run.state} · {_moment(run.created)}",
    )
    _details(chosen.id)


@st.fragment(run_every=_POLL_SECONDS)
def _details(identity: str) -> None:
    """Show one run, and again every few seconds: a script may be adding to it."""
    with Store() as store:
        try:
            run = store.run(identity)
        except KeyError:
            st.info("This run has been deleted.")
            return
        entries = store.entries(identity)
    share = run.done / run.planned if run.planned else 0.0
    st.progress(share, text=f"{run.done} of {run.planned} evaluations")
    st.markdown(f"{_ICONS[run.state]} {_MEANINGS[run.state]}")
    if run.reason:
        st.warning(run.reason)
    if run.quarantined:
        st.warning(
            f"{run.quarantined} evaluations killed their worker process twice and were given up; "
            "they count as failed."
        )
    if run.state == "running":
        st.button("Stop", icon=":material/stop:", on_click=_stop, args=(identity,))
    if entries:
        st.dataframe(evaluations_table(entries), hide_index=True)


def evaluations_table(entries: list[Entry]) -> pd.DataFrame:
    """Return one row per evaluation; each parameter and each score is a column."""
    frame = pd.json_normalize([dict(entry.detail) for entry in entries])
    frame.insert(0, "status", [entry.status for entry in entries])
    frame.columns = [name.removeprefix("params.").removeprefix("scores.") for name in frame.columns]
    return frame.dropna(axis="columns", how="all")


def _table(runs: list[Run]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Name": [run.name for run in runs],
            "Kind": ["Script" if run.kind == "record" else run.kind for run in runs],
            "State": [run.state.capitalize() for run in runs],
            "Done": [run.done / run.planned if run.planned else 0.0 for run in runs],
            "Evaluations": [run.done for run in runs],
            "Given up": [run.quarantined for run in runs],
            "Started": [datetime.fromtimestamp(run.created) for run in runs],
            "Seconds": [(run.ended or run.heartbeat) - run.created for run in runs],
        }
    )


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds):%d %b %H:%M}"


def _stop(identity: str) -> None:
    with Store() as store:
        store.stop(identity)


def _nothing_yet() -> None:
    with st.container(border=True):
        st.markdown("**Nothing has run yet.** Run a comparison, or record a search of your own:")
        st.code(
            "from bakeoff.dashboard.experiments import record\n\n"
            'with record("my grid", n_jobs=2):\n'
            "    search.fit(X, y)  # any GridSearchCV, cross_validate, learning_curve, …",
            language="python",
        )
