"""Devices: which one is taken, what is said when it is not there, and pickles without it."""

import pickle
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal
from threadpoolctl import threadpool_info, threadpool_limits

from bakeoff.estimators import MLPClassifier
from bakeoff.estimators._training.runtime import resolve_device, single_blas_thread, single_thread

HAS_ACCELERATOR = torch.cuda.is_available() or torch.backends.mps.is_available()
without_accelerator = pytest.mark.skipif(HAS_ACCELERATOR, reason="this machine has an accelerator")
with_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")


@without_accelerator
def test_auto_is_the_cpu_where_there_is_nothing_else():
    assert resolve_device("auto") == torch.device("cpu")


@pytest.mark.parametrize("device", ["cpu", torch.device("cpu")], ids=repr)
def test_the_cpu_is_always_there(small, labelled, device):
    model = small(MLPClassifier, device=device, max_iter=1).fit(*labelled)
    assert next(model.net_.module_.parameters()).device.type == "cpu"


@pytest.mark.parametrize("device", ["cuda:999", "meta", "cpu:3"])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(small, labelled, device):
    with pytest.raises(ValueError, match=rf"device='{device}' is not there: .* cpu on this"):
        small(MLPClassifier, device=device).fit(*labelled)


@without_accelerator
@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps"])
def test_an_accelerator_is_not_replaced_in_silence(small, labelled, device):
    with pytest.raises(ValueError, match=f"device='{device}' is not there"):
        small(MLPClassifier, device=device).fit(*labelled)


@pytest.mark.parametrize("device", ["nonsense", "", "gpu", "cuda:x", 0, None])
def test_what_is_no_device_is_refused(small, labelled, device):
    with pytest.raises(ValueError, match=f"device must be 'auto' or .*however: {device!r}"):
        small(MLPClassifier, device=device).fit(*labelled)


@without_accelerator
@pytest.mark.parametrize("early_stopping", [False, True])
def test_a_net_that_was_on_cuda_loads_and_predicts_here(small, labelled, early_stopping):
    """The pickle of a net says which device it was on; nothing else in it is from that device."""
    X, y = labelled
    model = small(MLPClassifier, early_stopping=early_stopping).fit(X, y)
    expected = model.predict_proba(X)
    state = model.net_.__getstate__()
    model.set_params(device="cuda")
    moved = MLPClassifier.__new__(MLPClassifier)
    moved.__dict__.update(model.__dict__)
    moved.net_ = type(model.net_).__new__(type(model.net_))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        moved.net_.__setstate__({**state, "device": "cuda"})

    assert_array_equal(moved.predict_proba(X), expected)


@with_cuda
@pytest.mark.parametrize("early_stopping", [False, True])
def test_a_pickle_from_cuda_holds_cpu_tensors_alone(small, labelled, early_stopping, monkeypatch):
    X, y = labelled
    model = small(MLPClassifier, device="cuda", early_stopping=early_stopping).fit(X, y)
    expected = model.predict_proba(X)
    saved = pickle.dumps(model)

    assert next(model.net_.module_.parameters()).is_cuda  # the original stays where it was
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    loaded = pickle.loads(saved)
    assert not next(loaded.net_.module_.parameters()).is_cuda
    np.testing.assert_allclose(loaded.predict_proba(X), expected, rtol=1e-4, atol=1e-6)


@with_cuda
def test_accelerators_train_in_float32(small, labelled):
    model = small(MLPClassifier, device="cuda").fit(*labelled)
    assert next(model.net_.module_.parameters()).dtype == torch.float32
    assert model.score(*labelled) > 0.8


def test_one_thread_inside_and_the_number_before_it_after():
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        with single_thread():
            assert torch.get_num_threads() == 1
            with single_thread():
                assert torch.get_num_threads() == 1
            assert torch.get_num_threads() == 1
        assert torch.get_num_threads() == 3
        with pytest.raises(KeyError), single_thread():
            raise KeyError
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


@pytest.fixture
def three_blas_threads():
    """Three BLAS threads, and no thread owns the limit, as if the user had started so."""
    limiter = threadpool_limits(3, user_api="blas")
    with threadpool_limits(None):
        pass
    yield {3}
    limiter.restore_original_limits()
    with threadpool_limits(None):
        pass


def test_numpys_products_use_one_thread_inside_and_the_users_number_after(three_blas_threads):
    with single_blas_thread():
        with single_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {1}
    assert blas_threads() == three_blas_threads
    with pytest.raises(KeyError), single_blas_thread():
        raise KeyError
    assert blas_threads() == three_blas_threads


def test_the_last_of_several_fits_in_threads_gives_numpy_its_number_back(three_blas_threads):
    first_is_in, second_is_in, leave = (threading.Event() for _ in range(3))

    def first():
        with single_blas_thread():
            first_is_in.set()
            second_is_in.wait(10)

    def second():
        first_is_in.wait(10)
        with single_blas_thread():
            second_is_in.set()
            leave.wait(10)

    with ThreadPoolExecutor(2) as pool:
        fits = [pool.submit(first), pool.submit(second)]
        fits[0].result()
        with single_blas_thread():
            pass  # a short one
        assert blas_threads() == {1}
        leave.set()
        fits[1].result()
        assert blas_threads() == three_blas_threads


def test_a_limit_of_the_users_comes_back(three_blas_threads):
    with threadpool_limits(2, user_api="blas"):
        with single_blas_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {2}
    assert blas_threads() == three_blas_threads
