import pandas as pd
import pytest

from bakeoff.dashboard import charts


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
