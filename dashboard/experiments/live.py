"""What a net is doing while it trains, for whoever watches its run.

A worker process knows its run from the environment, where `worker` puts it: what is watched is no
part of a task, whose content decides under which key its result is found.
"""

import os
from collections.abc import Mapping
from typing import Any

from sklearn.base import BaseEstimator

VARIABLE = "BAKEOFF_RUN"  # the id of the run that this process works for


def watched(estimator: BaseEstimator, labels: Mapping[str, Any]) -> BaseEstimator:
    """Let the net of an unfitted pipeline show its losses, if it has one and anybody watches.

    Parameters
    ----------
    estimator : estimator
        Changed in place.
    labels : mapping
        What JSON can hold: which model it is, on which fold.

    Returns
    -------
    estimator
        The same object.
    """
    run = os.environ.get(VARIABLE)
    net = getattr(estimator, "steps", [("", estimator)])[-1][1]
    if run and type(net).__module__.startswith("bakeoff.estimators."):
        from .losses import ShowLosses  # which imports torch, and that takes seconds

        net.set_params(callbacks=[*(net.callbacks or ()), ShowLosses(run, labels)])
    return estimator
