"""For the tests and for README, whose examples are tests too."""

import sys

import pytest


def pytest_collection_modifyitems(items):
    """A marker cannot stand in README itself."""
    for item in items:
        if item.path.name == "README.md":
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A store of its own for each test; the user's stays out of it."""
    folder = tmp_path / "bakeoff-home"
    monkeypatch.setenv("BAKEOFF_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def main_module(monkeypatch):
    """A page that a test draws leaves itself behind as the main module, which new processes run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
