from dataclasses import replace

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.metrics import average_precision_score, roc_auc_score

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.reports.ranking import GRID, ranking
from bakeoff.experiments.statistics.corrected import corrected_interval

WINE = load("wine").y


@pytest.fixture(scope="module")
def wine(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAKEOFF_HOME", str(tmp_path_factory.mktemp("home")))
        spec = Comparison("wine", ["logistic", "svm_rbf", "dummy"], n_splits=3, n_repeats=2)
        return list(run(spec))


def of(evaluations, model):
    return [e for e in evaluations if e.model == model]


def row(table, model):
    return table.set_index("model").loc[model]


def test_the_macro_auc_of_a_fold_is_that_of_scikit_learn(wine):
    expected = [
        roc_auc_score(e.actual, e.probabilities, multi_class="ovr") for e in of(wine, "logistic")
    ]
    found = row(ranking(wine, WINE).areas, "logistic")
    rows = np.mean([len(e.test) for e in wine])
    interval = corrected_interval(expected, 178 - rows, rows, n_splits=3)
    np.testing.assert_allclose([found["mean"], found.low, found.high], interval, atol=1e-9)
    assert found.folds == 6


@pytest.mark.parametrize(
    ("kind", "score"), [("roc", roc_auc_score), ("precision_recall", average_precision_score)]
)
def test_one_class_against_the_rest(wine, kind, score):
    expected = [score(e.actual == 1, e.probabilities[:, 1]) for e in of(wine, "logistic")]
    found = ranking(wine, WINE, kind, positive=1)
    assert row(found.areas, "logistic")["mean"] == pytest.approx(np.mean(expected))


@pytest.mark.parametrize("name", ["breast_cancer", "wine"])  # two classes, and three
@pytest.mark.parametrize(
    ("kind", "score"), [("roc", roc_auc_score), ("precision_recall", average_precision_score)]
)
def test_an_svm_is_ranked_by_its_decision_function(name, kind, score):
    data = load(name)
    evaluations = list(run(Comparison(name, ["svm_rbf"], n_splits=3)))
    expected = []
    for e in evaluations:
        train = np.delete(np.arange(len(data.y)), e.test)
        svm = clone(pipeline("svm_rbf", data)).fit(data.X[train], data.y[train])
        decisions = svm.decision_function(data.X[e.test])
        if decisions.ndim == 1:
            decisions = np.column_stack([-decisions, decisions])
        truths = data.y[e.test, None] == np.unique(data.y)
        expected.append(score(truths, decisions, average=None))
    classes = np.unique(data.y)
    found = [ranking(evaluations, data.y, kind, k).areas["mean"][0] for k in classes]
    np.testing.assert_allclose(found, np.mean(expected, axis=0), atol=1e-9)
    macro = ranking(evaluations, data.y, kind).areas["mean"][0]
    assert macro == pytest.approx(np.mean(expected), abs=1e-9)


def test_guessing_is_on_the_line_of_guessing(wine):
    roc = ranking(wine, WINE, "roc", positive=0)
    curve = roc.curves[roc.curves.model == "dummy"]
    np.testing.assert_allclose(curve["mean"], curve.x, atol=1e-12)
    assert row(roc.areas, "dummy")["mean"] == roc.guessing == 0.5
    recall = ranking(wine, WINE, "precision_recall", positive=0)
    heights = recall.curves[recall.curves.model == "dummy"]["mean"]
    np.testing.assert_allclose(heights, recall.guessing, atol=0.01)
    assert recall.guessing == pytest.approx(np.mean(WINE == 0))


@pytest.mark.parametrize("kind", ["roc", "precision_recall"])
def test_the_area_under_the_mean_curve_is_the_mean_area(wine, kind):
    found = ranking(wine, WINE, kind)
    curve = found.curves[found.curves.model == "logistic"]
    # Vertical averaging keeps areas; only the steps of the grid are in between.
    area = np.trapezoid(curve["mean"], GRID)
    assert area == pytest.approx(row(found.areas, "logistic")["mean"], abs=0.01)
    assert (curve.low >= 0).all()
    assert (curve.high <= 1).all()
    assert (curve.low <= curve["mean"]).all()


def curves_by_hand(evaluations, actual, stated, kind):
    (fold,) = evaluations({"mlp": [0.5]}, n_test=len(actual))
    actual, stated = np.array(actual), np.array(stated)
    fold = replace(fold, actual=actual, probabilities=np.column_stack([1 - stated, stated]))
    y = np.append(actual, [0, 1])  # training rows of either class
    found = ranking([fold], y, kind, positive=1)
    return found.curves.set_index("x")["mean"]


def test_a_roc_curve_by_hand(evaluations):
    heights = curves_by_hand(evaluations, [1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], "roc")
    # At a threshold of .9, half of the positives and no negative; from .7 on, all positives.
    assert heights[0] == 0.5
    assert heights[GRID[49]] == 0.5
    assert heights[GRID[50]] == 1.0


def test_a_precision_recall_curve_by_hand(evaluations):
    heights = curves_by_hand(evaluations, [0, 1, 1], [0.9, 0.8, 0.7], "precision_recall")
    # The first threshold that finds anything calls two rows positive, one of them rightly.
    assert heights[0] == 0.5
    assert heights[GRID[50]] == 0.5
    assert heights[GRID[51]] == pytest.approx(2 / 3)


def test_seeds_are_averaged_first_and_a_failed_one_takes_its_fold_along(wine):
    one = of(wine, "logistic")
    other = [replace(e, seed=1, probabilities=e.probabilities[:, ::-1]) for e in one]
    found = row(ranking(one + other, WINE).areas, "logistic")
    assert found.folds == 6
    per_seed = [row(ranking(part, WINE).areas, "logistic")["mean"] for part in (one, other)]
    assert found["mean"] == pytest.approx(np.mean(per_seed))
    broken = replace(other[0], probabilities=None, predicted=other[0].predicted[:0])
    assert row(ranking([*one, broken, *other[1:]], WINE).areas, "logistic").folds == 5


def test_a_class_that_a_fold_does_not_test_is_left_out_there(evaluations):
    (fold,) = evaluations({"mlp": [0.5]}, n_test=4)
    stated = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.7, 0.2, 0.1], [0.2, 0.7, 0.1]])
    fold = replace(fold, actual=np.array([0, 1, 0, 1]), probabilities=stated)
    y = np.array([0, 1, 0, 1, 2, 2, 0, 1])
    assert row(ranking([fold], y).areas, "mlp")["mean"] == 1.0
    assert row(ranking([fold], y, positive=2).areas, "mlp").folds == 0


@pytest.mark.parametrize(
    "given",
    [
        {"probabilities": np.array([[0.2, 0.8], [0.9, 0.1], [0, 1]])},
        {"decisions": np.array([0.6, -0.8, 1.0])},
    ],
)
def test_a_class_that_is_missing_in_training_cannot_be_ranked(evaluations, given):
    (fold,) = evaluations({"mlp": [0.5]}, n_test=3)
    y = np.array(["b", "a", "c", "a", "c", "c"])  # "b" is in the test rows alone
    fold = replace(fold, actual=y[:3], **given)
    areas = [row(ranking([fold], y, positive=label).areas, "mlp")["mean"] for label in "abc"]
    assert areas == [1.0, 0.5, 1.0]


def test_a_class_that_there_is_not_is_refused(wine):
    with pytest.raises(ValueError, match="positive must be a class in y, however: 7"):
        ranking(wine, WINE, positive=7)


def test_with_nothing_to_rank_by_the_tables_are_empty(evaluations):
    found = ranking(evaluations({"svm_rbf": [0.9]}), np.array([0, 1]))
    assert found.curves.empty
    assert found.areas.empty
