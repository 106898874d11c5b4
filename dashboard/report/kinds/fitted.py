"""The second question of a comparison: did these fitted models differ on these rows?"""

from bakeoff.experiments import fitted_pairs, verdict
from bakeoff.experiments.reports.fitted import fitted_findings

from ...language import t
from ..outcome import Outcome
from ..section import Section
from ..sentences import say, say_all
from .pairs import readable_pairs


def fitted(outcome: Outcome) -> list[Section]:
    """Return the answer for the two models of the verdict, and a table of all pairs.

    Parameters
    ----------
    outcome : Outcome
        Of a comparison, with complete folds only. Before all are in, there is nothing to say.
    """
    found = verdict(outcome.evaluations) if outcome.is_complete else None
    if found is None:
        return []
    *told, last = fitted_findings(outcome.evaluations, found.best, found.rival)
    answer = Section(
        "fitted",
        t("Did these fitted models differ on these rows?"),
        text=say_all(told) if told else say(last),
        caption=say(last) if told else "",
    )
    table = fitted_pairs(outcome.evaluations)
    if table.empty:
        return [answer]
    about = t(
        "Losses row by row, by the central limit theorem for cross-validation (Bayle, Bayle, "
        "Janson and Mackey, 2020), without further fits. p-values are corrected for the number of "
        "pairs (Holm, 1979). The set that holds the best is that of Lei (2020)."
    )
    title = t("All pairs of fitted models")
    pairs = Section("fitted_pairs", title, table=readable_pairs(table), caption=about, folded=True)
    return [answer, pairs]
