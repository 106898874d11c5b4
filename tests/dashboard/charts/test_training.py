"""Losses of nets in training: whose line is whose, and what is solid."""

import pandas as pd
import pytest

from bakeoff.dashboard import charts


@pytest.fixture
def points():
    return pd.DataFrame(
        [
            ("mlp", "MLP, fold 1", "train", epoch, 1 / epoch) for epoch in (1, 2, 3)
        ] + [("gru", "GRU, fold 2", "train", 1, 0.7)],
        columns=["model", "net", "part", "epoch", "loss"],
    )  # fmt: skip


def test_a_net_has_the_colour_of_its_model_and_its_name_at_the_end(points):
    chart = charts.losses(points).to_dict()
    lines, dots, names = chart["layer"]
    assert lines["encoding"]["color"]["scale"]["domain"][0] == "MLP"
    assert names["encoding"]["text"]["field"] == "net"
    assert dots["encoding"]["shape"]["field"] == "model"
    (data,) = chart["datasets"].values()
    assert {row["model"] for row in data} == {"MLP", "GRU"}


def test_a_legend_tells_training_from_validation_where_there_are_both(points):
    def legend(frame):
        return charts.losses(frame).to_dict()["layer"][0]["encoding"]["strokeDash"]["legend"]

    assert legend(points) is None
    assert legend(pd.concat([points, points.assign(part="valid")])) is not None


def test_four_nets_are_drawn_at_most(points):
    many = pd.concat([points.assign(net=f"MLP, fold {fold}") for fold in range(6)])
    (data,) = charts.losses(many).to_dict()["datasets"].values()
    assert len({row["net"] for row in data}) == 4
