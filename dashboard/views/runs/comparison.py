"""Several runs side by side: the models of all of them, paired by fold."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bakeoff.experiments.runs.history import IncomparableError, pairs_across, scores_across
from bakeoff.recording import Run, Store

from ... import charts
from ...language import t
from ...quantities import decimal, duration, p_value
from ...report.section import spans
from ...report.sentences import say
from ...report.words import model_label
from ..shared.figure import figure

_MOST = 40  # contenders: of more, the pairs are too many to read


def show(runs: Sequence[Run]) -> None:
    """Draw what runs have in common, or the reason why they cannot be compared.

    Parameters
    ----------
    runs : sequence of Run
        Two or more.
    """
    st.header(t("Compared"), anchor=False)
    try:
        scores = _scores(tuple(run.id for run in runs), tuple(run.done for run in runs))
    except IncomparableError as problem:
        st.warning(say(problem.finding))
        return
    scores = scores.assign(label=_labels(scores))
    # Models first: what is cut off is the end.
    scores["contender"] = [
        " · ".join(names) for names in zip(scores.label, scores.run, strict=True)
    ]
    means = _means(scores)
    if len(means) > _MOST:
        st.caption(t("The {n} with the highest mean, out of {total}.", n=_MOST, total=len(means)))
        means = means.head(_MOST)
        scores = scores[scores.contender.isin(means.contender)]
    shown = scores[scores.model != "dummy"]  # far below, it would squeeze the others
    shown = scores if shown.empty else shown
    drawn = [name for name in means.contender if name in set(shown.contender)]
    figure(charts.contenders(shown, drawn), _by_fold(scores), key="across")
    if len(drawn) < len(means):
        st.caption(t("The baseline is in the tables only."))
    st.dataframe(_readable(means), hide_index=True, alt=t("Means"))
    pairs = pairs_across(scores).dropna()
    if pairs.empty:
        return
    st.markdown(
        t(
            "Every pair, over the folds that both have a score for. An interval that excludes 0 "
            "says little by itself when there are many pairs: Holm's p-value allows for that."
        )
    )
    st.dataframe(_readable_pairs(pairs), hide_index=True, alt=t("Every pair"))


@st.cache_data(max_entries=4, show_spinner=False)
def _scores(runs: tuple[str, ...], done: tuple[int, ...]) -> pd.DataFrame:
    """Read scores once for as long as no run has finished more."""
    with Store() as store:
        return scores_across(store, *runs)


def _labels(scores: pd.DataFrame) -> list[str]:
    """What is compared in a run: a model, at a point of its curve."""
    models = scores.model.map(model_label)
    return [", ".join(filter(None, parts)) for parts in zip(models, scores.params, strict=True)]


def _means(scores: pd.DataFrame) -> pd.DataFrame:
    by_contender = scores.groupby("contender", sort=False)
    means = by_contender.agg(
        score=("score", "mean"), folds=("score", "count"), fit_seconds=("fit_seconds", "mean")
    )
    return means.sort_values("score", ascending=False, kind="stable").reset_index()


def _by_fold(scores: pd.DataFrame) -> pd.DataFrame:
    table = scores.pivot(index=["repeat", "fold"], columns="contender", values="score")
    table = table.reset_index().rename(columns={"repeat": t("Repeat"), "fold": t("Fold")})
    table[[t("Repeat"), t("Fold")]] += 1
    return table.round(4)


def _readable(means: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Model"): means.contender,
            t("Mean score"): means.score.map(decimal),
            t("Folds"): means.folds,
            t("Fit time"): means.fit_seconds.map(duration),
        }
    )


def _readable_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Model"): pairs.model,
            t("Against"): pairs.other,
            t("Difference"): [decimal(value, "+") for value in pairs.difference],
            t("95% interval"): spans(pairs, "+"),
            t("p (Holm)"): [p_value(p).removeprefix("= ") for p in pairs.p_holm],
        }
    )
