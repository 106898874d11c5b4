import pandas as pd

from bakeoff.dashboard import charts

TABLE = pd.DataFrame(
    {
        "model": ["mlp", "svm_rbf", "forest"],
        "mean": [0.93, 0.92, 0.90],
        "low": [0.91, 0.90, 0.88],
        "high": [0.95, 0.94, 0.92],
        "fit_seconds": [8.0, 0.02, 0.4],
    }
)


def test_costs_are_on_a_logarithmic_axis_that_holds_them_all(layers):
    chart = charts.cost(TABLE, ["svm_rbf", "mlp"], "fit_seconds", "Seconds", "accuracy")
    (dots,) = layers(chart, "point")
    scale = dots["encoding"]["x"]["scale"]
    assert scale["type"] == "log"
    assert 0 < scale["domain"][0] < 0.02
    assert scale["domain"][1] > 8
    assert dots["encoding"]["y"]["title"] == "Mean accuracy"


def test_the_front_is_joined_and_what_is_behind_it_is_pale(layers, data):
    chart = charts.cost(TABLE, ["svm_rbf", "mlp"], "fit_seconds", "Seconds", "accuracy")
    (line,), (dots,) = layers(chart, "line"), layers(chart, "point")
    assert {row["model"] for row in data(chart, line)} == {"SVM RBF", "MLP"}
    assert line["mark"]["interpolate"] == "step-after"
    assert {row["model"]: row["front"] for row in data(chart, dots)} == {
        "MLP": True, "SVM RBF": True, "Random forest": False,
    }  # fmt: skip
    opacity = dots["encoding"]["opacity"]
    (condition,) = opacity["condition"]
    assert condition["value"] == 1 > opacity["value"]
    assert "MLP, SVM RBF, Random forest" in chart.description
