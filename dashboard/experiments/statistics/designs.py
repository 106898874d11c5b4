"""How often a design of folds calls equal learners different: what was simulated, in one place.

The figures are those of ``benchmarks/false_positives.py``: twelve learners, from ridge regression
to trees of one split, on data sets of 60 and of 400 rows, two models each that are equal by
construction. A design is as good as its worst case, since nobody knows beforehand how much a
learner depends on its rows.
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
    """Shares of the comparisons of equal learners in which they were called different.

    Attributes
    ----------
    mean, worst : float
        Over the cases, a learner and a number of rows each, and of the worst of them.
    runs : int
        Data sets of the worst case.
    """

    mean: float
    worst: float
    runs: int


SIMULATED: Mapping[Design, Simulated] = MappingProxyType(
    {
        Design(5, 1): Simulated(0.03, 0.08, 100),
        Design(5, 2): Simulated(0.012, 0.04, 100),
        Design(5, 5): Simulated(0.01, 0.04, 100),
        Design(5, 10): Simulated(0.01, 0.04, 100),
        Design(10, 1): Simulated(0.037, 0.16, 100),
        Design(10, 10): Simulated(0.037, 0.2, 100),
        Design(5, 1, fold_pairs=True): Simulated(0.038, 0.08, 100),
        Design(5, 2, fold_pairs=True): Simulated(0.025, 0.06, 100),
        Design(5, 3, fold_pairs=True): Simulated(0.021, 0.06, 100),
        Design(5, 5, fold_pairs=True): Simulated(0.017, 0.05, 100),
    }
)
# What fitted models that differ say of their learners: the same, where `fitted_estimate` was asked.
FITTED = Simulated(0.1, 0.22, 100)


def offered() -> list[Design]:
    """Return the designs that keep what they promise in every case, the cheapest first.

    Examples
    --------
    >>> Design(5, 2) in offered(), Design(10, 10) in offered()
    (True, False)
    """
    kept = [design for design, found in SIMULATED.items() if found.worst <= LEVEL]
    return sorted(kept, key=lambda design: design.n_fits)
