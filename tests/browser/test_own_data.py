"""A file of the user's own: dropped, judged, compared on, and looked into."""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def noisy_table(path, n_rows=120):
    """Two classes that overlap, beside an identifier, a date and a copy of the target."""
    draws = np.random.default_rng(0)
    kind = draws.integers(0, 2, n_rows)
    frame = pd.DataFrame(
        {
            "plant_id": np.arange(1000, 1000 + n_rows),
            "seen": pd.date_range("2024-01-01", periods=n_rows).strftime("%Y-%m-%d"),
            "height": (kind + draws.normal(0, 0.9, n_rows)).round(2),
            "weight": (kind * 2 + draws.normal(0, 2, n_rows)).round(2),
            "code": np.where(kind, 7.5, 1.5),
            "species": np.where(kind, "lily", "rose"),
        }
    )
    frame.to_csv(path, index=False, sep=";", decimal=",", encoding="utf-8")
    return path


def test_from_an_upload_to_the_rows_where_two_models_disagree(open_page, tmp_path):
    page = open_page("data")
    page.locator("input[type=file]").set_input_files(noisy_table(tmp_path / "plants.csv"))
    expect(page.get_by_text("120 rows, 6 columns. These are the first.")).to_be_visible()
    page.get_by_role("button", name="Use this table").click()
    box = page.get_by_role("combobox", name="Data set")
    expect(box).to_have_value(re.compile("^plants.csv"))
    page.get_by_role("button", name="Compare models on this data").click()
    expect(page.get_by_role("heading", name="Compare models")).to_be_visible()
    # Height and weight: the others are an identifier, a date and a leak.
    expect(page.get_by_text("120 rows of 2 columns, 2 classes")).to_be_visible()
    address = page.url
    assert "plants" in address

    # The same with fewer models, so that it takes seconds.
    page.goto(address + "&models=SVM+RBF&models=Logistic%2Fridge&folds=3&repeats=1")
    page.get_by_role("button", name="Run comparison").click()
    verdict = page.get_by_role("heading", name=re.compile("A tie between|beats"))
    expect(verdict).to_be_visible()
    expect(
        page.get_by_text(re.compile(r"different answers on \d+ of 120 test rows"))
    ).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def test_a_file_that_is_no_table_is_one_sentence(open_page, tmp_path):
    path = tmp_path / "picture.csv"
    path.write_bytes(bytes(range(256)) * 20)
    page = open_page("data")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_test_id("stAlert")).to_be_visible()


def test_ticks_and_file_outlast_other_choices_and_other_pages(open_page, settle, tmp_path):
    page = open_page("data")
    page.locator("input[type=file]").set_input_files(noisy_table(tmp_path / "plants.csv"))
    expect(page.get_by_text("2 of 5 columns are used.")).to_be_visible()
    settle(page)
    table = page.get_by_test_id("stDataFrame").nth(1).bounding_box()
    page.mouse.click(table["x"] + 38, table["y"] + 35 * 3 + 17)  # the box of height
    expect(page.get_by_text("1 of 5 columns are used.")).to_be_visible()
    page.get_by_role("combobox", name="Rows belong together by").click()
    page.get_by_role("option", name="code", exact=True).click()
    expect(page.get_by_text("1 of 4 columns are used.")).to_be_visible()
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="Compare models")).to_be_visible()
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_text("1 of 4 columns are used.")).to_be_visible()
    expect(page.get_by_text("Still here: plants.csv")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Still here: plants.csv")).to_be_hidden()
    expect(page.get_by_role("combobox", name="Data set")).to_be_visible()
