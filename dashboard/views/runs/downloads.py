"""What can be taken away of a run. Each file is made when it is asked for."""

import importlib.util
import shlex
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import Spec, script, spec_from_json
from bakeoff.experiments.runs.archive import portable, versions
from bakeoff.experiments.runs.final import fitted_pipeline
from bakeoff.experiments.runs.history import entry_table
from bakeoff.experiments.runs.in_process import aside
from bakeoff.recording import Run, Store

from ...language import current, t
from ...report.html import archive_of, html_report
from ...report.problems import explain, said
from ...report.prose import plain
from ...report.words import data_name, model_label
from ..shared.data_choice import load
from ..shared.scripts import file_name
from ..shared.text import show_code

T = TypeVar("T")

_FAILED = "failed downloads"  # in the session: why, by run and name of the file
_LOOK_SECONDS = 1.0
_PICKLED = ("scikit-learn", "torch", "skorch", "numpy", "bakeoff")  # what a pipeline is made of


def show(run: Run) -> None:
    """Draw the downloads of a run, or say why there are none.

    Parameters
    ----------
    run : Run
        In any state.
    """
    _offer(run)
    _say_what_failed(run.id)


def _offer(run: Run) -> None:
    if run.active:
        st.markdown(t("Downloads are here once the run has ended."))
        return
    if not run.done:
        st.markdown(t("Nothing was finished, so there is nothing to download."))
        return
    if not run.spec:
        _table(run)
        st.markdown(
            t(
                "Script, archive, report and pipeline are for runs of this dashboard and of "
                "`run(spec)`: here, your own script decides what is run, and only it can run it "
                "again."
            )
        )
        return
    try:
        spec = spec_from_json(run.spec)
        data = load(spec.dataset, spec.params, run.data)
    except (ValueError, TypeError, OSError) as problem:
        st.warning(t("The data of this run cannot be loaded: {problem}", problem=explain(problem)))
        _table(run)
        return
    _files(run, spec, data)
    if models := _models(run.id, run.done):
        _pipeline(run, data, models)


def _files(run: Run, spec: Spec, data: Dataset) -> None:
    can_draw = importlib.util.find_spec("vl_convert") is not None
    with st.container(horizontal=True):
        report = partial(aside, html_report, run.id, current())
        _button(run, t("Report (HTML)"), report, "html", disabled=not can_draw)
        _button(run, t("Archive (zip)"), partial(aside, archive_of, run.id), "zip")
        _button(run, t("Script"), partial(script, portable(spec), data), "py")
        _table(run)
    if not can_draw:
        st.markdown(t("The report needs vl-convert: `pip install 'bakeoff[dashboard]'`."))
    st.markdown(
        t(
            "The archive has the script, the folds, every prediction, versions and charts. Check "
            "it anywhere, without a browser: every model is fitted again, and every score compared."
        )
    )
    command = ["bakeoff", "rerun", file_name(run, "zip")]
    command += ["--data", data_name(run)] if spec.dataset.startswith("file:") else []
    show_code(shlex.join(command))


def _pipeline(run: Run, data: Dataset, models: list[str]) -> None:
    st.subheader(t("A fitted pipeline"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = st.selectbox(
            t("Model"),
            models,
            format_func=partial(model_label, kind=run.kind),
            key=f"pipeline of {run.id}",
            width=260,
        )
        fitted = partial(aside, fitted_pipeline, run.id, model)
        _button(run, t("Fit on all rows"), fitted, "joblib")
    show_code(_use_of_pipeline(run, data, file_name(run, "joblib")))
    if data.encoder is not None:
        st.markdown(
            t(
                "It takes the table's own columns by their names, in any order and beside others, "
                "encodes them as in training, warns of categories that it has not seen, and "
                "answers with the labels of the table."
            )
        )
    found = versions()
    st.caption(
        t(
            "Fitted on all rows, with the parameters that the run found best. The file is a "
            "pickle: it needs the versions that it was written with ({versions}), and opening one "
            "runs whatever is in it, so open none of people you do not trust.",
            versions=", ".join(f"{name} {found[name]}" for name in _PICKLED if name in found),
        )
    )


def _use_of_pipeline(run: Run, data: Dataset, name: str) -> str:
    load = f'model = joblib.load("{name}")\n'
    if data.encoder is None:
        columns = f"{data.X.shape[1]} columns, as in training"
        return f"import joblib\n\n{load}model.predict(X)  # {columns}"
    params = spec_from_json(run.spec).params
    how = {"sep": params.get("delimiter", ","), "encoding": params.get("encoding", "utf-8")}
    if how["sep"] == " ":
        how["sep"] = r"\s+"
    told = "".join(
        f"{key}={value!r}, " for key, value in how.items() if value not in (",", "utf-8")
    )
    # As texts: pandas alone would read "1.250" as 1.25 and "None" as missing.
    rows = f'rows = pd.read_csv("new.csv", {told}dtype=str, keep_default_na=False)\n'
    return f"import joblib\nimport pandas as pd\n\n{load}{rows}model.predict(rows)"


def _table(run: Run) -> None:
    _button(run, t("Evaluations (CSV)"), partial(_entries_csv, run.id), "csv")


def _entries_csv(identity: str) -> str:
    with Store() as store:
        return entry_table(store.entries(identity)).to_csv(index=False)


@st.cache_data(max_entries=16, show_spinner=False)
def _models(identity: str, done: int) -> list[str]:
    """Keys of the models that have a score; ``done`` tells a run from what it was before."""
    with Store() as store:
        told = [entry.detail for entry in store.entries(identity)]
    # What failed on every fold fails on all rows too, and a download cannot say so.
    return list(dict.fromkeys(d["model"] for d in told if set(d["scores"].values()) != {None}))


def _button(run: Run, label: str, make: partial, ending: str, disabled: bool = False) -> None:
    name = file_name(run, ending)
    failed = st.session_state.setdefault(_FAILED, {}).setdefault(run.id, {})
    st.download_button(
        label,
        partial(noted, make, name, failed),
        file_name=name,
        on_click="ignore",
        icon=":material/download:",
        disabled=disabled,
        key=f"download {name}",
    )


def noted(make: Callable[[], T], name: str, failed: dict[str, str]) -> T:
    """Return what ``make`` makes, and note in ``failed`` why it does not.

    A file is made when its button is pressed, while no page is drawn. Streamlit then says for five
    seconds that it failed, and the reason in the log alone.
    """
    failed.pop(name, None)
    try:
        return make()
    except Exception as problem:
        failed[name] = said(problem)  # not the error, which holds on to the data
        raise


@st.fragment(run_every=_LOOK_SECONDS)
def _say_what_failed(identity: str) -> None:
    """Draw why files could not be made, until they can."""
    for name, problem in st.session_state.get(_FAILED, {}).get(identity, {}).items():
        text = t(
            "{name} could not be made: {problem}", name=f"`{name}`", problem=plain(explain(problem))
        )
        st.error(text, icon=":material/error:")
