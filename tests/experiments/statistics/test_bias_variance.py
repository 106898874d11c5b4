import numpy as np
import pytest
from scipy.stats import mode
from sklearn.metrics import accuracy_score, mean_squared_error

from bakeoff.experiments.statistics.bias_variance import decompose_squared, decompose_zero_one

SEEDS = range(5)


@pytest.fixture(params=SEEDS)
def rng(request):
    return np.random.default_rng(request.param)


@pytest.mark.parametrize("targets", [(), (3,)])
def test_squared_bias_and_variance_add_up_to_the_mean_squared_error(rng, targets):
    predictions = 5 + rng.normal(size=(7, 20, *targets))
    y = rng.normal(size=(20, *targets))
    found = decompose_squared(predictions, y)
    assert found.kind == "squared"
    loss = np.mean([mean_squared_error(y, one) for one in predictions])
    np.testing.assert_allclose(found.loss, loss)
    np.testing.assert_allclose(found.bias + found.net_variance, loss)
    np.testing.assert_allclose(found.bias, mean_squared_error(y, predictions.mean(axis=0)))
    np.testing.assert_allclose(found.variance, predictions.var(axis=0).mean())
    assert np.isnan([found.unbiased_variance, found.biased_variance]).all()


def test_squared_bias_and_variance_are_those_that_were_put_in(rng):
    y = rng.normal(size=400)
    found = decompose_squared(y + 2 + 3 * rng.normal(size=(400, 400)), y)
    np.testing.assert_allclose([found.bias, found.variance], [4, 9], rtol=0.03)


def test_integers_do_not_overflow():
    predictions = np.array([[100], [-100]], dtype=np.int8)
    assert decompose_squared(predictions, np.array([0], dtype=np.int8)).loss == 10_000


@pytest.mark.parametrize("n_classes", [2, 3, 6])
def test_zero_one_bias_and_net_variance_add_up_to_the_loss(rng, n_classes):
    predictions, y = rng.integers(n_classes, size=(9, 50)), rng.integers(n_classes, size=50)
    found = decompose_zero_one(predictions, y)
    assert found.kind == "zero-one"
    np.testing.assert_allclose(found.loss, np.mean([1 - accuracy_score(y, p) for p in predictions]))
    np.testing.assert_allclose(found.bias + found.net_variance, found.loss)
    np.testing.assert_allclose(found.unbiased_variance + found.biased_variance, found.variance)
    main = mode(predictions, axis=0).mode
    np.testing.assert_allclose(found.bias, 1 - accuracy_score(y, main))
    np.testing.assert_allclose(found.variance, (predictions != main).mean())


def test_with_two_classes_biased_variance_is_a_gain_in_full(rng):
    predictions, y = rng.integers(2, size=(8, 50)), rng.integers(2, size=50)
    found = decompose_zero_one(predictions, y)
    parts = found.bias + found.unbiased_variance - found.biased_variance
    np.testing.assert_allclose(found.loss, parts)


def test_with_more_classes_only_departures_to_the_right_label_are_a_gain():
    # The target is 0, the main prediction 1; of four that depart, one is right: c = -1/4.
    found = decompose_zero_one(np.array([[1]] * 6 + [[0]] + [[2]] * 3), [0])
    assert (found.bias, found.variance, found.biased_variance) == (1, 0.4, 0.4)
    np.testing.assert_allclose(found.net_variance, -0.25 * 0.4)
    np.testing.assert_allclose(found.loss, 0.9)


def test_models_that_agree_have_no_variance():
    found = decompose_zero_one([["x", "y"]] * 3, ["x", "x"])
    assert found[1:] == (0.5, 0.5, 0, 0, 0, 0)


def test_labels_may_be_strings(rng):
    codes, y = rng.integers(3, size=(5, 30)), rng.integers(3, size=30)
    names = np.array(["ash", "beech", "oak"])
    assert decompose_zero_one(names[codes], names[y]) == decompose_zero_one(codes, y)


@pytest.mark.parametrize("order", [[1, 0], [0, 1]])
def test_a_tie_of_the_main_prediction_goes_to_the_smallest_label(order):
    predictions = np.array([["b"], ["a"]])[order]
    assert decompose_zero_one(predictions, ["a"]).bias == 0
    assert decompose_zero_one(predictions, ["b"]).bias == 1


@pytest.mark.parametrize("decompose", [decompose_squared, decompose_zero_one])
@pytest.mark.parametrize(
    ("predictions", "y", "sentence"),
    [
        (np.zeros((3, 4)), np.zeros(5), r"shape \(B, 5\), however: \(3, 4\)"),
        (np.zeros(4), np.zeros(4), r"shape \(B, 4\), however: \(4,\)"),
        (np.zeros((1, 4)), np.zeros(4), "at least 2 models, however: 1"),
        (np.zeros((3, 0)), np.zeros(0), r"y must have shape .*, however: \(0,\)"),
    ],
)
def test_what_does_not_fit_is_refused(decompose, predictions, y, sentence):
    with pytest.raises(ValueError, match=sentence):
        decompose(predictions, y)


def test_labels_of_several_outputs_are_refused():
    with pytest.raises(ValueError, match=r"one label a row, however: shape \(4, 2\)"):
        decompose_zero_one(np.zeros((3, 4, 2)), np.zeros((4, 2)))


def test_a_prediction_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="predictions must be finite, however: nan"):
        decompose_squared([[0.0, np.nan], [0.0, 1.0]], [0.0, 1.0])
