"""For the tests and for README, whose examples are tests too."""

import io
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


@pytest.fixture
def written_while_it_is_read(monkeypatch):
    """Another program writes to each table of the user's in the middle of its being read."""

    class Interrupted(io.FileIO):
        def read(self, size=-1):
            content = super().read(size)
            with open(self.name, "ab") as other:
                other.write(b"5,6\n")
            return content

    monkeypatch.setattr("bakeoff.datasets._table.content.open", Interrupted, raising=False)
