from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments import Comparison, predictions, run
from bakeoff.experiments.reports.predictions import confusion, first_pass, with_predictions

NAN = float("nan")


def test_what_was_tested_is_not_what_failed_nor_a_search(evaluations):
    done = evaluations({"mlp": [0.9, NAN], "dummy": [0.5, 0.5]})
    inner = [replace(e, inner=0) for e in done]
    assert [(e.model, e.fold) for e in with_predictions(inner + done, "mlp")] == [("mlp", 0)]


def test_the_first_pass_has_each_row_once(evaluations):
    done = evaluations({"mlp": [0.9, 0.8]})
    done += [replace(e, seed=1) for e in done]
    done += [replace(e, repeat=1) for e in done]
    found = first_pass(done[::-1], "mlp")
    assert {(e.repeat, e.seed) for e in found} == {(0, 0)}
    assert sorted(np.concatenate([e.test for e in found])) == list(range(40))
    assert first_pass(done, "cnn") == []


def test_predictions_of_one_of_several_targets(evaluations):
    (found,) = evaluations({"mlp": [0.9]}, n_test=2)
    actual, predicted = np.array([[1, 10], [2, 20]]), np.array([[3, 30], [4, 40]])
    frame = predictions([replace(found, actual=actual, predicted=predicted)], "mlp", target=1)
    assert list(frame.actual) == [10, 20]
    assert list(frame.predicted) == [30, 40]


def test_predictions_with_a_metric_that_failed_are_still_predictions(evaluations):
    (found,) = evaluations({"mlp": [0.9]})
    assert len(predictions([replace(found, error="roc_auc: no")], "mlp")) == 20


def test_confusion_counts_every_row_once_per_repeat():
    done = list(run(Comparison("iris", ["svm_rbf"], n_splits=3, n_repeats=2)))
    table = confusion(done, "svm_rbf", ["setosa", "versicolor", "virginica"])
    assert table["count"].sum() == 300
    counts = table.pivot(index="actual", columns="predicted", values="count")
    assert (counts.sum(axis=1) == 100).all()
    right = sum(int((e.actual == e.predicted).sum()) for e in done)
    assert np.diag(counts).sum() == right
    np.testing.assert_allclose(table.groupby("actual").share.sum(), 1.0)


def test_predictions_are_out_of_fold_and_cover_every_row():
    done = list(run(Comparison("diabetes", ["svm_rbf", "dummy"], n_splits=3)))
    frame = predictions(done, "svm_rbf")
    assert sorted(frame.row) == list(range(442))
    first = next(e for e in done if e.model == "svm_rbf")
    np.testing.assert_array_equal(frame.predicted[: len(first.test)], first.predicted)


@pytest.mark.parametrize(
    ("labels", "shown"),
    [([0, 2], ["a", "b", "c"]), ([1, 7], ["1", "7"]), ([0, 1, 2, 3], ["0", "1", "2", "3"])],
)
def test_confusion_of_a_stopped_run_names_the_classes_where_it_can(evaluations, labels, shown):
    (found,) = evaluations({"mlp": [0.9]}, n_test=len(labels))
    found = replace(found, actual=np.array(labels), predicted=np.array(labels))
    table = confusion([found], "mlp", ["a", "b", "c"])
    assert list(table.predicted[: len(shown)]) == shown
    assert table["count"].sum() == len(labels)


def test_a_model_whose_fits_all_failed_has_empty_tables(evaluations):
    failed = evaluations({"mlp": [NAN, NAN]})
    table = confusion(failed, "mlp", ["a", "b"])
    assert table.empty
    assert list(table) == ["actual", "predicted", "count", "share"]
    frame = predictions(failed, "mlp")
    assert frame.empty
    assert list(frame) == [
        "model", "repeat", "fold", "seed", "row", "actual", "predicted",
    ]  # fmt: skip
