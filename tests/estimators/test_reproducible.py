"""Same seed, same model in any process and thread; nobody else's randomness is touched."""

import pickle
import random
from concurrent.futures import ThreadPoolExecutor

import joblib
import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.model_selection import cross_val_predict

from bakeoff.estimators import MLPClassifier, MLPRegressor


@pytest.fixture
def random_model(classifier):
    """Shuffling, dropout and a random validation split at once."""
    return classifier.set_params(dropout=0.3, early_stopping=True, max_iter=5)


def probabilities(model, X, y):
    return clone(model).fit(X, y).predict_proba(X)


@pytest.mark.slow
@pytest.mark.parametrize(("backend", "n_jobs"), [("loky", 2), ("threading", 1), ("threading", 4)])
def test_any_backend_gives_the_same_model(random_model, labelled, backend, n_jobs):
    X, y = labelled
    alone = cross_val_predict(random_model, X, y, cv=4, method="predict_proba")
    with joblib.parallel_config(backend, n_jobs=n_jobs):
        parallel = cross_val_predict(random_model, X, y, cv=4, method="predict_proba")

    assert_array_equal(parallel, alone)


@pytest.mark.slow
def test_fits_in_many_threads_at_once_do_not_share_a_stream(random_model, labelled):
    models = [clone(random_model).set_params(random_state=seed) for seed in range(8)]
    alone = [probabilities(model, *labelled) for model in models]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda model: probabilities(model, *labelled), models * 2))

    assert_array_equal(together, alone * 2)
    assert len({p.tobytes() for p in alone}) == 8


@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_the_number_of_torch_threads_does_not_matter(random_model, labelled, n_threads):
    expected = probabilities(random_model, *labelled)
    before = torch.get_num_threads()
    torch.set_num_threads(n_threads)
    try:
        assert_array_equal(probabilities(random_model, *labelled), expected)
    finally:
        torch.set_num_threads(before)


def test_global_random_state_neither_matters_nor_changes(random_model, labelled):
    expected = probabilities(random_model, *labelled)
    random.seed(1)
    np.random.seed(2)  # noqa: NPY002
    torch.manual_seed(3)
    before = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()  # noqa: NPY002

    assert_array_equal(probabilities(random_model, *labelled), expected)

    after = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()  # noqa: NPY002
    assert after == before


@pytest.fixture
def four_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("four_threads")
def test_the_users_number_of_threads_comes_back(small, labelled):
    model = small(MLPClassifier, max_iter=1).fit(*labelled)
    assert torch.get_num_threads() == 4
    model.predict(labelled[0])
    assert torch.get_num_threads() == 4
    with pytest.raises(ValueError, match="learning rate"):
        small(MLPClassifier, solver="sgd", learning_rate_init=1e200).fit(*labelled)
    assert torch.get_num_threads() == 4


@pytest.mark.usefixtures("four_threads")
def test_the_users_number_of_threads_survives_concurrent_fits(small, labelled):
    def fit(epochs):
        small(MLPClassifier, max_iter=epochs).fit(*labelled)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fit, [1, 8, 2, 6, 3, 5]))

    assert torch.get_num_threads() == 4
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(torch.get_num_threads).result() == 4


def test_torchs_global_defaults_do_not_matter(random_model, labelled):
    expected = probabilities(random_model, *labelled)
    torch.set_default_dtype(torch.float64)
    try:
        assert_array_equal(probabilities(random_model, *labelled), expected)
        with torch.no_grad():
            assert_array_equal(probabilities(random_model, *labelled), expected)
    finally:
        torch.set_default_dtype(torch.float32)


def test_another_seed_is_another_model(classifier, labelled):
    one = probabilities(classifier, *labelled)
    other = probabilities(classifier.set_params(random_state=1), *labelled)

    assert not np.array_equal(one, other)


def test_a_random_state_object_moves_on_between_fits(small, labelled):
    def two_fits():
        model = small(MLPClassifier, max_iter=2, random_state=np.random.RandomState(0))
        return [model.fit(*labelled).predict_proba(labelled[0]) for _ in range(2)]

    first, second = two_fits()
    assert not np.array_equal(first, second)
    assert_array_equal(two_fits(), [first, second])


def test_fitting_twice_gives_the_same(regressor, valued):
    X, y = valued
    first = regressor.fit(X, y).predict(X)

    assert_array_equal(regressor.fit(X, y).predict(X), first)


@pytest.mark.parametrize("solver", ["sgd", "adagrad", "rmsprop", "adam", "adamw"])
def test_a_pickle_goes_on_training_as_the_original_does(classifier, labelled, solver):
    X, y = labelled
    model = classifier.set_params(dropout=0.3, solver=solver, learning_rate_init=1e-3)
    model.partial_fit(X, y, classes=[0, 1])
    copied = pickle.loads(pickle.dumps(model))
    for _ in range(3):
        model.partial_fit(X, y)
        copied.partial_fit(X, y)

    assert_array_equal(copied.predict_proba(X), model.predict_proba(X))


def test_prediction_does_not_disturb_training(small, valued):
    X, y = valued
    watched, left_alone = (small(MLPRegressor, dropout=0.3) for _ in range(2))
    for _ in range(3):
        watched.partial_fit(X, y).predict(X)
        left_alone.partial_fit(X, y)

    assert_array_equal(watched.predict(X), left_alone.predict(X))
