"""Charts are judged by their specs: what is encoded where, in which order, in which colour."""

import numpy as np
import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.dashboard.experiments import CATALOGUE


@pytest.fixture
def scores():
    return pd.DataFrame(
        {
            "model": ["mlp", "svm_rbf"] * 2,
            "repeat": 0,
            "fold": [0, 0, 1, 1],
            "score": [0.9, 0.8, 0.95, 0.7],
        }
    )


@pytest.fixture
def means():
    return pd.DataFrame(
        {"model": ["svm_rbf", "cnn"], "mean": [0.1, -0.1], "low": [0.0, -0.2], "high": [0.2, 0.0]}
    )


def layers(chart, mark):
    found = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == mark]
    assert found, f"no layer of {mark}"
    return found


def rows(chart):
    """The data that the chart carries, as one list."""
    return [row for data in chart.to_dict()["datasets"].values() for row in data]


def test_a_model_has_one_colour_and_one_marker_on_every_chart(scores, means):
    (one,) = layers(charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy"), "point")
    (two,) = layers(charts.intervals(means, "difference"), "point")
    labels = [model.label for model in CATALOGUE.values()]
    for channel in ("color", "shape"):
        scales = [layer["encoding"][channel]["scale"] for layer in (one, two)]
        assert scales[0] == scales[1]
        assert scales[0]["domain"] == labels
        assert len(set(scales[0]["range"])) == len(labels)


def test_a_line_joins_the_scores_of_one_fold_in_the_order_of_the_rows(scores):
    chart = charts.fold_scores(scores, ["svm_rbf", "mlp"], "accuracy")
    (line,) = layers(chart, "line")
    assert line["encoding"]["detail"]["field"] == "split"
    assert line["encoding"]["order"]["field"] == "rank"
    assert line["encoding"]["y"]["scale"]["domain"] == ["SVM RBF", "MLP"]
    ranks = {row["model"]: row["rank"] for row in rows(chart)}
    assert ranks == {"SVM RBF": 0, "MLP": 1}
    assert {row["split"] for row in rows(chart)} == {"repeat 1, fold 1", "repeat 1, fold 2"}


def test_the_axis_of_scores_fits_the_scores_and_never_passes_one(scores):
    scores.loc[0, "score"] = 1.0
    (dots,) = layers(charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy"), "point")
    low, high = dots["encoding"]["x"]["scale"]["domain"]
    assert 0.65 < low < 0.7
    assert high == 1.0
    assert dots["encoding"]["x"]["title"] == "accuracy on the test rows of a fold"


def test_a_failed_fold_leaves_no_mark(scores):
    scores.loc[0, "score"] = np.nan
    assert len(rows(charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy"))) == 3


def test_intervals_stand_beside_a_line_at_zero(means):
    chart = charts.intervals(means, "accuracy minus that of MLP")
    zero, bars = layers(chart, "rule")
    assert zero["encoding"]["x"]["field"] == "zero"
    assert {"zero": 0.0} in rows(chart)
    assert (bars["encoding"]["x"]["field"], bars["encoding"]["x2"]["field"]) == ("low", "high")
    assert bars["encoding"]["y"]["scale"]["domain"] == ["SVM RBF", "CNN"]


def test_the_confusion_matrix_keeps_the_classes_in_order_and_leaves_zeros_blank():
    counts = pd.DataFrame(
        {
            "actual": ["b", "b", "a", "a"],
            "predicted": ["b", "a", "b", "a"],
            "count": [3, 1, 0, 4],
            "share": [0.75, 0.25, 0.0, 1.0],
        }
    )
    chart = charts.confusion(counts)
    (cells,) = layers(chart, "rect")
    for channel in ("x", "y"):
        assert cells["encoding"][channel]["scale"]["domain"] == ["b", "a"]
    scale = cells["encoding"]["color"]["scale"]
    assert (scale["scheme"], scale["domain"]) == ("cividis", [0, 1])
    assert [row["count"] for row in rows(chart)] == [3, 1, 4]


@pytest.mark.parametrize(("n_points", "mark"), [(2_000, "point"), (2_001, "rect")])
def test_many_predictions_are_counted_into_cells(n_points, mark):
    values = np.linspace(-1, 1, n_points)
    points = pd.DataFrame({"row": range(n_points), "actual": values, "predicted": values / 2})
    chart = charts.predictions(points, "progression")
    (marks,) = layers(chart, mark)
    assert marks["encoding"]["x"]["scale"]["domain"] == [-1, 1]
    assert marks["encoding"]["x"]["scale"] == marks["encoding"]["y"]["scale"]


def test_every_chart_describes_itself_for_a_screen_reader(scores, means):
    assert "MLP, SVM RBF" in charts.fold_scores(scores, ["mlp", "svm_rbf"], "R²").description
    assert "SVM RBF, CNN" in charts.intervals(means, "R² difference").description
