"""Files as people have them: found out how they are written, or refused in one sentence."""

import bz2
import gzip
import lzma
import os
import zipfile

import numpy as np
import pandas as pd
import pytest

from bakeoff.datasets import describe_table, load, read_table


def written(text, encoding="utf-8", **told):
    table = read_table(text.encode(encoding), **told)
    return table, table.frame.to_dict("list")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_lines_alike(delimiter):
    table, frame = written(f"a{delimiter}b\n1{delimiter}x\n2{delimiter}y\n")
    assert table.delimiter == delimiter
    assert frame == {"a": [1, 2], "b": ["x", "y"]}


def test_a_decimal_comma_is_no_delimiter():
    table, frame = written("a;b;c\n1,5;2,5;3,5\n4,25;5,5;6\n")
    assert (table.delimiter, table.decimal) == (";", ",")
    assert frame["a"] == [1.5, 4.25]


def test_without_a_header_too():
    table, frame = written("1,5;2,5;3,5\n4,5;5,5;6,0\n")
    assert (table.delimiter, table.decimal, table.header) == (";", ",", False)
    assert frame == {"column 1": [1.5, 4.5], "column 2": [2.5, 5.5], "column 3": [3.5, 6.0]}


def test_thousands_are_no_decimals():
    assert written('a,b\n"1,234",x\n"2,345,678",y\n')[0].decimal == "."


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("size,kind\n1,a\n2,b\n", True),
        ("1,a\n2,b\n", False),
        ("country,2019,2020\nKorea,1,2\nChad,3,4\n", True),
        (",a\n0,1\n1,2\n", True),
        ("name,2020\n1,2\n3,4\n", True),
        ("a,b\nc,d\n", True),
    ],
)
def test_a_line_of_numbers_is_no_header(text, header):
    assert written(text)[0].header is header
    assert written(text, header=not header)[0].header is not header


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp949", "cp949"),
        ("euc-kr", "cp949"),  # which contains it
    ],
)
def test_korean_is_read_as_it_was_written(encoding, found):
    table, frame = written("name,품종\na,붓꽃\nb,수선화\n", encoding)
    assert table.encoding == found
    assert frame == {"name": ["a", "b"], "품종": ["붓꽃", "수선화"]}


def test_syllables_that_only_cp949_has():
    assert written("글,수\n똠방각하,1\n펲시,2\n", "cp949")[1]["글"] == ["똠방각하", "펲시"]


def test_western_accents_are_not_korean():
    table, frame = written("Größe;Äpfel\n1,5;für\n2,5;Öl\n", "cp1252")
    assert table.encoding == "cp1252"
    assert frame["Äpfel"] == ["für", "Öl"]


def test_every_byte_is_latin_1():
    assert read_table(b"a;b\ncaf\xe9\x81;1\n\xfcber\x8d;2\n").encoding == "latin-1"


def test_what_is_told_goes_before_what_is_found():
    assert written("a;b,c\n1;2,5\n", delimiter=",")[1] == {"a;b": ["1;2"], "c": [5]}
    assert written("a;b\n1,5;x\n", decimal=".")[1]["a"] == ["1,5"]


def test_quotes_blank_lines_and_spaces():
    _, frame = written('\n\na, b\n"x\ny", 1\n\n"z, ""w""", 2\n')
    assert frame == {"a": ["x\ny", 'z, "w"'], "b": [1, 2]}


def test_old_mac_and_windows_line_ends():
    assert written("a,b\r1,2\r3,4\r")[1] == written("a,b\r\n1,2\r\n3,4\r\n")[1]


def test_marks_of_what_is_missing():
    _, frame = written("a,b\n?,x\n-,NA\n3,\n", delimiter=",")
    assert np.array_equal(frame["a"], [np.nan, np.nan, 3], equal_nan=True)
    assert pd.isna(frame["b"]).tolist() == [False, True, True]


def test_names_are_given_once():
    assert list(written("a,a,\n1,2,3\n")[1]) == ["a", "a.1", "Unnamed: 2"]


def test_row_names_as_r_writes_them_are_a_column():
    _, frame = written('"a","b"\n"1",2,3\n"2",4,5\n')
    assert frame == {"Unnamed: 0": [1, 2], "a": [2, 4], "b": [3, 5]}


def test_a_delimiter_at_the_end_of_lines_shifts_nothing():
    assert written("a,b\n1,2,\n3,4,\n")[1] == {"a": [1, 3], "b": [2, 4]}


def test_long_rows_are_left_out_and_counted_and_short_ones_filled():
    table, frame = written("a,b\n" + "1,2\n" * 30 + "1,2,3\n7\n")
    assert table.n_skipped == 1
    assert len(frame["a"]) == 31
    assert np.isnan(frame["b"][-1])


def test_one_column_is_a_table():
    assert written("a\nhello there; you\nmore, text\n")[1] == {
        "a": ["hello there; you", "more, text"]
    }
    assert written("a\n1\n2\n")[0].delimiter == ","


@pytest.mark.parametrize(
    ("content", "told", "sentence"),
    [
        (b"", {}, "^the file is empty$"),
        (b"\n \n", {}, "^the file is empty$"),
        (b"a,b\n", {}, "^the file has no rows below its header$"),
        (
            b"PK\x03\x04\x14\x00\x06\x00",
            {},
            "^the file is an archive, as Excel .*: save it as CSV$",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", {}, r"it begins with b'\\x89PNG"),
        (bytes(range(256)), {}, r"neither text nor Parquet; it begins with b'\\x00"),
        (b"a,b\n1,2\n\x003,4\n", {}, "neither text nor Parquet; it begins with b'a,b"),
        (b'a,b\n"x,1\n2,3\n', {}, "^a quotation mark opens in row 1 and is not closed"),
        (b'a,b\n1,2\n3,4\n"x,1\n', {}, "^a quotation mark opens in row 3 and is not closed"),
        (gzip.compress(bytes(10**6)), {}, "^the file is compressed with gzip: unpack it first$"),
        (bz2.compress(b"a,b\n1,2\n"), {}, "^the file is compressed with bzip2: unpack it first$"),
        (lzma.compress(b"a,b\n1,2\n"), {}, "^the file is compressed with xz: unpack it first$"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", {}, "^the file is a workbook of an old Excel: save it as"),
        (
            "이름,값\n서울특별시,1\n".encode() + "부산,2\n".encode("cp949"),
            {},
            "^the file mixes encodings: line 1 is UTF-8 and line 3 is not",
        ),
        (b"a,b\n1,2,3\n3,4,5,6\n3,4,5\n", {}, r"^1 of 3 rows .*line 3 has 4, .* were 3\): is ','"),
        (b"PAR1 and no more", {}, "^the file is damaged Parquet: "),
        (b"a,b\n1,2\n", {"decimal": "x"}, "^decimal must be '.' or ',', however: 'x'$"),
        (b"a,b\n1,2\n", {"delimiter": "ab"}, "^delimiter must be one character, however: 'ab'$"),
        (b"a,b\n1,2\n", {"encoding": "klingon"}, "^encoding must be one of .*: 'klingon'$"),
        (b"a,b\nf\xfcr,2\n", {"encoding": "utf-8"}, "^the file is not written in utf-8: .*0xfc"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content, told, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        read_table(content, **told)
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.csv", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.csv", bytes(10**7))
    with pytest.raises(ValueError, match=r"^the file is an archive, as Excel workbooks are"):
        read_table(tmp_path / "a.csv")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError, match=r"^\[Errno 21\] Is a directory: "):
        read_table(tmp_path)


def test_a_file_that_one_may_not_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    is_root = os.geteuid() == 0  # who may read everything
    try:
        if is_root:
            os.seteuid(65534)
        with pytest.raises(PermissionError, match=r"^\[Errno 13\] Permission denied: "):
            read_table(path)
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.slow
def test_a_million_rows():
    rows = b"".join(b"%d,%d\n" % (i % 977, i % 2) for i in range(10**6))
    table = describe_table(read_table(b"a,b\n" + rows))
    assert (table.n_rows, table.file.frame.a.sum()) == (10**6, sum(i % 977 for i in range(10**6)))


@pytest.mark.slow
def test_ten_thousand_columns():
    names = [f"c{i}" for i in range(10**4)]
    lines = [",".join(str((i + j) % 7) for j in range(10**4)) for i in range(3)]
    frame = read_table("\n".join([",".join(names), *lines]).encode()).frame
    assert list(frame) == names
    assert frame.to_numpy().tolist() == [[(i + j) % 7 for j in range(10**4)] for i in range(3)]


def test_one_row_is_read_and_nothing_can_be_predicted_from_it():
    table = read_table(b"a,b\n1,2\n")
    assert table.frame.to_dict("list") == {"a": [1], "b": [2]}
    with pytest.raises(ValueError, match=r"^target must be named: none of the columns"):
        describe_table(table)


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path / "none.csv")


def test_parquet_keeps_its_types(tmp_path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"when": pd.date_range("2026", periods=3), "n": [1, 2, 3]})
    frame.set_index("n").to_parquet(tmp_path / "table.csv")  # the name does not count
    table = read_table(tmp_path / "table.csv")
    assert (table.delimiter, table.encoding) == (None, None)
    pd.testing.assert_frame_equal(table.frame, frame[["n", "when"]])


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, request):
    path = tmp_path / "growing.csv"
    path.write_text("a,b\n" + "1,2\n3,4\n" * 9)
    assert len(read_table(path).frame) == 18
    request.getfixturevalue("written_while_it_is_read")
    for read in (read_table, lambda path: load(f"file:{path}")):
        with pytest.raises(OSError, match=r"^the file 'growing\.csv' changed while it was read: "):
            read(path)
