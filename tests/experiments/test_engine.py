from dataclasses import replace

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from sklearn.datasets import load_iris
from sklearn.model_selection import cross_val_score
from sklearn.svm import SVC

from bakeoff.datasets import load
from bakeoff.experiments import (
    Comparison,
    CostlyError,
    EnsembleStudy,
    fold_scores,
    run,
    spec_from_json,
    stored_evaluations,
)
from bakeoff.experiments.runs.history import scores_across
from bakeoff.recording import Store

pytestmark = pytest.mark.privates

MODELS = ["svm_rbf", "logistic", "dummy"]
SPEC = Comparison("iris", MODELS, n_splits=3)


class TwoRounds:
    """Plans the tasks of a comparison twice, in two rounds, and remembers what it is sent."""

    dataset = "iris"
    svm = "exact"
    title = "two rounds"
    svm_seconds = 60.0
    folds = SPEC.folds

    def __init__(self):
        self.sent = []

    def to_json(self):
        return "{}"

    def load(self):
        return load("iris")

    def rounds(self, dataset):
        for seed in (0, 1):
            tasks = [
                SPEC.task(dataset, SPEC.estimator(model, dataset), fold, model=model, seed=seed)
                for fold in SPEC.folds(dataset)
                for model in MODELS
            ]
            self.sent.append((tasks, (yield tasks)))


def place(one):
    return one.model, one.repeat, one.fold, one.seed


@pytest.mark.slow
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_each_round_is_sent_its_evaluations_in_the_order_of_its_tasks(n_jobs):
    plan = TwoRounds()
    evaluations = list(run(plan, n_jobs=n_jobs))
    assert len(evaluations) == 18
    assert [e.seed for e in evaluations] == [0] * 9 + [1] * 9
    for tasks, sent in plan.sent:
        assert list(map(place, sent)) == list(map(place, tasks))


def test_more_jobs_give_the_same_evaluations():
    one, two = (sorted(run(SPEC, n_jobs=n), key=place) for n in (1, 2))
    assert list(map(place, one)) == list(map(place, two))
    for here, there in zip(one, two, strict=True):
        assert here.scores == there.scores
        np.testing.assert_array_equal(here.predicted, there.predicted)


def test_evaluations_come_one_by_one():
    arriving = run(SPEC)
    first = next(arriving)
    assert place(first) == ("svm_rbf", 0, 0, 0)
    assert len(list(arriving)) == 8


@pytest.mark.slow
@pytest.mark.parametrize(("n_jobs", "backend"), [(1, None), (2, "threading"), (2, "loky")])
def test_a_run_can_be_left_half_way_and_taken_up(n_jobs, backend):
    arriving = run(SPEC, n_jobs=n_jobs, backend=backend)
    first = next(arriving)
    arriving.close()
    assert list(arriving) == []
    with Store() as store:
        (left,) = store.runs()
        assert left.state == "stopped"
        assert 1 <= left.done < 9
    evaluations = list(run(SPEC, n_jobs=n_jobs, backend=backend))
    with Store() as store:
        (finished,) = store.runs()
        assert (finished.id, finished.state, finished.done) == (left.id, "finished", 9)
        stored = stored_evaluations(store, left.id)
    assert sorted(map(place, stored)) == sorted(map(place, evaluations))
    (again,) = [e for e in evaluations if place(e) == place(first)]
    assert again.fit_seconds == first.fit_seconds  # it was not fitted again


def test_between_two_evaluations_the_caller_s_own_calls_are_not_recorded():
    for _ in run(SPEC):
        cross_val_score(SVC(), *load_iris(return_X_y=True), cv=2)
    with Store() as store:
        assert store.runs()[0].done == 9


def test_the_store_holds_what_a_report_needs():
    evaluations = list(run(SPEC))
    with Store() as store:
        (stored_run,) = store.runs()
        stored = stored_evaluations(store, stored_run.id)
        details = [entry.detail for entry in store.entries(stored_run.id)]
    assert spec_from_json(stored_run.spec) == SPEC
    assert_frame_equal(fold_scores(stored), fold_scores(evaluations))
    for mine, theirs in zip(stored, evaluations, strict=True):
        np.testing.assert_array_equal(mine.predicted, theirs.predicted)
    assert [d["scores"]["accuracy"] for d in details] == [e.score for e in evaluations]


def test_runs_are_compared_only_on_the_same_data_and_folds(grouped):
    list(run(SPEC))
    list(run(replace(SPEC, models=["mlp"], normalisation="minmax")))
    list(run(replace(SPEC, models=["dummy"], random_state=1)))
    list(run(replace(SPEC, models=["dummy"]), replace(load("iris"), X=load("iris").X + 1)))
    with Store() as store:
        other_data, other_folds, same, first = (r.id for r in store.runs())
        table = scores_across(store, first, same)
        assert sorted(set(table.model)) == ["dummy", "logistic", "mlp", "svm_rbf"]
        assert len(table) == 12
        assert len(set(table.run)) == 2
        with pytest.raises(ValueError, match="cannot be compared: their folds differ"):
            scores_across(store, first, other_folds)
        with pytest.raises(ValueError, match="cannot be compared: their data differ"):
            scores_across(store, first, other_data)


def test_a_plan_without_tasks_gives_nothing():
    class Empty(TwoRounds):
        def rounds(self, dataset):
            assert (yield []) == []

    assert list(run(Empty())) == []


def test_a_task_that_is_planned_twice_is_sent_twice():
    class Twice(TwoRounds):
        def rounds(self, dataset):
            fold = SPEC.folds(dataset)[0]
            task = SPEC.task(dataset, SPEC.estimator("dummy", dataset), fold, model="dummy")
            self.sent = yield [task, task]

    plan = Twice()
    assert len(list(run(plan))) == len(plan.sent) == 2


def test_data_in_memory_need_no_known_name(grouped):
    spec = Comparison("petals of mine", ["svm_rbf"], n_splits=3)
    evaluations = list(run(spec, grouped))
    assert all(e.score > 0.8 for e in evaluations)
    for e in evaluations:
        assert len(set(grouped.groups[e.test])) == 10


def test_runs_of_the_same_name_are_told_apart_by_their_ids():
    list(run(SPEC))
    list(run(replace(SPEC, models=["mlp"])))
    with Store() as store:
        ids = [r.id for r in store.runs()]
        table = scores_across(store, *ids)
        assert set(scores_across(store, ids[0]).run) == {"Comparison on iris"}
    assert set(table.run) == {f"Comparison on iris ({one[:6]})" for one in ids}


@pytest.fixture(scope="module")
def many():
    return load("moons", n_samples=6000, noise=0.4)


@pytest.mark.parametrize(
    "spec",
    [
        Comparison("moons", ["dummy", "svm_rbf"], n_splits=2, svm_seconds=1e-4),
        EnsembleStudy("moons", "svm", members=[2], n_splits=2, svm_seconds=1e-4),
    ],
)
def test_a_run_that_would_take_too_long_is_refused_before_its_first_fit(many, spec):
    with pytest.raises(CostlyError, match=r"would take about .* a fit on 3,000 rows .*0\.0001"):
        list(run(spec, many))
    with Store() as store:
        (refused,) = store.runs()
    assert (refused.state, refused.done) == ("failed", 0)
    assert "choose svm='nystroem' or svm='subsample'" in refused.reason


@pytest.mark.parametrize(("svm", "rows"), [("nystroem", 3000), ("subsample", 2000)])
def test_the_ways_out_run_and_the_report_says_which(many, svm, rows):
    spec = Comparison("moons", ["svm_rbf"], n_splits=2, svm=svm, svm_seconds=1e-4)
    evaluations = list(run(spec, many))
    assert [e.n_train for e in evaluations] == [rows] * 2
    assert all(e.variant for e in evaluations)
    assert np.mean([e.score for e in evaluations]) > 0.8


def test_few_rows_are_not_even_estimated(monkeypatch):
    monkeypatch.setattr("bakeoff.experiments.engine.estimate_fit_seconds", None)
    assert len(list(run(Comparison("iris", ["svm_rbf"], n_splits=2, svm_seconds=1e-9)))) == 2
