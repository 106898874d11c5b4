"""What a reader calls a run and what is in it: kinds, states, settings, models, scores."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any

import pandas as pd

from bakeoff.experiments import Spec
from bakeoff.experiments.models.catalogue import NORMALISATIONS
from bakeoff.experiments.models.svms import METHODS as SVM_METHODS
from bakeoff.experiments.runs.archive import portable
from bakeoff.experiments.specs.spec import kinds
from bakeoff.recording import Run

from ..charts.ensembles import method_label
from ..charts.look import label
from ..charts.search import text_of
from ..language import mark, t

STATES = {
    "queued": mark("Queued"),
    "running": mark("Running"),
    "finished": mark("Finished"),
    "stopped": mark("Stopped"),
    "failed": mark("Failed"),
    "interrupted": mark("Interrupted"),
}
# scikit-learn's names of scorers, and what a reader calls them. Greater is better for all.
METRICS = {
    "classification": {
        "accuracy": mark("accuracy"),
        "balanced_accuracy": mark("balanced accuracy"),
        "f1_macro": mark("macro F1"),
        "matthews_corrcoef": mark("Matthews correlation"),
    },
    "regression": {
        "r2": "R²",
        "neg_mean_absolute_error": mark("negative mean absolute error"),
        "neg_root_mean_squared_error": mark("negative root mean squared error"),
    },
}


def kind_label(kind: str) -> str:
    """What a reader calls a kind of run; one of another version keeps its name."""
    if kind == "record":
        return t("Script")
    found = kinds().get(kind)
    return t(found.label) if found else kind


def model_label(key: str, kind: str = "") -> str:
    """What a reader calls a model of a run of this kind: in a study of ensembles, a method."""
    return kinds().get(kind, Spec).model_label(key)


def scorer_label(name: str) -> str:
    """What a reader calls a scorer of scikit-learn; one that is not offered keeps its name."""
    known = {**METRICS["classification"], **METRICS["regression"]}
    return t(known.get(name, name))


def metric_label(spec: Spec, task: str) -> str:
    """What a reader calls the score that a spec ranks by."""
    return scorer_label(spec.scorer(task))


def params_text(params: Mapping[str, Any]) -> str:
    """Write the parameters of a candidate, each by the last part of its name."""
    return ", ".join(
        f"{name.rpartition('__')[2]} = {text_of(value)}" for name, value in params.items()
    )


def data_name(run: Run) -> str:
    """What a reader calls the data of a run: of a file, its name; of a script, nothing."""
    name: str = json.loads(run.spec)["dataset"] if run.spec else ""
    return PurePath(name.removeprefix("file:")).name if name.startswith("file:") else name


def settings(spec: Spec) -> pd.DataFrame:
    """Return the settings of a run in words, those that change nothing left out.

    Returns
    -------
    DataFrame
        One row per setting, with two columns whose headings are words too.
    """
    spec, idle = portable(spec), spec.idle()
    found = {one.name: getattr(spec, one.name) for one in fields(spec) if one.name not in idle}
    said = {name: value for name, value in found.items() if value not in ((), {}, None)}
    return pd.DataFrame(
        {
            t("Setting"): [t(spec.field_labels.get(name, name)) for name in said],
            t("Value"): [_words(name, value) for name, value in said.items()],
        }
    )


def _words(name: str, value: Any) -> str:
    if name in ("models", "model"):
        return ", ".join(map(label, [value] if isinstance(value, str) else value))
    if name == "methods":
        return ", ".join(map(method_label, value))
    if name == "normalisation":
        return t(NORMALISATIONS[value])
    if name == "svm":
        return t(SVM_METHODS[value])
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {_words('', one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(_words("", one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
