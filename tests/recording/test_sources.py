"""What bakeoff computes with is in a key, and what it says or draws is not."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sklearn.base import BaseEstimator

import bakeoff.estimators
from bakeoff.experiments.models.nystroem import NystroemFeatures
from bakeoff.experiments.models.subsample import Subsampled
from bakeoff.experiments.task import Task, evaluate
from bakeoff.recording.sources import sources

ROOT = Path(bakeoff.estimators.__file__).parents[1]
SPEAK_AND_DRAW = {"reports", "charts", "report", "views", "korean", "recording", "runs", "datasets"}


def kinds(of):
    return [of, *(kind for one in of.__subclasses__() for kind in kinds(one))]


THINGS = [evaluate, *kinds(Task), Subsampled, NystroemFeatures]


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_what_is_computed_with_says_and_draws_nothing(thing):
    paths = sources(thing.__module__)
    assert paths
    folders = {part for path in paths for part in path.relative_to(ROOT).parts}
    assert not folders & SPEAK_AND_DRAW


def test_every_estimator_of_experiments_is_among_these():
    own = [kind for kind in kinds(BaseEstimator) if kind.__module__.startswith("bakeoff.exper")]
    assert set(own) <= set(THINGS)


def test_a_function_s_own_imports_are_followed_and_those_for_annotations_are_not():
    names = [path.name for path in sources("bakeoff.experiments.specs.epoch_task")]
    assert "epochs.py" in names  # imported where it runs, because that imports torch
    names = [path.name for path in sources("bakeoff.experiments.folds")]
    assert names == ["folds.py"]


def test_a_net_is_all_of_its_package():
    everything = sorted((ROOT / "estimators").rglob("*.py"))
    for name in bakeoff.estimators.__all__:
        assert sources(getattr(bakeoff.estimators, name).__module__) == everything


SCRIPT = """
import json, sys
from pathlib import Path
from sklearn.svm import SVC
from bakeoff.estimators import MLPClassifier
from bakeoff.experiments import Comparison
from bakeoff.experiments.models.subsample import Subsampled
from bakeoff.experiments.task import evaluate
from bakeoff.recording import Digester
from bakeoff.recording.sources import source_digest

class Mine(Subsampled):
    pass

folder = Path(sys.argv[1]) / "bakeoff"
assert evaluate.__code__.co_filename.startswith(str(folder))
spec = Comparison("wine", ["svm_rbf"])
contents = {
    "net": MLPClassifier(),
    "subsample": Subsampled(SVC()),
    "subclass": Mine(SVC()),
    "task": (evaluate, next(spec.rounds(spec.load()))[0]),
    "svm": SVC(),
}

def keys():
    source_digest.cache_clear()
    return {what: Digester().digest(content) for what, content in contents.items()}

before, changed = keys(), {}
for name in sys.argv[2:]:
    text = (folder / name).read_text()
    (folder / name).write_text(text + "AN_EDIT = 'One word more.'")
    after = keys()
    changed[name] = [what for what in before if after[what] != before[what]]
    (folder / name).write_text(text)
assert len(set(before.values())) == len(before) and keys() == before
print(json.dumps(changed))
"""
EDITS = {  # which keys an edit changes
    "dashboard/experiments/reports/verdict.py": set(),
    "dashboard/experiments/specs/comparison.py": set(),
    "dashboard/recording/store.py": set(),
    "dashboard/charts/__init__.py": set(),
    "estimators/_training/epoch.py": {"net"},
    "dashboard/experiments/folds.py": {"subsample", "subclass"},
    "dashboard/experiments/models/subsample.py": {"subsample", "subclass"},
    "dashboard/experiments/once.py": {"task"},
    "dashboard/experiments/task.py": {"task"},
}


@pytest.fixture
def copy(tmp_path):
    """The packages once more, in a folder that may be written."""
    folder = tmp_path / "copy"
    for name in ("estimators", "datasets", "dashboard"):
        shutil.copytree(ROOT / name, folder / "bakeoff" / name)
    for name in ("experiments", "recording"):
        (folder / "bakeoff" / name).symlink_to(folder / "bakeoff" / "dashboard" / name)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege there")
def test_an_edit_loses_the_fits_that_it_may_change_and_no_others(copy):
    script = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(copy), *EDITS],
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    changed = json.loads(script.stdout)
    assert {name: set(what) for name, what in changed.items()} == EDITS
