"""The ``bakeoff`` command: start the dashboard on this machine, for this machine."""

import argparse
import importlib.util
import socket
import sys
from pathlib import Path

_ADDRESS = "127.0.0.1"  # the dashboard fits models for whoever reaches it


def main(argv: list[str] | None = None) -> None:
    """Parse the command line and run the dashboard until it is interrupted.

    Parameters
    ----------
    argv : list of str, optional
        The arguments after the command's name; those of the process by default.

    Raises
    ------
    SystemExit
        With a status other than 0 and one line on stderr when the dashboard cannot start.
    """
    parser = argparse.ArgumentParser(
        prog="bakeoff",
        description="Compare neural nets, kernel SVMs and ensembles fold by fold, in a browser.",
    )
    parser.add_argument("--port", type=int, default=8501, help="port to serve on (default: 8501)")
    parser.add_argument("--headless", action="store_true", help="do not open a browser")
    options = parser.parse_args(argv)
    problem = _missing_packages() or _unusable(options.port)
    if problem:
        sys.exit(f"bakeoff: {problem}")
    print(f"bakeoff is at http://{_ADDRESS}:{options.port} (Ctrl-C stops it)", flush=True)
    _serve(options.port, options.headless)


def _missing_packages() -> str | None:
    missing = [name for name in ("streamlit", "altair") if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    return f"the dashboard needs what is not installed: pip install {' '.join(missing)}"


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
    from streamlit.web import cli

    app = Path(__file__).with_name("app.py")
    flags = [f"--server.address={_ADDRESS}", f"--server.port={port}"]
    if headless:
        flags.append("--server.headless=true")
    cli.main(["run", str(app), *flags], prog_name="bakeoff")
