"""On a Dask cluster, calls give what they give without one, whatever happens to its workers."""

import logging
import os
import signal
import sys
import threading
import time

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import make_classification
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from bakeoff.dashboard.recording import RunStoppedError, record
from bakeoff.estimators import MLPClassifier

distributed = pytest.importorskip("distributed")

from bakeoff.dashboard.recording import dask  # noqa: E402

X, y = make_classification(2000, 10, n_informative=5, random_state=0)  # 160 kB: held, not sent
SMALL = slice(150)
DEPTHS = list(range(1, 9))

# Workers import it, as they import what a user installs on a cluster.
MORTAL = '''
import os, signal, time
from sklearn.tree import DecisionTreeClassifier

class MortalTree(DecisionTreeClassifier):
    def __init__(self, max_depth=None, deadly=(), seconds=0.0):
        super().__init__(max_depth=max_depth, random_state=0)
        self.deadly = deadly
        self.seconds = seconds

    def fit(self, X, y):
        time.sleep(self.seconds)
        if self.max_depth in self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fit(X, y)
'''


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
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
            scheduler_kwargs={"allowed_failures": 1}, silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        yield client


@pytest.fixture(autouse=True)
def nothing_stays_behind(request):
    yield
    if "client" in request.fixturenames:
        client = request.getfixturevalue("client")
        wait_until(lambda: not tasks(client), seconds=10)


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
    with record("first", backend="dask", store=store) as first:
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


def test_a_candidate_that_always_kills_is_given_up_and_the_rest_goes_on(client, mortal, store):
    search = GridSearchCV(
        mortal(deadly=(3,)), {"max_depth": DEPTHS}, cv=[(np.arange(1000), np.arange(1000, 2000))]
    )
    expected = GridSearchCV(mortal(), {"max_depth": DEPTHS}, cv=search.cv).fit(X, y).cv_results_
    expected["mean_test_score"][2] = np.nan
    with record("deadly", backend=client, store=store) as recording:
        search.set_params(refit=False).fit(X, y)
    np.testing.assert_array_equal(
        search.cv_results_["mean_test_score"], expected["mean_test_score"]
    )
    assert (recording.done, recording.quarantined) == (len(DEPTHS) - 1, 1)
    (given_up,) = [e for e in store.entries(recording.run) if e.status == "quarantined"]
    assert given_up.detail["params"] == {"max_depth": 3}
    assert "its worker died 4 times (the last one was tcp://" in given_up.detail["error"]
