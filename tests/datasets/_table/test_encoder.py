"""New rows become what the rows of training became, or it is said that they do not."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from bakeoff.datasets import TableEncoder, describe_table, read_table

N = 60
CSV = "wage;job;when;paid;share;state;kind\n" + "".join(
    f"{['900', '1.094', '1.250'][i % 3]};{['cook', 'nurse', 'smith'][i % 3]};"
    f"{i % 28 + 1:02}/{i % 12 + 1:02}/2023;{['Ja', 'No', 'Yes'][1 + i % 2]};{i % 9},5;"
    f"{['None', 'mild', 'bad'][i % 3]};{'ab'[i // 7 % 2]}\n"
    for i in range(N)
)


@pytest.fixture(scope="module")
def data():
    table = describe_table(read_table(CSV.encode()), target="kind", keep=["when"])
    return table.to_dataset("a table", "here")


def rows(**changes):
    frame = pd.DataFrame(
        {
            "wage": ["1.094", "900"],
            "job": ["smith", "cook"],
            "when": ["31/01/2023", "02/03/2023"],
            "paid": ["Yes", "No"],
            "share": ["2,5", "3"],
            "state": ["None", "bad"],
            "unknown": ["x", "y"],
        }
    )
    return frame.assign(**changes)


def encoded(data, frame):
    return pd.DataFrame(data.encoder.transform(frame), columns=data.feature_names)


def test_the_data_set_is_what_it_makes(data):
    raw = pd.DataFrame(
        [line.split(";") for line in CSV.split()[1:]], columns=CSV.split()[0].split(";")
    )
    np.testing.assert_array_equal(data.encoder.transform(raw), data.X)
    np.testing.assert_array_equal(data.encoder.transform(read_table(CSV.encode()).frame), data.X)
    assert data.encoder.get_feature_names_out().tolist() == list(data.feature_names)


def test_marks_dates_answers_and_categories_are_those_of_training(data):
    found = encoded(data, rows()[["when", "state", "share", "paid", "job", "wage"]])
    assert found["wage"].tolist() == [1094, 900]
    assert found["share"].tolist() == [2.5, 3]
    assert found["when"].tolist() == [19_388, 19_418]  # 31 January and 2 March
    assert found["paid"].tolist() == [1, 0]
    assert found["job=smith"].tolist() == [1, 0]
    assert found["state=None"].tolist() == [1, 0]


def test_one_row_is_read_as_all_rows_were(data):
    assert encoded(data, rows(when="01/02/2023").head(1))["when"].tolist() == [19_389]


def test_a_category_that_was_not_seen_is_named_and_counted(data):
    with pytest.warns(UserWarning, match=r"^column 'job' has values .* 'pilot' \(2 rows\); all"):
        found = encoded(data, rows(job="pilot"))
    assert found.filter(like="job=").to_numpy().sum() == 0


def test_what_cannot_be_read_is_said_or_refused(data):
    with pytest.warns(UserWarning, match=r"^column 'share' has entries .*: 'n/k' \(1 row\)"):
        assert np.isnan(encoded(data, rows(share=["n/k", "3"]))["share"][0])
    with pytest.raises(ValueError, match=r"^column 'share' held numbers in training, .*'many'$"):
        encoded(data, rows(share="many"))


def test_marks_that_pandas_has_lost_are_refused(data):
    with pytest.raises(ValueError, match=r"^column 'wage' has points between thousands, .*1\.094"):
        encoded(data, rows(wage=[1.094, 900.0]))
    assert encoded(data, rows(wage=[1094, 900]))["wage"].tolist() == [1094, 900]


def test_a_value_that_pandas_takes_for_missing_is_told(data):
    with pytest.warns(UserWarning, match="'state' is missing .* 'None' is a value there"):
        encoded(data, rows(state=[None, "bad"]))


def test_empty_cells_are_missing_without_a_word(data):
    found = encoded(data, rows(wage=["", "NA"], share=[None, "?"], job=["", None]))
    assert found[["wage", "share"]].isna().to_numpy().all()
    assert found.filter(like="job=").to_numpy().sum() == 0


def test_columns_are_asked_for_by_name(data):
    with pytest.raises(ValueError, match=r"^X must be a DataFrame .*, however: list$"):
        data.encoder.transform([[1, 2]])
    with pytest.raises(ValueError, match=r"\['job', 'state'\] are not there$"):
        data.encoder.transform(rows().drop(columns=["job", "state"]))
    doubled = pd.concat([rows(), rows()[["job"]]], axis=1)
    with pytest.raises(ValueError, match="each column once, however: 'job' is there twice"):
        data.encoder.transform(doubled)


def test_it_is_a_transformer_of_scikit_learn(data):
    frame = rows()
    alone = clone(data.encoder)
    with pytest.raises(NotFittedError):
        alone.transform(frame)
    assert alone.fit(frame).get_params()["columns"] == data.encoder.columns
    named = TableEncoder().set_output(transform="pandas").fit_transform(frame)
    assert list(named.columns) == list(TableEncoder().fit(frame).get_feature_names_out())
    assert data.encoder.n_features_in_ == len(data.encoder.feature_names_in_)
    assert TableEncoder.__module__ == "bakeoff.datasets"
    again = pickle.loads(pickle.dumps(data.encoder))
    np.testing.assert_array_equal(again.transform(frame), data.encoder.transform(frame))


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        (["10", "9"], [9, 10]),
        (["No", "Yes"], ["No", "Yes"]),
        (["True", "False"], ["False", "True"]),
        (["0.5", "1.5"], None),
    ],
)
def test_labels_keep_their_type(values, classes):
    lines = "".join(f"{i % 7},{values[i % 2]}\n" for i in range(N))
    made = describe_table(read_table(f"a,answer\n{lines}".encode())).to_dataset("", "")
    assert (made.classes if classes is None else made.classes.tolist()) == classes
    if classes is not None:
        assert made.target_names == tuple(map(str, classes))
