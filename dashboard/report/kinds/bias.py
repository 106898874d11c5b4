"""Bias and variance of ensembles: the two side by side, and what the members did to them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from bakeoff.experiments import Evaluation, decompositions
from bakeoff.experiments.reports.ensembles import member_effects

from ... import charts
from ...charts.ensembles import method_label
from ...language import mark, t
from ...quantities import decimal
from ..section import Section

_EFFECTS = {
    ("bias", "falls"): mark("The bias falls from {first} to {last}."),
    ("bias", "rises"): mark("The bias rises from {first} to {last}."),
    ("bias", "stays"): mark("The bias stays at {last}."),
    ("bias", "unclear"): mark(
        "The bias goes from {first} to {last}: too little for these folds to tell."
    ),
    ("variance", "falls"): mark("The variance falls from {first} to {last}."),
    ("variance", "rises"): mark("The variance rises from {first} to {last}."),
    ("variance", "stays"): mark("The variance stays at {last}."),
    ("variance", "unclear"): mark(
        "The variance goes from {first} to {last}: too little for these folds to tell."
    ),
    ("loss", "falls"): mark("The error falls from {first} to {last}."),
    ("loss", "rises"): mark("The error rises from {first} to {last}."),
    ("loss", "stays"): mark("The error stays at {last}."),
    ("loss", "unclear"): mark(
        "The error goes from {first} to {last}: too little for these folds to tell."
    ),
}


def bias_and_variance(evaluations: Sequence[Evaluation], task: str) -> list[Section]:
    """Return bias and variance against the members, and what more members did to them.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of an `EnsembleStudy`.
    task : str

    Returns
    -------
    list of Section
        Named bias, variance and effects; none where nothing can be split.
    """
    table = decompositions(evaluations, task)
    if table.empty:
        return []
    classes = task == "classification"
    readable = _readable(table, classes)
    bias = t("Bias (share of rows)") if classes else t("Squared bias")
    variance = t("Variance (share of predictions)") if classes else t("Variance")
    effects = member_effects(evaluations, task)
    said = "\n".join(_sentence(model, rows, classes) for model, rows in effects.groupby("model"))
    caption = ""
    if classes:
        last = table[table.members == table.members.max()]
        caption = "  \n".join(_net_variance(row) for row in last.to_dict("records"))
    return [
        Section(
            "bias",
            t("Bias and variance"),
            chart=charts.loss_part(table, "bias", bias),
            table=readable,
        ),
        Section("variance", chart=charts.loss_part(table, "variance", variance), table=readable),
        Section("effects", text=said, caption=caption),
    ]


def _sentence(model: Any, rows: pd.DataFrame, classes: bool) -> str:
    between = t(
        "**{method}**, from {fewest} to {most} members:",
        method=method_label(model),
        fewest=rows.fewest.iloc[0],
        most=rows.most.iloc[0],
    )
    parts = [
        t(
            _EFFECTS[row["part"], row["direction"]],
            first=_amount(row["first"], classes),
            last=_amount(row["last"], classes),
        )
        for row in rows.to_dict("records")
    ]
    return "- " + " ".join([between, *parts])


def _net_variance(row: dict[str, Any]) -> str:
    return t(
        "{method}, {members} members: of the variance, {unbiased} is on rows that the majority "
        "gets right, where it costs, and {biased} on rows that it gets wrong, where it may help. "
        "Bias {bias} and net variance {net} make the error {loss}.",
        method=method_label(row["model"]),
        members=row["members"],
        unbiased=decimal(row["unbiased_variance"]),
        biased=decimal(row["biased_variance"]),
        bias=decimal(row["bias"]),
        net=decimal(row["net_variance"]),
        loss=decimal(row["loss"]),
    )


def _readable(table: pd.DataFrame, classes: bool) -> pd.DataFrame:
    columns = {"loss": t("Error of the ensemble"), "bias": t("Bias"), "variance": t("Variance")}
    if classes:
        columns |= {
            "net_variance": t("Net variance"),
            "unbiased_variance": t("Variance where the majority is right"),
            "biased_variance": t("Variance where it is wrong"),
        }
    numbers = table[list(columns)].rename(columns=columns).round(4)
    numbers.insert(0, t("Method"), [method_label(key) for key in table.model])
    numbers.insert(1, t("Members"), table.members)
    return numbers


def _amount(value: float, classes: bool) -> str:
    """Shares have three decimals; squared units can be of any size."""
    return decimal(value) if classes else f"{value:.4g}"
