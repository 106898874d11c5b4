import os

import pytest

from bakeoff.experiments.runs.in_process import aside

pytestmark = [pytest.mark.privates, pytest.mark.slow]


def test_a_call_runs_in_another_process():
    assert aside(os.getpid) != os.getpid()


def test_what_it_raises_is_raised_here():
    with pytest.raises(ValueError, match=r"invalid literal for int.*'seven'"):
        aside(int, "seven")


def test_a_process_that_dies_is_one_sentence_and_the_next_call_works():
    with pytest.raises(RuntimeError, match="the process that called _exit died"):
        aside(os._exit, 3)
    assert aside(abs, -1) == 1
