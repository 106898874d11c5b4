"""In which characters a text file is written.

A general detector was tried and does worse on tables, which are mostly digits: of six short files
charset-normalizer took Korean for UTF-16 once, and every West European one for Central European.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import re
from typing import NamedTuple

from ..reasons import Question, Reason
from .scripts import SCRIPTS, WORD, log_likelihood

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST = 4  # bytes of one character, in UTF-8
_MOST_DAMAGED = 0.01  # of the characters of two bytes and more, in a file that is still UTF-8
_HEAD = 100_000  # characters that are looked at for bytes of no text
_SAMPLE = 50_000  # bytes of lines that are not ASCII
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FEW = 4  # characters of two bytes, as most others have them
_TWO_BYTES = "\u07ff"  # the last that UTF-8 writes in two bytes
_CLEARLY = 4.0  # difference of log-likelihoods; below, two encodings are possible


def encodings_of(content: bytes) -> tuple[str, ...]:
    """Return Python's names of the encodings that a file may be written in, the likeliest first.

    Mostly that is one. Two are possible where there are few words that are not ASCII.

    Raises
    ------
    ValueError
        If some lines are UTF-8, and others are not.

    Examples
    --------
    >>> encodings_of("이름,키".encode("cp949")), encodings_of("名前,すし".encode("shift_jis"))
    (('cp949',), ('cp932',))
    >>> encodings_of("Größe".encode("cp1252")), encodings_of("价".encode("gbk"))
    (('cp1252',), ('gb18030', 'cp949'))
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    if b"\0" in content[:1000]:  # in UTF-16, every other byte of ASCII
        is_little = content[1:1000:2].count(0) > content[:1000:2].count(0)
        wide = "utf-16-le" if is_little else "utf-16-be"
        with contextlib.suppress(UnicodeDecodeError):
            if "\n" in content.decode(wide):
                return (wide,)
    if content.isascii():
        return ("utf-8",)
    sample = _foreign_lines(content)
    if _is_utf8(content) and not _may_be_by_chance(sample.decode("utf-8", "replace")):
        return ("utf-8",)
    _refuse_mixture(content)
    return _by_script(sample)


class Decoded(NamedTuple):
    """The text of a file.

    Attributes
    ----------
    text : str
    encoding : str
        That it was read in.
    question : Question or None
        If another encoding is possible too.
    """

    text: str
    encoding: str
    question: Question | None = None


def decoded(content: bytes, encoding: str | None) -> Decoded:
    """Return the text of a file, and the encoding it was read in.

    Of UTF-8 that was found out, a character that the end of the file cuts, and single damaged
    ones, become the sign of replacement; of what was told, nothing may be damaged.

    Raises
    ------
    ValueError
        If there is no such encoding, the file is not written in it, or it is no text.
    """
    found, *others = (encoding,) if encoding else encodings_of(content)
    errors = "replace" if encoding is None and found == "utf-8" else "strict"
    try:
        text = content.decode(found, errors)
    except LookupError as problem:
        raise ValueError(f"encoding must be one of Python's, however: {found!r}") from problem
    except UnicodeError as problem:
        raise ValueError(f"the file is not written in {found}: {problem}") from problem
    if "\0" in text[:_HEAD]:
        raise ValueError(f"the file is neither text nor Parquet; it begins with {content[:8]!r}")
    question = _open_encoding(content, found, others[0]) if others else None
    return Decoded(text.removeprefix("\ufeff"), found, question)


def _open_encoding(content: bytes, taken: str, other: str) -> Question:
    """Ask by a word that the two encodings spell in two ways."""
    words = WORD.findall(_foreign_lines(content).decode(taken, "replace"))
    pairs = ((word, word.encode(taken).decode(other, "replace")) for word in words)
    example, spelt = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    facts = {"example": example, "spelt": spelt, "taken": taken, "other": other}
    return Question("encoding", Reason("open_encoding", facts), taken, other)


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


def _may_be_by_chance(text: str) -> bool:
    """Whether so few bytes make it UTF-8 that they may be others' too, as Korean "키" is."""
    foreign = _FOREIGN.findall(text)
    return len(foreign) <= _FEW and max(foreign) <= _TWO_BYTES


def _is_begun(rest: bytes) -> bool:
    """Whether these bytes begin a character of UTF-8 that is longer than they are."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(rest)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_mixture(content: bytes) -> None:
    """Refuse what was written in two ways, as by a program that appends to another's file."""
    first: dict[bool, int] = {}
    for number, line in enumerate(io.BytesIO(content), 1):
        if line.isascii():
            continue
        try:
            if _may_be_by_chance(line.decode("utf-8")):
                continue
            first.setdefault(True, number)
        except UnicodeDecodeError:
            first.setdefault(False, number)
        if len(first) > 1:
            raise ValueError(
                f"the file mixes encodings: line {first[True]} is UTF-8 and line {first[False]} is "
                "not; write it in one, or name one with encoding=..."
            )


def _foreign_lines(content: bytes) -> bytes:
    """Return the first lines that are not ASCII, wherever in the file they are."""
    found, size = [], 0
    for line in io.BytesIO(content):
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"".join(found)[:_SAMPLE]


def _by_script(sample: bytes) -> tuple[str, ...]:
    """Weigh the words that are not ASCII in all encodings that allow their bytes."""
    weights: dict[str, float] = {}
    texts: dict[str, str] = {}
    for script in SCRIPTS:
        with contextlib.suppress(UnicodeDecodeError):
            # A last character that the sample cuts does not count.
            decoder = codecs.getincrementaldecoder(script.encoding)()
            text = decoder.decode(sample, final=len(sample) < _SAMPLE)
            texts[script.encoding] = text
            weight = log_likelihood(text, script)
            weights[script.encoding] = max(weight, weights.get(script.encoding, weight))
    first, *others = sorted(weights, key=lambda one: -weights[one])
    possible = [one for one in others if weights[one] > weights[first] - _CLEARLY]
    return (first, *(one for one in possible if texts[one] != texts[first]))
