"""What goes wrong with the store, in one sentence on the page."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from bakeoff.recording import StoreError

from ...report.problems import explain

P = ParamSpec("P")


def told(act: Callable[P, None]) -> Callable[P, None]:
    """Let a function show a `StoreError` where it would raise it.

    Also for what is called by itself and not by the page: what a button calls, and fragments.
    """

    @wraps(act)
    def careful(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            act(*args, **kwargs)
        except StoreError as problem:
            st.error(explain(problem), icon=":material/error:")

    return careful
