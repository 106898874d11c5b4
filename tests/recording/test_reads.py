"""A result is given out again only while the files that it was made of are as they were.

Each case reads ``n.txt`` in another way, inside of a fit. The search is recorded, the file changed,
and the search recorded again: it has to give what the file says now.
"""

import importlib
import linecache
import os
import sys

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.svm import SVC

from bakeoff.recording import Store, reads, record

# People leave files open.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
X, y = np.arange(8.0).reshape(4, 2), np.array([0, 1, 0, 1])

SCRIPT = """
from sklearn.base import BaseEstimator
{top}

class Constant(BaseEstimator):
    '''Scores what it has read.'''

    def __init__(self, path="n.txt"):
        self.path = path

    def fit(self, X, y):
        self.score_ = float(self.read("n"))
        return self

    def read(self, name):
        {read}

    def score(self, X, y):
        return self.score_
"""
READERS = {
    "a constant": ("", "return open('n.txt').read()"),
    "a name made up": ("D = '.'", "return open(f'{D}/{name}.txt').read()"),
    "an attribute": ("", "return open(self.path).read()"),
    "a path": (
        "from pathlib import Path\nP = Path('n.txt')", "return P.read_text()"
    ),
    "a path made up": (
        "from pathlib import Path", "return (Path('.') / 'n.txt').read_text()"
    ),
    "a keyword": (
        "import numpy as np", "return np.loadtxt(delimiter=',', fname='n.txt')"
    ),
    "a reader in a partial": (
        "import numpy as np\nfrom functools import partial\nread = partial(np.loadtxt, 'n.txt')",
        "return read()",
    ),
    "a reader in a dictionary": (
        "import numpy as np\nR = {'t': np.loadtxt}", "return R['t']('n.txt')"
    ),
    "a frame": (
        "import pandas as pd", "return pd.read_csv('n.txt', header=None).iloc[0, 0]"
    ),
    "a line": ("import linecache", "linecache.clearcache(); return linecache.getline('n.txt', 1)"),
    "lines of several files": (
        "import fileinput", "return [*fileinput.input(['n.txt'])][0]"
    ),
    "a map": ("import numpy as np", "return chr(np.memmap('n.txt', 'u1', 'r')[0])"),
    "the lowest level": (
        "import os", "f = os.open('n.txt', os.O_RDONLY); t = os.read(f, 9); os.close(f); return t"
    ),
    "whatever is in a folder": (
        "import glob", "return [open(one).read() for one in glob.glob('*.txt')][0]"
    ),
    "what is kept in a global": (
        "KEPT = []", "KEPT or KEPT.append(open('n.txt').read()); return KEPT[0]"
    ),
    "what is kept by a function": (
        "import functools\n@functools.cache\ndef kept(): return open('n.txt').read()",
        "return kept()",
    ),
}  # fmt: skip


@pytest.fixture
def script(tmp_path, monkeypatch):
    """A folder with ``n.txt``; write a module with an estimator that reads it, and import it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "n.txt").write_text("1\n")

    def load(top, read):
        (tmp_path / "script.py").write_text(SCRIPT.format(top=top, read=read))
        sys.modules.pop("script", None)
        importlib.invalidate_caches()
        return importlib.import_module("script").Constant

    yield load
    sys.modules.pop("script", None)


@pytest.fixture
def store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("store") / "runs.sqlite") as opened:
        yield opened


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    """As it is in a process that has read nothing yet."""
    monkeypatch.setattr(reads, "_watch", type(reads._watch)())
    yield
    reads._watch._n_open = 0  # the hook of this one stays, and hears nothing


def scores(store, estimator, backend="threading"):
    with record("reads", backend=backend, store=store, progress=False) as recording:
        found = cross_val_score(estimator, X, y, cv=2)
    return [*found], recording.done, recording.reused


def renew(path, text):
    """Write other text, as somebody would who takes longer than a file's clock can tell."""
    before = path.stat().st_mtime_ns
    path.write_text(text)
    os.utime(path, ns=(before + 10**9, before + 10**9))


@pytest.mark.parametrize("case", READERS)
def test_a_file_that_has_changed_is_read_again(script, store, tmp_path, monkeypatch, case):
    def anew():
        monkeypatch.setattr(reads, "_watch", type(reads._watch)())
        return script(*READERS[case])()

    assert scores(store, anew()) == ([1, 1], 2, 0)
    assert scores(store, anew()) == ([1, 1], 0, 2)
    renew(tmp_path / "n.txt", "2\n")
    assert scores(store, anew()) == ([2, 2], 2, 0)
    renew(tmp_path / "n.txt", "1\n")
    assert scores(store, anew()) == ([1, 1], 0, 2)  # as it was


@pytest.mark.slow
@pytest.mark.parametrize("case", ["a name made up", "what is kept by a function"])
def test_so_it_is_in_other_processes(script, store, tmp_path, monkeypatch, case):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    estimator = script(*READERS[case])()
    assert scores(store, estimator, "loky") == ([1, 1], 2, 0)
    assert scores(store, estimator, "loky") == ([1, 1], 0, 2)
    renew(tmp_path / "n.txt", "2\n")
    assert scores(store, estimator, "loky") == ([2, 2], 2, 0)


def test_the_search_around_a_fit_has_read_what_the_fit_has_read(script, store, tmp_path):
    Constant = script(*READERS["a name made up"])
    search = GridSearchCV(Constant(), {"path": ["a", "b"]}, cv=2)
    assert scores(store, search)[0] == [1, 1]
    renew(tmp_path / "n.txt", "2\n")
    assert scores(store, search)[0] == [2, 2]
    assert scores(store, search)[1] == 0


def test_a_file_that_was_missing_is_looked_for_again(script, store, tmp_path):
    read = "import os\n        try:\n            return open('m.txt').read()\n"
    Constant = script("", read + "        except OSError:\n            return 0")
    assert scores(store, Constant()) == ([0, 0], 2, 0)
    assert scores(store, Constant()) == ([0, 0], 0, 2)
    (tmp_path / "m.txt").write_text("1")
    assert scores(store, Constant()) == ([1, 1], 2, 0)


def test_a_copy_of_a_folder_has_files_of_its_own(script, store, tmp_path, monkeypatch):
    Constant = script(*READERS["a constant"])
    for name, text in (("one", "1"), ("two", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "n.txt").write_text(text)
    for name, expected in (
        ("one", ([1, 1], 2, 0)),
        ("two", ([2, 2], 2, 0)),
        ("one", ([1, 1], 0, 2)),
    ):
        monkeypatch.chdir(tmp_path / name)
        assert scores(store, Constant()) == expected


def test_what_a_fit_has_written_itself_is_not_what_it_was_made_of(script, store):
    read = "open('own.txt', 'a').write('3'); return open('own.txt').read(1)"
    Constant = script("", read)
    assert scores(store, Constant()) == ([3, 3], 2, 0)
    assert scores(store, Constant()) == ([3, 3], 0, 2)


def test_a_file_that_changes_while_it_is_read_is_in_no_journal(script, store):
    read = "n = int(open('n.txt').read()); open('n.txt', 'w').write(str(n + 1)); return n"
    with pytest.warns(UserWarning, match=r"n\.txt has changed since it was read"):
        assert scores(store, script("", read)())[0] == [1, 2]
    with pytest.warns(UserWarning, match="has changed"):
        assert scores(store, script("", read)())[0] == [3, 4]


def test_a_package_s_estimator_reads_too(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "n.txt").write_text("one two")

    class Words(CountVectorizer):
        def score(self, X, y):
            return len(self.vocabulary_)

    def score():
        with record("reads", backend="threading", store=store, progress=False) as recording:
            found = cross_val_score(Words(input="filename"), ["n.txt"] * 4, y, cv=2)
        return found[0], recording.reused

    assert score() == (2, 0)
    assert score() == (2, 2)
    renew(tmp_path / "n.txt", "one two three")
    monkeypatch.setattr(reads, "_watch", type(reads._watch)())
    assert score() == (3, 0)


def test_what_packages_read_for_themselves_is_none_of_it(store):
    with record("reads", backend="threading", store=store, progress=False):
        cross_val_score(SVC(), X, y, cv=2)
        with reads.watching():  # as for the line that is shown with a warning
            linecache.clearcache()
            assert linecache.getline(__file__, 1)
    assert reads.reads() == ()


def test_a_file_that_changes_after_a_fit_has_read_it_spoils_no_later_fit(script, store, tmp_path):
    """What was read may be in memory still, so the later fit is of what the file said then."""
    Constant = script("", "return open(self.path).read()")
    (tmp_path / "m.txt").write_text("3")
    assert scores(store, Constant("m.txt")) == ([3, 3], 2, 0)
    renew(tmp_path / "m.txt", "4")
    assert scores(store, Constant("n.txt")) == ([1, 1], 2, 0)
    assert scores(store, Constant("m.txt")) == ([4, 4], 2, 0)


def test_a_temporary_file_that_is_gone_is_none_of_a_later_fit(script, store, tmp_path, monkeypatch):
    monkeypatch.setattr(reads, "_TEMPORARY", str(tmp_path))
    Constant = script("", "return open(self.path).read()")
    (tmp_path / "m.txt").write_text("3")
    assert scores(store, Constant("m.txt")) == ([3, 3], 2, 0)
    (tmp_path / "m.txt").unlink()
    assert scores(store, Constant("n.txt")) == ([1, 1], 2, 0)
    assert scores(store, Constant("n.txt")) == ([1, 1], 0, 2)
