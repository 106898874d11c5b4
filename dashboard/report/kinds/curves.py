"""Curves: what they say in sentences, themselves, and their numbers."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import Evaluation, LearningCurve, Spec, ValidationCurve, score_curve
from bakeoff.experiments.findings import Finding
from bakeoff.experiments.reports.curves import fold_curve, fold_epochs, whole_epochs
from bakeoff.experiments.reports.readings import read_epochs, read_parameter, read_rows
from bakeoff.experiments.scorers import margin, score_limits

from ... import charts
from ...charts.curves import PARTS
from ...charts.look import label
from ...language import mark, t
from ..limits import OVERLAP, SEED, Limits
from ..outcome import Outcome
from ..section import Section, listed
from ..sentences import say
from ..words import metric_label
from .failures import failures

QUESTIONS = {
    "rows": mark("Would more data help?"),
    "epochs": mark("Does it overfit, and from which epoch?"),
    "parameter": mark("Is the model too small or too large?"),
}


def question_of(spec: Spec) -> str:
    """Return the key in ``QUESTIONS`` of what a spec asks; "rows" for a spec of another kind."""
    if isinstance(spec, ValidationCurve):
        return "parameter"
    return spec.over if isinstance(spec, LearningCurve) else "rows"


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
)
_ABOUT_EPOCHS = mark(
    "The test rows of a fold serve for validation. The upright line is the epoch with "
    "the lowest mean validation loss. The training loss is taken while the weights "
    "move, and with dropout where a net has it, so it may lie above the other."
)


def curve(outcome: Outcome) -> list[Section]:
    """Return a curve, with what it says of each model and the numbers in it.

    Parameters
    ----------
    outcome : Outcome
        Of a `LearningCurve` or a `ValidationCurve`.
    """
    spec = outcome.spec
    assert isinstance(spec, LearningCurve | ValidationCurve)
    question = question_of(spec)
    failed = failures(outcome.evaluations)
    asked = Section("question", t(QUESTIONS[question]), warnings=failed)
    if all(evaluation.failed for evaluation in outcome.evaluations):
        drawn = [Section("nothing", text=t("No fit gave a score, so there is no curve."))]
    elif question == "epochs":
        drawn = _over_epochs(outcome, spec)
    else:
        drawn = [_over_values(outcome, spec)]
    how = listed([t(text) for text in _HOW_TO_READ])
    return [asked, *drawn, Section("how", t("How to read this"), text=how, folded=True)]


def curve_limits(outcome: Outcome) -> Limits:
    """Return what a curve cannot tell."""
    chosen = t(
        "Here the test rows chose the epoch or the value, so the score at the best point is a "
        "little too good. For a score to report, let a nested search choose."
    )
    return Limits([], [chosen, t(OVERLAP), t(SEED)])


def readings(
    spec: LearningCurve | ValidationCurve, evaluations: Sequence[Evaluation], dataset: Dataset
) -> dict[str, list[Finding]]:
    """Return what the curve of a spec says of each model."""
    if question_of(spec) == "epochs":
        return read_epochs(fold_epochs(evaluations))
    none = margin(spec.scorer(dataset.task), dataset.y)
    if isinstance(spec, ValidationCurve):
        folds = fold_curve(evaluations, spec.parameter)
        return read_parameter(folds, spec.parameter, none)
    return read_rows(fold_curve(evaluations, "train_size"), none)


def score_table(
    spec: LearningCurve | ValidationCurve, evaluations: Sequence[Evaluation]
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Return the `score_curve` of a spec, and its points for a reader under their heading."""
    if isinstance(spec, ValidationCurve):
        table = score_curve(evaluations, spec.parameter)
        return table, {spec.parameter: table[spec.parameter].map(str)}
    table = score_curve(evaluations, "train_size")
    return table, {t("Training rows"): table.n_train.round().astype(int)}


def score_chart(spec: Spec, table: pd.DataFrame, task: str) -> alt.LayerChart | alt.FacetChart:
    """Draw a `score_curve` with the axes and the limits that its spec gives it."""
    metric, limits = metric_label(spec, task), score_limits(spec.scorer(task), task)
    if isinstance(spec, ValidationCurve):
        return charts.score_curve(table, spec.parameter, spec.parameter, metric, limits)
    whole = table.assign(n_train=table.n_train.round().astype(int))  # folds differ by a row
    return charts.score_curve(whole, "n_train", t("Training rows"), metric, limits)


def _over_values(outcome: Outcome, spec: LearningCurve | ValidationCurve) -> Section:
    table, points = score_table(spec, outcome.evaluations)
    name = "validation_curve" if isinstance(spec, ValidationCurve) else "learning_curve"
    readable = pd.DataFrame(
        {
            t("Model"): table.model.map(label),
            **points,
            **_numbers(table),
            t("Failed"): table.failed,
        }
    )
    return Section(
        name,
        text=_said(readings(spec, outcome.evaluations, outcome.data)),
        chart=score_chart(spec, table, outcome.data.task),
        table=readable,
        caption=_about_bands(spec),
    )


def _over_epochs(outcome: Outcome, spec: LearningCurve | ValidationCurve) -> list[Section]:
    task = outcome.data.task
    found = readings(spec, outcome.evaluations, outcome.data)
    best = {
        model: one.facts["best"]
        for model, of_model in found.items()
        for one in of_model
        if "best" in one.facts
    }
    drawn = whole_epochs(outcome.evaluations)
    looks = {
        "loss": (t(_LOSSES[task]), (0.0, None)),
        "score": (outcome.metric, score_limits(spec.scorer(task), task)),
    }
    loss, score = (
        Section(
            f"epochs_{part}",
            chart=charts.epoch_curve(drawn[part], title, best, bounds),
            table=_epoch_table(drawn[part]),
        )
        for part, (title, bounds) in looks.items()
    )
    caption = _about_bands(spec) + "\n\n" + t(_ABOUT_EPOCHS)
    return [loss._replace(text=_said(found)), score._replace(caption=caption)]


def _epoch_table(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {t("Model"): table.model.map(label), t("Epoch"): table.epoch, **_numbers(table)}
    )


def _said(found: Mapping[str, Sequence[Finding]]) -> str:
    """List the sentences on each model under its name."""
    return "\n\n".join(
        f"**{label(model)}**\n\n{listed([say(one) for one in of_model])}"
        for model, of_model in found.items()
    )


def _about_bands(spec: Spec) -> str:
    return t(
        "Strong lines are test rows, faint ones training rows. Bands are 95% intervals of the "
        "mean over {folds} folds, corrected for training rows that folds share. They are drawn "
        "no further than a value can be; the table has them whole.",
        folds=spec.n_splits * spec.n_repeats,
    )


def _numbers(table: pd.DataFrame) -> dict[str, pd.Series]:
    return {
        t("Scored on"): table.part.map({part: t(text) for part, text in PARTS.items()}),
        t("Mean"): table["mean"].round(4),
        t("95% from"): table.low.round(4),
        t("95% to"): table.high.round(4),
        t("Folds"): table.folds,
    }
