"""Pages on runs that are in the store."""

import pytest

from bakeoff.experiments import run
from bakeoff.recording import Store


@pytest.fixture
def report(page):
    """Open the page on a run of a spec, or on one that was stopped after some evaluations."""

    def draw(spec, data=None, stop_after=None):
        for done, _ in enumerate(run(spec, data), 1):
            if done == stop_after:
                break
        with Store() as store:
            (found, *_) = store.runs()
        page.query_params["run"] = found.id
        page.run()
        assert not page.exception
        return page

    return draw
