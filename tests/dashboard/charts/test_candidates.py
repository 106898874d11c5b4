"""How sure a search can be of its winner, as charts."""

import pandas as pd
import pytest

from bakeoff.dashboard import charts
from bakeoff.dashboard.charts.candidates import MOST_CANDIDATES


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "candidate": ["C=1", "C=2", "C=3"],
            "mean": [0.95, 0.8, float("nan")],
            "fold_scores": [[0.9, 1.0], [0.8, 0.8], [0.7, float("nan")]],
            "tied": [True, False, False],
            "resource": [60.0, 60.0, 20.0],
        }
    )


def test_each_fold_is_a_dot_and_candidates_keep_their_order(table, layers, data):
    chart = charts.candidate_folds(table, ["C=1", "C=2", "C=3"], "accuracy")
    (dots,) = layers(chart, "circle")
    assert dots["encoding"]["y"]["scale"]["domain"] == ["1. C=1", "2. C=2", "3. C=3"]
    assert [row["score"] for row in data(chart, dots)] == [0.9, 1.0, 0.8, 0.8, 0.7]
    (ticks,) = layers(chart, "tick")
    assert [row["standing"] for row in data(chart, ticks)] == [
        "may be as good as the winner",
        "worse, or failed",
    ]


def test_past_thirty_candidates_the_first_are_drawn(table, layers):
    many = pd.concat([table] * 11)
    chart = charts.candidate_folds(many, [str(i) for i in range(33)], "accuracy")
    assert len(layers(chart, "circle")[0]["encoding"]["y"]["scale"]["domain"]) == MOST_CANDIDATES


@pytest.mark.parametrize(("repeats", "first"), [([0, 0], "1: C=1"), ([0, 1], "1.1: C=1")])
def test_promise_and_result_stand_in_the_row_of_their_fold(repeats, first, layers, data):
    gaps = pd.DataFrame({"repeat": repeats, "fold": [0, 1], "inner": [0.9, 0.8], "outer": [0.7, 1]})
    chart = charts.promises(gaps, ["C=1", "C=2"], "accuracy")
    (bars,), (dots,) = layers(chart, "rule"), layers(chart, "point")
    assert data(chart, bars)[0] == {"inner": 0.9, "outer": 0.7, "row": first}
    assert len(data(chart, dots)) == 4
    assert dots["encoding"]["shape"]["scale"]["domain"] == [
        "promised by the search",
        "given by new rows",
    ]


def test_rungs_stand_at_their_rows_and_the_winner_is_marked(table, layers):
    chart = charts.rungs(table.assign(mean=[0.95, 0.8, 0.7]), ["a", "b", "c"], "accuracy")
    lines, won = layers(chart, "line")
    assert lines["encoding"]["x"]["axis"]["values"] == [20, 60]
    assert won["transform"] == [{"filter": "(datum.candidate === 'C=1')"}]


def test_every_chart_says_what_it_shows(table):
    gaps = pd.DataFrame({"repeat": [0], "fold": [0], "inner": [0.9], "outer": [0.7]})
    labels = list(table.candidate)
    assert "3 candidates" in charts.candidate_folds(table, labels, "R²").description
    assert "R²" in charts.promises(gaps, ["C=1"], "R²").description
    assert "R²" in charts.rungs(table, labels, "R²").description
