"""What a file leaves open, and the answers: how it was read is told by it, or by a person."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from bakeoff.datasets import Question

from ...language import mark, t
from ...report.prose import plain
from ...report.sentences import say
from .dropped import Dropped, box

_ORDERS = {True: mark("day, then month"), False: mark("month, then day")}
_MEANINGS = {"value": mark("a value"), "missing": mark("nothing: it is missing")}


def answers(questions: Sequence[Question], dropped: Dropped, key: str) -> dict[str, Any]:
    """Draw a box for each open question; one that has a box already is only said.

    Parameters
    ----------
    questions : sequence of Question
        Of the file, as it is read without an answer.
    dropped : Dropped
    key : str
        Of everything that the questions depend on.

    Returns
    -------
    dict
        Parameters of `read_table`, by name, as they were taken or are answered.
    """
    told: dict[str, Any] = {}
    for question in questions:
        st.info(plain(say(question.reason)), icon=":material/help:")
        if question.parameter == "day_first":
            told["day_first"] = _order(question, dropped, key)
        elif question.parameter == "missing":
            markers = set(told.get("missing", question.taken))
            if _is_missing(question, dropped, key):
                markers |= set(question.other)
            told["missing"] = sorted(markers)
    return told


def _order(question: Question, dropped: Dropped, key: str) -> bool:
    column = question.reason.facts["column"]
    return bool(
        box(
            plain(t("Order of the dates in {column}", column=column)),
            list(_ORDERS),
            question.taken,
            ("order", column),
            dropped,
            key,
            format_func=lambda option: t(_ORDERS[option]),
        )
    )


def _is_missing(question: Question, dropped: Dropped, key: str) -> bool:
    facts: Mapping[str, Any] = question.reason.facts
    meaning = box(
        plain(t("“{example}” in {column} says", **facts)),
        list(_MEANINGS),
        "value",
        ("meaning", facts["example"]),
        dropped,
        key,
        format_func=lambda option: t(_MEANINGS[option]),
    )
    return bool(meaning == "missing")
