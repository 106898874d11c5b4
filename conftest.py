"""For the tests and for README, whose examples are tests too."""

import sys

import pytest


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
