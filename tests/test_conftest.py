"""What `conftest.py` settles for every test and for every process that a test starts."""

import subprocess
import sys
from pathlib import Path

import pytest

# A shell ignores Ctrl-C for its background jobs in this way, and so does whoever they start.
BACKGROUND_JOB = """
import runpy, signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
runpy.run_path(sys.argv[1])
hears = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
subprocess.run([sys.executable, "-c", hears], check=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_in_a_background_job_too_what_a_test_starts_hears_ctrl_c():
    conftest = Path(__file__).with_name("conftest.py")
    job = [sys.executable, "-c", BACKGROUND_JOB, str(conftest)]
    assert subprocess.run(job, capture_output=True, text=True, check=True).stdout == "True\n"
