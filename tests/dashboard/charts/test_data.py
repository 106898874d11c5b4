import pandas as pd
import pytest

from bakeoff.dashboard import charts


@pytest.fixture
def bins():
    odd = 'it\'s a "name" [1].b:c'
    return pd.DataFrame(
        {
            "column": ["narrow", "narrow", odd],
            "low": [0.0, 1.0, 0.0],
            "high": [1.0, 2.0, 1000.0],
            "share": [1.0, 0.5, 1.0],
        }
    )


def test_classes_keep_their_order(layers, data):
    counts = pd.DataFrame({"class": ["b", "a"], "rows": [3, 1], "share": [0.75, 0.25]})
    chart = charts.class_balance(counts)
    (bars,) = layers(chart, "bar")
    assert bars["encoding"]["y"]["sort"] == ["b", "a"]
    assert [row["rows"] for row in data(chart, bars)] == [3, 1]


def test_each_distribution_stands_on_its_row_and_reaches_below_the_next(layers, data, bins):
    chart = charts.ridges(bins, "Value")
    (bars,) = layers(chart, "rect")
    rows = data(chart, bars)
    assert [row["floor"] for row in rows] == [1, 1, 2]
    assert [round(row["top"], 3) for row in rows] == [0.1, 0.55, 1.1]
    assert bars["encoding"]["y"]["scale"]["domain"] == [2, 0]


def test_any_name_can_stand_at_a_row(layers, bins):
    (bars,) = layers(charts.ridges(bins, "Value"), "rect")
    axis = bars["encoding"]["y"]["axis"]
    assert axis["values"] == [1, 2]
    assert axis["labelExpr"] == r'["narrow", "it' + "'" + r's a \"name\" [1].b:c"][datum.value - 1]'


def test_features_of_a_sequence_are_drawn_from_lowest_to_highest(layers, data):
    values = pd.DataFrame(
        {"step": [0, 0, 1, 1], "feature": ["a", "b"] * 2, "value": [5.0, 0.0, 25.0, 0.0]}
    )
    chart = charts.sequence(values, "row 1")
    (lines,) = layers(chart, "line")
    heights = {(row["feature"], row["step"]): row["height"] for row in data(chart, lines)}
    assert heights["a", 0] == 1
    assert heights["a", 1] == pytest.approx(0.1)
    assert heights["b", 0] == heights["b", 1] == 2  # what never changes lies on its floor
    assert lines["encoding"]["detail"]["field"] == "feature"


def test_bins_of_a_histogram_reach_from_edge_to_edge():
    bins = pd.DataFrame({"low": [0.0, 1.0], "high": [1.0, 2.0], "rows": [3, 4]})
    drawn = charts.histogram(bins, "price").to_dict()
    assert drawn["encoding"]["x"]["title"] == "price"
    assert drawn["encoding"]["x2"]["field"] == "high"
    assert "price" in drawn["description"]


@pytest.mark.parametrize(("features", "has_legend"), [(["a", "b"], True), (["a"], False)])
def test_a_series_has_a_line_for_each_feature_and_a_legend_for_several(features, has_legend):
    values = pd.DataFrame(
        [(step, feature, 0.5) for step in (1, 2) for feature in features],
        columns=["step", "feature", "value"],
    )
    chart = charts.series(values, "Row 7").to_dict()
    colour = chart["encoding"]["color"]
    assert colour["scale"]["domain"] == features
    assert (colour["legend"] is not None) == has_legend
    assert chart["description"] == "Row 7"
