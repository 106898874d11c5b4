"""Scores by scikit-learn's names: which is taken, what it can be, and what of it matters."""

import numpy as np

# The scores that are taken when a spec names none.
SCORERS = {"classification": "accuracy", "regression": "r2"}
# A change of at most this is practically none: a percentage point of accuracy, a hundredth of a
# nat, or a hundredth of the target's variance.
MARGIN = 0.01


def score_limits(scorer: str, task: str) -> tuple[float | None, float | None]:
    """Return the least and the greatest value that a score can have.

    Examples
    --------
    >>> score_limits("accuracy", "classification"), score_limits("r2", "regression")
    ((0.0, 1.0), (None, 1.0))
    """
    if scorer.startswith("neg_"):
        return None, 0.0
    if task == "regression":
        return None, 1.0
    return (-1.0 if scorer == "matthews_corrcoef" else 0.0), 1.0


def margin(scorer: str, y: np.ndarray) -> float:
    """Return what difference of a score is practically none.

    Parameters
    ----------
    scorer : str
    y : ndarray of shape (n_samples,) or (n_samples, n_targets)
        The targets, whose spread is the measure of errors in their units.

    Examples
    --------
    >>> margin("accuracy", np.array([0, 1])), margin("neg_mean_absolute_error", np.array([-5, 5]))
    (0.01, 0.05)
    """
    return MARGIN * float(np.std(y)) if scorer.startswith("neg_") else MARGIN
