"""A run on a page: started, followed, resumed, shown.

The page holds the id of its run and nothing else, in the address too: whoever opens the address
sees the same run, whatever has become of the server in the meantime.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import Evaluation, Spec, launch, spec_from_json, stored_evaluations
from bakeoff.recording import Entry, Run, Store

from ...language import mark, t
from ...report import Outcome
from ...report.problems import explain
from .data_choice import load
from .progress import resume, show_progress, total, watch_ended
from .trouble import told

S = TypeVar("S", bound=Spec)

_ENDS = {
    "stopped": mark(
        "Stopped: {done} of {planned} fits were finished. Whoever stops when the numbers please "
        "will find them too good."
    ),
    "interrupted": mark(
        "Interrupted: the process of this run is gone. {done} of {planned} fits were finished, "
        "and they are kept."
    ),
    "failed": mark("This run failed. {done} of {planned} fits were finished, and they are kept."),
}


@told
def follow(
    kind: type[S],
    spec: S | None,
    button: Any,
    results: Any,
    *,
    start: str,
    accepts: Callable[[S], bool] = lambda spec: True,
    empty: Callable[[], None],
    live: Callable[[S, list[Entry], Dataset], None] | None = None,
    report: Callable[[Outcome], None],
) -> None:
    """Draw the button that starts a run, and what there is to see of the run.

    Parameters
    ----------
    kind : type of Spec
        Runs of other kinds are left to their own pages.
    spec : Spec or None
        What the button runs; None disables it.
    button, results : containers
        The button goes into the first, all the rest into the second.
    start : str
        What the button says.
    accepts : callable, optional
        Says of a spec of this kind whether it is for this page as it stands; all are when left out.
    empty : callable
        Draws what there is to see before the first run.
    live : callable, optional
        Draws the entries, without their results, while the run goes on.
    report : callable
        Draws the outcome, once there is an evaluation.
    """
    run = _attached()
    if run is not None and not _is_for(run, kind, accepts):
        run = None
    with button:
        _start_button(kind, spec, run, start)
    with results:
        if run is None:
            empty()
        elif run.active:
            show_progress(run.id, live)
        else:
            _ended(run, spec, report)


def _is_for(run: Run, kind: type[S], accepts: Callable[[S], bool]) -> bool:
    if run.kind != kind.__name__:
        return False
    try:
        return accepts(kind.from_json(run.spec))
    except (ValueError, TypeError) as problem:  # another version's
        st.warning(
            t("The settings of this run cannot be read: {problem}", problem=explain(problem))
        )
        return False


def _attached() -> Run | None:
    """Return the run that this page shows: that of its address, else this tab's last one there."""
    path = st.context.url
    identity = st.query_params.get("run") or st.session_state.get(f"run at {path}")
    if not identity:
        return None
    try:
        with Store() as store:
            run = store.run(identity)
    except KeyError:
        st.warning(t("The run {run} is not there, or not any more.", run=repr(identity[:8])))
        st.session_state.pop(f"run at {path}", None)
        return None
    _attach(run.id)
    return run


def _attach(identity: str) -> None:
    st.session_state[f"run at {st.context.url}"] = identity
    if st.query_params.get("run") != identity:
        st.query_params["run"] = identity


def _start_button(kind: type[Spec], spec: Spec | None, run: Run | None, text: str) -> None:
    busy = run is not None and run.active
    if st.button(
        text, type="primary", width="stretch", disabled=busy or spec is None, key=kind.__name__
    ):
        assert spec is not None, "the button is disabled without one"
        _attach(launch(spec))
        st.rerun()  # so that the button is drawn disabled from the start


def _ended(run: Run, spec: Spec | None, report: Callable[[Outcome], None]) -> None:
    done_spec = spec_from_json(run.spec)
    if run.state != "finished":
        text = t(_ENDS[run.state], done=run.done, planned=total(run, done_spec))
        show = st.error if run.state == "failed" else st.info
        show("\n\n".join(filter(None, [text, run.reason])))
        st.button(t("Resume"), icon=":material/resume:", on_click=resume, args=(run.id,))
        watch_ended(run.id, run.state)
    if spec is not None and not _are_same(spec, done_spec):
        st.caption(t("The settings beside this are not those of the run that is shown."))
    try:
        data = load(done_spec.dataset, done_spec.params, run.data)
    except (ValueError, TypeError, OSError) as problem:
        st.error(t("The data of this run cannot be loaded: {problem}", problem=explain(problem)))
        return
    if run.done:
        report(Outcome(run, done_spec, evaluations_of(run), data))


def _are_same(one: Spec, other: Spec) -> bool:
    """Whether two specs give the same results: what is idle in them may differ."""
    idle = one.idle()
    return idle == other.idle() and replace(one, **{n: getattr(other, n) for n in idle}) == other


def evaluations_of(run: Run) -> list[Evaluation]:
    """Return what a run has found so far, read anew only when there is more."""
    return _evaluations(run.id, run.done, run.ended or 0.0)


@st.cache_data(max_entries=4, show_spinner=False)
def _evaluations(identity: str, done: int, ended: float) -> list[Evaluation]:
    """``done`` and ``ended`` tell a run from what it was before a resume."""
    with Store() as store:
        return stored_evaluations(store, identity)
