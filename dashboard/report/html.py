"""A run as one HTML file: charts are drawn in it, and it loads nothing and runs nothing.

Drawing takes a JavaScript engine and, as Altair has it, settings that all threads share; a page
calls `html_report` and `archive_of` in a process aside.
"""

import html
import re
from datetime import datetime
from typing import Any

import altair as alt
import pandas as pd

from bakeoff.experiments import Evaluation, Spec, spec_from_json, stored_evaluations
from bakeoff.experiments.runs.archive import versions, write_archive
from bakeoff.recording import Run, Store

from ..language import follow, t
from ..quantities import duration
from . import Section, sections
from .words import KINDS, STATES, settings

_WIDTH = 640  # pixels, of charts; a smaller screen shrinks them a little, and scrolls
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
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }}
h1, h2 {{ line-height: 1.25; }}
h2 {{ margin-top: 2.5rem; }}
figure {{ margin: 1rem 0; }}
svg {{ max-width: 100%; min-width: 30rem; height: auto; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; margin: 1rem 0; }}
th, td {{ text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; }}
td {{ font-variant-numeric: tabular-nums; }}
.note {{ border-left: 4px solid #E69F00; padding-left: .8rem; }}
footer {{ margin-top: 3rem; font-size: .9rem; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


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
    """
    follow(lambda: language)
    found, spec, evaluations = _stored(run)
    dataset = spec.load()
    parts = [_header(found, dataset.source)]
    for number, section in enumerate(sections(spec, evaluations, dataset)):
        parts.append(_section(section, number))
    parts += [_heading(t("What was done")), _table(settings(spec)), _limits(), _versions(found)]
    return _PAGE.format(language=language, title=html.escape(found.name), body="\n".join(parts))


def archive_of(run: str) -> bytes:
    """Write the zip of a run that has ended, charts in English included.

    Parameters
    ----------
    run : str
        As for `html_report`.
    """
    _, spec, evaluations = _stored(run)
    dataset = spec.load()
    found = sections(spec, evaluations, dataset)
    drawn = {one.name: _vega_lite(one.chart) for one in found if one.chart is not None}
    return write_archive(spec, dataset, evaluations, drawn)


def _stored(run: str) -> tuple[Run, Spec, list[Evaluation]]:
    with Store() as store:
        found = store.run(run)
        return found, spec_from_json(found.spec), stored_evaluations(store, run)


def _header(run: Run, source: str) -> str:
    started = datetime.fromtimestamp(run.started or run.created)
    took = (run.ended or run.heartbeat) - (run.started or run.created)
    facts = [t(KINDS[run.kind]), t(STATES[run.state]), f"{started:%Y-%m-%d %H:%M}", duration(took)]
    parts = [f"<h1>{html.escape(run.name)}</h1>", _paragraph(" · ".join(facts))]
    if run.state != "finished":
        text = t(
            "This run did not finish: {done} fits are in. Whoever stops when the numbers please "
            "will find them too good.",
            done=run.done,
        )
        parts.append(f'<p class="note">{html.escape(text)}</p>')
    parts.append(_paragraph(t("Data: {source}", source=source)))
    return "\n".join(parts)


def _section(section: Section, number: int) -> str:
    parts = [_heading(section.title)]
    parts += [_paragraph(line) for line in section.text.splitlines()]
    if section.chart is not None:
        parts.append(f'<figure class="wide">{_svg(section.chart, number)}</figure>')
    if section.table is not None:
        parts.append(_table(section.table))
    return "\n".join(parts)


def _limits() -> str:
    known = [
        t(
            "Training sets overlap, so fold scores are not independent. The intervals allow for "
            "that (Nadeau and Bengio, 2003), but it is a correction, not a cure."
        ),
        t("The best of many is partly the luckiest: its score is a little too high."),
        t(
            "A tie does not say that two models are equal. It says that these folds cannot tell "
            "them apart; more rows would, more than more repeats."
        ),
        t("Another seed, other settings or other data may change the order."),
    ]
    items = "\n".join(f"<li>{html.escape(one)}</li>" for one in known)
    return f"{_heading(t('What this cannot tell'))}\n<ul>\n{items}\n</ul>"


def _versions(run: Run) -> str:
    marks = {t("data fingerprint"): run.data or "", t("folds fingerprint"): run.folds or ""}
    table = pd.DataFrame(list((marks | versions()).items()), columns=[t("What"), t("Which")])
    note = t("Versions are those of when this file was written.")
    return f"<footer>\n{_heading(t('To check it'))}\n{_table(table)}\n{_paragraph(note)}\n</footer>"


def _heading(text: str) -> str:
    return f"<h2>{html.escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _table(table: pd.DataFrame) -> str:
    with pd.option_context("display.max_colwidth", None):  # it would cut long settings
        return f'<div class="wide">{table.to_html(index=False, border=0, escape=True)}</div>'


def _svg(chart: Any, number: int) -> str:
    import vl_convert  # which brings a JavaScript engine

    spec = _vega_lite(chart)
    if "layer" in spec or "mark" in spec:  # as the page fits it
        spec |= {"width": _WIDTH, "autosize": {"type": "fit", "contains": "padding"}}
    drawn = vl_convert.vegalite_to_svg(
        spec, vl_version=".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2]), config=_CONFIG
    )
    # Charts of one page share their names, and each calls its first gradient the same.
    drawn = re.sub(r'(id="|url\(#)', rf"\g<1>chart{number}_", drawn)
    label = html.escape(str(spec.get("description", "")))
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _vega_lite(chart: Any) -> dict[str, Any]:
    with alt.data_transformers.enable("default", max_rows=None):
        return chart.to_dict()
