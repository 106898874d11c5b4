"""For everyone: axe-core, the keyboard, phones, dark and light, two languages."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bakeoff.dashboard.report.html import html_report
from bakeoff.experiments import Comparison, GridSearch, run
from bakeoff.recording import Store

pytestmark = pytest.mark.slow

PAGES = ["", "data", "curves", "ensembles", "search", "runs"]
QUICK = "?dataset=iris&models=SVM+RBF&models=SVM+linear&models=Dummy+baseline&folds=3&repeats=1"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 27)"}
FILES = [
    Comparison("iris", ["svm_rbf", "forest", "dummy"], n_splits=3),
    GridSearch("iris", "svm_rbf", method="random", n_candidates=5, n_splits=2),
]

# Fading elements have no contrast yet. What has no end is the placeholder of a part that loads.
STILL = """() => document.getAnimations().every(
    animation => animation.effect.getComputedTiming().endTime === Infinity
) && !document.querySelector('[data-testid=stSkeleton]')"""


def serious(page):
    """What axe-core finds serious or critical, each with the element."""
    page.wait_for_function(STILL)
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def fits_sideways(page):
    """Whether nothing on the page is wider than the window."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth && "
        "[...document.querySelectorAll('[data-testid=stMain]')]"
        ".every(element => element.scrollWidth <= element.clientWidth)"
    )


def serious_by_scheme(page, settle):
    """What is serious in light and in dark, on one page whose system changes its colours."""
    found = {}
    for scheme, background in BACKGROUNDS.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", background)
        settle(page)
        found[scheme] = serious(page)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_scrolls_one_way_only_and_axe_finds_nothing_serious(open_page, settle, path):
    page = open_page(path, **PHONE)
    settle(page)
    assert fits_sideways(page)
    page.set_viewport_size(DESK)
    assert serious_by_scheme(page, settle) == {"light": [], "dark": []}


def test_a_report_is_accessible_and_fits_a_phone(open_page, settle):
    page = open_page(QUICK)
    page.get_by_role("button", name="Run comparison").click()
    verdict = page.get_by_role("heading", name=re.compile("A tie between|beats"))
    expect(verdict).to_be_visible()
    page.get_by_role("tab", name="Code that reproduces it").click()
    settle(page)
    assert serious(page) == []
    phone = open_page("?" + page.url.split("?", 1)[1], **PHONE)
    expect(phone.get_by_role("heading", name=re.compile("A tie between|beats"))).to_be_visible()
    settle(phone)
    assert fits_sideways(phone)
    phone.set_viewport_size(DESK)
    assert serious_by_scheme(phone, settle) == {"light": [], "dark": []}


@pytest.mark.parametrize("spec", FILES, ids=lambda spec: type(spec).__name__)
def test_the_file_of_a_report_is_accessible_and_fits_a_phone(browser, tmp_path, spec):
    list(run(spec))
    with Store() as store:
        identity = store.runs()[0].id
    file = tmp_path / "report.html"
    file.write_text(html_report(identity, "en"), encoding="utf-8")
    context = browser.new_context(viewport=PHONE)
    try:
        page = context.new_page()
        page.goto(file.as_uri())
        assert fits_sideways(page)
        for scheme in BACKGROUNDS:
            page.emulate_media(color_scheme=scheme)
            assert serious(page) == []
    finally:
        context.close()


@pytest.mark.parametrize(("first", "then"), [("light", "dark"), ("dark", "light")])
def test_it_follows_the_colours_of_the_system(open_page, first, then):
    page = open_page(color_scheme=first)
    for scheme in (first, then):
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[scheme])


def test_it_follows_the_language_of_the_browser_and_can_be_switched(open_page):
    page = open_page(locale="ko-KR")
    expect(page.get_by_role("link", name="학습 곡선")).to_be_visible()
    page.get_by_role("radio", name="English").or_(
        page.get_by_role("button", name="English")
    ).first.click()
    expect(page.get_by_role("link", name="Learning curves")).to_be_visible()
    page.wait_for_url(re.compile("lang=en"))
    page.get_by_role("link", name="Runs").click()
    expect(page.get_by_role("heading", name="Runs")).to_be_visible()


def test_a_run_is_started_by_the_keyboard_alone(open_page, settle):
    page = open_page(QUICK)
    settle(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Run comparison":
            break
    else:
        pytest.fail("the button is not reached by the Tab key")
    page.keyboard.press("Enter")
    verdict = page.get_by_role("heading", name=re.compile("A tie between|beats"))
    expect(verdict).to_be_visible()
