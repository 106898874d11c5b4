"""What is exported is what `docs/api.md` lists, and whoever calls it finds an example."""

import inspect
import re
import tomllib
from pathlib import Path

import pytest

import bakeoff.datasets
import bakeoff.estimators
import bakeoff.experiments
import bakeoff.recording

PACKAGES = [bakeoff.estimators, bakeoff.datasets, bakeoff.experiments, bakeoff.recording]
NAMES = [
    pytest.param(getattr(package, name), id=f"{package.__name__}.{name}")
    for package in PACKAGES
    for name in package.__all__
]
# What one is given and does not call: the examples are with what gives it.
GIVEN = {
    *("CATALOGUE", "Column", "Entry", "Evaluation", "Recording", "Run", "Spec", "Table"),
    *("Question", "TableFile"),
    *("CostlyError", "RunStoppedError", "StoreError", "WorkerDiedError"),
}


def listed(package) -> dict[str, str]:
    """Name -> its line in `docs/api.md`, in the order there."""
    text = (Path(__file__).parents[1] / "docs" / "api.md").read_text()
    (section,) = re.findall(rf"^## {package.__name__}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return dict(re.findall(r"^- `(\w+)`: (.*)$", section, re.M))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_list_of_names_is_what_is_exported(package):
    names = list(listed(package))
    assert names == package.__all__ == sorted(package.__all__), "docs/api.md, __all__, both sorted"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_list_says_what_the_docstrings_say_first(package):
    for name, line in listed(package).items():
        if name != "CATALOGUE":  # a mapping, whose docstring is that of all mappings
            first, *_ = inspect.getdoc(getattr(package, name)).split("\n\n")
            assert line == " ".join(first.split()), name


@pytest.mark.parametrize("exported", NAMES)
def test_what_one_calls_has_an_example(exported):
    name = getattr(exported, "__name__", "CATALOGUE")
    has_example = "Examples\n--------" in inspect.getdoc(exported)
    assert has_example or name in GIVEN


def test_every_package_tells_type_checkers_that_it_is_typed():
    root = Path(__file__).parents[1]
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["setuptools"]
    for package, folder in settings["package-dir"].items():
        assert (root / folder / "py.typed").is_file(), package
        assert "py.typed" in settings["package-data"][package], package
