import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import log_loss

from bakeoff.datasets import load
from bakeoff.experiments import CATALOGUE, LearningCurve, epoch_curve, run, score_curve
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.scorers import SCORERS
from bakeoff.experiments.specs.epoch_task import EpochTask

NETS = ", ".join(key for key, model in CATALOGUE.items() if model.family == "net")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"over": "time"}, "over must be one of rows, epochs, however: 'time'"),
        (
            {"over": "epochs"},
            f"a model over epochs must be one of {NETS}, however: 'svm_rbf'",
        ),
        ({"train_sizes": []}, r"train_sizes must have at least one size, however: \(\)"),
        ({"train_sizes": [0.0]}, "a train size must be a share .*, however: 0.0"),
        ({"train_sizes": [1.5]}, "a train size must be a share .*, however: 1.5"),
        ({"train_sizes": [0]}, "a train size must be a share .*, however: 0"),
        ({"train_sizes": [True]}, "a train size must be a share .*, however: True"),
    ],
)
def test_a_curve_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        LearningCurve("iris", ["svm_rbf"], **values)


def test_more_rows_than_a_fold_trains_on_are_refused():
    spec = LearningCurve("iris", ["dummy"], train_sizes=[101], n_splits=3)
    with pytest.raises(ValueError, match="at most the training rows of a fold, 100, however: 101"):
        next(run(spec))


def test_training_rows_are_nested_and_stratified_and_end_with_all():
    spec = LearningCurve("wine", ["svm_rbf", "dummy"], train_sizes=[30, 0.5, 1.0], n_splits=3)
    data = load("wine")
    tasks = next(spec.rounds(data))
    assert len(tasks) == 3 * 3 * 2
    for number, fold in enumerate(spec.folds(data)):
        of_fold = [t for t in tasks if t.fold == number and t.model == "svm_rbf"]
        few, half, whole = (set(t.train) for t in of_fold)
        assert few < half < whole == set(fold.train)
        assert len(few) == 30
        assert len(half) == round(len(whole) / 2)
        np.testing.assert_array_equal(of_fold[0].test, fold.test)
        shares = np.bincount(data.y[fold.train]) / len(fold.train)
        assert np.abs(np.bincount(data.y[of_fold[0].train]) - 30 * shares).max() < 1


def test_every_model_has_the_same_rows_and_both_scores():
    spec = LearningCurve("wine", ["svm_rbf", "dummy"], train_sizes=[0.2, 1.0], n_splits=3)
    table = score_curve(list(run(spec)), "train_size")
    assert len(table) == 2 * 2 * 2
    assert (table.folds == 3).all()
    svm = table[table.model == "svm_rbf"].pivot(index="train_size", columns="part", values="mean")
    assert svm.loc[1.0, "test"] > svm.loc[0.2, "test"]
    assert (svm.train >= svm.test).all()


@pytest.fixture(scope="module")
def over_epochs():
    data = load("moons", n_samples=80)
    spec = LearningCurve("moons", ["mlp"], over="epochs", n_splits=2)
    return data, list(run(spec, data))


def test_the_epochs_end_in_the_model_that_was_trained(over_epochs):
    data, evaluations = over_epochs
    e = evaluations[0]
    train = np.setdiff1d(np.arange(80), e.test)
    model = clone(pipeline("mlp", data)).fit(data.X[train], data.y[train])
    X, y = data.X[e.test], data.y[e.test]
    np.testing.assert_array_equal(e.probabilities, model.predict_proba(X))
    assert e.curve["train_loss"] == model[-1].loss_curve_
    assert e.curve["test_loss"][-1] == pytest.approx(log_loss(y, model.predict_proba(X)))
    assert e.curve["test_score"][-1] == e.score == model.score(X, y)


@pytest.mark.parametrize("name", ["iris", "diabetes"])
def test_the_losses_of_an_epoch_are_in_the_same_units(name):
    # Full batches, and the training rows for test rows: what is left of the loss after an epoch
    # is what the next one begins with.
    data = load(name)
    rows = np.arange(0, len(data.y), 3)
    net = pipeline("mlp", data)
    last = net.steps[-1][0]
    options = {"batch_size": 500, "max_iter": 6, "hidden_layer_sizes": (8,)}
    net.set_params(**{f"{last}__{key}": value for key, value in options.items()})
    (found,) = EpochTask(
        estimator=net, train=rows, test=rows, metrics=(SCORERS[data.task],),
        model="mlp", repeat=0, fold=0,
    ).run(data.X, data.y)  # fmt: skip
    np.testing.assert_allclose(found.curve["test_loss"][:-1], found.curve["train_loss"][1:])
    assert len(found.curve["test_score"]) == 6


def test_the_epoch_curve_is_one_row_per_model_curve_and_epoch(over_epochs):
    _, evaluations = over_epochs
    table = epoch_curve(evaluations)
    assert set(table.curve) == {"train_loss", "test_loss", "test_score"}
    epochs = len(evaluations[0].curve["train_loss"])
    assert list(table[table.curve == "test_loss"].epoch) == list(range(1, epochs + 1))
    first = table.query("curve == 'train_loss' and epoch == 1")
    assert first["mean"].item() == pytest.approx(
        np.mean([e.curve["train_loss"][0] for e in evaluations])
    )
