"""The examples in docstrings run, and what is said twice is said alike."""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import bakeoff.dashboard
import bakeoff.datasets
import bakeoff.estimators
import bakeoff.experiments
import bakeoff.recording

PACKAGES = (
    bakeoff.estimators,
    bakeoff.datasets,
    bakeoff.recording,
    bakeoff.experiments,
    bakeoff.dashboard,
)
MODULES = sorted(
    name
    for package in PACKAGES
    for name in [
        package.__name__,
        *(m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")),
    ]
    # A page runs when it is imported; two folders are packages under another name and refuse this.
    if name != "bakeoff.dashboard.app"
    and not name.startswith(("bakeoff.dashboard.experiments", "bakeoff.dashboard.recording"))
)
ESTIMATORS = [getattr(bakeoff.estimators, name) for name in bakeoff.estimators.__all__]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=[pytest.mark.slow] * n.startswith("bakeoff.experiments"))
        for n in MODULES
    ],
)
def test_examples_run(name):
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.testmod(importlib.import_module(name), optionflags=flags)
    assert result.failed == 0


def described(estimator) -> dict[str, tuple[str, str]]:
    """Parameter name -> its default and its text, as the docstring has them."""
    text = inspect.getdoc(estimator)
    section = re.search(r"Parameters\n-+\n(.*?)\n\n\w+\n-+\n", text, re.S)[1]
    entries = re.findall(r"^(\w+) : .*?default=(.*)\n((?:    .*\n?)+)", section + "\n", re.M)
    return {name: (default, " ".join(body.split())) for name, default, body in entries}


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_every_parameter_is_described_in_order_with_its_default(estimator):
    parameters = inspect.signature(estimator).parameters
    documented = described(estimator)
    assert list(documented) == list(parameters)
    for name, parameter in parameters.items():
        assert eval(documented[name][0]) == parameter.default, name


@pytest.mark.parametrize(
    "family",
    [n.removesuffix("Regressor") for n in bakeoff.estimators.__all__ if n.endswith("Regressor")],
)
def test_classifier_and_regressor_describe_a_parameter_alike(family):
    one, other = (
        described(getattr(bakeoff.estimators, family + task))
        for task in ("Classifier", "Regressor")
    )
    # Stratification is for classes, and the targets of the two tasks were tuned apart.
    shared = (one.keys() & other.keys()) - {"validation_fraction", "weight_decay"}
    assert shared
    for name in shared:
        if one[name][0] == other[name][0]:
            assert one[name][1] == other[name][1], name
