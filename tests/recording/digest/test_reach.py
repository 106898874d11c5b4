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
from sklearn.svm import SVC

from bakeoff.recording.digest import Digester, UnknowableError
from bakeoff.recording.digest.origin import version_of


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
    vars(SVC).get("own") and delattr(SVC, "own")
    sys.modules.pop("colorsys", None)  # which cases edit
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
    "a keyword": (
        {"script.py": "def work(): return dict(a=1, b=2)"}, ("script.py", "a=1, b=2", "b=1, a=2"),
    ),
    "a keyword of a function": (
        {"script.py": "def inner(a=0, b=0): return a - b\ndef work(): return inner(a=1)"},
        ("script.py", "inner(a=1)", "inner(b=1)"),
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
    "a context variable": (
        {"script.py": "import contextvars\nV = contextvars.ContextVar('V', default=1)\n"
                      "def work(): return V.get()"},
        ("script.py", "default=1", "default=2"),
    ),
    "what a context variable was set to": (
        {"script.py": "import contextvars\nV = contextvars.ContextVar('V')\nV.set(1)\n"
                      "def work(): return V.get()"},
        ("script.py", "set(1)", "set(2)"),
    ),
    "what is kept for a thread": (
        {"script.py": "import threading\nL = threading.local()\nL.n = 1\n"
                      "def work(): return L.n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a property of a class of one's own": (
        {"script.py": "class P(property):\n    def __get__(self, one, kind=None): return 1\n"
                      "class C:\n    @P\n    def n(self): return 0\ndef work(): return C().n"},
        ("script.py", "return 1", "return 2"),
    ),
    "what a queue of one's own keeps": (
        {"script.py": "import queue\nclass Q(queue.Queue): pass\nq = Q()\nq.n = 1\n"
                      "def work(): return q.n"},
        ("script.py", "q.n = 1", "q.n = 2"),
    ),
    "a thing that is pickled by its name": (
        {"script.py": "class C:\n    def __reduce__(self): return 'ONE'\nONE = C()\nONE.n = 1\n"
                      "def work(): return ONE.n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a function that was made from text": (
        {"script.py": "names = {}\nexec('def f(): return 1', names)\nf = names['f']\n"
                      "def work(): return f()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a class that was made from text": (
        {"script.py": "names = {}\nexec('class C: n = 1', names)\nC = names['C']\n"
                      "def work(): return C.n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a function under a package's name": (
        {"script.py": "import colorsys, functools\n@functools.wraps(colorsys.rgb_to_yiq)\n"
                      "def inner(): return 1\ncolorsys.rgb_to_yiq = inner\n"
                      "def work(): return colorsys.rgb_to_yiq()"},
        ("script.py", "return 1", "return 2"),
    ),
    "a property that was put into a package's class": (
        {"script.py": "from sklearn.svm import SVC\nSVC.own = property(lambda self: 1)\n"
                      "def work(): return SVC().own"},
        ("script.py", "self: 1", "self: 2"),
    ),
    "a wrapper that was put into a package's class": (
        {"script.py": "import functools\nfrom sklearn.svm import SVC\n"
                      "@functools.wraps(SVC.fit)\ndef own(self): return 1\nSVC.own = own\n"
                      "def work(): return SVC().own()"},
        ("script.py", "return 1", "return 2"),
    ),
    "the kind of a field": (
        {"script.py": "class C:\n    n: int\ndef work(): return C.__annotations__['n'](1.5)"},
        ("script.py", "n: int", "n: float"),
    ),
    "what is noted of a field": (
        {"script.py": "from dataclasses import dataclass, field, fields\n@dataclass\nclass C:\n"
                      "    n: int = field(default=0, metadata={'k': 1})\n"
                      "def work(): return fields(C)[0].metadata['k']"},
        ("script.py", "'k': 1", "'k': 2"),
    ),
    "a class below": (
        {"script.py": "class A: pass\nclass B(A): n = 1\n"
                      "def work(): return A.__subclasses__()[0].n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a queue": (
        {"script.py": "import queue\nQ = queue.Queue()\nQ.put(1)\ndef work(): return Q.queue[0]"},
        ("script.py", "put(1)", "put(2)"),
    ),
    "a weak reference": (
        {"script.py": "import weakref\nclass C: n = 1\nc = C()\nW = weakref.ref(c)\n"
                      "def work(): return W().n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a weak dictionary": (
        {"script.py": "import weakref\nclass C: n = 1\nc = C()\n"
                      "W = weakref.WeakValueDictionary(a=c)\ndef work(): return W['a'].n"},
        ("script.py", "n = 1", "n = 2"),
    ),
    "a function made a ufunc": (
        {"script.py": "import numpy as np\nU = np.frompyfunc(lambda x: x + 1, 1, 1)\n"
                      "def work(): return U(1)"},
        ("script.py", "x + 1", "x + 2"),
    ),
    "a vectorized function": (
        {"script.py": "import numpy as np\nU = np.vectorize(lambda x: x + 1)\n"
                      "def work(): return int(U(1))"},
        ("script.py", "x + 1", "x + 2"),
    ),
    "whether a file is there": (
        {"script.py": "import os\nP = 'n.txt'\ndef work(): return os.path.getsize(P)",
         "n.txt": "1"},
        ("n.txt", "1", "11"),
    ),
    "the size of a path": (
        {"script.py": "from pathlib import Path\nP = Path('n.txt')\n"
                      "def work(): return P.stat().st_size", "n.txt": "1"},
        ("n.txt", "1", "11"),
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
    "shared random numbers that nobody has seeded": (
        {"script.py": "import numpy as np\ndef work(): return np.random.normal() < 99"},
        ("script.py", "", ""),
    ),
    "shared random numbers that it seeds": (
        {"script.py": "import random\ndef work():\n    random.seed(1)\n"
                      "    return random.random()"},
        ("script.py", "", ""),
    ),
    "an empty queue and an event": (
        {"script.py": "import queue, threading\nQ = queue.SimpleQueue()\nE = threading.Event()\n"
                      "def work(): return Q.empty() and not E.is_set()"},
        ("script.py", "", ""),
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


@pytest.mark.parametrize("asked", [
    "os.environ[f'N_{name}']", "os.environ.get('N_' + name)", "os.getenv(default='', key='N_ROWS')",
    "{'g': os.getenv}['g']('N_ROWS')", "dict(os.environ)['N_ROWS']",
    "'N_' + name in os.environ and os.environ['N_ROWS']",
])  # fmt: skip
def test_a_variable_whose_name_is_made_up_makes_all_of_them_content(project, monkeypatch, asked):
    files = {"script.py": f"import os\ndef work(name='ROWS'): return {asked}"}
    monkeypatch.setenv("N_ROWS", "1")
    before = project(files)
    monkeypatch.setenv("N_ROWS", "2")
    after = project(files)
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("asked", [
    "os.getcwd()", "Path.cwd()", "os.path.abspath('x')", "Path('x').resolve()", "P.absolute()",
    "Path(name).absolute()", "os.path.relpath('/x')", "os.path.expandvars('$HOME')",
    "os.path.expandvars('$' + name)", "os.path.expanduser('~')", "Path('~').expanduser()",
    "Path.home()",
])  # fmt: skip
def test_where_and_whose_the_process_is_is_content_where_it_is_asked(
    project, tmp_path, monkeypatch, asked
):
    files = {"script.py": "import os\nfrom pathlib import Path\nP = Path('x')\n"
                          f"def work(name='HOME'): return str({asked})"}  # fmt: skip
    monkeypatch.setenv("HOME", "/one")
    before = project(files)
    assert project(files) == before
    monkeypatch.setenv("HOME", "/two")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    after = project(files)
    assert after[0] != before[0]
    assert after[1] != before[1]


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
    "whether a file of a name made up is there": (
        "import os\ndef work(n='n'): return os.path.exists(n + '.txt')", "a constant"
    ),
    "whether a path made up is there": (
        "from pathlib import Path\ndef work(n='n'): return (Path(n) / 'x').exists()", "a constant"
    ),
    "a date that is handed on": (
        "from datetime import datetime\nD = {'t': datetime.now}\ndef work(): return D['t']()",
        "the date",
    ),
    "a date by its name": (
        "import numpy as np\ndef work(): return np.datetime64('now')", "the date"
    ),
    "a module by its file": (
        "from importlib.util import spec_from_file_location as s\ndef work(): s('a', 'a.py')",
        "no name",
    ),
    "a name that is looked up": (
        "import pkgutil\ndef work(): return pkgutil.resolve_name('math:pi')", "no name"
    ),
    "classes below a class": (
        "class A:\n    @classmethod\n    def below(cls): return cls.__subclasses__()\n"
        "def work(): return A.below()",
        "__subclasses__",
    ),
    "a database": (
        "import sqlite3\ndef work(): return sqlite3.connect(':memory:') is None", "a database"
    ),
    "a file that is opened past Python": (
        "import pyarrow.csv as c\ndef work(): return bool('') and c.read_csv('n.csv')",
        "where nobody can see",
    ),
    "a table of a database": (
        "import pandas as pd\ndef work(): return bool('') and pd.read_sql('t', 'c')", "a database"
    ),
    "a Parquet file": (
        "import pandas as pd\nR = [pd.read_parquet]\ndef work(): return bool('') and R[0]('n')",
        "where nobody can see",
    ),
    "a clock in a dictionary": (
        "import time\nD = {'t': time.ctime}\ndef work(): return D['t']()", "the date"
    ),
    "a program in a partial": (
        "import subprocess\nfrom functools import partial\nP = partial(subprocess.call, ['true'])\n"
        "def work(): return P()",
        "program",
    ),
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


def test_a_package_that_a_function_imports_may_be_loaded_or_not(project, tmp_path, monkeypatch):
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "loaded_late.py").write_text("N = [1]\ndef f(): return N[0]")
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    for text in (
        "import loaded_late\n    return loaded_late.f()",
        "import loaded_late as late\n    return [late.f() for _ in range(2)][0]",
        "from loaded_late import f, N\n    return f() + N[0]",
        "return __import__('loaded_late').f()",
    ):
        sys.modules.pop("loaded_late", None)
        _, before = project({"script.py": f"def work():\n    {text}"})
        assert "loaded_late" in sys.modules
        assert Digester().digest(sys.modules["script"].work) == before


def test_what_was_installed_from_a_folder_has_more_than_a_version(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    for name, url, code in (("p1", "{}", "x"), ("p2", "{}", "y"), ("p3", None, "y")):
        folder = tmp_path / f"installed_{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Name: installed_{name}\nVersion: 1.0\n")
        (folder / "RECORD").write_text(f"code.py,sha256={code},1\n")
        if url:
            (folder / "direct_url.json").write_text(url)
    one, two, three = (version_of(f"installed_p{n}.code") for n in (1, 2, 3))
    assert one != two
    assert three == "1.0"


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


def test_a_module_that_was_edited_since_it_was_imported_has_no_digest(project, tmp_path):
    """A worker process would import what is on the disk."""
    files = {"script.py": "from prep import inner\ndef work(): return inner()",
             "prep.py": "N = 1\ndef inner(): return N"}  # fmt: skip
    project(files)
    for text in ("N = 2\ndef inner(): return N", "N = 1\ndef inner(): return N + 1"):
        (tmp_path / "prep.py").write_text(text)
        with pytest.raises(UnknowableError, match=r"prep\.py has changed since it was imported"):
            Digester().digest(sys.modules["script"].work)
    project(files)  # imported anew


def test_a_function_that_was_edited_before_its_first_digest_has_none(project, tmp_path):
    (tmp_path / "prep.py").write_text("def inner(): return 1")
    forget()
    prep = importlib.import_module("prep")
    (tmp_path / "prep.py").write_text("# a comment\ndef inner(): return 1")
    Digester().digest(prep.inner)
    forget()
    prep = importlib.import_module("prep")
    (tmp_path / "prep.py").write_text("def inner(): return 2")
    with pytest.raises(UnknowableError, match="has changed"):
        Digester().digest(prep.inner)
