"""The journeys of a user through the comparison page."""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError, expect

pytestmark = pytest.mark.slow

QUICK = (
    "?dataset=iris&models=SVM+RBF&models=Logistic%2Fridge&models=Dummy+baseline&folds=3&repeats=1"
)


def start(page):
    page.get_by_role("button", name="Run comparison").click()


def finish(page):
    start(page)
    verdict = page.get_by_role("heading", name=re.compile("A tie between|beats"))
    expect(verdict).to_be_visible()


def test_one_button_gives_the_comparison_and_the_verdict_waits_for_all_folds(open_page):
    page = open_page()
    expect(page.get_by_text("Nothing has run yet.")).to_be_visible()
    expect(page.get_by_text("6 models on 10 folds: 60 fits")).to_be_visible()
    start(page)
    locked = page.get_by_text("The verdict stays locked until all 10 folds are in")
    expect(locked).to_be_visible()
    verdict = page.get_by_role("heading", name=re.compile("A tie between|beats"))
    expect(verdict).to_be_hidden()
    expect(page.get_by_role("button", name="Run comparison")).to_be_disabled()
    page.get_by_role("button", name="Stop and keep").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    expect(verdict).to_be_hidden()


def test_scores_code_and_limits_come_with_the_result(open_page, tmp_path):
    page = open_page(QUICK)
    finish(page)
    for described in ("on each fold", "with 95% intervals", "Confusion matrix"):
        chart = page.locator(f"[data-testid=stVegaLiteChart][aria-label*='{described}']")
        expect(chart).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Fold scores as CSV").click()
    download.value.save_as(tmp_path / "scores.csv")
    header, *rows = (tmp_path / "scores.csv").read_text().splitlines()
    assert header.startswith("model,repeat,fold,score")
    assert len(rows) == 9

    page.get_by_role("tab", name="Code that reproduces it").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("cross_val_score(model, data.X, data.y")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the script").click()
    assert download.value.suggested_filename == "Comparison_on_iris.py"
    page.get_by_role("tab", name="What was done").click()
    expect(page.get_by_text("but it is a correction, not a cure")).to_be_visible()


def test_a_click_on_a_dot_shows_where_two_models_disagree(open_page, settle):
    page = open_page(QUICK)
    finish(page)
    fold = page.get_by_role("combobox", name="Fold", exact=True)
    expect(fold).to_have_value("repeat 1, all folds")
    chart = page.locator("[data-testid=stVegaLiteChart][aria-label*='on each fold']")
    dots = chart.locator("path[aria-roledescription=point]")
    expect(dots).to_have_count(6)  # the baseline is not drawn
    dots.nth(3).click(force=True)
    expect(fold).to_have_value(re.compile(r"repeat 1, fold \d"))
    settle(page)
    option = page.get_by_role("option", name="repeat 1, all folds")
    for _ in range(20):  # a page that is drawn anew meanwhile closes the box
        fold.press("ArrowDown")  # and without a mouse, the boxes do
        with contextlib.suppress(TimeoutError):
            option.wait_for(timeout=2_000)
            break
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(fold).to_have_value("repeat 1, all folds")
    expect(
        page.get_by_text(re.compile(r"different answers on \d+ of 150 test rows"))
    ).to_be_visible()


def test_the_leak_runs_beside_the_honest_comparison(open_page):
    page = open_page(QUICK)
    finish(page)
    page.get_by_role("switch", name="Leak it").focus()
    page.keyboard.press("Space")
    expect(page.get_by_text(re.compile("^Scaling alone leaks"))).to_be_visible()


def test_a_link_carries_the_settings_and_follows_them(open_page):
    page = open_page(f"{QUICK}&parameters=true&svm_rbf.C=3")
    expect(page.get_by_text("3 models on 3 folds: 9 fits")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="C", exact=True).first).to_have_value("3")
    page.get_by_label("Folds", exact=True).fill("4")
    page.get_by_label("Folds", exact=True).press("Enter")
    expect(page.get_by_text("3 models on 4 folds: 12 fits")).to_be_visible()
    page.wait_for_url(re.compile("folds=4"))
    gamma = page.get_by_role("spinbutton", name="gamma")
    gamma.fill("0.25")
    gamma.press("Enter")
    page.wait_for_url(re.compile(r"svm_rbf\.gamma=0\.25"))
    assert "svm_rbf.C=3" in page.url
