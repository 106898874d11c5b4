import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.dashboard.charts.curves import log_spaced

SIZES = [10, 20, 40, 80]


@pytest.fixture
def table():
    """Two models, both parts, and bands that reach beyond 1."""
    return pd.DataFrame(
        [
            (model, size, part, 0.9, 0.7, 1.1)
            for model in ("mlp", "svm_rbf")
            for size in SIZES
            for part in ("test", "train")
        ],
        columns=["model", "n_train", "part", "mean", "low", "high"],
    )


def test_bands_are_drawn_to_the_limit_and_tooltips_tell_them_whole(table, layers, data):
    chart = charts.score_curve(table, "n_train", "Training rows", "accuracy", (0.0, 1.0))
    (band,), (dots,) = layers(chart, "area"), layers(chart, "point")
    ends = [band["encoding"][end]["field"] for end in ("y", "y2")]
    assert {tuple(row[end] for end in ends) for row in data(chart, band)} == {(0.7, 1.0)}
    told = {tip["field"] for tip in dots["encoding"]["tooltip"]}
    assert {"low", "high"} <= told
    assert {(row["low"], row["high"]) for row in data(chart, dots)} == {(0.7, 1.1)}


def test_a_model_keeps_its_colour_marker_and_dash_and_parts_differ_in_strength(table, layers):
    chart = charts.score_curve(table, "n_train", "Training rows", "accuracy")
    (line,), (dots,) = layers(chart, "line"), layers(chart, "point")
    for channel in ("color", "strokeDash"):
        assert line["encoding"][channel]["field"] == "model"
    assert dots["encoding"]["shape"]["field"] == "model"
    strength = line["encoding"]["opacity"]
    assert (strength["field"], strength["scale"]["domain"]) == (
        "part",
        ["Test rows", "Training rows"],
    )
    assert strength["scale"]["range"][0] > strength["scale"]["range"][1]


def test_the_axis_is_marked_where_there_is_a_point(table, layers):
    chart = charts.score_curve(table, "n_train", "Training rows", "accuracy")
    (dots,) = layers(chart, "point")
    assert dots["encoding"]["x"]["axis"]["values"] == SIZES
    assert dots["encoding"]["x"]["scale"]["type"] == "log"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.1, 1.0, 10.0], True),
        ([9, 18, 36, 71, 142], True),
        ([0.1, 0.325, 0.55, 0.775, 1.0], False),
        ([0.0, 1.0, 10.0], False),
        ([1.0, 10.0], False),
    ],
)
def test_a_log_axis_is_for_values_that_are_spaced_by_ratios(values, expected):
    assert log_spaced(values) is expected


@pytest.mark.parametrize(
    ("values", "texts"),
    [([(8,), (64, 64)], ["[8]", "[64, 64]"]), ([False, True], ["false", "true"])],
)
def test_values_that_are_no_numbers_stand_in_their_order(values, texts, layers, data):
    table = pd.DataFrame({"x": values, "model": "mlp", "part": "test", "mean": 0.9})
    chart = charts.score_curve(table.assign(low=0.8, high=1.0), "x", "x", "accuracy")
    (dots,) = layers(chart, "point")
    assert dots["encoding"]["x"]["type"] == "nominal"
    assert dots["encoding"]["x"]["sort"] is None
    assert [row["x"] for row in data(chart, dots)] == texts


def test_a_point_without_a_mean_is_not_drawn(table, layers, data):
    table.loc[0, "mean"] = float("nan")
    chart = charts.score_curve(table, "n_train", "Training rows", "accuracy")
    (dots,) = layers(chart, "point")
    assert len(data(chart, dots)) == len(table) - 1


def test_a_rule_stands_at_the_best_epoch_of_each_net(table, layers, data):
    losses = table.rename(columns={"n_train": "epoch"})
    chart = charts.epoch_curve(losses, "Loss", {"mlp": 20}, (0.0, None))
    (rule,) = layers(chart, "rule")
    assert rule["encoding"]["x"]["field"] == "epoch"
    assert data(chart, rule) == [{"model": "MLP", "epoch": 20}]
    (band,) = layers(chart, "area")
    assert {row["drawn_high"] for row in data(chart, band)} == {1.1}


def test_a_legend_names_the_parts_that_are_drawn(table, layers):
    losses = table.rename(columns={"n_train": "epoch"}).query("part == 'test'")
    (line,) = layers(charts.epoch_curve(losses, "accuracy", {}), "line")
    assert line["encoding"]["opacity"]["legend"]["values"] == ["Test rows"]


def test_curves_describe_themselves_for_a_screen_reader(table):
    chart = charts.score_curve(table, "n_train", "Training rows", "accuracy")
    assert chart.description == "accuracy against Training rows, of MLP, SVM RBF."
