"""Checks of parameters: what passes, and one sentence for what does not."""

import numpy as np
import pytest

from bakeoff.datasets._checks import check_int, check_real, check_seed


@pytest.mark.parametrize("value", [2, 9, np.int64(5)])
def test_whole_numbers_within_the_limits_pass(value):
    check_int("n", value, at_least=2, at_most=9)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (1, ValueError, "n must be a whole number from 2 to 9, however: 1"),
        (10, ValueError, "n must be a whole number from 2 to 9, however: 10"),
        (2.0, TypeError, "n must be a whole number, however: 2.0"),
        (True, TypeError, "n must be a whole number, however: True"),
        ("3", TypeError, "n must be a whole number, however: '3'"),
    ],
)
def test_other_values_are_no_whole_numbers(value, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        check_int("n", value, at_least=2, at_most=9)


@pytest.mark.parametrize("value", [0, 0.5, np.float32(1)])
def test_numbers_within_the_limits_pass(value):
    check_real("x", value, at_least=0, at_most=1)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (-0.1, ValueError, "x must be a finite number >= 0, however: -0.1"),
        (float("nan"), ValueError, "x must be a finite number >= 0, however: nan"),
        (float("inf"), ValueError, "x must be a finite number >= 0, however: inf"),
        (False, TypeError, "x must be a number, however: False"),
        (None, TypeError, "x must be a number, however: None"),
    ],
)
def test_other_values_are_no_numbers(value, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        check_real("x", value, at_least=0)


def test_a_seed_is_one_that_numpy_takes():
    check_seed(0)
    check_seed(2**32 - 1)
    with pytest.raises(ValueError, match=r"^random_state must be .*, however: 4294967296$"):
        check_seed(2**32)
