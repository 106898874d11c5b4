"""What a comparison ends in: will the learner win on another sample of this size?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..evaluation import Evaluation
from ..findings import Finding
from ..models.catalogue import CATALOGUE, Family
from ..statistics.estimate import Interval
from .differences import difference, pairs
from .scores import summary

ALPHA = 0.05  # below, a difference is one

# The question is whether nets are worth it, so all else is held against the best net.
_VERSUS: dict[Family, set[Family]] = {"net": {"svm", "ensemble", "linear"}, "baseline": set()}


@dataclass(frozen=True)
class Verdict:
    """Who came first, and whether that means anything; its ``str`` says so in English.

    Attributes
    ----------
    best, rival : str
        Keys of the model with the highest mean and of the one it is held against: the best net,
        or where a net came first, the best SVM, ensemble or linear model. Where there is no such
        model, it is the runner-up.
    difference : Interval
        Of ``best`` minus ``rival``, paired by fold, with its 95% interval; see `pairs`.
    p_holm : float
        The p-value of that difference, adjusted for all pairs of models: the two were chosen
        after their scores were seen.
    n_pairs : int
        How many that are.
    metric : str
        scikit-learn's name of the score.
    """

    best: str
    rival: str
    difference: Interval
    p_holm: float
    n_pairs: int
    metric: str

    @property
    def tie(self) -> bool:
        """Whether it is left open which of the two is better."""
        return not self.p_holm < ALPHA

    @property
    def headline(self) -> Finding:
        """The verdict in one line."""
        code = "verdict_tie" if self.tie else "verdict_win"
        return Finding(code, {"best": _label(self.best), "rival": _label(self.rival)})

    @property
    def explanation(self) -> list[Finding]:
        """The numbers behind the headline, and what they mean."""
        family = CATALOGUE[self.rival].family
        is_second = CATALOGUE[self.best].family == family
        gain = Finding(
            "verdict_gain",
            {
                "best": _label(self.best),
                "rival": _label(self.rival),
                "role": Finding("role_second" if is_second else f"role_{family}"),
                "metric": self.metric,
                "gain": self.difference.mean,
                "low": self.difference.low,
                "high": self.difference.high,
            },
        )
        return [gain, *self._conclusion()]

    def __str__(self) -> str:
        return f"{self.headline}. {' '.join(map(str, self.explanation))}"

    def _conclusion(self) -> list[Finding]:
        if not self.difference.excludes_zero:
            return [Finding("verdict_open")]
        luck = {"n": self.n_pairs, "p": self.p_holm}
        if self.tie:
            return [Finding("verdict_luck", luck)]
        real = Finding("verdict_real", {"best": _label(self.best)})
        return [real] if self.n_pairs == 1 else [real, Finding("verdict_corrected", luck)]


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

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> print(verdict(list(run(Comparison("iris", ["svm_rbf", "dummy"])))))
    SVM RBF beats Dummy baseline. SVM RBF has the highest mean accuracy. Against Dummy baseline, ...
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
    metric = next(iter(evaluations[0].scores))
    return Verdict(best, rival, difference(evaluations, best, rival), p_holm, len(tested), metric)


def pair_findings(pair: Any) -> list[Finding]:
    """Say what the folds can tell of one pair of models.

    Parameters
    ----------
    pair : namedtuple
        A row of `pairs`, as ``itertuples`` gives it.

    Returns
    -------
    list of Finding
        Whether the two differ, and where that is likely, that they are practically the same.

    Examples
    --------
    >>> import pandas as pd
    >>> from bakeoff.experiments.statistics.pairwise import pairwise
    >>> scores = pd.DataFrame({"dummy": [0.5, 0.5, 0.5], "mlp": [0.8, 0.9, 0.8]})
    >>> (pair,) = pairwise(scores, n_train=80, n_test=40).itertuples()
    >>> print(*pair_findings(pair))
    MLP beats Dummy baseline by 0.333 (95%: 0.107 to 0.56), Holm p 0.0241.
    """
    names = {"one": _label(pair.model), "other": _label(pair.other)}
    if not pair.p_holm >= 0:  # NaN
        return [Finding("pair_unknown", names)]
    facts = {**names, "p": pair.p_holm}
    if pair.p_holm < ALPHA:
        facts |= {"gain": pair.difference, "low": pair.low, "high": pair.high}
        told = Finding("pair_win", facts)
    else:
        told = Finding("pair_open", facts)
    if pair.same < 0.005:  # would read 0.00
        return [told]
    return [told, Finding("pair_same", {"same": pair.same})]


def _label(key: str) -> str:
    return CATALOGUE[key].label
