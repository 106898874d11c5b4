"""The journeys of a user through the comparison page."""

import re

import pytest
from playwright.sync_api import expect

QUICK = "?dataset=iris&models=SVM+RBF&models=SVM+linear&models=Dummy+baseline&folds=3"
LONG = "?dataset=digits&models=SVM+RBF&models=SVM+linear&folds=20&repeats=20"
PATIENT = 180_000  # milliseconds, for a machine that is busy with something else


def start(page):
    page.get_by_role("button", name="Run comparison").click()


def verdict(page):
    return page.get_by_role("heading", name=re.compile("A tie between|beats"))


def finish(page):
    start(page)
    expect(verdict(page)).to_be_visible(timeout=PATIENT)


def fits_sideways(page):
    """Whether nothing on the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && "
        "[...document.querySelectorAll('[data-testid=stMain]')]"
        ".every(element => element.scrollWidth <= element.clientWidth)"
    )


def test_one_button_gives_the_comparison(open_page):
    page = open_page()
    expect(page.get_by_text("Nothing has run yet.")).to_be_visible()
    start(page)
    progress = page.get_by_text(re.compile(r"^\d+ of 30 fits on wine"))
    expect(progress).to_be_visible(timeout=PATIENT)
    expect(page.get_by_role("button", name="Run comparison")).to_be_disabled()

    seen = set()
    while not verdict(page).is_visible():
        # What stands there now: the line may be gone before a locator that waits asks for it.
        seen.update(progress.all_inner_texts())
        page.wait_for_timeout(200)
    assert len(seen) > 1, "the folds did not arrive one by one"

    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(7)  # a header and six models
    for label in ("MLP", "CNN", "GRU", "SVM RBF", "SVM linear", "Dummy baseline"):
        expect(table.get_by_text(label, exact=True)).to_be_visible()
    for described in ("on each fold", "with 95 % intervals", "Confusion matrix"):
        chart = page.locator(f"[data-testid=stVegaLiteChart][aria-label*='{described}']")
        expect(chart).to_be_visible()
    expect(page.get_by_role("button", name="Run comparison")).to_be_enabled()


def test_scores_code_and_limits_come_with_the_result(open_page, tmp_path):
    page = open_page(QUICK)
    finish(page)
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
    assert download.value.suggested_filename == "compare_iris.py"
    page.get_by_role("tab", name="What was done").click()
    expect(page.get_by_text("Nadeau and Bengio")).to_be_visible()


def test_stop_keeps_the_finished_folds(open_page):
    page = open_page(LONG)
    start(page)
    some = re.compile(r"^([5-9]|\d\d+) of 800 fits")
    expect(page.get_by_text(some)).to_be_visible(timeout=PATIENT)
    page.get_by_role("button", name="Stop and keep").click()
    expect(page.get_by_text(re.compile("Stopped: .* of 400 folds were finished"))).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    expect(page.get_by_role("button", name="Run comparison")).to_be_enabled()


def test_a_link_carries_the_settings_and_follows_them(open_page):
    page = open_page(QUICK)
    expect(page.get_by_text("3 models on 3 folds: 9 fits")).to_be_visible()
    page.get_by_label("Folds", exact=True).fill("4")
    page.get_by_label("Folds", exact=True).press("Enter")
    expect(page.get_by_text("3 models on 4 folds: 12 fits")).to_be_visible()
    page.wait_for_url(re.compile("folds=4"))


def test_a_phone_scrolls_one_way_only(open_page):
    page = open_page(QUICK, width=390, height=844)
    assert fits_sideways(page)
    finish(page)
    expect(page.get_by_role("table")).to_be_attached()
    assert fits_sideways(page)


@pytest.mark.parametrize(
    ("scheme", "background"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 27)")]
)
def test_it_follows_the_colours_of_the_system(open_page, scheme, background):
    page = open_page(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", background)
