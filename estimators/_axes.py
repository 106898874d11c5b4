"""Axes that look turned: a warning where rows are probably not what they are taken for.

Other packages hold series as ``(n, channels, time)`` and images as ``(n, height, width,
channels)``. Such an array has a shape that can be trained on, and scores that look like those of a
weak model. A shape proves nothing, so what is unusual either way is left alone.
"""

from __future__ import annotations

import multiprocessing
import warnings
import weakref

from ._inputs import Shape

# Series. Up to FEW steps with SOME_TIMES as many features are hardly ever meant; up to SEVERAL
# steps with MANY_TIMES as many hardly ever either, unless each step is an embedding.
FEW, SOME_TIMES = 3, 8
SEVERAL, MANY_TIMES = 9, 10
# Vectors of words, sentences and images often have these widths: a few of them make a sequence.
EMBEDDINGS = {256, 300, 384, 512, 768, 1024, 1280, 1536, 2048, 3072, 4096}
# Images. Grey, RGB or RGBA, and the side from which on something is an image rather than a map of
# features.
MOST_COLOURS, SIDE = 4, 8
# Sides of an image that is so narrow are rather a series and its features.
NARROW, ELONGATED = 4, 4


def turned_series(shape: Shape) -> bool:
    """Whether ``(time, features)`` are probably ``(channels, time)``.

    Examples
    --------
    >>> turned_series((2, 200)), turned_series((6, 100))  # axes of a sensor, for so many steps
    (True, True)
    >>> turned_series((8, 8)), turned_series((20, 300)), turned_series((5, 768))
    (False, False, False)
    """
    steps, features = shape
    if steps <= FEW:
        return features >= SOME_TIMES * steps
    return steps <= SEVERAL and features >= MANY_TIMES * steps and features not in EMBEDDINGS


def turned_image(shape: Shape) -> bool:
    """Whether ``(channels, height, width)`` are probably ``(height, width, channels)``.

    Examples
    --------
    >>> turned_image((32, 32, 3)), turned_image((28, 28, 1)), turned_image((64, 64, 13))
    (True, True, True)
    >>> turned_image((3, 32, 32)), turned_image((1, 28, 28)), turned_image((512, 2, 2))
    (False, False, False)
    """
    first, second, last = shape
    if min(first, second) < SIDE:
        return False
    # As many channels as rows, and images much narrower than high: rather a square of many bands.
    square = first == second and 4 * last <= first
    return square or (last <= MOST_COLOURS and second > 2 * last)


def narrow_image(shape: Shape) -> bool:
    """Whether the sides of a grey image are probably the steps and features of a series.

    Examples
    --------
    >>> narrow_image((1, 100, 3)), narrow_image((1, 8, 8)), narrow_image((1, 32, 100))
    (True, False, False)
    """
    channels, short, long = shape[0], min(shape[1:]), max(shape[1:])
    narrow = short <= NARROW and long >= ELONGATED * short
    return channels == 1 and (narrow or turned_series((short, long)))


def doubt_of(shape: Shape, *, folded: bool, may_be_series: bool = False) -> str | None:
    """Say in one sentence why rows of this shape are probably something else, and what to do.

    Parameters
    ----------
    shape : tuple of int
        ``(time, features)`` or ``(channels, height, width)``.
    folded : bool
        Whether ``input_shape`` made it of flat X, and not X's own axes.
    may_be_series : bool, default=False
        Whether nobody said that images are images.
    """
    given = shape[1:] if len(shape) == 3 and shape[0] == 1 else shape
    found = f"input_shape={given} takes rows for" if folded else f"X has samples of shape {given}:"
    if len(shape) == 2 and turned_series(shape):
        steps, features = shape
        return (
            f"{found} {_counted(steps, 'time step')} of {features} features. If they are "
            f"{features} steps of {steps}, {_turn(given, (features, steps), '1, 2', folded)}."
        )
    if len(shape) == 3 and turned_image(shape):
        rows, columns, channels = shape
        return (
            f"{found} {rows} channels of {columns} x {_counted(channels, 'pixel')}. If they are "
            f"images of {rows} x {columns} with {_counted(channels, 'channel')}, "
            f"{_turn(given, (channels, rows, columns), '-1, 1', folded)}."
        )
    if len(shape) == 3 and may_be_series and narrow_image(shape):
        height, width = given
        turn = " Turn them: X = np.moveaxis(X, 1, 2)." if height < width and not folded else ""
        return (
            f"{found} grey images of {height} x {width} pixels. Series of {max(given)} steps need "
            f"convolution='1d'.{turn} convolution='2d' says that they are images."
        )
    return None


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _turn(shape: Shape, turned: Shape, axes: str, folded: bool) -> str:
    """The line that turns the axes of this X, and how to say that there is nothing to turn."""
    if not folded:
        return (
            f"turn the axes: X = np.moveaxis(X, {axes}); if not, input_shape={shape} beside this X "
            f"says so"
        )
    sizes = ", ".join(map(str, shape))
    return (
        f"turn the axes: X = np.moveaxis(X.reshape(-1, {sizes}), {axes}).reshape(len(X), -1), with "
        f"input_shape={turned}; if not, X.reshape(-1, {sizes}) beside this input_shape says so"
    )


# What has been said, shared by the clones of an estimator: a search fits dozens of them.
_said_by: weakref.WeakKeyDictionary[object, set[str]] = weakref.WeakKeyDictionary()
_said_here: set[str] = set()


def share_doubts(estimator: object, clone: object) -> None:
    """Let a clone say nothing that another clone of the estimator has said."""
    _said_by[clone] = _said_by.setdefault(estimator, set())


def warn_of(estimator: object, doubt: str | None) -> None:
    """Warn once a fit, once among the clones of an estimator, and once in a worker process."""
    said = _said_by.get(estimator)
    if said is None and multiprocessing.parent_process() is not None:
        said = _said_here  # whose estimators are copies of what was cloned elsewhere
    if said is None:
        said = set()
    if doubt is not None and doubt not in said:
        said.add(doubt)
        warnings.warn(doubt, UserWarning, stacklevel=4)
