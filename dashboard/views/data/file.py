"""A file that was dropped: how it is written, what is predicted, and which columns are used."""

import contextlib
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from bakeoff.datasets import Dataset, Reason, Table, TableFile, describe_table, read_table
from bakeoff.experiments.runs.saved_tables import save_table

from ...language import mark, t
from ...report.problems import explain
from ...report.prose import plain
from ...report.sentences import say
from ..shared.data_choice import take_along
from .columns import choose_columns
from .dropped import Dropped, box, let_go
from .questions import answers
from .report import show_report

_DELIMITERS = {
    ",": mark("comma  ,"),
    ";": mark("semicolon  ;"),
    "\t": mark("tab"),
    "|": mark("vertical bar  |"),
    " ": mark("blanks"),
}
_ENCODINGS = [
    *("utf-8", "utf-8-sig", "utf-16", "cp949", "gb18030", "cp950", "cp932", "euc_jp"),
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "latin-1"),
]
_DECIMALS = {".": mark("point: 1.5"), ",": mark("comma: 1,5")}
_HEADERS = {True: mark("column names"), False: mark("values")}
_TASKS = {
    "classification": mark("a class (classification)"),
    "regression": mark("a quantity (regression)"),
}
CHOSEN = "data"  # the key of the box of data sets, and its name in the link
_PROBLEMS = (ValueError, TypeError, ImportError)
_PREVIEW = 5  # rows


def show(dropped: Dropped, settings: DeltaGenerator) -> None:
    """Draw what was found out about a file, what of it can be changed, and what it amounts to.

    Parameters
    ----------
    dropped : Dropped
    settings : DeltaGenerator
        Where the boxes go; the rest is drawn where this is called.
    """
    try:
        with st.spinner(t("Reading the table")):
            made = _made(dropped, settings)
    except _PROBLEMS as problem:
        sentence = explain(problem)
        st.error(sentence[:1].upper() + sentence[1:])
        return
    if made:
        show_report(*made)


def _made(dropped: Dropped, settings: DeltaGenerator) -> tuple[Dataset, str] | None:
    """The data set that the boxes spell, and what tells it from others; None while one is empty.

    What was drawn before a problem stays, so that a setting can be changed and nothing is lost.
    """
    with settings:
        written = _how_it_is_written(dropped)
    file = dropped.file
    open_file = _read(file.file_id, written, file)
    with settings:
        told = answers(open_file.questions, dropped, f"{file.file_id} {written}")
    taken = {question.parameter: question.taken for question in open_file.questions}
    changed = {name: value for name, value in told.items() if value != _as_list(taken[name])}
    written |= changed
    parsed = _read(file.file_id, written, file)
    _preview(parsed)
    key = f"{file.file_id} {written}"
    with settings:
        asked = _what_is_predicted(key, parsed, dropped)
    if asked is None:
        return None
    changes = choose_columns(f"{key} {asked}", _describe(key, asked, parsed), dropped)
    asked |= changes
    table = _describe(key, asked, parsed)
    data = _dataset(f"{key} {asked}", table)
    with settings:
        _use_button(file, table, {**told, **changes})
    _rows(table)
    return data, f"{key} {asked}"


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


# Resources and not data: nobody changes them, and a copy of a large table at each rerun is slow.
@st.cache_resource(max_entries=2, show_spinner=False)
def _read(file_id: str, written: Mapping[str, Any], _file: UploadedFile) -> TableFile:
    return read_table(_file.getvalue(), **written)


@st.cache_resource(max_entries=4, show_spinner=False)
def _describe(key: str, asked: Mapping[str, Any], _file: TableFile) -> Table:
    return describe_table(_file, **asked)


@st.cache_resource(max_entries=2, show_spinner=False)
def _dataset(key: str, _table: Table) -> Dataset:
    return _table.to_dataset("table", "a file that was dropped")


def _how_it_is_written(dropped: Dropped) -> dict[str, Any]:
    """Draw the boxes for a text file; what is found out stands in them already."""
    file, found = dropped.file, None
    with contextlib.suppress(*_PROBLEMS):  # told below, unless the boxes are set right
        found = _read(file.file_id, {}, file)
    if found is not None and found.delimiter is None:  # Parquet says it itself
        return {}
    boxes: dict[str, tuple[str, list[Any], Mapping[Any, str]]] = {
        "delimiter": (t("Delimiter"), list(_DELIMITERS), _DELIMITERS),
        "decimal": (t("Decimal mark"), list(_DECIMALS), _DECIMALS),
        "encoding": (t("Encoding"), _ENCODINGS, {}),
        "header": (t("First line"), list(_HEADERS), _HEADERS),
    }
    written = {}
    left, right = st.columns(2)
    for place, (name, (label, options, words)) in zip(
        [left, right, left, right], boxes.items(), strict=True
    ):
        value = getattr(found, name, None)
        if value is not None and value not in options:
            options = [*options, value]
        with place:
            written[name] = box(
                label,
                options,
                value,
                name,
                dropped,
                file.file_id,
                format_func=lambda option, words=words: _word(option, words),
                placeholder=t("found out"),
            )
    if found is not None and all(getattr(found, name) == written[name] for name in written):
        return {}
    return {name: value for name, value in written.items() if value is not None}


def _word(option: Any, words: Mapping[Any, str]) -> str:
    if isinstance(option, int) and option > 1:
        return t("column names, in {n} lines", n=option)
    return t(words.get(option, str(option)))


def _preview(parsed: TableFile) -> None:
    rows, columns = parsed.frame.shape
    st.header(t("What the file holds"), anchor=False)
    st.caption(
        t("{rows} rows, {columns} columns. These are the first.", rows=f"{rows:,}", columns=columns)
    )
    head = parsed.frame.head(_PREVIEW)
    # Whole numbers of any length, or several in a cell, which Arrow may refuse.
    mixed = [name for name in head if head[name].dtype == object]
    head = head.astype(dict.fromkeys(mixed, "str"))
    st.dataframe(head, hide_index=True, alt=t("The first rows of the file."))
    for code, count in (("note_above", parsed.skip_rows), ("note_below", parsed.skip_footer)):
        if count:
            st.caption(say(Reason(code, {"count": count})))
    if parsed.n_skipped:
        st.warning(
            t(
                "Rows with more fields than there are columns: {n}. They are left out.",
                n=parsed.n_skipped,
            )
        )


def _what_is_predicted(key: str, parsed: TableFile, dropped: Dropped) -> dict[str, Any] | None:
    """Draw the boxes for target, task and groups; return what differs from what was found out.

    None stands for a target that is not chosen yet.
    """
    names = list(parsed.frame)
    likely, why = None, ""
    try:
        likely = _describe(key, {}, parsed)
    except _PROBLEMS as problem:
        why = explain(problem)
    target = box(
        t("Predict"),
        names,
        None if likely is None else likely.target,
        "target",
        dropped,
        key,
        placeholder=t("choose a column"),
    )
    if target is None:
        st.info(t("Choose what is predicted. Nothing was chosen because {problem}", problem=why))
        return None
    asked: dict[str, Any] = {}
    judged: Table | None = likely
    if likely is not None and target == likely.target:
        st.caption(say(likely.target_reason))
    else:
        asked["target"], judged = target, None
        with contextlib.suppress(*_PROBLEMS):  # the other task may do
            judged = _describe(key, asked, parsed)
    task = box(
        t("It is"),
        list(_TASKS),
        "classification" if judged is None else judged.task,
        ("task", target),
        dropped,
        key,
        format_func=lambda option: t(_TASKS[option]),
    )
    if judged is not None and task == judged.task:
        st.caption(say(judged.task_reason))
    else:
        asked["task"] = task
    groups = box(
        t("Rows belong together by"),
        [name for name in names if name != target],
        None,
        "groups",
        dropped,
        f"{key} {target}",
        placeholder=t("no column"),
        help=t(
            "A patient or a speaker with several rows, say. Folds keep them together, for a model "
            "that has seen one knows too much of the others."
        ),
    )
    return asked if groups is None else {**asked, "groups": groups}


def _rows(table: Table) -> None:
    for note in table.notes:
        if note.reason.code == "note_rare":
            st.caption(plain(say(note.reason)))
    if table.n_without_target:
        st.caption(
            t("Rows without a target: {n}. They are left out.", n=f"{table.n_without_target:,}")
        )
    infinite = sum(column.n_infinite for column in table.columns)
    if infinite:
        st.caption(t("Infinite numbers: {n}. They count as missing.", n=f"{infinite:,}"))


def _use_button(file: UploadedFile, table: Table, changes: Mapping[str, Any]) -> None:
    """Draw the button that keeps the file with all its settings, so that none is found out anew."""
    if not st.button(t("Use this table"), type="primary", width="stretch"):
        return
    params: dict[str, Any] = {"target": table.target, "task": table.task, **changes}
    if table.groups is not None:
        params["groups"] = table.groups
    if table.file.delimiter is not None:
        for name in (
            *("delimiter", "decimal", "encoding", "header", "skip_rows", "skip_footer", "missing"),
        ):
            params.setdefault(name, getattr(table.file, name))
    try:
        saved = save_table(file.getvalue(), file.name, params)
    except OSError as problem:
        st.error(t("The table cannot be kept: {problem}", problem=problem))
        return
    let_go()
    take_along(saved.label)
    # For the box of data sets, which was drawn before without this one; and for the link.
    st.session_state[CHOSEN] = st.query_params[CHOSEN] = saved.label
    st.rerun()
