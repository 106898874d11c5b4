from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from bakeoff.experiments.statistics.corrected import (
    corrected_interval,
    corrected_p_value,
    correlated_t_test,
)
from bakeoff.experiments.statistics.pairwise import holm, pairwise, tie_groups

NAN = float("nan")


@pytest.mark.parametrize(
    ("p_values", "adjusted"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.01, 0.011, 0.02, 0.9], [0.04, 0.04, 0.04, 0.9]),
        ([0.02, 0.02], [0.04, 0.04]),
        ([0.7, 0.8], [1, 1]),
        ([0.3], [0.3]),
        ([], []),
        ([NAN, 0.02, NAN, 0.01], [NAN, 0.02, NAN, 0.02]),
        ([NAN], [NAN]),
    ],
)
def test_holm_by_hand(p_values, adjusted):
    np.testing.assert_allclose(holm(p_values), adjusted)


def test_holm_rejects_what_the_step_down_rule_rejects():
    rng = np.random.default_rng(0)
    for _ in range(50):
        p_values = rng.uniform(size=8) ** 4
        rejected = set()
        for rank, place in enumerate(np.argsort(p_values)):
            if p_values[place] > 0.05 / (8 - rank):
                break
            rejected.add(place)
        assert set(np.flatnonzero(holm(p_values) <= 0.05)) == rejected


@pytest.mark.parametrize(
    ("p_values", "sentence"),
    [
        ([0.5, 1.5], r"between 0 and 1, however: 1\.5"),
        ([-0.1], r"between 0 and 1, however: -0\.1"),
        ([[0.5]], r"shape \(n_tests,\), however: \(1, 1\)"),
    ],
)
def test_holm_refuses_what_is_no_p_value(p_values, sentence):
    with pytest.raises(ValueError, match=sentence):
        holm(p_values)


@pytest.mark.parametrize(
    ("differs", "groups"),
    [
        (set(), ["abcd"]),
        ({"ad"}, ["abc", "bcd"]),
        ({"da", "ad"}, ["abc", "bcd"]),
        ({"ac", "ad", "bd"}, ["ab", "bc", "cd"]),
        ({"ab", "ac", "ad"}, ["a", "bcd"]),
        ({"ab"}, ["acd", "bcd"]),  # c does not differ from a: a group need not be a run
        ({"ab", "ac", "ad", "bc", "bd", "cd"}, ["a", "b", "c", "d"]),
    ],
)
def test_tie_groups_by_hand(differs, groups):
    found = tie_groups(list("abcd"), {tuple(pair) for pair in differs})
    assert found == [tuple(group) for group in groups]


@pytest.mark.parametrize("seed", range(20))
def test_tie_groups_are_the_largest_sets_without_a_pair_that_differs(seed):
    rng = np.random.default_rng(seed)
    order = list("abcdef")
    differs = {pair for pair in combinations(order, 2) if rng.uniform() < 0.5}
    free = [
        set(models)
        for size in range(1, 7)
        for models in combinations(order, size)
        if not differs & set(combinations(models, 2))
    ]
    largest = [models for models in free if not any(models < more for more in free)]
    assert tie_groups(order, differs) == sorted(tuple(sorted(models)) for models in largest)


def test_no_models_make_no_group():
    assert tie_groups([], set()) == []


@pytest.mark.parametrize(
    ("order", "differs", "sentence"),
    [
        (["a", "a"], set(), r"each model once, however: \['a', 'a'\]"),
        (["a", "b"], {("a", "c")}, r"in order, however: \('a', 'c'\)"),
        (["a", "b"], {("a", "a")}, r"two models in order, however: \('a', 'a'\)"),
    ],
)
def test_tie_groups_refuses_models_it_cannot_place(order, differs, sentence):
    with pytest.raises(ValueError, match=sentence):
        tie_groups(order, differs)


@pytest.fixture
def scores():
    rng = np.random.default_rng(1)
    return pd.DataFrame({m: mean + 0.02 * rng.normal(size=10) for m, mean in MEANS.items()})


MEANS = {"dummy": 0.5, "svm": 0.88, "mlp": 0.9}


def test_pairwise_has_each_pair_once_and_the_better_model_first(scores):
    table = pairwise(scores, n_train=80, n_test=20)
    assert list(zip(table.model, table.other, strict=True)) == [
        ("mlp", "svm"),
        ("mlp", "dummy"),
        ("svm", "dummy"),
    ]
    assert (table.difference > 0).all()
    np.testing.assert_allclose(table.p_holm, holm(table.p_value))


@pytest.mark.parametrize("n_splits", [None, 5])
def test_pairwise_holds_what_the_tests_of_one_pair_say(scores, n_splits):
    row = pairwise(scores, 80, 20, rope=0.02, n_splits=n_splits).iloc[0]
    values = scores.mlp - scores.svm
    interval = corrected_interval(values, 80, 20, n_splits=n_splits)
    assert (row.difference, row.low, row.high) == interval
    assert row.p_value == corrected_p_value(values, 80, 20, n_splits=n_splits)
    found = correlated_t_test(values, 80, 20, 0.02, n_splits=n_splits)
    assert (row.worse, row.same, row.better) == found


def test_pairwise_takes_the_folds_that_both_have():
    # Over all folds a leads; on the three that both have, b does.
    scores = pd.DataFrame({"a": [0.9, 0.9, 0.1, 0.2, 0.3], "b": [NAN, NAN, 0.2, 0.3, 0.5]})
    assert scores.a.mean() > scores.b.mean()
    row = pairwise(scores, 80, 20).iloc[0]
    assert (row.model, row.other) == ("b", "a")
    assert (row.difference, row.low, row.high) == corrected_interval(
        (scores.b - scores.a)[2:], 80, 20
    )


def test_pairs_with_no_fold_in_common_are_unknown_and_do_not_count():
    scores = pd.DataFrame(
        {"a": [0.9, 0.8, NAN, 0.7], "b": [0.5, 0.6, NAN, 0.5], "failed": [NAN, NAN, 0.1, NAN]}
    )
    table = pairwise(scores, 80, 20).set_index(["model", "other"])
    assert table.loc[("a", "failed")].isna().all()
    assert table.loc[("a", "b"), "p_holm"] == table.loc[("a", "b"), "p_value"]


def test_one_model_makes_no_pair(scores):
    table = pairwise(scores[["mlp"]], 80, 20)
    assert table.empty
    assert "p_holm" in table
