"""Parameters that other estimators have: what to use instead.

A grid that was written for scikit-learn's MLP meets them, and an error that lists thirty names does
not say which of them does the same.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable

INSTEAD = {
    # of scikit-learn's MLP
    "alpha": "weight_decay, on another scale: decoupled from the gradient with solver='adamw', an "
    "L2 penalty with the others",
    "learning_rate": "lr_schedule for how the rate moves ('plateau' is what 'adaptive' is), "
    "learning_rate_init for the rate",
    "power_t": "lr_schedule; there is no inverse scaling",
    "max_fun": "max_iter; there is no solver 'lbfgs'",
    "hidden_layer_sizes": "hidden_size and num_layers",
    # of skorch and Keras
    "lr": "learning_rate_init",
    "max_epochs": "max_iter",
    "epochs": "max_iter",
    "optimizer": "solver",
}


def explanation(name: str, given: Iterable[str], known: Iterable[str]) -> str | None:
    """Say what to use instead of the first parameter that is known elsewhere, and not here.

    Examples
    --------
    >>> explanation("MLPClassifier", ["tol", "lr"], ["tol", "learning_rate_init"])
    "MLPClassifier has no parameter 'lr'; use learning_rate_init."
    """
    elsewhere = INSTEAD.keys() - set(known)
    for parameter in given:
        if parameter in elsewhere:
            return f"{name} has no parameter {parameter!r}; use {INSTEAD[parameter]}."
    return None


def explain_unknown(init: Callable) -> Callable:
    """Let a constructor say what to use instead of an argument that it does not take.

    Its signature, which scikit-learn reads the parameters from, stays.
    """
    known = inspect.signature(init).parameters

    @functools.wraps(init)
    def explaining(self, *args, **kwargs):
        if not kwargs.keys() <= known.keys():
            problem = explanation(type(self).__name__, kwargs, known)
            if problem is not None:
                raise TypeError(problem)
        init(self, *args, **kwargs)

    return explaining
