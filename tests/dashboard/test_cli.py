"""The command in a process of its own, as a user starts it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest

COMMAND = [sys.executable, "-c", "from bakeoff.dashboard.cli import main; main()"]
WITHOUT_STREAMLIT = "import sys; sys.modules['streamlit'] = None; "


def run(*arguments, command=COMMAND):
    return subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120)


@contextmanager
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_help_names_the_options():
    done = run("--help")
    assert done.returncode == 0
    assert "--port" in done.stdout
    assert "--headless" in done.stdout


def test_a_taken_port_is_one_line_and_a_failure():
    with taken_port() as port:
        done = run("--headless", "--port", str(port))
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"bakeoff: port {port} cannot be used (")
    assert line.endswith("; try another with --port")


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_out_of_range_is_one_line(port):
    done = run("--port", str(port))
    assert done.returncode != 0
    assert done.stderr == f"bakeoff: --port must be from 1 to 65535, however: {port}\n"


def test_a_missing_streamlit_is_one_line_with_the_cure():
    done = run(command=[sys.executable, "-c", WITHOUT_STREAMLIT + COMMAND[-1]])
    assert done.returncode != 0
    assert done.stderr == (
        "bakeoff: the dashboard needs what is not installed: pip install streamlit\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not a signal to one process there")
def test_it_serves_on_this_machine_only_from_any_folder_and_ends_with_ctrl_c(tmp_path):
    with taken_port() as port:
        pass  # free again, and unlikely to be handed out before we use it
    fresh_home = {**os.environ, "HOME": str(tmp_path)}  # as on the day it is installed
    with subprocess.Popen(
        [*COMMAND, "--headless", "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        env=fresh_home,
    ) as server:
        try:
            first = server.stdout.readline()
            assert first == f"bakeoff is at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
            assert "127.0.0.1" in server.stdout.readline()  # the server's own word, once it is up
            health = f"http://127.0.0.1:{port}/_stcore/health"
            with urllib.request.urlopen(health, timeout=60) as answer:
                assert answer.status == 200
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=60)
        finally:
            server.kill()
    assert server.returncode == 0
    assert "Traceback" not in rest
    assert "statistics" not in rest
