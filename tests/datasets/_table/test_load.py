"""A script hears once what was chosen in its file, and nothing of what it has chosen itself."""

import warnings

import pytest

from bakeoff.datasets import TableWarning, describe_table, load, read_table

N = 60
LINES = "".join(
    f"{i},{['n/k', i * 0.5][i > 1]},{['None', 'mild', 'bad'][i % 3]},"
    f"{'ab'[i % 2]},{'' if i == 7 else i // 5 % 2}\n"
    for i in range(N)
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pain.csv"
    path.write_text("A title\n\nid,size,state,group,kind\n" + LINES + "1,2,3,4,5,6,7\n")
    return path


def test_one_warning_has_the_whole_list(file):
    with pytest.warns(TableWarning) as caught:
        data = load(f"file:{file}")
    (warning,) = caught
    assert issubclass(TableWarning, UserWarning)
    assert warning.filename == __file__
    lines = str(warning.message).splitlines()
    assert lines[0] == "pain.csv: what was chosen, and the parameter that decides it"
    assert lines[1:] == [f"- {note}" for note in data.notes]
    for line in (
        "kind is what is predicted. It is the last column that could be a target. (target=)",
        "1 row is left out, for it has no target. (target=)",
        "id is left out. Its name says that it names the rows. (leave_out=)",
        "2 entries of size count as missing, such as “n/k”. (missing=)",
        "“None” in state is read as a value; it may as well say that there is none. (missing=)",
        "1 row is left out, for it has more fields than there are columns. (delimiter=)",
        "2 lines above the header are left out. (skip_rows=)",
    ):
        assert f"- {line}" in lines
    assert list(data.left_out) == ["id"]
    assert repr(data).endswith(f"into 2 classes, 1 left out, {len(data.notes)} noted)")


def test_what_is_named_is_not_said(file):
    told = {"target": "kind", "leave_out": ["id"], "missing": ["n/k"]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = load(f"file:{file}", **told, delimiter=",", skip_rows=2)
    assert "state=None" in data.feature_names
    assert len(data.X) == N - 1


def test_what_counts_as_missing_can_be_told(file):
    read = {
        m: read_table(file.read_bytes(), missing=m).frame.state.isna().sum()
        for m in [("None",), ()]
    }
    assert read == {("None",): N // 3, (): 0}


def test_open_questions_name_the_parameter_and_its_two_values():
    lines = "".join(
        f"0{i % 9 + 1}/0{i * 5 % 8 + 1}/2023;{i % 8 + 1}.{i * 7 % 900 + 100}\n" for i in range(N)
    )
    file = read_table(f"day;size\n{lines}".encode())
    asked = {one.parameter: (one.taken, one.other) for one in file.questions}
    assert asked == {"day_first": (True, False), "decimal": (",", ".")}
    assert str(describe_table(file).notes[-2].reason).startswith("“1.100” is read as 1,100;")
    for parameter, (_, other) in asked.items():
        again = read_table(f"day;size\n{lines}".encode(), **{parameter: other})
        assert not [one for one in again.questions if one.parameter == parameter]
        assert not again.frame.equals(file.frame)


def test_a_constant_target_is_an_error_about_it(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,y\n" + "".join(f"{i},{i % 3},1\n" for i in range(N)))
    with pytest.raises(ValueError, match=r"^target must hold different .*, however: 'y', which"):
        load(f"file:{path}")


def test_a_class_of_one_row_is_left_out_and_said():
    lines = "".join(f"{i % 7},{'once' if i == 3 else 'ab'[i % 2]}\n" for i in range(N))
    table = describe_table(read_table(f"a,word\n{lines}".encode()))
    assert (table.target, table.n_rare, table.n_rows) == ("word", 1, N - 1)
    assert "1 row is left out, for no other row is of its class, “once”." in [
        str(note.reason) for note in table.notes
    ]
    assert table.to_dataset("", "").target_names == ("a", "b")
