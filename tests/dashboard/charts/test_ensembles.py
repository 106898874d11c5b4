import base64
import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageColor

from bakeoff.dashboard import charts
from bakeoff.dashboard.charts.look import COLOURS


def every(chart):
    """The data of all layers, as one list."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


@pytest.fixture
def curve():
    return pd.DataFrame(
        {
            "model": ["bagging"] * 2 + ["gradient_boosting"] * 2,
            "members": [1, 10] * 2,
            "mean": [0.8, 0.9, 0.7, 0.98],
            "low": [0.7, 0.8, 0.6, 0.9],
            "high": [0.9, 1.0, 0.8, 1.06],
        }
    )


@pytest.fixture
def points():
    return pd.DataFrame(
        {
            "row": [0, 1, 2],
            "x": [0.0, 1.0, 2.0],
            "y": [0.0, 1.0, 1.0],
            "class": ["no", "yes", "yes"],
            "seen": [0.0, 1.0, 3.0],
        }
    )


def test_scores_have_bands_that_end_where_scores_do(curve, layers):
    chart = charts.member_scores(curve, "accuracy")
    (band,) = layers(chart, "area")
    assert (band["encoding"]["y"]["field"], band["encoding"]["y2"]["field"]) == ("low", "high")
    assert max(row["high"] for row in every(chart)) == 1.0
    (line,) = layers(chart, "line")
    assert line["encoding"]["x"]["scale"]["type"] == "log"
    assert line["encoding"]["x"]["axis"]["values"] == [1, 10]
    assert line["encoding"]["color"]["legend"]["values"] == ["Bagging", "Gradient boosting"]
    assert chart.description == "accuracy against members: Bagging, Gradient boosting."


def test_a_method_keeps_its_look_when_it_is_alone(curve, layers):
    both = layers(charts.member_scores(curve, "R²"), "point")
    alone = layers(charts.member_scores(curve[2:], "R²"), "point")
    for channel in ("color", "shape"):
        scales = [layer["encoding"][channel]["scale"] for (layer,) in (both, alone)]
        assert scales[0] == scales[1]


def test_bias_and_variance_share_their_axis(layers):
    table = pd.DataFrame(
        {"model": "bagging", "members": [1, 5], "bias": [0.3, 0.2], "variance": [0.1, 0.05]}
    )
    for part in ("bias", "variance"):
        (line,) = layers(charts.loss_part(table, part, part), "line")
        assert line["encoding"]["y"]["field"] == part
        assert line["encoding"]["y"]["scale"]["domain"] == [0, 0.3]


def test_regions_are_one_image_in_the_colours_of_the_classes(points, layers):
    cells = np.array([[0, 1], [1, 1]])  # the lower left is class 0
    chart = charts.decision_regions(
        cells, (0.0, 2.0, -1.0, 1.0), points, ("width", "height"), ("no", "yes"), "Regions."
    )
    (image,) = layers(chart, "image")
    (picture,) = [row for row in every(chart) if "url" in row]
    assert [picture[name] for name in ("x", "right", "y", "top")] == [0, 2, -1, 1]
    assert image["encoding"]["x"]["scale"]["domain"] == [0, 2]
    png = base64.b64decode(picture["url"].removeprefix("data:image/png;base64,"))
    pixels = Image.open(io.BytesIO(png)).convert("RGB")
    colours = [ImageColor.getrgb(colour) for colour in COLOURS[:2]]
    assert pixels.getpixel((0, 1)) == colours[0]  # pixels count from the top
    assert pixels.getpixel((0, 0)) == pixels.getpixel((1, 1)) == colours[1]
    for dots in layers(chart, "point"):
        scale = dots["encoding"]["color"]["scale"]
        assert scale["domain"] == ["no", "yes"]
        assert scale["range"][:2] == COLOURS[:2]


def test_rows_that_do_not_count_are_hollow(points, layers):
    chart = charts.decision_regions(
        np.zeros((2, 2)), (0, 2, 0, 1), points, ("x", "y"), ("no", "yes"), "Regions."
    )
    hollow, filled = layers(chart, "point")
    assert "filled" not in hollow["mark"]
    assert hollow["transform"] == [{"filter": "(datum.seen === 0)"}]
    assert filled["mark"]["filled"]
    assert filled["transform"] == [{"filter": "(datum.seen > 0)"}]
    assert filled["encoding"]["size"]["field"] == "seen"


def test_of_many_rows_some_are_drawn(points):
    many = pd.concat([points] * 1_000, ignore_index=True)
    chart = charts.decision_regions(
        np.zeros((2, 2)), (0, 2, 0, 1), many, ("x", "y"), ("no", "yes"), "Regions."
    )
    assert len([row for row in every(chart) if "seen" in row]) == 2_000


def test_bars_of_members_stand_beside_what_is_expected(layers):
    table = pd.DataFrame({"member": [1, 2], "unseen": [0.35, 0.4]})
    chart = charts.member_shares(table, "unseen", "rows never seen", 2, 0.37)
    (bars,) = layers(chart, "bar")
    (condition,) = bars["encoding"]["opacity"]["condition"]
    assert condition["test"] == "(datum.member === 2)"
    assert {"expected": 0.37} in every(chart)
    assert chart.description == "rows never seen, member by member."


def test_ensembles_that_are_done_are_dots_in_the_row_of_their_method(layers):
    scores = pd.DataFrame(
        {"model": ["boosting", "bagging"], "fold": 0, "seed": 0, "score": [0.9, np.nan]}
    )
    chart = charts.ensemble_scores(scores, "accuracy")
    (dots,) = layers(chart, "point")
    assert dots["encoding"]["y"]["scale"]["domain"] == ["Boosting"]
    assert len(every(chart)) == 1
