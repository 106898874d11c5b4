"""What says that a value is missing, and when it is a value itself."""

import pandas as pd
import pytest

from bakeoff.datasets import read_table
from bakeoff.datasets._table.missing import is_marker, markers_as_values


def column(entries, name="x"):
    return pd.Series(entries, name=name, dtype="str")


@pytest.mark.parametrize("entry", ["", " ", "?", "NA", "n/a", "NuLL", "NaN", "None", "-", "#N/A"])
def test_these_are_missing_in_any_case(entry):
    assert is_marker(column([entry])).all()


@pytest.mark.parametrize(
    ("words", "numbers", "found"),
    [
        (["+", "-", "+"], [], "-"),
        (["EU", "NA", "SA"], [], "NA"),
        (["EU", "NA", "SA"], ["NA", "1"], "NA"),  # a code among codes
        (["None", "mild"] * 9, [], "None"),
        (["None", "mild"] * 9, ["1", "None"], None),
        (["None", "mild", "?"] * 9, [], None),  # two markers
        (["None", "mild", None] * 9, [], None),  # and empty cells
        (["None"] + ["mild", "bad"] * 50, [], None),  # seldom
        (["?", "mild"] * 9, [], None),  # nobody calls a class so
        (["None"] * 9, [], None),
    ],
)
def test_a_marker_is_a_value_where_a_column_uses_it_as_one(words, numbers, found):
    known = markers_as_values([column(words)], [column(numbers)] if numbers else [])
    assert list(known) == ([] if found is None else [found])


def test_a_marker_that_is_a_value_stays_missing_among_numbers():
    lines = "".join(f"{['NA', i][i % 9 > 0]},{['NA', 'EU'][i % 2]}\n" for i in range(60))
    frame = read_table(f"size,region\n{lines}".encode()).frame
    assert frame.isna().sum().to_dict() == {"size": 7, "region": 0}
