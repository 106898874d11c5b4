"""A chart with what everyone needs beside it: words for screen readers, and the numbers."""

from collections.abc import Iterable
from typing import Any, Literal

import pandas as pd
import streamlit as st

from ...language import t


def figure(
    chart: Any,
    table: pd.DataFrame | None,
    key: str,
    *,
    on_select: Literal["ignore", "rerun"] = "ignore",
    selection_mode: str | Iterable[str] | None = None,
) -> Any:
    """Draw a chart with a description, and a button under it that opens its numbers as a table.

    Parameters
    ----------
    chart : altair chart
        Its description is what a screen reader says.
    table : DataFrame or None
        The numbers behind it, with headings for a reader; None where they stand elsewhere.
    key : str
        Unique on the page.
    on_select, selection_mode
        As for `st.altair_chart`.

    Returns
    -------
    object
        What `st.altair_chart` returns: the selection, where there is one.
    """
    drawn = st.altair_chart(
        chart,
        width="stretch",
        key=key,
        on_select=on_select,
        selection_mode=selection_mode,
    )
    if table is None:
        return drawn
    # Drawn when it is opened, so that a page sends the numbers nobody asks for to nobody.
    with st.popover(
        t("Table"),
        icon=":material/table:",
        type="tertiary",
        key=f"{key}_table",
        on_change="rerun",
    ) as opened:
        if opened.open:
            st.dataframe(table, hide_index=True, alt=chart.description)
    return drawn
