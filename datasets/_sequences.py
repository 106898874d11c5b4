"""Sequences whose label is spread over time, so that a model has to remember.

Each generator hides the answer from a model that is linear in X: a single entry tells little or
nothing about the label, and only how entries go together does. The descriptions say how well a
linear model and an RBF SVM do without a memory: default parameters, standardised, NaN as 0, mean
accuracy or R2 of five shuffled folds. A row of X is a sequence step by step, all features of a
step side by side.
"""

from __future__ import annotations

import numpy as np

from ._checks import check_int, check_real, check_seed
from ._dataset import Dataset, Task


def delayed_recall(
    n_samples: int = 1000, n_steps: int = 20, n_symbols: int = 4, random_state: int = 0
) -> Dataset:
    """Name the one symbol that was marked, long after it has gone by.

    Parameters
    ----------
    n_samples : int, default=1000
        At least `n_symbols`.
    n_steps : int, default=20
        Length of a sequence, at least 2. The mark falls in its first half.
    n_symbols : int, default=4
        Size of the alphabet and number of classes, from 2 to 26.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, n_steps * (n_symbols + 1)), float32: at each step the symbol,
        one-hot, then the mark.

    Examples
    --------
    >>> data = delayed_recall(n_samples=8, n_steps=6, n_symbols=2)
    >>> X = data.X.reshape(-1, *data.input_shape)
    >>> X.shape  # (n_samples, time, features)
    (8, 6, 3)
    >>> marked = X[..., -1].argmax(axis=1)
    >>> bool((X[range(8), marked, :-1].argmax(axis=1) == data.y).all())
    True
    """
    check_int("n_symbols", n_symbols, at_least=2, at_most=26)
    check_int("n_samples", n_samples, at_least=n_symbols)
    check_int("n_steps", n_steps, at_least=2)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    rows = np.arange(n_samples)
    y = rng.permutation(rows % n_symbols)
    cue = rng.integers(n_steps // 2, size=n_samples)
    symbols = rng.integers(n_symbols, size=(n_samples, n_steps))
    symbols[rows, cue] = y
    X = np.zeros((n_samples, n_steps, n_symbols + 1), np.float32)
    X[..., :-1] = np.eye(n_symbols)[symbols]
    X[rows, cue, -1] = 1
    letters = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:n_symbols])
    return _sequences(
        "delayed_recall",
        X,
        y,
        task="classification",
        features=(*letters, "mark"),
        target_names=letters,
        source="generated, after the recall tasks of Hochreiter and Schmidhuber (1997), Long "
        "Short-Term Memory, Neural Computation 9(8), https://doi.org/10.1162/neco.1997.9.8.1735",
        units="0 or 1",
        description=f"A stream of {n_steps} random symbols out of {n_symbols}. One of the first "
        f"{n_steps // 2} carries a mark; the answer is that symbol, and all others are "
        "distractors. A model has to notice the mark, keep the symbol, and let nothing after it "
        "overwrite it. At the defaults a linear model scores .35 and an RBF SVM .46, where chance "
        "is .25.",
    )


def adding_problem(n_samples: int = 1000, n_steps: int = 20, random_state: int = 0) -> Dataset:
    """Add the two numbers that are marked.

    Parameters
    ----------
    n_samples : int, default=1000
        At least 1.
    n_steps : int, default=20
        Length of a sequence, at least 2. One mark falls in each half.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, n_steps * 2), float32: at each step a value from [0, 1), then the
        mark. y is float64 in [0, 2).

    Examples
    --------
    >>> import numpy as np
    >>> data = adding_problem(n_samples=5)
    >>> values, marks = np.moveaxis(data.X.reshape(-1, *data.input_shape), -1, 0)
    >>> np.allclose((values * marks).sum(axis=1), data.y)
    True
    """
    check_int("n_samples", n_samples, at_least=1)
    check_int("n_steps", n_steps, at_least=2)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    rows = np.arange(n_samples)
    first = rng.integers(n_steps // 2, size=n_samples)
    second = rng.integers(n_steps // 2, n_steps, size=n_samples)
    X = np.zeros((n_samples, n_steps, 2), np.float32)
    X[..., 0] = rng.random((n_samples, n_steps), dtype=np.float32)
    X[rows, first, 1] = X[rows, second, 1] = 1
    y = X.prod(axis=-1, dtype=np.float64).sum(axis=1)
    return _sequences(
        "adding_problem",
        X,
        y,
        task="regression",
        features=("value", "mark"),
        target_names=("sum",),
        source="generated, after Hochreiter and Schmidhuber (1997), Long Short-Term Memory, "
        "Neural Computation 9(8), https://doi.org/10.1162/neco.1997.9.8.1735, experiment 4, with "
        "values from [0, 1), the plain sum as the target and one fixed length",
        units="none: values from 0 to 1, sums from 0 to 2",
        description=f"{n_steps} random numbers, two of them marked, one in each half; the target "
        "is the sum of those two. Always answering 1 has a mean squared error of 1/6. At the "
        "defaults a linear model has an R2 of .04 and an RBF SVM of .56.",
    )


def frequency(
    n_samples: int = 1000,
    n_steps: int = 64,
    n_classes: int = 4,
    noise: float = 1.2,
    random_state: int = 0,
) -> Dataset:
    """Tell how fast a wave swings, whatever its phase, under noise.

    Parameters
    ----------
    n_samples : int, default=1000
        At least `n_classes`.
    n_steps : int, default=64
        Length of a sequence, at least ``2 * n_classes + 6``: two steps a period of the fastest
        wave.
    n_classes : int, default=4
        From 2 to 10; class ``i`` swings ``i + 3`` times in the sequence.
    noise : float, default=1.2
        Standard deviation of the Gaussian noise; the wave has amplitude 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, n_steps), float32: one value a step.
    """
    check_int("n_classes", n_classes, at_least=2, at_most=10)
    check_int("n_samples", n_samples, at_least=n_classes)
    check_int("n_steps", n_steps, at_least=2 * n_classes + 6)
    check_real("noise", noise, at_least=0)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    y = rng.permutation(np.arange(n_samples) % n_classes)
    cycles = np.arange(3, 3 + n_classes)
    phase = rng.random((n_samples, 1))
    X = np.sin(2 * np.pi * (cycles[y, None] * np.arange(n_steps) / n_steps + phase))
    X += rng.normal(scale=noise, size=X.shape)
    return _sequences(
        "frequency",
        X[..., None].astype(np.float32),
        y,
        task="classification",
        features=("value",),
        target_names=tuple(f"{c} cycles" for c in cycles),
        source="generated",
        units=f"none: the wave has amplitude 1; {n_steps} steps are one unit of time",
        description=f"A sine wave of random phase that swings {cycles[0]} to {cycles[-1]} times in "
        f"{n_steps} steps, under noise of standard deviation {noise}. Because of the phase every "
        "step is zero on average in every class, so a model linear in the values can only guess; "
        "what counts is how values some steps apart go together. At the defaults a linear model "
        "scores .25 and an RBF SVM .97, where chance is .25: here a kernel needs no memory.",
    )


def counting(
    n_samples: int = 1000, n_steps: int = 30, max_count: int = 4, random_state: int = 0
) -> Dataset:
    """Count the marked events in a sequence of any length.

    Parameters
    ----------
    n_samples : int, default=1000
        At least ``max_count + 1``.
    n_steps : int, default=30
        Longest sequence, at least ``2 * max_count``. Lengths are uniform from half of it, or from
        ``2 * max_count`` where that is more.
    max_count : int, default=4
        Largest count, at least 1; the classes are 0 to `max_count`.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, n_steps * 2), float32: at each step event and mark, 0 or 1, and NaN
        in both after the end of the sequence.

    Examples
    --------
    >>> import numpy as np
    >>> data = counting(n_samples=100)
    >>> event, mark = np.moveaxis(data.X.reshape(-1, *data.input_shape), -1, 0)
    >>> bool((np.nansum(event * mark, axis=1) == data.y).all())
    True
    >>> np.unique(np.nansum(event, axis=1)).tolist()  # as many events, whatever the count
    [4.0]
    """
    check_int("max_count", max_count, at_least=1)
    check_int("n_samples", n_samples, at_least=max_count + 1)
    check_int("n_steps", n_steps, at_least=2 * max_count)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    y = rng.permutation(np.arange(n_samples) % (max_count + 1))
    shortest = max(2 * max_count, n_steps // 2)
    lengths = rng.integers(shortest, n_steps, size=n_samples, endpoint=True)
    X = np.full((n_samples, n_steps, 2), np.nan, np.float32)
    for row, count, length in zip(X, y, lengths, strict=True):
        row[:length] = 0
        # As many events as marks, max_count of each, of which `count` share a step.
        steps = rng.permutation(length)
        row[steps[:max_count], 0] = 1
        row[steps[max_count - count : 2 * max_count - count], 1] = 1
    return _sequences(
        "counting",
        X,
        y,
        task="classification",
        features=("event", "mark"),
        target_names=tuple(map(str, range(max_count + 1))),
        source="generated",
        units="0 or 1; NaN after the end of a sequence",
        description=f"{shortest} to {n_steps} steps with {max_count} events and {max_count} marks; "
        f"the answer is how many events are marked, 0 to {max_count}. Events and marks alone are "
        "distractors, and since there are always as many, adding up either channel tells nothing: "
        "a model has to see the two together and keep count. Sequences end at different steps, "
        "and NaN fills the rest. At the defaults a linear model scores .20 and an RBF SVM .33, "
        "where chance is .20.",
    )


def _sequences(
    name: str,
    X: np.ndarray,
    y: np.ndarray,
    *,
    task: Task,
    features: tuple[str, ...],
    target_names: tuple[str, ...],
    source: str,
    units: str,
    description: str,
) -> Dataset:
    """Flatten X of shape (n_samples, time, features) and wrap it."""
    n_samples, n_steps, _ = X.shape
    return Dataset(
        name=name,
        X=X.reshape(n_samples, -1),
        y=y,
        task=task,
        kind="sequence",
        feature_names=tuple(f"{feature}_{t}" for t in range(n_steps) for feature in features),
        target_names=target_names,
        input_shape=X.shape[1:],
        source=source,
        licence="BSD-3-Clause, like the code that generates it",
        units=units,
        description=description,
    )
