"""Any table, however it is written: what was written is what is read, or the file says so.

What hypothesis draws is the same in each run; HYPOTHESIS_EXAMPLES draws more, for an evening say.
"""

import csv
import datetime
import io
import math
import os
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bakeoff.datasets import describe_table, read_table
from bakeoff.datasets._table.missing import MARKERS

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "20"))
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
HOLES = st.sampled_from(["", "NA", "n/a", "?", "-", "NaN"])
WORDS = st.sampled_from(
    ["red", "green", "blue", "서울", "부산", "café", "a b", "x;y", 'say "no"', "1st", "two\nlines"]
)
FREE = st.text(st.characters(exclude_categories=["C", "Z"], max_codepoint=0x24F), max_size=8)
DATES = st.dates(datetime.date(1950, 1, 1), datetime.date(2060, 12, 31))
ORDERS = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y%m%d", "%b %d, %Y", "%Y년 %m월 %d일"]
NAMES = st.one_of(
    st.sampled_from(
        ["a", "b", "id", "2019", "2020", "키", "Größe", "", "x" * 300, "a,b", "y", "1"]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"], max_codepoint=0x24F), max_size=6),
)


class Written(NamedTuple):
    """A column as it stands in the file, and what it says."""

    cells: list[str]
    values: list[Any]


class File(NamedTuple):
    content: bytes
    names: list[str] | None
    columns: list[Written]
    delimiter: str
    mark: str
    encoding: str


def number(value, mark, thousands):
    text = f"{value:,}" if thousands else str(value)
    return text.translate(str.maketrans({",": ".", ".": ","})) if mark == "," else text


@st.composite
def columns(draw, n_rows, mark):
    kind = draw(st.sampled_from(["int", "float", "amount", "bool", "word", "free", "date"]))
    if kind == "int":
        values = draw(st.lists(st.integers(-(10**6), 10**6), min_size=n_rows, max_size=n_rows))
        cells = [str(value) for value in values]
    elif kind in ("float", "amount"):
        one = st.decimals(-99999, 99999, places=2 if kind == "amount" else draw(st.integers(1, 6)))
        values = [float(value) for value in draw(st.lists(one, min_size=n_rows, max_size=n_rows))]
        cells = [number(value, mark, kind == "amount") for value in values]
    elif kind == "bool":
        spelt = draw(
            st.sampled_from([("True", "False"), ("yes", "no"), ("예", "아니오"), ("1", "0")])
        )
        cells = values = draw(st.lists(st.sampled_from(spelt), min_size=n_rows, max_size=n_rows))
    elif kind == "date":
        values = draw(st.lists(DATES, min_size=n_rows, max_size=n_rows))
        order = draw(st.sampled_from(ORDERS))
        cells = [value.strftime(order) for value in values]
    else:
        of = WORDS if kind == "word" else FREE
        cells = values = draw(st.lists(of, min_size=n_rows, max_size=n_rows))
    if draw(st.booleans()):
        hole = draw(HOLES)
        holes = draw(st.sets(st.integers(0, n_rows - 1), max_size=max(n_rows // 4, 1)))
        cells = [hole if i in holes else cell for i, cell in enumerate(cells)]
        values = [None if i in holes else value for i, value in enumerate(values)]
    return Written(cells, values)


@st.composite
def files(draw, is_plain=False):
    """A file as bytes, and what stands in it; a plain one leaves no doubt about what is a name."""
    n_rows = draw(st.integers(10, 40) if is_plain else st.integers(1, 40))
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    mark = draw(st.sampled_from([".", ","])) if delimiter != "," else "."
    made = draw(st.lists(columns(n_rows, mark), min_size=2, max_size=5))
    if is_plain:
        numbers = [str(i * 1.5).replace(".", mark) for i in range(n_rows)]
        made = [*made, Written(numbers, [i * 1.5 for i in range(n_rows)])]
        names = [f"name {i}" for i in range(len(made) - 1)] + [draw(st.sampled_from(["y", "값"]))]
    else:
        some = st.lists(NAMES, min_size=len(made), max_size=len(made)).filter(any)
        names = draw(st.one_of(st.none(), some))
    text = io.StringIO(newline="")
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    # A line end that is not the file's own has no quotes around it where they are minimal.
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])) if "\n" in end else 1
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([] if names is None else [names])
    writer.writerows(zip(*(one.cells for one in made), strict=True))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949", "cp1252"]))
    try:
        content = text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        encoding, content = "utf-8", text.getvalue().encode()
    return File(content, names, made, delimiter, mark, encoding)


def says(read, cell, value):
    """Whether what was read is what was written: its value, or its text where it stayed one."""
    if isinstance(read, str):
        return read == cell.strip()
    if pd.isna(read):
        return value is None or cell.strip().lower() in MARKERS | {""}
    if isinstance(read, pd.Timestamp):
        return isinstance(value, datetime.date) and read == pd.Timestamp(value)
    if isinstance(read, (bool, np.bool_)):
        return str(read) == cell
    wanted = float(cell) if isinstance(value, (str, datetime.date)) else value
    return value is not None and math.isclose(read, wanted, rel_tol=1e-9)


def check(file, table):
    """Hold that no row, no column and no value was lost or changed without a word."""
    assert len(table.frame) == len(file.columns[0].cells)
    is_open = {question.parameter for question in table.questions}
    for one, (name, read) in zip(file.columns, table.frame.items(), strict=True):
        for value, cell, written in zip(read, one.cells, one.values, strict=True):
            assert is_open or says(value, cell, written), (name, value, cell)


def refused(call, *args, **told):
    """What comes of it, or nothing and why not."""
    try:
        return call(*args, **told), ""
    except ValueError as problem:
        return None, str(problem)


def made(content):
    return describe_table(read_table(content)).to_dataset("a", "a test")


@BOUNDED
@given(files())
def test_what_was_written_is_what_is_read_where_it_is_told_how(file):
    told = {"delimiter": file.delimiter, "decimal": file.mark, "encoding": file.encoding}
    told |= {"header": file.names is not None, "skip_rows": 0, "skip_footer": 0}
    table, why = refused(read_table, file.content, **told)
    if table is None:
        assert why == "the file is empty"
        return
    check(file, table)
    if file.names is not None:
        assert [one.split(".")[0] for one in table.frame if not one.startswith("Unnamed")] == [
            one.strip().split(".")[0] for one in file.names if one.strip()
        ]


@BOUNDED
@given(files(is_plain=True))
def test_how_a_plain_file_is_written_is_found_out(file):
    table = read_table(file.content)
    assert (table.delimiter, table.decimal, table.header) == (file.delimiter, file.mark, True)
    assert list(table.frame) == file.names
    check(file, table)
    pd.testing.assert_frame_equal(read_table(file.content).frame, table.frame)


@BOUNDED
@given(files())
def test_a_table_becomes_a_data_set_or_says_in_one_sentence_why_not(file):
    data, why = refused(made, file.content)
    if data is None:
        assert why
        assert "\n" not in why
        return
    assert data.X.shape == (len(data.y), len(data.feature_names))
    assert not np.isinf(data.X).any()
