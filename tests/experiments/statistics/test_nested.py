import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.experiments.statistics.nested import NESTED_DF, nested_error


def as_in_the_paper(losses, folds, n_folds):
    """Algorithm 1 of Bates et al., step by step and row by row, with the limits of section 4.3."""
    a_list, b_list, inner = [], [], []
    n = len(losses[0])
    for repeat in range(len(losses)):
        for k in range(n_folds):
            e_in, e_out = [], []
            for i in range(n):
                if folds[repeat][i] == k:
                    e_out.append(losses[repeat][i][k])
                else:  # tested by the model of the others, without the row's fold and without k
                    e_in.append(losses[repeat][i][k])
            mean_in, mean_out = sum(e_in) / len(e_in), sum(e_out) / len(e_out)
            a_list.append((mean_in - mean_out) ** 2)
            variance = sum((e - mean_out) ** 2 for e in e_out) / (len(e_out) - 1)
            b_list.append(variance / len(e_out))
            inner += e_in
    mse = sum(a - b for a, b in zip(a_list, b_list, strict=True)) / len(a_list)
    mse *= (n_folds - 1) / n_folds
    middle = sum(inner) / len(inner)
    sd = math.sqrt(sum((e - middle) ** 2 for e in inner) / (len(inner) - 1))
    low = sd / math.sqrt(n)
    return max(low, min(math.sqrt(max(mse, 0)), low * math.sqrt(n_folds)))


def some(n_repeats, n_rows, n_folds, seed, fold_noise=0.0):
    rng = np.random.default_rng(seed)
    folds = np.array([rng.permutation(np.arange(n_rows) % n_folds) for _ in range(n_repeats)])
    losses = rng.normal(size=(n_repeats, n_rows, n_folds))
    # What all rows of a fold share, as when a model depends much on what it was trained on.
    shared = rng.normal(scale=fold_noise, size=(n_repeats, n_folds))
    return losses + np.take_along_axis(shared, folds, axis=1)[:, :, None], folds


@pytest.mark.parametrize("fold_noise", [0.0, 0.2, 3.0])  # at the lower limit, free, at the upper
@pytest.mark.parametrize(("n_repeats", "n_rows", "n_folds"), [(1, 9, 3), (5, 60, 5), (2, 43, 10)])
def test_it_is_the_algorithm_of_the_paper(n_repeats, n_rows, n_folds, fold_noise):
    for seed in range(5):
        losses, folds = some(n_repeats, n_rows, n_folds, seed, fold_noise)
        expected = as_in_the_paper(losses.tolist(), folds.tolist(), n_folds)
        assert nested_error(losses, folds) == pytest.approx(expected)


def test_all_three_parts_of_its_range_are_reached():
    places = []
    for fold_noise in (0.0, 0.2, 3.0):
        losses, folds = some(5, 60, 5, 0, fold_noise)
        paired = np.arange(5) != folds[..., None]
        low = losses[paired].std(ddof=1) / math.sqrt(60)
        places.append(nested_error(losses, folds) / low)
    assert places[0] == pytest.approx(1)
    assert 1.1 < places[1] < math.sqrt(5) - 0.1
    assert places[2] == pytest.approx(math.sqrt(5))


def test_neither_the_order_of_rows_nor_the_names_of_folds_nor_that_of_repeats_matter():
    losses, folds = some(3, 30, 5, 1, fold_noise=0.2)
    expected = nested_error(losses, folds)
    rng = np.random.default_rng(2)
    rows = rng.permutation(30)
    assert nested_error(losses[:, rows], folds[:, rows]) == pytest.approx(expected)
    assert nested_error(losses[::-1], folds[::-1]) == pytest.approx(expected)
    renamed = rng.permutation(5)
    losses = losses[:, :, np.argsort(renamed)]
    assert nested_error(losses, renamed[folds]) == pytest.approx(expected)


@pytest.mark.parametrize("factor", [-1.0, 1000.0, 1e-6])
def test_it_has_the_unit_of_the_loss(factor):
    losses, folds = some(2, 30, 5, 3, fold_noise=0.2)
    expected = abs(factor) * nested_error(losses, folds)
    assert nested_error(factor * losses + 7, folds) == pytest.approx(expected, rel=1e-6)


def test_models_that_are_the_same_differ_without_an_error():
    losses, folds = some(2, 30, 5, 4)
    assert nested_error(losses - losses, folds) == 0


def test_a_missing_loss_leaves_it_open():
    losses, folds = some(2, 30, 5, 4)
    losses[1, 3, 2] = math.nan
    assert math.isnan(nested_error(losses, folds))


def test_where_training_matters_not_it_is_that_of_independent_rows():
    # The loss of a row is the same whatever the model was trained on: a constant prediction.
    rng = np.random.default_rng(5)
    ratios = []
    for _ in range(100):
        rows = rng.normal(size=(1, 100, 1))
        folds = rng.permutation(np.arange(100) % 5)[None]
        ratios.append(nested_error(np.repeat(rows, 5, axis=2), folds) / (rows.std(ddof=1) / 10))
    assert np.median(ratios) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("losses", "folds", "sentence"),
    [
        (np.zeros((1, 6)), [[0, 1, 2, 0, 1, 2]], r"\(1, 6\) and \(1, 6\)"),
        (np.zeros((2, 6, 3)), [[0, 1, 2, 0, 1, 2]], r"\(2, 6, 3\) and \(1, 6\)"),
        (np.zeros((1, 4, 2)), [[0, 1, 0, 1]], "at least 3 folds, however: 2"),
        (np.zeros((1, 6, 3)), [[0, 1, 2, 0, 1, 3]], r"from 0 to 2, however: \[0 1 2 3\]"),
        (np.zeros((1, 6, 3)), [[0, 1, 2, 0, 1, 1]], "at least 2 rows, however one has: 1"),
        (np.zeros((1, 6, 3)), [[0, 1, 1, 0, 1, 1]], "at least 2 rows, however one has: 0"),
    ],
)
def test_what_cannot_be_is_refused(losses, folds, sentence):
    with pytest.raises(ValueError, match=sentence):
        nested_error(losses, folds)


def nearest_centroids(X, y, train):
    """For each row, which of two models that see half of the features each are wrong."""
    means = [X[train][y[train] == label].mean(axis=0) for label in (False, True)]
    near = (X - np.mean(means, axis=0)) * (means[1] - means[0])
    return (near.reshape(-1, 2, 5).sum(axis=2) > 0) != y[:, None]  # (row, model)


@pytest.mark.slow
def test_models_that_are_equal_are_rarely_called_different():
    rng, found, n_runs = np.random.default_rng(0), 0, 300
    for _ in range(n_runs):
        X = rng.normal(size=(60, 10))
        y = X.sum(axis=1) + rng.normal(size=60) > 0
        folds = np.array([rng.permutation(np.arange(60) % 5) for _ in range(5)])
        losses = np.empty((5, 60, 5))
        for repeat, fold in enumerate(folds):
            for k in range(5):
                for other in range(k, 5):
                    test = (fold == k) | (fold == other)
                    wrong = nearest_centroids(X, y, ~test)[test].astype(float)
                    column = np.where(fold[test] == k, other, k)
                    losses[repeat, np.flatnonzero(test), column] = wrong[:, 1] - wrong[:, 0]
        own = np.take_along_axis(losses, folds[..., None], axis=2)
        critical = stats.t.ppf(0.975, NESTED_DF)
        found += abs(own.mean()) > critical * nested_error(losses, folds)
    # The rate may be 5%: refused only if such a count, or a higher one, had a chance below 1%.
    assert stats.binomtest(found, n_runs, 0.05, alternative="greater").pvalue > 0.01
