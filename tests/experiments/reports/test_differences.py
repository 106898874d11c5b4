import math
from dataclasses import replace

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, best_fitted, fitted_pairs, fold_scores, pairs, run, ties
from bakeoff.experiments.reports.differences import Differences, difference, differences
from bakeoff.experiments.statistics.corrected import corrected_interval
from bakeoff.experiments.statistics.estimate import Estimate
from bakeoff.experiments.statistics.nested import NESTED_DF

NAN = math.nan
CLOSE_AND_FAR = {
    "dummy": [0.50, 0.51, 0.50, 0.49],
    "mlp": [0.90, 0.92, 0.91, 0.90],
    "svm_rbf": [0.91, 0.91, 0.90, 0.90],
    "cnn": [NAN, NAN, NAN, NAN],
}


def test_difference_is_paired_by_fold(evaluations):
    done = evaluations({"mlp": [0.9, 0.7, 0.8], "svm_rbf": [0.8, 0.6, 0.7]})
    interval = difference(done, "mlp", "svm_rbf")
    # Every fold says 0.1: paired, the folds' own ups and downs cancel.
    np.testing.assert_allclose(interval, [0.1, 0.1, 0.1])


def test_difference_leaves_out_folds_that_one_model_failed_on(evaluations):
    done = evaluations({"mlp": [0.9, NAN, 0.8], "svm_rbf": [0.8, 0.1, 0.7]})
    assert difference(done, "mlp", "svm_rbf").mean == pytest.approx(0.1)


def test_differences_are_those_of_all_others_to_the_reference(evaluations):
    done = evaluations({"mlp": [0.9, 0.8], "svm_rbf": [0.7, 0.7], "dummy": [0.5, 0.5]})
    frame = differences(done, "mlp")
    assert list(frame.model) == ["svm_rbf", "dummy"]
    np.testing.assert_allclose(frame["mean"], [-0.15, -0.35])


def test_pairs_are_tested_with_the_intervals_of_their_differences(evaluations):
    done = evaluations(CLOSE_AND_FAR)
    table = pairs(done).set_index(["model", "other"])
    assert set(table.index) == {("mlp", "svm_rbf"), ("mlp", "dummy"), ("svm_rbf", "dummy")}
    for model, other in table.index:
        row = table.loc[(model, other)]
        expected = difference(done, model, other)
        np.testing.assert_allclose([row.difference, row.low, row.high], expected)
        assert row.p_holm >= row.p_value


def test_ties_are_models_that_no_pair_tells_apart(evaluations):
    assert ties(evaluations(CLOSE_AND_FAR)) == [("mlp", "svm_rbf"), ("dummy",)]
    assert ties(evaluations({"mlp": [0.9], "dummy": [0.5]})) == [("mlp", "dummy")]


def test_seeds_are_averaged_before_models_are_compared(evaluations):
    other = [replace(e, seed=1) for e in evaluations({"mlp": [0.7, 0.6]})]
    done = evaluations({"mlp": [0.9, 0.8], "dummy": [0.5, 0.4]}) + other
    np.testing.assert_allclose(difference(done, "mlp", "dummy"), [0.3, 0.3, 0.3])


MODELS = ["svm_rbf", "logistic"]
SPEC = Comparison("wine", MODELS, n_splits=3, n_repeats=2, fold_pairs=True)


@pytest.fixture(scope="module")
def nested():
    return list(run(SPEC))


def by_hand(spec, data, loss, scale=None):
    """The standard error of nested cross-validation from fits of its own, fold by fold."""
    squares, inner = [], []
    for repeat in range(spec.n_repeats):
        folds = [fold for fold in spec.folds(data) if fold.repeat == repeat]

        def gaps(train, fold):
            one, other = (
                loss(spec.estimator(m, data).fit(data.X[train], data.y[train]), fold.test)
                for m in MODELS
            )
            return (other.astype(float) - one) / (scale(fold.test) if scale else 1)

        for k, fold in enumerate(folds):
            e_in = [
                gaps(np.intersect1d(fold.train, other.train), other)
                for number, other in enumerate(folds)
                if number != k
            ]
            e_in, e_out = np.concatenate(e_in), gaps(fold.train, fold)
            a, b = (e_in.mean() - e_out.mean()) ** 2, e_out.var(ddof=1) / len(e_out)
            squares.append(a - b)
            inner += e_in.tolist()
    low = np.std(inner, ddof=1) / math.sqrt(len(data.y))
    error = math.sqrt(max((spec.n_splits - 1) / spec.n_splits * np.mean(squares), 0))
    return min(max(error, low), low * math.sqrt(spec.n_splits))


def test_with_pairs_of_folds_the_error_is_that_of_nested_cross_validation(nested):
    data = load("wine")
    expected = by_hand(SPEC, data, lambda model, rows: model.predict(data.X[rows]) != data.y[rows])
    found = Differences(nested)
    frame = fold_scores(nested).groupby("model").score.mean()
    gain = frame["svm_rbf"] - frame["logistic"]
    assert found.estimate(*MODELS) == pytest.approx(Estimate(gain, expected, NESTED_DF))
    assert found.estimate(*MODELS[::-1]) == found.estimate(*MODELS).reversed()
    assert list(pairs(nested).method) == ["nested"]
    interval = found.estimate(*MODELS).interval()
    assert difference(nested, *MODELS) == interval
    np.testing.assert_allclose(differences(nested, "logistic").iloc[0, 1:].tolist(), interval)


def test_of_r_squared_the_rows_are_errors_in_units_of_their_folds_variance():
    spec = replace(SPEC, dataset="diabetes", n_repeats=1)
    data = load("diabetes")
    done = list(run(spec))
    expected = by_hand(
        spec,
        data,
        lambda model, rows: (model.predict(data.X[rows]) - data.y[rows]) ** 2,
        lambda rows: data.y[rows].var(),
    )
    found = Differences(done).estimate(*MODELS)
    assert found.error == pytest.approx(expected)
    scores = fold_scores(done).pivot(index="fold", columns="model", values="score")
    assert found.mean == pytest.approx((scores.svm_rbf - scores.logistic).mean())


def test_a_score_that_is_no_mean_over_rows_goes_by_the_folds():
    done = list(run(replace(SPEC, metrics=["f1_macro"])))
    assert list(pairs(done).method) == ["corrected"]
    scores = fold_scores(done).pivot(index=["repeat", "fold"], columns="model", values="score")
    gaps = scores.svm_rbf - scores.logistic
    sizes = fold_scores(done)[["n_train", "n_test"]].mean()
    expected = corrected_interval(gaps, *sizes, n_splits=3)
    assert difference(done, *MODELS) == pytest.approx(expected)
    assert fitted_pairs(done).empty
    assert best_fitted(done) == []


def test_without_pairs_of_folds_it_goes_by_the_folds(nested):
    ordinary = [e for e in nested if not e.of_pair]
    assert list(pairs(ordinary).method) == ["corrected"]
    assert pairs(ordinary).equals(pairs(list(run(replace(SPEC, fold_pairs=False)))))
    assert fitted_pairs(ordinary).equals(fitted_pairs(nested))  # which needs no pairs


@pytest.mark.parametrize("lost", [0, 5])
def test_where_a_fit_of_a_pair_is_missing_it_goes_by_the_folds(nested, lost):
    of_pairs = [e for e in nested if e.of_pair]
    gone = of_pairs[lost]
    without = [e for e in nested if e is not gone]
    failed = replace(gone, scores={"accuracy": NAN}, predicted=gone.predicted[:0], error="no")
    for done in (without, [*without, failed]):
        assert list(pairs(done).method) == ["corrected"]


def test_a_model_that_fails_in_pairs_does_not_spoil_the_others():
    done = list(run(replace(SPEC, models=[*MODELS, "dummy"])))
    broken = [
        replace(e, scores={"accuracy": NAN}, predicted=e.predicted[:0], error="no")
        if e.of_pair and e.model == "dummy"
        else e
        for e in done
    ]
    methods = pairs(broken).set_index(["model", "other"]).method
    assert [m for names, m in methods.items() if "dummy" in names] == ["corrected"] * 2
    assert [m for names, m in methods.items() if "dummy" not in names] == ["nested"]


def test_groups_take_the_place_of_rows(grouped):
    spec = replace(SPEC, dataset="iris")
    done = list(run(spec, grouped))
    assert list(pairs(done).method) == ["nested"]
    rows = [replace(e, groups=None) for e in done]
    assert difference(done, *MODELS).mean == difference(rows, *MODELS).mean
    assert difference(done, *MODELS) != difference(rows, *MODELS)


def test_one_group_a_fold_has_no_spread_so_it_goes_by_the_folds(grouped):
    few = replace(grouped, groups=np.arange(150) % 3)
    assert list(pairs(list(run(SPEC, few))).method) == ["corrected"]


def test_models_that_are_the_same_tie_with_certainty(nested):
    twin = [replace(e, model="dummy") for e in nested if e.model == "svm_rbf"]
    done = [*twin, *(e for e in nested if e.model == "svm_rbf")]
    (pair,) = pairs(done).itertuples()
    assert (pair.difference, pair.low, pair.high, pair.p_value, pair.same) == (0, 0, 0, 1, 1)
    assert fitted_pairs(done).p_value.item() == 1
    assert set(best_fitted(done)) == {"svm_rbf", "dummy"}


def test_fitted_models_are_compared_row_by_row(nested):
    own = [e for e in nested if e.inner is None]
    wrong = np.zeros((2, 2, 178))
    for e in own:
        wrong[MODELS.index(e.model), e.repeat, e.test] = e.actual != e.predicted
    gaps = (wrong[1] - wrong[0]).mean(axis=0)
    half = 1.959964 * math.sqrt(np.mean((gaps - gaps.mean()) ** 2) / 178)
    (pair,) = fitted_pairs(nested).itertuples()
    sign = 1 if pair.model == "svm_rbf" else -1
    mean = sign * gaps.mean()
    assert (pair.difference, pair.low, pair.high) == pytest.approx((mean, mean - half, mean + half))


def test_the_best_fitted_are_named_best_first_without_the_hopeless():
    done = list(run(Comparison("iris", ["dummy", "svm_linear", "svm_rbf"])))
    assert best_fitted(done) == ["svm_linear", "svm_rbf"]
