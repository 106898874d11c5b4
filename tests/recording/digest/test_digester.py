"""Equal content has an equal digest, in any process; whatever changes a result changes it."""

import functools
import re
import subprocess
import sys
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import torch
from sklearn.base import clone
from sklearn.metrics import get_scorer, make_scorer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC
from skorch.callbacks import EpochTimer

from bakeoff.estimators import MLPClassifier
from bakeoff.recording.digest import Digester

X = np.random.default_rng(0).normal(size=(60, 3))


def digest(*values):
    return Digester().digest(*values)


def mine(power):
    """Two functions of one name; their code is all that tells them apart."""
    if power == 2:
        return lambda y, p: np.mean((y - p) ** 2)
    return lambda y, p: np.mean((y - p) ** 3)


def closure(offset):
    def score(y, p):
        return offset

    return score


EQUAL = {
    "estimators": lambda: make_pipeline(StandardScaler(), SVC(C=3)),
    "nets": lambda: MLPClassifier(hidden_layer_sizes=(8,)),
    "arrays": lambda: X.copy(),
    "transposed": lambda: X.copy().T,
    "views": lambda: X[::2].copy(),
    "objects": lambda: np.array(["a", None, 2.5], dtype=object),
    "frames": lambda: pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u"] * 2)}),
    "sparse": lambda: sp.csr_matrix(X),
    "sets": lambda: {"one", "two", ("three", 3)},
    "lambdas": lambda: mine(2),
    "scorers": lambda: make_scorer(mine(2)),
    "named scorers": lambda: get_scorer("f1_macro"),
    "ufuncs": lambda: FunctionTransformer(np.log1p),
    "partials": lambda: functools.partial(closure(1), y=2),
    "random states": lambda: np.random.RandomState(3),
    "generators": lambda: np.random.default_rng(3),
    "patterns": lambda: re.compile("a+"),
    "string columns": lambda: pd.DataFrame({"a": ["x", None]}, index=pd.Index([3, 4], name="n")),
    "tensors": lambda: torch.arange(500.0),
    "fitted": lambda: SVC().fit(X, X[:, 0] > 0),
    "fitted nets": lambda: MLPClassifier((4,), max_iter=2, random_state=0).fit(X, X[:, 0] > 0),
}  # fmt: skip


@pytest.mark.parametrize("what", EQUAL)
def test_equal_content_is_equal(what):
    assert digest(EQUAL[what]()) == digest(EQUAL[what]())


def test_a_clone_is_equal():
    model = make_pipeline(StandardScaler(), MLPClassifier())
    assert digest(clone(model)) == digest(model)


class Wrapper:
    """Looks like a fitted skorch net, and is none."""

    def __init__(self, other):
        self.module_, self.other_ = torch.nn.Linear(1, 1), other
        with torch.no_grad():
            self.module_.weight.zero_()
            self.module_.bias.zero_()


class OwnArray(np.ndarray):
    pass


class OwnFrame(pd.DataFrame):
    _metadata: ClassVar = ["kept"]


def own_array(kept):
    array = np.zeros(2).view(OwnArray)
    array.kept = kept
    return array


def own_frame(kept):
    frame = OwnFrame({"a": [1]})
    frame.kept = kept
    return frame


def noted(frame, note):
    frame.attrs["note"] = note
    return frame


DAYS = pd.date_range("2026-01-01", periods=3)
DIFFERENT = {
    "a parameter": (SVC(C=1.0), SVC(C=1.5)),
    "a class": (SVC(), MLPClassifier()),
    "int and float": (1, 1.0),
    "int and bool": (1, True),
    "text and bytes": ("a", b"a"),
    "nesting": ([1, [2]], [[1], 2]),
    "where one ends": (["ab", "c"], ["a", "bc"]),
    "list and tuple": ([1], (1,)),
    "the order of keys": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "a parameter called callbacks": (MLPClassifier(), MLPClassifier(callbacks=[EpochTimer()])),
    "a key called dur": ({"dur": 1}, {"dur": 2}),
    "the order of categories": (
        pd.Series(pd.Categorical(["a", "b"])),
        pd.Series(pd.Categorical(["a", "b"], categories=["b", "a"], ordered=True)),
    ),
    "types in an object column": (pd.Series([1, "x"], dtype=object), pd.Series(["1", "x"])),
    "strings": (pd.Series(["a", "b"]), pd.Series(["a", "c"])),
    "index": (pd.Series([1, 2], index=[0, 1]), pd.Series([1, 2], index=[0, 2])),
    "index name": (pd.Index([1], name="a"), pd.Index([1], name="b")),
    "field names": (np.zeros(3, dtype=[("a", int)]), np.zeros(3, dtype=[("b", int)])),
    "masks": (np.ma.array([1, 2], mask=[0, 1]), np.ma.array([1, 2], mask=[0, 0])),
    "what is below a mask": (np.ma.array([1, 2], mask=[1, 0]), np.ma.array([3, 2], mask=[1, 0])),
    "what fills a mask": (np.ma.array([1], fill_value=1), np.ma.array([1], fill_value=2)),
    "kinds of arrays": (np.eye(2), np.eye(2).view(np.matrix)),
    "what an array of one's own keeps": (own_array(1), own_array(2)),
    "what is noted in a frame": (noted(pd.DataFrame(), 1), noted(pd.DataFrame(), 2)),
    "what is noted in a series": (noted(pd.Series([1]), 1), noted(pd.Series([1]), 2)),
    "what a frame of one's own keeps": (own_frame(1), own_frame(2)),
    "the steps of dates": (DAYS, pd.DatetimeIndex(DAYS, freq=None)),
    "the kind of categories": (
        pd.Series(pd.Categorical([1])),
        pd.Series(pd.Categorical([1], categories=pd.Index([1], dtype="int8"))),
    ),
    "frozen weights": (torch.ones(2, requires_grad=True), torch.ones(2)),
    "numbers that NumPy has not": (torch.ones(2).bfloat16(), torch.zeros(2).bfloat16()),
    "sparse tensors": (torch.eye(2).to_sparse(), torch.zeros(2, 2).to_sparse()),
    "patterns": (re.compile("a"), re.compile("b")),
    "attributes beside weights": (Wrapper(1), Wrapper(2)),
    "one number": (X, np.where(np.arange(180).reshape(60, 3) == 100, 0.0, X)),
    "dtype": (np.zeros(100), np.zeros(100, dtype=np.int64)),
    "shape": (np.zeros((20, 10)), np.zeros((10, 20))),
    "order of memory": (np.arange(600.0).reshape(20, 30), np.arange(600.0).reshape(30, 20).T),
    "column names": (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
    "values of a frame": (pd.DataFrame({"a": ["x"]}), pd.DataFrame({"a": ["y"]})),
    "sparse values": (sp.csr_matrix(X), sp.csr_matrix(X + 1)),
    "code": (mine(2), mine(3)),
    "what code closes over": (closure(1), closure(2)),
    "how arguments are taken": (lambda y, p: p, lambda y, *p: p),
    "a base of another package's": (
        type("Mine", (SVC,), {"__module__": "__main__"}),
        type("Mine", (MLPClassifier,), {"__module__": "__main__"}),
    ),
    "seeds": (np.random.RandomState(1), np.random.RandomState(2)),
    "weights": (
        MLPClassifier((4,), max_iter=1, random_state=0).fit(X, X[:, 0] > 0),
        MLPClassifier((4,), max_iter=1, random_state=1).fit(X, X[:, 0] > 0),
    ),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_different_content_is_different(what):
    one, other = DIFFERENT[what]
    assert digest(one) != digest(other)


def test_one_changed_row_of_a_view_is_seen():
    base = np.zeros((1000, 4))
    before = digest(base[::2])
    base[500, 1] = 1
    assert digest(base[::2]) != before


def test_what_a_sparse_matrix_has_found_out_of_itself_is_not_content():
    matrix = sp.csr_matrix(X)
    before = digest(matrix)
    assert matrix.has_canonical_format
    assert digest(matrix) == before


def test_shared_random_numbers_that_nobody_has_seeded_are_not_content():
    shared = np.random.mtrand._rand
    before = digest([shared])
    shared.normal()
    assert digest([shared]) == before


def test_cycles_end():
    loop = [1]
    loop.append(loop)
    assert digest(loop) == digest(loop)


def test_arrays_are_forgotten_on_request():
    digester, values = Digester(), np.zeros(1000)
    before = digester.digest(values)
    values[0] = 1
    assert digester.digest(values) == before  # it is read once
    digester.clear()
    assert digester.digest(values) != before


def test_what_cannot_be_taken_apart_raises():
    with open(__file__) as stream, pytest.raises(TypeError):
        digest(stream)


SCRIPT = """
import functools
import numpy as np
import helpers
from sklearn.metrics import make_scorer
from sklearn.svm import SVC
from bakeoff.recording.digest import Digester
from bakeoff.estimators import MLPClassifier

FACTOR = {factor}
CHOICES = {{"p", "q", {choice!r}}}
PART = functools.partial(max, {part})

class Config:
    def __init__(self, value):
        self.value = value

CONFIG = Config({config})

@functools.cache
def helper(value):
    return value * FACTOR if value in {{"a", "b", "c", "d"}} else {constant}

def score(y, p):
    return helper((y == p).mean()) + len(CHOICES) + PART(1) + CONFIG.value + helpers.score(y)

class Mine(SVC):
    OPTIONS = frozenset(["x", "y", "z"])
    @property
    def size(self):
        return {size}
    def fit(self, X, y):
        return super().fit(X + {constant}, y)

print(Digester().digest(Mine(), make_scorer(score), MLPClassifier(), {{"p", "q", "r"}}))
"""
USUAL = {"factor": 1, "constant": 2, "choice": "r", "part": 3, "config": 4, "size": 5}


def run(tmp_path, seed, helpers="def score(y): return 1", **changes):
    (tmp_path / "helpers.py").write_text(helpers)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(**{**USUAL, **changes}))
    # Written without a cache, whose age is in whole seconds.
    environment = {"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, script], env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.slow
def test_another_process_agrees_until_the_script_s_own_code_changes(tmp_path):
    before = run(tmp_path, "1")
    assert run(tmp_path, "2") == before
    for name, value in USUAL.items():
        assert run(tmp_path, "1", **{name: "s" if name == "choice" else value + 1}) != before, name
    assert run(tmp_path, "1", helpers="def score(y): return 2") != before


def test_a_module_without_a_file_is_content_by_its_name():
    import math
    import sys as system

    assert digest(closure(system)) == digest(closure(system))
    assert digest(closure(system)) != digest(closure(math))


DOCUMENTED = """
def make():
    {a}
    def score(y, p):
        {b}
        class Inner:
            {c}
            factor = {factor}
            def twice(self):
                {d}
                return None if p is None else 2 * self.factor
        try:
            return Inner().twice()
        except ValueError:
            return {constant}
    return score

class Mine:
    {a}
    def fit(self):
        {b}
        return {constant}

made = make()
"""
TEXTS = {"a": "'A text.'", "b": "'Another.'", "c": "'A third.'", "d": "'A fourth.'"}
CODE = {"factor": 3, "constant": 4}


def written(**changes):
    """Digests of a function with others inside, and of a class, of a script's own."""
    names: dict = {"__name__": "__main__"}
    exec(DOCUMENTED.format(**{**TEXTS, **CODE, **changes}), names)
    return digest(names["make"]), digest(names["made"]), digest(names["Mine"])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("changed", ["'A text that was edited.'", "# none"])
def test_a_docstring_is_not_content(text, changed):
    assert written(**{text: changed}) == written()


def test_code_beside_a_docstring_is_content():
    make, made, mine = written()
    factor, constant = written(factor=5), written(constant=6)
    assert make != factor[0] != constant[0] != make
    assert made != factor[1] != constant[1] != made
    assert mine == factor[2] != constant[2]
