"""Ctrl-C ends a fit and a search at once and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals to process groups are POSIX's"),
]

# Far longer than the test may take: only the interrupt can end these fits.
START = """
import warnings
import numpy as np
from sklearn.model_selection import GridSearchCV
from bakeoff.estimators import MLPClassifier
from skorch.callbacks import Callback

class Started(Callback):
    def on_epoch_end(self, net, **kwargs):
        if len(net.history) == 1:
            print("training", flush=True)

X, y = np.random.RandomState(0).normal(size=(2000, 20)), np.arange(2000) % 2
model = MLPClassifier(max_iter=10**9, callbacks=[Started()])
"""
FITS = {
    "fit": "model.fit(X, y)",
    "search": "GridSearchCV(model, {'dropout': [0.0, 0.1]}, cv=2).fit(X, y)",
    "search in two processes": (
        "GridSearchCV(model, {'dropout': [0.0, 0.1]}, cv=2, n_jobs=2).fit(X, y)"
    ),
}


def group_is_gone(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("what", FITS)
def test_ctrl_c_ends_it_and_every_process_of_it(what, tmp_path):
    script = tmp_path / "script.py"  # a file, so that worker processes can import the callback
    script.write_text(START + FITS[what])
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    group = process.pid
    try:
        assert "training" in process.stdout.readline()
        os.killpg(group, signal.SIGINT)  # what a terminal does
        _, error = process.communicate(timeout=30)
        deadline = time.monotonic() + 30
        while not group_is_gone(group) and time.monotonic() < deadline:
            time.sleep(0.05)

        assert process.returncode != 0
        assert "KeyboardInterrupt" in error
        assert group_is_gone(group)
    finally:
        if not group_is_gone(group):
            os.killpg(group, signal.SIGKILL)
        process.wait()
