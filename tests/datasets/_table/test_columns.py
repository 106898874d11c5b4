"""What columns are taken for, each by the sentence that says why."""

import datetime
import decimal

import numpy as np
import pandas as pd
import pytest

from bakeoff.datasets._table.cells import read_column
from bakeoff.datasets._table.columns import judge

N = 200
RNG = np.random.default_rng(0)
DAYS = pd.date_range("2020", periods=N)


def judged(raw, **told):
    return judge(*read_column(raw, **told))


def column(values, name="x"):
    return judged(pd.Series(values, name=name))[0]


@pytest.mark.parametrize(
    ("name", "values", "kind", "use", "reason"),
    [
        ("x", RNG.normal(size=N), "number", True, "numbers"),
        ("x", RNG.integers(0, 9, N), "number", True, "whole_numbers"),
        ("salary", RNG.integers(0, 10**9, N), "number", True, "all_different"),
        ("x", ["1,234", "2,000,000.5"] * 100, "number", True, "numbers"),
        ("x", ["12 %", "13.5%"] * 100, "number", True, "numbers"),
        ("x", [decimal.Decimal("1.5"), decimal.Decimal(2)] * 100, "number", True, "numbers"),
        ("x", ["1"] * 150 + ["n/k"] * 10 + ["2"] * 40, "number", True, "some_no_numbers"),
        ("type_id", RNG.integers(0, 3, N), "number", True, "whole_numbers"),
        ("x", RNG.choice(["yes", "No"], N), "boolean", True, "two_answers"),
        ("x", RNG.choice(["예", "아니오"], N), "boolean", True, "two_answers"),
        ("x", RNG.random(N) > 0.5, "boolean", True, "two_answers"),
        ("x", [True, None, False, True] * 50, "boolean", True, "two_answers"),
        ("x", RNG.choice(list("abc"), N), "category", True, "categories"),
        ("x", pd.Categorical(RNG.choice(list("ab"), N)), "category", True, "categories"),
        ("x", [1, "a", None, 2.5] * 50, "category", True, "categories"),
        ("x", [[1], [2]] * 100, "category", True, "categories"),
        ("x", [f"x{i // 2}" for i in range(N)], "category", False, "many_categories"),
        ("x", [f"p {i}" for i in range(N)], "identifier", False, "identifier_texts"),
        ("x", np.arange(N), "identifier", False, "identifier_numbers"),
        ("x", np.arange(N)[::-1] + 1000.0, "identifier", False, "identifier_numbers"),
        # Numbers of rows rise: ages and scores that are all different do not.
        ("age", RNG.permutation(N) + 20, "number", True, "all_different"),
        ("year", np.arange(1900, 1900 + N // 2), "number", True, "whole_numbers"),
        ("Air Quality Index", RNG.integers(0, 10**6, N), "number", True, "all_different"),
        ("index", RNG.integers(0, 10**6, N), "identifier", False, "identifier_name"),
        ("row_index", RNG.integers(0, 10**6, N), "identifier", False, "identifier_name"),
        ("price", ["$1,250.00", "$3.50"] * 100, "number", True, "numbers"),
        ("price", ["12,500만원", "9,000만원"] * 100, "number", True, "whole_numbers"),
        ("PassengerId", RNG.integers(0, 10**9, N), "identifier", False, "identifier_name"),
        ("user_id", RNG.integers(0, 60, N), "identifier", False, "identifier_name"),
        ("Unnamed: 0", np.arange(N) * 5, "identifier", False, "identifier_name"),
        ("고객번호", RNG.integers(0, 10**9, N), "identifier", False, "identifier_name"),
        ("x", [10**30 + i for i in range(N)], "identifier", False, "identifier_texts"),
        (
            "x",
            [f"this is a long text with number {i}" for i in range(N)],
            "text",
            False,
            "free_text",
        ),
        ("x", DAYS, "date", False, "dates"),
        ("x", DAYS.astype(str), "date", False, "dates"),
        ("x", DAYS.strftime("%d.%m.%Y"), "date", False, "dates"),
        ("x", DAYS.strftime("%b %d, %Y"), "date", False, "dates"),
        ("x", DAYS.strftime("%Y년 %m월 %d일"), "date", False, "dates"),
        ("x", DAYS.strftime("%Y%m%d").astype(int), "date", False, "dates"),
        ("x", DAYS.strftime("%Y%m%d"), "date", False, "dates"),
        ("x", [f"{i % 24:02}:{i % 60:02}" for i in range(N)], "date", False, "dates"),
        ("x", [datetime.date(2020, 1, i % 28 + 1) for i in range(N)], "date", False, "dates"),
        ("timestamp", RNG.integers(1_600_000_000, 1_700_000_000, N), "date", False, "dates"),
        ("amount", [1_600_000_000, 1_600_000_001] * 100, "number", True, "whole_numbers"),
        ("x", ["1.2.3", "1.2.4"] * 100, "category", True, "categories"),
        ("x", ["10.0.12.5", "10.0.12.6"] * 100, "category", True, "categories"),
        ("x", ["0010-12", "0020-31"] * 100, "category", True, "categories"),
        ("x", [1] * N, "constant", False, "constant"),
        ("x", ["a", None] * 100, "constant", False, "constant"),
        ("x", [np.nan] * N, "constant", False, "empty"),
        ("x", ["", None] * 100, "constant", False, "empty"),
    ],
)
def test_a_column_is_taken_for_what_a_person_would_say(name, values, kind, use, reason):
    found = column(values, name)
    assert (found.kind, found.use, found.reason.code) == (kind, use, reason)
    assert str(found.reason)  # all braces have a fact


def test_infinity_is_missing_and_counted():
    found, values = judged(pd.Series([np.inf, 1.5, -np.inf, 2.5, np.nan], name="x"))
    assert (found.n_infinite, found.n_missing, found.n_distinct) == (2, 3, 2)
    assert not np.isinf(values).any()


def test_numbers_with_thousands_follow_the_decimal_mark():
    texts = pd.Series(["1.234,5", "7,25", "80"], name="x")
    assert judged(texts, decimal=",")[1].tolist() == [1234.5, 7.25, 80]
    assert judged(pd.Series(["1 234.5", "2'000"], name="x"))[1].tolist() == [1234.5, 2000]


def test_what_is_no_number_among_numbers_is_named():
    found = column(["n/k"] + [str(i / 7) for i in range(99)])
    assert dict(found.reason.facts) == {"count": 1, "example": "n/k"}
    assert found.n_missing == 1


def test_a_whole_number_beyond_int64_is_a_number_when_it_is_no_name():
    assert column(["5", "99999999999999999999"] * 20).kind == "category"
    assert column([5, 2**63] * 20).kind == "number"
