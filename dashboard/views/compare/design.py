"""The boxes of a comparison's design: those that hold are offered, of others the rate is said."""

from typing import Any

import streamlit as st

from bakeoff.experiments.statistics.designs import LEVEL, SIMULATED, Design, offered

from ...language import t
from ..shared import choices
from ..shared.settings import setting

_OPENING = Design(5, 2)  # of those that hold, the cheapest


def design_boxes() -> dict[str, Any]:
    """Draw folds, repeats, pairs of folds, normalisation and seed; return fields of a spec."""
    shown = st.container()  # above the boxes that it sets, and drawn when they are known
    found = choices.design(n_repeats=_OPENING.n_repeats)
    fold_pairs = st.toggle(
        t("Leave out pairs of folds too"),
        **setting("fold_pairs"),
        help=t(
            "Each model is then also trained without each pair of folds, which shows how much "
            "other rows to learn from would change it (nested cross-validation). It finds more of "
            "the differences that there are, for more fits: 75 a model in place of 25 with 5 folds "
            "and 5 repeats, for which it was made."
        ),
    )
    design = Design(found["n_splits"], found["n_repeats"], fold_pairs)
    with shown:
        _offer(design)
    st.caption(_rate(design))
    return {**found, "fold_pairs": fold_pairs}


def _offer(design: Design) -> None:
    """Draw the designs to choose from; the one that the boxes spell is marked."""
    names = {_name(one): one for one in offered()}
    st.session_state["design"] = _name(design) if _name(design) in names else None
    st.pills(
        t("Design"),
        list(names),
        key="design",
        on_change=lambda: _take(names.get(st.session_state["design"])),
        help=t(
            "Those that called equal models different in at most {level} of simulated comparisons, "
            "whatever the learner. The first is the cheapest. Other numbers can be typed below.",
            level=f"{LEVEL:.0%}",
        ),
    )


def _take(design: Design | None) -> None:
    """Put a design into its boxes."""
    if design is not None:
        st.session_state["folds"] = design.n_splits
        st.session_state["repeats"] = design.n_repeats
        st.session_state["fold_pairs"] = design.fold_pairs


def _name(design: Design) -> str:
    numbers = {"folds": design.n_splits, "repeats": design.n_repeats}
    if design.fold_pairs:
        return t("{folds} folds, {repeats} times, pairs too", **numbers)
    return t("{folds} folds, {repeats} times", **numbers)


def _rate(design: Design) -> str:
    """Say how often the design calls equal models different, if that is known."""
    found = SIMULATED.get(design)
    if found is None:
        return t(
            "How often this design calls equal models different was not simulated. Those above "
            "hold what they promise."
        )
    if found.worst <= LEVEL:
        return t(
            "Equal models were called different in at most {worst} of simulated comparisons.",
            worst=f"{found.worst:.0%}",
        )
    return t(
        "**Careful:** with some learners, equal models were called different in up to {worst} of "
        "simulated comparisons, where {level} are promised. Those above hold.",
        worst=f"{found.worst:.0%}",
        level=f"{LEVEL:.0%}",
    )
