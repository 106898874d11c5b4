"""The digest of a user's function changes when anything it reaches gives another result.

Each case is a small project of files with a function ``work`` in ``script.py``. One text in it is
replaced, and the project is imported anew: whether ``work`` gives another result then is asked of
``work`` itself, and the digest has to say the same.
"""

import importlib
import linecache
import sys

import numpy as np
import pytest
from sklearn.base import BaseEstimator

from bakeoff.recording.digest import Digester, UnknowableError


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Import a project of files; return what `work` gives, and the digest of it."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.chdir(tmp_path)

    def load(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        forget()
        script = importlib.import_module("script")
        found = Digester().digest(script.work)
        return script.work(), found

    yield load
    forget()


def forget():
    for name in list(sys.modules):
        if name.partition(".")[0] in ("script", "prep", "pack", "one", "two"):
            del sys.modules[name]
    importlib.invalidate_caches()
    linecache.clearcache()


# Name: the files, and the one text in them that is replaced: (file, old, new).
CHANGED = {
    "a constant of the module": (
        {"script.py": "N = 1\ndef work(): return N"},
        ("script.py", "N = 1", "N = 2"),
    ),
    "what argparse made": (
        {"script.py": "import argparse\nargs = argparse.Namespace(n=1)\n"
                      "def work(): return args.n"},
        ("script.py", "n=1", "n=2"),
    ),
    "a simple namespace": (
        {"script.py": "from types import SimpleNamespace as S\nargs = S(n=[1])\n"
                      "def work(): return args.n"},
        ("script.py", "[1]", "[2]"),
    ),
    "a compiled pattern": (
        {"script.py": "import re\nP = re.compile('a+')\ndef work(): return P.sub('x', 'aab')"},
        ("script.py", "'a+'", "'b+'"),
    ),
    "a fitted transformer": (
        {"script.py": "from sklearn.preprocessing import StandardScaler\n"
                      "S = StandardScaler().fit([[0.0], [2.0]])\n"
                      "def work(): return S.transform([[1.0]])[0, 0]"},
        ("script.py", "[2.0]", "[4.0]"),
    ),
    "an ordered dictionary": (
        {"script.py": "from collections import OrderedDict\nD = OrderedDict(a=1)\n"
                      "def work(): return D['a']"},
        ("script.py", "a=1", "a=2"),
    ),
    "a default dictionary": (
        {"script.py": "from collections import defaultdict\nD = defaultdict(lambda: 1)\n"
                      "def work(): return D['a']"},
        ("script.py", "lambda: 1", "lambda: 2"),
    ),
    "a deque": (
        {"script.py": "from collections import deque\nD = deque([1, 2])\ndef work(): return D[0]"},
        ("script.py", "[1, 2]", "[2, 2]"),
    ),
    "a decimal": (
        {"script.py": "from decimal import Decimal\nD = Decimal('1.5')\n"
                      "def work(): return float(D)"},
        ("script.py", "1.5", "2.5"),
    ),
    "a path": (
        {"script.py": "from pathlib import Path\nP = Path('a') / 'b'\ndef work(): return P.name"},
        ("script.py", "'b'", "'c'"),
    ),
    "a date": (
        {"script.py": "from datetime import date\nD = date(2026, 1, 1)\ndef work(): return D.day"},
        ("script.py", "1, 1)", "1, 2)"),
    ),
    "an enumeration": (
        {"script.py": "from enum import Enum\nclass E(Enum):\n    A = 1\n"
                      "def work(): return E.A.value"},
        ("script.py", "A = 1", "A = 2"),
    ),
    "a member of an enumeration": (
        {"script.py": "from enum import Enum\nclass E(Enum):\n    A = 1\n    B = 2\nE0 = E.A\n"
                      "def work(): return E0.value"},
        ("script.py", "E0 = E.A", "E0 = E.B"),
    ),
    "an object of a dataclass": (
        {"script.py": "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass C:\n"
                      "    n: int = 1\nc = C()\ndef work(): return c.n"},
        ("script.py", "n: int = 1", "n: int = 2"),
    ),
    "the method of an object": (
        {"script.py": "class C:\n    def go(self): return 1\nc = C()\ndef work(): return c.go()"},
        ("script.py", "return 1", "return 2"),
    ),
    "an object with slots": (
        {"script.py": "class C:\n    __slots__ = ('n',)\nc = C()\nc.n = 1\n"
                      "def work(): return c.n"},
        ("script.py", "c.n = 1", "c.n = 2"),
    ),
    "a named tuple": (
        {"script.py": "from collections import namedtuple\nT = namedtuple('T', 'n')\nt = T(1)\n"
                      "def work(): return t.n"},
        ("script.py", "T(1)", "T(2)"),
    ),
    "the function that another one calls": (
        {"script.py": "def inner(): return 1\ndef work(): return inner()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a function of another module": (
        {"script.py": "from prep import inner\ndef work(): return inner()",
         "prep.py": "def inner(): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "a function by the name of its module": (
        {"script.py": "import prep\ndef work(): return prep.inner()",
         "prep.py": "def inner(): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "a function in a sub-module": (
        {"script.py": "import pack.steps\ndef work(): return pack.steps.inner()",
         "pack/__init__.py": "", "pack/steps.py": "def inner(): return 1"},
        ("pack/steps.py", "return 1", "return 2"),
    ),
    "a sub-module without an __init__": (
        {"script.py": "import pack.steps\ndef work(): return pack.steps.inner()",
         "pack/steps.py": "def inner(): return 1"},
        ("pack/steps.py", "return 1", "return 2"),
    ),
    "a sub-module by another name": (
        {"script.py": "import pack.steps as s\ndef work(): return s.inner()",
         "pack/__init__.py": "", "pack/steps.py": "def inner(): return 1"},
        ("pack/steps.py", "return 1", "return 2"),
    ),
    "an import of everything": (
        {"script.py": "from prep import *\ndef work(): return inner()",
         "prep.py": "def inner(): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "two modules away": (
        {"script.py": "import one\ndef work(): return one.inner()",
         "one.py": "from two import deep\ndef inner(): return deep()",
         "two.py": "N = 1\ndef deep(): return N"},
        ("two.py", "N = 1", "N = 2"),
    ),
    "a constant of a module two away": (
        {"script.py": "import one\ndef work(): return one.two.N", "one.py": "import two",
         "two.py": "N = 1"},
        ("two.py", "N = 1", "N = 2"),
    ),
    "a relative import": (
        {"script.py": "from pack import inner\ndef work(): return inner()",
         "pack/__init__.py": "from .steps import inner",
         "pack/steps.py": "from . import deep\ndef inner(): return deep.N",
         "pack/deep.py": "N = 1"},
        ("pack/deep.py", "N = 1", "N = 2"),
    ),
    "an import in the function": (
        {"script.py": "def work():\n    from prep import inner\n    return inner()",
         "prep.py": "def inner(): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "an import of a module in the function": (
        {"script.py": "def work():\n    import prep\n    return prep.inner()",
         "prep.py": "def inner(): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "an import of a sub-module in the function": (
        {"script.py": "def work():\n    import pack.steps\n    return pack.steps.inner()",
         "pack/__init__.py": "", "pack/steps.py": "def inner(): return 1"},
        ("pack/steps.py", "return 1", "return 2"),
    ),
    "an import of a sub-module by another name in the function": (
        {"script.py": "def work():\n    import pack.steps as s\n    return s.inner()",
         "pack/__init__.py": "", "pack/steps.py": "def inner(): return 1"},
        ("pack/steps.py", "return 1", "return 2"),
    ),
    "a relative import in the function": (
        {"script.py": "from pack.steps import work", "pack/__init__.py": "",
         "pack/steps.py": "def work():\n    from .deep import N\n    return N",
         "pack/deep.py": "N = 1"},
        ("pack/deep.py", "N = 1", "N = 2"),
    ),
    "an import in a function inside": (
        {"script.py": "def work():\n    def inside():\n        import prep\n"
                      "        return prep.N\n    return inside()", "prep.py": "N = 1"},
        ("prep.py", "N = 1", "N = 2"),
    ),
    "an import that is used in a function inside": (
        {"script.py": "def work():\n    import prep\n    return [prep.N for _ in range(2)][0]",
         "prep.py": "N = 1"},
        ("prep.py", "N = 1", "N = 2"),
    ),
    "a module by importlib": (
        {"script.py": "import importlib\ndef work(): return importlib.import_module('prep').N",
         "prep.py": "N = 1"},
        ("prep.py", "N = 1", "N = 2"),
    ),
    "a default": (
        {"script.py": "def work(n=1): return n"}, ("script.py", "n=1", "n=2"),
    ),
    "a default by keyword": (
        {"script.py": "def work(*, n=1): return n"}, ("script.py", "n=1", "n=2"),
    ),
    "what it closes over": (
        {"script.py": "def make(n):\n    def work(): return n\n    return work\nwork = make(1)"},
        ("script.py", "make(1)", "make(2)"),
    ),
    "a function it closes over": (
        {"script.py": "def make():\n    def inner(): return 1\n    def work(): return inner()\n"
                      "    return work\nwork = make()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a decorator": (
        {"script.py": "import functools\ndef twice(f):\n    @functools.wraps(f)\n"
                      "    def g(): return 2 * f()\n    return g\n@twice\ndef work(): return 1"},
        ("script.py", "2 * f", "3 * f"),
    ),
    "what is decorated": (
        {"script.py": "import functools\ndef twice(f):\n    @functools.wraps(f)\n"
                      "    def g(): return 2 * f()\n    return g\n@twice\ndef work(): return 1"},
        ("script.py", "return 1", "return 2"),
    ),
    "a cached function": (
        {"script.py": "import functools\n@functools.lru_cache\ndef inner(): return 1\n"
                      "def work(): return inner()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a partial": (
        {"script.py": "from functools import partial\ndef add(a, b): return a + b\n"
                      "inner = partial(add, 1)\ndef work(): return inner(1)"},
        ("script.py", "add, 1", "add, 2"),
    ),
    "what a partial calls": (
        {"script.py": "from functools import partial\ndef add(a, b): return a + b\n"
                      "inner = partial(add, 1)\ndef work(): return inner(2)"},
        ("script.py", "a + b", "a * b"),
    ),
    "a single dispatch": (
        {"script.py": "from functools import singledispatch\n@singledispatch\n"
                      "def inner(x): return 0\n@inner.register\ndef _(x: int): return 1\n"
                      "def work(): return inner(5)"},
        ("script.py", "return 1", "return 2"),
    ),
    "a property": (
        {"script.py": "class C:\n    @property\n    def n(self): return 1\n"
                      "def work(): return C().n"},
        ("script.py", "return 1", "return 2"),
    ),
    "a cached property": (
        {"script.py": "from functools import cached_property\nclass C:\n    @cached_property\n"
                      "    def n(self): return 1\ndef work(): return C().n"},
        ("script.py", "return 1", "return 2"),
    ),
    "a method of a class": (
        {"script.py": "class C:\n    @classmethod\n    def n(cls): return 1\n"
                      "def work(): return C.n()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a static method": (
        {"script.py": "class C:\n    @staticmethod\n    def n(): return 1\n"
                      "def work(): return C.n()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a descriptor": (
        {"script.py": "class D:\n    def __get__(self, one, kind): return 1\n"
                      "class C:\n    n = D()\ndef work(): return C().n"},
        ("script.py", "return 1", "return 2"),
    ),
    "a class above": (
        {"script.py": "from prep import Base\nclass C(Base): pass\ndef work(): return C().go()",
         "prep.py": "class Base:\n    def go(self): return 1"},
        ("prep.py", "return 1", "return 2"),
    ),
    "a metaclass": (
        {"script.py": "class M(type):\n    def go(cls): return 1\nclass C(metaclass=M): pass\n"
                      "def work(): return C.go()"},
        ("script.py", "return 1", "return 2"),
    ),
    "an attribute of a class that is set later": (
        {"script.py": "class C: pass\nC.n = 1\ndef work(): return C.n"},
        ("script.py", "C.n = 1", "C.n = 2"),
    ),
    "an attribute of a function": (
        {"script.py": "def inner(): return inner.n\ninner.n = 1\ndef work(): return inner()"},
        ("script.py", "inner.n = 1", "inner.n = 2"),
    ),
    "a lambda in a dictionary": (
        {"script.py": "D = {'a': lambda: 1}\ndef work(): return D['a']()"},
        ("script.py", "lambda: 1", "lambda: 2"),
    ),
    "a list of functions": (
        {"script.py": "def a(): return 1\nSTEPS = [a]\ndef work(): return STEPS[0]()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a function beside one of a package": (
        {"script.py": "import colorsys\nold = colorsys.rgb_to_yiq\n"
                      "def work():\n    return inner()\ndef inner(): return 1"},
        ("script.py", "return 1", "return 2"),
    ),
    "an array": (
        {"script.py": "import numpy as np\nA = np.arange(3)\ndef work(): return int(A[1])"},
        ("script.py", "arange(3)", "arange(3) * 2"),
    ),
    "a frame": (
        {"script.py": "import pandas as pd\nF = pd.DataFrame({'a': [1]})\n"
                      "def work(): return int(F.a[0])"},
        ("script.py", "[1]", "[2]"),
    ),
    "a sparse matrix": (
        {"script.py": "import scipy.sparse as sp\nF = sp.csr_matrix([[1]])\n"
                      "def work(): return int(F[0, 0])"},
        ("script.py", "[[1]]", "[[2]]"),
    ),
    "a generator of random numbers": (
        {"script.py": "import numpy as np\nR = np.random.RandomState(0)\n"
                      "def work(): return int(R.randint(10**6))"},
        ("script.py", "(0)", "(1)"),
    ),
    "a file": (
        {"script.py": "def work():\n    with open('n.txt') as s: return int(s.read())",
         "n.txt": "1"},
        ("n.txt", "1", "2"),
    ),
    "a file in a with": (
        {"script.py": "import json\nNAME = 'n.json'\ndef work():\n    with open(NAME) as s:\n"
                      "        return json.load(s)", "n.json": "1"},
        ("n.json", "1", "2"),
    ),
    "a file by its path": (
        {"script.py": "from pathlib import Path\nP = Path('n.txt')\n"
                      "def work(): return int(P.read_text())", "n.txt": "1"},
        ("n.txt", "1", "2"),
    ),
    "a file opened by its path": (
        {"script.py": "from pathlib import Path\nP = Path('n.txt')\n"
                      "def work():\n    with P.open() as s: return int(s.read())", "n.txt": "1"},
        ("n.txt", "1", "2"),
    ),
    "a file by a path made on the spot": (
        {"script.py": "from pathlib import Path\ndef work(): return Path('n.txt').read_text()",
         "n.txt": "1"},
        ("n.txt", "1", "2"),
    ),
    "a table": (
        {"script.py": "import pandas as pd\ndef work(): return int(pd.read_csv('n.csv').a[0])",
         "n.csv": "a\n1\n"},
        ("n.csv", "1", "2"),
    ),
    "an array in a file": (
        {"script.py": "import numpy as np\ndef work(): return float(np.loadtxt('n.txt'))",
         "n.txt": "1"},
        ("n.txt", "1", "2"),
    ),
    "a function in a cycle": (
        {"script.py": "def even(n): return n == 0 or odd(n - 1)\n"
                      "def odd(n): return n != 0 and even(n - 1)\ndef work(): return even(4)"},
        ("script.py", "n != 0 and", "n == 9 and"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_another_result_has_another_digest(project, case):
    files, (name, old, new) = CHANGED[case]
    assert old in files[name]
    before = project(files)
    after = project({**files, name: files[name].replace(old, new)})
    assert after[0] != before[0], "the case changes nothing"
    assert after[1] != before[1]


UNCHANGED = {
    "nothing": ({"script.py": "def work(): return 1"}, ("script.py", "", "")),
    "a comment": (
        {"script.py": "# one\ndef work(): return 1  # two"}, ("script.py", "two", "three"),
    ),
    "a docstring": (
        {"script.py": "def work():\n    'one'\n    return 1"}, ("script.py", "one", "two"),
    ),
    "lines above": ({"script.py": "def work(): return 1"}, ("script.py", "def", "\n\ndef")),
    "another function": (
        {"script.py": "def other(): return 1\ndef work(): return 0"},
        ("script.py", "return 1", "return 2"),
    ),
    "another constant": (
        {"script.py": "N = 1\nM = 1\ndef work(): return M"}, ("script.py", "N = 1", "N = 2"),
    ),
    "what is not used of a module": (
        {"script.py": "import prep\ndef work(): return prep.inner()",
         "prep.py": "N = 1\ndef inner(): return 1"},
        ("prep.py", "N = 1", "N = 2"),
    ),
    "what is not used of a package": (
        {"script.py": "import pack.steps\ndef work(): return pack.steps.inner()",
         "pack/__init__.py": "N = 1", "pack/steps.py": "def inner(): return 1"},
        ("pack/__init__.py", "N = 1", "N = 2"),
    ),
    "an annotation": (
        {"script.py": "def work(n: int = 1): return n"}, ("script.py", "int", "float"),
    ),
    "a file that is not read": (
        {"script.py": "def work(): return 1", "n.txt": "1"}, ("n.txt", "1", "2"),
    ),
    "a module that is not imported": (
        {"script.py": "def work(): return 1", "prep.py": "N = 1"}, ("prep.py", "1", "2"),
    ),
    "a set of strings": (
        {"script.py": "S = {'a', 'b', 'c'}\ndef work(): return len(S)"}, ("script.py", "", ""),
    ),
    "a package's function": (
        {"script.py": "import numpy as np\ndef work(): return float(np.log1p(0))"},
        ("script.py", "", ""),
    ),
    "a module of a package": (
        {"script.py": "import numpy as np\nfrom sklearn import metrics\n"
                      "def work(): return float(metrics.accuracy_score([1], np.array([1])))"},
        ("script.py", "", ""),
    ),
    "an estimator of a package": (
        {"script.py": "from sklearn.svm import SVC\n"
                      "def work(): return SVC(C=2).fit([[0], [1]], [0, 1]).C"},
        ("script.py", "", ""),
    ),
    "a duration": (
        {"script.py": "import time\ndef work():\n    t = time.perf_counter()\n    return 1"},
        ("script.py", "", ""),
    ),
    "a logger": (
        {"script.py": "import logging\nlog = logging.getLogger('x')\n"
                      "def work():\n    log.info('a')\n    return 1"},
        ("script.py", "", ""),
    ),
    "a lock": (
        {"script.py": "import threading\nLOCK = threading.Lock()\ndef work():\n    with LOCK:\n"
                      "        return 1"},
        ("script.py", "", ""),
    ),
    "a stopwatch": (
        {"script.py": "import os, time\ndef work():\n    t = time.time()\n"
                      "    with open('log.txt', 'a') as s:\n"
                      "        s.write(f'{os.getpid()} {time.time() - t}')\n    return 1"},
        ("script.py", "", ""),
    ),
    "warnings": (
        {"script.py": "import warnings\ndef work():\n    warnings.simplefilter('ignore')\n"
                      "    return 1"},
        ("script.py", "", ""),
    ),
    "a generator with a seed": (
        {"script.py": "import numpy as np\n"
                      "def work(): return float(np.random.default_rng(0).normal())"},
        ("script.py", "", ""),
    ),
    "a cached property that was asked": (
        {"script.py": "import functools\n@functools.cache\ndef inner(): return 1\ninner()\n"
                      "def work(): return inner()"},
        ("script.py", "\ninner()\n", "\n"),
    ),
    "what is written to a path": (
        {"script.py": "from pathlib import Path\nP = Path('out.txt')\n"
                      "def work(): return P.write_text('a')", "out.txt": "1"},
        ("out.txt", "1", "2"),
    ),
    "what is written": (
        {"script.py": "def work():\n    with open('out.txt', 'w') as s:\n        s.write('a')\n"
                      "    return 1", "out.txt": "1"},
        ("out.txt", "1", "2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNCHANGED)
def test_the_same_result_keeps_its_digest(project, case):
    files, (name, old, new) = UNCHANGED[case]
    before = project(files)
    assert project({**files, name: files[name].replace(old, new)}) == before


def test_a_variable_of_the_environment_is_content(project, monkeypatch):
    for asked in ("os.environ['N_ROWS']", "os.environ.get('N_ROWS')", "os.getenv('N_ROWS')"):
        files = {"script.py": f"import os\ndef work(): return {asked}"}
        monkeypatch.setenv("N_ROWS", "1")
        before = project(files)
        monkeypatch.setenv("ANOTHER", "2")
        assert project(files) == before
        monkeypatch.setenv("N_ROWS", "2")
        assert project(files)[1] != before[1]


def test_the_seed_of_shared_random_numbers_is_content(project):
    files = {"script.py": "import numpy as np\ndef work(): return np.random.normal()"}

    def with_seed(seed):
        np.random.seed(seed)  # noqa: NPY002 (what is tested)
        return project(files)

    state = np.random.get_state()  # noqa: NPY002
    try:
        assert with_seed(1) == with_seed(1)
        assert with_seed(1)[1] != with_seed(2)[1]
    finally:
        np.random.set_state(state)  # noqa: NPY002


UNKNOWABLE = {
    "the hour": ("import time\ndef work(): return time.strftime('%H')", "the date"),
    "the date": ("import datetime as d\ndef work(): return d.date.today()", "the date"),
    "now": ("from datetime import datetime\ndef work(): return datetime.now()", "the date"),
    "shared random numbers": ("import random\ndef work(): return random.random()", "a seed"),
    "a name made up": ("def work(): return eval('1')", "eval"),
    "a file by a name made up": (
        "def work(n='n'):\n    try:\n        return open(n + '.txt').read()\n"
        "    except OSError:\n        return 1",
        "a constant",
    ),
    "a folder": ("import os\ndef work(): return os.listdir('.')", "whatever files"),
    "another program": (
        "import subprocess\ndef work(): return subprocess.run(['true']).returncode", "program"
    ),
    "a stream": ("import sys\ndef work(): return sys.stdin.name", "stdin"),
    "two away": (
        "import time\ndef inner(): return time.ctime()\ndef work(): return inner()", "in inner"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNKNOWABLE)
def test_what_nobody_can_know_has_no_digest_and_says_why(project, case):
    text, reason = UNKNOWABLE[case]
    with pytest.raises(UnknowableError, match=reason):
        project({"script.py": text})


class Prints(BaseEstimator):
    """Holds to scikit-learn's conventions."""

    def __init__(self, verbose=0, n_jobs=None, size=1):
        self.verbose = verbose
        self.n_jobs = n_jobs
        self.size = size

    def fit(self, X, y=None):
        if self.verbose > 1:
            print("fitting")
        from joblib import Parallel

        Parallel(n_jobs=self.n_jobs)
        return self


class Counts(Prints):
    """Does not."""

    def predict(self, X):
        return [self.verbose for _ in X]


def test_how_work_is_done_and_shown_is_content_only_where_something_is_made_of_it():
    def digest(value):
        return Digester().digest(value)

    assert digest(Prints(verbose=2, n_jobs=2)) == digest(Prints())
    assert digest(Prints(size=2)) != digest(Prints())
    assert digest(Counts(n_jobs=2)) == digest(Counts())
    assert digest(Counts(verbose=2)) != digest(Counts())
