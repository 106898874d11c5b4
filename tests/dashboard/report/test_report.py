"""Every kind of experiment has its report."""

from bakeoff.dashboard.report import REPORTS
from bakeoff.experiments.specs.spec import kinds


def test_every_kind_has_a_report():
    assert set(REPORTS) == set(kinds().values())
