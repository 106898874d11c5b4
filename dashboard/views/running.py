"""A run on a page: started, followed, stopped, resumed, shown.

The page holds the id of its run and nothing else, in the address too: whoever opens the address
sees the same run, whatever has become of the server in the meantime.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset

from .. import charts
from ..charts.ensembles import method_label
from ..charts.look import label
from ..experiments import (
    EnsembleStudy,
    Evaluation,
    Spec,
    launch,
    resume,
    spec_from_json,
    stored_evaluations,
)
from ..language import mark, t
from ..quantities import decimal, duration
from ..recording import Entry, Run, Store, StoreError
from .choices import load

S = TypeVar("S", bound=Spec)

_POLL_SECONDS = 1.0
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


class Outcome(NamedTuple):
    """A run that has ended, with all that a report is made of.

    Attributes
    ----------
    run : Run
        In any state but queued and running.
    spec : Spec
    evaluations : list of Evaluation
        Only some of them, unless the run is finished.
    data : Dataset
    """

    run: Run
    spec: Spec
    evaluations: list[Evaluation]
    data: Dataset


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
    try:
        run = attached()
        if run is not None and not _is_for(run, kind, accepts):
            run = None
        with button:
            _start_button(kind, spec, run, start)
        with results:
            if run is None:
                empty()
            elif run.active:
                _progress(run.id, live)
            else:
                _ended(run, spec, report)
    except StoreError as problem:
        st.error(str(problem), icon=":material/error:")


def _is_for(run: Run, kind: type[S], accepts: Callable[[S], bool]) -> bool:
    return run.kind == kind.__name__ and accepts(kind.from_json(run.spec))


def attached() -> Run | None:
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


@st.fragment(run_every=_POLL_SECONDS)
def _progress(identity: str, live: Callable[[Any, list[Entry], Dataset], None] | None) -> None:
    """Show what has arrived; the whole page is drawn again once the run has ended."""
    with Store() as store:
        try:
            run, entries = store.run(identity), store.entries(identity)
        except KeyError:  # deleted in another tab
            st.rerun()
        nets = store.live(identity)
    if not run.active:
        st.rerun()
    if run.state == "queued":
        st.info(
            t("Waiting: runs that were started before this one go first."),
            icon=":material/hourglass_top:",
        )
        st.button(t("Stop"), icon=":material/stop:", on_click=_stop, args=(identity,))
        return
    spec = spec_from_json(run.spec)
    st.progress(_share(run, spec), text=_progress_text(run, spec, entries))
    st.button(
        t("Stop and keep what is finished"),
        icon=":material/stop:",
        on_click=_stop,
        args=(identity,),
    )
    if live is not None and entries:
        live(spec, entries, load(spec.dataset, spec.params))
    training = _training(nets, entries)
    if len(training):
        st.caption(t("Nets in training now"))
        st.altair_chart(charts.losses(training), width="stretch")


def _total(run: Run, spec: Spec) -> int:
    """How many evaluations there will be, as far as anyone knows: a search plans in rounds."""
    return max(run.planned, getattr(spec, "n_evaluations", 0))


def _share(run: Run, spec: Spec) -> float:
    return min(run.done / _total(run, spec), 1.0) if _total(run, spec) else 0.0


def _progress_text(run: Run, spec: Spec, entries: list[Entry]) -> str:
    if not run.planned:
        return t("Starting: the first fits take a few seconds.")
    parts = [t("{n} of {total} fits", n=run.done, total=_total(run, spec))]
    if run.fitted > 1 and run.first is not None:  # before, the workers were on their way up
        pace = (time.time() - run.first) / (run.fitted - 1)
        left = duration(pace * (_total(run, spec) - run.done))
        parts.append(t("about {time} left", time=left))
    if entries:
        last = entries[-1].detail
        scores = [value for value in last.get("scores", {}).values() if value is not None]
        if "model" in last and scores:
            name = method_label if isinstance(spec, EnsembleStudy) else label
            where = t("{model}, fold {fold}", model=name(last["model"]), fold=last["fold"] + 1)
            parts.append(f"{where}: {decimal(scores[0])}")
    return " · ".join(parts)


def _training(nets: list[dict[str, Any]], entries: list[Entry]) -> pd.DataFrame:
    """One row per net in training, part and epoch; those that are done are not in training."""
    names = ("model", "repeat", "fold", "inner", "seed")
    done = {tuple(entry.detail.get(name) for name in names) for entry in entries}
    rows = [
        (
            t("{model}, fold {fold}", model=label(net["model"]), fold=net["fold"] + 1),
            part.removesuffix("_loss"),
            epoch,
            loss,
        )
        for net in nets
        if tuple(net[name] for name in names) not in done
        for part, curve in net["curve"].items()
        for epoch, loss in enumerate(curve, 1)
    ]
    return pd.DataFrame(rows, columns=["net", "part", "epoch", "loss"])


def _stop(identity: str) -> None:
    with Store() as store:
        store.stop(identity)


def _ended(run: Run, spec: Spec | None, report: Callable[[Outcome], None]) -> None:
    done_spec = spec_from_json(run.spec)
    if run.state != "finished":
        text = t(_ENDS[run.state], done=run.done, planned=_total(run, done_spec))
        show = st.error if run.state == "failed" else st.info
        show("\n\n".join(filter(None, [text, run.reason])))
        st.button(t("Resume"), icon=":material/resume:", on_click=resume, args=(run.id,))
    if spec is not None and spec != done_spec:
        st.caption(t("The settings beside this are not those of the run that is shown."))
    try:
        data = load(done_spec.dataset, done_spec.params)
    except (ValueError, TypeError, OSError) as problem:
        st.error(t("The data of this run cannot be loaded: {problem}", problem=problem))
        return
    if run.done:
        found = _evaluations(run.id, run.done, run.ended or 0.0)
        report(Outcome(run, done_spec, found, data))


@st.cache_data(max_entries=4, show_spinner=False)
def _evaluations(identity: str, done: int, ended: float) -> list[Evaluation]:
    """What a run has found; ``done`` and ``ended`` tell a run from what it was before a resume."""
    with Store() as store:
        return stored_evaluations(store, identity)
