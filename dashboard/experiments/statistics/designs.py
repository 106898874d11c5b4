"""How often a design of folds calls equal learners different: what was simulated, in one place.

The figures are those of ``benchmarks/false_positives.py``: twelve learners, from ridge regression
to trees of one split, on data sets of 60 and of 400 rows, two models each that are equal by
construction. A case has 250 to 300 data sets; those of the MLP and the forest, and all with 10
folds, have 100. A share of 0.05 has a standard error of 0.014 with 250, and of 0.022 with 100. A
design is as good as its worst case, since nobody knows beforehand how much a learner depends on its
rows.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

LEVEL = 0.05  # what a 95% interval promises


class Design(NamedTuple):
    """Folds, how often they are drawn, and whether each pair of them is left out too."""

    n_splits: int
    n_repeats: int
    fold_pairs: bool = False

    @property
    def n_fits(self) -> int:
        """How many fits of a model it takes.

        Examples
        --------
        >>> Design(5, 2).n_fits, Design(5, 5, fold_pairs=True).n_fits
        (10, 75)
        """
        pairs = self.n_splits * (self.n_splits - 1) // 2 if self.fold_pairs else 0
        return (self.n_splits + pairs) * self.n_repeats


class Simulated(NamedTuple):
    """Shares of simulated comparisons in which one of two learners was called better.

    Attributes
    ----------
    mean, worst : float
        Of equal learners: over the cases, a learner and a number of rows each, and of the worst.
    runs : int
        Data sets of the worst case.
    found : float
        Of unequal ones, the better: over five learners with four differences each.
    """

    mean: float
    worst: float
    runs: int
    found: float

    @property
    def holds(self) -> bool:
        """Whether no case is above `LEVEL`, to the percent that so many runs can tell."""
        return round(self.worst, 2) <= LEVEL


SIMULATED: Mapping[Design, Simulated] = MappingProxyType(
    {
        Design(5, 1): Simulated(0.029, 0.060, 250, 0.175),
        Design(5, 2): Simulated(0.014, 0.040, 250, 0.183),
        Design(5, 5): Simulated(0.013, 0.036, 250, 0.208),
        Design(5, 10): Simulated(0.012, 0.032, 250, 0.210),
        Design(10, 1): Simulated(0.032, 0.140, 100, 0.206),
        Design(10, 10): Simulated(0.037, 0.220, 100, 0.321),
        Design(5, 1, fold_pairs=True): Simulated(0.040, 0.073, 300, 0.299),
        Design(5, 2, fold_pairs=True): Simulated(0.030, 0.076, 250, 0.283),
        Design(5, 3, fold_pairs=True): Simulated(0.027, 0.056, 250, 0.284),
        Design(5, 5, fold_pairs=True): Simulated(0.025, 0.050, 100, 0.296),
    }
)
# What fitted models that differ say of their learners: the same, where `fitted_estimate` was asked
# of 5 folds and 5 repeats.
FITTED = Simulated(0.107, 0.184, 250, 0.517)


def offered() -> list[Design]:
    """Return the designs that keep what they promise in every case, the cheapest first.

    Examples
    --------
    >>> Design(5, 2) in offered(), Design(10, 10) in offered()
    (True, False)
    """
    kept = [design for design, found in SIMULATED.items() if found.holds]
    return sorted(kept, key=lambda design: design.n_fits)
