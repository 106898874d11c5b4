"""What was found, as a sentence in the language of whoever reads it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bakeoff.datasets import Reason
from bakeoff.experiments.findings import Finding

from ..language import t
from ..quantities import decimal, p_value
from .words import scorer_label


def say(found: Finding | Reason) -> str:
    """Translate a sentence, and write its facts as a reader wants them.

    Examples
    --------
    >>> say(Finding("gap_unclear", {"change": 0.02, "low": 0.0, "high": 0.0531}))
    'Cannot tell whether it overfits: training score minus test score is +0.020, and the 95%
    interval from +0.000 to +0.053 leaves it open.'
    """
    facts = {
        name: _WRITTEN[name](value) if name in _WRITTEN else value
        for name, value in found.facts.items()
    }
    return t(found.template, **facts)


def say_all(found: Iterable[Finding]) -> str:
    """Join sentences, each as `say` has it."""
    return " ".join(map(say, found))


def _signed(value: float) -> str:
    return decimal(value, "+")


# By the name of a fact; those of other names stand in a sentence as they are.
_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "change": _signed,
    "low": _signed,
    "high": _signed,
    "gain": decimal,
    "same": "{:.2f}".format,
    "p": p_value,
    "metric": scorer_label,
    "role": say,
}
