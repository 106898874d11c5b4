import numpy as np
import pytest
from sklearn.base import clone
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier
from sklearn.utils import resample

from bakeoff.datasets import load
from bakeoff.experiments import EnsembleStudy, run
from bakeoff.experiments.specs.ensemble_study import METHODS

pytestmark = pytest.mark.privates

WINE = load("wine")
SIZES = (1, 3, 8)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"learner": "forest"}, "learner must be one of tree, svm, mlp, however: 'forest'"),
        ({"methods": ["stacking"]}, "a method must be one of bagging, .*, however: 'stacking'"),
        ({"methods": []}, r"methods must have at least one entry, however: \(\)"),
        ({"members": []}, r"members must have at least one entry, however: \(\)"),
        ({"members": [0]}, "a number of members must be an integer of at least 1, however: 0"),
        ({"n_resamples": 1}, "n_resamples must be an integer of at least 2, however: 1"),
        ({"svm": "nystroem"}, "svm must be 'exact' in an ensemble, however: 'nystroem'"),
        (
            {"learner": "svm", "methods": ["gradient_boosting"]},
            "gradient boosting takes trees only, however: 'svm'",
        ),
    ],
)
def test_a_study_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        EnsembleStudy("wine", **values)


def first_tasks(data, **values):
    spec = EnsembleStudy(data.name, members=SIZES, n_resamples=2, n_splits=3, **values)
    return spec, next(spec.rounds(data))


def test_one_fit_per_method_fold_and_resample():
    spec, tasks = first_tasks(WINE, methods=METHODS)
    assert len(tasks) == 3 * 3 * 2
    assert {task.label for task in tasks} == {task.label for task in set(tasks)}
    assert len({task.label for task in tasks}) == len(tasks)
    fold = spec.folds(WINE)[0]
    drawn = resample(fold.train, stratify=WINE.y[fold.train], random_state=1)
    (task,) = [t for t in tasks if (t.model, t.fold, t.seed) == ("bagging", 0, 1)]
    np.testing.assert_array_equal(task.train, drawn)
    np.testing.assert_array_equal(task.test, fold.test)


@pytest.mark.parametrize("name", ["wine", "diabetes"])
@pytest.mark.parametrize("method", METHODS)
def test_each_size_is_the_ensemble_that_a_fit_of_that_size_gives(name, method):
    data = load(name)
    _, tasks = first_tasks(data, methods=[method])
    for e in tasks[0].run(data.X, data.y):
        model = clone(tasks[0].estimator).set_params(ensemble__n_estimators=e.params["members"])
        model.fit(data.X[tasks[0].train], data.y[tasks[0].train])
        np.testing.assert_array_equal(e.predicted, model.predict(data.X[e.test]))


@pytest.mark.parametrize("method", ["boosting", "gradient_boosting"])
def test_each_size_of_boosting_is_a_stage_of_scikit_learn(method):
    _, tasks = first_tasks(WINE, methods=[method])
    fitted, _ = tasks[0].fit(WINE.X, WINE.y)
    assert isinstance(fitted[-1], (AdaBoostClassifier, GradientBoostingClassifier))
    stages = list(fitted[-1].staged_predict(fitted[:-1].transform(WINE.X[tasks[0].test])))
    for e in tasks[0].run(WINE.X, WINE.y):
        np.testing.assert_array_equal(e.predicted, stages[e.params["members"] - 1])


def test_boosting_that_ends_early_keeps_what_it_has():
    _, tasks = first_tasks(WINE, methods=["boosting"], learner_params={"max_depth": None})
    fitted, _ = tasks[0].fit(WINE.X, WINE.y)
    assert len(fitted[-1].estimators_) == 1
    found = tasks[0].run(WINE.X, WINE.y)
    assert [e.params["members"] for e in found] == list(SIZES)
    for e in found:
        np.testing.assert_array_equal(e.predicted, found[0].predicted)


@pytest.mark.parametrize("learner", ["svm", "mlp"])
@pytest.mark.parametrize("name", ["iris", "diabetes"])
def test_svms_and_nets_can_be_members(learner, name):
    params = {"max_iter": 2, "hidden_layer_sizes": (4,)} if learner == "mlp" else {}
    spec = EnsembleStudy(
        name, learner, members=[1, 2], n_resamples=2, n_splits=2, learner_params=params
    )
    found = list(run(spec))
    assert [e.error for e in found] == [None] * 16


def test_a_study_that_fails_fails_at_every_size():
    spec = EnsembleStudy("wine", "svm", members=SIZES, n_resamples=2, learner_params={"C": -1.0})
    tasks = next(spec.rounds(WINE))
    found = tasks[0].failures(WINE.y, "no")
    assert [(e.params["members"], e.failed, e.error) for e in found] == [
        (size, True, "no") for size in SIZES
    ]
