"""What a curve shows once its run has ended: its readings, itself with its bands, its numbers."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from bakeoff.experiments import LearningCurve, Spec, ValidationCurve
from bakeoff.experiments.findings import Finding
from bakeoff.experiments.reports.curves import whole_epochs
from bakeoff.experiments.scorers import score_limits

from ... import charts
from ...charts.curves import PARTS
from ...charts.look import label
from ...language import mark, t
from ...report.curves import QUESTIONS, best_epochs, question_of, readings, score_chart, score_table
from ...report.sentences import say
from ...report.words import metric_label
from ..shared.failures import show_failures
from ..shared.figure import figure
from ..shared.running import Outcome
from ..shared.scripts import show_script

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


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a curve.

    Parameters
    ----------
    outcome : Outcome
        Of a `LearningCurve` or a `ValidationCurve`.
    """
    spec = outcome.spec
    assert isinstance(spec, LearningCurve | ValidationCurve), "the page follows no other kind"
    question = question_of(spec)
    st.header(t(QUESTIONS[question]), anchor=False)
    show_failures(outcome.evaluations)
    if all(evaluation.failed for evaluation in outcome.evaluations):
        st.markdown(t("No fit gave a score, so there is no curve."))
    else:
        found = readings(spec, outcome.evaluations, outcome.data)
        _say(found)
        if question == "epochs":
            _over_epochs(outcome, best_epochs(found))
        else:
            _over_values(outcome, spec)
        _about_bands(spec, question)
    with st.expander(t("How to read this")):
        st.markdown("\n".join(f"- {t(text)}" for text in _HOW_TO_READ))
    with st.expander(t("Code that reproduces it")):
        show_script(outcome)


def _over_values(outcome: Outcome, spec: LearningCurve | ValidationCurve) -> None:
    task = outcome.data.task
    table, points = score_table(spec, outcome.evaluations)
    readable = pd.DataFrame(
        {
            t("Model"): table.model.map(label),
            **points,
            **_numbers(table),
            t("Failed"): table.failed,
        }
    )
    figure(score_chart(spec, table, task), readable, "curve")


def _over_epochs(outcome: Outcome, best: dict[str, int]) -> None:
    spec, task = outcome.spec, outcome.data.task
    drawn = {
        "loss": (t(_LOSSES[task]), (0.0, None)),
        "score": (metric_label(spec, task), score_limits(spec.scorer(task), task)),
    }
    for what, table in whole_epochs(outcome.evaluations).items():
        title, limits = drawn[what]
        readable = pd.DataFrame(
            {t("Model"): table.model.map(label), t("Epoch"): table.epoch, **_numbers(table)}
        )
        chart = charts.epoch_curve(table, title, best, limits)
        figure(chart, readable, f"epochs_{what}")


def _say(readings: Mapping[str, Sequence[Finding]]) -> None:
    for model, found in readings.items():
        said = [f"- {say(one)}" for one in found]
        st.markdown("\n".join([f"**{label(model)}**", "", *said]))


def _about_bands(spec: Spec, question: str) -> None:
    st.caption(
        t(
            "Strong lines are test rows, faint ones training rows. Bands are 95% intervals of the "
            "mean over {folds} folds, corrected for training rows that folds share. They are drawn "
            "no further than a value can be; the table has them whole.",
            folds=spec.n_splits * spec.n_repeats,
        )
    )
    if question == "epochs":
        st.caption(
            t(
                "The test rows of a fold serve for validation. The upright line is the epoch with "
                "the lowest mean validation loss. The training loss is taken while the weights "
                "move, and with dropout where a net has it, so it may lie above the other."
            )
        )


def _numbers(table: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        t("Scored on"): table.part.map({part: t(text) for part, text in PARTS.items()}),
        t("Mean"): table["mean"].round(4),
        t("95% from"): table.low.round(4),
        t("95% to"): table.high.round(4),
        t("Folds"): table.folds,
    }
