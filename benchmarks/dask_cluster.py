"""What a fit costs the client and the scheduler of a Dask cluster, and where a search is bound.

    OMP_NUM_THREADS=1 python benchmarks/dask_cluster.py

Runs a search of fits that take next to no time on many worker threads, so that the workers never
are the limit, with client and scheduler in processes of their own. Prints seconds of CPU for each
fit, which other load on the machine hardly changes, next to the fit times of real models; from
these, what a search of a million fits would come to. See docs/dask.md.
"""

import argparse
import multiprocessing
import resource
import statistics
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import psutil
from distributed import Client, LocalCluster
from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from bakeoff import datasets
from bakeoff.estimators import MLPClassifier
from bakeoff.recording import Store, record

MILLION = 1_000_000


def serve(n_threads, pipe) -> None:
    """Be the scheduler, with two worker processes, until the pipe is closed."""
    with LocalCluster(
        n_workers=2, threads_per_worker=n_threads // 2, dashboard_address="127.0.0.1:0"
    ) as cluster:
        pipe.send(cluster.scheduler_address)
        pipe.recv()


def cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kB, on Linux


def noop(number):
    return number


class Costs:
    """Seconds of CPU and of the clock for each of ``n`` tasks, of this process and a scheduler."""

    def __init__(self, scheduler: psutil.Process, n: int) -> None:
        self._processes, self._n = (psutil.Process(), scheduler), n

    def __enter__(self) -> "Costs":
        self._before = [cpu_seconds(process) for process in self._processes]
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_) -> None:
        self.clock = (time.perf_counter() - self._start) / self._n
        after = [cpu_seconds(process) for process in self._processes]
        self.client, self.scheduler = (
            (b - a) / self._n for a, b in zip(self._before, after, strict=True)
        )

    def __str__(self) -> str:
        return "".join(f"{s * 1e3:9.2f} ms" for s in (self.client, self.scheduler, self.clock))


def overhead(client: Client, scheduler: psutil.Process, n_fits: int, folder: Path):
    """Seconds for each fit of a recorded search, and bytes in the store."""
    print(f"{'per task, of ' + format(n_fits, ','):28}{'client':>12}{'scheduler':>12}{'clock':>12}")
    client.gather(client.map(noop, range(100), pure=False))
    X, y = make_classification(1000, 20, random_state=0)
    search = GridSearchCV(
        DummyClassifier(), {"random_state": list(range(n_fits // 5))}, refit=False
    )
    disk = []
    plain = Store.exchange

    def timed(self, *args):
        start, cpu = time.perf_counter(), time.thread_time()
        result = plain(self, *args)
        disk.append((time.perf_counter() - start, time.thread_time() - cpu))
        return result

    path = folder / "dask.sqlite"
    memory = peak_bytes()
    with (
        patch.object(Store, "exchange", timed),
        Store(path) as store,
        record("dask", backend=client, store=store, progress=False) as recording,
    ):
        with Costs(scheduler, n_fits) as costs:
            search.fit(X, y)
        assert recording.done == n_fits
        memory = (peak_bytes() - memory) / n_fits
    print(f"{'a fit, recorded':28}{costs}")
    clock, cpu = (sum(times) / n_fits for times in zip(*disk, strict=True))
    size = path.stat().st_size / n_fits
    print(f"  of it the journal: {cpu * 1e3:.2f} ms of CPU, {clock * 1e3:.2f} ms of the clock")
    print(f"  {size:.0f} bytes in the store and {memory / 1e3:.1f} kB of the client's memory")
    with Costs(scheduler, n_fits) as plain_costs:  # last: the peak of memory is not to be its
        client.gather([client.submit(noop, i, pure=False) for i in range(n_fits)])
    print(f"{'submit and gather of Dask':28}{plain_costs}")
    return costs, size, memory


def fit_times(rounds: int) -> dict[str, float]:
    """Median seconds of a fit with its score, on 4/5 of the digits."""
    digits = datasets.load("digits")
    X, y = digits.X, digits.y
    fold = len(X) // 5
    models = {
        "SVC on the digits": SVC(),
        "MLP, 64 units, 20 epochs": MLPClassifier(
            hidden_layer_sizes=(64,), max_iter=20, random_state=0
        ),
    }
    medians = {}
    for name, model in models.items():
        pipeline = make_pipeline(StandardScaler(), model)
        times = []
        for _ in range(rounds + 1):
            start = time.process_time()
            pipeline.fit(X[fold:], y[fold:]).score(X[:fold], y[:fold])
            times.append(time.process_time() - start)
        medians[name] = statistics.median(times[1:])  # the first one imports
        print(f"{name:28}{medians[name] * 1e3:9.0f} ms of CPU")
    return medians


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--fits", type=int, default=5000, help="(default: %(default)s)")
    parser.add_argument("--threads", type=int, default=64, help="(default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="(default: %(default)s)")
    options = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(options.threads, there)
    )
    server.start()
    with tempfile.TemporaryDirectory() as folder, Client(here.recv()) as client:
        client.wait_for_workers(2)
        costs, size, memory = overhead(
            client, psutil.Process(server.pid), options.fits, Path(folder)
        )
    here.send(None)
    server.join()
    medians = fit_times(options.rounds)

    print(
        f"\ncomputed, for {MILLION:,} fits: {costs.clock * MILLION / 3600:.1f} h at the pace above "
        f"({costs.client * MILLION / 3600:.1f} h of the client's CPU), "
        f"{size * MILLION / 1e9:.1f} GB in the store, {memory * MILLION / 1e9:.0f} GB of memory"
    )
    for name, seconds in medians.items():
        print(
            f"{name:28}{seconds * MILLION / 3600:7.0f} h of workers; "
            f"from {seconds / costs.clock:.0f} of them on, the client is the limit"
        )


if __name__ == "__main__":
    main()
