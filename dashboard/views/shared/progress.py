"""A run that is under way: how far it is, how long it will take, the nets in training."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import Spec, spec_from_json
from bakeoff.experiments.runs import background
from bakeoff.recording import Entry, Run, Store

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, duration
from ...report.prose import plain
from ...report.words import STATES, model_label
from .data_choice import load
from .trouble import told

_POLL_SECONDS = 1.0
_MOST_LISTED = 8  # runs that go first


@st.fragment(run_every=_POLL_SECONDS)
@told
def show_progress(
    identity: str, live: Callable[[Any, list[Entry], Dataset], None] | None = None
) -> None:
    """Draw how far an active run is; the whole page is drawn again once it has ended.

    Parameters
    ----------
    identity : str
        Id of the run.
    live : callable, optional
        Draws more of it, from its spec, the entries so far and the data.
    """
    with Store() as store:
        try:
            run, entries = store.run(identity), store.entries(identity)
        except KeyError:  # deleted in another tab
            st.rerun()
        workers = store.live(identity)
        ahead = store.ahead_of(identity) if run.state == "queued" else []
    if not run.active:
        st.rerun()
    if run.state == "queued":
        st.info(
            _waits_for(ahead) if ahead else t("Starting: the first fits take a few seconds."),
            icon=":material/hourglass_top:",
        )
        st.button(t("Stop"), icon=":material/stop:", on_click=stop, args=(identity,))
        return
    spec = spec_from_json(run.spec)
    st.progress(_share(run, spec), text=_progress_text(run, spec, entries))
    st.button(
        t("Stop and keep what is finished"),
        icon=":material/stop:",
        on_click=stop,
        args=(identity,),
    )
    if live is not None and entries and (data := _data(run, spec)) is not None:
        live(spec, entries, data)
    for pid in (worker["stopped"] for worker in workers if "stopped" in worker):
        st.warning(
            t(
                "Worker process {pid} is stopped, and what it was at with it. `kill -CONT {pid}` "
                "lets it go on.",
                pid=pid,
            )
        )
    training = _training([worker for worker in workers if "curve" in worker], entries)
    if len(training):
        st.caption(t("Nets in training now"))
        st.altair_chart(charts.losses(training), width="stretch")


def _waits_for(ahead: list[Run]) -> str:
    """Say which runs go first, in the order of their turns."""
    lines = [f"1. {plain(run.name)}: {t(STATES[run.state])}" for run in ahead[:_MOST_LISTED]]
    if len(ahead) > _MOST_LISTED:
        lines.append("1. …")
    text = (
        t("Waiting: {n} runs that were started before this one go first.", n=len(ahead))
        if len(ahead) > 1
        else t("Waiting: a run that was started before this one goes first.")
    )
    return "\n".join([text, "", *lines])


def _data(run: Run, spec: Spec) -> Dataset | None:
    """The data, unless they were deleted since the run has read them, or never had this name."""
    try:
        return load(spec.dataset, spec.params, run.data)
    except (ValueError, TypeError, OSError):
        return None


def total(run: Run, spec: Spec) -> int:
    """How many evaluations there will be, as far as anyone knows: a search plans in rounds."""
    return max(run.planned, getattr(spec, "n_evaluations", 0))


def _share(run: Run, spec: Spec) -> float:
    return min(run.done / total(run, spec), 1.0) if total(run, spec) else 0.0


def _progress_text(run: Run, spec: Spec, entries: list[Entry]) -> str:
    if not run.planned:
        return t("Starting: the first fits take a few seconds.")
    parts = [t("{n} of {total} fits", n=run.done, total=total(run, spec))]
    if run.fitted > 1 and run.first is not None:  # before, the workers were on their way up
        pace = (time.monotonic() - run.first) / (run.fitted - 1)
        left = duration(pace * (total(run, spec) - run.done))
        parts.append(t("about {time} left", time=left))
    if entries:
        last = entries[-1].detail
        scores = [value for value in last.get("scores", {}).values() if value is not None]
        if "model" in last and scores:
            name = model_label(last["model"], run.kind)
            where = t("{model}, fold {fold}", model=name, fold=last["fold"] + 1)
            parts.append(f"{where}: {decimal(scores[0])}")
    return " · ".join(parts)


def _training(nets: list[dict[str, Any]], entries: list[Entry]) -> pd.DataFrame:
    """One row per net in training, part and epoch; those that are done are not in training."""
    done = [_which(entry.detail) for entry in entries]
    rows = [
        (
            net["model"],
            t("{model}, fold {fold}", model=label(net["model"]), fold=net["fold"] + 1),
            part.removesuffix("_loss"),
            epoch,
            loss,
        )
        for net in nets
        if _which(net) not in done
        for part, curve in net["curve"].items()
        for epoch, loss in enumerate(curve, 1)
    ]
    return pd.DataFrame(rows, columns=["model", "net", "part", "epoch", "loss"])


def _which(labels: Mapping[str, Any]) -> list[Any]:
    """What tells one fit of a run from the others."""
    return [labels.get(name) for name in ("model", "repeat", "fold", "inner", "seed", "params")]


@st.fragment(run_every=_POLL_SECONDS)
@told
def watch_ended(identity: str, state: str) -> None:
    """Draw the page again once a run that had ended early goes on.

    Another tab may have resumed it; and one whose process was silent for long, on a machine that
    slept or was too busy, had not ended at all.
    """
    with Store() as store:
        try:
            has_changed = store.run(identity).state != state
        except KeyError:  # deleted in another tab
            has_changed = True
    if has_changed:
        st.rerun()


@told
def stop(identity: str) -> None:
    """Ask a run to stop."""
    with Store() as store:
        store.stop(identity)


@told
def resume(identity: str) -> None:
    """Let a run go on where it ended."""
    background.resume(identity)
