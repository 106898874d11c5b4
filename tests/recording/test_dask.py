"""On a Dask cluster, calls give what they give without one, whatever happens to its workers."""

import contextlib
import gc
import logging
import os
import signal
import sys
import threading
import time

import cloudpickle
import joblib
import numpy as np
import pandas as pd
import psutil
import pytest
from sklearn.datasets import make_classification
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from bakeoff.estimators import MLPClassifier
from bakeoff.recording import RunStoppedError, record

distributed = pytest.importorskip("distributed")

from dask import config as dask_settings  # noqa: E402

from bakeoff.recording import dask  # noqa: E402

pytestmark = pytest.mark.slow

X, y = make_classification(2000, 10, n_informative=5, random_state=0)  # 160 kB: held, not sent
SMALL = slice(150)
DEPTHS = list(range(1, 9))

# Workers import it, as they import what a user installs on a cluster.
MORTAL = """
import os, signal, time
from sklearn.tree import DecisionTreeClassifier

class MortalTree(DecisionTreeClassifier):
    def __init__(self, max_depth=None, deadly=(), once=None, seconds=0.0):
        super().__init__(max_depth=max_depth, random_state=0)
        self.deadly, self.once, self.seconds = deadly, once, seconds

    def fit(self, X, y):
        time.sleep(self.seconds)
        if self.max_depth in self.deadly:
            try:
                if self.once:
                    os.mkdir(self.once)
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                pass
        return super().fit(X, y)
"""


@pytest.fixture(scope="module")
def mortal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    (folder / "mortal_tree.py").write_text(MORTAL)
    sys.path.insert(0, str(folder))  # which the workers take over
    import mortal_tree

    yield mortal_tree.MortalTree
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def client(mortal):
    """Two worker processes; a task is given up when the second worker dies under it."""
    with (
        dask_settings.set(dask.PATIENT),  # else a lost worker is one that every later test awaits
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"allowed_failures": 1}, silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):  # fmt: skip
        yield client


@pytest.fixture(autouse=True)
def nothing_stays_behind(request):
    client = request.getfixturevalue("client") if "client" in request.fixturenames else None
    if client is not None:
        client.wait_for_workers(2, timeout=120)  # the test before may have killed one
    yield
    if client is not None:
        gc.collect()  # joblib's own cycles
        wait_until(lambda: not tasks(client))


def tasks(client):
    return client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks))


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def is_tracker(process):
    """Whether it is Python's own, which lives as long as this process."""
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def table(results):
    return pd.DataFrame(results).filter(regex="^(?!.*_time)")


def stock_scores():
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": DEPTHS})
    return search.fit(X, y).cv_results_["mean_test_score"]


def grid():
    model = make_pipeline(StandardScaler(), SVC())
    return GridSearchCV(model, {"svc__C": [0.1, 1.0, 10.0]}, cv=3).fit(X, y).cv_results_


def nested():
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [2, 4]}, cv=2)
    return cross_validate(search, X, y, cv=3)


def nets():
    net = MLPClassifier(max_iter=2, random_state=0)
    return GridSearchCV(net, {"dropout": [0.0, 0.5]}, cv=2).fit(X[SMALL], y[SMALL]).cv_results_


@pytest.mark.parametrize(("call", "n_fits"), [(grid, 9), (nested, 3 + 12), (nets, 4)])
def test_it_gives_what_it_gives_without_a_cluster(call, n_fits, client, store):
    expected = table(call())
    with client.as_current(), record("first", backend="dask", store=store) as first:
        pd.testing.assert_frame_equal(table(call()), expected)
    with record("second", backend=client, store=store) as second:
        pd.testing.assert_frame_equal(table(call()), expected)
    assert (first.done, first.reused) == (n_fits, 0)
    assert second.done == 0
    assert second.reused == len(store.entries(second.run)) > 0


def test_a_worker_that_is_killed_costs_nothing_but_time(client, mortal, store):
    pid = next(iter(client.run(os.getpid).values()))
    search = GridSearchCV(mortal(seconds=0.05), {"max_depth": DEPTHS})
    with record("killed", backend=client, store=store) as recording:

        def kill():
            wait_until(lambda: recording.done > 5)
            os.kill(pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        search.fit(X, y)
        killer.join()
    assert not is_running(pid)
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], stock_scores())
    assert (recording.done, recording.quarantined) == (5 * len(DEPTHS), 0)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning", "ignore:.*non-finite")
def test_a_candidate_that_always_kills_is_given_up_and_the_rest_goes_on(client, mortal, store):
    half = [(np.arange(1000), np.arange(1000, 2000))]
    search = GridSearchCV(mortal(deadly=(3,)), {"max_depth": DEPTHS}, cv=half, refit=False)
    harmless = GridSearchCV(mortal(), {"max_depth": DEPTHS}, cv=half).fit(X, y)
    expected = harmless.cv_results_["mean_test_score"]
    expected[2] = np.nan
    with record("deadly", backend=client, store=store) as first:
        search.fit(X, y)
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], expected)
    assert (first.done, first.quarantined) == (len(DEPTHS) - 1, 1)
    (given_up,) = [e for e in store.entries(first.run) if e.status == "quarantined"]
    assert given_up.detail["params"] == {"max_depth": 3}
    assert "its worker died 4 times (the last one was tcp://" in given_up.detail["error"]

    client.wait_for_workers(2, timeout=120)
    workers = client.run(os.getpid)
    with record("deadly", backend=client, store=store) as second:
        search.fit(X, y)
    assert (second.reused, second.quarantined) == (len(DEPTHS) - 1, 1)
    assert client.run(os.getpid) == workers  # it is not let near a worker again


def test_a_run_that_is_cancelled_leaves_nothing_on_the_cluster(client, mortal, store):
    search = GridSearchCV(mortal(seconds=0.1), {"max_depth": DEPTHS})
    with record("cancelled", backend=client, store=store) as recording:
        when = threading.Thread(
            target=lambda: (wait_until(lambda: recording.done > 3), recording.cancel())
        )
        when.start()
        with pytest.raises(RunStoppedError):
            search.fit(X, y)
        when.join()
        wait_until(lambda: not tasks(client), seconds=5)
    assert 3 < recording.done < 5 * len(DEPTHS)


def test_a_cluster_that_is_restarted_ends_the_call(client, mortal, store):
    search = GridSearchCV(mortal(seconds=0.1), {"max_depth": DEPTHS})
    with record("restarted", backend=client, store=store) as recording:
        when = threading.Thread(
            target=lambda: (wait_until(lambda: recording.done > 3), client.restart(timeout=120))
        )
        when.start()
        with pytest.raises(ConnectionError, match="the Dask cluster has gone, or was restarted"):
            search.fit(X, y)
        when.join()
    assert store.runs()[0].done > 3


def test_an_error_of_an_estimator_is_raised_as_ever(client, store):
    search = GridSearchCV(SVC(), {"C": [-1.0]}, error_score="raise")
    with (
        record("wrong", backend=client, store=store),
        pytest.raises(ValueError, match="'C' parameter of SVC"),
    ):
        search.fit(X, y)


@pytest.mark.filterwarnings("ignore:_fit_and_score runs without a journal")
def test_what_cannot_be_sent_is_said(client, store, caplog):
    search = GridSearchCV(SVC(), {"C": [1.0]}, scoring=Unpicklable())
    with (
        caplog.at_level(logging.CRITICAL),
        record("unpicklable", backend=client, store=store),
        pytest.raises(TypeError, match=r"Could not serialize|cannot pickle"),
    ):
        search.fit(X, y)


class Unpicklable:
    def __init__(self):
        self.lock = threading.Lock()

    def __call__(self, estimator, X, y):
        return 0.0


def test_large_data_go_to_the_cluster_once_for_each_call(client, store, monkeypatch):
    expected = stock_scores()
    sent = []
    plain = client.submit

    def spy(function, *args, **kwargs):
        sent.append(getattr(function, "func", function).__name__)
        return plain(function, *args, **kwargs)

    monkeypatch.setattr(client, "submit", spy)
    values = X.copy()
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": DEPTHS})
    with record("large", backend=client, store=store):
        search.fit(values, y)
        first = search.cv_results_["mean_test_score"]
        values[:] = 0.0  # the same object is other data now
        search.fit(values, y)
    np.testing.assert_array_equal(first, expected)
    np.testing.assert_allclose(search.cv_results_["mean_test_score"], 0.5, atol=0.01)
    assert sent.count("identity") == 2
    assert sent.count("_run") == 2 * 5 * len(DEPTHS)


def test_a_task_is_as_large_in_a_large_search_as_in_a_small_one(client, store, monkeypatch):
    sizes = []
    plain = client.submit

    def spy(function, *args, **kwargs):
        sizes[-1].append(len(cloudpickle.dumps(function)))
        return plain(function, *args, **kwargs)

    monkeypatch.setattr(client, "submit", spy)
    with record("sizes", backend=client, store=store):
        for n in (2, 40):
            sizes.append([])
            grid = {"max_leaf_nodes": list(range(2, 2 + n))}
            search = GridSearchCV(DecisionTreeClassifier(random_state=0), grid, cv=2)
            search.fit(X[SMALL], y[SMALL])
    small, large = map(max, sizes)
    assert large < small + 100


@pytest.mark.parametrize(
    ("n_jobs", "n_workers"), [(None, 2), (-1, 2), (-2, 1), (-9, 1), (1, 1), (2, 2), (9, 2)]
)
def test_n_jobs_counts_the_threads_of_the_cluster(n_jobs, n_workers, client):
    workers = dask.DaskWorkers(client)
    workers.resize(n_jobs)
    assert workers.n_workers == n_workers


def test_what_is_no_cluster_and_no_number_of_jobs_is_said(client):
    with pytest.raises(ValueError, match=r"dask or a distributed\.Client, however: 3"):
        dask.DaskWorkers(3)
    with pytest.raises(ValueError, match="n_jobs == 0"):
        dask.DaskWorkers(client).resize(0)


def test_where_there_is_no_cluster_one_is_started_and_ended(mortal, store, tmp_path):
    here = psutil.Process()
    before = set(here.children(recursive=True))
    model = mortal(deadly=(3,), once=str(tmp_path / "died"))
    search = GridSearchCV(model, {"max_depth": DEPTHS}, n_jobs=2, refit=False)
    with record("own", backend="dask", store=store) as recording:
        search.fit(X, y)
        started = set(here.children(recursive=True)) - before
        assert len(started) >= 2
    assert not any(process.is_running() for process in started if not is_tracker(process))
    np.testing.assert_array_equal(search.cv_results_["mean_test_score"], stock_scores())
    assert (recording.done, recording.quarantined) == (5 * len(DEPTHS), 0)
    assert (tmp_path / "died").is_dir()


def test_the_only_worker_is_waited_for_however_long_it_takes_to_start_again(
    mortal, store, tmp_path
):
    model = mortal(deadly=(3,), once=str(tmp_path / "died"))
    search = GridSearchCV(model, {"max_depth": [2, 3]}, cv=2, n_jobs=1, refit=False)
    at_once = {"distributed.deploy.lost-worker-timeout": "0.1s"}  # as if it took very long
    with (
        dask_settings.set(at_once),
        record("alone", backend="dask", store=store) as recording,
        giving_up(recording, seconds=60),
    ):
        search.fit(X, y)
        assert dask_settings.get(*at_once) != "0.1s"
    assert (recording.done, recording.quarantined) == (4, 0)
    assert (tmp_path / "died").is_dir()


@contextlib.contextmanager
def giving_up(recording, seconds):
    """End what would wait for ever."""
    timer = threading.Timer(seconds, recording.cancel)
    timer.start()
    yield
    timer.cancel()


def test_stock_joblib_works_with_our_estimators(client):
    net = MLPClassifier(max_iter=2, random_state=0)
    search = GridSearchCV(net, {"dropout": [0.0, 0.5]}, cv=2)
    expected = table(search.fit(X[SMALL], y[SMALL]).cv_results_)
    data = [X[SMALL], y[SMALL]]
    with client.as_current(), joblib.parallel_config(backend="dask", scatter=data):
        search.fit(*data)
    pd.testing.assert_frame_equal(table(search.cv_results_), expected)
