"""Dates and times as people write them, a whole column in one order of day and month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Order = Literal["dmy", "mdy", "ymd", "other", "yyyymmdd", "yyyymm", "seconds", "milliseconds"]

_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?"
_SHORT = re.compile(  # 31.01.2026, 1/31/26, 26-01-31
    r"(?P<a>\d{1,2})(?P<mark>[-/.])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<c>\d{4}|\d{2})\.?"
    rf"(?:[ T,]+(?P<time>{_TIME}))?",
    re.IGNORECASE,
)
_LONG = re.compile(
    # 2026-01-31, 2026년 1월
    r"(19|20)\d{2}\s?[-/.년]\s?(0?[1-9]|1[0-2])(?!\d)(\s?[-/.월](?!-).*)?"
    rf"|\d{{1,2}}[ -](?={_MONTHS}){_MONTHS}[a-z]*[ ,-]+\d{{2,4}}.*"
    rf"|{_MONTHS}[a-z]*\.? \d{{1,2}},? \d{{4}}.*"
    rf"|{_TIME}",
    re.IGNORECASE,
)
_CLOCK = re.compile(_TIME, re.IGNORECASE)
_SEASON = re.compile(r"(\d{4})-(\d{2})")  # 2009-10, which is no October where 2012-13 stands too
_KOREAN = (
    (r"\s*[년월]\s*", "-"),
    (r"[일.\s-]+$", ""),
    (r"(?<=\d)일", ""),
    (r"(?<=\d)\.\s?(?=\d)", "-"),
)
_NAME = re.compile(r".*(date|time|day|날짜|일자|일시|시각|yyyymm).*", re.IGNORECASE)
EARLIEST = 190_001  # the least whole number that is a month; days and seconds are larger
_FEWEST_MONTHS = 5  # different numbers like 202301; fewer may be so by chance


@dataclass(frozen=True)
class DateFormat:
    """How the dates of one column are written.

    Attributes
    ----------
    order : str
        ``dmy``, ``mdy`` or ``ymd`` for the numbers of a short date, ``yyyymmdd``, ``yyyymm``,
        ``seconds`` or ``milliseconds`` for whole numbers, ``other`` for what says it itself.
    """

    order: Order


def looks_like_a_date(entry: str) -> bool:
    """Say whether one entry may be a date or a time.

    Examples
    --------
    >>> looks_like_a_date("31.1.2026"), looks_like_a_date("Dec 08, 2045"), looks_like_a_date("3.1")
    (True, True, False)
    """
    return any(
        re.fullmatch(one.pattern, entry, re.IGNORECASE) is not None for one in (_SHORT, _LONG)
    )


def date_format(
    entries: pd.Series, *, default: Order = "mdy", told: bool | None = None
) -> tuple[DateFormat | None, bool]:
    """Find out how a column of texts writes dates.

    Parameters
    ----------
    entries : Series of str
        Different ones in the order of the rows, missing ones excluded.
    default : {"mdy", "dmy"}
        The order where the column leaves it open.
    told : bool, optional
        Whether the day stands first, where the column allows it.

    Returns
    -------
    how : DateFormat or None
        None where the column holds no dates.
    is_open : bool
        Whether the column allows day first and month first alike.

    Examples
    --------
    >>> date_format(pd.Series(["01/02/2023", "31/12/2023"]))
    (DateFormat(order='dmy'), False)
    >>> date_format(pd.Series(["01/02/2023", "03/01/2023"]))
    (DateFormat(order='mdy'), True)
    """
    short = entries.str.fullmatch(_SHORT.pattern, flags=re.IGNORECASE)
    if short.mean() < 0.5:
        is_season = entries.str.fullmatch(_SEASON.pattern) & (
            entries.str[5:7].where(entries.str.fullmatch(_SEASON.pattern), "0").astype(int) > 12
        )
        found = not is_season.any() and _is_long(entries)
        return (DateFormat("other"), False) if found else (None, False)
    written = entries[short]
    right: dict[Order, pd.Series] = {o: _short(written, o) for o in ("dmy", "mdy", "ymd")}
    n_right = {order: int(dates.notna().sum()) for order, dates in right.items()}
    best = max(n_right.values())
    if best < 0.9 * len(entries):
        return None, False
    possible = [order for order, n in n_right.items() if n == best]
    if len(possible) == 1:
        return DateFormat(possible[0]), False
    if told is not None:
        wanted: Order = "dmy" if told else "mdy"
        return DateFormat(wanted if wanted in possible else possible[0]), False
    both = {"dmy", "mdy"} <= set(possible)
    if both and right["dmy"].equals(right["mdy"]):  # 05/05/2023
        return DateFormat(default), False
    in_order = [o for o in possible if _in_order(right[o])]
    if len(in_order) == 1:
        return DateFormat(in_order[0]), False
    if "ymd" in possible:  # 23-01-27: years lie closer together than days of other years
        return DateFormat(min(possible, key=lambda o: right[o].max() - right[o].min())), False
    if both and written.str.contains(".", regex=False).mean() > 0.5:
        return DateFormat("dmy"), False  # who writes points writes the day first
    return DateFormat(default if default in possible else possible[0]), both


def whole_number_format(name: str, present: pd.Series) -> DateFormat | None:
    """Say whether whole numbers are days, months, or seconds since 1970 by their name.

    Examples
    --------
    >>> whole_number_format("on", pd.Series([20230131, 20230201]))
    DateFormat(order='yyyymmdd')
    >>> whole_number_format("price", pd.Series([20230199, 20230201])) is None
    True
    """
    if present.empty:
        return None
    if present.between(19_000_101, 21_001_231).all():
        days = pd.to_datetime(present.astype("int64").astype(str), format="%Y%m%d", errors="coerce")
        return DateFormat("yyyymmdd") if days.notna().all() else None
    if present.between(EARLIEST, 210_012).all() and (present % 100).between(1, 12).all():
        is_known = _NAME.fullmatch(name) or present.nunique() >= _FEWEST_MONTHS
        return DateFormat("yyyymm") if is_known else None
    if _NAME.fullmatch(name):
        for order, unit in (("seconds", 1), ("milliseconds", 1e3)):
            if present.between(5e8 * unit, 5e9 * unit).all():
                return DateFormat(order)  # type: ignore[arg-type]
    return None


def as_dates(entries: pd.Series, how: DateFormat) -> pd.Series:
    """Return the moments that entries stand for, in UTC and without saying so; NaT for none.

    Times of day are those of the first day of 1970.

    Examples
    --------
    >>> as_dates(pd.Series(["01/02/2023", "n/k"]), DateFormat("dmy")).tolist()
    [Timestamp('2023-02-01 00:00:00'), NaT]
    """
    if how.order in ("dmy", "mdy", "ymd"):
        return _short(entries.astype("str"), how.order)
    if how.order == "other":
        return _long(entries.astype("str"))
    numbers = pd.to_numeric(entries, errors="coerce")
    if how.order in ("seconds", "milliseconds"):
        unit: Literal["s", "ms"] = "s" if how.order == "seconds" else "ms"
        return pd.to_datetime(numbers, unit=unit, errors="coerce")
    texts = numbers.where(numbers % 1 == 0).astype("Int64").astype("str")
    format = "%Y%m%d" if how.order == "yyyymmdd" else "%Y%m"
    return pd.to_datetime(texts, format=format, errors="coerce")


def days_since_1970(dates: pd.Series) -> pd.Series:
    """Return days, and of a time of day the part of the day that is over."""
    if dates.dt.tz is not None:
        dates = dates.dt.tz_convert("UTC").dt.tz_localize(None)
    return (dates - pd.Timestamp(0)) / pd.Timedelta(days=1)


def _short(entries: pd.Series, order: str) -> pd.Series:
    parts = entries.str.strip().str.extract(rf"^{_SHORT.pattern}$", flags=re.IGNORECASE)
    names = dict(zip(order, "abc", strict=True))
    year = pd.to_numeric(parts[names["y"]], errors="coerce")
    is_short = parts[names["y"]].str.len() <= 2
    year = year.where(~is_short, year + np.where(year < 69, 2000, 1900))  # as strptime does
    plain = pd.DataFrame(
        {
            "year": year,
            "month": pd.to_numeric(parts[names["m"]], errors="coerce"),
            "day": pd.to_numeric(parts[names["d"]], errors="coerce"),
        }
    )
    if order == "ymd":
        plain.loc[~is_short, "year"] = np.nan
        plain.loc[parts["c"].str.len() > 2, "day"] = np.nan
    dates = pd.to_datetime(plain, errors="coerce")
    return dates + _clock(parts["time"]) if parts["time"].notna().any() else dates


def _clock(times: pd.Series) -> pd.Series:
    moments = pd.to_datetime("1970-01-01 " + times, format="mixed", errors="coerce")
    return (moments - pd.Timestamp(0)).where(times.notna(), pd.Timedelta(0))


def _is_long(entries: pd.Series) -> bool:
    return bool(entries.str.fullmatch(_LONG.pattern, flags=re.IGNORECASE).mean() >= 0.9)


def _long(entries: pd.Series) -> pd.Series:
    plain = entries.str.strip()
    for pattern, by in _KOREAN:
        plain = plain.str.replace(pattern, by, regex=True)
    is_clock = plain.str.fullmatch(_CLOCK.pattern, flags=re.IGNORECASE)
    plain = plain.where(~is_clock, "1970-01-01 " + plain)
    looks_right = entries.str.fullmatch(_LONG.pattern, flags=re.IGNORECASE)
    dates = pd.to_datetime(plain.where(looks_right), format="mixed", errors="coerce", utc=True)
    return dates.dt.tz_localize(None)


def _in_order(dates: pd.Series) -> bool:
    """Whether days rise or fall from row to row, which the wrong order seldom makes them do."""
    present = dates.dropna()
    return len(present) > 2 and bool(
        present.is_monotonic_increasing or present.is_monotonic_decreasing
    )
