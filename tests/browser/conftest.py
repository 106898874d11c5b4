"""The real command, and a real browser to look at it with."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMMAND = [sys.executable, "-c", "from bakeoff.dashboard.cli import main; main()"]


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; without one these tests skip, except in CI, where they fail."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "no browser found: install Chromium (Debian, Ubuntu: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where the dashboard runs, started by its command and ended by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    log = folder / "log.txt"
    with log.open("w") as stream:
        server = subprocess.Popen(
            [*COMMAND, "--headless", "--port", str(port)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
            server.send_signal(signal.SIGINT)
            status = server.wait(timeout=60)
        finally:
            server.kill()
            server.wait()
    assert status == 0
    assert "Traceback" not in log.read_text()


def wait_for(url, server, log, seconds=120):
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)


@pytest.fixture
def open_page(browser, address):
    """Open the dashboard in a fresh browser profile; fails if the page shows an error."""
    contexts, pages, problems = [], [], []

    def open_(query="", width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        contexts.append(context)
        pages.append(page)
        page.goto(f"{address}/{query}")
        page.get_by_role("button", name="Run comparison").wait_for()
        return page

    yield open_
    for page in pages:
        assert page.get_by_test_id("stException").count() == 0
    for context in contexts:
        context.close()
    assert not problems
