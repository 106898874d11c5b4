"""A file of one's own by its path: what was chosen on the way is said, unless it was told."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Collection
from typing import Any

from .._dataset import Dataset, Task
from .content import read_whole
from .described import describe_table
from .file import read_table
from .numbers import Decimal
from .table import Table

_MOST_SAID = 20  # lines of a warning


class TableWarning(UserWarning):
    """What `load` chose in a file of the user's own, and which parameters decide it instead.

    Examples
    --------
    >>> import warnings
    >>> warnings.simplefilter("ignore", TableWarning)  # where it has been read
    """


def table(
    path: str,
    *,
    target: str | None = None,
    task: Task | None = None,
    groups: str | None = None,
    keep: Collection[str] = (),
    leave_out: Collection[str] = (),
    delimiter: str | None = None,
    decimal: Decimal | None = None,
    encoding: str | None = None,
    header: bool | int | None = None,
    skip_rows: int | None = None,
    skip_footer: int | None = None,
    day_first: bool | None = None,
    missing: Collection[str] | None = None,
) -> Dataset:
    """Load a CSV or Parquet file of one's own: ``load("file:PATH", …)``.

    Parameters
    ----------
    path : str
        The file.
    target, task, groups, keep, leave_out
        See `describe_table`.
    delimiter, decimal, encoding, header, skip_rows, skip_footer, day_first, missing
        See `read_table`.

    Returns
    -------
    Dataset

    Warns
    -----
    TableWarning
        With a list of what was chosen and left out, and the parameter that tells each. What a
        parameter tells is not in the list; without anything in it there is no warning.

    Raises
    ------
    TypeError, ValueError, ImportError, OSError
        As those two functions do.
    """
    content = read_whole(path)
    how: dict[str, Any] = {
        "delimiter": delimiter,
        "decimal": decimal,
        "encoding": encoding,
        "header": header,
        "skip_rows": skip_rows,
        "skip_footer": skip_footer,
        "day_first": day_first,
        "missing": missing,
    }
    file = read_table(content, **how)
    described = describe_table(
        file, target=target, task=task, groups=groups, keep=keep, leave_out=leave_out
    )
    digest = hashlib.sha256(content).hexdigest()[:16]
    name = os.path.basename(path)
    made = described.to_dataset(f"file:{path}", f"{name}, SHA-256 {digest}…")
    told = {name for name, value in {**how, "target": target}.items() if value is not None}
    _tell(name, described, told)
    return made


def _tell(name: str, described: Table, told: Collection[str]) -> None:
    said = [str(note) for note in described.notes if note.parameter not in told]
    if not said:
        return
    if len(said) > _MOST_SAID:
        said[_MOST_SAID:] = [f"and {len(said) - _MOST_SAID} more; see Dataset.notes"]
    lines = "\n- ".join([f"{name}: what was chosen, and the parameter that decides it", *said])
    warnings.warn(lines, TableWarning, stacklevel=4)
