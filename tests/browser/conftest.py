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
from playwright.sync_api import expect, sync_playwright

from bakeoff.recording import Store

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
PATIENT = 180_000  # milliseconds, for a machine that is busy with something else
COMMAND = [sys.executable, "-c", "from bakeoff.dashboard.cli import main; main()"]


expect.set_options(timeout=PATIENT)


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


class Server:
    """The dashboard, started by its command with a home of its own, and ended by Ctrl-C."""

    def __init__(self, folder):
        self.home = folder / "home"
        self._log = folder / "log.txt"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        with self._log.open("a") as stream:
            self._process = subprocess.Popen(
                [*COMMAND, "--headless", "--port", str(self.port)],
                cwd=self.home.parent,
                env={**os.environ, "BAKEOFF_HOME": str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def _wait(self, seconds=120):
        deadline = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError):
                assert self._process.poll() is None, self._log.read_text()
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.2)

    def end(self):
        self._process.send_signal(signal.SIGINT)
        try:
            status = self._process.wait(timeout=60)
        finally:
            self.kill()
        assert status == 0
        assert "Traceback" not in self._log.read_text()

    def kill(self):
        self._process.kill()
        self._process.wait()

    def close(self):
        """End the server and its runs, which would outlive it."""
        self.kill()
        with Store(self.home / "bakeoff.sqlite") as store:
            for run in store.runs():
                store.stop(run.id)
            deadline = time.monotonic() + 60
            while any(run.active for run in store.runs()):
                assert time.monotonic() < deadline, "a run does not stop"
                time.sleep(0.1)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory):
    """One server for all tests that do nothing to it."""
    server = Server(tmp_path_factory.mktemp("server"))
    try:
        yield server
        server.end()
    finally:
        server.close()


@pytest.fixture
def own_server(tmp_path):
    """A server of one test's own, which may end it."""
    server = Server(tmp_path)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def open_page(browser, request):
    """Open the dashboard in a fresh browser profile; fails if the page shows an error.

    Of the test's own server where it has one.
    """
    own = "own_server" in request.fixturenames
    server = request.getfixturevalue("own_server" if own else "shared_server")
    contexts, pages, problems = [], [], []

    def open_(query="", width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENT)
        page = context.new_page()
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        contexts.append(context)
        pages.append(page)
        page.goto(f"{server.address}/{query}")
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield open_
    for page in pages:
        assert page.get_by_test_id("stException").count() == 0
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def settle():
    """Wait until no script runs and all is drawn: a page that is drawn anew loses its focus."""

    def wait(page):
        app = page.get_by_test_id("stApp")
        for _ in range(2):  # a script that ends may have asked for the next
            expect(app).to_have_attribute("data-test-script-state", "notRunning")
            page.wait_for_timeout(300)

    return wait
