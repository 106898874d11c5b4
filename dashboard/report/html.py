"""A run as one HTML file: charts are drawn in it, and it loads nothing and runs nothing.

Drawing takes a JavaScript engine and, as Altair has it, settings that all threads share; a page
calls `html_report` and `archive_of` in a process aside.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bakeoff.experiments import spec_from_json, stored_evaluations
from bakeoff.experiments.runs.archive import versions, write_archive
from bakeoff.recording import Run, Store

from ..language import follow, t
from ..quantities import duration
from . import Outcome, Section, sections
from .prose import html_of, html_of_line
from .words import STATES, kind_label

_TEMPLATE = "report.html.jinja"
_SHORT, _LONGEST = 12, 200  # rows of a table: those of a chart that are in sight, and the most
_WIDTH = 704  # pixels, of charts; a smaller screen shrinks them a little, and scrolls
# What is black by default takes the colour of the text around it, in light and in dark.
_INK = {"fill": "currentColor"}
_CONFIG = {
    "background": None,
    "font": "Arial, Liberation Sans, sans-serif",  # those that are measured when it is drawn
    "view": {"stroke": None},
    "text": {"color": "currentColor"},
    "axis": {"gridColor": "#8883", "domainColor": "#888", "tickColor": "#888"},
    "style": {"guide-label": _INK, "guide-title": _INK, "group-title": _INK},
}


def html_report(run: str, language: str) -> str:
    """Write the report of a run that has ended.

    Parameters
    ----------
    run : str
        Its id in the user's own store.
    language : str
        A key of ``LANGUAGES``. That of this process, from now on.

    Returns
    -------
    str
        HTML that needs no other file and no network.

    Raises
    ------
    KeyError
        When the run is not there.
    ValueError
        When its data cannot be loaded.
    ImportError
        Without vl-convert, which draws the charts.
    """
    follow(lambda: language)
    outcome = _stored(run)
    return _template().render(
        language=language,
        title=outcome.run.name,
        facts=_facts(outcome.run),
        source=t("Data: {source}", source=outcome.data.source),
        sections=_fit_for_a_file([*_unfinished(outcome.run), *sections(outcome)]),
        footer=[_versions(outcome.run)],
        short=_SHORT,
        table_title=t("Table"),
    )


def archive_of(run: str) -> bytes:
    """Write the zip of a run that has ended, charts in English included.

    Parameters
    ----------
    run : str
        As for `html_report`.
    """
    outcome = _stored(run)
    drawn = {one.name: _vega_lite(one.chart) for one in sections(outcome) if one.chart is not None}
    return write_archive(outcome.spec, outcome.data, outcome.evaluations, drawn)


def _stored(run: str) -> Outcome:
    with Store() as store:
        found = store.run(run)
        evaluations = stored_evaluations(store, run)
    spec = spec_from_json(found.spec)
    return Outcome(found, spec, evaluations, spec.load(tell=False))


def _facts(run: Run) -> str:
    started = datetime.fromtimestamp(run.started or run.created)
    facts = [
        kind_label(run.kind),
        t(STATES[run.state]),
        f"{started:%Y-%m-%d %H:%M}",
        duration(run.seconds),
    ]
    return " · ".join(facts)


def _unfinished(run: Run) -> list[Section]:
    if run.state == "finished":
        return []
    text = t(
        "This run did not finish: {done} fits are in. Whoever stops when the numbers please "
        "will find them too good.",
        done=run.done,
    )
    return [Section("unfinished", warnings=[text])]


def _versions(run: Run) -> Section:
    marks = {t("data fingerprint"): run.data or "", t("folds fingerprint"): run.folds or ""}
    table = pd.DataFrame(list((marks | versions()).items()), columns=[t("What"), t("Which")])
    note = t("Versions are those of when this file was written.")
    return Section("versions", t("To check it"), table=table, caption=note)


def _fit_for_a_file(found: Sequence[Section]) -> list[Section]:
    """Write a table that several charts share once, and no more rows than anyone reads."""
    tables: list[pd.DataFrame] = []
    fit = []
    for one in found:
        table, caption = one.table, one.caption
        if table is not None and any(table.equals(before) for before in tables):
            table = None
        elif table is not None:
            tables.append(table)
            if len(table) > _LONGEST:
                cut = t("The first {n} of {total} rows are listed.", n=_LONGEST, total=len(table))
                table, caption = table.head(_LONGEST), f"{caption} {cut}".lstrip()
        fit.append(one._replace(table=table, caption=caption))
    return fit


def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"markdown": html_of, "line": html_of_line, "rows": _rows, "svg": _svg}
    return environment.get_template(_TEMPLATE)


def _rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Write a table, each column of numbers with as many decimals as one of them needs."""
    return list(
        zip(*(_column(table.iloc[:, place]) for place in range(table.shape[1])), strict=True)
    )


def _column(values: pd.Series) -> list[str]:
    if not pd.api.types.is_float_dtype(values):
        return ["" if pd.isna(value) else str(value) for value in values]
    rounded = [f"{value:.4f}" for value in values]
    decimals = max((len(one.rstrip("0").partition(".")[2]) for one in rounded), default=0)
    texts = [f"{value:.{decimals}f}".replace("-", "\N{MINUS SIGN}") for value in values]
    return ["" if pd.isna(value) else text for value, text in zip(values, texts, strict=True)]


def _svg(chart: Any, number: int) -> Markup:
    try:
        import vl_convert  # which brings a JavaScript engine
    except ImportError as problem:
        raise ImportError(
            "a report needs vl-convert: pip install 'bakeoff[dashboard]'"
        ) from problem
    spec = _vega_lite(chart)
    if "layer" in spec or "mark" in spec:  # as the page fits it
        spec |= {"width": _WIDTH, "autosize": {"type": "fit", "contains": "padding"}}
    drawn = vl_convert.vegalite_to_svg(
        spec, vl_version=".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2]), config=_CONFIG
    )
    # Charts of one page share their names, and each calls its first gradient the same.
    drawn = re.sub(r'(id="|url\(#)', rf"\g<1>chart{number}_", drawn)
    label = escape(spec.get("description", ""))
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))


def _vega_lite(chart: Any) -> dict[str, Any]:
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict()
