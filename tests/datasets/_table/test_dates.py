"""Dates, a whole column in one order of day and month."""

import datetime

import pandas as pd
import pytest

from bakeoff.datasets._table.dates import (
    as_dates,
    date_format,
    days_since_1970,
    whole_number_format,
)


def read(entries, **how):
    series = pd.Series(entries)
    found, is_open = date_format(series, **how)
    if found is None:
        return None, is_open
    return as_dates(series, found).dt.strftime("%Y-%m-%d %H:%M").tolist(), is_open


@pytest.mark.parametrize(
    ("entries", "dates"),
    [
        (["06/01/2023", "31/12/2023"], ["2023-01-06", "2023-12-31"]),
        (["06/01/2023", "12/31/2023"], ["2023-06-01", "2023-12-31"]),
        (["05.06.2023", "03.04.2023", "01.09.2022"], ["2023-06-05", "2023-04-03", "2022-09-01"]),
        # In order one way only.
        (["01/02/2023", "01/03/2023", "02/01/2023"], ["2023-01-02", "2023-01-03", "2023-02-01"]),
        (["03/01/2023", "04/01/2023", "01/02/2023"], ["2023-01-03", "2023-01-04", "2023-02-01"]),
        (["1/31/26", "2/1/69"], ["2026-01-31", "1969-02-01"]),
        (["23-01-27", "23-02-28"], ["2023-01-27", "2023-02-28"]),
        (["2026-01-31", "2026.2.1", "2026/12/24"], ["2026-01-31", "2026-02-01", "2026-12-24"]),
        (["2026년 1월 31일", "2026년 12월 1일"], ["2026-01-31", "2026-12-01"]),
        (["2026. 1. 31.", "2026. 2. 1."], ["2026-01-31", "2026-02-01"]),
        (["Jan 5, 2020", "Feb 6, 2021"], ["2020-01-05", "2021-02-06"]),
        (["05-Jan-20", "6 Feb 2021"], ["2020-01-05", "2021-02-06"]),
    ],
)
def test_a_column_of_dates(entries, dates):
    assert read(entries) == ([f"{date} 00:00" for date in dates], False)


def test_times_stand_with_dates_and_alone():
    found, _ = read(["31.01.2026 10:20", "01.02.2026 6:05 pm"])
    assert found == ["2026-01-31 10:20", "2026-02-01 18:05"]
    assert read(["06:00", "18:30"])[0] == ["1970-01-01 06:00", "1970-01-01 18:30"]
    assert read(["2026-01-01T10:00:00Z", "2026-01-01T10:00:00+02:00"])[0] == [
        "2026-01-01 10:00",
        "2026-01-01 08:00",
    ]


def test_what_a_column_leaves_open_is_decided_by_who_knows():
    entries = ["05/04/2023", "01/02/2023", "03/06/2023"]
    assert read(entries)[1] is True
    assert read(entries, default="dmy") == (
        ["2023-04-05 00:00", "2023-02-01 00:00", "2023-06-03 00:00"],
        True,
    )
    assert read(entries, told=True)[0] == read(entries, default="dmy")[0]
    assert read(entries, told=True)[1] is False
    # Nobody can tell what is not possible.
    assert read(["05/31/2023", "01/02/2023"], told=True)[0][1] == "2023-01-02 00:00"


@pytest.mark.parametrize(
    "entries", [["1.2.3"], ["20/20/2020"], ["0010-12"], ["2009-10", "2012-13"], ["a"], ["1.5"]]
)
def test_these_are_no_dates(entries):
    assert read(entries) == (None, False)


def test_days_follow_one_another_over_the_end_of_a_month():
    numbers = pd.Series([20230131, 20230201, None])
    found = whole_number_format("on", numbers.dropna())
    days = days_since_1970(as_dates(numbers, found))
    assert days[1] - days[0] == 1
    assert days[0] == (datetime.date(2023, 1, 31) - datetime.date(1970, 1, 1)).days
    assert pd.isna(days[2])


@pytest.mark.parametrize(
    ("name", "values", "order"),
    [
        ("x", [20230131, 20240229], "yyyymmdd"),
        ("x", [20230131, 20230230], None),
        ("month", [202212, 202301], None),
        ("date", [202212, 202301], "yyyymm"),
        ("x", [202208, 202209, 202210, 202211, 202212, 202301], "yyyymm"),
        ("x", [202213, 202209, 202210, 202211, 202212, 202301], None),
        ("timestamp", [1_600_000_000, 1_700_000_000], "seconds"),
        ("timestamp", [1_600_000_000_000, 1_700_000_000_000], "milliseconds"),
        ("amount", [1_600_000_000, 1_700_000_000], None),
    ],
)
def test_whole_numbers_that_are_dates(name, values, order):
    found = whole_number_format(name, pd.Series(values))
    assert (found and found.order) == order
