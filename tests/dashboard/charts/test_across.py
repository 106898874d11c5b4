import pandas as pd

from bakeoff.dashboard import charts


def test_a_row_a_contender_in_the_colour_of_its_run():
    scores = pd.DataFrame(
        {
            "contender": ["MLP · a", 'SVM "x" · b'] * 2,
            "label": ["MLP", 'SVM "x"'] * 2,
            "run": ["a", "b"] * 2,
            "repeat": 0,
            "fold": [0, 0, 1, 1],
            "score": [0.8, 0.9, 0.7, None],
        }
    )
    drawn = charts.contenders(scores, ["MLP · a", 'SVM "x" · b']).to_dict()
    (rows,) = drawn["datasets"].values()
    assert [row["score"] for row in rows] == [0.8, 0.9, 0.7]
    dots = drawn["layer"][2]["encoding"]
    assert dots["color"]["field"] == dots["shape"]["field"] == "run"
    assert dots["y"]["scale"]["domain"] == ["MLP · a", 'SVM "x" · b']
    assert r"SVM \"x\"" in dots["y"]["axis"]["labelExpr"]
    assert drawn["description"].startswith("Scores of MLP · a, SVM")
