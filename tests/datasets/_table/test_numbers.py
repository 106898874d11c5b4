"""Numbers as people write them, a column at a time."""

import math

import pandas as pd
import pytest

from bakeoff.datasets._table.numbers import as_numbers, decimal_of, number_format


def read(entries, **how):
    series = pd.Series(entries)
    found = number_format(series.value_counts(), **how)
    return None if found is None else as_numbers(series, found).tolist()


@pytest.mark.parametrize(
    ("entries", "values"),
    [
        (["$1,250.00", "$3"], [1250, 3]),
        (["-$5", "$-6", "+3"], [-5, -6, 3]),
        (["US$ 5", "R$ 6.50"], [5, 6.5]),
        (["€ 1.250,00", "3,00 €"], [1250, 3]),
        (["12,500만원", "1억원"], [125_000_000, 100_000_000]),
        (["5천원", "800원"], [5000, 800]),
        (["1억 2,000만원", "3억원", "1.5억원"], [120_000_000, 300_000_000, 150_000_000]),
        (["1억2000만", "9천5백만", "3천만"], [120_000_000, 95_000_000, 30_000_000]),
        (["1億2,000万円", "3千万円", "3万5千円"], [120_000_000, 30_000_000, 35_000]),
        (["-1조 2억 3만 4원", "5원"], [-1_000_200_030_004, 5]),
        (["$56.7M", "$900K", "$1.2 billion"], [56_700_000, 900_000, 1_200_000_000]),
        (["1.2M", "900K", "12"], [1_200_000, 900_000, 12]),
        (["(1,234.50)", "12.5"], [-1234.5, 12.5]),
        (["5-", "1.234,5-"], [-5, -1234.5]),
        (["\u22125", "3"], [-5, 3]),
        (["50 137,50", "1\u202f200,00"], [50_137.5, 1200]),
        (["2'000", "1\u2019234.5"], [2000, 1234.5]),
        (["12,34,567", "1,23,456"], [1_234_567, 123_456]),
        (["12 %", "13.5%"], [12, 13.5]),
        (["50%", "0.25", "10 %"], [0.5, 0.25, 0.1]),  # a percent beside a share
        (["50%", "45", "30"], [50, 45, 30]),
        (["1e5", "2.5E-3"], [100_000, 0.0025]),
        (["1.5 m", "2.25 m"], [1.5, 2.25]),
        (["7.5 t", "12.1 t"], [7.5, 12.1]),
    ],
)
def test_a_column_of_numbers(entries, values):
    assert read(entries) == pytest.approx(values)


def test_one_word_behind_many_numbers_is_their_unit():
    assert read([f"{year}년" for year in range(1990, 2010)]) == list(range(1990, 2010))
    assert read([f"{n} kg" for n in range(50, 90)]) == list(range(50, 90))


@pytest.mark.parametrize(
    "entries",
    [
        ["3 doors", "5 doors"],
        ["1B", "2B", "3B"],
        ["12A", "12B"],
        ["A1", "A2"],
        ["1st", "2nd"],
        ["10-20", "20-30"],
        ["red", "blue"],
        ["+82 10-1234-5678"],
        ["2026-01-31"],
        ["12:30"],
    ],
)
def test_names_with_numbers_in_them_are_none(entries):
    found = read(entries)
    assert found is None or all(map(math.isnan, found))


@pytest.mark.parametrize("entry", ["3억 5천", "1억 500", "2천 5천", "1억 12,000만", "3억 5억"])
def test_steps_that_may_mean_another_amount_are_no_number(entry):
    assert math.isnan(read(["1억 2,000만", "3억", entry])[2])


@pytest.mark.parametrize(
    ("entries", "default", "values"),
    [
        (["1.094", "900"], ",", [1094, 900]),
        (["1.094", "900"], ".", [1.094, 900]),
        (["0.950", "1.250"], ",", [0.95, 1.25]),  # no thousands begin with 0
        (["1.250", "3,5"], ".", [1250, 3.5]),
        (["1,250", "3.5"], ",", [1250, 3.5]),
        (["12345.678", "1.250"], ",", [12345.678, 1.25]),
        (["1.234.567", "1.250"], ".", [1_234_567, 1250]),
    ],
)
def test_one_decimal_mark_holds_for_the_whole_column(entries, default, values):
    assert read(entries, default=default) == values


def test_what_the_mark_does_not_allow_is_no_number():
    assert math.isnan(read(["1.5", "2.5", "3,75"])[2])


@pytest.mark.parametrize(
    ("columns", "delimiter", "decimal", "example"),
    [
        ([["1,5"], ["1.250", "900"]], ";", ",", ""),
        ([["1.5"], ["1,250"]], ";", ".", ""),
        ([["950", "1.250"]], ";", ",", ""),  # 950 would be 950.000
        ([["950", "1,250"]], ";", ".", ""),
        ([["950", "1.250"]], ",", ",", ""),
        ([["1.250", "2.375"]], ";", ",", "1.250"),
        ([["1.250", "2.375"]], ",", ".", ""),
        ([["1.250", "2.375"]], "\t", ".", "1.250"),
        ([["1,250", "2,375"]], ",", ".", ""),
        ([["1,250", "2,375"]], ";", ",", "1,250"),
        ([["a", "1"]], ";", ".", ""),
    ],
)
def test_the_file_decides_what_a_column_leaves_open(columns, delimiter, decimal, example):
    assert decimal_of(columns, delimiter) == (decimal, example)
