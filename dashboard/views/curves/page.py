"""The page of learning curves: more data, fewer epochs, a larger model, or none of them?"""

from typing import Any, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from bakeoff.datasets import Dataset
from bakeoff.experiments import CATALOGUE, LearningCurve, Spec, ValidationCurve, spec_from_json
from bakeoff.experiments.models.catalogue import search_space
from bakeoff.experiments.specs.strategies import check_space
from bakeoff.recording import Entry, Store, StoreError

from ...language import t
from ...report.kinds.curves import QUESTIONS, question_of, score_chart
from ..shared import choices, running
from ..shared.data_choice import Choice, choose_data
from ..shared.search_space import curve_values, parsed_values, space_text
from ..shared.settings import setting
from .report import show_report

S = TypeVar("S", bound=Spec)

_DATASET = "digits"  # where half of the rows, and the extremes of gamma, are clearly worse
_NETS = [key for key, model in CATALOGUE.items() if model.family == "net"]


def show() -> None:
    """Draw the page."""
    st.title(t("Learning curves"), anchor=False)
    st.markdown(
        t(
            "What would improve a model: more rows, fewer epochs, or another size? Its score on "
            "the rows it was trained on, beside that on new rows, gives the answer."
        )
    )
    question = _question()
    settings, results = st.columns([2, 5], gap="large")
    button = settings.container()  # in sight without scrolling, above what it needs
    with settings:
        spec = {"rows": _over_rows, "epochs": _over_epochs, "parameter": _over_values}[question]()
    running.follow(
        ValidationCurve if question == "parameter" else LearningCurve,
        spec,
        button,
        results,
        start=t("Draw the curve"),
        accepts=lambda asked: question_of(asked) == question,
        empty=_empty,
        live=_live,
        report=show_report,
    )


def _question() -> str:
    question = st.segmented_control(
        t("A curve over"),
        list(QUESTIONS),
        default=_asked_by(st.query_params.get("run")),
        required=True,
        **setting("question"),
    )
    st.caption(t(QUESTIONS[question]))
    return question


def _asked_by(run: str | None) -> str:
    """The question of the run in the address, which need not say it again."""
    try:
        with Store() as store:
            return question_of(spec_from_json(store.run(run or "").spec))
    except (KeyError, StoreError, ValueError):  # `running.follow` says what is wrong with it
        return "rows"


def _over_rows() -> LearningCurve | None:
    choice = choose_data(default=_DATASET)
    models = choices.models(["mlp", "svm_rbf"])
    points = st.number_input(
        t("Sizes"),
        min_value=2,
        max_value=8,
        value=5,
        **setting("sizes", is_number=True),
        help=t(
            "Each is twice the one before it, and the last is all training rows of a fold: scores "
            "tend to change by as much with each doubling."
        ),
    )
    shared = _shared(choice)
    if not models:
        st.warning(t("Choose at least one model."))
        return None
    sizes = tuple(2.0**-k for k in reversed(range(points)))
    spec = choices.spec_or_reason(
        lambda: LearningCurve(choice.name, models, train_sizes=sizes, **shared), choice.data
    )
    return _counted(spec, len(models) * points)


def _over_epochs() -> LearningCurve | None:
    choice = choose_data(default=_DATASET)
    models = choices.models(["mlp"], only=_NETS, name="nets")
    shared = _shared(choice)
    if not models:
        st.warning(t("Choose at least one model."))
        return None
    spec = choices.spec_or_reason(
        lambda: LearningCurve(choice.name, models, over="epochs", **shared), choice.data
    )
    return _counted(spec, len(models))


def _over_values() -> ValidationCurve | None:
    choice = choose_data(default=_DATASET)
    model = choices.model()
    full_names = search_space(model, choice.data)
    space = {full.rpartition("__")[2]: values for full, values in full_names.items()}
    parameter = st.selectbox(
        t("Parameter"),
        list(space),
        index=list(space).index("gamma") if "gamma" in space else 0,
        **setting(f"parameter_{model}"),
    )
    text = st.text_input(
        t("Values of the parameter"),
        space_text(curve_values(space[parameter])),
        **setting(f"values_{model}_{parameter}"),
        help=t("With commas between them, or a range: `0.01 .. 100 log`, or `0 .. 0.5`."),
    )
    shared = _shared(choice)

    def make() -> ValidationCurve:
        values = parsed_values(parameter, text)
        check_space({parameter: values})
        spread = tuple(curve_values(values))
        return ValidationCurve(choice.name, model, parameter, spread, **shared)

    spec = choices.spec_or_reason(make, choice.data)
    return _counted(spec, len(spec.values) if spec else 0)


def _shared(choice: Choice) -> dict[str, Any]:
    """Draw the settings that stand below, whatever the curve is over."""
    metrics = choices.metric(choice.data.task)
    return {"params": choice.params, "metrics": metrics, **choices.design()}


def _counted(spec: S | None, fits_a_fold: int) -> S | None:
    """Say how much work a curve is."""
    if spec is not None:
        folds = spec.n_splits * spec.n_repeats
        text = t(
            "{n} fits: {a_fold} on each of {folds} folds",
            a_fold=fits_a_fold,
            folds=folds,
            n=fits_a_fold * folds,
        )
        st.caption(text)
    return spec


def _empty() -> None:
    with st.container(border=True):
        st.markdown(
            t(
                "**Nothing has run yet.** Press *Draw the curve*: the settings that the page opens "
                "with take less than a minute.\n\n"
                "**rows** trains each model on more and more rows. While the score on new rows "
                "still rises, more data would probably help.\n\n"
                "**epochs** looks at a net after each pass over its training rows. When the loss "
                "on new rows turns and rises, it learns by heart: it overfits.\n\n"
                "**parameter** changes one parameter of one model. Where both scores are low, the "
                "model is too small; where only the score on new rows is, it is too flexible."
            )
        )


def _live(spec: Spec, entries: list[Entry], data: Dataset) -> None:
    """Draw the mean test scores of the points that are in; nets in training are drawn below."""
    if question_of(spec) == "epochs":
        return
    points = [
        {
            "model": entry.detail["model"],
            "value": entry.detail["params"][spec.x],
            "n_train": entry.detail["n_train"],
            "mean": next(iter(entry.detail["scores"].values())),
        }
        for entry in entries
    ]
    table = pd.DataFrame(points).astype({"mean": float})
    table = table.groupby(["model", "value"], as_index=False, sort=False).mean()
    table = table.assign(part="test", low=np.nan, high=np.nan)
    if isinstance(spec, ValidationCurve):
        table[spec.x] = table.value.map({repr(value): value for value in spec.values})
    if table["mean"].notna().any():
        st.altair_chart(score_chart(spec, table, data.task), width="stretch")
