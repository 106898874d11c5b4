"""Rows are held out, training stops when they no longer improve, the best weights come back."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics import accuracy_score, log_loss, r2_score

from bakeoff.estimators import MLPClassifier, MLPRegressor
from bakeoff.estimators._training.hold_out import hold_out


@pytest.fixture
def noisy():
    """Three unequal classes, of which no net learns much that holds on other rows."""
    generator = np.random.RandomState(0)
    return generator.normal(size=(150, 4)), np.repeat([0, 1, 2], [90, 40, 20])


def held_out_rows(model, y, groups=None):
    return hold_out(
        y, fraction=model.validation_fraction, stratify=y.ndim == 1, groups=groups,
        random_state=model.net_.seed,
    )[1]  # fmt: skip


def overfitting(small, estimator, **parameters):
    return small(
        estimator, early_stopping=True, max_iter=60, validation_fraction=0.2, tol=0.0,
        hidden_layer_sizes=(64,), n_iter_no_change=5, **parameters,
    )  # fmt: skip


def test_the_weights_are_those_of_the_epoch_with_the_lowest_loss(small, noisy):
    X, y = noisy
    model = overfitting(small, MLPClassifier).fit(X, y)
    rows = held_out_rows(model, y)
    losses = model.history_["valid_loss"]

    assert model.best_epoch_ < model.n_iter_ < 60
    assert model.n_iter_ == model.best_epoch_ + 5
    assert model.best_epoch_ == losses.argmin() + 1
    assert_allclose(log_loss(y[rows], model.predict_proba(X[rows])), losses.min(), rtol=1e-6)
    assert_allclose(
        accuracy_score(y[rows], model.predict(X[rows])),
        model.validation_scores_[model.best_epoch_ - 1],
    )


def test_the_weights_of_a_regressor_are_the_best_too(small, noisy):
    X, _ = noisy
    y = np.random.RandomState(1).normal(size=150)
    model = overfitting(small, MLPRegressor).fit(X, y)
    rows = held_out_rows(model, y[:, None])
    errors = (model.predict(X[rows]) - y[rows]) / y.std()

    assert model.best_epoch_ < model.n_iter_ < 60
    assert_allclose((errors**2).mean(), model.history_["valid_loss"].min(), rtol=1e-6)
    assert_allclose(
        r2_score(y[rows], model.predict(X[rows])),
        model.validation_scores_[model.best_epoch_ - 1],
    )


def test_the_best_epoch_has_the_lowest_loss_whatever_the_tolerance(small, noisy):
    """tol decides when to stop, not which weights are best."""
    model = overfitting(small, MLPClassifier).set_params(tol=10.0, learning_rate_init=1e-3)
    losses = model.fit(*noisy).history_["valid_loss"]

    assert model.n_iter_ == 6  # nothing ever counts as an improvement after the first epoch
    assert model.best_epoch_ == losses.argmin() + 1 > 1


def test_every_family_stops_and_scores(classifier, regressor, labelled, valued):
    for model, (X, y) in ((classifier, labelled), (regressor, valued)):
        model.set_params(early_stopping=True, max_iter=20, n_iter_no_change=4).fit(X, y)
        assert len(model.validation_scores_) == len(model.loss_curve_) == model.n_iter_
        assert model.validation_scores_[model.best_epoch_ - 1] > 0.5


def test_without_early_stopping_there_is_nothing_to_show(small, labelled):
    model = small(MLPClassifier, max_iter=2).fit(*labelled)
    assert not hasattr(model, "validation_scores_")
    assert not hasattr(model, "best_epoch_")


def test_training_stops_when_the_training_loss_no_longer_falls(small, labelled):
    model = small(
        MLPClassifier, lr_schedule="constant", tol=10.0, n_iter_no_change=3, max_iter=50
    ).fit(*labelled)
    assert model.n_iter_ == 4


@pytest.mark.parametrize("schedule", ["cosine", "one_cycle", "step"])
def test_a_planned_schedule_runs_to_its_end(small, labelled, schedule):
    model = small(MLPClassifier, lr_schedule=schedule, tol=10.0, n_iter_no_change=1, max_iter=6)
    assert model.fit(*labelled).n_iter_ == 6


def test_groups_are_kept_whole_by_fit(small, noisy):
    X, y = noisy
    groups = np.arange(150) % 15
    model = overfitting(small, MLPClassifier).fit(X, y, groups=groups)
    rows = held_out_rows(model, y, groups)

    assert set(groups[rows]).isdisjoint(np.delete(groups, rows))
    assert_allclose(
        log_loss(y[rows], model.predict_proba(X[rows]), labels=[0, 1, 2]),
        model.history_["valid_loss"].min(),
        rtol=1e-6,
    )


@pytest.mark.parametrize(
    ("n", "parameters", "groups", "message"),
    [
        (1, {}, None, "n_samples=1"),
        (60, {"validation_fraction": 0.999}, None, "validation_fraction=0.999 holds out 60"),
        (60, {}, np.zeros(60), "at least 2 groups, however: 1"),
        (60, {}, np.zeros(59), "59"),
    ],
)
def test_too_little_to_hold_out_is_refused(small, valued, n, parameters, groups, message):
    X, y = valued
    with pytest.raises(ValueError, match=message):
        small(MLPRegressor, early_stopping=True, **parameters).fit(X[:n], y[:n], groups=groups)


# ------------------------------------------------------------------ hold_out


def split(y, fraction=0.2, stratify=True, groups=None, random_state=0):
    train, held_out = hold_out(
        np.asarray(y), fraction=fraction, stratify=stratify, groups=groups,
        random_state=random_state,
    )  # fmt: skip
    assert sorted([*train, *held_out]) == list(range(len(y)))
    return train, held_out


def test_class_proportions_are_kept():
    y = np.repeat([0, 1, 2], [60, 30, 10])
    assert np.bincount(y[split(y)[1]]).tolist() == [12, 6, 2]


@pytest.mark.parametrize("y", [[0] * 9 + [1], [0, 1, 2, 2], [0] * 6 + [1, 1, 2, 2]], ids=str)
@pytest.mark.parametrize("fraction", [0.1, 0.5])
def test_no_class_is_held_out_as_a_whole(y, fraction):
    """A class that is never trained on would never be predicted."""
    for seed in range(10):
        train, held_out = split(y, fraction=fraction, random_state=seed)
        assert set(np.take(y, train)) == set(y)
        assert len(held_out) >= 1


def test_groups_stay_whole_and_both_sides_have_one():
    groups = np.repeat(["a", "b", "c"], 4)
    for fraction in (0.01, 0.5, 0.99):
        train, held_out = split(np.zeros(12, int), fraction=fraction, groups=groups)
        assert set(groups[train]).isdisjoint(groups[held_out])
        assert len(train) > 0
        assert len(held_out) > 0


def test_the_split_depends_on_the_seed_alone():
    y = np.arange(40) % 2
    assert np.array_equal(split(y)[1], split(y)[1])
    assert not np.array_equal(split(y)[1], split(y, random_state=1)[1])
