"""An estimator and the dashboard, from an installed wheel."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.resources import files
from pathlib import Path
from socket import socket

from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from streamlit.testing.v1 import AppTest

import bakeoff.dashboard
from bakeoff import datasets
from bakeoff.dashboard.report.html import html_report
from bakeoff.estimators import MLPClassifier
from bakeoff.experiments import Comparison, launch
from bakeoff.recording import Store


def main() -> None:
    folder = Path(bakeoff.dashboard.__file__).parent
    assert "site-packages" in str(folder), f"not the installed wheel: {folder}"

    for package in ("estimators", "datasets", "dashboard", "experiments", "recording"):
        assert (files(f"bakeoff.{package}") / "py.typed").is_file(), package

    iris = datasets.load("iris")
    model = make_pipeline(StandardScaler(), MLPClassifier(random_state=0))
    score = cross_val_score(model, iris.X, iris.y).mean()
    print(f"MLPClassifier on iris: accuracy {score:.3f}")
    assert score > 0.9

    page = AppTest.from_file(str(folder / "app.py"), default_timeout=60).run()
    assert not page.exception, page.exception

    os.environ["BAKEOFF_HOME"] = tempfile.mkdtemp()
    with Store() as store:
        run = launch(Comparison("iris", ["dummy"], n_splits=2), store)
        while store.run(run).active:
            time.sleep(0.2)
        print(f"a run in a process of its own: {store.run(run).state}")
        assert store.run(run).state == "finished", store.run(run).reason
    assert "<svg" in html_report(run, "en")

    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(["bakeoff", "--headless", "--port", str(port)])
    try:
        address = f"http://127.0.0.1:{port}/_stcore/health"
        print(f"dashboard: {wait_for(address, server)}")
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.3)
    sys.exit(f"bakeoff did not answer at {address}")


if __name__ == "__main__":
    main()
