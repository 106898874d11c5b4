"""Sequences: the label is recomputed from X, and single channels do not give it away."""

import numpy as np
import pytest

from bakeoff.datasets import load


def folded(data):
    """X of shape (n_samples, time, features)."""
    return data.X.reshape(-1, *data.input_shape)


@pytest.mark.parametrize("n_steps", [2, 7, 20])
def test_delayed_recall_asks_for_the_marked_symbol(n_steps):
    data = load("delayed_recall", n_steps=n_steps, n_symbols=3)
    symbols, mark = folded(data)[..., :-1], folded(data)[..., -1]
    assert data.input_shape == (n_steps, 4)
    assert data.feature_names[:5] == ("A_0", "B_0", "C_0", "mark_0", "A_1")
    assert (symbols.sum(axis=-1) == 1).all()
    assert (mark.sum(axis=1) == 1).all()
    cue = mark.argmax(axis=1)
    assert np.unique(cue).tolist() == list(range(n_steps // 2))
    assert np.array_equal(symbols[range(len(cue)), cue].argmax(axis=1), data.y)


def test_delayed_recall_ends_in_distractors():
    data = load("delayed_recall")
    last = folded(data)[:, -1, :-1].argmax(axis=1)
    assert np.mean(last == data.y) == pytest.approx(1 / 4, abs=0.05)


@pytest.mark.parametrize("n_steps", [2, 7, 20])
def test_adding_problem_adds_one_value_of_each_half(n_steps):
    data = load("adding_problem", n_steps=n_steps)
    values, marks = np.moveaxis(folded(data), -1, 0)
    half = n_steps // 2
    assert (marks[:, :half].sum(axis=1) == 1).all()
    assert (marks[:, half:].sum(axis=1) == 1).all()
    assert values[marks == 1].reshape(-1, 2).sum(axis=1) == pytest.approx(data.y)
    assert np.var(data.y) == pytest.approx(1 / 6, abs=0.02)


def test_frequency_is_the_peak_of_the_spectrum():
    data = load("frequency", noise=0, n_classes=3)
    spectrum = abs(np.fft.rfft(data.X, axis=1))
    assert np.array_equal(spectrum.argmax(axis=1), data.y + 3)
    assert data.target_names == ("3 cycles", "4 cycles", "5 cycles")


def test_frequency_has_a_phase_of_its_own_in_each_row():
    data = load("frequency", noise=0)
    phase = np.angle(np.fft.rfft(data.X, axis=1)[range(1000), data.y + 3])
    assert np.histogram(phase, bins=8, range=(-np.pi, np.pi))[0].min() > 90  # of 125


def test_counting_counts_events_that_are_marked():
    data = load("counting", max_count=3, n_steps=12)
    event, mark = np.moveaxis(folded(data), -1, 0)
    assert np.array_equal(np.nansum(event * mark, axis=1), data.y)
    assert data.target_names == ("0", "1", "2", "3")
    # Neither channel alone says anything.
    assert np.unique(np.nansum(event, axis=1)).tolist() == [3]
    assert np.unique(np.nansum(mark, axis=1)).tolist() == [3]


@pytest.mark.parametrize(("n_steps", "max_count", "shortest"), [(30, 4, 15), (8, 4, 8), (9, 4, 8)])
def test_counting_has_every_length_it_says(n_steps, max_count, shortest):
    data = load("counting", n_steps=n_steps, max_count=max_count)
    lengths = (~np.isnan(folded(data)[..., 0])).sum(axis=1)
    assert np.unique(lengths).tolist() == list(range(shortest, n_steps + 1))


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("delayed_recall", {"n_symbols": 27}, "n_symbols must be .* from 2 to 26, however: 27"),
        ("delayed_recall", {"n_steps": 1}, "n_steps must be a whole number >= 2, however: 1"),
        ("adding_problem", {"n_steps": 1}, "n_steps must be a whole number >= 2, however: 1"),
        ("frequency", {"n_steps": 13}, "n_steps must be a whole number >= 14, however: 13"),
        ("frequency", {"n_classes": 1}, "n_classes must be .* from 2 to 10, however: 1"),
        ("counting", {"max_count": 0}, "max_count must be a whole number >= 1, however: 0"),
        ("counting", {"n_steps": 7}, "n_steps must be a whole number >= 8, however: 7"),
        ("counting", {"n_samples": 4}, "n_samples must be a whole number >= 5, however: 4"),
    ],
)
def test_impossible_parameters_are_refused(name, wrong, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        load(name, **wrong)
