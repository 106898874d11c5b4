from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, candidates, fold_scores, run
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.reports.candidates import best_candidates
from bakeoff.recording import Store

FAST = ["svm_rbf", "dummy"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"models": []}, r"models must name at least one model, however: \(\)"),
        ({"models": ["svm_rbf", "svm_rbf"]}, "'svm_rbf' is repeated"),
        ({"models": ["oracle"]}, "a model must be one of mlp, .*, however: 'oracle'"),
        ({"n_seeds": 0}, "n_seeds must be an integer of at least 1, however: 0"),
        ({"budget": 0}, "budget must be an integer of at least 1, however: 0"),
        ({"inner_splits": 1}, "inner_splits must be an integer of at least 2, however: 1"),
        ({"model_params": {"mlp": {}}}, "must be one of svm_rbf, dummy, however: 'mlp'"),
        ({"leak": True, "normalisation": "none"}, "however normalisation is 'none'"),
        (
            {"fold_pairs": True, "n_splits": 2},
            "with fold_pairs must .* least 3, however: 2",
        ),
        ({"fold_pairs": True, "budget": 4}, "models as they are, however budget is 4"),
        ({"fold_pairs": True, "leak": True}, "honest runs, however leak is true"),
    ],
)
def test_a_comparison_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        Comparison(**{"dataset": "iris", "models": FAST, **values})


def test_one_model_as_a_bare_string_is_refused():
    with pytest.raises(TypeError, match="models must be a sequence of names, however: 'mlp'"):
        Comparison("iris", models="mlp")


def test_scores_are_those_of_cross_val_score_on_the_same_folds():
    spec = Comparison("wine", FAST, n_splits=3, n_repeats=2, random_state=5)
    data = load("wine")
    folds = RepeatedStratifiedKFold(n_splits=3, n_repeats=2, random_state=5)
    evaluations = list(run(spec))
    assert len(evaluations) == spec.n_evaluations == 12
    for key in FAST:
        scores = [e.score for e in evaluations if e.model == key]
        expected = cross_val_score(pipeline(key, data), data.X, data.y, cv=folds)
        np.testing.assert_array_equal(scores, expected)


def test_folds_come_one_by_one_with_all_their_models():
    order = [(e.repeat, e.fold, e.model) for e in run(Comparison("iris", FAST, n_splits=3))]
    assert order == [(0, fold, model) for fold in range(3) for model in FAST]


def test_every_model_sees_the_same_folds():
    evaluations = list(run(Comparison("diabetes", FAST, n_splits=4, n_repeats=2)))
    one, other = ([e.test for e in evaluations if e.model == key] for key in FAST)
    for here, there in zip(one, other, strict=True):
        np.testing.assert_array_equal(here, there)


def test_a_failing_model_does_not_stop_the_others(broken):
    evaluations = list(run(Comparison("iris", [broken, "dummy"], n_splits=3)))
    assert [e.failed for e in evaluations] == [True, False] * 3


def test_nets_are_trained_with_several_seeds_and_averaged():
    data = load("moons", n_samples=60)
    spec = Comparison("moons", ["mlp", "dummy"], n_splits=2, n_seeds=2, random_state=3)
    evaluations = list(run(spec, data))
    assert len(evaluations) == spec.n_evaluations == 6
    assert [(e.model, e.seed) for e in evaluations[:3]] == [("mlp", 3), ("mlp", 4), ("dummy", 3)]
    first = evaluations[0]
    train = np.setdiff1d(np.arange(60), first.test)
    for e in evaluations[:2]:
        model = pipeline("mlp", data, random_state=e.seed).fit(data.X[train], data.y[train])
        np.testing.assert_array_equal(e.probabilities, model.predict_proba(data.X[e.test]))
    table = fold_scores(evaluations)
    assert table.loc[0, "score"] == pytest.approx((evaluations[0].score + evaluations[1].score) / 2)


def test_parameters_are_set_by_full_and_by_own_name():
    data = load("wine")
    wanted = {"C": 30.0, "svc__gamma": 0.001}
    spec = Comparison("wine", FAST, n_splits=3, model_params={"svm_rbf": wanted})
    assert Comparison.from_json(spec.to_json()) == spec
    for e in (e for e in run(spec) if e.model == "svm_rbf"):
        train = np.setdiff1d(np.arange(178), e.test)
        model = pipeline("svm_rbf", data).set_params(svc__C=30.0, svc__gamma=0.001)
        assert e.score == model.fit(data.X[train], data.y[train]).score(
            data.X[e.test], data.y[e.test]
        )


def test_a_parameter_that_the_model_lacks_is_refused_by_name():
    spec = Comparison("wine", FAST, model_params={"svm_rbf": {"depth": 3}})
    with pytest.raises(ValueError, match=r"model_params of 'svm_rbf': .* however 'depth' is not"):
        next(run(spec))


def test_what_is_set_is_the_same_in_all_candidates():
    params = {"svm_rbf": {"C": 30.0}}
    spec = Comparison("wine", FAST, n_splits=2, budget=3, inner_splits=2, model_params=params)
    data = load("wine")
    (inner, *_) = [task for task in next(spec.rounds(data)) if task.params]
    assert set(inner.params) == {"svc__gamma"}
    assert inner.estimator.get_params()["svc__C"] == 30.0


TUNED = Comparison("wine", FAST, n_splits=3, budget=4, inner_splits=2, random_state=1)


@pytest.fixture(scope="module")
def tuned():
    return list(run(TUNED))


def test_tuning_evaluates_the_budget_on_inner_folds_then_the_winners(tuned):
    inner = [e for e in tuned if e.inner is not None]
    assert len(inner) == 3 * 4 * 2  # folds, candidates, inner folds; the dummy has no space
    assert {e.model for e in inner} == {"svm_rbf"}
    assert len(tuned) - len(inner) == 6
    assert len(tuned) == TUNED.n_evaluations


def test_the_first_candidate_is_the_defaults_and_all_folds_try_the_same(tuned):
    tried = [[e.params for e in tuned if e.inner == 0 and e.fold == fold] for fold in range(3)]
    assert tried[0][0] == {}
    assert all(set(params) == {"svc__C", "svc__gamma"} for params in tried[0][1:])
    assert tried[0] == tried[1] == tried[2]


def test_test_rows_have_no_part_in_the_search(tuned):
    for fold in range(3):
        (test,) = [e.test for e in tuned if e.inner is None and e.fold == fold][:1]
        seen = np.concatenate([e.test for e in tuned if e.inner is not None and e.fold == fold])
        assert not set(test) & set(seen)


def test_the_winner_has_the_best_inner_mean_and_is_trained_on_all_training_rows(tuned):
    data = load("wine")
    winners = best_candidates(tuned)
    table = candidates(tuned)
    for e in (e for e in tuned if e.inner is None and e.model == "svm_rbf"):
        assert e.params == winners["svm_rbf", 0, e.fold]
        of_fold = table[table.fold == e.fold]
        assert of_fold["mean"].max() == of_fold.loc[of_fold["rank"] == 1, "mean"].item()
        train = np.setdiff1d(np.arange(178), e.test)
        model = pipeline("svm_rbf", data).set_params(**e.params)
        expected = model.fit(data.X[train], data.y[train]).score(data.X[e.test], data.y[e.test])
        assert e.score == expected


def test_a_budget_of_one_is_the_defaults_without_a_search():
    evaluations = list(run(Comparison("wine", FAST, n_splits=3, budget=1)))
    plain = list(run(Comparison("wine", FAST, n_splits=3)))
    assert [e.scores for e in evaluations] == [e.scores for e in plain]


def test_a_model_whose_candidates_all_fail_runs_and_says_why(broken):
    spec = Comparison("iris", [broken, "svm_rbf"], n_splits=2, budget=2, inner_splits=2)
    outer = [e for e in run(spec) if e.inner is None]
    assert [e.failed for e in outer] == [True, False] * 2


PAIRED = Comparison("iris", FAST, n_splits=4, n_repeats=2, fold_pairs=True)


def test_each_pair_of_folds_is_left_out_once_and_tested_on_both():
    data, fits = load("iris"), []
    (tasks,) = [list(tasks) for tasks in PAIRED.rounds(data)]
    assert len(tasks) == PAIRED.n_evaluations == 2 * 2 * (4 + 6)
    folds = {(fold.repeat, fold.fold): fold for fold in PAIRED.folds(data)}
    for task in tasks:
        tested = []
        for e in task.run(data.X, data.y):
            home = e.fold if e.inner is None else e.inner
            np.testing.assert_array_equal(e.test, folds[e.repeat, home].test)
            np.testing.assert_array_equal(e.actual, data.y[e.test])
            assert len(e.predicted) == len(e.test)
            assert e.of_pair == (e.inner is not None)
            tested += [*e.test]
            fits.append((e.model, e.repeat, e.fold, e.inner))
        assert sorted([*tested, *task.train]) == list(range(150))
    assert len(set(fits)) == len(fits) == 2 * 2 * (4 + 12)


def test_pairs_of_folds_change_no_score_of_the_folds_and_no_table():
    plain = list(run(replace(PAIRED, fold_pairs=False)))
    paired = list(run(PAIRED))
    assert fold_scores(paired).score.equals(fold_scores(plain).score)
    assert candidates(paired).empty
    assert sum(e.of_pair for e in paired) == 2 * 2 * 12


def test_a_fit_of_a_pair_that_fails_fails_on_both_of_its_folds(broken):
    done = list(run(replace(PAIRED, models=[broken, "dummy"])))
    failed = [e for e in done if e.model == broken]
    assert all(e.failed and e.error for e in failed)
    assert len(failed) == len(done) / 2


def test_a_run_with_pairs_is_taken_up_where_it_was_left(tmp_path):
    with Store(tmp_path / "store.sqlite") as store:
        first = [one for _, one in zip(range(30), run(PAIRED, store=store), strict=False)]
        again = list(run(PAIRED, store=store))
        done = {run.id: (run.fitted, run.done) for run in store.runs()}
    assert sorted(d for _, d in done.values())[-1] == PAIRED.n_evaluations
    fitted = sum(f for f, _ in done.values())
    assert fitted <= PAIRED.n_evaluations + 2
    assert [e.score for e in first] == [e.score for e in again[:30]]


def test_with_pairs_the_groups_of_the_rows_are_those_of_their_fold(grouped):
    for e in run(replace(PAIRED, models=["dummy"]), grouped):
        np.testing.assert_array_equal(e.groups, grouped.groups[e.test])
