import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.experiments.statistics.fitted import confidence_set, fitted_error, fitted_estimate


def test_of_one_repeat_it_is_the_all_pairs_estimate_of_the_paper():
    losses = np.random.default_rng(0).normal(size=50).tolist()
    mean = sum(losses) / 50
    variance = sum((loss - mean) ** 2 for loss in losses) / 50
    assert fitted_error([losses]) == pytest.approx(math.sqrt(variance / 50))


def test_it_is_read_by_the_normal_distribution():
    losses = np.random.default_rng(0).normal(0.3, size=(1, 50))
    found = fitted_estimate(losses)
    half, mean = stats.norm.ppf(0.975) * fitted_error(losses), losses.mean()
    assert found.interval() == pytest.approx((mean, mean - half, mean + half))


def test_the_same_repeat_again_adds_nothing():
    losses = np.random.default_rng(0).normal(size=(1, 50))
    assert fitted_error(np.repeat(losses, 4, axis=0)) == pytest.approx(fitted_error(losses))


@pytest.mark.parametrize("factor", [-3.0, 1e-6])
def test_it_has_the_unit_of_the_loss_and_no_order(factor):
    losses = np.random.default_rng(0).normal(size=(3, 50))
    expected = abs(factor) * fitted_error(losses)
    assert fitted_error(factor * losses[::-1, ::-1]) == pytest.approx(expected)


def test_models_that_are_the_same_do_not_differ():
    assert fitted_estimate(np.zeros((2, 10))).p_value == 1


def as_in_the_paper(losses, fold, m, draws, seed):
    """Lei's p-value that no model is better than m, row by row, of a single repeat."""
    n, n_models = losses.shape
    others = [j for j in range(n_models) if j != m]
    xi = np.array([[losses[i, m] - losses[i, j] for j in others] for i in range(n)])
    centred = xi.copy()
    for v in set(fold):
        inside = [i for i in range(n) if fold[i] == v]
        centred[inside] -= xi[inside].mean(axis=0)
    sd = np.sqrt((centred**2).mean(axis=0))
    statistic = max(math.sqrt(n) * xi[:, j].mean() / sd[j] for j in range(len(others)))
    rng = np.random.default_rng(seed)
    above = 0
    for _ in range(draws):
        zeta = rng.normal(size=n)
        drawn = centred.T @ zeta / sd / math.sqrt(n)
        above += max(drawn) >= statistic
    return above / draws


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_test_of_the_paper(seed):
    losses = np.random.default_rng(seed).normal(loc=[0.0, 0.1, 0.3, 0.6], size=(80, 4))
    fold = np.arange(80) % 5
    found = confidence_set(losses[None], [fold])
    p_values = [as_in_the_paper(losses, fold, m, 2000, seed) for m in range(4)]
    clear = [m for m, p in enumerate(p_values) if abs(p - 0.05) > 0.02]  # other multipliers
    assert len(clear) > 1
    for m in clear:
        assert (m in found) == (p_values[m] > 0.05)


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.4])
def test_of_two_models_it_is_a_test_to_one_side(gap):
    rng = np.random.default_rng(1)
    noise = rng.normal(size=400)
    noise -= noise.mean()
    losses = np.column_stack([noise, noise + gap + rng.permutation(noise)])[None]
    one_sided = stats.norm.sf(math.sqrt(400) * gap / noise.std())
    assert (confidence_set(losses, [np.arange(400) % 5]) == [0, 1]) == (one_sided > 0.05)


def test_the_best_is_always_in_it_and_a_much_worse_one_never():
    rng = np.random.default_rng(0)
    for _ in range(20):
        losses = rng.normal(loc=[0, 0, 0, 0, 3], size=(2, 60, 5))
        found = confidence_set(losses, [rng.permutation(60) % 5 for _ in range(2)])
        assert losses.mean(axis=(0, 1)).argmin() in found
        assert 4 not in found


def test_the_order_of_models_does_not_matter():
    rng = np.random.default_rng(0)
    losses = rng.normal(loc=[0, 0.2, 0.3, 0.4, 0.5], size=(1, 60, 5))
    folds = [np.arange(60) % 5]
    turned = [4 - m for m in confidence_set(losses[..., ::-1], folds)]
    assert sorted(turned) == confidence_set(losses, folds)


def test_models_that_are_the_same_share_it_and_one_that_is_worse_on_every_row_leaves():
    same = np.random.default_rng(0).normal(size=(1, 60, 1))
    losses = np.concatenate([same, same, same + 0.1], axis=2)
    assert confidence_set(losses, [np.arange(60) % 5]) == [0, 1]


def test_one_model_is_the_best_of_one():
    assert confidence_set(np.ones((1, 10, 1)), [np.arange(10) % 5]) == [0]


def test_the_best_is_left_out_as_rarely_as_promised():
    # All alike but the first, which is the best by a little: the hardest case.
    rng, missing = np.random.default_rng(3), 0
    for run in range(300):
        losses = rng.normal(loc=[0, 0.01, 0.01, 0.01], size=(1, 50, 4))
        missing += 0 not in confidence_set(losses, [np.arange(50) % 5], random_state=run)
    assert stats.binomtest(missing, 300, 0.05, alternative="greater").pvalue > 0.01


def test_losses_and_folds_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"however: \(1, 6, 2\) and \(1, 5\)"):
        confidence_set(np.zeros((1, 6, 2)), [[0, 1, 2, 0, 1]])
