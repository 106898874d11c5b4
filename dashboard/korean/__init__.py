"""Korean for the texts of the pages, one module a page, by the English text."""

from . import (
    common,
    compare,
    curves,
    data,
    datasets,
    ensembles,
    problems,
    quality,
    runs,
    search,
    verdicts,
)

TEXTS = {
    **common.TEXTS,
    **compare.TEXTS,
    **curves.TEXTS,
    **data.TEXTS,
    **datasets.TEXTS,
    **ensembles.TEXTS,
    **problems.TEXTS,
    **quality.TEXTS,
    **runs.TEXTS,
    **search.TEXTS,
    **verdicts.TEXTS,
}
