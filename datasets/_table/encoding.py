"""In which characters a text file is written.

A general detector was tried and does worse on tables, which are mostly digits: of six short files
charset-normalizer took Korean for UTF-16 once, and every West European one for Central European.
"""

from __future__ import annotations

import codecs
import contextlib
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST = 4  # bytes of one character, in UTF-8
_MOST_DAMAGED = 0.01  # of the characters of two bytes and more, in a file that is still UTF-8
_HEAD = 100_000  # characters that are looked at for bytes of no text
_SAMPLE = 200_000  # bytes that are looked at for the script
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_INSIDE = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f]+(?=[A-Za-z])")
_HANGUL = re.compile(rb"[\x81-\xc8].")
_COMMON_HANGUL = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_COMMON_JAPANESE = re.compile(rb"[\x81-\x83\x88-\x9f][\x40-\xfc]")  # kana and common kanji
_KANA_OF_EUC = re.compile(rb"[\xa4\xa5][\xa1-\xfe]")
_COMMON_CHINESE = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")


def encoding_of(content: bytes) -> str:
    """Return Python's name of the encoding that a file is most likely written in.

    Examples
    --------
    >>> encoding_of("이름,키".encode("cp949")), encoding_of("名前,すし".encode("shift_jis"))
    ('cp949', 'cp932')
    >>> encoding_of("Größe".encode("cp1252"))
    'cp1252'
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    if b"\0" in content[:1000]:  # in UTF-16, every other byte of ASCII
        is_little = content[1:1000:2].count(0) > content[:1000:2].count(0)
        wide = "utf-16-le" if is_little else "utf-16-be"
        with contextlib.suppress(UnicodeDecodeError):
            if "\n" in content.decode(wide):
                return wide
    if _is_utf8(content):
        return "utf-8"
    if (asian := _asian(content)) is not None:
        return asian
    with contextlib.suppress(UnicodeDecodeError):
        content.decode("cp1252")
        return "cp1252"
    return "latin-1"  # which takes every byte


def decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """Return the text of a file, and the encoding it was read in.

    Of UTF-8 that was found out, a character that the end of the file cuts, and single damaged
    ones, become the sign of replacement; of what was told, nothing may be damaged.

    Raises
    ------
    ValueError
        If there is no such encoding, the file is not written in it, or it is no text.
    """
    found = encoding or encoding_of(content)
    errors = "replace" if encoding is None and found == "utf-8" else "strict"
    try:
        text = content.decode(found, errors)
    except LookupError as problem:
        raise ValueError(f"encoding must be one of Python's, however: {found!r}") from problem
    except UnicodeError as problem:
        raise ValueError(f"the file is not written in {found}: {problem}") from problem
    if "\0" in text[:_HEAD]:
        raise ValueError(f"the file is neither text nor Parquet; it begins with {content[:8]!r}")
    return text.removeprefix("\ufeff"), found


def _is_utf8(content: bytes) -> bool:
    """Whether it is UTF-8, but for a cut last character and for single damaged ones."""
    try:
        content.decode("utf-8")
        return True
    except UnicodeDecodeError as problem:
        first = problem.start
    is_cut = first >= len(content) - _LONGEST + 1
    if is_cut and _is_begun(content[first:]) and not content[:first].isascii():
        return True
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return damaged <= _MOST_DAMAGED * len(_FOREIGN.findall(text))


def _is_begun(rest: bytes) -> bool:
    """Whether these bytes begin a character of UTF-8 that is longer than they are."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(rest)
    except UnicodeDecodeError:
        return False
    return True


def _asian(content: bytes) -> str | None:
    """Tell Korean, Japanese and Chinese from one another, and from bytes of Western letters.

    Each decodes most of the others' bytes, so what they spell decides: common Hangul throughout,
    kana or kanji where no other has common characters, or Chinese characters throughout.
    """
    sample = content[:_SAMPLE]
    # Chinese, read as Korean, is Hangul and Chinese characters mixed.
    if _shares(sample, "cp949", _HANGUL) > 0.9 and _shares(sample, "cp949", _COMMON_HANGUL) > 0.6:
        return "cp949"
    if _shares(sample, "cp932", _COMMON_JAPANESE) > 0.8:
        return "cp932"
    if _shares(sample, "euc_jp", _KANA_OF_EUC) > 0.2:
        return "euc_jp"
    if _shares(sample, "gb18030", _COMMON_CHINESE) > 0.7:
        return "gb18030"
    return None


def _shares(sample: bytes, encoding: str, common: re.Pattern[bytes]) -> float:
    """Return how many of the foreign characters are common ones of this encoding.

    None are where the bytes are no such text, where there is but one character, as two Western
    letters beside each other make it, or where most stand in the middle of Western words.
    """
    try:  # a last character that the sample cuts does not count
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    foreign = _FOREIGN.findall(text)
    inside = sum(map(len, _INSIDE.findall(text)))
    if len(set(foreign)) < 2 or inside > len(foreign) / 2:
        return 0.0
    found = sum(common.fullmatch(one.encode(encoding)) is not None for one in foreign)
    return found / len(foreign)
