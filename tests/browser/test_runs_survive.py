"""A run belongs to the store: tabs, servers and its own process come and go."""

import os
import re
import signal
import sqlite3

import pytest
from playwright.sync_api import expect

from bakeoff.experiments import Comparison, run
from bakeoff.recording import Store

pytestmark = pytest.mark.slow

# Hundreds of fits: they cannot be over before something has happened to them.
LONG = "?dataset=digits&models=SVM+RBF&models=SVM+linear&folds=20&repeats=20"
QUICK = "?dataset=iris&models=SVM+RBF&models=Dummy+baseline&folds=3&repeats=1"
UNDER_WAY = re.compile(r"^([3-9]|\d\d+) of 800 fits")


def start(page):
    page.get_by_role("button", name="Run comparison").click()


def is_under_way(page):
    expect(page.get_by_text(UNDER_WAY)).to_be_visible()


def stop(page):
    page.get_by_role("button", name="Stop and keep").click()
    expect(page.get_by_text(re.compile("^Stopped:"))).to_be_visible()


def verdict(page):
    return page.get_by_role("heading", name=re.compile("A tie between|beats"))


def test_a_refresh_in_mid_run_and_a_second_tab_see_the_same_run(open_page):
    page = open_page(LONG)
    start(page)
    is_under_way(page)
    address = page.url
    assert "run=" in address
    page.reload()
    is_under_way(page)
    expect(page.get_by_role("button", name="Run comparison")).to_be_disabled()
    other = open_page("?" + address.split("?", 1)[1])  # a profile of its own: another person
    is_under_way(other)
    stop(other)
    expect(page.get_by_text(re.compile("^Stopped:"))).to_be_visible()


def test_a_stopped_run_resumes_where_it_ended(open_page):
    page = open_page(LONG + "&seed=1")
    start(page)
    is_under_way(page)
    stop(page)
    text = page.get_by_text(re.compile("^Stopped:")).inner_text()
    finished = int(re.search(r"(\d+) of", text)[1])
    page.get_by_role("button", name="Resume").click()
    is_under_way(page)
    line = page.get_by_text(UNDER_WAY).inner_text()
    assert int(line.split()[0]) >= finished
    stop(page)


def test_runs_of_several_tabs_take_turns(open_page):
    first = open_page(LONG + "&seed=2")
    start(first)
    is_under_way(first)
    others = [open_page(QUICK + "&seed=3"), open_page(QUICK.replace("folds=3", "folds=4"))]
    for n, other in enumerate(others, 1):
        start(other)
        ahead = other.get_by_test_id("stAlert").get_by_role("listitem")
        expect(ahead).to_have_text(
            ["Comparison on digits: Running", "Comparison on iris: Queued"][:n]
        )
    stop(first)
    for n_folds, other in enumerate(others, 3):
        expect(verdict(other)).to_be_visible()
        chart = other.locator("[data-testid=stVegaLiteChart][aria-label*='on each fold']")
        # Of its own run: a dot a fold, and the baseline is not drawn.
        expect(chart.locator("path[aria-roledescription=point]")).to_have_count(n_folds)
    expect(first.get_by_role("button", name="Resume")).to_be_visible()


def test_a_killed_process_is_an_interrupted_run_that_can_be_resumed(open_page, own_server):
    page = open_page(LONG)
    start(page)
    is_under_way(page)
    with sqlite3.connect(own_server.home / "bakeoff.sqlite") as db:
        (process,) = db.execute("SELECT pid FROM run").fetchone()
    os.kill(process, signal.SIGKILL)
    expect(page.get_by_text(re.compile("^Interrupted:"))).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    is_under_way(page)


def test_a_server_that_is_restarted_shows_its_runs(open_page, own_server):
    page = open_page(LONG)
    start(page)
    is_under_way(page)
    own_server.end()
    own_server.start()
    page.reload()
    is_under_way(page)
    stop(page)
    own_server.end()
    own_server.start()
    page.reload()
    expect(page.get_by_text(re.compile("^Stopped:"))).to_be_visible()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    with Store(own_server.home / "bakeoff.sqlite") as store:
        assert len(store.runs()) == 1


def test_a_download_that_fails_says_why(open_page, own_server, settle):
    with Store(own_server.home / "bakeoff.sqlite") as store:
        list(run(Comparison("iris", ["dummy"], n_splits=2), store=store))
        page = open_page("runs")
        settle(page)
        table = page.get_by_test_id("stDataFrame").first.bounding_box()
        page.mouse.click(table["x"] + 20, table["y"] + 52)  # the tick of the first row
        page.get_by_role("tab", name="Downloads").click()
        button = page.get_by_role("button", name="Archive (zip)")
        expect(button).to_be_visible()
        settle(page)
        store.delete(store.runs()[0].id)  # by another tab
    button.click()
    said = page.get_by_text(
        re.compile(r"Comparison_on_iris\.zip could not be made: no run has the")
    )
    expect(said).to_be_visible()


def test_a_run_is_opened_with_its_own_settings(open_page, own_server, settle):
    with Store(own_server.home / "bakeoff.sqlite") as store:
        spec = Comparison("iris", ["dummy", "forest"], n_splits=5, n_repeats=1)
        list(run(spec, store=store))
    page = open_page("?folds=7&metric=f1_macro")
    settle(page)
    page.get_by_role("link", name="Runs", exact=True).click()
    expect(page.get_by_role("heading", name="Runs", exact=True)).to_be_visible()
    settle(page)
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.mouse.click(table["x"] + 20, table["y"] + 52)  # the tick of the first row
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("button", name="Fold scores as CSV")).to_be_visible()
    expect(page.get_by_label("Folds", exact=True)).to_have_value("5")
    expect(page.get_by_label("Repeats", exact=True)).to_have_value("1")
    expect(page.get_by_text("are not those of the run")).to_be_hidden()
