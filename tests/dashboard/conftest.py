"""Who reads."""

import pytest

from bakeoff.dashboard import language


@pytest.fixture
def korean_reader():
    """Somebody who reads Korean."""
    language.follow(lambda: "ko")
    yield
    language.follow(lambda: "en")
