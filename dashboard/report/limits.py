"""What was done in a run, and what it cannot tell: the form that all kinds share."""

from collections.abc import Sequence
from typing import NamedTuple

from ..language import mark, t
from .outcome import Outcome
from .section import Section, listed
from .words import settings

OVERLAP = mark(
    "Training sets overlap, so fold scores are not independent. The intervals allow for "
    "that (Nadeau and Bengio, 2003: the variance of the mean is multiplied up from 1/J to "
    "1/J + n_test/n_train), but it is a correction, not a cure."
)
SEED = mark("One seed decides the folds. Try another and see what stays.")


class Limits(NamedTuple):
    """Sentences, in the language of whoever reads them.

    Attributes
    ----------
    done : sequence of str
        What was made of the settings, where they do not say it themselves.
    cannot : sequence of str
        What the run cannot tell.
    """

    done: Sequence[str]
    cannot: Sequence[str]


def limit_sections(outcome: Outcome, limits: Limits) -> list[Section]:
    """Return the settings of a run with what was made of them, and what it cannot tell."""
    made = listed(limits.done)
    return [
        Section("done", t("What was done"), text=made, table=settings(outcome.spec)),
        Section("cannot", t("What this cannot tell"), text=listed(limits.cannot)),
    ]
