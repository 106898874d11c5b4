"""The space of a search: which marks it gets, on which scales, and where the winner is."""

import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.dashboard.charts.search import MOST_LINES, text_of

GRID = pd.DataFrame(
    {
        "C": [10.0, 1.0, 10.0, 0.1, 1.0, 0.1],
        "kernel": ["rbf", "rbf", "poly", "rbf", "poly", "poly"],
        "degree": [2, 3, 2, 3, 2, 3],
    }
)
SCORES = pd.Series([0.98, 0.97, 0.9, 0.8, 0.7, float("nan")])


def test_a_grid_is_a_heat_map_in_the_order_of_the_values(layers, data):
    chart = charts.score_space(GRID, SCORES, ["C", "kernel"], "accuracy")
    cells, outline = layers(chart, "rect")
    assert cells["encoding"]["x"]["sort"] == ["0.1", "1", "10"]
    assert cells["encoding"]["y"]["sort"] == ["rbf", "poly"]
    assert cells["encoding"]["color"]["scale"]["scheme"]["name"] == "cividis"
    assert len(data(chart, cells)) == 6
    assert [(row["x"], row["y"]) for row in data(chart, outline)] == [("10", "rbf")]


def test_a_cell_has_the_best_of_all_its_candidates_and_the_outline_the_winner(layers, data):
    scores = pd.Series([0.5, 0.97, 0.9, 0.8, 0.7, 0.6])  # the winner had more rows to train on
    chart = charts.score_space(GRID, scores, ["degree", "kernel"], "accuracy")
    cells, outline = layers(chart, "rect")
    best = {(row["x"], row["y"]): row["score"] for row in data(chart, cells)}
    assert best == {("2", "rbf"): 0.5, ("3", "rbf"): 0.97, ("2", "poly"): 0.9, ("3", "poly"): 0.6}
    assert [row["score"] for row in data(chart, outline)] == [0.5]


@pytest.mark.parametrize(("high", "scale"), [(1000.0, "log"), (2.0, "linear")])
def test_candidates_off_a_grid_are_points_on_scales_that_suit_them(high, scale, layers, data):
    values = pd.DataFrame({"C": [1.0, high / 1.5, high], "kernel": ["a", "b", "c"]})
    chart = charts.score_space(values, pd.Series([0.9, 0.8, float("nan")]), ["C", "kernel"], "R²")
    failed, done, best = layers(chart, "point")
    assert done["encoding"]["x"]["scale"]["type"] == scale
    assert done["encoding"]["y"]["type"] == "nominal"
    assert failed["mark"]["shape"] == "cross"
    assert [row["score"] for row in data(chart, best)] == [0.9]


def test_one_parameter_is_a_line(layers, data):
    chart = charts.score_space(GRID[["C"]], SCORES, ["C"], "accuracy")
    (line,) = layers(chart, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert len(data(chart, line)) == 5  # without the one that failed
    _, best = layers(chart, "point")
    assert [row["x"] for row in data(chart, best)] == [10.0]


def test_parallel_axes_run_from_the_lowest_to_the_highest_value(layers, data):
    chart = charts.parallel(GRID, SCORES, "accuracy")
    lines, winner = layers(chart, "line")
    heights = {
        (row["axis"], row["value"]): row["height"] for row in data(chart, lines)
    }  # fmt: skip
    assert heights["C", "0.1"] == pytest.approx(0)
    assert heights["C", "1"] == pytest.approx(0.5)  # logarithmic
    assert (heights["kernel", "poly"], heights["kernel", "rbf"]) == (0, 1)
    assert heights["accuracy", "0.98"] == pytest.approx(1)
    assert [row["value"] for row in data(chart, winner)] == ["10", "rbf", "2", "0.98"]
    ends = [row["text"] for row in data(chart, layers(chart, "text")[0])]
    assert ends == ["0.1", "10", "poly", "rbf", "2", "3", "0.7", "0.98"]


def test_a_parameter_of_one_value_stands_in_the_middle_of_its_axis(layers, data):
    values = pd.DataFrame({"C": [1.0, 1.0], "kernel": ["rbf", "rbf"]})
    chart = charts.parallel(values, pd.Series([0.9, 0.8]), "accuracy")
    heights = {row["axis"]: row["height"] for row in data(chart, layers(chart, "line")[0])}
    assert (heights["C"], heights["kernel"]) == (0.5, 0.5)


def test_of_many_candidates_the_first_are_drawn(layers, data):
    n = MOST_LINES + 50
    values = pd.DataFrame({"C": range(1, n + 1)})
    chart = charts.parallel(values, pd.Series([1 - i / n for i in range(n)]), "accuracy")
    drawn = {row["candidate"] for row in data(chart, layers(chart, "line")[0])}
    assert drawn == set(range(MOST_LINES))


def test_values_are_written_short():
    assert [text_of(v) for v in (1000.0, 12345.678, None, False, (64, 64))] == [
        "1000", "1.235e+04", "None", "False", "(64, 64)",
    ]  # fmt: skip


def test_every_chart_says_what_it_shows():
    assert "C" in charts.score_space(GRID, SCORES, ["C"], "accuracy").description
    assert "C and kernel" in charts.score_space(GRID, SCORES, ["C", "kernel"], "R²").description
    assert "5 candidates: C, kernel, degree, R²" in charts.parallel(GRID, SCORES, "R²").description
