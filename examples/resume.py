"""A grid search that is killed in the middle, and taken up again where it was.

    python examples/resume.py --jobs 2

The search is stock scikit-learn; ``with record(...)`` is all that is added. This script starts it
in a process of its own, kills that with SIGKILL after a third of the fits, as a crash or the
kernel would, and starts it again. `search` is what a script of yours would look like.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time

from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff import datasets
from bakeoff.estimators import MLPClassifier
from bakeoff.recording import Store, record

GRID = {
    "mlpclassifier__hidden_layer_sizes": [(16,), (32,), (32, 32)],
    "mlpclassifier__dropout": [0.0, 0.2],
}
FOLDS = 5
FITS = 3 * 2 * FOLDS


def search(jobs: int) -> None:
    """Search, under a record."""
    wine = datasets.load("wine")
    model = make_pipeline(StandardScaler(), MLPClassifier(max_iter=30, random_state=0))
    grid = GridSearchCV(model, GRID, cv=FOLDS)
    with record("wine grid", n_jobs=jobs) as recording:
        grid.fit(wine.X, wine.y)
    print(f"fitted {recording.done}, found {recording.reused} of an earlier run")
    print(f"best accuracy {grid.best_score_:.4f} with {grid.best_params_}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=2, help="workers (default: %(default)s)")
    parser.add_argument("--search", action="store_true", help="the search alone, not killed")
    options = parser.parse_args()
    if options.search:
        search(options.jobs)
        return

    with tempfile.TemporaryDirectory() as folder:
        # Only so that the example starts from nothing, and leaves nothing behind: a script of
        # yours writes to the user's own store, which the dashboard shows.
        environment = {**os.environ, "BAKEOFF_HOME": folder}
        command = [sys.executable, __file__, "--search", "--jobs", str(options.jobs)]

        print(f"A search of {FITS} fits, killed after a third of them:", flush=True)
        first = subprocess.Popen(command, env=environment)
        with Store(f"{folder}/bakeoff.sqlite") as store:
            while not store.runs() or store.runs()[0].done < FITS // 3:
                if first.poll() is not None:
                    sys.exit("the search ended before it could be killed")
                time.sleep(0.05)
            first.kill()
            first.wait()
            run = store.runs()[0]
            print(f"\nkilled; the store holds {run.done} fits of a run that is {run.state}")

            print("\nThe same script again:", flush=True)
            subprocess.run(command, env=environment, check=True)
            run = store.runs()[0]
            print(f"the store holds {run.done} fits of a run that is {run.state}")


if __name__ == "__main__":
    main()
