"""Where a table begins in its file, how lines are cut, and which of them name the columns."""

import numpy as np
import pandas as pd
import pytest

from bakeoff.datasets import read_table

N = 40
ROWS = "".join(f"{i * 0.5},{i * i % 17},{'ab'[i % 2]}\n" for i in range(N))
BLANKS = ROWS.replace(",", " ")
RNG = np.random.default_rng(0)
NAMES = ["length", "width", "kind"]


def frame_of(text, **told):
    return read_table(text.encode(), **told).frame


@pytest.mark.parametrize(
    ("above", "n_lines"),
    [
        ("", 0),
        ("# exported by lab 7\n# lengths in cm\n", 2),
        ("# lab, plant, 7\n", 1),
        ("Measurements of plant 7\nGenerated 2024-05-01\n\n", 3),
        ("Plants, 2024\n", 1),
        ("Report,,\n,,\n", 2),
        ("sep=,\n", 1),
        ("\n\n", 2),
    ],
)
def test_what_stands_above_the_names_is_skipped_and_counted(above, n_lines):
    file = read_table(f"{above}length,width,kind\n{ROWS}".encode())
    assert (list(file.frame), len(file.frame), file.skip_rows) == (NAMES, N, n_lines)
    told = read_table(f"{above}length,width,kind\n{ROWS}".encode(), skip_rows=n_lines)
    pd.testing.assert_frame_equal(told.frame, file.frame)


@pytest.mark.parametrize(
    ("text", "names", "n_rows"),
    [
        ("#id,b,kind\n" + ROWS, ["#id", "b", "kind"], N),
        ("a,b,c\n1,2,3\n", ["a", "b", "c"], 1),
        ('"a\nb",c\n1,2\n3,4\n', ["a\nb", "c"], 2),
        ("length,width,kind\n1\n" + ROWS, NAMES, N + 1),  # a short row is no title
        ("length,width,kind\nn/k,5,b\n" + ROWS, NAMES, N + 1),  # and a slip no name
        ("kind,length,width\nb,x,x\n" + ROWS, ["kind", "length", "width"], N + 1),
        ("a,b\n1,2,\n3,4,\n", ["a", "b"], 2),
        ("mpg,cyl\n" + "".join(f"car {i},{i},{i % 3}\n" for i in range(9)), None, 9),
    ],
)
def test_ordinary_files_lose_nothing(text, names, n_rows):
    frame = frame_of(text)
    assert (list(frame), len(frame)) == (names or ["Unnamed: 0", "mpg", "cyl"], n_rows)


@pytest.mark.parametrize(
    ("first", "is_header"),
    [
        ("country,2019,2020", True),
        ("0,1,2", True),
        ("2019,2020,2021", True),
        ("Land,1.5,2", False),
        ("1.5,2.5,3.5", False),
        ("?,2,3", False),
    ],
)
def test_numbers_name_columns_where_they_count_them_or_are_years(first, is_header):
    rows = "".join(f"{i * 0.5},{i * 7 % 11}.5,{i * 5 % 13}.25\n" for i in range(N))
    rows = (
        "".join(f"L{i},{i * 7 % 11}.5,{i * 5 % 13}.25\n" for i in range(N))
        if "n" in first
        else rows
    )
    assert read_table(f"{first}\n{rows}".encode()).header is is_header


@pytest.mark.parametrize(
    ("first", "rows", "is_header"),
    [
        ("Dec 08, 2045", "Apr 04, 1950\nNov 02, 1950\n" * 9, False),
        ("31.1.2026,a", "1.2.2026,b\n2.2.2026,a\n" * 9, False),
        ("when,what", "1.2.2026,b\n2.2.2026,a\n" * 9, True),
        ("country,1/22/20,1/23/20", "Korea,1,2\nChad,0,1\n" * 9, True),
    ],
)
def test_dates_name_columns_over_numbers_and_never_over_dates(first, rows, is_header):
    assert read_table(f"{first}\n{rows}".encode()).header is is_header


def test_words_that_stand_in_their_column_again_are_no_names():
    rows = "".join(f"{'pe'[i % 2]},{'xyz'[i % 3]}\n" for i in range(N))
    assert read_table(rows.encode()).header is False
    assert read_table(f"class,shape\n{rows}".encode()).header is True


@pytest.mark.parametrize("n_levels", [2, 3])
@pytest.mark.parametrize("index", ["none", "unnamed", "named"])
def test_columns_of_several_levels_as_pandas_writes_them(n_levels, index):
    levels = [["a", "b"], [1, 2], ["x"]][:n_levels]
    columns = pd.MultiIndex.from_product(levels)
    frame = pd.DataFrame(RNG.normal(size=(N, 4)).round(3), columns=columns)
    frame.index.name = "step" if index == "named" else None
    read = frame_of(frame.to_csv(index=index != "none"))
    assert len(read) == N
    np.testing.assert_array_equal(read.iloc[:, -4:], frame)
    assert list(read)[-4:] == [" ".join(map(str, one)) for one in columns]


def test_units_below_the_names_are_a_part_of_them():
    file = read_table(f"length,width,kind\ncm,mm,\n{ROWS}".encode())
    assert (list(file.frame), file.header) == (["length cm", "width mm", "kind"], 2)
    told = read_table(f"length,width,kind\ncm,mm,\n{ROWS}".encode(), header=2)
    pd.testing.assert_frame_equal(told.frame, file.frame)


def test_levels_of_parquet_are_one_name(tmp_path):
    pytest.importorskip("pyarrow")
    columns = pd.MultiIndex.from_product([["a", "b"], ["x", "y"]])
    pd.DataFrame(np.ones((3, 4)), columns=columns).to_parquet(tmp_path / "t.parquet")
    assert list(read_table(tmp_path / "t.parquet").frame) == ["a x", "a y", "b x", "b y"]


@pytest.mark.parametrize(
    "text",
    [
        f"length width kind\n{BLANKS}",
        f"# one\n# two\nlength width kind\n{BLANKS}",
        "".join(f"  {line.replace(' ', '    ')}\n" for line in BLANKS.splitlines()),
    ],
)
def test_blanks_cut_columns_of_numbers(text):
    file = read_table(text.encode())
    assert (file.delimiter, file.frame.shape) == (" ", (N, 3))


def test_blanks_and_a_tab_before_a_quoted_name():
    lines = "".join(f'{i}.0   8   30{i % 9}.0\t"chevrolet {i % 5}"\n' for i in range(N))
    assert frame_of(lines).shape == (N, 4)


@pytest.mark.parametrize(
    "text",
    [
        "room\n" + "".join(f"Room {i}\n" for i in range(N)),
        "at\n" + "".join(f"2020-01-{i % 28 + 1:02} 10:00\n" for i in range(N)),
        "remark\n" + "".join(f"no {i} of them\n" for i in range(N)),
    ],
)
def test_blanks_within_texts_cut_nothing(text):
    assert frame_of(text).shape == (N, 1)


def test_a_first_row_that_is_too_long_moves_nothing():
    lines = ["1,240,4,90000.5", *(f"{i}.5,{i % 4},{90000 + i}.5" for i in range(N))]
    file = read_table(("area,rooms,price\n" + "\n".join(lines)).encode())
    assert (file.n_skipped, len(file.frame)) == (1, N)
    assert file.frame.price.min() == 90000.5


def test_blanks_before_quotes_are_not_part_of_a_field():
    lines = "".join(f'{i}, "Lyon, France", {"ab"[i % 2]}\n' for i in range(N))
    frame = frame_of(f"age, place, level\n{lines}")
    assert frame.iloc[0].tolist() == [0, "Lyon, France", "a"]


@pytest.mark.parametrize("told", [{"skip_rows": 99}, {"header": 99}])
def test_more_lines_than_there_are(told):
    with pytest.raises(ValueError, match=r"the file has no (line|rows) below"):
        frame_of(f"length,width,kind\n{ROWS}", **told)


@pytest.mark.parametrize("told", [{"skip_rows": -1}, {"header": 1.5}])
def test_lines_are_counted(told):
    with pytest.raises(ValueError, match=r"^(skip_rows|header) must be a number of lines, however"):
        frame_of(f"length,width,kind\n{ROWS}", **told)
