"""Fits that failed, and why."""

from collections.abc import Sequence

import streamlit as st

from bakeoff.experiments import Evaluation

from ...charts.look import label
from ...language import t


def show_failures(evaluations: Sequence[Evaluation]) -> None:
    """Say of each model in how many fits it failed, and why in the first of them."""
    for model in dict.fromkeys(e.model for e in evaluations if e.error):
        failed = [e for e in evaluations if e.model == model and e.error]
        outer = [e.error for e in failed if e.inner is None]
        inner = [e.error for e in failed if e.inner is not None]
        if outer:
            st.warning(
                t(
                    "{model} failed in {n} fits: {reason}",
                    model=label(model),
                    n=len(outer),
                    reason=outer[0],
                )
            )
        if inner:
            st.warning(
                t(
                    "Candidates of {model} failed in {n} fits of the search, and were left out: "
                    "{reason}",
                    model=label(model),
                    n=len(inner),
                    reason=inner[0],
                )
            )
