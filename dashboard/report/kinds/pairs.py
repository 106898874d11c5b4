"""Every pair of models of a comparison: would the one win on another sample of this size?"""

import pandas as pd

from bakeoff.experiments import Comparison, pairs
from bakeoff.experiments.reports.differences import differences
from bakeoff.experiments.reports.row_losses import is_mean_over_rows
from bakeoff.experiments.reports.scores import better_than_guessing
from bakeoff.experiments.reports.verdict import pair_findings
from bakeoff.experiments.scorers import margin

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal, p_value
from ..outcome import Outcome
from ..section import Section, listed, spans
from ..sentences import say_all


def every_pair(outcome: Outcome, table: pd.DataFrame) -> list[Section]:
    """Return what each model differs by from the best, and a sentence for each pair.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison, with complete folds only. Before all are in, there is nothing to say.
    table : DataFrame
        Its `summary`.
    """
    if not outcome.is_complete or (table.folds > 1).sum() < 2:
        return []
    rope = margin(outcome.spec.scorer(outcome.data.task), outcome.data.y)
    found = pairs(outcome.evaluations, rope)
    best = table.model[0]
    of_best = (found[["model", "other"]] == best).any(axis=1)
    found_of_best = Section("pairs_of_the_best", text=_sentences(found[of_best]))
    sections = [_against(best, outcome, table, found, rope), found_of_best]
    if not of_best.all():
        n = (~of_best).sum()
        title = t("The other pair") if n == 1 else t("The other {n} pairs", n=n)
        others = Section("other_pairs", title, text=_sentences(found[~of_best]), folded=True)
        sections.append(others)
    return sections


def _against(
    best: str, outcome: Outcome, table: pd.DataFrame, found: pd.DataFrame, rope: float
) -> Section:
    gaps = differences(outcome.evaluations, best)
    shown = gaps[gaps.model.isin(better_than_guessing(table, outcome.data.task))].dropna()
    axis = t(
        "{metric} minus that of {best}, paired by fold", metric=outcome.metric, best=label(best)
    )
    chart = charts.intervals(shown, axis) if len(shown) else None
    about = t(
        "Intervals are for one pair at a time, p-values are corrected for the number of pairs "
        "(Holm, 1979). Practically the same means a difference of at most {rope}; its probability "
        "follows from the same error, as in the Bayesian correlated t-test (Corani and Benavoli, "
        "2015).",
        rope=f"{rope:.3g}",
    )
    caption = " ".join([*_how(found, outcome), about])
    title = t("Every pair: would the one win on another sample of this size?")
    return Section("pairs", title, chart=chart, table=_readable(found), caption=caption)


def _how(found: pd.DataFrame, outcome: Outcome) -> list[str]:
    """Say where the errors of the differences come from."""
    assert isinstance(outcome.spec, Comparison)
    nested, corrected = (found.method == one for one in ("nested", "corrected"))
    said = []
    if nested.any():
        said.append(
            t(
                "Fits without each pair of folds show how much other rows to learn from change the "
                "models, and intervals and p-values allow for it (nested cross-validation; Bates, "
                "Hastie and Tibshirani, 2024)."
            )
        )
    elif outcome.spec.fold_pairs and not is_mean_over_rows(outcome.spec.scorer(outcome.data.task)):
        said.append(
            t(
                "{metric} is no mean over rows, so fits without pairs of folds tell nothing of it.",
                metric=outcome.metric,
            )
        )
    if corrected.any():
        said.append(
            t(
                "Intervals and p-values allow, by a rule of thumb, for folds that share training "
                "rows (Nadeau and Bengio, 2003)."
            )
            if not nested.any()
            else t(
                "Where such fits are missing, they go by the scores of whole folds (Nadeau and "
                "Bengio, 2003)."
            )
        )
    return said


def _sentences(found: pd.DataFrame) -> str:
    return listed([say_all(pair_findings(pair)) for pair in found.itertuples()])


def readable_pairs(found: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of models with their differences, for a reader."""
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in found.model],
            t("minus"): [label(key) for key in found.other],
            t("Difference"): [decimal(value, "+") for value in found.difference],
            t("95% interval"): spans(found, "+"),
            t("p (Holm)"): [p_value(p).removeprefix("= ") for p in found.p_holm],
        }
    )


def _readable(found: pd.DataFrame) -> pd.DataFrame:
    probabilities = {
        t("P(better)"): found.better.round(3),
        t("P(practically the same)"): found.same.round(3),
        t("P(worse)"): found.worse.round(3),
    }
    return readable_pairs(found).assign(**probabilities)
