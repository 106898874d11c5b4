"""skorch's loop is what it was when ours was written after it."""

import ast
import hashlib
import inspect
import textwrap

import pytest
import skorch
from skorch import NeuralNet

pytestmark = pytest.mark.privates

# What each does, without comments, docstring and layout.
KNOWN = {
    "run_single_epoch": "9b7c8f84aaa2f64c",
    "train_step_single": "46573c6931c68b8e",
}


def digest(function):
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    if ast.get_docstring(definition) is not None:
        definition.body = definition.body[1:]
    return hashlib.sha256(ast.unparse(definition).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", KNOWN)
def test_skorch_trains_as_it_did(name):
    found = digest(getattr(NeuralNet, name))
    assert found == KNOWN[name], (
        f"NeuralNet.{name} of skorch {skorch.__version__} is another one: read it, and see whether "
        "train_epoch in estimators/_training/epoch.py, the ways in steps.py and run_single_epoch "
        f"in net.py still do what it does; then note {found!r} here"
    )


def test_comments_and_documentation_do_not_matter():
    def one():
        """Some text."""
        return 1  # a comment

    plain = digest(one)

    def one():
        return 1

    assert digest(one) == plain
