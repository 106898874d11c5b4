"""What was refused, and why, in the language of whoever reads the page.

Errors are English sentences, for scripts see them too. Where a person meets one on a page, it is
found again among the sentences below, with its values, and translated like any other text. One that
is not among them stays English.
"""

import re
from functools import lru_cache

from ..language import mark, t

_STORE = (
    mark(
        "the store {path} cannot be written: the disk is full; what it holds stays, and "
        "BAKEOFF_HOME can name another folder"
    ),
    mark(
        "the store {path} cannot be written: it is read-only; what it holds stays, and "
        "BAKEOFF_HOME can name another folder"
    ),
    mark(
        "the store {path} cannot be written: another program has locked it; what it holds stays, "
        "and BAKEOFF_HOME can name another folder"
    ),
    mark(
        "the store {path} is not a bakeoff store; what it holds stays, and BAKEOFF_HOME can name "
        "another folder"
    ),
    mark(
        "the store {path} is damaged; what it holds stays, and BAKEOFF_HOME can name another folder"
    ),
    mark(
        "the store {path} cannot be opened; what it holds stays, and BAKEOFF_HOME can name another "
        "folder"
    ),
    mark(
        "the store {path} holds results of this run that cannot be read ({why}); start the same "
        "run again, and they alone are computed again"
    ),
    mark("the store {path} is cleaned when no run is under way, however: {n}"),
    mark("{path} is not a bakeoff store, but another program's"),
    mark(
        "the store {path} was written by a newer bakeoff (format {written}, this one reads "
        "{read}); update bakeoff or set BAKEOFF_HOME elsewhere"
    ),
)
_FILE = (
    mark("the file is an archive, as Excel workbooks are: save it as CSV"),
    mark("Parquet needs pyarrow: pip install 'bakeoff[parquet]'"),
    mark("the file {name} changed while it was read: load it again once it is written whole"),
    mark("the file is a workbook of an old Excel: save it as CSV"),
    mark("the file is compressed with {packer}: unpack it first"),
    mark(
        "the file mixes encodings: line {right} is UTF-8 and line {wrong} is not; write it in one, "
        "or name one with encoding=..."
    ),
    mark("the file cannot be read: {reason}"),
    mark("a quotation mark opens in row {row} and is not closed: is the file cut off?"),
    mark("the file is empty"),
    mark("the file has no rows"),
    mark("the file has no rows below its header"),
    mark("the file is damaged Parquet: {problem}"),
    mark("the file is not written in {encoding}: {problem}"),
    mark("the file is neither text nor Parquet; it begins with {start}"),
    mark(
        "{n} of {total} rows have too many fields (line {line} has {saw}, expected were "
        "{expected}): is {delimiter} the delimiter?"
    ),
)
_TABLE = (
    mark("no column is left to predict {target} from; keep=[...] takes one in again"),
    mark(
        "columns must have different names, however: {name} is one, and also what a value of "
        "another one becomes"
    ),
    mark("groups must have a value in every row, however: {groups} has none in {n}"),
    mark(
        "target must hold different values, however: {target}, which is called like one, does "
        "not; target=... names another column"
    ),
    mark("target must be named: none of the columns {columns} looks like one"),
    mark("a regression takes numbers, however {target} holds texts or dates"),
    mark("target must hold different numbers, however: {target} does not"),
    mark("target must hold two classes, however: {target} holds {n}"),
    mark("each class of {target} must have at least 2 rows, however: {name} has one"),
    mark(
        "each class of {target} must have at least 2 rows, however: {name} has one, and so have "
        "{n} more"
    ),
)
_FOLDS = (
    mark("n_splits must be at most the number of rows in {where}, {n}, however: {n_splits}"),
    mark("n_splits must be at most the number of groups in {where}, {n}, however: {n_splits}"),
    mark(
        "n_splits must be at most the number of rows of class {name} in {where}, {n}, however: "
        "{n_splits}"
    ),
)
TEMPLATES = (*_STORE, *_FILE, *_TABLE, *_FOLDS)


def said(problem: Exception) -> str:
    """Return what an error says, in English; its name where it says nothing."""
    return str(problem.args[0] if _is_quoted(problem) else problem) or type(problem).__name__


def _is_quoted(problem: Exception) -> bool:
    return isinstance(problem, KeyError) and bool(problem.args)


def explain(problem: Exception | str) -> str:
    """Return what an error says, translated where it is one of the sentences that are known.

    Parameters
    ----------
    problem : Exception or str
        A string is what `said` returned.

    Examples
    --------
    >>> explain(ValueError("the file is empty"))
    'the file is empty'
    """
    text = problem if isinstance(problem, str) else said(problem)
    for template in reversed(TEMPLATES):  # the longer of two that begin alike
        if found := _pattern(template).fullmatch(text):
            return t(template, **found.groupdict())
    return text


@lru_cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)),
        re.DOTALL,
    )
