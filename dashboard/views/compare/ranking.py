"""How well classifiers rank the rows: ROC and precision-recall curves of all models."""

from typing import Any

import pandas as pd
import streamlit as st

from bakeoff.experiments.reports.probabilities import probabilistic
from bakeoff.experiments.reports.ranking import Kind, Ranking, ranking

from ... import charts
from ...charts.look import label
from ...language import t
from ...quantities import decimal
from ...report import Outcome
from ..shared.figure import figure
from .classes import choose_class


def show_roc(outcome: Outcome, model: str) -> None:
    """Draw ROC curves, each the mean over the folds."""
    found = _ranking_of_chosen_class(outcome, "roc")
    if model in set(found.areas.model):
        st.markdown(
            t(
                "**{model}: AUC {area}**, 95% interval {low} to {high}. That is the chance that a "
                "row of a class is ranked higher for it than a row of another class: 0.5 is "
                "guessing, 1 is perfect.",
                **_area(found, model),
            )
        )
    titles = t("False positive rate"), t("True positive rate")
    figure(charts.roc(found.curves, model), _points(found, *titles), key="quality_roc")
    st.caption(
        t(
            "Each fold has a curve of its own, because a probability or a distance need not mean "
            "the same to the model of another fold; the curves are averaged at each false positive "
            "rate. The band is the 95% interval of the mean at each point, corrected for training "
            "sets that overlap. The dashed line is guessing."
        )
    )
    _show_areas(outcome, found, t("AUC"))


def show_precision_recall(outcome: Outcome, model: str) -> None:
    """Draw precision-recall curves, each the mean over the folds."""
    found = _ranking_of_chosen_class(outcome, "precision_recall")
    if model in set(found.areas.model):
        st.markdown(
            t(
                "**{model}: average precision {area}**, 95% interval {low} to {high}. Guessing "
                "gets {guessing}, the share of the class.",
                **_area(found, model),
                guessing=decimal(found.guessing),
            )
        )
    figure(
        charts.precision_recall(found.curves, model, found.guessing),
        _points(found, t("Recall"), t("Precision")),
        key="quality_precision_recall",
    )
    st.caption(
        t(
            "Precision is the share of the class among the rows that are called it, recall the "
            "share of the class that is found. Where a class is rare, this shows what the ROC "
            "curve hides. Curves are averaged over the folds at each recall; the band is the "
            "corrected 95% interval at each point, the dashed line is the share of the class."
        )
    )
    _show_areas(outcome, found, t("Average precision"))


def _ranking_of_chosen_class(outcome: Outcome, kind: Kind) -> Ranking:
    data = outcome.data
    # Of two classes, what ranks the rows for one ranks them for the other.
    every = t("All classes: mean of each against the rest") if len(data.target_names) > 2 else None
    positive = choose_class(data, every, key="quality_ranking_class")
    return _ranking(outcome.run.id, len(outcome.evaluations), kind, positive, outcome)


# A hundred folds of ten classes take seconds, and every click on the page draws it again.
@st.cache_data(max_entries=32, show_spinner=False)
def _ranking(run: str, n_evaluations: int, kind: Kind, positive: Any, _outcome: Outcome) -> Ranking:
    return ranking(_outcome.evaluations, _outcome.data.y, kind, positive)


def _area(found: Ranking, model: str) -> dict[str, str]:
    row = found.areas[found.areas.model == model].iloc[0]
    # Student's interval knows no bounds; a reader does.
    area, low, high = (decimal(min(row[end], 1.0)) for end in ("mean", "low", "high"))
    return {"model": label(model), "area": area, "low": low, "high": high}


def _show_areas(outcome: Outcome, found: Ranking, name: str) -> None:
    areas = found.areas
    ends = zip(areas["mean"], areas.high, strict=True)
    table = pd.DataFrame(
        {
            t("Model"): [label(key) for key in areas.model],
            name: [
                f"{decimal(mean)} ±\N{NO-BREAK SPACE}{decimal(high - mean)}" for mean, high in ends
            ],
            t("Folds"): [str(count) for count in areas.folds],
        }
    )
    st.table(table, hide_index=True, border="horizontal")
    stating = probabilistic(outcome.evaluations)
    by_distance = [label(key) for key in areas.model if key not in stating]
    if by_distance:
        st.caption(
            t(
                "Ranked by how far rows lie from the boundaries between classes, for want of "
                "probabilities: {models}. A curve needs only the order of the rows, so they "
                "compare with the others here; calibration leaves them out.",
                models=", ".join(by_distance),
            )
        )


def _points(found: Ranking, x: str, y: str) -> pd.DataFrame:
    table = found.curves[["model", "x", "mean", "low", "high"]]
    titles = [t("Model"), x, y, t("95% from"), t("95% to")]
    return table.assign(model=table.model.map(label)).set_axis(titles, axis="columns")
