"""The process of one run: ``python -m bakeoff.experiments.runs.worker RUN``."""

import contextlib
import os
import sys
import time
import traceback
import warnings

from bakeoff.datasets import TableWarning
from bakeoff.recording import RunStoppedError, Store
from bakeoff.recording.run import State

from ..engine import run
from ..evaluation import one_line
from ..live import VARIABLE
from ..specs.spec import spec_from_json

_LOOK_SECONDS = 0.5
_NICE = 10  # the page, the user's browser and their other work go first


def work(identity: str) -> None:
    """Wait for the turn of a queued run, then carry it out on all cores.

    Parameters
    ----------
    identity : str
        Its id in the user's own store, which keeps what it finds and how it ends.
    """
    os.environ[VARIABLE] = identity
    warnings.simplefilter("ignore", TableWarning)  # which the pages say in their own way
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_NICE)
    with Store() as store:
        try:
            while store.turn(identity):
                time.sleep(_LOOK_SECONDS)
            spec = spec_from_json(store.run(identity).spec)
            # In worker processes, so that a model that kills one does not end the run.
            for _ in run(spec, n_jobs=-1, backend="loky", store=store, queued=identity):
                pass
        except RunStoppedError:
            _end(store, identity, "stopped")
        except Exception as problem:
            where = traceback.format_exc()
            print(where, file=sys.stderr)  # which `bakeoff --verbose` shows
            _end(store, identity, "failed", one_line(problem), where)


def _end(store: Store, identity: str, state: State, *why: str) -> None:
    """Say how a run ended before its recording was open; after that, the recording has said it."""
    with contextlib.suppress(KeyError):  # it may have been deleted
        if store.run(identity).active:
            store.end_run(identity, state, *why)


if __name__ == "__main__":
    work(sys.argv[1])
