"""Korean for the texts of the pages, one module a page, by the English text."""

from . import common

TEXTS = {**common.TEXTS}
