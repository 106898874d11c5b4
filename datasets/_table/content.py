"""The bytes of a file: read as a whole, and refused where they are packed."""

from __future__ import annotations

import os

# By the first bytes of what they write. Nothing is unpacked here: small files may hold anything.
_PACKERS = {
    b"\x1f\x8b": "gzip",
    b"BZh91AY": "bzip2",
    b"\xfd7zXZ": "xz",
    b"(\xb5/\xfd": "zstd",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!\x1a": "RAR",
}


def read_whole(path: str | os.PathLike[str]) -> bytes:
    """Read the bytes of a file, unless another program writes to it meanwhile.

    Raises
    ------
    OSError
        If there is no such file, or if it changes while it is read: some of the bytes would be of
        before, and some of after.
    """
    with open(path, "rb") as stream:
        before = os.fstat(stream.fileno())
        content = stream.read()
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError(
            f"the file {os.path.basename(path)!r} changed while it was read: load it again once it "
            "is written whole"
        )
    return content


def refuse_packed(content: bytes) -> None:
    """Refuse what another program must unpack or save in another way first.

    Raises
    ------
    ValueError
        One sentence that says which.
    """
    if content.startswith(b"PK\x03\x04"):
        raise ValueError("the file is an archive, as Excel workbooks are: save it as CSV")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError("the file is a workbook of an old Excel: save it as CSV")
    for start, packer in _PACKERS.items():
        if content.startswith(start):
            raise ValueError(f"the file is compressed with {packer}: unpack it first")
