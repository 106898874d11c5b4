"""A fitted model that computes each of its answers once, however many scorers ask for it."""

import contextlib
import copy
import functools
from collections.abc import Callable, Iterator
from typing import Any

from sklearn.base import BaseEstimator

# A net answers the others from `_predict_raw`, a pipeline transforms before each of them.
_METHODS = (
    "predict", "predict_proba", "predict_log_proba", "decision_function", "transform",
    "_predict_raw",
)  # fmt: skip

# Of an estimator, by its id, and a method: the rows that it was asked about, and the answer.
Answers = dict[tuple[int, str], tuple[Any, Any]]


@contextlib.contextmanager
def answering_once(fitted: BaseEstimator) -> Iterator[BaseEstimator]:
    """Lend a copy of a fitted model that keeps what it said of the rows that it was asked about.

    The copy is of the model's own class, shares its attributes and gives what it gives, bit for
    bit. Rows are known by identity, and the last ones by each method: whoever asks twice must pass
    the same object. With the block, what was kept goes.

    Parameters
    ----------
    fitted : estimator
        Left as it is. Of a pipeline, each step is such a copy too.

    Yields
    ------
    estimator

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.ensemble import RandomForestClassifier
    >>> from sklearn.metrics import get_scorer
    >>> X, y = load_iris(return_X_y=True)
    >>> with answering_once(RandomForestClassifier(random_state=0).fit(X, y)) as forest:
    ...     [get_scorer(name)(forest, X, y) for name in ("accuracy", "roc_auc_ovr")]
    [1.0, 1.0]
    """
    answers: Answers = {}
    try:
        yield _copied(fitted, answers)
    finally:
        answers.clear()  # the copy refers to itself, and would go with its rows much later


def _copied(fitted: BaseEstimator, answers: Answers) -> BaseEstimator:
    # Not copy.copy: it asks __getstate__, and what an estimator pickles may be less than it has.
    one = object.__new__(type(fitted))
    vars(one).update(vars(fitted))
    if isinstance(getattr(fitted, "steps", None), list):
        one.steps = [
            (name, _copied(step, answers) if isinstance(step, BaseEstimator) else step)
            for name, step in fitted.steps
        ]
    for name in _METHODS:
        method = getattr(one, name, None)  # None also where the model has it at times, not now
        if callable(method):
            setattr(one, name, _once(method, answers, (id(one), name)))
    return one


def _once(
    method: Callable[..., Any], answers: Answers, place: tuple[int, str]
) -> Callable[..., Any]:
    is_a_step = place[1] == "transform"

    @functools.wraps(method)  # scikit-learn asks a method for its name
    def answer(*args: Any, **kwargs: Any) -> Any:
        if len(args) != 1 or kwargs:  # no scorer asks so
            return method(*args, **kwargs)
        rows, kept = answers.get(place, (None, None))
        if rows is args[0]:
            # The next step knows its rows by identity; all others may change what they are given.
            return kept if is_a_step else copy.deepcopy(kept)
        found = method(*args)
        answers[place] = (args[0], found if is_a_step else copy.deepcopy(found))
        return found

    return answer
