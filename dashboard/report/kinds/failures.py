"""Fits that failed, and why."""

from collections.abc import Sequence

from bakeoff.experiments import Evaluation

from ...charts.look import label
from ...language import t
from ..prose import plain


def failures(evaluations: Sequence[Evaluation]) -> list[str]:
    """Say of each model in how many fits it failed, and why in the first of them."""
    said = []
    for model in dict.fromkeys(e.model for e in evaluations if e.error):
        failed = [e for e in evaluations if e.model == model and e.error]
        outer = [e.error for e in failed if e.inner is None]
        inner = [e.error for e in failed if e.inner is not None and not e.of_pair]
        pairs = [e.error for e in failed if e.of_pair]
        if outer:
            said.append(
                t(
                    "{model} failed in {n} fits: {reason}",
                    model=label(model),
                    n=len(outer),
                    reason=plain(str(outer[0])),
                )
            )
        if inner:
            said.append(
                t(
                    "Candidates of {model} failed in {n} fits of the search, and were left out: "
                    "{reason}",
                    model=label(model),
                    n=len(inner),
                    reason=plain(str(inner[0])),
                )
            )
        if pairs:
            said.append(
                t(
                    "{model} failed in {n} fits without a pair of folds, so its differences are "
                    "judged by the scores of whole folds: {reason}",
                    model=label(model),
                    n=len(pairs) // 2,  # each would have tested two folds
                    reason=plain(str(pairs[0])),
                )
            )
    return said
