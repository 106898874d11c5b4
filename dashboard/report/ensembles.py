"""An ensemble study: scores, bias and variance by the number of members."""

from collections.abc import Sequence

import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.experiments import EnsembleStudy, Evaluation, decompositions, score_curve

from .. import charts
from ..charts.ensembles import method_label
from ..language import t
from ..quantities import decimal
from .curves import curve_table
from .section import Section


def ensembles(
    spec: EnsembleStudy, evaluations: Sequence[Evaluation], dataset: Dataset, metric: str
) -> list[Section]:
    """Return scores, bias and variance of a study against its numbers of members."""
    curve = score_curve(evaluations, "members").query("part == 'test'")
    scores = Section(
        "members",
        t("Score by number of members"),
        chart=charts.member_scores(curve, metric),
        table=curve_table(curve, {t("Members"): curve.members}, metric, "EnsembleStudy"),
    )
    parts = decompositions(evaluations, dataset.task)
    if parts.empty:
        return [scores]
    text = t("The loss of new rows, split into bias and variance over resamples of the data.")
    table = pd.DataFrame(
        {
            t("Method"): parts.model.map(method_label),
            t("Members"): parts.members,
            t("Loss"): parts.loss.map(decimal),
            t("Bias"): parts.bias.map(decimal),
            t("Variance"): parts.variance.map(decimal),
        }
    )
    return [
        scores,
        Section("bias", t("Bias"), text, charts.loss_part(parts, "bias", t("Bias")), table),
        Section("variance", t("Variance"), "", charts.loss_part(parts, "variance", t("Variance"))),
    ]
