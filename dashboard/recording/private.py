"""The store holds people's data: its folder and files are for their owner alone."""

import contextlib
import os
import stat
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private(file: Path) -> None:
    """Make a file, and the folders above it, where they are not there: others may not read them.

    What is there stays as it is; see `is_private`. What cannot be made is left to whoever opens
    the file, who has a sentence for it.
    """
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def is_private(file: Path) -> bool:
    """Whether other users of the machine cannot get at a file.

    Windows gives a user's own folders to that user, and says nothing of it in these bits.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     make_private(Path(folder, "new", "file"))
    ...     is_private(Path(folder, "new", "file"))
    True
    """
    if os.name != "posix":
        return True
    return any(not place.stat().st_mode & _OTHERS for place in (file, file.parent))
