"""What experiments have to say: each sentence is a code and its facts, and knows no language.

The English is here for scripts. A page translates it, and writes the facts as its readers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

FINDINGS: Mapping[str, str] = MappingProxyType(
    {
        # A curve over training rows
        "rows_up": "More data would probably help: from {before} to {last} training rows the test "
        "score changes by {change} (95% interval {low} to {high}), and nothing says that it stops "
        "there.",
        "rows_level": "More data of this kind would hardly help: from {before} to {last} training "
        "rows the test score changes by {change} (95% interval {low} to {high}), which is "
        "practically nothing.",
        "rows_down": "The test score falls with more rows, which they rarely cause: from {before} "
        "to {last} it changes by {change} (95% interval {low} to {high}). Check that training is "
        "stable.",
        "rows_unclear": "Cannot tell whether more data would help: from {before} to {last} "
        "training rows the test score changes by {change}, and the 95% interval from {low} to "
        "{high} leaves it open.",
        "rows_unknown": "Cannot tell whether more data would help: that takes two sizes with "
        "scores on two folds.",
        "gap_up": "It scores higher on the rows that it has learned than on new ones, by {change} "
        "(95% interval {low} to {high}). That gap is variance: more rows, more regularisation or "
        "a smaller model narrow it.",
        "gap_none": "It scores hardly higher on the rows that it has learned than on new ones "
        "({change}, 95% interval {low} to {high}). If the score is too low, that is bias: the "
        "model is too small, or the columns say too little.",
        "gap_unclear": "Cannot tell whether it overfits: training score minus test score is "
        "{change}, and the 95% interval from {low} to {high} leaves it open.",
        "gap_unknown": "Cannot tell whether it overfits: that takes training and test scores on "
        "two folds.",
        # A curve over epochs
        "epochs_overfit": "It overfits from epoch {best}: until epoch {last} the validation loss "
        "rises by {change} (95% interval {low} to {high}) while the training loss falls. Early "
        "stopping would keep the weights of about that epoch.",
        "epochs_unstable": "Training is unstable: after epoch {best} the validation loss changes "
        "by {change} (95% interval {low} to {high}), and the training loss rises too. Try a lower "
        "learning rate.",
        "epochs_learning": "It is still learning: from epoch {before} to {last} the validation "
        "loss changes by {change} (95% interval {low} to {high}). More epochs would probably "
        "help.",
        "epochs_level": "It neither overfits nor learns more: from about epoch {before} to {last} "
        "the validation loss changes by {change} (95% interval {low} to {high}), which is "
        "practically nothing.",
        "epochs_unclear": "Cannot tell whether it overfits: from about epoch {before} to {last} "
        "the validation loss changes by {change}, and the 95% interval from {low} to {high} "
        "leaves it open.",
        "epochs_unknown": "Cannot tell whether it overfits: that takes four epochs and two folds "
        "with a loss.",
        # A curve over the values of a parameter
        "parameter_best": "The best of these is {parameter} = {best}. Not told apart from it: "
        "{ties}.",
        "parameter_alone": "The best of these is {parameter} = {best}; all others are told apart "
        "from it.",
        "parameter_edge": "The best value is the last on its side of the range: try values beyond "
        "it.",
        "parameter_underfit": "Underfitting at {values}: the test score is lower than the best, "
        "and the training score is lower too. There the model is too small, or too strongly "
        "regularised.",
        "parameter_overfit": "Overfitting at {values}: the test score is lower than the best, but "
        "the training score is not. There the model is too flexible.",
        "parameter_level": "{parameter} hardly matters between these values: none differs from "
        "{best}, which has the highest mean, by more than is practically nothing.",
        "parameter_unclear": "Cannot tell which value is best: {parameter} = {best} has the "
        "highest mean, and these folds tell no other value from it.",
        "parameter_unknown": "Cannot tell which value is best: that takes two values with scores "
        "on two folds.",
        # The verdict of a comparison
        "verdict_tie": "A tie between {best} and {rival}",
        "verdict_win": "{best} beats {rival}",
        "verdict_gain": "{best} has the highest mean {metric}. Against {rival}, {role}, it gains "
        "{gain}, with a 95% interval from {low} to {high}.",
        "verdict_open": "That includes 0, so this comparison cannot tell which of the two would "
        "win on another sample of this size.",
        "verdict_luck": "That excludes 0, but among {n} pairs of models some pair does by luck: "
        "corrected for their number (Holm), p {p}, so this comparison cannot tell which of the two "
        "would win on another sample of this size.",
        "verdict_real": "That excludes 0, so {best} should win on another sample of this size, "
        "too.",
        "verdict_corrected": "Corrected for the {n} pairs of models (Holm), p {p}.",
        "role_net": "the best net",
        "role_svm": "the best SVM",
        "role_ensemble": "the best ensemble",
        "role_linear": "the best linear model",
        "role_baseline": "the baseline",
        "role_second": "the runner-up",
        # The models of a comparison as they were fitted
        "fitted_win": "Yes: on rows like these, the fitted models of {best} beat those of {rival} "
        "by {gain} (95% interval {low} to {high}, Holm p {p}).",
        "fitted_open": "That is not shown: on rows like these, the fitted models of {best} gain "
        "{gain} against those of {rival} (95% interval {low} to {high}, Holm p {p}).",
        "fitted_set": "The best of all these fitted models is among the following, at 95%: "
        "{models}.",
        "fitted_alone": "The best of all these fitted models is that of {best}, at 95%.",
        "fitted_only": "This answers nothing about the learners: it takes the models as they came "
        "out. Two equal learners often give models that truly differ, and with other rows to learn "
        "from, the other may be ahead.",
        "fitted_unknown": "To answer this, the score must be a mean over rows, as accuracy and R² "
        "are, and {metric} is none.",
        # A pair of models
        "pair_win": "{one} beats {other} by {gain} (95%: {low} to {high}), Holm p {p}.",
        "pair_open": "These folds cannot tell {one} and {other} apart, Holm p {p}.",
        "pair_same": "P(practically the same) = {same}.",
        "pair_unknown": "{one} and {other} have too few folds in common to be compared.",
        # Runs that cannot be held against each other
        "script_unpaired": "The run {run} cannot be compared with others: it was recorded from a "
        "script, which may have had folds of its own for every call.",
        "resamples_unpaired": "The run {run} cannot be compared with others: its models were "
        "trained on resamples of the training rows.",
        "search_unpaired": "The run {run} cannot be compared with others: it is a search that is "
        "not nested, whose best score is the luckiest of many.",
        "data_differ": "The runs {run} and {other} cannot be compared: their data differ "
        "(fingerprints {one} and {two}).",
        "folds_differ": "The runs {run} and {other} cannot be compared: their folds differ "
        "(fingerprints {one} and {two}).",
        "metrics_differ": "The runs {run} and {other} cannot be compared: their scores are {one} "
        "and {two}.",
        "spec_unreadable": "The settings of this run cannot be read: {problem}",
        "no_scores": "None of these runs has a score yet.",
    }
)


@dataclass(frozen=True)
class Finding:
    """One sentence, as `bakeoff.datasets.Reason` is one of a table.

    Attributes
    ----------
    code : str
        A key of ``FINDINGS``.
    facts : mapping
        What stands in its braces: numbers as they were computed, models by their labels, and
        findings that are a part of the sentence.

    Examples
    --------
    >>> finding = Finding("verdict_win", {"best": "MLP", "rival": "SVM RBF"})
    >>> str(finding)
    'MLP beats SVM RBF'
    >>> finding.template
    '{best} beats {rival}'
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The sentence with its braces, for a translation."""
        return FINDINGS[self.code]

    def __str__(self) -> str:
        shown = {
            name: f"{value:.3g}" if isinstance(value, float) else value
            for name, value in self.facts.items()
        }
        return self.template.format(**shown)
