"""How long a reader waits: the first paint of a page, and a changed widget while a run goes on.

    python benchmarks/dashboard.py

Starts the dashboard with a home of its own and looks at it with headless Chromium. Bars: a first
paint within 2 s on a warm server, a widget change within 0.3 s. Medians; a busy machine is slower.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from playwright.sync_api import Page, sync_playwright

from bakeoff.recording import Store

PAGES = ("", "data", "curves", "ensembles", "search", "runs")
ROUNDS = 5
LONG = "?dataset=digits&models=MLP&models=SVM+RBF&folds=9&repeats=20"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def main() -> None:
    """Print the medians and whether they keep to the bars."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        os.environ["BAKEOFF_HOME"] = home
        server, address = serve()
        try:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            report("first paint", 2.0, {path: paint(browser, address, path) for path in PAGES})
            page = browser.new_page()
            page.goto(f"{address}/{LONG}")
            report("widget, nothing runs", 0.3, {"": change(page)})
            page.get_by_role("button", name="Run comparison").click()
            page.get_by_text(re.compile(r"^\d+ of \d+ fits")).wait_for(timeout=120_000)
            report("widget, a run goes on", 0.3, {"": change(page)})
        finally:
            server.kill()
            server.wait()
            end_runs()


def browser_path() -> str | None:
    """Where Chromium is; None where Playwright may have one of its own."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def serve() -> tuple[subprocess.Popen, str]:
    """Start the dashboard and return its process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = "from bakeoff.dashboard.cli import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", command, "--headless", "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
            return server, f"http://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.1)


def paint(browser, address: str, path: str) -> list[float]:
    """Seconds until the title of a page is there, after a first visit that warms the server."""
    seconds = []
    for _ in range(ROUNDS + 1):
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(f"{address}/{path}")
        page.get_by_role("heading", level=1).wait_for()
        seconds.append(time.perf_counter() - start)
        page.close()
    return seconds[1:]


def change(page: Page) -> list[float]:
    """Seconds from a key in the box of folds to the text that follows from it."""
    box = page.get_by_label("Folds", exact=True)
    box.wait_for()
    page.wait_for_timeout(3000)
    seconds = []
    for number in range(ROUNDS):
        folds = 10 + number
        box.fill(str(folds))
        start = time.perf_counter()
        box.press("Enter")
        page.get_by_text(re.compile(rf"on {folds * 20} folds")).wait_for()
        seconds.append(time.perf_counter() - start)
        page.wait_for_timeout(500)
    return seconds


def report(what: str, bar: float, found: dict[str, list[float]]) -> None:
    for path, seconds in found.items():
        middle = statistics.median(seconds)
        verdict = "" if middle <= bar else f"  MISSES the bar of {bar} s"
        print(f"{what:24} {path or 'compare':10} {middle:6.2f} s{verdict}", flush=True)


def end_runs() -> None:
    """Runs outlive their server."""
    with Store() as store:
        for run in store.runs():
            store.stop(run.id)
        while any(run.active for run in store.runs()):
            time.sleep(0.1)


if __name__ == "__main__":
    main()
