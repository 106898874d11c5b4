"""From a file to a data set: what is predicted, from what, and what was left out on the way."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_diabetes, load_iris

from bakeoff.datasets import TableFile, describe_table, load, read_table

N = 120
RNG = np.random.default_rng(0)
FRAME = pd.DataFrame(
    {
        "id": RNG.permutation(N) + 500,
        "size": RNG.normal(size=N).round(3),
        "town": RNG.choice(["Bonn", "Oslo"], N),
        "paid": RNG.choice(["yes", "no"], N),
        "when": pd.date_range("2026-01-01", periods=N).astype(str),
        "kind": RNG.choice(["a", "b", "c"], N),
    }
)


def described(frame, **asked):
    return describe_table(read_table(frame.to_csv(index=False).encode()), **asked)


def made(frame, **asked):
    return described(frame, **asked).to_dataset("a table", "here")


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "표 1.csv"
    FRAME.to_csv(file, index=False)
    return file


def test_a_file_loads_by_its_path(path):
    data = load(f"file:{path}", target="kind", leave_out=["id", "when"])
    assert data.name == f"file:{path}"
    assert (data.task, data.target_names) == ("classification", ("a", "b", "c"))
    assert data.feature_names == ("size", "town=Bonn", "town=Oslo", "paid")
    assert np.array_equal(data.X[:, 0], FRAME["size"])
    assert np.array_equal(data.X[:, 1:3].sum(axis=1), np.ones(N))
    assert np.array_equal(data.X[:, 3], FRAME.paid == "yes")
    assert np.array_equal(np.array(data.target_names)[data.y], FRAME.kind)
    assert data.source.startswith("표 1.csv, SHA-256 ")
    assert "id (Left out by you)" in data.description


def test_parameters_go_through_json(path):
    asked = {"target": "size", "groups": "town", "keep": ("when",), "leave_out": ["id", "paid"]}
    data = load(f"file:{path}", **json.loads(json.dumps(asked)))
    assert data.task == "regression"
    assert data.feature_names == ("when", "kind=a", "kind=b", "kind=c")
    assert np.array_equal(data.X[:, 0], 20_454.0 + np.arange(N))  # days since 1970
    assert len(set(zip(data.groups, FRAME.town, strict=True))) == 2


def test_a_parameter_that_files_do_not_have(path):
    with pytest.raises(TypeError, match=r"no parameter 'targte' \(did you mean 'target'\?\)"):
        load(f"file:{path}", targte="size")


@pytest.mark.parametrize(
    ("names", "target", "reason"),
    [
        (["x", "Class", "z"], "Class", "target_name"),
        (["label", "x", "target "], "target", "target_name"),
        (["x", "품종", "z"], "품종", "target_name"),
        (["x", "z", "w"], "w", "target_last"),
        (["x", "y", "z"], "z", "target_last"),  # places
        (["y", "a", "b"], "y", "target_name"),
        (["survived", "age", "class"], "survived", "target_name"),
    ],
)
def test_the_target_is_what_is_called_one_or_the_last(names, target, reason):
    frame = pd.DataFrame(RNG.integers(0, 3, (N, 3)), columns=names)
    table = described(frame)
    assert (table.target, table.target_reason.code) == (target, reason)


def test_the_last_column_is_no_target_when_it_cannot_be_one():
    table = described(FRAME[["size", "kind", "when", "id"]])
    assert table.target == "kind"


@pytest.mark.parametrize(
    ("values", "task", "reason"),
    [
        (RNG.choice(["a", "b"], N), "classification", "task_texts"),
        (RNG.choice(["yes", "no"], N), "classification", "task_boolean"),
        (RNG.integers(3, 9, N), "classification", "task_few"),
        (
            np.where(RNG.random(N) > 0.9, np.nan, RNG.integers(0, 2, N)),
            "classification",
            "task_few",
        ),
        (RNG.integers(0, 100, N), "regression", "task_numbers"),
        (RNG.choice([0.5, 1.0], N), "regression", "task_numbers"),
    ],
)
def test_the_values_decide_the_task(values, task, reason):
    table = described(FRAME[["size"]].assign(y=values))
    assert (table.task, table.task_reason.code) == (task, reason)
    other = {"classification": "regression", "regression": "classification"}[task]
    if reason in ("task_few", "task_numbers"):
        told = described(FRAME[["size"]].assign(y=RNG.integers(0, 9, N)), task=other)
        assert (told.task, told.task_reason.code) == (other, "chosen")


def test_classes_that_are_numbers_keep_their_order_and_names():
    data = made(pd.DataFrame({"x": RNG.normal(size=N), "y": [10, 9] * (N // 2)}))
    assert data.target_names == ("9", "10")
    assert data.y[:2].tolist() == [1, 0]


def test_known_tables_come_out_as_they_are_bundled():
    iris = load_iris(as_frame=True).frame
    table = describe_table(read_table(iris.to_csv().encode()))  # with its row numbers
    assert np.array_equal(table.to_dataset("", "").X, load("iris").X)
    assert table.n_duplicates == 1
    diabetes = load_diabetes(as_frame=True, scaled=False).frame
    assert np.array_equal(made(diabetes).X, load("diabetes").X)


def test_what_knows_the_answer_is_left_out_and_says_how_well_it_does():
    table = described(FRAME.assign(copy=FRAME.kind.str.upper())[[*FRAME, "copy"]], target="kind")
    (copy,) = [column for column in table.columns if column.name == "copy"]
    assert not copy.use
    assert str(copy.reason).endswith("has balanced accuracy 1.000.")
    kept = made(FRAME.assign(copy=FRAME.kind), target="kind", keep=["copy"])
    assert "copy=a" in kept.feature_names


def test_rows_without_a_target_and_rows_that_repeat_are_counted():
    frame = pd.concat([FRAME, FRAME.tail(5).assign(id=[9, 99, 999, 9999, 99999])])
    frame.iloc[:3, frame.columns.get_loc("kind")] = None
    table = described(frame)
    assert (table.n_rows, table.n_without_target) == (N + 2, 3)
    assert table.n_duplicates == 5  # but for what names the rows
    data = table.to_dataset("", "")
    assert len(data.X) == N + 2
    assert "Without a target: 3 more. Repeating another row: 5." in data.description


def test_what_is_missing_stays_so():
    frame = FRAME.copy()
    frame.loc[0, ["size", "town", "paid"]] = [np.inf, None, None]
    table = described(frame)
    assert np.isnan(table.to_dataset("", "").X[0]).tolist() == [True, False, False, True]
    assert table.to_dataset("", "").X[0, 1:3].tolist() == [0, 0]
    assert sum(column.n_infinite for column in table.columns) == 1


def test_of_many_texts_the_most_frequent_are_kept():
    frame = FRAME.assign(name=[f"p{max(i, 20)}" for i in range(N)])[["size", "name", "kind"]]
    assert made(frame).feature_names == ("size",)
    names = made(frame, keep=["name"]).feature_names
    assert len(names) == 51
    assert "name=p20" in names


def test_times_of_day_are_parts_of_a_day():
    frame = pd.DataFrame({"at": ["06:00", "18:00"] * 30, "size": RNG.normal(size=60)})
    data = made(frame, target="size", keep=["at"])
    assert data.X[:2, 0].tolist() == [0.25, 0.75]


@pytest.mark.parametrize(
    "names", [["a.b", "c[0]", "d:e"], ["$x$", "{y}", "*z*"], ["가", "나", "다"]]
)
def test_any_name_will_do(names):
    frame = FRAME[["size", "town", "kind"]].set_axis(names, axis=1)
    data = made(frame, target=names[2])
    assert data.feature_names == (names[0], f"{names[1]}=Bonn", f"{names[1]}=Oslo")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"target": "sise"}, "^target must name a column of the file, however: 'sise'$"),
        ({"keep": ["no"]}, "^keep must name a column of the file, however: 'no'$"),
        ({"groups": "no"}, "^groups must name a column of the file, however: 'no'$"),
        ({"task": "ranking"}, "^task must be one of .*, however: 'ranking'$"),
        (
            {"target": "kind", "task": "regression"},
            "regression takes numbers, however 'kind' holds",
        ),
        (
            {"target": "id", "task": "classification"},
            "least 2 rows, however: '500' has one, and so",
        ),
        (
            {"target": "kind", "leave_out": [*FRAME][:-1]},
            "^no column is left to predict 'kind' from",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        made(FRAME, **asked)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["a"] * N, "^target must hold two classes, however: 'y' holds 1$"),
        ([*["a"] * 100, *map(str, range(20))], "^each class of 'y' .* '0' has one, .* 19 more$"),
        ([1.5] * N, "^target must hold different numbers, however: 'y' does not$"),
    ],
)
def test_targets_that_cannot_be_learnt(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        described(FRAME[["size"]].assign(y=values), target="y")


def test_a_list_of_columns_is_no_string():
    with pytest.raises(TypeError, match=r"^keep must be a list of columns, however: 'id'$"):
        described(FRAME, keep="id")


def test_groups_have_no_holes():
    frame = FRAME.copy()
    frame.loc[:1, "town"] = None
    with pytest.raises(ValueError, match=r"^groups must have a value in every row, .* in 2$"):
        described(frame, groups="town")


def test_nothing_to_predict():
    with pytest.raises(ValueError, match=r"^target must be named: none of the columns \['id',"):
        described(FRAME[["id", "when"]])


def test_a_single_column_has_nothing_to_be_predicted_from():
    with pytest.raises(ValueError, match=r"^no column is left to predict 'size' from"):
        made(FRAME[["size"]])


def test_numbers_too_large_for_a_tree_are_judged_all_the_same():
    data = made(FRAME.assign(size=FRAME["size"] * 1e300)[["size", "town", "kind"]])
    assert data.feature_names == ("size", "town=Bonn", "town=Oslo")


def test_a_column_called_like_a_value_of_another_is_refused():
    frame = FRAME[["town", "kind"]].assign(**{"town=Oslo": RNG.normal(size=N)})
    with pytest.raises(ValueError, match=r"different names, however: 'town=Oslo' is one, and also"):
        made(frame, target="kind")


def test_a_frame_of_ones_own_is_described_too():
    table = describe_table(TableFile(FRAME.assign(size=FRAME["size"].astype(str))), target="kind")
    assert table.to_dataset("", "").feature_names == ("size", "town=Bonn", "town=Oslo", "paid")
