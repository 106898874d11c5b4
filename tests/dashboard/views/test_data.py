"""The page Data: bundled sets are shown, files are read, judged, kept and deleted."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.datasets import load, names
from bakeoff.experiments.runs.saved_tables import delete_table, save_table, saved_tables

pytestmark = pytest.mark.slow  # each draws a whole page

N = 60
RNG = np.random.default_rng(0)
FRAME = pd.DataFrame(
    {
        "id": np.arange(N),
        "체중 [kg]": RNG.normal(170, 10, N).round(1),
        "a.b:c": RNG.choice(["x", "y"], N),
        "kind": ["p", "q"] * (N // 2),
        "value": RNG.normal(size=N).round(3),
    }
)


def show():
    from bakeoff.dashboard.views.data import page as data

    data.show()


@pytest.fixture
def page():
    test = AppTest.from_function(show, default_timeout=60).run()
    assert not test.exception
    return test


def drop(page, content, name="table.csv"):
    page.file_uploader[0].set_value((name, content, "text/csv"))
    page.run()
    assert not page.exception
    return page


def box(page, label):
    (found,) = [one for one in page.selectbox if one.label == label]
    return found


def button(page, label):
    (found,) = [one for one in page.button if one.label == label]
    return found


def metrics(page):
    return {one.label: one.value for one in page.metric}


def text(page):
    kinds = (page.markdown, page.caption, page.info, page.warning, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def csv(frame=FRAME, **how):
    return frame.to_csv(index=False, **how).encode(how.get("encoding", "utf-8"))


def test_it_opens_with_a_bundled_set_and_what_to_know_of_it(page):
    assert metrics(page) == {
        "Rows": "178",
        "Features": "13",
        "Classes": "3",
        "Missing values": "0.0%",
        "Duplicates": "0",
    }
    assert load("wine").description in text(page)
    assert "fitted in each fold" in text(page)
    assert not button(page, "Compare models on this data").disabled


@pytest.mark.parametrize("name", names())
def test_every_bundled_set_is_shown(page, name):
    box(page, "Data set").set_value(name).run()
    assert not page.exception
    assert metrics(page)["Rows"] == f"{len(load(name).X):,}"


def test_a_link_names_the_data_set():
    test = AppTest.from_function(show, default_timeout=60)
    test.query_params["data"] = "iris"
    test.run()
    assert box(test, "Data set").value == "iris"
    assert metrics(test)["Duplicates"] == "1"
    assert "learnt by heart" in text(test)


def test_a_file_is_found_out_and_can_be_read_otherwise(page):
    drop(page, csv(sep=";", decimal=",", encoding="cp949"))
    assert box(page, "Delimiter").value == ";"
    assert box(page, "Decimal mark").value == ","
    assert box(page, "Encoding").value == "cp949"
    assert metrics(page)["Rows"] == "60"
    box(page, "Encoding").set_value("utf-8").run()
    assert "The file is not written in utf-8" in page.error[0].value
    assert box(page, "Delimiter").value == ";"  # nothing is lost
    box(page, "Encoding").set_value("cp949").run()
    assert not page.error


def test_target_and_task_come_with_reasons_and_can_be_changed(page):
    drop(page, csv())
    assert (box(page, "Predict").value, box(page, "It is").value) == ("value", "regression")
    assert "It is the last column that could be a target." in text(page)
    assert "3 of 4 columns are used." in text(page)
    box(page, "Predict").set_value("kind").run()
    assert box(page, "It is").value == "classification"
    assert "The target holds 2 different texts." in text(page)
    assert metrics(page)["Classes"] == "2"


def test_columns_are_judged_with_reasons(page):
    drop(page, csv())
    (columns,) = [one.value for one in page.dataframe if "why" in one.value]
    judged = columns.set_index("name")
    assert judged.use.to_dict() == {"id": False, "체중 [kg]": True, "a.b:c": True, "kind": True}
    assert judged.why["id"] == "Its name says that it names the rows."
    assert judged.kind["a.b:c"] == "category"


def test_a_table_is_kept_with_all_settings_and_shown(page):
    drop(page, csv(sep=";"), "꽃.csv")
    box(page, "Predict").set_value("kind").run()
    button(page, "Use this table").click().run()
    assert not page.exception
    (table,) = saved_tables()
    assert table.params == {
        **{"delimiter": ";", "decimal": ".", "encoding": "utf-8", "header": True},
        **{"skip_rows": 0, "skip_footer": 0, "missing": []},
        **{"target": "kind", "task": "classification"},
    }
    assert box(page, "Data set").value == table.label
    assert metrics(page)["Rows"] == "60"
    assert "Left out: id" in text(page)


def test_groups_are_counted_and_kept(page):
    drop(page, csv())
    box(page, "Rows belong together by").set_value("kind").run()
    assert metrics(page)["Groups"] == "2"
    button(page, "Use this table").click().run()
    assert saved_tables()[0].params["groups"] == "kind"


def test_a_table_is_deleted(page):
    table = save_table(csv(), "mine.csv", {})
    page.run()
    box(page, "Data set").set_value(table.label).run()
    assert metrics(page)["Rows"] == "60"
    button(page, "Delete").click().run()
    assert not page.exception
    assert saved_tables() == []
    assert box(page, "Data set").value == "wine"


def test_a_table_that_another_tab_has_deleted_is_gone(page):
    table = save_table(csv(), "mine.csv", {})
    page.run()
    box(page, "Data set").set_value(table.label).run()
    delete_table(table.token)
    button(page, "Delete").click().run()
    assert not page.exception
    assert box(page, "Data set").value == "wine"


def test_a_table_that_is_broken_does_not_take_the_page_with_it(page):
    table = save_table(csv(), "mine.csv", {})
    table.path.write_bytes(b"")
    page.run()
    box(page, "Data set").set_value(table.label).run()
    assert not page.exception
    assert "cannot be read: the file is empty" in page.error[0].value


def test_a_table_that_is_written_to_while_it_is_read_is_one_sentence(
    page, written_while_it_is_read
):
    table = save_table(csv(), "mine.csv", {})
    box(page.run(), "Data set").set_value(table.label).run()
    assert not page.exception
    assert "the file 'mine.csv' changed while it was read" in page.error[0].value
    assert not page.metric


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "as Excel workbooks are: save it as CSV"),
        (b"PAR1 and no more", "The file is damaged Parquet"),
        (b"a\n1.5\n2.5\n3\n", "No column is left to predict 'a' from"),
        (b"a,y\nx,1\nz,1\n", "'y', which is called like one, does not"),
        (b"id,when\n1,2026-01-01\n2,2026-01-02\n3,2026-01-03\n", "target must be named"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(page, content, sentence):
    assert sentence in text(drop(page, content))
    assert not page.button
    assert metrics(drop(page, csv()))["Rows"] == "60"
    assert button(page, "Use this table")


def test_names_of_columns_are_no_markdown(page):
    names = {"id": "id ($)", "체중 [kg]": "cost ($)"}
    frame = FRAME.rename(columns=names).assign(**{"cost ($)": None})
    table = save_table(csv(frame), "mine.csv", {})
    page.run()
    box(page, "Data set").set_value(table.label).run()
    assert r"Left out: id (\$) (" in text(page)
    assert r"cost (\$) (" in text(page)


def test_whole_numbers_of_any_length_are_shown(page):
    drop(page, csv(FRAME.assign(account=[10**25 + i for i in range(N)])))
    assert page.dataframe[0].value["account"][0] == "10000000000000000000000000"


@pytest.mark.slow
def test_three_hundred_columns(page):
    wide = pd.DataFrame(RNG.normal(size=(40, 300)).round(3)).rename(columns=lambda i: f"c{i}")
    drop(page, csv(wide))
    assert metrics(page)["Features"] == "299"


def test_rows_that_are_left_out_are_counted(page):
    frame = FRAME.copy()
    frame.loc[:3, "value"] = np.nan
    frame.loc[5, "체중 [kg]"] = np.inf
    drop(page, csv(frame) + b"1,2,x,p,1,9,9\n")
    assert "Rows with more fields than there are columns: 1." in text(page)
    assert "Rows without a target: 4." in text(page)
    assert "Infinite numbers: 1." in text(page)
    assert "Features with missing values: 1, most of all 체중 \\[kg\\] (1.8%)." in text(page)


def test_a_column_that_may_hold_the_answer_is_warned_of(page):
    drop(page, csv(FRAME.assign(twice=2 * FRAME.value)[["twice", *FRAME]]))
    assert "`twice`: It may hold the answer" in page.warning[0].value


def test_what_was_chosen_stays_while_the_file_is_there(page):
    drop(page, csv())
    box(page, "It is").set_value("classification").run()
    box(page, "Rows belong together by").set_value("a.b:c").run()
    box(page, "Predict").set_value("kind").run()
    assert box(page, "Rows belong together by").value == "a.b:c"
    box(page, "Predict").set_value("value").run()
    assert box(page, "It is").value == "classification"
    box(page, "Delimiter").set_value(";").run()  # one column, none of them of those
    box(page, "Delimiter").set_value(",").run()
    assert box(page, "Predict").value == "value"
    assert box(page, "Rows belong together by").value == "a.b:c"


def test_what_nobody_chose_follows_what_is_found_out(page):
    drop(page, csv(decimal=",", sep=";"))
    box(page, "Decimal mark").set_value(".").run()
    assert box(page, "It is").value == "classification"  # of texts
    box(page, "Decimal mark").set_value(",").run()
    assert box(page, "It is").value == "regression"


def test_another_file_is_judged_anew(page):
    drop(page, csv())
    box(page, "Predict").set_value("kind").run()
    drop(page, csv(FRAME.assign(value=FRAME["value"] + 1)))
    assert box(page, "Predict").value == "value"


def test_what_a_file_leaves_open_is_asked_and_the_answer_kept(page):
    lines = "".join(
        f"0{i * 5 % 9 + 1}/0{i * 7 % 8 + 1}/2023,{['None', 'mild', 'bad'][i % 3]},{i * 7 % 11}.5\n"
        for i in range(N)
    )
    drop(page, f"A title\n\non,pain,value\n{lines}".encode())
    assert "2 lines above the header are left out." in text(page)
    assert "“None” in pain is read as a value" in text(page)
    assert box(page, "Order of the dates in on").value is False
    assert len([one for one in page.dataframe if "why" in one.value]) == 1
    box(page, "Order of the dates in on").set_value(True).run()
    box(page, "“None” in pain says").set_value("missing").run()
    assert not page.exception
    button(page, "Use this table").click().run()
    params = saved_tables()[0].params
    assert (params["day_first"], params["missing"], params["skip_rows"]) == (True, ["None"], 2)
    data = load(saved_tables()[0].dataset, **params, leave_out=["on"])
    assert data.feature_names == ("pain=bad", "pain=mild")


def test_a_file_that_leaves_nothing_open_asks_nothing(page):
    drop(page, csv())
    assert not [one for one in page.selectbox if "dates" in one.label or "says" in one.label]


def test_a_file_that_was_let_go_stays_so_when_the_browser_sends_it_once_more():
    def late():
        import streamlit as st

        from bakeoff.dashboard.views.data import dropped

        st.session_state["file_0"] = "what the box held that is gone"
        dropped.let_go()
        dropped._keep("file_0", 0)
        st.text(dropped.drop_box())

    page = AppTest.from_function(late, default_timeout=60).run()
    assert not page.exception
    assert page.text[0].value == "None"
