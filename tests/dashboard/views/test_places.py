"""Every kind of experiment has a page that shows its runs."""

from bakeoff.dashboard.views.shared import places
from bakeoff.experiments.specs.spec import kinds


def test_every_kind_has_a_page():
    assert sorted(places.PATHS) == list(kinds())
