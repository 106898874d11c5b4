"""What nobody's code names, and what a result depends on all the same, is part of its key."""

import decimal
import functools
import warnings

import numpy as np
import pytest
import torch
from sklearn.metrics import _classification
from torch.nn import functional

from bakeoff.recording.digest import put_in, settings


def set_dtype():
    torch.set_default_dtype(torch.float64)


CHANGES = {
    "NumPy's errors": lambda: np.seterr(divide="raise"),
    "PyTorch's dtype": set_dtype,
    "PyTorch's algorithms": lambda: torch.use_deterministic_algorithms(True),
    "warnings that are errors": lambda: warnings.simplefilter("error", FutureWarning),
    "digits": lambda: setattr(decimal.getcontext(), "prec", 5),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_setting_that_was_changed_is_content(change):
    with warnings.catch_warnings(), np.errstate(), decimal.localcontext():
        before = settings()
        try:
            CHANGES[change]()
            assert settings() != before
        finally:
            torch.set_default_dtype(torch.float32)
            torch.use_deterministic_algorithms(False)
    assert settings() == before


def test_a_function_in_the_place_of_a_package_s_is_found(monkeypatch):
    @functools.wraps(functional.relu)
    def relu(values):
        return values

    class Mine:
        pass

    assert put_in() == []
    monkeypatch.setattr(functional, "relu", relu)
    monkeypatch.setattr(_classification, "mine", Mine, raising=False)
    assert put_in() == [
        ("sklearn.metrics._classification.mine", Mine),
        ("torch.nn.functional.relu", relu),
    ]
    monkeypatch.undo()
    assert put_in() == []
