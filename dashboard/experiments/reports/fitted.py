"""Did the fitted models differ on these rows? The second question, beside that of `verdict`."""

from collections.abc import Sequence
from typing import Any

from ..evaluation import Evaluation
from ..findings import Finding
from ..models.catalogue import CATALOGUE
from .differences import best_fitted, fitted_pairs

ALPHA = 0.05  # below, a difference is one


def fitted_findings(evaluations: Sequence[Evaluation], best: str, rival: str) -> list[Finding]:
    """Say whether the fitted models of two learners differ, and among which the best is.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a comparison.
    best, rival : str
        Keys of two of its models, as in a `Verdict`.

    Returns
    -------
    list of Finding
        The last says what all of it does not answer. A single one where the score is no mean over
        rows, or one of the two has failed.

    Examples
    --------
    >>> from bakeoff.experiments import Comparison, run
    >>> evaluations = list(run(Comparison("iris", ["svm_rbf", "svm_linear", "dummy"])))
    >>> for finding in fitted_findings(evaluations, "svm_rbf", "dummy")[:2]:
    ...     print(finding)
    Yes: on rows like these, the fitted models of SVM RBF beat those of Dummy baseline by 0.62 ...
    The best of all these fitted models is among the following, at 95%: SVM linear, SVM RBF.
    """
    table = fitted_pairs(evaluations)
    pair = table[table.model.isin([best, rival]) & table.other.isin([best, rival])]
    if pair.empty:
        metric = next(iter(evaluations[0].scores))
        return [Finding("fitted_unknown", {"metric": metric})]
    row: Any = next(pair.itertuples())
    facts = {
        "best": CATALOGUE[row.model].label,
        "rival": CATALOGUE[row.other].label,
        "gain": row.difference,
        "low": row.low,
        "high": row.high,
        "p": row.p_holm,
    }
    told = Finding("fitted_win" if row.p_holm < ALPHA else "fitted_open", facts)
    labels = [CATALOGUE[model].label for model in best_fitted(evaluations)]
    among = Finding("fitted_set", {"models": ", ".join(labels)})
    if len(labels) == 1:
        among = Finding("fitted_alone", {"best": labels[0]})
    return [told, among, Finding("fitted_only")]
