"""What is said of a run that has ended, section by section, kind by kind.

A page and a file draw the same sections. A page shows more beside them, and lets one choose.
"""

from collections.abc import Callable
from typing import NamedTuple

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    Spec,
    ValidationCurve,
)

from ..language import t
from .kinds.comparison import comparison
from .kinds.comparison_limits import comparison_limits
from .kinds.curves import curve, curve_limits
from .kinds.ensembles import ensemble_limits, ensembles
from .kinds.search import search, search_limits
from .limits import Limits, limit_sections
from .outcome import Outcome
from .section import Section

__all__ = ["Outcome", "Section", "limits_of", "sections"]


class _Report(NamedTuple):
    found: Callable[[Outcome], list[Section]]
    limits: Callable[[Outcome], Limits]


# To add a kind of experiment, write its report in a file of ``kinds/``, and its line here.
REPORTS: dict[type[Spec], _Report] = {
    Comparison: _Report(comparison, comparison_limits),
    LearningCurve: _Report(curve, curve_limits),
    ValidationCurve: _Report(curve, curve_limits),
    EnsembleStudy: _Report(ensembles, ensemble_limits),
    GridSearch: _Report(search, search_limits),
}


def sections(outcome: Outcome) -> list[Section]:
    """Return what there is to say of a run of any kind, the answer to its question first."""
    if not outcome.evaluations:
        return [Section("nothing", t("Nothing was finished"))]
    return [*REPORTS[type(outcome.spec)].found(outcome), *limits_of(outcome)]


def limits_of(outcome: Outcome) -> list[Section]:
    """Return what was done in a run, and what it cannot tell."""
    return limit_sections(outcome, REPORTS[type(outcome.spec)].limits(outcome))
