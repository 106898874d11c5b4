"""What a comparison ends in, honest about what its folds can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..quantities import decimal
from .evaluation import Evaluation
from .models import CATALOGUE, Family
from .report import difference, summary
from .statistics import Interval

_ROLE: dict[Family, str] = {
    "net": "the best net",
    "svm": "the best SVM",
    "ensemble": "the best ensemble",
    "linear": "the best linear model",
    "baseline": "the baseline",
}
# The question is whether nets are worth it, so all else is held against the best net.
_VERSUS: dict[Family, set[Family]] = {"net": {"svm", "ensemble", "linear"}, "baseline": set()}


@dataclass(frozen=True)
class Verdict:
    """Who came first, and whether that means anything.

    Attributes
    ----------
    best, rival : str
        Keys of the model with the highest mean and of the one it is held against: the best net,
        or where a net came first, the best SVM, ensemble or linear model. Where there is no such
        model, it is the runner-up.
    difference : Interval
        Of ``best`` minus ``rival``, paired by fold, with the corrected 95 % interval.
    """

    best: str
    rival: str
    difference: Interval

    @property
    def tie(self) -> bool:
        """Whether the folds leave open which of the two is better."""
        return not self.difference.excludes_zero

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        best, rival = CATALOGUE[self.best], CATALOGUE[self.rival]
        if self.tie:
            return f"A tie between {best.label} and {rival.label}"
        return f"{best.label} beats {rival.label}"

    def explanation(self, metric: str) -> str:
        """Return the numbers behind the headline, in sentences, with the score's name."""
        best, rival = CATALOGUE[self.best], CATALOGUE[self.rival]
        same = best.family == rival.family
        role = "the runner-up" if same else _ROLE[rival.family]
        low, high = (decimal(end, sign="+") for end in self.difference[1:])
        conclusion = (
            "That includes 0, so these folds cannot tell which of the two is better."
            if self.tie
            else "That excludes 0, so the luck of the folds alone would rarely look like this."
        )
        return (
            f"{best.label} has the highest mean {metric}. Against {rival.label}, {role}, it gains "
            f"{decimal(self.difference.mean)}, with a 95 % interval from {low} to {high}. "
            f"{conclusion}"
        )


def verdict(evaluations: Sequence[Evaluation]) -> Verdict | None:
    """Hold the best model against the best net, or the best net against the best of the others.

    Models that failed on a fold are left out: a mean over the folds they survived would flatter
    them.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of one comparison; see `complete_folds`.

    Returns
    -------
    Verdict or None
        None with fewer than two models, or fewer than two folds, to compare.
    """
    table = summary(evaluations)
    table = table[(table.failed == 0) & (table.folds > 1)]
    if len(table) < 2:
        return None
    best, *others = table.model
    versus = _VERSUS.get(CATALOGUE[best].family, {"net"})
    rivals = [key for key in others if CATALOGUE[key].family in versus]
    rival = (rivals or others)[0]
    return Verdict(best, rival, difference(evaluations, best, rival))
