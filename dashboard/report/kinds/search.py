"""A search: what failed, its winner, and what it cannot tell."""

from collections.abc import Sequence

import pandas as pd

from bakeoff.experiments import GridSearch
from bakeoff.experiments.reports.candidates import (
    parameter_values,
    pooled,
    ranked,
    search_scores,
)

from ...charts.look import label
from ...charts.search import text_of
from ...language import t
from ...quantities import decimal
from ..limits import Limits
from ..outcome import Outcome
from ..prose import plain
from ..section import Section
from ..words import data_name
from .candidates import candidates, is_scored, written
from .curse import curse
from .design import design


def search(outcome: Outcome) -> list[Section]:
    """Return a search's answer, and its candidates."""
    scores, found = search_scores(outcome.evaluations), answer(outcome)
    return [*found, *candidates(scores, outcome.metric)] if is_scored(pooled(scores)) else found


def answer(outcome: Outcome) -> list[Section]:
    """Return what failed, the winner, and its luck.

    Parameters
    ----------
    outcome : Outcome
        Of a `GridSearch`.
    """
    spec, evaluations = outcome.spec, outcome.evaluations
    assert isinstance(spec, GridSearch)
    failed = errors([e.error for e in evaluations if e.error])
    scores = search_scores(evaluations)
    if not is_scored(pooled(scores)):
        return [failed, nothing_scored()]
    best = winner(scores, outcome.metric, label(spec.model))
    parts = [plain(data_name(outcome.run)), spec.method, *design(spec)]
    caption = "\n\n".join(filter(None, [" · ".join(parts), best.caption]))
    return [failed, best._replace(caption=caption), *curse(evaluations, outcome.metric)]


def search_limits(outcome: Outcome) -> Limits:
    """Return what a search kept apart, and what it cannot tell."""
    spec = outcome.spec
    assert isinstance(spec, GridSearch)
    done = [
        t("All candidates of a search saw the same folds."),
        t("What the model does to its input was fitted on the training rows of each fold."),
    ]
    if spec.nested:
        done.append(t("The test rows of an outer fold were kept from its search."))
    if spec.method == "halving":
        done.append(
            t(
                "Candidates that went out early were scored on few rows. Some that need many rows "
                "to be good may be among them."
            )
        )
    cannot = [
        t(
            "The result on new rows is that of searching in this way, not of one candidate: each "
            "outer fold may have another winner."
        ),
        t(
            "A search finds what its space holds. A winner at the edge of the space says that the "
            "space should be wider."
        ),
        t(
            "Intervals allow for overlapping training rows (Nadeau and Bengio, 2003), and are for "
            "one pair at a time: with many candidates, some are told apart by chance."
        ),
        t("A candidate that cannot be told from the winner is not shown to be as good."),
    ]
    return Limits(done, cannot)


def errors(found: Sequence[str]) -> Section:
    """Say how many fits failed, and why the first one did."""
    if not found:
        return Section("warnings")
    text = t("{n} fits failed, the first with: {error}", n=len(found), error=plain(found[0]))
    return Section("warnings", warnings=[text])


def nothing_scored() -> Section:
    """Say that no candidate can be shown."""
    text = t("No candidate has a score on every fold, so there is nothing to see yet.")
    return Section("nothing", text=text)


def winner(scores: pd.DataFrame, metric: str, model: str) -> Section:
    """Name the best candidate, and say how it came to be that.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`.
    metric, model : str
        What a reader calls them.
    """
    table = ranked(pooled(scores))
    best = table.iloc[0]
    values = parameter_values(table)
    searches = ranked(scores).query("rank == 1")
    facts = {
        "score": decimal(best["mean"]), "metric": metric, "n": table.candidate.nunique(),
        "folds": len(best.fold_scores), "searches": len(searches),
    }  # fmt: skip
    different = searches.candidate.nunique()
    if len(searches) == 1:
        text = t(
            "The best of {n} candidates: a mean {metric} of {score} on {folds} folds. It was "
            "chosen for that score, which is therefore too good: no new rows were asked. A "
            "nested search asks them.",
            **facts,
        )
    elif different == 1:
        text = t(
            "The best of {n} candidates, and the winner of all {searches} searches, one in each "
            "outer fold.",
            **facts,
        )
    else:
        text = t(
            "The best of {n} candidates over the folds of all {searches} searches, one in each "
            "outer fold. It won {wins} of them: {different} different candidates won at least one.",
            wins=int((searches.candidate == best.candidate).sum()),
            different=different,
            **facts,
        )
    title = plain(f"{model}: {written(values.iloc[0], ' = ')}")
    return Section("winner", title, text=text, caption="\n\n".join(_edges(values)))


def _edges(values: pd.DataFrame) -> list[str]:
    """Say which parameters of the winner, the first row, have the last of the values tried."""
    said = []
    for name in values:
        tried = values[name].unique()
        are_numbers = values[name].map(type).isin([int, float]).all()
        if not are_numbers or not 3 <= len(tried) <= len(values) / 2:  # no grid
            continue
        best = values[name].iloc[0]
        if best in (min(tried), max(tried)):
            said.append(
                t(
                    "{name} = {value} is at the edge of what was tried: try further values.",
                    name=plain(str(name)),
                    value=text_of(best),
                )
            )
    return said
