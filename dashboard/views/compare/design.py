"""The boxes of a comparison's design: those that hold are offered, of others the rate is said."""

from typing import Any

import streamlit as st

from bakeoff.experiments.statistics.designs import LEVEL, SIMULATED, Design, offered

from ...language import t
from ..shared import choices
from ..shared.settings import setting

_OPENING = Design(5, 2)  # of those that hold, the cheapest
_ALONE, _PAIRED = Design(5, 5), Design(5, 5, fold_pairs=True)  # without and with pairs of folds
_OWN = "own"


def design_boxes() -> dict[str, Any]:
    """Draw folds, repeats, pairs of folds, normalisation and seed; return fields of a spec."""
    designs = {_name(one): one for one in offered()}
    # A link with folds of its own means them, whatever is offered.
    boxes = (setting(name)["key"] for name in ("folds", "repeats", "fold_pairs"))
    is_own = any(key in st.query_params for key in boxes)
    names = [*designs, _OWN]
    chosen = st.selectbox(
        t("Design"),
        names,
        index=names.index(_OWN if is_own else _name(_OPENING)),
        **setting("design"),
        help=t(
            "5x2: 5 folds, drawn 2 times. pairs: each model is also trained without each pair of "
            "folds, which shows how much other rows to learn from would change it (nested "
            "cross-validation); in simulations of models that differ, {pairs} found the better "
            "one in {paired} of comparisons, where {alone} found it in {plain}. own: other numbers "
            "than those that hold in simulations.",
            pairs=_name(_PAIRED),
            paired=f"{SIMULATED[_PAIRED].found:.0%}",
            alone=_name(_ALONE),
            plain=f"{SIMULATED[_ALONE].found:.0%}",
        ),
    )
    design = designs.get(chosen) or _own()
    st.caption(_rate(design))
    return {**design._asdict(), **choices.preparation()}


def _own() -> Design:
    found = choices.folds(n_repeats=_OPENING.n_repeats)
    fold_pairs = st.toggle(t("Leave out pairs of folds too"), **setting("fold_pairs"))
    return Design(**found, fold_pairs=fold_pairs)


def _name(design: Design) -> str:
    """What a box and a link call a design, in every language."""
    return f"{design.n_splits}x{design.n_repeats}" + (" pairs" if design.fold_pairs else "")


def _rate(design: Design) -> str:
    """Say how often the design calls equal models different, if that is known."""
    found = SIMULATED.get(design)
    if found is None:
        return t(
            "How often this design calls equal models different was not simulated. Those that are "
            "offered hold what they promise."
        )
    if found.holds:
        return t(
            "Equal models were called different in at most {worst} of simulated comparisons.",
            worst=f"{found.worst:.0%}",
        )
    return t(
        "**Careful:** with some learners, equal models were called different in up to {worst} of "
        "simulated comparisons, where {level} are promised. Those that are offered hold.",
        worst=f"{found.worst:.0%}",
        level=f"{LEVEL:.0%}",
    )
