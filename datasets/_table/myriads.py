"""Numbers in several steps, as Korean, Japanese and Chinese write them: 1억 2,000만원."""

from __future__ import annotations

import re

_LARGE = {"조": 10**12, "兆": 10**12, "억": 10**8, "億": 10**8, "亿": 10**8}
_LARGE |= {"만": 10**4, "万": 10**4, "萬": 10**4, "": 1}
_SMALL = {"천": 1000, "千": 1000, "백": 100, "百": 100, "십": 10, "十": 10, "": 1}
MYRIADS = {
    small + large: float(a * b) for small, a in _SMALL.items() for large, b in _LARGE.items()
}
del MYRIADS[""]
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_STEP = re.compile(rf"({_DIGITS})\s*([{''.join(_SMALL)}]?)([{''.join(_LARGE)}]?)\s*")
_STEPS = re.compile(rf"(?<![\d.,])(?:{_STEP.pattern})+(?![\d.,])")


def in_digits(entry: str) -> str:
    """Return an entry with a number of several steps in it written in digits; others as they are.

    Examples
    --------
    >>> in_digits("1억 2,000만원"), in_digits("-2천5백만"), in_digits("3천만원")
    ('120000000원', '-25000000', '3천만원')
    """
    if entry.isascii():
        return entry
    found = _STEPS.search(entry)
    steps = _STEP.findall(found[0]) if found else []
    if found is None or len(steps) < 2:
        return entry
    total, group = 0, 0  # what is read, and what of it waits for 만 or 억
    room, room_in_group = 10**16, 10**4  # each step is smaller than the one before
    for digits, small, large in steps:
        amount = int(digits.replace(",", "")) * _SMALL[small]
        group += amount
        if amount >= room_in_group or group * _LARGE[large] >= room:
            return entry
        room_in_group = _SMALL[small]
        if large:
            total, room = total + group * _LARGE[large], _LARGE[large]
            group, room_in_group = 0, 10**4
    if total and group and room > 10**4:  # 3억 5천, which mostly means 3억 5천만
        return entry
    return f"{entry[: found.start()]}{total + group}{entry[found.end() :]}"
