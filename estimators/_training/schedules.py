"""Learning-rate schedules: a factor on ``learning_rate_init``, as training goes on."""

from __future__ import annotations

import math
from collections.abc import Callable

# Smith & Topin (2019): rise for 30% of the steps, from a 25th, then fall to next to nothing.
# The numbers are those of torch's OneCycleLR.
WARM_UP, START, END = 0.3, 1 / 25, 1e-4


def constant(progress: float) -> float:
    """1, always."""
    return 1.0


def cosine(progress: float) -> float:
    """Half a cosine from 1 to 0 (Loshchilov & Hutter, 2017).

    Examples
    --------
    >>> [round(cosine(p), 2) for p in (0.0, 0.5, 1.0)]
    [1.0, 0.5, 0.0]
    """
    return 0.5 * (1.0 + math.cos(math.pi * progress))


def step(progress: float) -> float:
    """1, then a tenth after half of the steps, and a hundredth after three quarters.

    The plan of He et al. (2016) for CIFAR-10.

    Examples
    --------
    >>> [step(p) for p in (0.0, 0.5, 0.75)]
    [1.0, 0.1, 0.01]
    """
    return 1.0 if progress < 0.5 else 0.1 if progress < 0.75 else 0.01


def one_cycle(progress: float) -> float:
    """Up to 1 and down again, both along a cosine.

    Examples
    --------
    >>> [round(one_cycle(p), 2) for p in (0.0, 0.3, 0.65, 1.0)]
    [0.04, 1.0, 0.5, 0.0]
    """
    if progress < WARM_UP:
        return 1.0 - (1.0 - START) * cosine(progress / WARM_UP)
    return END + (1.0 - END) * cosine((progress - WARM_UP) / (1.0 - WARM_UP))


SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": constant,
    "cosine": cosine,
    "one_cycle": one_cycle,
    "step": step,
}

# These end at a rate of nearly zero after `max_iter` epochs: the loss falls most at the end, so
# training must not stop because it has not fallen for a while.
PLANNED = SCHEDULES.keys() - {"constant"}
