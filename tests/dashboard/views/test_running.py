"""A run on a page: which one is shown, in which state, with what to press."""

import dataclasses
import time

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.experiments import Comparison, run
from bakeoff.experiments.runs import background
from bakeoff.recording import Store
from bakeoff.recording import run as of_run

QUICK = Comparison("iris", ["svm_rbf", "dummy"], n_splits=3)


def show():
    import streamlit as st

    from bakeoff.dashboard.views.shared import running
    from bakeoff.experiments import Comparison

    button, results = st.columns(2)
    running.follow(
        Comparison,
        Comparison("iris", ["svm_rbf", "dummy"], n_splits=3),
        button,
        results,
        start="Go",
        empty=lambda: st.markdown("EMPTY"),
        report=lambda outcome: st.markdown(f"REPORT of {len(outcome.evaluations)}"),
    )


@pytest.fixture
def page():
    return AppTest.from_function(show, default_timeout=120)


def at(page, identity):
    page.query_params["run"] = identity
    page.run()
    assert not page.exception
    return page


def text(page):
    kinds = (page.markdown, page.caption, page.info, page.warning, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def buttons(page):
    return {one.label: one.disabled for one in page.button}


def done(spec=QUICK):
    """Run a spec in this process, and return its id."""
    list(run(spec))
    with Store() as store:
        return store.runs()[0].id


def test_before_the_first_run_there_is_one_button(page):
    page.run()
    assert buttons(page) == {"Go": False}
    assert "EMPTY" in text(page)


@pytest.mark.slow
def test_the_button_starts_a_run_that_stands_in_the_link_and_ends_in_a_report(page):
    page.run()
    page.button[0].click().run()
    identity = page.query_params["run"]
    assert buttons(page)["Go"]
    deadline = time.monotonic() + 120
    while "REPORT" not in text(page):
        assert time.monotonic() < deadline, text(page)
        time.sleep(0.3)
        page.run()
    assert "REPORT of 6" in text(page)
    assert buttons(page) == {"Go": False}
    with Store() as store:
        assert store.run(identity).state == "finished"


def test_a_queued_run_says_for_whom_it_waits_and_can_be_stopped(page):
    with Store() as store:
        first = store.queue_run("first", "Comparison", QUICK.to_json())
        assert "Starting" in text(at(page, first))
        store.queue_run("a *second*", "Comparison", QUICK.to_json())
        identity = store.queue_run("waits", "Comparison", QUICK.to_json())
        store.start_run(first)
    at(page, identity)
    assert "Waiting: 2 runs" in text(page)
    assert r"1. first: Running" "\n" r"1. a \*second\*: Queued" in text(page)
    assert buttons(page) == {"Go": True, "Stop": False}
    page.button[1].click().run()
    with Store() as store, pytest.raises(Exception, match="stopped"):
        store.turn(identity)


def watch(identity, state):
    import streamlit as st

    from bakeoff.dashboard.views.shared import progress

    times = st.session_state["times"] = st.session_state.get("times", 0) + 1
    st.markdown(f"DRAWN {times}")
    if times == 1:
        progress.watch_ended(identity, state)


def test_a_run_that_was_taken_for_dead_is_followed_again(page, monkeypatch):
    with Store() as store:
        identity = store.open_run("silent", "Comparison", QUICK.to_json())
    with monkeypatch.context() as patch:
        patch.setattr(of_run, "STALE_AFTER", -1)
        assert "Interrupted" in text(at(page, identity))
    for seen, drawn in [("interrupted", 2), ("running", 1)]:
        watching = AppTest.from_function(watch, args=(identity, seen), default_timeout=60).run()
        assert text(watching) == f"DRAWN {drawn}"


def own(n_splits):
    import streamlit as st

    from bakeoff.dashboard.views.shared import running
    from bakeoff.experiments import Comparison

    running.follow(
        Comparison,
        Comparison("iris", ["dummy"], n_splits=n_splits),
        st.container(),
        st.container(),
        start="Go",
        empty=lambda: st.markdown("EMPTY"),
        report=lambda outcome: st.markdown(f"REPORT of {len(outcome.evaluations)}"),
    )


@pytest.mark.slow
def test_eight_tabs_take_turns_and_each_shows_its_own_run(monkeypatch):
    monkeypatch.setattr(background, "_start", lambda run: None)  # carried out below, one by one
    tabs = {n: AppTest.from_function(own, args=(n,), default_timeout=60) for n in range(2, 10)}
    for tab in tabs.values():
        tab.run().button[0].click().run()
    asked = [tab.query_params["run"] for tab in tabs.values()]
    with Store() as store:
        for place, (n, tab) in enumerate(tabs.items()):
            ahead = [len(store.ahead_of(identity)) for identity in asked[place:]]
            assert ahead == list(range(len(ahead)))
            assert store.turn(asked[place]) == 0
            list(run(Comparison("iris", ["dummy"], n_splits=n), store=store, queued=asked[place]))
            assert text(tab.run()) == f"REPORT of {n}"
    for n, tab in tabs.items():
        assert text(tab.run()) == f"REPORT of {n}"


def test_a_worker_that_is_stopped_is_said_until_it_goes_on(page):
    with Store() as store:
        run = store.queue_run("title", "Comparison", Comparison("iris", ["dummy"]).to_json())
        store.start_run(run)
        store.watch(run, -123, {"stopped": 123})
        page.query_params["run"] = run
        page.run()
        assert "Worker process 123 is stopped" in "".join(one.value for one in page.warning)
        store.watch(run, -123, {})
        page.run()
    assert not page.warning
    assert not page.exception


@pytest.mark.parametrize(
    ("state", "said"),
    [("stopped", "Stopped: 6 of 6"), ("failed", "This run failed."), ("interrupted", "gone")],
)
def test_a_run_that_did_not_finish_says_why_and_can_be_resumed(page, state, said):
    identity = done()
    with Store() as store:
        store.end_run(identity, state, "because")
    at(page, identity)
    assert said in text(page)
    assert "because" in text(page)
    assert "REPORT of 6" in text(page)
    assert buttons(page) == {"Go": False, "Resume": False}


def test_a_run_that_is_not_there_is_one_sentence(page):
    at(page, "0123456789abcdef")
    assert "The run '01234567' is not there" in text(page)
    assert "EMPTY" in text(page)


def test_a_run_of_another_kind_is_left_to_its_page(page):
    with Store() as store:
        identity = store.open_run("other", "GridSearch", "{}")
    assert "EMPTY" in text(at(page, identity))


def test_settings_that_are_not_the_run_s_are_said(page):
    assert "are not those of the run" not in text(at(page, done()))
    other = done(Comparison("iris", ["dummy"], n_splits=3))
    assert "are not those of the run" in text(at(page, other))


def test_data_that_are_gone_are_one_sentence(page):
    with Store() as store:
        spec = Comparison("file:/no/such/table.csv", ["dummy"])
        identity = store.open_run("gone", "Comparison", spec.to_json())
        store.end_run(identity, "failed", "because")
    assert "cannot be loaded" in text(at(page, identity))


def test_a_file_that_was_written_anew_is_read_anew(page, tmp_path):
    path, runs = tmp_path / "mine.csv", []
    for value in (2, 3):
        path.write_text("height,kind\n" + f"1,a\n{value},b\n" * 9)
        params = {"target": "kind", "keep": ["height"]}
        runs.append(done(Comparison(f"file:{path}", ["dummy"], params=params, n_splits=3)))
        assert "REPORT of 3" in text(at(page, runs[-1]))
    assert "holds other data than this run had" in text(at(page, runs[0]))


def test_a_store_that_cannot_be_read_is_one_sentence(page, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BAKEOFF_HOME", str(tmp_path / "file"))
    at(page, "0123456789abcdef")
    assert "cannot be" in page.error[0].value


def test_a_store_that_cannot_be_used_is_one_sentence_also_when_a_button_is_pressed(page):
    for _ in run(QUICK):
        break
    with Store() as store:
        path, (stopped,) = store.path, store.runs()
    at(page, stopped.id)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    path.write_bytes(b"no store" * 200)
    (resume,) = [one for one in page.button if one.label == "Resume"]
    resume.click().run()
    assert not page.exception
    assert {error.value for error in page.error} == {
        f"the store {path} is not a bakeoff store; what it holds stays, and BAKEOFF_HOME can name "
        "another folder"
    }


def test_a_run_of_another_version_is_one_sentence(page):
    with Store() as store:
        other = store.open_run("later", "Comparison", '{"kind": "Comparison", "colour": "red"}')
        store.end_run(other, "finished")
    at(page, other)
    assert [warning.value for warning in page.warning] == [
        "The settings of this run cannot be read: a Comparison has no field 'colour'"
    ]
    assert "EMPTY" in text(page)


def test_data_that_only_share_a_name_with_those_of_the_run_are_refused(page):
    data = QUICK.load()
    list(run(QUICK, dataclasses.replace(data, X=data.X + 1)))
    with Store() as store:
        (scripted,) = store.runs()
    at(page, scripted.id)
    assert [error.value for error in page.error] == [
        "The data of this run cannot be loaded: 'iris' holds other data than this run had"
    ]
    assert "REPORT" not in text(page)
