"""Runs that belong to the store: asked for here, carried out by a process of their own.

The process outlives whoever asked for it, the dashboard's server too. Runs wait for those that were
asked for before them, so that two do not share the cores. A run is stopped through the store
(`Store.stop`), and whatever ends it, what it had finished is there.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO

from bakeoff.recording import Store, StoreError

from ..specs.spec import Spec

VERBOSE = "BAKEOFF_VERBOSE"  # set by `bakeoff --verbose`: runs say their errors in the terminal
_VOUCH_SECONDS = 10.0  # for a process that is on its way up: on a busy machine that takes long
_LAST_WORDS = 20_000  # bytes that are kept of what a process said before it died


def launch(spec: Spec, store: Store | None = None) -> str:
    """Queue a spec and start its process, which waits for its turn.

    Parameters
    ----------
    spec : Spec
        Of any kind; its data must be loadable by name.
    store : Store, optional
        The user's own when left out, and the only one that the process can find.

    Returns
    -------
    str
        Id of the run.

    Raises
    ------
    StoreError
        When the store cannot be written.

    Examples
    --------
    >>> import time
    >>> from bakeoff.experiments import Comparison
    >>> from bakeoff.recording import Store
    >>> with Store() as store:
    ...     run = launch(Comparison("iris", ["dummy"], n_splits=2), store)
    ...     while store.run(run).active:
    ...         time.sleep(0.1)
    ...     store.run(run).state, store.run(run).done
    ('finished', 2)
    """
    if store is None:
        with Store() as own:
            return launch(spec, own)
    run = store.queue_run(spec.title, type(spec).__name__, spec.to_json())
    _start(run)
    return run


def resume(run: str, store: Store | None = None) -> None:
    """Let a run that was stopped, failed or interrupted go on where it ended.

    A run that is under way is left alone.
    """
    if store is None:
        with Store() as own:
            return resume(run, own)
    if store.queue_again(run):
        _start(run)
    return None


def _start(run: str) -> None:
    # A file and no pipe: the process outlives this one, and must not write to nobody.
    said = None if os.environ.get(VERBOSE) else tempfile.TemporaryFile()  # noqa: SIM115
    process = subprocess.Popen(
        [sys.executable, "-m", "bakeoff.experiments.runs.worker", run],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,  # Ctrl-C and a closed terminal are for the server
    )
    # A process that has ended stays in the table of processes until its parent asks how.
    threading.Thread(target=_bury, args=(run, process, said), daemon=True).start()


def _bury(run: str, process: subprocess.Popen, said: IO[bytes] | None) -> None:
    code = _code(run, process)
    with said or contextlib.nullcontext():
        if code == 0:  # it has said itself how it ended
            return
        where = _traceback(said) if said else None
    with contextlib.suppress(KeyError, StoreError), Store() as store:  # it may have been deleted
        if store.run(run).state in ("queued", "running", "interrupted"):
            store.end_run(run, "interrupted", _cause_of_death(code), where)


def _code(run: str, process: subprocess.Popen) -> int:
    """Wait for the end of a process, and vouch for its run until it has spoken itself."""
    with contextlib.suppress(StoreError):
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_VOUCH_SECONDS)
            with Store() as store:
                if not store.vouch(run):
                    break
    return process.wait()


def _traceback(said: IO[bytes]) -> str | None:
    """The traceback that a process has ended with, if it has; fits may have warned before."""
    length = said.seek(0, os.SEEK_END)
    said.seek(max(0, length - _LAST_WORDS))
    _, begins, rest = said.read().decode(errors="replace").partition("Traceback (most recent")
    return begins + rest or None


def _cause_of_death(code: int) -> str:
    if code < 0:
        name = signal.Signals(-code).name
        hint = ", often because memory ran out" if name == "SIGKILL" else ""
        return f"the process of the run was ended by {name}{hint}"
    return f"the process of the run ended early with exit code {code}"
