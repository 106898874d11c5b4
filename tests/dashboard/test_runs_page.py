"""The page that lists runs, against a store with real ones in it."""

import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.svm import SVC
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.recording import Store, record
from bakeoff.dashboard.views.runs import evaluations_table

X, y = load_iris(return_X_y=True)


def page():
    from bakeoff.dashboard.views import runs

    runs.show()


@pytest.fixture
def searched():
    with record("my grid", backend="threading") as recording:
        GridSearchCV(SVC(), {"C": [0.1, 1.0], "gamma": ["scale", 1.0]}).fit(X, y)
    return recording.run


def draw():
    test = AppTest.from_function(page, default_timeout=60).run()
    assert not test.exception
    return test


def text(test):
    return "\n".join(element.value for element in test.markdown)


def test_an_empty_store_says_what_to_do():
    test = draw()
    assert "Nothing has run yet" in text(test)
    assert "with record(" in test.code[0].value


def test_a_search_of_a_script_is_there_by_itself(searched):
    test = draw()
    runs, evaluations = (frame.value for frame in test.dataframe)
    assert runs.Name.tolist() == ["my grid"]
    assert runs.Kind.tolist() == ["Script"]
    assert runs.State.tolist() == ["Finished"]
    assert runs.Evaluations.tolist() == [20]
    assert len(evaluations) == 20
    assert set(evaluations.C) == {0.1, 1.0}
    assert evaluations.score.between(0.8, 1).all()
    assert "Every evaluation is in" in text(test)


def test_a_failed_run_says_why():
    with (
        pytest.raises(ValueError, match="boom"),
        record("a failure", backend="threading"),
    ):
        raise ValueError("boom")
    test = draw()
    assert test.warning[0].value == "ValueError: boom"


def test_a_running_one_can_be_stopped():
    with Store() as store:
        run = store.open_run("slow")
        test = draw()
        (stop,) = [button for button in test.button if button.label == "Stop"]
        stop.click().run()
        assert store.beat(run) is True


def test_a_store_that_cannot_be_read_is_one_sentence(home):
    home.mkdir()
    (home / "bakeoff.sqlite").write_text("something else " * 500)
    test = draw()
    assert "is not a bakeoff store" in test.error[0].value


def test_calls_without_scores_have_a_table_too():
    with record("predictions", backend="threading") as recording:
        cross_val_predict(SVC(), X, y)
    with Store() as store:
        table = evaluations_table(store.entries(recording.run))
    assert table.n_test.tolist() == [30] * 5
