"""Batches: their order is a DataLoader's, their memory the user's, no row is lost."""

import warnings

import numpy as np
import pytest
import torch
from scipy import sparse
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

from bakeoff.estimators import MLPClassifier
from bakeoff.estimators._training import rows as _rows
from bakeoff.estimators._training.rows import Batches, Rows


def rows(n=50, *, dtype=torch.float64, weight=True, kind=np.asarray):
    X = np.arange(3.0 * n).reshape(n, 3)
    return Rows(kind(X), (3,), dtype, np.arange(n), np.linspace(0, 2, n) if weight else None)


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("chunk_bytes", [1, 500, 2**20])
@pytest.mark.parametrize(("n", "batch_size"), [(50, 8), (48, 8), (5, 8), (1, 8), (50, 50), (9, 2)])
@pytest.mark.filterwarnings("ignore:'pin_memory'")
def test_the_order_is_a_data_loaders(monkeypatch, n, batch_size, chunk_bytes):
    monkeypatch.setattr(_rows, "CHUNK_BYTES", chunk_bytes)
    data = rows(n)
    ours = Batches(data, batch_size, seeded())
    everything = TensorDataset(torch.tensor(data.X), torch.tensor(data.y))
    loader = DataLoader(
        everything, batch_size, sampler=RandomSampler(everything, generator=seeded())
    )

    for _ in range(2):  # both streams go on
        before = torch.get_rng_state()
        batches = [(X, y) for X, y in ours]
        assert torch.equal(torch.get_rng_state(), before)
        expected = list(loader)
        if n > batch_size and n % batch_size == 1:  # a row alone joins the batch before it
            *expected, last, single = expected
            expected.append([torch.cat(parts) for parts in zip(last, single, strict=True)])
        for batch, torchs in zip(batches, expected, strict=True):
            for part, torch_part in zip(batch, torchs, strict=True):
                assert torch.equal(part, torch_part)
        # RandomSampler draws one more order, which it does not use, when it is exhausted.
        torch.randperm(n, generator=ours.generator)
        assert torch.equal(ours.generator.get_state(), loader.sampler.generator.get_state())


@pytest.mark.parametrize("n", [1, 2, 8, 9, 16, 17, 18])
def test_sizes_say_what_comes(n):
    batches = Batches(rows(n), 8)
    assert batches.sizes == [len(X) for X, _ in batches]
    assert len(batches) == len(batches.sizes)
    assert sum(batches.sizes) == n
    assert n == 1 or min(batches.sizes) > 1


@pytest.mark.parametrize("kind", [np.asarray, np.asfortranarray, sparse.csr_array])
@pytest.mark.parametrize("shuffled", [False, True])
def test_values_targets_and_weights_stay_together(kind, shuffled):
    data = rows(kind=kind)
    batches = Batches(data, 8, seeded() if shuffled else None)
    seen = []
    for X, y in batches:
        assert torch.equal(X[:, 0], 3.0 * y)
        assert torch.allclose(batches.weight, y.double() * 2 / 49)
        seen += y.tolist()
    assert sorted(seen) == list(range(50))
    assert (seen == sorted(seen)) is not shuffled


def test_no_weights_are_no_weights():
    batches = Batches(rows(weight=False), 8)
    assert [batches.weight for _ in batches] == [None] * 7


def test_rows_lie_in_the_users_memory():
    X = np.ones((10, 3))
    assert np.shares_memory(Rows(X, (3,), torch.float64).X, X)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_batches_have_the_dtype_of_the_weights(dtype):
    batches = Batches(rows(dtype=dtype), 8)
    for X, y in batches:
        assert (X.dtype, y.dtype, batches.weight.dtype) == (dtype, torch.int64, dtype)


@pytest.mark.parametrize("shuffled", [False, True])
def test_read_only_and_reversed_arrays_pass_without_a_warning_and_unchanged(shuffled):
    X = np.arange(30.0).reshape(10, 3)
    X.flags.writeable = False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = Rows(X[::-1], (3,), torch.float64, np.arange(10)[::-1])
        for batch, y in Batches(data, 4, seeded() if shuffled else None):
            assert torch.equal(batch[:, 0], 3.0 * y)
            batch.zero_()
    assert X[9, 2] == 29


def test_rows_become_images():
    data = Rows(np.arange(32.0).reshape(2, 16), (1, 4, 4), torch.float32)
    ((X, _),) = Batches(data, 8)
    assert X.shape == (2, 1, 4, 4)
    assert X[1, 0, 0, 1] == 17


@pytest.mark.parametrize("shuffled", [False, True])
def test_one_row_of_a_reversed_array(shuffled):
    data = Rows(np.arange(6.0).reshape(2, 3)[::-1][:1], (3,), torch.float64, np.ones(1))
    ((X, _),) = Batches(data, 4, seeded() if shuffled else None)
    assert X.tolist() == [[3.0, 4.0, 5.0]]


def test_values_beyond_single_precision_become_infinite_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ((X, _),) = Batches(Rows(np.full((2, 3), 1e300), (3,), torch.float32), 4)
    assert X.isinf().all()


@pytest.mark.parametrize(("side", "expected"), [(1, 1024), (16, 512), (64, 32), (400, 32)])
def test_the_larger_rows_are_the_fewer_are_evaluated_at_once(small, labelled, side, expected):
    net = small(MLPClassifier, max_iter=1).fit(*labelled).net_
    batches = net.get_iterator(Rows(np.zeros((1, side * side)), (1, side, side), torch.float64))
    assert batches.batch_size == expected
