"""What stands below a table is no row of it, and rows that look a little like it are."""

import pytest

from bakeoff.datasets import describe_table, read_table

N = 12
ROWS = "".join(f"T{i},{i * 1.5},{i * i % 7}\n" for i in range(N))
TABLE = f"town,rain,days\n{ROWS}"


@pytest.mark.parametrize(
    ("below", "n_lines"),
    [
        ("Total,99,36\n", 1),
        ("합계,99,36\n평균,8.25,3\n", 2),
        ("합계:,,36\n", 1),
        ("Total,99,36\nSource: Met Office, 2024, table 3, and others\n", 2),
        ("\nData from the weather service\nLast Updated: 01/02/2024\n", 3),
        (",,\n,,\nProvisional,,\n", 3),
        ("\n\nprovisional\n\n", 3),
        ("출처: 기상청\n※ 잠정치\n", 2),
        ("* estimated from the stations nearby\n", 1),
        ("These values are provisional and may change\n", 1),
        ("\r\nNote: days are rounded\r\n\r\n", 2),
    ],
)
def test_what_stands_below_is_left_out_and_said(below, n_lines):
    file = read_table((TABLE + below).encode())
    assert (len(file.frame), file.skip_footer, file.n_skipped) == (N, n_lines, 0)
    assert file.frame.equals(read_table(TABLE.encode()).frame)
    (note,) = [one for one in describe_table(file).notes if one.parameter == "skip_footer"]
    assert str(note.reason).startswith(f"{n_lines} line{'s' if n_lines > 1 else ''} below")
    told = read_table((TABLE + below).encode(), skip_footer=n_lines)
    assert told.frame.equals(file.frame)


@pytest.mark.parametrize(
    "rows",
    [
        "Total,1,2\nOslo,3,4\n",  # not the last
        "Oslo\n",  # cut off
        "Oslo,,\n",
        "Oslo,,3\n",
        '"Oslo\nSource: x",1,2\n',
        "7\n",
        "Totalis,1,2\n",
        "\n\n",
    ],
)
def test_rows_stay(rows):
    file = read_table((TABLE + rows).encode())
    n_rows = {"\n\n": 0, "Total,1,2\nOslo,3,4\n": 2}.get(rows, 1)
    assert (len(file.frame), file.skip_footer) == (N + n_rows, 0)


def test_what_a_column_says_elsewhere_is_a_value():
    rows = "".join(f"{i},{['part', 'total'][i % 2]}\n" for i in range(N))
    assert read_table(f"a,kind\n{rows}".encode()).skip_footer == 0
    rows = "".join(f"Source: {i},{i % 3},{i % 5}\n" for i in range(40))
    assert read_table(f"what,a,b\n{rows}".encode()).skip_footer == 0


def test_a_total_is_kept_where_it_is_told():
    file = read_table((TABLE + "Total,99,36\n").encode(), skip_footer=0)
    assert (len(file.frame), file.frame.town.iloc[-1]) == (N + 1, "Total")
