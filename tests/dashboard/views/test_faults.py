"""What is wrong with the store, the disk or the network is one sentence on every page."""

import contextlib
import gzip
import sqlite3

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.views.data import file as data_file
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.runs import background
from bakeoff.recording import Store, home
from bakeoff.recording.database import Database

pytestmark = pytest.mark.slow  # each draws a whole page

PAGES = ["compare", "curves", "ensembles", "search", "runs"]


def show(name):
    import importlib

    importlib.import_module(f"bakeoff.dashboard.views.{name}.page").show()


def draw(name, **query):
    test = AppTest.from_function(show, args=(name,), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def errors(page):
    return "\n".join(one.value for one in page.error)


def store_path():
    home().mkdir(parents=True, exist_ok=True)
    return home() / "bakeoff.sqlite"


def _random_bytes():
    store_path().write_bytes(bytes(range(256)) * 64)


def _damaged_in_the_middle():
    with Store() as store:
        for number in range(40):
            store.open_run(f"run {number}", "Comparison", "{}" * 500)
    content = bytearray(store_path().read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    store_path().write_bytes(content)


def _foreign():
    with sqlite3.connect(store_path()) as db:
        db.execute("CREATE TABLE bookmark (address)")
    db.close()


def _newer():
    with Store():
        pass
    with sqlite3.connect(store_path()) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()


def _a_folder():
    store_path().mkdir()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (_random_bytes, "is not a bakeoff store"),
        (_damaged_in_the_middle, "is damaged"),
        (_foreign, "is not a bakeoff store, but another program's"),
        (_newer, "was written by a newer bakeoff"),
        (_a_folder, "cannot be opened"),
    ],
)
def test_a_store_that_cannot_be_used_is_one_sentence(page, fault, said):
    fault()
    shown = draw(page, run="a" * 32)
    assert said in errors(shown)
    assert "bakeoff.sqlite" in errors(shown)


def test_a_damaged_result_is_one_sentence_with_the_cure():
    with Store() as store:
        spec = Comparison("iris", ["dummy"], n_splits=2)
        for _ in run(spec, store=store):
            pass
        identity = store.runs()[0].id
    with sqlite3.connect(store_path()) as db:
        db.execute("UPDATE evaluation SET result=CAST('damaged' AS BLOB)")
    db.close()
    shown = draw("compare", run=identity)
    assert "start the same run again, and they alone are computed again" in errors(shown)


@pytest.mark.parametrize("page", PAGES)
def test_it_is_said_in_korean_to_who_reads_korean(page, korean_reader):
    _random_bytes()
    assert "bakeoff의 저장소가 아닙니다" in errors(draw(page, run="a" * 32))


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (
            "CREATE TEMP TRIGGER full BEFORE INSERT ON run BEGIN "
            "SELECT RAISE(FAIL, 'database or disk is full'); END",
            "the disk is full",
        ),
        ("PRAGMA query_only=1", "it is read-only"),
    ],
)
def test_a_run_that_cannot_be_stored_is_not_started(trouble, said, monkeypatch):
    page = draw("compare")
    prepare = Database._prepare

    def limited(database, timeout):
        prepare(database, timeout)
        database._db.execute(trouble)

    monkeypatch.setattr(Database, "_prepare", limited)
    page.button(key="Comparison").click().run()
    assert not page.exception
    assert f"cannot be written: {said}" in errors(page)
    assert not page.button(key="Comparison").disabled


@pytest.fixture
def locked(monkeypatch):
    """A store with a run, to which another process writes for longer than anybody waits."""
    with Store() as store:
        store.end_run(store.open_run("kept", "record"), "finished")
    monkeypatch.setattr(Store.__init__, "__defaults__", (None, 0.05))
    with contextlib.closing(sqlite3.connect(store_path(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_store_that_another_process_has_locked_is_shown_all_the_same(locked):
    page = draw("runs")
    assert not page.error
    assert page.dataframe[0].value["Name"].tolist() == ["kept"]


def test_a_run_that_is_started_while_the_store_is_locked_is_one_sentence(locked, monkeypatch):
    monkeypatch.setattr(background, "_start", lambda run: None)  # what is looked at is the page
    page = draw("compare")
    page.button(key="Comparison").click().run()
    assert not page.exception
    assert "cannot be written: another program has locked it" in errors(page)
    with Store() as store:
        assert [run.name for run in store.runs()] == ["kept"]
    locked.execute("ROLLBACK")
    page.button(key="Comparison").click().run()  # nothing is lost: the settings are still there
    assert not page.error
    with Store() as store:
        (started, _) = store.runs()
    assert (started.state, started.kind) == ("queued", "Comparison")


def test_a_disk_that_is_full_keeps_the_file_on_the_page(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "tables")

    monkeypatch.setattr(data_file, "save_table", full)
    page = draw("data")
    page.file_uploader[0].set_value(("a.csv", b"height,kind\n1,a\n2,b\n" * 9, "text/csv")).run()
    next(one for one in page.button if one.label == "Use this table").click().run()
    assert not page.exception
    assert "The table cannot be kept: [Errno 28] No space left on device" in errors(page)
    assert "2 columns" in "".join(one.value for one in page.caption)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(bytes(10**7)), "is compressed with gzip"),
        (b"PK\x03\x04" + bytes(100), "is an archive"),
        (bytes(10**6), "neither text nor Parquet"),
        (b"PAR1" + bytes(100) + b"PAR1", "damaged Parquet"),
        (b"=cmd|' /C calc'!A0,<script>alert(1)</script>\n1,2\n2,3\n3,4\n", ""),
        (b"a,b\n\xff\xfe\x00,1\n", "neither text nor Parquet"),
        (b"![x](javascript:alert(1)),$x$\n" * 30, ""),
    ],
)
def test_a_hostile_file_is_a_sentence_or_a_table(content, said):
    page = draw("data")
    page.file_uploader[0].set_value(("<img src=x>.csv", content, "text/csv")).run()
    assert not page.exception
    assert said in errors(page)
    assert "<script" not in "".join(one.value for one in page.markdown)


@pytest.mark.parametrize(
    "query",
    [
        {"dataset": "file:/etc/passwd"},
        {"dataset": "../../secret"},
        {"models": "'; DROP TABLE run; --"},
        {"seed": "-1"},
        {"run": "<img src=x onerror=alert(1)>"},
        {"svm_rbf.C": "nan", "parameters": "true"},
    ],
)
def test_a_hostile_link_opens_the_page(query):
    page = draw("compare", **query)
    assert page.selectbox(key="dataset").value == "wine"


@pytest.mark.parametrize("query", [{"folds": "1e400"}, {"seed": "-inf"}, {"repeats": "Infinity"}])
def test_a_number_without_end_in_a_link_is_one_sentence(query):
    (name, value), *_ = query.items()
    page = draw("compare", **query)
    assert errors(page) == f"{name} must be a number, however the link says: {value}"


def test_a_link_to_a_table_that_is_gone_says_so():
    page = draw("compare", dataset="plants.csv 0123abcd")
    said = "There is no data set 'plants.csv 0123abcd', or not any more."
    assert [one.value for one in page.warning] == [said]
