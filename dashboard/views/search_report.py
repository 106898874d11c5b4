"""What a search shows: the winner and its luck, where good scores are, and who came close."""

import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from .. import charts
from ..charts.candidates import MOST_CANDIDATES
from ..charts.look import label
from ..charts.search import MOST_LINES, text_of
from ..experiments import (
    Evaluation,
    GridSearch,
    against_best,
    fold_scores,
    mean_optimism,
    optimism,
    parameter_values,
    pooled,
    ranked,
    script,
    search_scores,
)
from ..experiments.final import final_pipeline
from ..language import t
from ..quantities import decimal
from .choices import metric_label
from .figure import figure
from .running import Outcome


def show_report(outcome: Outcome) -> None:
    """Draw everything that can be said about a search that has ended.

    Parameters
    ----------
    outcome : Outcome
        Of a `GridSearch`.
    """
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, GridSearch), "the page follows no other kind"
    metric = metric_label(spec, data.task)
    scores = search_scores(outcome.evaluations)
    show_failures(errors_of(outcome.evaluations))
    if not scored(pooled(scores)):
        return
    show_winner(scores, metric, label(spec.model))
    show_curse(outcome.evaluations, metric, "search")
    st.caption(" · ".join(_settings(spec)))
    show_candidates(scores, metric, "search")
    code, limits = st.tabs(
        [t("Code that reproduces it"), t("What was done, and what this cannot tell")],
        key="search_report_tab",
        on_change="rerun",
    )
    if code.open:
        with code:
            _code(outcome)
    if limits.open:
        limits.markdown(_limits(spec))


def _settings(spec: GridSearch) -> list[str]:
    folds = t("{n} folds", n=spec.n_splits)
    if spec.n_repeats > 1:
        folds = t("{n} folds, repeated {repeats} times", n=spec.n_splits, repeats=spec.n_repeats)
    return [
        spec.dataset,
        spec.method,
        folds,
        t("normalisation: {name}", name=spec.normalisation),
        t("seed {seed}", seed=spec.random_state),
    ]


def scored(scores: pd.DataFrame) -> bool:
    """Whether any candidate of a search has a mean score; say so where none has."""
    if ranked(scores)["mean"].notna().any():
        return True
    st.markdown(t("No candidate has a score on every fold, so there is nothing to see yet."))
    return False


def errors_of(evaluations: Sequence[Evaluation]) -> list[str]:
    """Why fits failed, one line each."""
    return [e.error for e in evaluations if e.error]


def show_failures(errors: list[str]) -> None:
    """Say how many fits failed, and why the first one did."""
    if errors:
        st.warning(t("{n} fits failed, the first with: {error}", n=len(errors), error=errors[0]))


def show_winner(scores: pd.DataFrame, metric: str, model: str) -> None:
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
    st.subheader(f"{model}: {_text(values.iloc[0], ' = ')}", anchor=False)
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
    st.markdown(text)
    _edges(values)


def _edges(values: pd.DataFrame) -> None:
    """Say which parameters of the winner, the first row, have the last of the values tried."""
    for name in values:
        tried = values[name].unique()
        are_numbers = values[name].map(type).isin([int, float]).all()
        if not are_numbers or not 3 <= len(tried) <= len(values) / 2:  # no grid
            continue
        best = values[name].iloc[0]
        if best in (min(tried), max(tried)):
            st.caption(
                t(
                    "{name} = {value} is at the edge of what was tried: try further values.",
                    name=name,
                    value=text_of(best),
                )
            )


def show_curse(evaluations: Sequence[Evaluation], metric: str, key: str) -> None:
    """Hold what the winners of a nested search promised against what they gave on new rows.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        Of a `GridSearch`; nothing is drawn while no winner has met new rows.
    metric : str
        What a reader calls the score.
    key : str
        Starts the keys of all widgets.
    """
    gaps = optimism(evaluations)
    if not gaps.gap.notna().any():
        return
    st.subheader(t("The winner's curse"), anchor=False)
    gap, known = mean_optimism(evaluations), gaps.dropna(subset="gap")
    st.markdown(
        t(
            "The search promised **{inner}** ({metric}), new rows gave **{outer}**: a gap of {gap} "
            "(95 % interval {low} to {high}).",
            metric=metric,
            inner=decimal(known.inner.mean()),
            outer=decimal(known.outer.mean()),
            gap=decimal(gap.mean, "+"),
            low=decimal(gap.low, "+"),
            high=decimal(gap.high, "+"),
        )
        + " "
        + _reading(gap.mean, gap.low, gap.high)
    )
    values = parameter_values(gaps)
    texts = _labels(values)
    figure(charts.promises(gaps, texts, metric), _gap_table(gaps, texts), f"{key}_promises")
    searched = ranked(search_scores(evaluations)).query("rank == 1").n_train.mean()
    st.caption(
        t(
            "Each row is an outer fold and the candidate that won there. The gap is promise minus "
            "result. Luck widens it; that the winner is trained on more rows in the end, {more} "
            "instead of {fewer}, narrows it or turns it round.",
            more=f"{fold_scores(evaluations).n_train.mean():.0f}",
            fewer=f"{searched:.0f}",
        )
        + _order(values)
    )


def _reading(gap: float, low: float, high: float) -> str:
    if low > 0:
        return t(
            "These folds are enough to see it: part of the promise was luck. Report the second "
            "number."
        )
    if high < 0:
        return t(
            "New rows gave more than was promised: here the additional training rows of the winner "
            "outweigh its luck. Report the second number."
        )
    if gap > 0:
        return t(
            "The promise was a little too good, but these folds cannot tell the gap from none. "
            "Report the second number all the same."
        )
    return t("No curse to be seen: on these folds the promise was kept. Report the second number.")


def show_candidates(scores: pd.DataFrame, metric: str, key: str) -> None:
    """Draw candidates in the space of their parameters, and fold by fold.

    Parameters
    ----------
    scores : DataFrame
        As from `search_scores`; at least one is a number.
    metric : str
        What a reader calls the score.
    key : str
        Starts the keys of all widgets.
    """
    st.subheader(t("Where good scores are"), anchor=False)
    search = _one_search(scores, key)
    if not scored(search):
        return
    table = against_best(search)
    values = parameter_values(table)
    # Of a halving search, each candidate where it got furthest.
    last = table.drop_duplicates("candidate").index
    shown = _readable(table, values, metric)
    _space(table.loc[last], values.loc[last], shown.loc[last], metric, key)
    if values.shape[1] > 1:
        figure(
            charts.parallel(values.loc[last], table["mean"].loc[last], metric),
            shown,
            f"{key}_parallel",
        )
        text = t("Each line is a candidate; the thick one is the winner, and the colour the score.")
        if len(last) > MOST_LINES:
            text += " " + t("The best {n} are drawn.", n=MOST_LINES)
        st.caption(text)
    if table.resource.nunique() > 1:
        st.subheader(t("Who was given more rows"), anchor=False)
        figure(charts.rungs(table, _labels(values), metric), shown, f"{key}_rungs")
        st.caption(
            t(
                "Each line is a candidate; the thick one won. Only those that did well on few rows "
                "were given more."
            )
        )
    _close_ones(table, values, shown, metric, key)


def _one_search(scores: pd.DataFrame, key: str) -> pd.DataFrame:
    """Let the reader choose one of several searches, or all of them together."""
    places = scores[["repeat", "fold"]].drop_duplicates().sort_values(["repeat", "fold"])
    searches = list(places.itertuples(index=False, name=None))
    if len(searches) == 1:
        return scores
    titles = [t("all {n} together", n=len(searches))]
    titles += [t("Repeat {repeat}, fold {fold}", repeat=r + 1, fold=f + 1) for r, f in searches]
    place = st.selectbox(
        t("Search"),
        range(len(titles)),
        format_func=titles.__getitem__,
        key=f"{key}_search",
        help=t("Each outer fold has a search of its own, within its training rows."),
    )
    if place == 0:
        return pooled(scores)
    repeat, fold = searches[place - 1]
    return scores[(scores["repeat"] == repeat) & (scores.fold == fold)]


def _space(
    table: pd.DataFrame, values: pd.DataFrame, shown: pd.DataFrame, metric: str, key: str
) -> None:
    """Draw the scores over two parameters, with the others at their best or at one choice."""
    names = [str(name) for name in values]
    axes = names[:1]
    kept = pd.Series(True, index=values.index)
    if len(names) > 1:
        columns = st.columns(2)
        x = columns[0].selectbox(t("Across"), names, key=f"{key}_x")
        y = columns[1].selectbox(t("Up"), [n for n in names if n != x], key=f"{key}_y")
        axes = [x, y]
        others = [n for n in names if n not in axes and values[n].nunique() <= len(values) / 2]
        for column, name in zip(st.columns(max(len(others), 1)), others, strict=False):
            tried = list(values[name].drop_duplicates())
            titles = [t("best of all"), *map(text_of, tried)]
            place = column.selectbox(
                name, range(len(titles)), format_func=titles.__getitem__, key=f"{key}_at_{name}"
            )
            if place > 0:
                kept &= values[name] == tried[place - 1]
    chart = charts.score_space(values[kept], table["mean"][kept], axes, metric)
    figure(chart, shown[kept], f"{key}_space")


def _close_ones(
    table: pd.DataFrame, values: pd.DataFrame, shown: pd.DataFrame, metric: str, key: str
) -> None:
    """Say how many candidates may be as good as the winner, and draw their folds."""
    others = int(table.difference.notna().sum()) - 1
    if others < 1:
        return
    st.subheader(t("Who came close"), anchor=False)
    tied = int(table.tied.sum()) - 1
    if tied:
        text = t(
            "**{tied} of {n}** other candidates cannot be told from the winner on these folds: "
            "which of them came first is a matter of luck. The simplest or the fastest of them is "
            "a sound choice.",
            tied=tied,
            n=others,
        )
    else:
        text = t("These folds tell the winner from all of the {n} other candidates.", n=others)
    st.markdown(text)
    top = table.resource.isna() | (table.resource == table.resource.iloc[0])
    chart = charts.candidate_folds(table[top], _labels(values[top]), metric)
    figure(chart, shown, f"{key}_folds")
    caption = t(
        "Small dots are folds, the tick is the mean. A candidate is told from the winner where the "
        "95 % interval of their difference, paired by fold and corrected for overlapping training "
        "rows, excludes 0, each pair taken alone."
    )
    if top.sum() > MOST_CANDIDATES:
        caption += " " + t("The best {n} are drawn; the table has all.", n=MOST_CANDIDATES)
    st.caption(caption + _order(values))


def _readable(table: pd.DataFrame, values: pd.DataFrame, metric: str) -> pd.DataFrame:
    columns: dict[str, Any] = {t("Rank"): table["rank"]}
    columns |= {str(name): values[name].map(text_of) for name in values}
    if table.resource.notna().any():
        columns[t("Rows to train on")] = table.resource
    gaps = zip(table.difference, table.low, table.high, strict=True)
    return pd.DataFrame(
        {
            **columns,
            t("Mean {metric}", metric=metric): table["mean"].map(decimal),
            t("Standard deviation"): table["std"].map(decimal),
            t("Difference to the winner (95 %)"): [
                f"{decimal(mean, '+')} ({decimal(low, '+')} … {decimal(high, '+')})"
                if mean == mean
                else ""
                for mean, low, high in gaps
            ],
            t("Failed folds"): table.failed,
            t("Fold scores"): [" ".join(map(decimal, folds)) for folds in table.fold_scores],
        }
    )


def _gap_table(gaps: pd.DataFrame, winners: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Repeat"): gaps["repeat"] + 1,
            t("Fold"): gaps.fold + 1,
            t("Winner"): winners,
            t("Promised"): gaps.inner.map(decimal),
            t("Given"): gaps.outer.map(decimal),
            t("Gap"): [decimal(gap, "+") for gap in gaps.gap],
        }
    )


def _text(values: pd.Series, between: str) -> str:
    """The parameters of one candidate, without those that it does not have."""
    known = values[values.map(lambda value: value is not None and value == value)]
    return ", ".join(f"{name}{between}{text_of(value)}" for name, value in known.items())


def _labels(values: pd.DataFrame) -> list[str]:
    """What to call candidates beside a chart: without the names where these take too much room."""
    if values.shape[1] <= 2:
        return [_text(row, "=") for _, row in values.iterrows()]
    return [" · ".join(map(text_of, row)) for row in values.itertuples(index=False)]


def _order(values: pd.DataFrame) -> str:
    """What `_labels` leave out."""
    if values.shape[1] <= 2:
        return ""
    return " " + t(
        "Candidates are named by their values of {names}.", names=", ".join(map(str, values))
    )


def _code(outcome: Outcome) -> None:
    spec, data = outcome.spec, outcome.data
    assert isinstance(spec, GridSearch), "the page follows no other kind"
    st.markdown(t("The winner as a scikit-learn pipeline:"))
    winner = final_pipeline(spec, data, outcome.evaluations, spec.model)
    steps = "".join(f"{step!r},\n" for _, step in winner.steps)
    st.code(f"make_pipeline(\n{textwrap.indent(steps, '    ')})", language="python")
    st.markdown(t("The search itself, without the dashboard:"))
    text = script(spec, data)
    st.download_button(
        t("Download the script"),
        text,
        file_name=f"search_{spec.dataset.replace(':', '_')}.py",
        mime="text/x-python",
        on_click="ignore",
        icon=":material/download:",
    )
    st.code(text, language="python")


def _limits(spec: GridSearch) -> str:
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
    return (
        f"**{t('What was done')}**\n\n- "
        + "\n- ".join(done)
        + f"\n\n**{t('What it cannot tell')}**\n\n- "
        + "\n- ".join(cannot)
    )
