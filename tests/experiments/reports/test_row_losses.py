import math
from dataclasses import replace

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.reports.row_losses import is_mean_over_rows, row_losses

CLASSIFICATION = Comparison("wine", ["logistic", "dummy"], n_splits=3, n_repeats=2)
REGRESSION = replace(CLASSIFICATION, dataset="diabetes")


@pytest.mark.parametrize(
    ("spec", "metric", "of_one"),
    [
        (CLASSIFICATION, "accuracy", 1),
        (CLASSIFICATION, "neg_log_loss", 0),
        (REGRESSION, "r2", 1),
        (REGRESSION, "neg_mean_squared_error", 0),
        (REGRESSION, "neg_mean_absolute_error", 0),
    ],
)
def test_the_means_of_folds_are_the_scores(spec, metric, of_one):
    assert is_mean_over_rows(metric)
    done = list(run(replace(spec, metrics=[metric])))
    found = row_losses(done)
    assert list(found.losses) == ["logistic", "dummy"]
    for e in done:
        inside = found.folds[e.repeat] == e.fold
        assert inside.sum() == len(e.test)
        mean = found.own(e.model)[e.repeat, inside].mean()
        assert of_one - mean == pytest.approx(e.score, rel=1e-12)


@pytest.mark.parametrize("metric", ["accuracy", "neg_log_loss"])
@pytest.mark.parametrize("fold_pairs", [True, False])
def test_the_losses_of_pairs_are_there_if_they_were_made(fold_pairs, metric):
    spec = replace(CLASSIFICATION, fold_pairs=fold_pairs, metrics=[metric])
    found = row_losses(list(run(spec)))
    for model in CLASSIFICATION.models:
        assert found.of_pairs(model) == fold_pairs
        own = np.take_along_axis(found.losses[model], found.folds[..., None], axis=2)[..., 0]
        np.testing.assert_array_equal(own, found.own(model))


def test_each_loss_of_a_pair_is_of_a_model_without_both_folds():
    data, spec = load("wine"), replace(CLASSIFICATION, n_repeats=1, fold_pairs=True)
    found = row_losses(list(run(spec)))
    folds = spec.folds(data)
    for row in (0, 60, 150):
        home = found.folds[0, row]
        for left_out in range(3):
            train = np.intersect1d(folds[home].train, folds[left_out].train)
            model = spec.estimator("logistic", data).fit(data.X[train], data.y[train])
            wrong = model.predict(data.X[[row]])[0] != data.y[row]
            assert found.losses["logistic"][0, row, left_out] == wrong


@pytest.mark.parametrize("metric", ["f1_macro", "roc_auc_ovr", "balanced_accuracy"])
def test_other_scores_are_no_means_over_rows(metric):
    assert not is_mean_over_rows(metric)
    assert row_losses(list(run(replace(CLASSIFICATION, metrics=[metric])))) is None


def test_nothing_gives_nothing():
    assert row_losses([]) is None


def test_a_model_that_failed_on_a_fold_is_left_out(evaluations):
    found = row_losses(evaluations({"mlp": [0.9, math.nan], "dummy": [0.5, 0.5]}))
    assert list(found.losses) == ["dummy"]


def test_a_repeat_that_was_cut_off_is_left_out(evaluations):
    once = evaluations({"mlp": [0.9, 0.8], "dummy": [0.5, 0.5]})
    again = [replace(e, repeat=1) for e in once]
    assert row_losses([*once, *again[:-1]]).folds.shape == (1, 40)
    assert row_losses([*once, *again]).folds.shape == (2, 40)


def test_seeds_are_averaged_row_by_row():
    data = load("moons", n_samples=60)
    spec = Comparison(
        "moons", ["mlp"], n_splits=3, n_seeds=2, model_params={"mlp": {"max_iter": 5}}
    )
    done = list(run(spec, data))
    wrong = np.zeros((2, 60))
    for e in done:
        wrong[e.seed, e.test] = e.actual != e.predicted
    np.testing.assert_allclose(row_losses(done).own("mlp")[0], wrong.mean(axis=0))


def test_a_constant_target_on_a_fold_has_no_share_of_variance(evaluations):
    done = [replace(e, scores={"r2": 0.0}) for e in evaluations({"dummy": [0.0, 0.0]})]
    assert row_losses(done) is None  # all actual values are 0


@pytest.mark.parametrize("fold_pairs", [True, False])
def test_groups_keep_the_means_of_folds(grouped, fold_pairs):
    uneven = replace(grouped, groups=np.array([f"g{int(np.sqrt(i))}" for i in range(150)]))
    done = list(run(replace(CLASSIFICATION, fold_pairs=fold_pairs), uneven))
    by_group, by_row = row_losses(done), row_losses([replace(e, groups=None) for e in done])
    assert by_group.folds.shape == (2, 13)
    for repeat in range(2):
        for fold in range(3):
            units, rows = (one.folds[repeat] == fold for one in (by_group, by_row))
            for column in range(3) if fold_pairs else [fold]:
                assert by_group.losses["logistic"][repeat, units, column].mean() == pytest.approx(
                    by_row.losses["logistic"][repeat, rows, column].mean()
                )


def test_of_groups_of_one_size_the_losses_are_means(grouped):
    done = list(run(replace(CLASSIFICATION, n_repeats=1), grouped))
    by_row = row_losses([replace(e, groups=None) for e in done]).own("logistic")[0]
    means = [by_row[grouped.groups == group].mean() for group in range(30)]
    # In the order of the groups' names: "0", "1", "10", "11", …
    order = sorted(range(30), key=str)
    found = row_losses(done).own("logistic")[0]
    np.testing.assert_allclose(found, [means[group] for group in order])


def test_of_several_labels_a_row_is_wrong_if_any_is(evaluations):
    (e,) = evaluations({"mlp": [0.5]}, n_test=4)
    actual, predicted = np.zeros((4, 3)), np.zeros((4, 3))
    predicted[1, 2] = predicted[3, :2] = 1
    found = row_losses([replace(e, actual=actual, predicted=predicted)])
    np.testing.assert_array_equal(found.own("mlp"), [[0, 1, 0, 1]])
