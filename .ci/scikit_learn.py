"""Do scikit-learn's own tests pass inside ``with record(...)``? Run before each release.

    pip install -c constraints.txt -e '.[test]'
    python .ci/scikit_learn.py [file ...]

runs those of the installed scikit-learn that send tasks through joblib, such as
``model_selection/tests/test_search.py``, each with a store of its own. What fails is run again
without bakeoff, and inside joblib's own threads: a test that asks in which thread it is fitted, as
those of metadata routing do by the call stack, fails there too. Ends with 1 if one fails inside
``record`` alone.
"""

import contextlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import joblib
import pytest
import sklearn

from bakeoff.recording import Store, record

FOLDER = Path(sklearn.__file__).parent
FILES = [
    "model_selection/tests/test_validation.py",
    "model_selection/tests/test_search.py",
    "model_selection/tests/test_successive_halving.py",
    "inspection/tests/test_permutation_importance.py",
    "ensemble/tests/test_bagging.py",
    "ensemble/tests/test_stacking.py",
    "ensemble/tests/test_voting.py",
]


def stock() -> AbstractContextManager[object]:
    return contextlib.nullcontext()


def threads() -> AbstractContextManager[object]:
    return joblib.parallel_config(backend="threading", n_jobs=2)  # with 1, joblib starts none


@contextlib.contextmanager
def recorded() -> Iterator[None]:
    """One worker, as ever where nobody asks for more: its fits have the order of a plain loop."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder, "runs.sqlite")) as store,
        record("a test", backend="threading", store=store, progress=False),
    ):
        yield


Way = Callable[[], AbstractContextManager[object]]


class Inside:
    """A plugin of pytest that runs each test in some context, and notes how it ends."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.passed: set[str] = set()
        self.failed: dict[str, str] = {}  # with the first line of the error

    @pytest.fixture(autouse=True)
    def inside(self) -> Iterator[None]:
        with self.way():
            yield

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            message = crash.message if crash else report.longreprtext
            self.failed[report.nodeid] = message.strip().partition("\n")[0]
        elif report.when == "call" and report.passed:
            self.passed.add(report.nodeid)


def run(way: Way, tests: list[str]) -> tuple[set[str], dict[str, str]]:
    """Run tests of scikit-learn; return which pass, and which fail with what."""
    if not tests:
        return set(), {}
    inside = Inside(way)
    options = ["-p", "no:terminal", "-p", "no:cacheprovider", "-c", os.devnull]
    places = [str(FOLDER / test) for test in tests]
    status = pytest.main([*options, f"--rootdir={FOLDER}", *places], plugins=[inside])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"pytest cannot run {tests[0]} and what follows: {status!r}")
    return inside.passed - inside.failed.keys(), inside.failed


def main(files: list[str]) -> int:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn, max_tasks_per_child=1) as pool:
        passed, failed = set(), {}
        for file, (good, bad) in zip(
            files, pool.map(partial(run, recorded), [[file] for file in files]), strict=True
        ):
            print(f"{file}: {len(good)} pass inside record, {len(bad)} do not", flush=True)
            passed |= good
            failed |= bad
        without, in_threads = pool.map(run, [stock, threads], [list(failed)] * 2)
    anyway = failed.keys() - without[0]
    by_threads = failed.keys() - anyway - in_threads[0]
    ours = [test for test in failed if test not in anyway | by_threads]
    print(
        f"scikit-learn {sklearn.__version__}: {len(passed)} tests pass inside record and "
        f"{len(failed)} do not; of these {len(anyway)} fail without it too, {len(by_threads)} "
        f"inside joblib's own threads, and {len(ours)} in neither"
    )
    for test in ours:
        print(f"{test}\n    {failed[test]}")
    return 1 if ours else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or FILES))
