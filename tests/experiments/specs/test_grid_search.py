import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV, RepeatedStratifiedKFold, StratifiedKFold

from bakeoff.datasets import load
from bakeoff.experiments import GridSearch, candidates, optimism, run
from bakeoff.experiments.models.catalogue import pipeline

WINE = load("wine")
GRID = {"C": [0.01, 1.0, 100.0], "gamma": [0.01, 1.0]}
FULL = {f"svc__{name}": values for name, values in GRID.items()}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"model": "oracle"}, "model must be one of mlp, .*, however: 'oracle'"),
        ({"method": "luck"}, "method must be one of grid, .*, however: 'luck'"),
        ({"n_candidates": 0}, "n_candidates must be an integer of at least 1, however: 0"),
        ({"inner_splits": 1}, "inner_splits must be an integer of at least 2, however: 1"),
        ({"batch": 0}, "batch must be an integer of at least 1, however: 0"),
        ({"space": {"C": {"low": 10, "high": 1}}}, "low of 'C' must be below its high"),
    ],
)
def test_a_search_that_cannot_be_run_says_why(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        GridSearch(**{"dataset": "wine", "model": "svm_rbf", **values})


@pytest.mark.parametrize(
    ("model", "space", "sentence"),
    [("dummy", {}, "none for 'dummy'"), ("svm_rbf", {"D": [1]}, "'D' is not a parameter")],
)
def test_a_space_that_does_not_fit_the_model_is_refused(model, space, sentence):
    with pytest.raises(ValueError, match=sentence):
        next(run(GridSearch("wine", model, space=space), WINE))


def test_a_grid_gives_the_table_of_grid_search_cv():
    spec = GridSearch("wine", "svm_rbf", space=GRID, method="grid", n_splits=3, n_repeats=2)
    table = candidates(list(run(spec, WINE)))
    cv = RepeatedStratifiedKFold(n_splits=3, n_repeats=2, random_state=0)
    stock = GridSearchCV(pipeline("svm_rbf", WINE), FULL, cv=cv).fit(WINE.X, WINE.y)
    expected = stock.cv_results_
    assert len(table) == 6
    assert table.params[0] == stock.best_params_
    for row in table.to_dict("records"):
        number = expected["params"].index(row["params"])
        folds = [expected[f"split{i}_test_score"][number] for i in range(6)]
        assert row["fold_scores"] == folds
        assert row["mean"] == pytest.approx(expected["mean_test_score"][number])
        assert row["std"] == pytest.approx(expected["std_test_score"][number])


def test_a_nested_grid_is_grid_search_cv_in_every_fold():
    spec = GridSearch("wine", "svm_rbf", space=GRID, method="grid", nested=True, n_splits=3)
    evaluations = list(run(spec, WINE))
    outer = [e for e in evaluations if e.inner is None]
    folds = list(StratifiedKFold(3, shuffle=True, random_state=0).split(WINE.X, WINE.y))
    gaps = optimism(evaluations)
    assert len(outer) == len(gaps) == 3
    for e, (train, test), gap in zip(outer, folds, gaps.gap, strict=True):
        cv = StratifiedKFold(3, shuffle=True, random_state=0)
        stock = GridSearchCV(pipeline("svm_rbf", WINE), FULL, cv=cv).fit(
            WINE.X[train], WINE.y[train]
        )
        assert e.params == stock.best_params_
        assert e.score == stock.score(WINE.X[test], WINE.y[test])
        assert gap == pytest.approx(stock.best_score_ - e.score)


@pytest.mark.parametrize("method", ["random", "halving", "bayesian"])
def test_nested_searches_end_in_one_winner_a_fold(method):
    spec = GridSearch(
        "wine", "svm_rbf", method=method, n_candidates=6, nested=True, n_splits=2, inner_splits=2
    )
    evaluations = list(run(spec, WINE))
    outer = [e for e in evaluations if e.inner is None]
    assert [e.fold for e in outer] == [0, 1]
    table = candidates(evaluations)
    for e in outer:
        best = table[(table.fold == e.fold) & (table["rank"] == 1)]
        assert best.params.item() == e.params
        assert set(e.params) == {"svc__C", "svc__gamma"}


def test_halving_trains_on_nested_stratified_rows_and_keeps_the_best():
    space = {"C": {"low": 0.001, "high": 100.0, "log": True}}
    spec = GridSearch(
        "digits", "svm_rbf", space=space, method="halving", n_candidates=9, n_splits=2
    )
    data = load("digits")
    plan = spec.rounds(data)
    first = next(plan)
    scores = [task.params["svc__C"] for task in first]  # pretend that a larger C is better
    second = plan.send([Scored(score) for score in scores])
    assert (len(first), len(second)) == (18, 6)
    assert {task.resource for task in first} < {len(task.train) for task in first + second}
    kept = sorted({task.params["svc__C"] for task in second})
    assert kept == sorted(set(scores))[-3:]
    small, large = (next(t for t in tasks if t.inner == 0).train for tasks in (first, second))
    assert len(large) == 3 * len(small)
    assert set(small) < set(large)
    assert np.ptp(np.bincount(data.y[small])) <= 2


class Scored:
    def __init__(self, score):
        self.score = score


def test_a_bayesian_search_proposes_in_rounds():
    spec = GridSearch("wine", "svm_rbf", method="bayesian", n_candidates=6, batch=2, n_splits=2)
    plan = spec.rounds(WINE)
    tasks, sizes = next(plan), []
    while True:
        sizes.append(len(tasks))
        try:
            tasks = plan.send([Scored(0.5) for _ in tasks])
        except StopIteration:
            break
    assert sizes == [4, 4, 4]  # two candidates on two folds


def test_a_search_whose_candidates_all_fail_says_so():
    spec = GridSearch("wine", "svm_rbf", space={"C": [-1.0, -2.0]}, method="grid", n_splits=2)
    arriving = run(spec, WINE)
    assert [next(arriving).failed for _ in range(4)] == [True] * 4
    with pytest.raises(ValueError, match="all 2 trials failed"):
        next(arriving)


def test_a_parameter_under_two_names_is_refused():
    spec = GridSearch("wine", "svm_rbf", space={"C": [1.0], "svc__C": [2.0]}, method="grid")
    with pytest.raises(ValueError, match="space may name each once, however: 'svc__C' is"):
        next(run(spec, WINE))


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("method", ["grid", "random", "halving", "bayesian"])
def test_the_fits_are_counted_before_the_search(method, nested):
    space = {"C": [0.1, 1.0, 10.0], "gamma": [0.01, 0.1, 1.0]}
    spec = GridSearch(
        "wine", "svm_rbf", space=space, method=method, n_candidates=7, nested=nested,
        n_splits=2, inner_splits=2,
    )  # fmt: skip
    plan, done = spec.rounds(WINE), 0
    tasks = next(plan)
    while tasks:
        done += len(tasks)
        try:
            tasks = plan.send([Scored(0.5) for _ in tasks])
        except StopIteration:
            tasks = []
    assert spec.n_fits(WINE) == done
