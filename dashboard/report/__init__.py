"""What is said of a run that has ended, section by section, kind by kind.

A page and a file draw the same sections. A page shows more beside them, and lets one choose.
"""

from collections.abc import Callable

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
)

from ..language import t
from .comparison import comparison
from .curves import curve
from .ensembles import ensembles
from .limits import limits
from .outcome import Outcome
from .search import search
from .section import Section

__all__ = ["Outcome", "Section", "sections"]


def sections(outcome: Outcome) -> list[Section]:
    """Return what there is to say of a run of any kind, the answer to its question first."""
    if not outcome.evaluations:
        return [Section("nothing", t("Nothing was finished"))]
    of_kind: dict[type, Callable[[Outcome], list[Section]]] = {
        Comparison: comparison,
        LearningCurve: curve,
        ValidationCurve: curve,
        EnsembleStudy: ensembles,
        GridSearch: search,
    }
    return [*of_kind[type(outcome.spec)](outcome), *limits(outcome)]
