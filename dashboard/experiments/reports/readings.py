"""What a curve says of a model in a sentence, and that it says nothing.

The sentences and their numbers; `curve_readings` decides which of them holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bakeoff.dashboard.language import mark, t
from bakeoff.dashboard.quantities import decimal


@dataclass(frozen=True)
class Reading:
    """One thing that a curve says of one model.

    Attributes
    ----------
    model : str
        Key of the model.
    code : str
        A key of ``SENTENCES``.
    facts : mapping
        The numbers in the sentence. ``change``, ``low`` and ``high`` are a paired difference and
        its 95% interval, in units of the score or of the loss.
    """

    model: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The reading for people, in their language."""
        shown = {
            # + 0.0, because what is rounded to zero has no sign
            name: decimal(round(value, 3) + 0.0, "+") if isinstance(value, float) else value
            for name, value in self.facts.items()
        }
        return t(SENTENCES[self.code], **shown)


SENTENCES = {
    "rows_up": mark(
        "More data would probably help: from {before} to {last} training rows the test score "
        "changes by {change} (95% interval {low} to {high}), and nothing says that it stops there."
    ),
    "rows_level": mark(
        "More data of this kind would hardly help: from {before} to {last} training rows the test "
        "score changes by {change} (95% interval {low} to {high}), which is practically nothing."
    ),
    "rows_down": mark(
        "The test score falls with more rows, which they rarely cause: from {before} to {last} it "
        "changes by {change} (95% interval {low} to {high}). Check that training is stable."
    ),
    "rows_unclear": mark(
        "Cannot tell whether more data would help: from {before} to {last} training rows the test "
        "score changes by {change}, and the 95% interval from {low} to {high} leaves it open."
    ),
    "rows_unknown": mark(
        "Cannot tell whether more data would help: that takes two sizes with scores on two folds."
    ),
    "gap_up": mark(
        "It scores higher on the rows that it has learned than on new ones, by {change} (95% "
        "interval {low} to {high}). That gap is variance: more rows, more regularisation or a "
        "smaller model narrow it."
    ),
    "gap_none": mark(
        "It scores hardly higher on the rows that it has learned than on new ones ({change}, 95% "
        "interval {low} to {high}). If the score is too low, that is bias: the model is too small, "
        "or the columns say too little."
    ),
    "gap_unclear": mark(
        "Cannot tell whether it overfits: training score minus test score is {change}, and the "
        "95% interval from {low} to {high} leaves it open."
    ),
    "gap_unknown": mark(
        "Cannot tell whether it overfits: that takes training and test scores on two folds."
    ),
    "epochs_overfit": mark(
        "It overfits from epoch {best}: until epoch {last} the validation loss rises by {change} "
        "(95% interval {low} to {high}) while the training loss falls. Early stopping would keep "
        "the weights of about that epoch."
    ),
    "epochs_unstable": mark(
        "Training is unstable: after epoch {best} the validation loss changes by {change} (95% "
        "interval {low} to {high}), and the training loss rises too. Try a lower learning rate."
    ),
    "epochs_learning": mark(
        "It is still learning: from epoch {before} to {last} the validation loss changes by "
        "{change} (95% interval {low} to {high}). More epochs would probably help."
    ),
    "epochs_level": mark(
        "It neither overfits nor learns more: from about epoch {before} to {last} the validation "
        "loss changes by {change} (95% interval {low} to {high}), which is practically nothing."
    ),
    "epochs_unclear": mark(
        "Cannot tell whether it overfits: from about epoch {before} to {last} the validation loss "
        "changes by {change}, and the 95% interval from {low} to {high} leaves it open."
    ),
    "epochs_unknown": mark(
        "Cannot tell whether it overfits: that takes four epochs and two folds with a loss."
    ),
    "parameter_best": mark(
        "The best of these is {parameter} = {best}. Not told apart from it: {ties}."
    ),
    "parameter_underfit": mark(
        "Underfitting at {values}: the test score is lower than the best, and the training score "
        "is lower too. There the model is too small, or too strongly regularised."
    ),
    "parameter_overfit": mark(
        "Overfitting at {values}: the test score is lower than the best, but the training score is "
        "not. There the model is too flexible."
    ),
    "parameter_alone": mark(
        "The best of these is {parameter} = {best}; all others are told apart from it."
    ),
    "parameter_edge": mark(
        "The best value is the last on its side of the range: try values beyond it."
    ),
    "parameter_level": mark(
        "{parameter} hardly matters between these values: none differs from {best}, which has the "
        "highest mean, by more than is practically nothing."
    ),
    "parameter_unclear": mark(
        "Cannot tell which value is best: {parameter} = {best} has the highest mean, and these "
        "folds tell no other value from it."
    ),
    "parameter_unknown": mark(
        "Cannot tell which value is best: that takes two values with scores on two folds."
    ),
}
