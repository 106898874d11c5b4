"""Small grey images, drawn on the spot.

A shape is a signed distance: negative inside, positive outside, in units of the shape. Divided by
the size of a pixel and clipped, it is the share of the pixel that the shape covers, which is
anti-aliasing. After Quilez, 2D distance functions, https://iquilezles.org/articles/distfunctions2d/.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from ._checks import check_int, check_real, check_seed
from ._dataset import Dataset


def _circle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.hypot(x, y) - 1 / math.sqrt(math.pi)


def _cross(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    arm = math.sqrt(9 / 20)  # half of its length; it is a third as wide as long
    long, short = np.maximum(abs(x), abs(y)), np.minimum(abs(x), abs(y))
    return np.maximum(long - arm, short - arm / 3)


def _square(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.maximum(abs(x), abs(y)) - 0.5


def _triangle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    slanted = abs(x) * math.sqrt(3) / 2 + y / 2
    return np.maximum(slanted, -y) - 1 / math.sqrt(3 * math.sqrt(3))


# All of area 1, so that the amount of ink does not give the shape away.
_SHAPES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "circle": _circle,
    "cross": _cross,
    "square": _square,
    "triangle": _triangle,
}
_REACH = 2 / math.sqrt(3 * math.sqrt(3))  # of the farthest corner from the centre: the triangle's


def shapes(
    n_samples: int = 1000, size: int = 16, noise: float = 0.1, random_state: int = 0
) -> Dataset:
    """Circles, crosses, squares and triangles, shifted, turned, scaled and noisy.

    Parameters
    ----------
    n_samples : int, default=1000
        At least 4.
    size : int, default=16
        Height and width in pixels, at least 8.
    noise : float, default=0.1
        Standard deviation of the Gaussian noise on each pixel; background is 0 and shape is 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, size * size), float32.

    Examples
    --------
    >>> data = shapes(n_samples=4, noise=0)
    >>> data.target_names
    ('circle', 'cross', 'square', 'triangle')
    >>> data.input_shape
    (1, 16, 16)
    >>> float(data.X.min()), float(data.X.max())
    (0.0, 1.0)
    """
    check_int("n_samples", n_samples, at_least=len(_SHAPES))
    check_int("size", size, at_least=8)
    check_real("noise", noise, at_least=0)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    label = rng.permutation(np.arange(n_samples) % len(_SHAPES))
    # One draw an image, (n, 1, 1); lengths in units of the picture's width.
    one = (n_samples, 1, 1)
    scale = rng.uniform(0.35, 0.5, one)
    room = 0.5 - _REACH * scale
    shift_x, shift_y = rng.uniform(-1, 1, (2, *one)) * room
    turn = rng.uniform(0, 2 * math.pi, one)
    centres = (np.arange(size) + 0.5) / size - 0.5
    column, row = centres - shift_x, centres[:, None] - shift_y  # (n, 1, size), (n, size, 1)
    x = (np.cos(turn) * column + np.sin(turn) * row) / scale  # (n, size, size)
    y = (np.cos(turn) * row - np.sin(turn) * column) / scale
    images = np.empty((n_samples, size, size))
    for index, distance in enumerate(_SHAPES.values()):
        drawn = label == index
        images[drawn] = 0.5 - distance(x[drawn], y[drawn]) * scale[drawn] * size  # in pixels
    images = images.clip(0, 1) + rng.normal(scale=noise, size=images.shape)
    return Dataset(
        name="shapes",
        X=images.reshape(n_samples, -1).astype(np.float32),
        y=label,
        task="classification",
        kind="image",
        feature_names=tuple(f"pixel_{r}_{c}" for r in range(size) for c in range(size)),
        target_names=tuple(_SHAPES),
        input_shape=(1, size, size),
        source="generated",
        licence="BSD-3-Clause, like the code that generates it",
        units="grey level: 0 background, 1 shape, with noise outside that range",
        description=f"One shape in each image of {size} x {size} pixels, at any angle, "
        f"size and place, under noise of standard deviation {noise}. Shapes of one size have one "
        "area, so the amount of ink says nothing and only the outline counts: it helps to find "
        "the same corner wherever it is, which is what a convolution does. At the defaults a "
        "linear model scores .33 and an RBF SVM .55, where chance is .25.",
    )
