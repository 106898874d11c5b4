"""Numbers as people write them: with a decimal mark, thousands, money, percent and units.

A column is read as a whole. Which of point and comma is the decimal mark is what most of its
entries allow; what they leave open, the file decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from .myriads import MYRIADS, in_digits

Decimal = Literal[".", ","]

_MONEY = (
    r"(?:US|A|C|HK|NZ|S|R)?\$|[€£¥₩₹₽₺₫฿₴₪]|R\$|kr\.?|zł|Kč|Rs\.?|Fr\.?|[원円元]"
    r"|USD|EUR|GBP|JPY|KRW|CNY|INR|CHF|AUD|CAD|SEK|NOK|DKK|BRL|RUB|PLN|MXN|ZAR|TRY"
)
_SCALES = MYRIADS | {
    **{"k": 1e3, "thousand": 1e3},
    **{"m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "mio.": 1e6, "million": 1e6},
    **{"b": 1e9, "bn": 1e9, "billion": 1e9, "mrd": 1e9, "mrd.": 1e9, "t": 1e12, "tn": 1e12},
    **{"trillion": 1e12},
}
_METRES_AND_TONNES = {"m", "mm", "t", "T", "b", "k"}  # which are scales beside money alone
_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+-])?\s*(?P<money>{_MONEY})?\s*(?P<sign2>[+-])?\s*"
    rf"(?P<digits>\d[\d.,'\u2019 ]*|[.,]\d+)(?P<power>e[+-]?\d+)?"
    rf"\s*(?P<scale>(?:{_SCALE})(?![^\W\d_])|(?:{_SCALE})(?=원|円|元))?"
    rf"\s*(?P<money2>{_MONEY})?\s*(?P<percent>[%\uff05])?"
    r"\s*(?P<unit>[^\W\d_][^\W\d_²³/.°]{0,11})?\s*(?P<close>\))?(?P<after>-)?",
    re.IGNORECASE,
)
_SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "\u2013": "-"})
# By the decimal mark: digits in groups or not, and what comes after the mark.
_DIGITS = {
    mark: re.compile(
        rf"(?:\d+|[1-9]\d{{0,2}}(?:(?P<gap>[{other}' \u2019])\d{{3}})(?:(?P=gap)\d{{3}})*"
        rf"|\d{{1,2}}(?:\{other}\d\d)+\{other}\d{{3}})?(?:\{mark}\d*)?"
    )
    for mark, other in ((".", ","), (",", "."))
}
_OPEN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # 1.250, which may be 1250
_FEW_UNITS = 10  # different numbers: fewer with a word behind them, and they are categories
_MIXED = 0.02  # of the entries: as many must have a percent sign, and none, to be a mixture


@dataclass(frozen=True)
class NumberFormat:
    """How the numbers of one column are written.

    Attributes
    ----------
    decimal : {".", ","}
    unit : str
        The word behind every number, if there is one.
    percent : bool
        Whether entries with a percent sign stand beside shares, and are made shares.
    """

    decimal: Decimal = "."
    unit: str = ""
    percent: bool = False


@dataclass(frozen=True)
class _Number:
    digits: str
    power: str
    sign: float
    scale: str
    money: bool
    percent: bool
    unit: str

    def is_valid(self, mark: str) -> bool:
        return _DIGITS[mark].fullmatch(self.digits) is not None and any(
            one.isdigit() for one in self.digits
        )

    def value(self, mark: str) -> float:
        plain = re.sub(rf"[^\d{mark}]", "", self.digits).replace(mark, ".")
        scaled = float(plain + self.power) * _SCALES.get(self.scale.lower(), 1.0)
        return self.sign * (round(scaled, 6) if self.scale else scaled)


def taken_apart(entry: str) -> _Number | None:
    """Take one entry apart into the digits and what stands around them; None if it is none."""
    found = _WRITTEN.fullmatch(in_digits(entry.translate(_SPACES).strip()))
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [found["sign"], found["sign2"], found["after"]]
    minus = signs.count("-") + bool(found["open"])
    if len([one for one in signs if one]) + bool(found["open"]) > 1:
        return None
    scale, unit = found["scale"] or "", found["unit"] or ""
    money = bool(found["money"] or found["money2"])
    if scale in _METRES_AND_TONNES and not money:
        scale, unit = "", scale + unit
    return _Number(
        digits=found["digits"].strip(),
        power=found["power"] or "",
        sign=-1.0 if minus else 1.0,
        scale=scale,
        money=money,
        percent=bool(found["percent"]),
        unit=unit,
    )


def number_format(
    counts: pd.Series, default: Decimal = ".", told: Decimal | None = None
) -> NumberFormat | None:
    """Find out how a column of texts writes numbers; None where it holds none.

    Parameters
    ----------
    counts : Series of int
        How often each entry stands there, by entry, missing ones excluded.
    default : {".", ","}
        The decimal mark where the column leaves it open.
    told : {".", ","}, optional
        The decimal mark, whatever the column says.

    Examples
    --------
    >>> number_format(pd.Series({"1.250": 3, "950": 1, "3,5": 1}))
    NumberFormat(decimal=',', unit='', percent=False)
    >>> number_format(pd.Series({"red": 3, "blue": 1})) is None
    True
    """
    numbers = [(taken_apart(str(entry)), n) for entry, n in counts.items()]
    known = [(number, n) for number, n in numbers if number is not None]
    if not known:
        return None
    units: Counter[str] = Counter()
    for number, n in known:
        units[number.unit] += n
    unit = units.most_common(1)[0][0]
    has_marks = any(mark in number.digits for number, _ in known for mark in ".,")
    if unit and (len(units) > 1 or (len(known) <= _FEW_UNITS and not has_marks)):
        return None
    known = [(number, n) for number, n in known if number.unit == unit]
    # 1B, 2B and 3B are names; 1.2M beside 900K, or beside money, is an amount.
    scales = {number.scale for number, _ in known if not number.money}
    if scales - {""} and len(scales) == 1 and not has_marks:
        return None
    allowed = {mark: sum(n for number, n in known if number.is_valid(mark)) for mark in (".", ",")}
    marks: tuple[Decimal, Decimal] = (".", ",") if default == "." else (",", ".")
    likeliest: Decimal = max(marks, key=lambda mark: allowed[mark])
    decimal = told or likeliest
    with_sign = sum(n for number, n in known if number.percent)
    total = sum(n for _, n in known)
    is_mixed = _MIXED * total < with_sign < (1 - _MIXED) * total
    shares = [
        abs(number.value(decimal))
        for number, _ in known
        if not number.percent and number.is_valid(decimal)
    ]
    return NumberFormat(decimal, unit, is_mixed and max(shares, default=2.0) <= 1)


def as_numbers(entries: pd.Series, how: NumberFormat) -> pd.Series:
    """Return the numbers that texts stand for, NaN where one is none.

    Examples
    --------
    >>> entries = pd.Series(["1.250", "950", "3,5", "(7)", "n/k"])
    >>> as_numbers(entries, NumberFormat(",")).tolist()
    [1250.0, 950.0, 3.5, -7.0, nan]
    >>> as_numbers(pd.Series(["50%", "0.25"]), NumberFormat(percent=True)).tolist()
    [0.5, 0.25]
    """
    return pd.Series([_value(str(one), how) for one in entries], entries.index, np.float64)


def _value(entry: str, how: NumberFormat) -> float:
    number = taken_apart(entry)
    if number is None or not number.is_valid(how.decimal) or number.unit not in ("", how.unit):
        return np.nan
    value = number.value(how.decimal)
    return value / 100 if number.percent and how.percent else value


def decimal_votes(entries: Iterable[str]) -> dict[str, int]:
    """Count the entries that only one decimal mark allows, by that mark, and those left open.

    ``open.`` and ``open,`` count numbers such as ``1.250`` and ``1,250``; ``bare`` is 1 if whole
    numbers below 1000 stand beside them, and none above: then the mark is that of thousands.

    Examples
    --------
    >>> decimal_votes(["3,5", "1.250", "950"])
    {'.': 0, ',': 1, 'open.': 1, 'open,': 0, 'bare': 1}
    """
    votes = {".": 0, ",": 0, "open.": 0, "open,": 0, "bare": 0}
    bare, above = 0, 0
    for entry in entries:
        number = taken_apart(entry)
        if number is None or number.power:
            continue
        digits = number.digits
        if digits.isdigit():
            bare += len(digits) <= 3
            above += len(digits) > 3
        elif _OPEN.fullmatch(digits):
            votes["open." if "." in digits else "open,"] += 1
        else:
            valid = [mark for mark in (".", ",") if number.is_valid(mark)]
            if len(valid) == 1:
                votes[valid[0]] += 1
    votes["bare"] = int(bool(bare) and not above)
    return votes


def decimal_of(columns: Iterable[Iterable[str]], delimiter: str) -> tuple[Decimal, str]:
    """Decide the decimal mark of a file from its columns.

    Returns
    -------
    decimal : {".", ","}
    example : str
        A number such as ``1.250``, if the file leaves open what it says, else empty.

    Examples
    --------
    >>> decimal_of([["900", "1.094"], ["0,01", "0,26"]], ";")
    (',', '')
    >>> decimal_of([["1.250", "3.500"]], ";")
    (',', '1.250')
    """
    votes = [(decimal_votes(column), column) for column in map(list, columns)]
    points = sum(vote["."] for vote, _ in votes)
    commas = sum(vote[","] for vote, _ in votes)
    if points or commas:
        return ("," if commas > points else "."), ""
    undecided = {
        key: [(vote, column) for vote, column in votes if vote[key]] for key in ("open.", "open,")
    }
    if not any(undecided.values()):
        return ".", ""
    key = max(undecided, key=lambda one: len(undecided[one]))
    is_grouped = any(vote["bare"] for vote, _ in undecided[key])
    # A file of semicolons comes from where the comma is the decimal mark.
    is_comma = delimiter == ";" if not is_grouped else key == "open."
    is_clear = (key == "open," and delimiter != ";") or is_grouped
    is_clear = is_clear or (key == "open." and delimiter in ", ")
    example = next(
        entry
        for _, column in undecided[key]
        for entry in column
        if (number := taken_apart(entry)) is not None and _OPEN.fullmatch(number.digits)
    )
    return ("," if is_comma else "."), "" if is_clear else example
