"""A comparison: the verdict, the leaderboard with its tie groups, and every fold."""

from collections.abc import Sequence

import pandas as pd

from bakeoff.experiments import Comparison, fold_scores, summary, ties, verdict
from bakeoff.experiments.reports.power import detectable_difference
from bakeoff.experiments.reports.scores import better_than_guessing, complete_folds

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, duration
from ..outcome import Outcome
from ..prose import plain
from ..section import Section
from ..sentences import say, say_all
from .design import design
from .failures import failures
from .fitted import fitted
from .pairs import every_pair
from .predicted import predicted


def comparison(outcome: Outcome) -> list[Section]:
    """Return a comparison's answer, its folds and pairs, and what its best model predicted."""
    whole, found = paired(outcome), answer(outcome)
    if not whole.evaluations:
        return found
    table = summary(whole.evaluations)
    if not table.folds.any():
        return found
    best = predicted(whole, table.model[0])
    differ = [*every_pair(whole, table), *fitted(whole)]
    return [*found, fold_by_fold(whole, table), *differ, *best]


def paired(outcome: Outcome) -> Outcome:
    """Return a comparison with the folds that all of its models finished."""
    assert isinstance(outcome.spec, Comparison)
    return outcome._replace(evaluations=complete_folds(outcome.evaluations, outcome.spec.models))


def answer(outcome: Outcome) -> list[Section]:
    """Return the verdict, what failed, and the leaderboard.

    Parameters
    ----------
    outcome : Outcome
        Of a `Comparison`. While folds are missing, there is no verdict and no tie group.
    """
    spec, whole = outcome.spec, paired(outcome)
    assert isinstance(spec, Comparison)
    if not whole.evaluations:
        text = t("No fold was finished by all models, so there is nothing to compare yet.")
        return [Section("verdict", t("No verdict"), text=text)]
    title, text = _verdict(whole) if outcome.is_complete else _locked(whole, spec)
    warnings = failures(outcome.evaluations)
    if spec.leak:
        leak = t("This run leaks on purpose: its scalers have seen the test rows.")
        warnings = [leak, *warnings]
    found = [
        Section("verdict", title, text=text, caption=_design(spec)),
        Section("warnings", warnings=warnings),
    ]
    table = summary(whole.evaluations)
    return [*found, _leaderboard(whole, table)] if table.folds.any() else found


def fold_by_fold(outcome: Outcome, table: pd.DataFrame) -> Section:
    """Return the scores of all folds.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison, with complete folds only.
    table : DataFrame
        Its `summary`.
    """
    drawn = better_than_guessing(table, outcome.data.task)
    scores = fold_scores(outcome.evaluations)
    scores = scores[scores.model.isin(drawn)]
    readable = pd.DataFrame(
        {
            t("Model"): [label(key) for key in scores.model],
            t("Repeat"): scores.repeat + 1,
            t("Fold"): scores.fold + 1,
            outcome.metric: scores.score.round(4),
        }
    )
    return Section(
        "fold_scores",
        t("Fold by fold"),
        chart=charts.fold_scores(scores, drawn, outcome.metric),
        table=readable,
        caption=_how_to_read_folds(table, scores, drawn),
    )


def _verdict(whole: Outcome) -> tuple[str, str]:
    found = verdict(whole.evaluations)
    if found is None:
        text = t("A verdict takes two models that finished at least two folds.")
        return t("No verdict"), text
    text = say_all(found.explanation)
    if found.tie:
        difference = detectable_difference(whole.evaluations, found.best, found.rival)
        text += " " + t(
            "With a spread like this, the design finds a true difference of {difference} four "
            "times in five.",
            difference=decimal(difference),
        )
    return say(found.headline), text


def _locked(whole: Outcome, spec: Comparison) -> tuple[str, str]:
    text = t(
        "{n} of {total} folds were finished by all models. The verdict opens when all are in: "
        "resume the run to get it.",
        n=len({(e.repeat, e.fold) for e in whole.evaluations}),
        total=spec.n_splits * spec.n_repeats,
    )
    return t("The verdict is locked"), text


def _design(spec: Comparison) -> str:
    parts = [plain(spec.title), *design(spec)]
    if spec.n_seeds > 1:
        parts.append(t("{n} seeds of each net", n=spec.n_seeds))
    if spec.fold_pairs:
        parts.append(t("pairs of folds left out too"))
    if spec.budget is not None:
        parts.append(t("tuned with {n} candidates each", n=spec.budget))
    return " · ".join(parts)


def _leaderboard(whole: Outcome, table: pd.DataFrame) -> Section:
    names = [
        label(key) + (f" ({t(variant)})" if variant else "")
        for key, variant in zip(table.model, table.variant, strict=True)
    ]
    columns = {
        t("Model"): names,
        t("Mean {metric}", metric=whole.metric): [decimal(mean) for mean in table["mean"]],
        t("95% interval"): [
            f"±\N{NO-BREAK SPACE}{decimal(half)}" for half in table.high - table["mean"]
        ],
        t("Fit time per fold"): [duration(value) for value in table.fit_seconds],
    }
    caption = ""
    if whole.is_complete:
        groups = _letters(ties(whole.evaluations))
        columns[t("Tie group")] = [groups.get(key, "") for key in table.model]
        caption = t(
            "Models that share a letter cannot be told apart as learners: no test of their pair "
            "is below 5%, after Holm's correction for the number of pairs."
        )
    return Section("leaderboard", table=pd.DataFrame(columns), caption=caption)


def _letters(groups: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The compact letter display: a letter for each group, and for each model those of its own."""
    letters: dict[str, str] = {}
    for number, group in enumerate(groups):
        for model in group:
            letters[model] = letters.get(model, "") + chr(ord("a") + number)
    return letters


def _how_to_read_folds(table: pd.DataFrame, scores: pd.DataFrame, drawn: Sequence[str]) -> str:
    parts = [
        t("Each mark is one fold, the long tick is the mean, and a grey line joins the same fold.")
    ]
    left_out = table[~table.model.isin(drawn)].dropna(subset="mean")
    if len(left_out):
        means = zip(left_out.model, left_out["mean"], strict=True)
        names = ", ".join(f"{label(key)} ({decimal(mean)})" for key, mean in means)
        parts.append(t("Not drawn, because no better than guessing: {models}.", models=names))
    repeats = charts.repeats_drawn(scores)
    if repeats <= scores.repeat.max():
        parts.append(t("Marks of the first {n} repeats are drawn, of all the mean.", n=repeats))
    return " ".join(parts)
