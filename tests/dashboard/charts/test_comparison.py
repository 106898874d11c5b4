import numpy as np
import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.experiments import CATALOGUE


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


def test_a_model_has_one_colour_and_one_marker_on_every_chart(scores, means, layers):
    (one,) = layers(charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy"), "point")
    (two,) = layers(charts.intervals(means, "difference"), "point")
    labels = [model.label for model in CATALOGUE.values()]
    for channel in ("color", "shape"):
        scales = [layer["encoding"][channel]["scale"] for layer in (one, two)]
        assert scales[0] == scales[1]
        assert scales[0]["domain"] == labels
        assert len(set(scales[0]["range"])) == len(labels)


def test_a_line_joins_the_scores_of_one_fold_in_the_order_of_the_rows(scores, layers, data):
    chart = charts.fold_scores(scores, ["svm_rbf", "mlp"], "accuracy")
    (line,) = layers(chart, "line")
    assert line["encoding"]["detail"]["field"] == "split"
    assert line["encoding"]["order"]["field"] == "rank"
    assert line["encoding"]["y"]["scale"]["domain"] == ["SVM RBF", "MLP"]
    assert {row["model"]: row["rank"] for row in data(chart, line)} == {"SVM RBF": 0, "MLP": 1}
    assert {row["split"] for row in data(chart, line)} == {"repeat 1, fold 1", "repeat 1, fold 2"}


def test_a_dot_can_be_selected_by_model_and_fold_and_the_others_fade(scores, layers, data):
    chart = charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy")
    (parameter,) = chart.to_dict()["params"]
    assert parameter["name"] == charts.FOLD
    assert parameter["select"]["fields"] == ["key", "repeat", "fold"]
    (dots,) = layers(chart, "point")
    assert dots["encoding"]["opacity"]["condition"][0]["param"] == charts.FOLD
    assert {(row["key"], row["repeat"], row["fold"]) for row in data(chart, dots)} == {
        ("mlp", 0, 0), ("mlp", 0, 1), ("svm_rbf", 0, 0), ("svm_rbf", 0, 1),
    }  # fmt: skip


def test_of_many_repeats_the_first_have_dots_and_all_are_in_the_mean(layers, data):
    repeats, folds = 20, 20
    index = pd.MultiIndex.from_product(
        [list(CATALOGUE), range(repeats), range(folds)], names=["model", "repeat", "fold"]
    )
    scores = pd.DataFrame({"score": 0.5}, index=index).reset_index()
    chart = charts.fold_scores(scores, list(CATALOGUE), "accuracy")
    (dots,), (mean,) = layers(chart, "point"), layers(chart, "tick")
    assert charts.repeats_drawn(scores) == 2000 // (len(CATALOGUE) * folds)
    assert len(data(chart, dots)) <= 2000 < len(data(chart, mean)) == len(scores)


def test_the_axis_of_scores_fits_the_scores_and_never_passes_one(scores, layers):
    scores.loc[0, "score"] = 1.0
    (dots,) = layers(charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy"), "point")
    low, high = dots["encoding"]["x"]["scale"]["domain"]
    assert 0.65 < low < 0.7
    assert high == 1.0
    assert dots["encoding"]["x"]["title"] == "accuracy on the test rows of a fold"


def test_a_failed_fold_leaves_no_mark(scores, layers, data):
    scores.loc[0, "score"] = np.nan
    chart = charts.fold_scores(scores, ["mlp", "svm_rbf"], "accuracy")
    assert len(data(chart, *layers(chart, "point"))) == 3


def test_intervals_stand_beside_a_line_at_zero(means, layers, data):
    chart = charts.intervals(means, "accuracy minus that of MLP")
    zero, bars = layers(chart, "rule")
    assert zero["encoding"]["x"]["field"] == "zero"
    assert data(chart, zero) == [{"zero": 0.0}]
    assert (bars["encoding"]["x"]["field"], bars["encoding"]["x2"]["field"]) == ("low", "high")
    assert bars["encoding"]["y"]["scale"]["domain"] == ["SVM RBF", "CNN"]


def test_every_chart_describes_itself_for_a_screen_reader(scores, means):
    assert "MLP, SVM RBF" in charts.fold_scores(scores, ["mlp", "svm_rbf"], "R²").description
    assert "SVM RBF, CNN" in charts.intervals(means, "R² difference").description
