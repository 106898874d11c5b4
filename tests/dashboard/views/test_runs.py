"""The page that lists runs, against a store with real ones in it."""

import io
import sys
import zipfile
from functools import partial

import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.svm import SVC
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.quantities import data_size
from bakeoff.dashboard.views.runs.downloads import noted
from bakeoff.experiments import Comparison, LearningCurve, run
from bakeoff.experiments.runs.history import entry_table
from bakeoff.experiments.runs.saved_tables import delete_table, save_table
from bakeoff.recording import Store, record

pytestmark = pytest.mark.slow  # each draws a whole page

X, y = load_iris(return_X_y=True)
SMALL = Comparison("iris", ["svm_rbf", "dummy"], n_splits=2)


def page():
    from bakeoff.dashboard.views.runs import page as runs

    runs.show()


def ids():
    with Store() as store:
        return [found.id for found in store.runs()]


def stored(*specs):
    """Run specs; their ids, in their order."""
    for spec in specs:
        list(run(spec))
    return ids()[::-1]


def draw(*selected, tab=None):
    test = AppTest.from_function(page, default_timeout=60)
    test.session_state["selected runs"] = list(selected)
    if tab:
        test.session_state["run_tab"] = tab
    test.run()
    assert not test.exception
    return test


def text(test):
    return "\n".join(element.value for kind in (test.markdown, test.caption) for element in kind)


def button(test, label):
    (found,) = [one for one in test.button if one.label == label]
    return found


def test_an_empty_store_says_what_to_do():
    test = draw()
    assert "Nothing has run yet" in text(test)
    assert "with record(" in test.code[0].value


def test_the_latest_run_is_first_and_none_is_selected():
    stored(SMALL, LearningCurve("wine", ["dummy"], n_splits=2))
    test = draw()
    (table,) = (frame.value for frame in test.dataframe)
    assert table.Kind.tolist() == ["Learning curve", "Comparison"]
    assert table.Data.tolist() == ["wine", "iris"]
    assert table.State.tolist() == ["Finished"] * 2
    assert table.Fits.tolist() == [10, 4]
    assert "No run is selected" in text(test)


def test_a_search_of_a_script_is_there_by_itself():
    with record("my grid", backend="threading") as recording:
        GridSearchCV(SVC(), {"C": [0.1, 1.0], "gamma": ["scale", 1.0]}).fit(X, y)
    test = draw(recording.run, tab="Evaluations")
    runs, evaluations = (frame.value for frame in test.dataframe)
    assert runs.Name.tolist() == ["my grid"]
    assert runs.Kind.tolist() == ["Script"]
    assert len(evaluations) == 20
    assert set(evaluations.C) == {0.1, 1.0}
    assert evaluations.score.between(0.8, 1).all()
    assert "Every evaluation is in" in text(test)
    assert not [one for one in test.button if one.label in ("Open", "Resume")]
    test = draw(recording.run, tab="Downloads")
    assert [one.label for one in test.get("download_button")] == ["Evaluations (CSV)"]
    assert "your own script decides" in text(test)


def test_settings_are_words():
    (identity,) = stored(SMALL)
    test = draw(identity)
    table = test.table[0].value.set_index("Setting").Value
    assert table["Models"] == "SVM RBF, Dummy baseline"
    assert table["Normalisation"] == "Standard"
    assert "Fingerprints: data" in text(test)


def test_a_failed_run_says_why():
    with pytest.raises(ValueError, match="boom"), record("a failure", backend="threading"):
        raise ValueError("boom")
    test = draw(*ids())
    assert test.warning[0].value == "ValueError: boom"
    (where,) = (one for one in test.expander if one.label == "Where the error was")
    assert 'raise ValueError("boom")' in where.code[0].value


def test_a_running_one_can_be_stopped():
    with Store() as store:
        identity = store.open_run("slow")
        test = draw(identity)
        button(test, "Stop").click().run()
        assert store.beat(identity) is True


def test_what_did_not_finish_can_be_resumed(monkeypatch):
    resumed = []
    monkeypatch.setattr("bakeoff.dashboard.views.runs.page.resume", resumed.append)
    listening = run(SMALL)
    next(listening)
    listening.close()
    test = draw(*ids())
    assert "What it had finished is kept" in text(test)
    button(test, "Resume").click().run()
    assert resumed == ids()


def test_a_run_gets_another_name_which_is_text():
    (identity,) = stored(SMALL)
    test = draw(identity)
    test.text_input[0].set_value("  my *first* try ")
    button(test, "Rename").click().run()
    assert test.dataframe[0].value.Name.tolist() == ["my *first* try"]
    assert test.header[0].value == r"my \*first\* try"


def test_delete_takes_a_second_press_and_leaves_the_others():
    first, second, third = stored(SMALL, LearningCurve("iris", ["dummy"], n_splits=2), SMALL)
    test = draw(first, second)
    assert "Delete 2 runs" in text(test)
    assert len(ids()) == 3
    button(test, "Delete for good").click().run()
    assert not test.exception
    assert ids() == [third]
    with Store() as store:
        assert len(store.entries(third)) == 4  # those that it shares with the first
    assert test.dataframe[0].value.Kind.tolist() == ["Comparison"]


def test_results_that_no_run_refers_to_are_cleaned_unless_runs_are_under_way():
    other, identity = stored(Comparison("iris", ["dummy"], n_splits=3), SMALL)
    with Store() as store:
        assert not [one for one in draw().button if one.key == "clean_for_good"]
        store.start_run(identity)  # again, and it asks for nothing that it had
        store.end_run(identity, "stopped")
        n_bytes = store.unused[1]
        going = store.open_run("going")
        test = draw()
        assert "Results that belong to no run any more: 4" in text(test)
        assert data_size(n_bytes) in text(test)
        assert test.button(key="clean_for_good").disabled
        store.end_run(going, "finished")
        test = draw()
        going = store.open_run("begun after the page was drawn")
        test.button(key="clean_for_good").click().run()
        assert test.error[0].value == (
            f"the store {store.path} is cleaned when no run is under way, however: 1"
        )
        assert store.unused == (4, n_bytes)
        store.end_run(going, "finished")
        test = draw()
        test.button(key="clean_for_good").click().run()
        assert not test.exception
        assert store.unused == (0, 0)
        assert len(store.entries(other)) == 3
    assert not [one for one in test.button if one.key == "clean_for_good"]


def test_deleting_a_running_one_asks_it_to_stop():
    with Store() as store:
        identity = store.open_run("slow")
        test = draw(identity)
        assert "stopped first" in text(test)
        button(test, "Delete for good").click().run()
        assert store.beat(identity) is True
        assert store.runs() == []


def test_runs_on_the_same_folds_are_compared():
    chosen = stored(SMALL, Comparison("iris", ["logistic", "dummy"], n_splits=2))
    test = draw(*chosen)
    _, means, pairs = (frame.value for frame in test.dataframe)
    assert len(means) == 4
    assert len(pairs) == 6
    assert all(" · Comparison on iris (" in name for name in means.Model)
    assert "The baseline is in the tables only." in text(test)


def test_runs_on_other_data_are_refused_with_both_fingerprints():
    chosen = stored(SMALL, Comparison("wine", ["dummy"], n_splits=2))
    test = draw(*chosen)
    with Store() as store:
        marks = [store.run(one).data[:8] for one in chosen]
    (said,) = (warning.value for warning in test.warning)
    assert "their data differ" in said
    assert all(mark in said for mark in marks)


def test_many_runs_can_be_filtered():
    for n_splits in range(2, 11):
        list(run(Comparison("iris", ["dummy"], n_splits=n_splits)))
    list(run(LearningCurve("wine", ["dummy"], n_splits=2)))
    test = draw()
    assert len(test.dataframe[0].value) == 10
    test.multiselect(key="runs_kind").set_value(["LearningCurve"]).run()
    assert test.dataframe[0].value.Data.tolist() == ["wine"]
    test.multiselect(key="runs_data").set_value(["iris"]).run()
    assert not test.exception
    assert "No run is left here." in test.info[0].value


def test_each_download_is_offered_once_the_run_has_ended():
    (identity,) = stored(SMALL)
    test = draw(identity, tab="Downloads")
    assert [one.label for one in test.get("download_button")] == [
        *("Report (HTML)", "Archive (zip)", "Script", "Evaluations (CSV)", "Fit on all rows")
    ]
    assert test.code[0].value == "bakeoff rerun Comparison_on_iris.zip"
    assert test.selectbox[0].options == ["SVM RBF", "Dummy baseline"]
    with Store() as store:
        going = store.open_run("going", "Comparison", SMALL.to_json())
    assert "once the run has ended" in text(draw(going, tab="Downloads"))


def test_without_vl_convert_the_report_says_what_to_install(monkeypatch):
    (identity,) = stored(SMALL)
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    test = draw(identity, tab="Downloads")
    assert "The report needs vl-convert: `pip install 'bakeoff[dashboard]'`." in text(test)
    report, archive, *_ = test.get("download_button")
    assert (report.disabled, archive.disabled) == (True, False)


@pytest.fixture
def table():
    """A file of the user's own."""
    rows = "".join(f"{i % 9},{'ab'[i % 2]}\n" for i in range(40))
    return save_table(f"height,species\n{rows}".encode(), "my plants.csv", {})


def test_a_file_is_named_to_who_runs_it_again(table):
    (identity,) = stored(
        Comparison(table.dataset, ["dummy"], params={"target": "species"}, n_splits=2)
    )
    test = draw(identity, tab="Downloads")
    assert test.dataframe[0].value.Data.tolist() == ["my plants.csv"]
    assert test.code[0].value.endswith(".zip --data 'my plants.csv'")


def test_data_that_are_gone_are_said_so(table):
    (identity,) = stored(
        Comparison(table.dataset, ["dummy"], params={"target": "species"}, n_splits=2)
    )
    delete_table(table.token)
    test = draw(identity, tab="Downloads")
    assert "The data of this run cannot be loaded" in test.warning[0].value
    assert [one.label for one in test.get("download_button")] == ["Evaluations (CSV)"]


def test_a_store_that_cannot_be_read_is_one_sentence(home):
    home.mkdir()
    (home / "bakeoff.sqlite").write_text("something else " * 500)
    test = draw()
    assert "is not a bakeoff store" in test.error[0].value


def test_calls_without_scores_have_a_table_too():
    with record("predictions", backend="threading") as recording:
        cross_val_predict(SVC(), X, y)
    with Store() as store:
        table = entry_table(store.entries(recording.run))
    assert table.n_test.tolist() == [30] * 5


@pytest.mark.slow
def test_files_are_made_in_a_process_aside():
    from bakeoff.dashboard.report.html import archive_of
    from bakeoff.experiments.runs.in_process import aside

    (identity,) = stored(SMALL)
    content = aside(archive_of, identity)
    assert "spec.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_a_pipeline_is_fitted_of_models_that_have_a_score():
    refused = {"svm_rbf": {"C": -1.0}}
    (one,) = stored(Comparison("iris", ["svm_rbf", "dummy"], n_splits=2, model_params=refused))
    test = draw(one, tab="Downloads")
    (box,) = [found for found in test.selectbox if found.label == "Model"]
    assert box.options == ["Dummy baseline"]
    (none,) = stored(Comparison("wine", ["svm_rbf"], n_splits=2, model_params=refused))[1:]
    test = draw(none, tab="Downloads")
    assert not test.selectbox


def test_why_a_file_could_not_be_made_is_noted_until_it_can():
    failed = {}

    def make():
        raise KeyError("no run has the id 'x'")

    with pytest.raises(KeyError):
        noted(make, "run.zip", failed)
    assert failed == {"run.zip": "no run has the id 'x'"}
    with pytest.raises(MemoryError):
        noted(partial(exec, "raise MemoryError"), "run.html", failed)
    assert failed["run.html"] == "MemoryError"
    assert noted(lambda: b"zip", "run.zip", failed) == b"zip"
    assert "run.zip" not in failed
