"""Search strategies: each proposes candidates, is sent their scores, and ends with the best.

A strategy is a generator and knows nothing of estimators or data. It yields rounds of trials, all
of which can be evaluated at once, and is sent one mean score a trial, greater is better, NaN for a
failed one; the best parameters are the value of its StopIteration. A tie goes to the trial that
was proposed first. Sent the same scores, a strategy proposes the same trials, so an interrupted
search resumes by replaying stored scores.

A space maps each parameter to a list of choices or to a range ``{"low": …, "high": …}``, with
``"log": true`` for a log-uniform one. Integer ends, both included, make a range of integers. A
space goes through JSON, which has no tuples: a list within a list of choices becomes a tuple.

References
----------
Bergstra, J. and Bengio, Y. (2012). Random search for hyper-parameter optimization. JMLR 13.
Jamieson, K. and Talwalkar, A. (2016). Non-stochastic best arm identification and hyperparameter
optimization. AISTATS. Li, L. et al. (2018). Hyperband: a novel bandit-based approach to
hyperparameter optimization. JMLR 18. Bergstra, J. et al. (2011). Algorithms for hyper-parameter
optimization. NeurIPS.

Examples
--------
>>> strategy = random({"C": {"low": 0.01, "high": 100.0, "log": True}}, 50, random_state=0)
>>> trials = next(strategy)
>>> while True:
...     scores = [-abs(trial.params["C"] - 1) for trial in trials]
...     try:
...         trials = strategy.send(scores)
...     except StopIteration as end:
...         best = end.value
...         break
>>> round(best["C"], 1)
1.2
"""

import math
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np
from scipy.stats import loguniform, randint, uniform
from sklearn.model_selection import ParameterGrid, ParameterSampler

from .fields import check_integer, hashable

Space = Mapping[str, Sequence[Any] | Mapping[str, Any]]


@dataclass(frozen=True)
class Trial:
    """One candidate to evaluate.

    Parameters
    ----------
    params : dict
        A value for each parameter of the space.
    resource : int, optional
        Training rows to fit on; all when left out.
    """

    params: dict[str, Any]
    resource: int | None = None


Strategy = Generator[list[Trial], Sequence[float], dict[str, Any]]


def grid(space: Space) -> Strategy:
    """Propose every combination of choices in one round, in the order of `GridSearchCV`.

    Parameters
    ----------
    space : mapping
        Of lists only.

    Raises
    ------
    ValueError
        When ``space`` holds a range; in the search, when every trial failed.

    Examples
    --------
    >>> strategy = grid({"C": [1, 10], "kernel": ["rbf", "linear"]})
    >>> len(next(strategy))
    4
    >>> try:
    ...     strategy.send([0.7, 0.8, float("nan"), 0.9])
    ... except StopIteration as end:
    ...     print(end.value)
    {'C': 10, 'kernel': 'linear'}
    """
    check_space(space)
    for name, values in space.items():
        if isinstance(values, Mapping):
            raise ValueError(f"a grid takes lists only, however {name!r} is a range: {values!r}")
    return _one_round(_params(drawn, space) for drawn in ParameterGrid(_distributions(space)))


def random(space: Space, n_candidates: int, random_state: int) -> Strategy:
    """Propose random candidates in one round, those of `RandomizedSearchCV` with the same seed.

    Parameters
    ----------
    space : mapping
        Of lists and ranges. Lists alone are sampled without replacement.
    n_candidates : int
        At least 1. When ``space`` has fewer combinations, each is proposed once.
    random_state : int
        Seeds the draws.

    Raises
    ------
    ValueError
        For what cannot be used; in the search, when every trial failed.

    Examples
    --------
    >>> strategy = random({"units": {"low": 8, "high": 64}}, 3, random_state=0)
    >>> [trial.params for trial in next(strategy)]
    [{'units': 52}, {'units': 55}, {'units': 61}]
    """
    return _one_round(_sample(space, n_candidates, random_state))


def halving(
    space: Space,
    n_candidates: int,
    n_rows: int,
    *,
    factor: int = 3,
    min_rows: int = 20,
    random_state: int,
) -> Strategy:
    """Propose the candidates of `random` on few rows, then the best of them on more.

    Each round keeps one candidate in ``factor`` and gives it ``factor`` times the rows. The first
    starts as high as lets the last use about all rows, so that rungs are those of
    `HalvingRandomSearchCV` with ``min_resources="exhaust"``. Survivors are proposed best first. A
    failed trial never survives, so failures can make a round smaller than its rung.

    Parameters
    ----------
    space : mapping
        Of lists and ranges.
    n_candidates : int
        At least 1. A space of fewer combinations is tried in full, as by `HalvingGridSearchCV`.
    n_rows : int
        Training rows there are, at least ``min_rows``.
    factor : int, default=3
        At least 2. The default is scikit-learn's, and near the optimum e of Li et al.
    min_rows : int, default=20
        Fewest rows of a trial, at least 1. scikit-learn takes twice the folds times the classes:
        the default is that of 5 folds of 2 classes.
    random_state : int
        Seeds the draws.

    Raises
    ------
    ValueError
        For what cannot be used; in the search, when every trial of a round failed.

    Examples
    --------
    >>> strategy = halving({"C": {"low": 0.1, "high": 10.0}}, 9, n_rows=900, random_state=0)
    >>> trials = next(strategy)
    >>> len(trials), trials[0].resource
    (9, 100)
    >>> trials = strategy.send([trial.params["C"] for trial in trials])
    >>> len(trials), trials[0].resource
    (3, 300)
    """
    check_integer("factor", factor, low=2)
    check_integer("min_rows", min_rows, low=1)
    check_integer("n_rows", n_rows, low=min_rows)
    candidates = _sample(space, n_candidates, random_state)
    # Logarithms, to round as scikit-learn's do: 243 candidates get five rungs, not six.
    needed = 1 + math.floor(math.log(len(candidates), factor))
    first = max(min_rows, n_rows // factor ** (needed - 1))
    possible = 1 + math.floor(math.log(n_rows // first, factor))
    return _halve(candidates, [first * factor**i for i in range(min(needed, possible))], factor)


def bayesian(space: Space, n_candidates: int, batch: int, random_state: int) -> Strategy:
    """Propose candidates near those that scored well, by optuna's tree of Parzen estimators.

    They are random until 10 have a score. Trials of the same round count as bad ones until they
    are scored (constant liar), which spreads a round. In a small space candidates can repeat.

    Parameters
    ----------
    space : mapping
        Of lists and ranges. Lists are taken as unordered.
    n_candidates : int
        In all, at least 1.
    batch : int
        Trials a round, at least 1. Part of what decides the candidates: a larger batch runs more
        at once and learns from fewer scores.
    random_state : int
        Seeds the draws.

    Raises
    ------
    ImportError
        Without optuna.
    ValueError
        For what cannot be used; in the search, when every trial failed.

    Examples
    --------
    >>> strategy = bayesian({"x": {"low": -5.0, "high": 5.0}}, 40, batch=4, random_state=0)
    >>> trials = next(strategy)
    >>> try:
    ...     while True:
    ...         trials = strategy.send([-(trial.params["x"] - 2) ** 2 for trial in trials])
    ... except StopIteration as end:
    ...     print(round(end.value["x"], 1))
    2.0
    """
    check_space(space)
    check_integer("n_candidates", n_candidates, low=1)
    check_integer("batch", batch, low=1)
    check_integer("random_state", random_state, low=0)
    return _ask_and_tell(_study(random_state), space, n_candidates, batch)


def check_space(space: Space) -> None:
    """Raise a ValueError that says in one sentence why ``space`` cannot be searched, if so.

    Examples
    --------
    >>> check_space({"C": {"low": 0.1, "high": 10.0, "log": True}, "kernel": ["rbf", "poly"]})
    >>> check_space({"C": {"low": 10, "high": 1}})
    Traceback (most recent call last):
        ...
    ValueError: low of 'C' must be below its high, however: {'low': 10, 'high': 1}
    """
    if not isinstance(space, Mapping) or not space:
        raise ValueError(f"a space must map at least one parameter to values, however: {space!r}")
    for name, values in space.items():
        if isinstance(values, Mapping):
            _check_range(name, values)
        elif not isinstance(values, list | tuple):
            raise ValueError(f"{name!r} must be a list of choices or a range, however: {values!r}")
        elif not values:
            raise ValueError(f"{name!r} must have at least one choice, however: {values!r}")


def _check_range(name: str, bounds: Mapping[str, Any]) -> None:
    if unknown := sorted(set(bounds) - {"low", "high", "log"}):
        raise ValueError(f"a range has low, high and log, however {name!r} has {unknown[0]!r}")
    ends = [bounds.get("low"), bounds.get("high")]
    if not all(isinstance(end, Real) and math.isfinite(end) for end in ends):
        raise ValueError(f"low and high of {name!r} must be finite numbers, however: {bounds!r}")
    if not isinstance(bounds.get("log", False), bool):
        raise ValueError(f"log of {name!r} must be true or false, however: {bounds['log']!r}")
    if bounds["low"] >= bounds["high"]:
        raise ValueError(f"low of {name!r} must be below its high, however: {bounds!r}")
    if bounds.get("log") and bounds["low"] <= 0:
        raise ValueError(f"low of {name!r} must be above 0 for log, however: {bounds['low']!r}")


def _sample(space: Space, n_candidates: int, random_state: int) -> list[dict[str, Any]]:
    check_space(space)
    check_integer("n_candidates", n_candidates, low=1)
    check_integer("random_state", random_state, low=0)
    distributions = _distributions(space)
    # The sampler knows when lists have fewer combinations, but warns when asked for more.
    n_candidates = len(ParameterSampler(distributions, n_candidates))
    sampler = ParameterSampler(distributions, n_candidates, random_state=random_state)
    return [_params(drawn, space) for drawn in sampler]


def _distributions(space: Space) -> dict[str, Any]:
    return {
        name: _distribution(**values) if isinstance(values, Mapping) else hashable(values)
        for name, values in space.items()
    }


def _distribution(low: float, high: float, log: bool = False) -> Any:
    if _is_integer(low, high):  # `_params` rounds the draws of loguniform down
        return loguniform(low, high + 1) if log else randint(low, high + 1)
    return loguniform(low, high) if log else uniform(low, high - low)


def _is_integer(low: float, high: float) -> bool:
    return isinstance(low, Integral) and isinstance(high, Integral)


def _params(drawn: Mapping[str, Any], space: Space) -> dict[str, Any]:
    """Return what was drawn in the order of the space, its numbers as Python's own for JSON."""
    params = {}
    for name, values in space.items():
        params[name] = drawn[name]
        if isinstance(values, Mapping):
            number = int if _is_integer(values["low"], values["high"]) else float
            params[name] = number(drawn[name])
    return params


def _one_round(candidates: Iterable[dict[str, Any]]) -> Strategy:
    trials = [Trial(params) for params in candidates]
    return _ranked(trials, (yield trials))[0].params


def _halve(candidates: list[dict[str, Any]], rungs: list[int], factor: int) -> Strategy:
    for rows in rungs:
        trials = [Trial(params, rows) for params in candidates]
        ranked = _ranked(trials, (yield trials))
        candidates = [trial.params for trial in ranked[: math.ceil(len(trials) / factor)]]
    return candidates[0]


def _study(random_state: int) -> Any:
    try:
        import optuna
    except ImportError as error:
        raise ImportError("bayesian needs optuna: pip install 'bakeoff[optuna]'") from error
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(max(verbosity, optuna.logging.WARNING))  # it logs each new study
    try:
        sampler = optuna.samplers.TPESampler(seed=random_state)
        return optuna.create_study(direction="maximize", sampler=sampler)
    finally:
        optuna.logging.set_verbosity(verbosity)


def _ask_and_tell(study: Any, space: Space, n_candidates: int, batch: int) -> Strategy:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
    from optuna.trial import TrialState

    choices = {k: hashable(v) for k, v in space.items() if not isinstance(v, Mapping)}
    distributions: dict[str, Any] = {}
    for name, values in sorted(space.items()):  # the draws depend on the order, which JSON loses
        if not isinstance(values, Mapping):
            distributions[name] = CategoricalDistribution(range(len(values)))
        elif _is_integer(values["low"], values["high"]):
            distributions[name] = IntDistribution(**values)
        else:
            distributions[name] = FloatDistribution(**values)

    trials: list[Trial] = []
    scores: list[float] = []
    while len(trials) < n_candidates:
        asked = [study.ask(distributions) for _ in range(min(batch, n_candidates - len(trials)))]
        proposed = []
        for one in asked:
            chosen = {name: choices[name][one.params[name]] for name in choices}
            proposed.append(Trial(_params({**one.params, **chosen}, space)))
        sent = _checked(proposed, (yield proposed))
        for one, score in zip(asked, sent, strict=True):
            if math.isnan(score):
                study.tell(one, state=TrialState.FAIL)
            else:
                study.tell(one, score)
        trials += proposed
        scores += sent
    return _ranked(trials, scores)[0].params


def _ranked(trials: list[Trial], scores: Sequence[float]) -> list[Trial]:
    """Return the trials that did not fail, best first, equal ones as they were proposed."""
    sent = _checked(trials, scores)
    done = [i for i, score in enumerate(sent) if not math.isnan(score)]
    if not done:
        raise ValueError(f"there is no best candidate: all {len(trials)} trials failed")
    return [trials[i] for i in sorted(done, key=lambda i: sent[i], reverse=True)]


def _checked(trials: list[Trial], scores: Sequence[float]) -> list[float]:
    values = np.asarray(scores, dtype=np.float64)
    if values.shape != (len(trials),):
        raise ValueError(f"each of {len(trials)} trials must have a score, however: {scores!r}")
    return values.tolist()
