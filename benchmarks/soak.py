"""Whether the dashboard stays as it is when it is used for long: 100 runs and 200 page loads.

    python benchmarks/soak.py

Starts the dashboard with a home of its own and uses it with headless Chromium, each load in a fresh
profile: somebody else. Prints what the server holds after each tenth: memory, threads, open files
and processes. Bar: at the end at most 5 % more than after the first tenth, once the sessions of
closed tabs, which Streamlit keeps for two minutes, are gone. Takes half an hour; a busy machine is
slower.
"""

import argparse
import re
import tempfile
import time
from itertools import count, cycle
from os import environ

import psutil
from playwright.sync_api import Browser, sync_playwright

from dashboard import FLAGS, PAGES, browser_path, end_runs, serve

TENTHS = 10
BAR = 1.05
SESSION_SECONDS = 125  # Streamlit forgets one that has been disconnected for 120
PATIENCE = 300_000  # milliseconds
QUICK = "?dataset=iris&models=SVM+RBF&models=Dummy+baseline&folds=2&repeats=1"


def main() -> None:
    """Print what the server holds as it goes, and what misses the bar."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100, help="(default: %(default)s)")
    parser.add_argument("--loads", type=int, default=200, help="(default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        environ["BAKEOFF_HOME"] = home
        process, address = serve()
        server = psutil.Process(process.pid)
        try:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
            seeds, paths = count(), cycle(PAGES)
            print(f"{'runs':>5}{'loads':>6}{'MB':>8}{'threads':>8}{'files':>6}{'processes':>10}")
            for tenth in range(1, TENTHS + 1):
                for _ in range(options.runs // TENTHS):
                    run(browser, address, next(seeds))
                for _ in range(options.loads // TENTHS):
                    load(browser, address, next(paths))
                if tenth in (1, TENTHS):
                    time.sleep(SESSION_SECONDS)
                    load(browser, address, "")  # they are forgotten when the next one comes
                held = what_is_held(server)
                if tenth == 1:
                    first = held
                n_runs, n_loads = (n * tenth // TENTHS for n in (options.runs, options.loads))
                mb, threads, files, processes = held.values()
                print(
                    f"{n_runs:5}{n_loads:6}{mb:8.1f}{threads:8}{files:6}{processes:10}", flush=True
                )
            for name, value in held.items():
                if value > first[name] * BAR:
                    print(f"{name}: {first[name]:g}, then {value:g}  MISSES the bar of 5 % more")
        finally:
            process.kill()
            process.wait()
            end_runs()


def run(browser: Browser, address: str, seed: int) -> None:
    """Compare two models on folds of their own, to the verdict."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/{QUICK}&seed={seed}")
    page.get_by_role("button", name="Run comparison").click()
    page.get_by_role("heading", name=re.compile("A tie between|beats")).wait_for()
    page.close()


def load(browser: Browser, address: str, path: str) -> None:
    """Look at a page until its script has ended."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/{path}")
    page.get_by_role("heading", level=1).wait_for()
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.close()


def what_is_held(server: psutil.Process) -> dict[str, float]:
    """Count what a leak would leave behind in the server, by name."""
    return {
        "memory in MB": server.memory_info().rss / 1e6,
        "threads": server.num_threads(),
        "open files": server.num_fds(),
        "processes": len(server.children(recursive=True)),
    }


if __name__ == "__main__":
    main()
