"""What ``with record(...)`` costs.

    OMP_NUM_THREADS=1 python benchmarks/recording.py

Prints the time that a journal adds to a fit (bar: 1 ms), the time to open a store of 10,000
evaluations and to serve all of them to a search that is run again (bar: 1 s to open), and how
often, and for how long, 100 MB of X are read for their digest (bar: once).
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import joblib
import numpy as np
from sklearn.datasets import load_iris
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff.recording import Store, record
from bakeoff.recording.digest import Digester


def seconds(call, *args) -> float:
    start = time.perf_counter()
    call(*args)
    return time.perf_counter() - start


def overhead(folder: Path, n_fits: int, rounds: int) -> None:
    """Interleave searches with and without a journal; report medians per fit."""
    X, y = load_iris(return_X_y=True)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    print(f"{'backend':12}{'n_jobs':>7}{'stock':>12}{'recorded':>12}{'added':>12}   per fit")
    for backend, n_jobs in [("loky", 2), ("threading", 2), ("loky", 1), ("threading", 1)]:
        search = GridSearchCV(
            model, {"logisticregression__C": np.geomspace(1e-3, 1e3, n_fits // 5)}, refit=False
        )
        times: dict[str, list[float]] = {"stock": [], "recorded": []}
        for number in range(rounds + 1):  # the first starts the workers, and does not count
            with joblib.parallel_config(backend=backend, n_jobs=n_jobs):
                stock = seconds(search.fit, X, y)
            with (
                Store(folder / f"{backend}{n_jobs}{number}.sqlite") as store,
                record("overhead", n_jobs=n_jobs, backend=backend, store=store),
            ):
                warm = GridSearchCV(DummyClassifier(), {"constant": [None]}, cv=2, refit=False)
                warm.fit(X, y)
                recorded = seconds(search.fit, X, y)
            if number:
                times["stock"].append(stock / n_fits * 1e3)
                times["recorded"].append(recorded / n_fits * 1e3)
        stock, recorded = (statistics.median(values) for values in times.values())
        print(f"{backend:12}{n_jobs:7}{stock:9.2f} ms{recorded:9.2f} ms{recorded - stock:9.2f} ms")


def opening(folder: Path, n_evaluations: int) -> None:
    """Fill a store through a search, then open it, list it, and run the search again."""
    X, y = load_iris(return_X_y=True)
    grid = {"strategy": ["uniform"], "random_state": list(range(n_evaluations // 5))}
    search = GridSearchCV(DummyClassifier(), grid, refit=False)
    path = folder / "many.sqlite"
    with Store(path) as store, record("many", backend="threading", store=store):
        search.fit(X, y)

    def look():
        with Store(path) as store:
            assert store.runs()[0].done == n_evaluations

    def read():
        with Store(path) as store:
            assert len(store.entries(store.runs()[0].id, results=True)) == n_evaluations

    def again():
        with Store(path) as store, record("again", backend="threading", store=store) as recording:
            search.fit(X, y)
        assert recording.reused == n_evaluations

    print(f"\n{n_evaluations:,} evaluations, {path.stat().st_size / 1e6:.1f} MB")
    for name, call in [
        ("open and list the runs", look),
        ("read every result", read),
        ("run the search again", again),
    ]:
        print(f"  {name:24}{statistics.median(seconds(call) for _ in range(3)):7.2f} s")


def hashing(folder: Path) -> None:
    """Count how often the bytes of a large X are read in one search."""
    X = np.random.default_rng(0).normal(size=(125_000, 100))  # 100 MB
    y = (X[:, 0] > 0).astype(int)
    search = GridSearchCV(DummyClassifier(), {"random_state": [0, 1, 2, 3]}, cv=KFold(5))
    reads = []
    plain = Digester._array

    def counted(self, array):
        if array is X:  # in a generator, so when it is really read
            reads.append(array.nbytes)
        yield from plain(self, array)

    with (
        patch.object(Digester, "_array", counted),
        Store(folder / "large.sqlite") as store,
        record("large", backend="threading", store=store),
    ):
        search.fit(X, y)
    once = seconds(Digester().digest, X)
    print(f"\n100 MB of X in a search of 20 fits: read {len(reads)} time, {once * 1e3:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--fits", type=int, default=500, help="per search (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="(default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        overhead(folder, options.fits, options.rounds)
        opening(folder, 10_000)
        hashing(folder)


if __name__ == "__main__":
    main()
