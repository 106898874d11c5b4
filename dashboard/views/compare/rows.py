"""The account of the rows of a comparison: learnt from, tested, left over."""

import numpy as np
import pandas as pd
import streamlit as st

from bakeoff.experiments.reports.row_account import row_account, row_ledger

from ...charts.look import label
from ...language import mark, t
from ...report import Outcome


def show_rows(outcome: Outcome, model: str) -> None:
    """Draw the account of all models, whichever is chosen, and what is wrong with it."""
    data = outcome.data
    ledger = row_ledger(outcome.spec.folds(data), data, outcome.evaluations)
    account = row_account(data, outcome.evaluations)
    problems = _problems(ledger, account)
    if problems:
        st.warning("\n\n".join(problems))
    else:
        st.markdown(
            t(
                "**The account is balanced.** Each of the {n} rows was tested exactly once a "
                "repeat by every model, and by none that was trained on it.",
                n=f"{len(data.y):,}",
            )
        )
    st.table(_account_by_model(ledger, account), hide_index=True, border="horizontal")
    notes = []
    if data.groups is not None:
        notes.append(
            t(
                "{n} groups were kept whole: {split} of them have rows in both parts of a fold.",
                n=f"{len(np.unique(data.groups)):,}",
                split=ledger.split_groups.max(),
            )
        )
    missing = int(np.isnan(data.X).any(axis=1).sum())
    if missing and data.kind != "sequence":
        notes.append(
            t(
                "{n} rows lack a value. They were kept, and filled in inside each fold.",
                n=f"{missing:,}",
            )
        )
    if ledger.spared.where(ledger.error.isna(), 0).any():
        notes.append(t("A model that uses fewer rows than it was offered took a random subset."))
    if notes:
        st.caption(" ".join(notes))
    with st.expander(t("Every fit")):
        st.dataframe(_every_fit(ledger), hide_index=True)


def _problems(ledger: pd.DataFrame, account: pd.DataFrame) -> list[str]:
    """Sentences on what does not add up; none of a run that ended well."""
    found = []
    for model, never, other in zip(account.model, account.never, account.other, strict=True):
        name = label(model)
        errors = list(ledger.error[(ledger.model == model) & (ledger.untested > 0)])
        if never:
            found.append(t("{model}: {n} rows were never tested.", model=name, n=never))
        if other:
            text = mark("{model}: {n} rows were not tested exactly once in every repeat.")
            found.append(t(text, model=name, n=other))
        if errors:
            text = mark(
                "{model}: {n} fits failed, and their test rows have no prediction: {reason}"
            )
            found.append(t(text, model=name, n=len(errors), reason=errors[0]))
    wrong = ledger[(ledger.both > 0) | (ledger.split_groups > 0) | ~ledger.as_planned]
    wrong = pd.concat([wrong, ledger[~ledger.balanced]]).drop_duplicates()
    if len(wrong):
        found.append(
            t(
                "{n} fits did not see the rows of their fold. Do not trust their scores.",
                n=len(wrong),
            )
        )
    return found


def _account_by_model(ledger: pd.DataFrame, account: pd.DataFrame) -> pd.DataFrame:
    fits = ledger.groupby("model", sort=False)
    done = ledger[ledger.untested == 0].groupby("model", sort=False)
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in account.model],
            t("Fits"): [str(len(rows)) for _, rows in fits],
            t("Failed"): [str((rows.untested > 0).sum()) for _, rows in fits],
            t("Training rows of a fold"): [_span(rows.offered) for _, rows in fits],
            t("Really trained on"): [
                _span(done.get_group(key).trained) if key in done.groups else "0"
                for key in account.model
            ],
            t("Test rows of a fold"): [_span(rows.tested + rows.untested) for _, rows in fits],
            t("Tested once a repeat"): [f"{value:,}" for value in account.once],
            t("Never tested"): [f"{value:,}" for value in account.never],
        }
    )


def _span(values: pd.Series) -> str:
    low, high = values.min(), values.max()
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"  # noqa: RUF001, an en dash for a range


def _every_fit(ledger: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("Model"): [label(key) for key in ledger.model],
            t("Repeat"): ledger.repeat + 1,
            t("Fold"): ledger.fold + 1,
            t("Seed"): ledger.seed,
            t("Training rows"): ledger.offered,
            t("Trained on"): ledger.trained,
            t("Not used"): ledger.spared,
            t("Tested"): ledger.tested,
            t("Not tested"): ledger.untested,
            t("In both parts"): ledger.both,
            t("Groups in both parts"): ledger.split_groups,
            t("Adds up"): ledger.balanced & ledger.as_planned,
            t("Error"): ledger.error,
        }
    )
