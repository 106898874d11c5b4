import numpy as np
import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.dashboard.charts.look import COLOURS


def counts_of(classes, diagonal=3):
    frame = pd.DataFrame(
        [(a, p, diagonal if a == p else 0) for a in classes for p in classes],
        columns=["actual", "predicted", "count"],
    )
    return frame.assign(share=frame["count"] / diagonal)


@pytest.fixture
def curves():
    x = np.linspace(0, 1, 11)
    rows = [
        pd.DataFrame({"model": model, "x": x, "mean": mean, "low": mean - 0.1, "high": mean + 0.1})
        for model, mean in (("mlp", np.sqrt(x)), ("forest", x))
    ]
    return pd.concat(rows, ignore_index=True)


def test_the_confusion_matrix_keeps_the_classes_in_order_and_leaves_zeros_blank(layers, data):
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
    assert [row["count"] for row in data(chart, cells)] == [3, 1, 4]


@pytest.mark.parametrize(("n_classes", "marks"), [(20, ["rect", "text"]), (21, ["rect"])])
def test_many_classes_have_no_numbers_in_their_cells(n_classes, marks):
    chart = charts.confusion(counts_of([f"c{i}" for i in range(n_classes)]))
    assert [layer["mark"]["type"] for layer in chart.to_dict()["layer"]] == marks


def test_rate_curves_have_the_band_of_the_chosen_model_alone(layers, data, curves):
    chart = charts.roc(curves, "forest")
    (band,) = layers(chart, "area")
    assert {row["model"] for row in data(chart, band)} == {"Random forest"}
    assert band["mark"]["color"] == COLOURS[8]
    assert (band["encoding"]["y"]["field"], band["encoding"]["y2"]["field"]) == ("low", "high")
    guess, lines = layers(chart, "line")
    assert lines["encoding"]["strokeDash"]["field"] == "model"
    assert lines["encoding"]["color"]["legend"]["values"] == ["MLP", "Random forest"]
    assert [(row["x"], row["mean"]) for row in data(chart, guess)] == [(0, 0), (1, 1)]


def test_a_chosen_model_without_a_curve_leaves_the_others(layers, data, curves):
    chart = charts.roc(curves, "svm_rbf")
    (band,) = layers(chart, "area")
    assert data(chart, band) == []


def test_guessing_has_the_precision_of_the_prevalence(layers, data, curves):
    chart = charts.precision_recall(curves, "mlp", prevalence=0.2)
    guess, _ = layers(chart, "line")
    assert {row["mean"] for row in data(chart, guess)} == {0.2}
    assert guess["encoding"]["x"]["title"] == "Recall"


def test_reliability_has_the_same_scale_on_both_axes_and_the_bars_of_the_bins(layers, data):
    bins = pd.DataFrame(
        {
            "stated": [0.62, 0.9], "happened": [0.55, 0.93], "low": [0.43, 0.8],
            "high": [0.67, 0.97], "rows": [50, 50],
        }
    )  # fmt: skip
    chart = charts.reliability(bins, "mlp", "Probability", "Share")
    (dots,), (bars,) = layers(chart, "point"), layers(chart, "rule")
    domain = dots["encoding"]["x"]["scale"]["domain"]
    assert domain == dots["encoding"]["y"]["scale"]["domain"] == [0.4, 1.0]
    assert (bars["encoding"]["y"]["field"], bars["encoding"]["y2"]["field"]) == ("low", "high")
    assert [row["happened"] for row in data(chart, dots)] == [0.55, 0.93]


def test_charts_say_what_they_show(curves):
    assert "MLP, Random forest" in charts.roc(curves, "mlp").description
    assert "MLP, Random forest" in charts.precision_recall(curves, "mlp", 0.5).description
    assert "2 classes" in charts.confusion(counts_of("ab")).description
