"""What a curve shows once its run has ended: its readings, itself with its bands, its numbers."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from .. import charts
from ..charts.curves import PARTS
from ..charts.look import label
from ..experiments import (
    Evaluation,
    LearningCurve,
    Reading,
    Spec,
    ValidationCurve,
    epoch_curve,
    fold_curve,
    fold_epochs,
    read_epochs,
    read_parameter,
    read_rows,
    score_curve,
    script,
)
from ..experiments.curve_readings import MARGIN
from ..language import mark, t
from .choices import metric_label
from .figure import figure
from .running import Outcome

QUESTIONS = {
    "rows": mark("Would more data help?"),
    "epochs": mark("Does it overfit, and from which epoch?"),
    "parameter": mark("Is the model too small or too large?"),
}
_LOSSES = {
    "classification": mark("Loss (cross-entropy in nats)"),
    "regression": mark("Loss (squared error in variances of the target)"),
}
_HOW_TO_READ = (
    mark(
        "**Underfitting**, or bias: training and test score are close, and both are low. The model "
        "is too small, too strongly regularised or not trained for long enough. More rows do not "
        "help."
    ),
    mark(
        "**Overfitting**, or variance: the training score is high and the test score clearly "
        "lower, because the model has learned the noise of its rows too. More rows, more "
        "regularisation or a smaller model narrow the gap."
    ),
    mark(
        "**The best model lies between.** What makes a model more flexible lowers its bias and "
        "raises its variance."
    ),
    mark(
        "**Regularisation** holds a flexible model back: weight decay and dropout in a net, a "
        "small C or gamma in an SVM, large leaves in a tree."
    ),
    mark(
        "**Early stopping** holds it back in time: training ends, or goes back to, where the "
        "validation loss is lowest. That loss may rise while the accuracy stays: the net grows "
        "too sure of its mistakes."
    ),
    mark(
        "**The sentences** compare two points fold by fold, because some folds are harder than "
        "others. Bands that overlap therefore do not say that two points are equal. Changes within "
        "a hundredth, of the score, of a nat or of the target's spread, count as none. How far the "
        "loss of a fold has risen is counted from the epoch that the other folds find best: its "
        "own best epoch may be luck."
    ),
    mark(
        "**What it cannot tell.** Here the test rows chose the epoch or the value, so the score at "
        "the best point is a little too good. For a score to report, let a nested search choose."
    ),
)


def question_of(spec: Spec) -> str:
    """Return the key in ``QUESTIONS`` of what a spec asks; "rows" for a spec of another page."""
    if isinstance(spec, ValidationCurve):
        return "parameter"
    return spec.over if isinstance(spec, LearningCurve) else "rows"


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a curve.

    Parameters
    ----------
    outcome : Outcome
        Of a `LearningCurve` or a `ValidationCurve`.
    """
    question = question_of(outcome.spec)
    st.subheader(t(QUESTIONS[question]), anchor=False)
    _failures(outcome.evaluations)
    if all(evaluation.failed for evaluation in outcome.evaluations):
        st.markdown(t("No fit gave a score, so there is no curve."))
    elif question == "epochs":
        _over_epochs(outcome)
    else:
        _over_values(outcome)
    with st.expander(t("How to read this")):
        st.markdown("\n".join(f"- {t(text)}" for text in _HOW_TO_READ))
    with st.expander(t("Code that reproduces it")):
        st.code(script(outcome.spec, outcome.data), language="python")


def score_chart(spec: Spec, table: pd.DataFrame, task: str) -> alt.LayerChart | alt.FacetChart:
    """Draw a table of `score_curve` with the names and the limits that its spec gives it."""
    metric, limits = metric_label(spec, task), _limits(spec, task)
    if isinstance(spec, ValidationCurve):
        return charts.score_curve(table, spec.parameter, spec.parameter, metric, limits)
    whole = table.assign(n_train=table.n_train.round().astype(int))  # folds differ by a row
    return charts.score_curve(whole, "n_train", t("Training rows"), metric, limits)


def _over_values(outcome: Outcome) -> None:
    spec, task = outcome.spec, outcome.data.task
    values: pd.Series
    if isinstance(spec, ValidationCurve):
        folds = fold_curve(outcome.evaluations, spec.parameter)
        table = score_curve(outcome.evaluations, spec.parameter)
        _say(read_parameter(folds, spec.parameter, _margin(outcome)))
        heading, values = spec.parameter, table[spec.parameter].map(str)
    else:
        folds = fold_curve(outcome.evaluations, "train_size")
        table = score_curve(outcome.evaluations, "train_size")
        _say(read_rows(folds, _margin(outcome)))
        heading, values = t("Training rows"), table.n_train.round().astype(int)
    readable = pd.DataFrame(
        {
            t("Model"): table.model.map(label),
            heading: values,
            **_numbers(table),
            t("Failed"): table.failed,
        }
    )
    figure(score_chart(spec, table, task), readable, "curve")
    _about_bands(spec)


def _over_epochs(outcome: Outcome) -> None:
    spec, task = outcome.spec, outcome.data.task
    readings = read_epochs(fold_epochs(outcome.evaluations))
    _say(readings)
    best = {one.model: one.facts["best"] for one in readings if "best" in one.facts}
    table = epoch_curve(outcome.evaluations)
    # A mean over the folds that trained on would jump where the others end.
    table = table[table.folds == table.groupby(["model", "curve"]).folds.transform("max")]
    table[["part", "what"]] = table.curve.str.split("_", expand=True)
    drawn = {
        "loss": (t(_LOSSES[task]), (0.0, None)),
        "score": (metric_label(spec, task), _limits(spec, task)),
    }
    for what, (title, limits) in drawn.items():
        part = table[table.what == what]
        readable = pd.DataFrame(
            {t("Model"): part.model.map(label), t("Epoch"): part.epoch, **_numbers(part)}
        )
        figure(charts.epoch_curve(part, title, best, limits), readable, f"epochs_{what}")
    _about_bands(spec)
    st.caption(
        t(
            "The test rows of a fold serve for validation. The upright line is the epoch with the "
            "lowest mean validation loss. The training loss is taken while the weights move, and "
            "with dropout where a net has it, so it may lie above the other."
        )
    )


def _say(readings: Sequence[Reading]) -> None:
    for model in dict.fromkeys(one.model for one in readings):
        said = [f"- {one.sentence}" for one in readings if one.model == model]
        st.markdown("\n".join([f"**{label(model)}**", "", *said]))


def _failures(evaluations: Sequence[Evaluation]) -> None:
    for model in dict.fromkeys(e.model for e in evaluations if e.error):
        errors = [e.error for e in evaluations if e.model == model and e.error]
        text = t(
            "{model} failed in {n} fits: {error}",
            model=label(model),
            n=len(errors),
            error=errors[0],
        )
        st.warning(text)


def _about_bands(spec: Spec) -> None:
    st.caption(
        t(
            "Strong lines are test rows, faint ones training rows. Bands are 95 % intervals of the "
            "mean over {folds} folds, corrected for training rows that folds share. They are drawn "
            "no further than a value can be; the table has them whole.",
            folds=spec.n_splits * spec.n_repeats,
        )
    )


def _numbers(table: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        t("Scored on"): table.part.map({part: t(text) for part, text in PARTS.items()}),
        t("Mean"): table["mean"].round(4),
        t("95 % from"): table.low.round(4),
        t("95 % to"): table.high.round(4),
        t("Folds"): table.folds,
    }


def _limits(spec: Spec, task: str) -> tuple[float | None, float | None]:
    """The least and the greatest value that the score of a spec can have."""
    metric = spec.metrics[0] if spec.metrics else ""
    if metric.startswith("neg_"):
        return None, 0.0
    if task == "regression":
        return None, 1.0
    return (-1.0 if metric == "matthews_corrcoef" else 0.0), 1.0


def _margin(outcome: Outcome) -> float:
    """What change is practically none: of an error, a part of the target's spread."""
    metrics = outcome.spec.metrics
    is_error = bool(metrics) and metrics[0].startswith("neg_")
    return MARGIN * float(np.std(outcome.data.y)) if is_error else MARGIN
