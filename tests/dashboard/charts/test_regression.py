import numpy as np
import pandas as pd
import pytest

from bakeoff.dashboard import charts


def points_of(n_points):
    values = np.linspace(-1, 1, n_points)
    frame = {"model": "mlp", "row": range(n_points), "actual": values, "predicted": values / 2}
    return pd.DataFrame(frame).assign(residual=values / 2)


TREND = pd.DataFrame(
    {"predicted": [-0.4, 0.4], "mean": [-0.2, 0.2], "low": [-0.3, 0.1], "high": [-0.1, 0.3]}
)


@pytest.mark.parametrize(("n_points", "mark"), [(2_000, "point"), (2_001, "rect")])
@pytest.mark.parametrize("kind", ["predictions", "residuals"])
def test_many_rows_are_counted_into_cells(layers, data, n_points, mark, kind):
    points = points_of(n_points)
    if kind == "predictions":
        chart = charts.predictions(points, "progression")
    else:
        chart = charts.residuals(points, TREND, "progression")
    marks = layers(chart, mark)[0]
    drawn = data(chart, marks)
    if mark == "rect":
        assert len(drawn) < 200
        assert sum(row["count"] for row in drawn) == n_points
        x, y = (marks["encoding"][channel]["field"] for channel in ("x", "y"))
        assert all(row["right"] > row[x] and row["top"] > row[y] for row in drawn)
    else:
        assert len(drawn) == n_points


def test_predicted_and_actual_share_one_scale(layers):
    (dots,) = layers(charts.predictions(points_of(10), "progression"), "point")
    assert dots["encoding"]["x"]["scale"] == dots["encoding"]["y"]["scale"]
    assert dots["encoding"]["x"]["scale"]["domain"] == [-1, 1]
    assert dots["encoding"]["x"]["title"] == "Actual progression"


def test_residuals_have_a_line_at_zero_and_the_trend_with_its_bars(layers, data):
    chart = charts.residuals(points_of(10), TREND, "progression")
    zero, bars = layers(chart, "rule")
    assert data(chart, zero) == [{"residual": 0.0}]
    assert (bars["encoding"]["y"]["field"], bars["encoding"]["y2"]["field"]) == ("low", "high")
    (line,) = layers(chart, "line")
    assert [row["mean"] for row in data(chart, line)] == [-0.2, 0.2]


def test_the_distribution_counts_every_row_once(layers, data):
    chart = charts.distribution(points_of(500))
    (bars,) = layers(chart, "bar")
    assert sum(row["count"] for row in data(chart, bars)) == 500
    assert bars["encoding"]["x"]["bin"] == "binned"
    assert "MLP" in chart.description
