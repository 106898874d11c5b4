"""A run that is opened has its own settings beside it."""

import pytest
from streamlit.testing.v1 import AppTest

from bakeoff.dashboard.views.shared.places import PATHS
from bakeoff.dashboard.views.shared.run_link import link_to
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
)
from bakeoff.experiments.runs.saved_tables import save_table
from bakeoff.recording import Store

pytestmark = pytest.mark.slow  # whole pages


def show(name):
    import importlib

    importlib.import_module(f"bakeoff.dashboard.views.{name}.page").show()


def opened(spec):
    with Store() as store:
        identity = store.open_run("a run", type(spec).__name__, spec.to_json())
        store.end_run(identity, "stopped")
        query = link_to(store.run(identity))
    page = PATHS[type(spec).__name__]
    test = AppTest.from_function(show, args=(page or "compare",), default_timeout=60)
    for key, value in query.items():
        test.query_params[key.removeprefix(f"{page}.")] = value  # drawn alone, a page has no name
    test.run()
    assert not test.exception
    assert test.query_params["run"] == identity
    return "\n".join(one.value for one in [*test.caption, *test.warning])


@pytest.mark.parametrize(
    "spec",
    [
        Comparison("iris", ["svm_rbf", "dummy"], n_splits=4, n_repeats=1, random_state=7),
        Comparison("iris", ["mlp"], n_seeds=2, budget=3, inner_splits=4, metrics=("f1_macro",)),
        Comparison("diabetes", ["svm_rbf"], model_params={"svm_rbf": {"C": 3.0}}, svm="nystroem"),
        Comparison("iris", ["forest"], normalisation="minmax", n_repeats=5, fold_pairs=True),
        LearningCurve("iris", ["forest"], train_sizes=(0.25, 0.5, 1.0)),
        LearningCurve("iris", ["gru"], over="epochs"),
        ValidationCurve("iris", "svm_rbf", "gamma", (0.1, 1.0)),
        EnsembleStudy(
            "iris", methods=("bagging",), members=(1, 2, 5, 10), learner_params={"max_depth": 3}
        ),
        GridSearch("iris", "svm_rbf", method="grid", space={"C": [1, 10], "gamma": [0.1, 1.0]}),
    ],
    ids=lambda spec: f"{type(spec).__name__}",
)
def test_its_settings_stand_in_the_boxes(spec):
    assert "are not those of the run" not in opened(spec)


def test_what_the_boxes_cannot_hold_is_said():
    spec = LearningCurve("iris", ["forest"], train_sizes=(0.1, 0.3, 0.9))
    assert "are not those of the run" in opened(spec)


def test_a_table_of_one_s_own_is_named_as_in_the_box():
    table = save_table(b"height,kind\n" + b"1,a\n2,b\n" * 20, "plants.csv", {"target": "kind"})
    spec = Comparison(table.dataset, ["dummy"], params=table.params, n_repeats=1)
    assert "are not those of the run" not in opened(spec)
