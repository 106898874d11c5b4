"""The functions whose calls are worth a journal, and what the journal says about each.

scikit-learn sends every fit of its searches, validations and importances through a handful of
private functions. Their names have been the same for years; what they take has not, so arguments
are bound by name. A function that looks like one of these and is none runs without a journal, and
`why_unknown` says so.

A function of one's own is journalled when it carries a `Journalled` as its attribute ``journal``.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sklearn
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

from .digest import is_own

Arguments = dict[str, Any]
Item = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]  # what joblib's delayed makes


class WorkerDiedError(RuntimeError):
    """A task killed the process it ran in, twice."""


def _never(result: Any) -> bool:
    return False


@dataclass(frozen=True)
class Journalled:
    """How to journal the calls of one function.

    A result is found again by the arguments of the call and by the code of the function: its byte
    code with all that it refers to, or of a function of bakeoff its `sources.sources`.

    Parameters
    ----------
    describe : callable
        ``describe(arguments, result)`` returns a mapping that JSON can take, for readers who do
        not want to unpickle results.
    stand_in : callable, optional
        ``stand_in(function, arguments, reason)`` returns, or raises, what the function would give
        for work that cannot be done. Without one, the call ends with `WorkerDiedError`.
    cosmetic : frozenset of str, default=frozenset()
        Arguments that do not change the result.
    parts : callable, default=dict
        ``parts(arguments)`` returns those among estimator, X, y, train and test that the call
        works on, by these names; the arguments themselves have them in scikit-learn.
    failed : callable, default=never
        ``failed(result)`` says whether the work failed, and is to be tried again the next time.

    Examples
    --------
    >>> def square(n):
    ...     return n * n
    >>> square.journal = Journalled(lambda arguments, result: {**arguments, "squared": result})
    """

    describe: Callable[[Arguments, Any], Mapping[str, Any]]
    stand_in: Callable[[Callable[..., Any], Arguments, str], Any] | None = None
    cosmetic: frozenset[str] = frozenset()
    parts: Callable[[Arguments], Arguments] = dict
    failed: Callable[[Any], bool] = _never


@dataclass(frozen=True)
class Call:
    """One call of a function that is journalled, its arguments by name."""

    function: Callable[..., Any]
    arguments: Arguments
    journal: Journalled
    settings: Mapping[str, Any]  # scikit-learn's, as they were where the call was made

    @property
    def name(self) -> str:
        return self.function.__qualname__

    @property
    def content(self) -> tuple[Callable[..., Any], Arguments, Arguments]:
        """What decides the result: the function too, with its code."""
        kept = {k: v for k, v in self.arguments.items() if k not in self.journal.cosmetic}
        settings = {k: v for k, v in self.settings.items() if k not in _DISPLAY_SETTINGS}
        return self.function, kept, settings

    @property
    def parts(self) -> Arguments:
        """What it works on, by scikit-learn's names: estimator, X, y, train, test."""
        return self.journal.parts(self.arguments)

    @property
    def batch_sizes(self) -> dict[str, Any]:
        """Those of the nets that it fits, by the names of the parameters."""
        estimator = self.parts.get("estimator")
        if not isinstance(estimator, BaseEstimator):
            return {}
        candidate = self.arguments.get("parameters")
        params = estimator.get_params() | (candidate if isinstance(candidate, dict) else {})
        return {k: v for k, v in params.items() if k.rpartition("__")[2] == "batch_size"}

    def describe(self, result: Any) -> Mapping[str, Any]:
        return self.journal.describe(self.arguments, result)

    def stand_in(self, reason: str) -> Any:
        if self.journal.stand_in is None:
            raise WorkerDiedError(f"{self.name}: {reason}")
        return self.journal.stand_in(self.function, self.arguments, reason)


def recognise(item: Item) -> Call | None:
    """Return the call that a task of joblib will make, or None when it is not journalled."""
    wrapped, args, kwargs = item
    function = inspect.unwrap(wrapped)
    journal, needed = _journal_of(function)
    if journal is None:
        return None
    try:
        bound = _signature(function).bind(*args, **kwargs)
    except TypeError:  # the call itself will say what is wrong with it
        return None
    if not needed <= bound.arguments.keys():
        return None
    return Call(function, bound.arguments, journal, getattr(wrapped, "config", {}))


def why_unknown(item: Item) -> str | None:
    """Say why a task that fits or scores a model has no journal; None where none is to be had.

    It is what another version of scikit-learn may do to a search, and what a function of one's own
    does. Not meant is parallel work within one model, such as the trees of a forest: its fit is
    journalled as a whole, or it is the last one, of the best candidate.
    """
    wrapped, args, kwargs = item
    function = inspect.unwrap(wrapped)
    name = getattr(function, "__qualname__", type(function).__name__)
    values = [*args, *kwargs.values()]
    models = [v for v in values if isinstance(v, BaseEstimator) and hasattr(v, "fit")]
    if not models:
        return None
    if _journal_of(function)[0] is not None:
        return (
            f"{name} runs without a journal: it takes other arguments in scikit-learn "
            f"{sklearn.__version__} than this version of bakeoff knows"
        )
    if _is_of_a_search(function, name):
        return (
            f"{name} runs without a journal: this version of bakeoff does not know it; the "
            f"version of scikit-learn is {sklearn.__version__}"
        )
    if is_own(function) and any(_is_unfitted(model) for model in models) and _has_data(values):
        return (
            f"{name} runs without a journal: it takes a model and data, and has no attribute "
            "'journal' that says what to keep of a call; see Journalled"
        )
    return None


def _is_of_a_search(function: Any, name: str) -> bool:
    """Whether a package's function that takes a model fits or scores it for a search.

    It lives where scikit-learn's do, or takes a scorer: who fits the parts of a model needs none.
    """
    if name in _INNER or is_own(function):
        return False
    if function.__module__.startswith(_SEARCHES) and name.startswith("_"):
        return True
    return inspect.isfunction(function) and "scorer" in _signature(function).parameters


def _journal_of(function: Any) -> tuple[Journalled | None, frozenset[str]]:
    """How a function is journalled, and the arguments without which it is another function."""
    own = getattr(function, "journal", None)
    if own is not None:
        return own, frozenset()
    is_known = (getattr(function, "__module__", None) or "").startswith("sklearn.")
    name = getattr(function, "__qualname__", "")
    return _SCIKIT_LEARN.get(name if is_known else "", (None, frozenset()))


def _is_unfitted(model: BaseEstimator) -> bool:
    try:
        check_is_fitted(model)
    except Exception:  # NotFittedError, or whatever a class of one's own says instead
        return True
    return False


def _has_data(values: list[Any]) -> bool:
    """Whether rows are among arguments: an array or frame of more than one dimension."""
    return any(len(getattr(value, "shape", ())) > 1 for value in values)


def with_parts(estimator: BaseEstimator) -> tuple[Any, ...]:
    """An estimator and all that it is made of, such as the steps of a pipeline."""
    return (estimator, *estimator.get_params().values())


def without_idle_callbacks(item: Item) -> Item:
    """Leave out what scikit-learn's searches pass for callbacks, where nobody has one.

    The context of a task refers to those of all others, which are all there before the first one
    starts: a search of n fits would pickle n² of them.
    """
    function, args, kwargs = item
    context = kwargs.get("callback_ctx")
    if context is None or getattr(context, "_callbacks", True):
        return item
    for estimator in filter(lambda value: isinstance(value, BaseEstimator), args):
        if any(getattr(part, "_skl_callbacks", None) for part in with_parts(estimator)):
            return item
    return function, args, {**kwargs, "callback_ctx": None, "caller": None}


_signature = functools.cache(inspect.signature)


class Unfit(BaseEstimator):
    """An estimator whose `fit` raises, so that scikit-learn itself writes the failed score."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def set_params(self, **params: Any) -> "Unfit":
        return self

    def fit(self, X: Any, y: Any = None, **params: Any) -> "Unfit":
        raise WorkerDiedError(self.reason)


def _failed_score(function: Callable[..., Any], arguments: Arguments, reason: str) -> Any:
    changed = {"estimator": Unfit(reason), "callback_ctx": None}
    return function(**{**arguments, **{k: v for k, v in changed.items() if k in arguments}})


def _describe_score(arguments: Arguments, result: Any) -> Mapping[str, Any]:
    """What a table of candidates needs of one `_fit_and_score`."""
    parameters = arguments.get("parameters") or {}
    return {
        "estimator": _name(arguments["estimator"]),
        "params": {name: _plain(value) for name, value in parameters.items()},
        "candidate": (arguments.get("candidate_progress") or (None,))[0],
        "fold": (arguments.get("split_progress") or (None,))[0],
        "scores": _scores(result["test_scores"]),
        "fit_seconds": result.get("fit_time"),
        "score_seconds": result.get("score_time"),
        "n_train": len(arguments["train"]),
        "n_test": len(arguments["test"]),
        "error": (result["fit_error"] or "").strip().rpartition("\n")[2] or None,
    }


def _has_failed(result: Any) -> bool:
    return result["fit_error"] is not None


def _describe_rows(arguments: Arguments, result: Any) -> Mapping[str, Any]:
    return {
        "estimator": _name(arguments["estimator"]),
        "n_train": len(arguments["train"]),
        "n_test": len(arguments["test"]),
    }


def _describe_estimator(arguments: Arguments, result: Any) -> Mapping[str, Any]:
    return {"estimator": _name(arguments["estimator"])}


def _name(estimator: BaseEstimator) -> str:
    """The class of an estimator; of a pipeline, that of the step that predicts."""
    steps = getattr(estimator, "steps", None)
    return type(steps[-1][1] if steps else estimator).__name__


def _scores(scores: Any) -> dict[str, float | None]:
    named = scores if isinstance(scores, dict) else {"score": scores}
    return {name: None if np.isnan(value) else float(value) for name, value in named.items()}


def _plain(value: Any) -> Any:
    """A parameter's value for JSON: numbers and strings as they are, the rest as code."""
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, (bool, int, float, str, type(None))) else repr(value)


_NOT_IN_RESULTS = frozenset(
    {"verbose", "split_progress", "candidate_progress", "caller", "callback_ctx"}
)
_DISPLAY_SETTINGS = frozenset({"display", "print_changed_only", "working_memory"})
_MODEL = frozenset({"estimator"})
_ROWS = frozenset({"estimator", "train", "test"})
_SCIKIT_LEARN = {
    "_fit_and_score": (
        Journalled(_describe_score, _failed_score, _NOT_IN_RESULTS, failed=_has_failed),
        _ROWS,
    ),
    "_fit_and_predict": (Journalled(_describe_rows), _ROWS),
    "_incremental_fit_estimator": (Journalled(_describe_rows), _ROWS),
    "_permutation_test_score": (Journalled(_describe_estimator), _MODEL),
    "_calculate_permutation_scores": (Journalled(_describe_estimator), _MODEL),
}
# Where scikit-learn keeps them; and what looks like them, and is of one model: of
# TunedThresholdClassifierCV and RFECV.
_SEARCHES = ("sklearn.model_selection.", "sklearn.inspection.")
_INNER = frozenset({"_fit_and_score_over_thresholds", "_rfe_single_fit"})
