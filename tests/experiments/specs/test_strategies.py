import json
import logging
from collections import Counter

import numpy as np
import optuna
import pytest
from scipy.stats import loguniform, randint, uniform
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    HalvingRandomSearchCV,
    KFold,
    RandomizedSearchCV,
)

from bakeoff.experiments.specs.strategies import Trial, bayesian, check_space, grid, halving, random

LISTS = {"b": ["x", "y", None], "a": [3, 1, 2]}
MIXED = {
    "c": {"low": -1.0, "high": 3.0},
    "b": ["x", "y", None],
    "a": {"low": 1e-3, "high": 1e3, "log": True},
    "d": {"low": 2, "high": 9},
    "e": {"low": 1, "high": 64, "log": True},
}
FROZEN = {"c": uniform(-1, 4), "b": LISTS["b"], "a": loguniform(1e-3, 1e3), "d": randint(2, 10)}
NAN = float("nan")

STRATEGIES = {
    "grid": lambda: grid(LISTS),
    "random": lambda: random(MIXED, 30, random_state=3),
    "halving": lambda: halving(MIXED, 27, 600, random_state=3),
    "bayesian": lambda: bayesian(MIXED, 30, batch=4, random_state=3),
}
every_strategy = pytest.mark.parametrize("make", STRATEGIES.values(), ids=STRATEGIES)


def run(strategy, score):
    """Run a search to its end; return its rounds and the best parameters."""
    rounds = [next(strategy)]
    while True:
        try:
            rounds.append(strategy.send([score(trial.params) for trial in rounds[-1]]))
        except StopIteration as end:
            return rounds, end.value


def plain(params):
    return {k: v.item() if isinstance(v, np.generic) else v for k, v in params.items()}


def rating(params):
    """A score without ties: a fraction that looks random but follows from the parameters."""
    given = sorted((k, v) for k, v in plain(params).items() if v is not None)
    return np.random.default_rng(list(repr(given).encode())).random()


class Rated(ClassifierMixin, BaseEstimator):
    """What scikit-learn's searches need to see the very scores of `rating`."""

    def __init__(self, a=None, b=None, c=None, d=None):
        self.a, self.b, self.c, self.d = a, b, c, d

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def score(self, X, y):
        return rating(self.get_params())


def fitted(search, n_rows=60):
    """Fit a search on rows of two classes; its scores are those of `rating`."""
    return search.fit(np.zeros((n_rows, 1)), np.arange(n_rows) % 2)


def test_a_grid_is_that_of_scikit_learn():
    reference = fitted(GridSearchCV(Rated(), LISTS, cv=2))
    (trials,), best = run(grid(LISTS), rating)
    assert [trial.params for trial in trials] == reference.cv_results_["params"]
    assert best == reference.best_params_
    assert {trial.resource for trial in trials} == {None}


@pytest.mark.parametrize("n_candidates", [5, 9])
def test_random_draws_from_lists_are_those_of_scikit_learn(n_candidates):
    options = {"n_iter": n_candidates, "random_state": 7, "cv": 2}
    reference = fitted(RandomizedSearchCV(Rated(), LISTS, **options))
    (trials,), best = run(random(LISTS, n_candidates, random_state=7), rating)
    assert [trial.params for trial in trials] == reference.cv_results_["params"]
    assert best == reference.best_params_


def test_random_draws_from_ranges_are_those_of_scikit_learn():
    space = {name: MIXED[name] for name in FROZEN}
    options = {"n_iter": 20, "random_state": 7, "cv": 2}
    reference = fitted(RandomizedSearchCV(Rated(), FROZEN, **options))
    (trials,), _ = run(random(space, 20, random_state=7), rating)
    assert [trial.params for trial in trials] == list(map(plain, reference.cv_results_["params"]))


def test_a_small_grid_is_sampled_in_full_without_a_warning():
    (trials,), _ = run(random(LISTS, 100, random_state=0), rating)
    (every,), _ = run(grid(LISTS), rating)
    assert len(trials) == 9
    assert all(trial in trials for trial in every)


def test_a_log_uniform_integer_has_the_weight_of_its_share_of_the_logarithm():
    space = {"n": {"low": 1, "high": 3, "log": True}}
    trials = next(random(space, 4000, random_state=0))
    counts = Counter(trial.params["n"] for trial in trials)
    expected = np.log([2 / 1, 3 / 2, 4 / 3]) / np.log(4)
    np.testing.assert_allclose([counts[n] / 4000 for n in (1, 2, 3)], expected, atol=0.02)


@pytest.mark.parametrize("n_candidates", [1, 8, 9, 30, 243])
@pytest.mark.parametrize("n_rows", [60, 1000])
@pytest.mark.parametrize("factor", [2, 3])
def test_the_rungs_of_halving_are_those_of_scikit_learn(n_candidates, n_rows, factor):
    reference = fitted(
        HalvingRandomSearchCV(
            Rated(),
            {"c": uniform(0, 1)},
            n_candidates=n_candidates,
            min_resources="exhaust",
            factor=factor,
            cv=KFold(2),
            random_state=5,
        ),
        n_rows,
    )
    space = {"c": {"low": 0.0, "high": 1.0}}
    # scikit-learn's own floor here: twice the folds times the classes.
    strategy = halving(space, n_candidates, n_rows, factor=factor, min_rows=8, random_state=5)
    rounds, best = run(strategy, rating)
    assert [trials[0].resource for trials in rounds] == reference.n_resources_
    assert [len(trials) for trials in rounds] == reference.n_candidates_
    assert best == reference.best_params_

    proposed = [trial.params["c"] for trials in rounds for trial in trials]
    iterations = reference.cv_results_["iter"]
    values = np.array([params["c"] for params in reference.cv_results_["params"]])
    assert sorted(proposed[n_candidates:]) == sorted(values[iterations > 0])


def test_halving_tries_a_small_grid_in_full():
    reference = fitted(HalvingGridSearchCV(Rated(), LISTS, cv=KFold(2), random_state=0), 500)
    rounds, best = run(halving(LISTS, 100, 500, min_rows=8, random_state=0), rating)
    assert [trials[0].resource for trials in rounds] == reference.n_resources_ == [55, 165, 495]
    assert [len(trials) for trials in rounds] == reference.n_candidates_ == [9, 3, 1]
    assert best == reference.best_params_


def test_halving_is_won_in_its_last_round():
    strategy = halving(LISTS, 9, 500, random_state=0)
    first = next(strategy)
    second = strategy.send([1.0, 0.9, 0.8] + [0.0] * 6)
    assert [trial.params for trial in second] == [trial.params for trial in first[:3]]
    assert strategy.send([0.1, 0.3, 0.2]) == [Trial(first[1].params, 495)]
    with pytest.raises(StopIteration) as end:
        strategy.send([-5.0])
    assert end.value.value == first[1].params


def test_halving_drops_what_failed():
    strategy = halving(LISTS, 9, 500, random_state=0)
    first = next(strategy)
    second = strategy.send([NAN] * 4 + [0.5] + [NAN] * 4)
    assert second == [Trial(first[4].params, 165)]


@every_strategy
def test_the_same_scores_give_the_same_trials(make):
    assert run(make(), rating) == run(make(), rating)


@every_strategy
def test_a_tie_goes_to_the_first(make):
    rounds, best = run(make(), lambda params: 0.5)
    assert best == rounds[0][0].params


@every_strategy
def test_a_failed_trial_never_wins(make):
    rounds, best = run(make(), lambda params: NAN if params["b"] == "x" else -rating(params))
    assert any(trial.params["b"] == "x" for trial in rounds[0])
    assert best["b"] != "x"


@every_strategy
def test_when_all_trials_fail_there_is_no_best(make):
    with pytest.raises(ValueError, match=r"there is no best candidate: all \d+ trials failed"):
        run(make(), lambda params: NAN)


@every_strategy
def test_each_trial_needs_a_score(make):
    strategy = make()
    n_trials = len(next(strategy))
    sentence = rf"each of {n_trials} trials must have a score, however: \[0.5\]"
    with pytest.raises(ValueError, match=sentence):
        strategy.send([0.5])


@pytest.mark.parametrize("name", ["random", "halving", "bayesian"])
def test_params_lie_in_the_space_and_go_through_json(name):
    rounds, _ = run(STRATEGIES[name](), rating)
    for params in (trial.params for trials in rounds for trial in trials):
        assert json.loads(json.dumps(params)) == params
        assert list(params) == list(MIXED)
        assert params["b"] in MIXED["b"]
        for key in "acde":
            assert type(params[key]) is type(MIXED[key]["low"])
            assert MIXED[key]["low"] <= params[key] <= MIXED[key]["high"]


@pytest.mark.parametrize(
    "search",
    [
        grid,
        lambda space: random(space, 4, random_state=0),
        lambda space: halving(space, 4, 100, random_state=0),
        lambda space: bayesian(space, 40, batch=40, random_state=0),
    ],
)
def test_a_list_of_choices_holds_tuples_for_lists(search):
    space = json.loads('{"layers": [[64], [64, 64], [[3, 3], 2], null]}')
    proposed = {trial.params["layers"] for trial in next(search(space))}
    assert proposed == {(64,), (64, 64), ((3, 3), 2), None}


def test_bayesian_learns_where_the_good_ones_are():
    space = {"x": {"low": -5.0, "high": 5.0}, "kind": ["bad", "good"]}
    rounds, best = run(
        bayesian(space, 60, batch=5, random_state=0),
        lambda params: -((params["x"] - 2) ** 2) - 10 * (params["kind"] == "bad"),
    )
    assert [len(trials) for trials in rounds] == [5] * 12
    errors = [[abs(trial.params["x"] - 2) for trial in trials] for trials in rounds]
    assert np.median(errors[-4:]) < 1 < 2 < np.median(errors[:2])
    assert best["kind"] == "good"


def test_bayesian_stays_random_while_trials_fail():
    space = {"x": {"low": -5.0, "high": 5.0}}
    strategy = bayesian(space, 40, batch=1, random_state=3)
    trials = next(strategy) + [strategy.send([NAN])[0] for _ in range(20)]

    reference = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=3))
    distribution = {"x": optuna.distributions.FloatDistribution(-5.0, 5.0)}
    assert [trial.params for trial in trials] == [
        reference.ask(distribution).params for _ in range(21)
    ]


def test_bayesian_takes_what_is_left_in_its_last_round():
    rounds, _ = run(bayesian(MIXED, 10, batch=4, random_state=0), rating)
    assert [len(trials) for trials in rounds] == [4, 4, 2]


def test_bayesian_does_not_depend_on_the_order_of_the_space():
    backwards = dict(reversed(MIXED.items()))
    forth, back = (
        run(bayesian(space, 30, batch=4, random_state=3), rating) for space in (MIXED, backwards)
    )
    assert forth == back


def test_bayesian_is_silent_and_leaves_the_logging_of_optuna_alone():
    seen = []
    handler = logging.Handler()
    handler.emit = seen.append
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.INFO)
    logging.getLogger("optuna").addHandler(handler)
    try:
        run(STRATEGIES["bayesian"](), rating)
        assert seen == []
        assert optuna.logging.get_verbosity() == optuna.logging.INFO
    finally:
        logging.getLogger("optuna").removeHandler(handler)
        optuna.logging.set_verbosity(verbosity)


@pytest.mark.parametrize(
    ("space", "sentence"),
    [
        ({}, r"at least one parameter to values, however: \{\}"),
        ([{"C": [1]}], r"at least one parameter to values, however: \[\{'C': \[1\]\}\]"),
        ({"C": []}, r"'C' must have at least one choice, however: \[\]"),
        ({"C": 3}, "'C' must be a list of choices or a range, however: 3"),
        ({"C": "rbf"}, "'C' must be a list of choices or a range, however: 'rbf'"),
        ({"C": {"low": 1}}, r"low and high of 'C' must be finite numbers, however: \{'low': 1\}"),
        ({"C": {"low": 0.0, "high": float("inf")}}, "must be finite numbers, however: .*inf"),
        ({"C": {"low": "1", "high": 2}}, "must be finite numbers, however: .*'1'"),
        ({"C": {"low": 2, "high": 2}}, "low of 'C' must be below its high, however: .*2"),
        ({"C": {"low": 3.0, "high": 2.0}}, "low of 'C' must be below its high, however: .*3.0"),
        ({"C": {"low": 0, "high": 2, "log": True}}, "'C' must be above 0 for log, however: 0"),
        ({"C": {"low": 1, "high": 2, "log": "yes"}}, "must be true or false, however: 'yes'"),
        ({"C": {"low": 1, "high": 2, "step": 1}}, "low, high and log, however 'C' has 'step'"),
    ],
)
def test_a_space_that_cannot_be_searched_says_why(space, sentence):
    with pytest.raises(ValueError, match=sentence):
        check_space(space)


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        (lambda: grid(MIXED), "a grid takes lists only, however 'c' is a range: .*3.0"),
        (lambda: grid({}), "at least one parameter"),
        (lambda: random({}, 1, 0), "at least one parameter"),
        (lambda: bayesian({}, 1, 1, 0), "at least one parameter"),
        (lambda: random(LISTS, 0, 0), "n_candidates must be .* at least 1, however: 0"),
        (lambda: random(LISTS, 1, None), "random_state must be .* at least 0, however: None"),
        (lambda: halving(LISTS, 9, 19, random_state=0), "n_rows must be .* 20, however: 19"),
        (lambda: halving(LISTS, 9, 99, factor=1, random_state=0), "factor must .* 2, however: 1"),
        (lambda: halving(LISTS, 9, 99, min_rows=0, random_state=0), "min_rows must .*: 0"),
        (lambda: bayesian(LISTS, 0, 1, 0), "n_candidates must be .* at least 1, however: 0"),
        (lambda: bayesian(LISTS, 9, 0, 0), "batch must be .* at least 1, however: 0"),
        (lambda: bayesian(LISTS, 9, 1, -1), "random_state must be .* at least 0, however: -1"),
    ],
)
def test_a_search_that_cannot_be_run_says_why_before_it_starts(search, sentence):
    with pytest.raises(ValueError, match=sentence):
        search()
