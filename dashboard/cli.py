"""The ``bakeoff`` command: the dashboard on this machine, for this machine, and runs checked again.

What it needs is imported when it is needed: the dashboard should be there at once.
"""

import argparse
import contextlib
import functools
import importlib.util
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_PATIENCE_SECONDS = 3  # with open pages, after Ctrl-C
_ADDRESS = "127.0.0.1"  # the dashboard fits models for whoever reaches it
_MOST_LINES = 20
_VERBOSE = "BAKEOFF_VERBOSE"  # experiments.runs.background's, which takes seconds to import


def main(argv: list[str] | None = None) -> None:
    """Parse the command line, then run the dashboard until it is interrupted, or a run again.

    Parameters
    ----------
    argv : list of str, optional
        The arguments after the command's name; those of the process by default.

    Raises
    ------
    SystemExit
        With a status other than 0 and one line on stderr when the dashboard cannot start. After
        ``rerun`` always: 0 when every score is the same, 1 when one is not, and 2 when that could
        not be found out.
    """
    parser = argparse.ArgumentParser(
        prog="bakeoff",
        description="Compare neural nets, kernel SVMs and ensembles fold by fold, in a browser.",
    )
    parser.add_argument("--port", type=int, default=8501, help="port to serve on (default: 8501)")
    parser.add_argument("--headless", action="store_true", help="do not open a browser")
    parser.add_argument(
        "--verbose", action="store_true", help="print tracebacks and warnings of runs here"
    )
    commands = parser.add_subparsers(
        dest="command", title="without a browser", metavar="", required=False
    )
    again = commands.add_parser(
        "rerun",
        help="compute a downloaded run again and compare every score",
        description="Fit every model of a downloaded run again and compare every score. Earlier "
        "results are not looked at. Exit status: 0 when all are the same, 1 when not, 2 when the "
        "run cannot be repeated.",
    )
    again.add_argument("file", metavar="FILE", help="the zip from the page Runs")
    again.add_argument("--data", metavar="PATH", help="where the data are, if they are a file")
    again.add_argument("--n-jobs", type=int, default=1, help="worker processes (default: 1)")
    store = commands.add_parser(
        "store",
        help="say where runs are kept and how much room they take",
        description="Say where runs are kept and how much room they take.",
    )
    store.add_argument("--clean", action="store_true", help="delete results that no run refers to")
    options = parser.parse_args(argv)
    if options.command == "rerun":
        sys.exit(_rerun(options.file, options.data, options.n_jobs))
    if options.command == "store":
        sys.exit(_store(options.clean))
    problem = _missing_packages() or _unusable(options.port)
    if problem:
        sys.exit(f"bakeoff: {problem}")
    if options.verbose:
        os.environ[_VERBOSE] = "1"
    print(f"bakeoff is at http://{_ADDRESS}:{options.port} (Ctrl-C stops it)", flush=True)
    try:
        _serve(options.port, options.headless)
    finally:
        with contextlib.suppress(KeyboardInterrupt):  # pressed once more
            _say_what_goes_on()


def _missing_packages() -> str | None:
    missing = [name for name in ("streamlit", "altair") if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    return f"the dashboard needs {' and '.join(missing)}: pip install 'bakeoff[dashboard]'"


def _unusable(port: int) -> str | None:
    """Say why nothing can be served on ``port``, or None."""
    if not 1 <= port <= 65_535:
        return f"--port must be from 1 to 65535, however: {port}"
    with socket.socket() as probe:
        if sys.platform != "win32":  # there, the option would let two servers share a port
            # A server that has just ended leaves its port in TIME_WAIT, which is no obstacle.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError as problem:
            why = (problem.strerror or str(problem)).lower()
            return f"port {port} cannot be used ({why}); try another with --port"
    return None


def _serve(port: int, headless: bool) -> None:
    import uvicorn  # Streamlit's server
    from streamlit.web import cli

    # Left alone, it waits without end for a page that does not hang up, and hears no second Ctrl-C.
    uvicorn.Config.__init__ = functools.partialmethod(  # type: ignore[method-assign, assignment]
        uvicorn.Config.__init__, timeout_graceful_shutdown=_PATIENCE_SECONDS
    )
    app = Path(__file__).with_name("app.py")
    flags = [f"--server.address={_ADDRESS}", f"--server.port={port}"]
    if headless:
        flags.append("--server.headless=true")
    cli.main(["run", str(app), *flags], prog_name="bakeoff")


def _say_what_goes_on() -> None:
    """Say that runs outlive the dashboard, if some do."""
    from bakeoff.recording import Store, StoreError, home

    if not (home() / "bakeoff.sqlite").exists():
        return
    with contextlib.suppress(StoreError), Store() as store:
        # Those of scripts are none of the dashboard's.
        active = [run for run in store.runs() if run.active and run.kind != "record"]
        if active:
            runs, them = "1 run goes", "it"
            if len(active) > 1:
                runs, them = f"{len(active)} runs go", "them"
            print(
                f"{runs} on in the background; the dashboard shows {them} when it is started again"
            )


def _store(clean: bool) -> int:
    """Carry out ``bakeoff store`` and return its exit status."""
    from bakeoff.dashboard.quantities import data_size
    from bakeoff.recording import Store, StoreError, home

    if not (home() / "bakeoff.sqlite").exists():
        print(f"there is no store in {home()} yet: nothing has been run")
        return 0
    try:
        with Store() as store:
            if clean:
                gone = store.clean()
                print(f"deleted {gone:,} result{'s' if gone != 1 else ''} that no run refers to")
            runs = len(store.runs())
            print(f"{store.path}: {runs:,} run{'s' if runs != 1 else ''}, {data_size(store.size)}")
            if not store.is_private:
                print(f"other users of this machine can read it; chmod 600 {store.path} ends that")
    except StoreError as problem:
        return _failed(str(problem))
    return 0


def _rerun(file: str, data: str | None, n_jobs: int) -> int:
    """Carry out ``bakeoff rerun`` and return its exit status."""
    if n_jobs == 0:
        return _failed("--n-jobs must be at least 1, or -1 for all cores, however: 0")
    from bakeoff.experiments.runs.archive import read_archive, versions
    from bakeoff.experiments.runs.rerun import load_data, rerun

    try:
        archive = read_archive(file)
        now = versions()
        changed = [
            f"{name} {before} then, {now.get(name, 'none')} now"
            for name, before in archive.versions.items()
            if now.get(name) != before
        ]
        if changed:
            print(_shown(f"bakeoff: versions differ: {'; '.join(changed)}"), file=sys.stderr)
        dataset = load_data(archive.spec, data)
        print(_shown(f"Running again: {archive.spec.title}"), flush=True)
        table = rerun(archive, dataset, n_jobs=n_jobs, progress=True)
    except OSError as problem:
        return _failed(
            f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem)
        )
    except (ValueError, TypeError, ImportError, RuntimeError) as problem:
        return _failed(f"{file}: {problem}")
    except MemoryError:
        return _failed(f"{file}: there is not enough memory for what it holds")
    except KeyboardInterrupt:
        return _failed("stopped")
    return _compared(table)


def _compared(table: "pd.DataFrame") -> int:
    """Say how much of a rerun is the same, and return the exit status."""
    from bakeoff.experiments.runs.rerun import TOLERANCE

    off = table[table.difference > TOLERANCE]
    for one in off.head(_MOST_LINES).itertuples():
        print(_shown(f"{one.what} was {one.archived:.6g}, is now {one.again:.6g}"))
    if len(off) > _MOST_LINES:
        print(f"… and {len(off) - _MOST_LINES} more")
    if len(off):
        print(f"{len(off)} of {len(table)} scores differ")
        return 1
    largest = table.difference.max()
    rounding = f" to rounding: they differ by {largest:.1g} at most" if largest > 0 else ""
    print(f"all {len(table)} scores are the same{rounding}")
    return 0


def _failed(reason: str) -> int:
    print(_shown(f"bakeoff: {reason}"), file=sys.stderr)
    return 2


def _shown(text: str) -> str:
    """A text from a file without what would steer the terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
