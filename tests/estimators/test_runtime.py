"""Devices: which one is taken, what is said when it is not there, and pickles without it."""

import pickle
import warnings

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal

from bakeoff.estimators import MLPClassifier
from bakeoff.estimators._runtime import resolve_device, single_thread

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
