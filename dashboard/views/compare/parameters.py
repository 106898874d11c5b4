"""The boxes in which the parameters of models are set, or left to an equal budget."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import CATALOGUE
from bakeoff.experiments.models.catalogue import pipeline, search_space
from bakeoff.experiments.specs.fields import hashable

from ...charts.look import label
from ...language import t
from ..shared.choices import svm_method
from ..shared.settings import setting

_DEFAULTS = {"parameters": False, "tune": False, "seeds": 1, "svm": "exact"}
_MANY_ROWS = 2000  # beyond, an exact kernel SVM can take too long


def parameters(models: Sequence[str], data: Dataset, normalisation: str) -> dict[str, Any]:
    """Draw what decides how models are trained, and return it as fields of a `Comparison`.

    Parameters
    ----------
    models : sequence of str
        Keys of those that are chosen.
    data : Dataset
    normalisation : str
        As in a spec.
    """
    families = {CATALOGUE[model].family for model in models}
    # In the link, or in the session when one comes back from another page.
    is_set = any(
        name in st.query_params or st.session_state.get(name, default) != default
        for name, default in _DEFAULTS.items()
    )
    may_be_refused = "svm" in families and len(data.y) > _MANY_ROWS
    with st.expander(t("Parameters and tuning"), expanded=is_set or may_be_refused):
        svm = svm_method(models)
        return {
            "svm": svm,
            "n_seeds": _seeds() if "net" in families else 1,
            "model_params": _model_params(models, data, normalisation, svm),
            **_tuning(),
        }


def _model_params(
    models: Sequence[str], data: Dataset, normalisation: str, svm: str
) -> dict[str, dict[str, Any]]:
    """Draw the parameters that matter for each model, and return those that were set.

    Each box is in the link under ``<model>.<parameter>``; an empty one is the default.
    """
    wanted = st.toggle(
        t("Set parameters"),
        **setting("parameters"),
        help=t("Otherwise each model runs with its defaults."),
    )
    if not wanted:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for model in models:
        space = search_space(model, data, normalisation, svm=svm)
        if not space:
            continue
        defaults = pipeline(model, data, normalisation, svm=svm).get_params()
        st.markdown(f"**{label(model)}**")
        for full, values in space.items():
            name = full.rpartition("__")[2]
            value = _box(model, name, values, defaults[full])
            if value is not None:
                found.setdefault(model, {})[name] = value
    return found


def _box(model: str, name: str, values: Any, default: Any) -> Any:
    shared: dict[str, Any] = {
        **setting(f"{model}.{name}"),
        "placeholder": t("default: {value}", value=default),
    }
    if not isinstance(values, Mapping):
        return st.selectbox(name, [hashable(value) for value in values], index=None, **shared)
    low, high = values["low"], values["high"]
    number = {"min_value": low, "max_value": high, "value": None}
    if isinstance(low, int):
        return st.number_input(name, **number, step=1, **shared)
    step = low if values["log"] else (high - low) / 10
    return st.number_input(name, **number, step=step, format="%g", **shared)


def _tuning() -> dict[str, int]:
    wanted = st.toggle(
        t("Tune with an equal budget"),
        **setting("tune"),
        help=t(
            "Within the training rows of each fold, as many candidates of each model are "
            "cross-validated, the defaults among them, and the best is scored on the test rows. "
            "Parameters that are set above stay as they are."
        ),
    )
    if not wanted:
        return {}
    left, right = st.columns(2)
    budget = left.number_input(
        t("Candidates"),
        min_value=2,
        max_value=100,
        value=8,
        **setting("candidates", is_number=True),
        help=t("Of each model in each fold. The first is the defaults, the others are random."),
    )
    inner = right.number_input(
        t("Inner folds"),
        min_value=2,
        max_value=10,
        value=3,
        **setting("inner_folds", is_number=True),
        help=t("Parts of the training rows of a fold that candidates are scored on."),
    )
    return {"budget": budget, "inner_splits": inner}


def _seeds() -> int:
    return st.number_input(
        t("Seeds of each net"),
        min_value=1,
        max_value=20,
        value=1,
        **setting("seeds", is_number=True),
        help=t(
            "How often each net is trained on a fold, from other starting weights each time. Its "
            "scores are averaged, so that a lucky start does not decide."
        ),
    )
