"""Member by member: what an ensemble makes of the plane, and what each member has seen."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import EnsembleStudy
from bakeoff.experiments.runs.in_process import aside
from bakeoff.experiments.specs.members import (
    METHODS,
    MemberMap,
    has_plane,
    member_map,
    member_table,
)

from ... import charts
from ...charts.ensembles import method_label
from ...language import mark, t
from ...quantities import decimal
from ...report import Outcome
from ..shared.data_choice import load
from ..shared.figure import figure

_MOST = {"tree": 100, "svm": 10, "mlp": 10}  # members: SVMs and nets take seconds each
_FEW_ROWS = 10_000
_HEAVIEST = 5  # rows in a table
_percent = "{:.1%}".format
_VIEWS = {"together": mark("All members up to it"), "alone": mark("This member alone")}


def show_members(outcome: Outcome) -> None:
    """Draw a study's ensembles member by member, where that can be done, or say why not.

    Parameters
    ----------
    outcome : Outcome
        Of an `EnsembleStudy`.
    """
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, EnsembleStudy)
    st.header(t("Member by member"), anchor=False)
    if not has_plane(data):
        st.markdown(
            t(
                "Decisions can be drawn in the plane for classes of rows with two columns, and "
                "these data are not of that kind. Choose *moons*, *circles*, *spirals* or *xor*, "
                "and run the study again."
            )
        )
        return
    methods = tuple(method for method in METHODS if method in spec.methods)
    if not methods:
        st.markdown(
            t(
                "The members of gradient boosting predict what is left over, not a class, so that "
                "there is no decision of one member to draw. Run bagging or boosting."
            )
        )
        return
    n_members = min(max(spec.members), _MOST[spec.learner])
    if spec.learner != "tree" and not st.toggle(
        t("Train ensembles of {n} members and look at them: some seconds", n=n_members),
        key="look_at_members",
    ):
        return
    spec = replace(spec, methods=methods, members=(n_members,))
    maps = {}
    try:
        with st.spinner(t("Training members …")):
            for method in methods:
                maps[method] = _map(spec.to_json(), method)
    except (ValueError, RuntimeError) as problem:
        st.error(str(problem), icon=":material/error:")
        return
    _explore(maps, data)


@st.cache_data(max_entries=8, show_spinner=False)
def _map(spec: str, method: str) -> MemberMap:
    study = EnsembleStudy.from_json(spec)
    data = load(study.dataset, study.params)
    if study.learner == "tree" and len(data.X) <= _FEW_ROWS:  # faster than starting a process
        return member_map(study, data, method)
    return aside(member_map, study, data, method)


@st.fragment
def _explore(maps: dict[str, MemberMap], data: Dataset) -> None:
    most = max(len(found.seen) for found in maps.values())
    member = st.slider(t("Member"), 1, most, key="member") if most > 1 else 1
    view = st.segmented_control(
        t("Show the decision of"),
        list(_VIEWS),
        format_func=lambda key: t(_VIEWS[key]),
        default="together",
        required=True,
        key="member_view",
    )
    tables = {method: member_table(found) for method, found in maps.items()}
    for column, (method, found) in zip(st.columns(len(maps)), maps.items(), strict=True):
        with column:
            shown = min(member, len(found.seen))
            _regions(found, tables[method], shown, view, data)
            if shown < member:
                st.caption(_ended(tables[method]))
    st.caption(
        t(
            "The larger a mark, the more its row counts for this member; hollow rows do not count "
            "at all. These ensembles are trained on the training rows of the first fold."
        )
    )
    st.subheader(t("What each member saw"), anchor=False)
    for column, (method, found) in zip(st.columns(len(maps)), maps.items(), strict=True):
        with column:
            _seen(found, tables[method], min(member, len(found.seen)), data)


def _regions(found: MemberMap, table: pd.DataFrame, member: int, view: str, data: Dataset) -> None:
    """Draw the plane after so many members, or of one, and say how good it is."""
    label, row = method_label(found.method), table.iloc[member - 1]
    if view == "together":
        title = t("**{method}** up to member {n}", method=label, n=member)
        errors = t(
            "{train} of the training rows and {test} of the test rows are wrong.",
            train=_percent(row.train_error),
            test=_percent(row.test_error),
        )
    else:
        title = t("**{method}**, member {n} alone", method=label, n=member)
        errors = t(
            "{wrong} of the training rows are wrong.",
            wrong=_percent(found.wrong[member - 1].mean()),
        )
    chart = charts.decision_regions(
        getattr(found, view)[member - 1],
        found.extent,
        _points(found, member, data),
        data.feature_names,
        data.target_names,
        t("Decision regions of {title}. {errors}", title=title.replace("**", ""), errors=errors),
    )
    st.markdown(title)
    figure(chart, _readable(table, found.method), f"regions_{found.method}")
    st.caption(errors)


def _seen(found: MemberMap, table: pd.DataFrame, member: int, data: Dataset) -> None:
    """Draw how much of the rows each member saw, and say what this one did."""
    row, n = table.iloc[member - 1], len(found.rows)
    if found.method == "bagging":
        title, column, expected = t("rows never seen"), "unseen", (1 - 1 / n) ** n
        text = t(
            "Member {m} was trained on {n} draws from {n} rows, and {unseen} of the rows were "
            "never drawn (expected: {expected}, the dashed line). They are *out of bag*: test "
            "rows for free. It gets {error} of them wrong.",
            m=member,
            n=n,
            unseen=_percent(row.unseen),
            expected=_percent(expected),
            error=_percent(row.unseen_error),
        )
    else:
        title, column, expected = t("weight of the heaviest tenth"), "tenth", 0.1
        text = t(
            "For member {m}, the tenth of the rows that weigh most have {tenth} of all weight "
            "(the dashed line: were all equal). It gets {error} of the weight wrong, so that "
            "its vote weighs {vote}. Rows that it gets wrong weigh more for the next member.",
            m=member,
            tenth=_percent(row.tenth),
            error=_percent(row.error),
            vote=decimal(row.vote),
        )
    st.markdown(f"{method_label(found.method)}: {title}")
    chart = charts.member_shares(table, column, title, member, expected)
    figure(chart, _readable(table, found.method), f"seen_{found.method}")
    st.caption(text)
    if found.method == "boosting" and member == 1:
        st.caption(t("For the first member, all rows weigh the same."))
    else:
        st.table(_heaviest(found, member, data), hide_index=True, border="horizontal")


def _points(found: MemberMap, member: int, data: Dataset) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": found.rows,
            "x": found.points[:, 0],
            "y": found.points[:, 1],
            "class": [data.target_names[code] for code in found.classes],
            "seen": found.seen[member - 1],
        }
    )


def _heaviest(found: MemberMap, member: int, data: Dataset) -> pd.DataFrame:
    """The rows that counted most for a member, and how often those before it got them wrong."""
    points = _points(found, member, data)
    points["wrong"] = found.wrong[: member - 1].sum(axis=0)
    most = points.sort_values("seen", ascending=False, kind="stable").head(_HEAVIEST)
    counted = t("Times drawn") if found.method == "bagging" else t("Times its equal share")
    shown = {
        t("Row"): most.row,
        t("Class"): most["class"],
        counted: [f"{seen:.3g}" for seen in most.seen],
    }
    if found.method == "boosting":
        shown[t("Wrong before")] = [
            t("{n} of {members}", n=n, members=member - 1) for n in most.wrong
        ]
    return pd.DataFrame(shown)


def _ended(table: pd.DataFrame) -> str:
    n = len(table)
    if table.error.iloc[-1] == 0:
        return t("Boosting ended with member {n}: it fits every row.", n=n)
    return t("Boosting ended with member {n}: the next one would be no better than chance.", n=n)


def _readable(table: pd.DataFrame, method: str) -> pd.DataFrame:
    columns = {"member": t("Member")}
    if method == "bagging":
        columns |= {
            "unseen": t("Rows never seen"),
            "largest": t("Most draws of a row"),
            "unseen_error": t("Out-of-bag error"),
        }
    else:
        columns |= {
            "tenth": t("Weight of the heaviest tenth"),
            "largest": t("Largest weight, in equal shares"),
            "error": t("Weighted error"),
            "vote": t("Vote"),
        }
    columns |= {
        "train_error": t("Training error up to it"),
        "test_error": t("Test error up to it"),
    }
    return table[list(columns)].rename(columns=columns).round(4)
