import math

import numpy as np
import pytest
from scipy import stats

from bakeoff.experiments.statistics.estimate import Estimate


def test_of_infinitely_many_degrees_of_freedom_it_is_normal():
    found = Estimate(0.3, 0.1, df=math.inf)
    np.testing.assert_allclose(found.interval()[1:], [0.3 - 0.1959964, 0.3 + 0.1959964], rtol=1e-6)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(3))


@pytest.mark.parametrize("df", [4, 20, math.inf])
def test_the_p_value_is_where_the_interval_touches_zero(df):
    found = Estimate(-0.02, 0.015, df)
    assert found.interval(1 - found.p_value).high == pytest.approx(0, abs=1e-12)


def test_turned_round_all_of_it_turns():
    found = Estimate(0.02, 0.015, 4)
    low, high = found.interval()[1:]
    assert found.reversed().interval() == pytest.approx((-0.02, -high, -low))
    assert found.reversed().p_value == found.p_value
    np.testing.assert_allclose(found.reversed().posterior(0.01), found.posterior(0.01)[::-1])


def test_an_unknown_error_leaves_all_open():
    found = Estimate(0.02, math.nan, math.nan)
    assert math.isnan(found.p_value)
    assert not found.interval().excludes_zero
    assert np.isnan(found.posterior(0.01)).all()


@pytest.mark.parametrize(("mean", "p_value"), [(0.0, 1), (0.1, 0)])
def test_without_an_error_nothing_is_open(mean, p_value):
    assert Estimate(mean, 0.0, 20).p_value == p_value
