"""What a comparison ends in, honest about what its folds can tell, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bakeoff.dashboard.language import mark, t
from bakeoff.dashboard.quantities import decimal, p_value

from ..evaluation import Evaluation
from ..models.catalogue import CATALOGUE, Family
from ..statistics.corrected import Interval
from .scores import difference, pairs, summary

ALPHA = 0.05  # below, a difference is one

_ROLE: dict[Family, str] = {
    "net": mark("the best net"),
    "svm": mark("the best SVM"),
    "ensemble": mark("the best ensemble"),
    "linear": mark("the best linear model"),
    "baseline": mark("the baseline"),
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
        Of ``best`` minus ``rival``, paired by fold, with the corrected 95% interval.
    p_holm : float
        The p-value of that difference, adjusted for all pairs of models: the two were chosen
        after their scores were seen.
    n_pairs : int
        How many that are.
    """

    best: str
    rival: str
    difference: Interval
    p_holm: float
    n_pairs: int

    @property
    def tie(self) -> bool:
        """Whether the folds leave open which of the two is better."""
        return not self.p_holm < ALPHA

    @property
    def headline(self) -> str:
        """The verdict in one line."""
        names = {"best": _label(self.best), "rival": _label(self.rival)}
        if self.tie:
            return t("A tie between {best} and {rival}", **names)
        return t("{best} beats {rival}", **names)

    def explanation(self, metric: str) -> str:
        """Return the numbers behind the headline, in sentences, with the score's name."""
        same = CATALOGUE[self.best].family == CATALOGUE[self.rival].family
        role = mark("the runner-up") if same else _ROLE[CATALOGUE[self.rival].family]
        low, high = (decimal(end, sign="+") for end in self.difference[1:])
        found = t(
            "{best} has the highest mean {metric}. Against {rival}, {role}, it gains {gain}, with "
            "a 95% interval from {low} to {high}.",
            best=_label(self.best),
            rival=_label(self.rival),
            role=t(role),
            metric=metric,
            gain=decimal(self.difference.mean),
            low=low,
            high=high,
        )
        return f"{found} {self._conclusion()}"

    def _conclusion(self) -> str:
        if not self.difference.excludes_zero:
            return t("That includes 0, so these folds cannot tell which of the two is better.")
        p = p_value(self.p_holm)
        if self.tie:
            return t(
                "That excludes 0, but among {n} pairs of models some pair does by luck: corrected "
                "for their number (Holm), p {p}, so these folds cannot tell.",
                n=self.n_pairs,
                p=p,
            )
        found = t("That excludes 0, so the luck of the folds alone would rarely look like this.")
        if self.n_pairs == 1:
            return found
        corrected = t("Corrected for the {n} pairs of models (Holm), p {p}.", n=self.n_pairs, p=p)
        return f"{found} {corrected}"


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
    tested = pairs(evaluations)
    is_pair = tested.model.isin([best, rival]) & tested.other.isin([best, rival])
    p_holm = float(tested.loc[is_pair, "p_holm"].item())
    return Verdict(best, rival, difference(evaluations, best, rival), p_holm, len(tested))


def pair_sentence(pair: Any) -> str:
    """Say what the folds can tell of one pair of models.

    Parameters
    ----------
    pair : namedtuple
        A row of `pairs`, as ``itertuples`` gives it.

    Examples
    --------
    >>> import pandas as pd
    >>> from bakeoff.experiments.statistics.pairwise import pairwise
    >>> scores = pd.DataFrame({"dummy": [0.5, 0.5, 0.5], "mlp": [0.8, 0.9, 0.8]})
    >>> (pair,) = pairwise(scores, n_train=80, n_test=40).itertuples()
    >>> print(pair_sentence(pair))
    MLP beats Dummy baseline by 0.333 (95%: +0.107 to +0.560), Holm p = 0.0241.
    """
    names = {"one": _label(pair.model), "other": _label(pair.other)}
    if not pair.p_holm >= 0:  # NaN
        return t("{one} and {other} have too few folds in common to be compared.", **names)
    if pair.p_holm < ALPHA:
        told = t(
            "{one} beats {other} by {gain} (95%: {low} to {high}), Holm p {p}.",
            **names,
            gain=decimal(pair.difference),
            low=decimal(pair.low, sign="+"),
            high=decimal(pair.high, sign="+"),
            p=p_value(pair.p_holm),
        )
    else:
        told = t(
            "These folds cannot tell {one} and {other} apart, Holm p {p}.",
            **names,
            p=p_value(pair.p_holm),
        )
    if pair.same < 0.005:  # would read 0.00
        return told
    return told + " " + t("P(practically the same) = {same}.", same=f"{pair.same:.2f}")


def _label(key: str) -> str:
    return t(CATALOGUE[key].label)
