"""The report of a run as one file: all in it, nothing run, nothing loaded."""

import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pandas as pd
import pytest

from bakeoff.dashboard import language
from bakeoff.dashboard.report.html import _rows, archive_of, html_report
from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    run,
)
from bakeoff.experiments.runs.saved_tables import save_table
from bakeoff.experiments.specs.spec import kinds
from bakeoff.recording import Store

EVIL = '<script>alert("x")</script>'
SMALL = {"n_splits": 3}
SPECS = {
    "verdict": Comparison("iris", ["svm_rbf", "svm_linear", "dummy"], **SMALL),
    "predictions": Comparison("diabetes", ["svm_rbf", "dummy"], **SMALL),
    "learning_curve": LearningCurve("iris", ["svm_rbf"], train_sizes=[0.2, 1.0], **SMALL),
    "epochs_loss": LearningCurve("iris", ["mlp"], over="epochs", n_splits=2),
    "validation_curve": ValidationCurve("iris", "svm_rbf", "C", [0.01, 1.0], **SMALL),
    "bias": EnsembleStudy("iris", members=[1, 3], n_resamples=2, n_splits=2),
    "promises": GridSearch("iris", "svm_rbf", n_candidates=2, nested=True, **SMALL),
    "candidates": GridSearch("iris", "svm_rbf", n_candidates=3, **SMALL),
}
assert {type(spec) for spec in SPECS.values()} == set(kinds().values()), "a kind without a spec"


class Page(HTMLParser):
    """What a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(autouse=True)
def english():
    yield
    language.follow(lambda: "en")


def stored(spec, name=None):
    list(run(spec))
    with Store() as store:
        identity = store.runs()[0].id
        if name:
            store.rename(identity, name)
    return identity


@pytest.mark.slow
@pytest.mark.parametrize("name", SPECS)
def test_every_kind_has_charts_tables_settings_and_nothing_from_elsewhere(name):
    identity = stored(SPECS[name])
    page = Page(html_report(identity, "en"))
    assert {"svg", "table", "h1"} <= set(page.tags)
    assert not {"script", "link", "iframe", "object", "image", "foreignobject"} & set(page.tags)
    assert not [one for one in page.attributes if one[0] in ("src", "href", "xlink:href")]
    words = " ".join(page.words)
    assert "What was done" in words
    assert "What this cannot tell" in words
    assert SPECS[name].dataset in words
    with zipfile.ZipFile(BytesIO(archive_of(identity))) as archive:
        chart = {"verdict": "fold_scores"}.get(name, name)
        drawn = json.loads(archive.read(f"charts/{chart}.json"))
        assert "vega-lite" in drawn["$schema"]
        assert any(drawn["datasets"].values())


def test_charts_do_not_share_the_names_of_their_gradients():
    text = html_report(stored(SPECS["verdict"]), "en")
    ids = [value for name, value in Page(text).attributes if name == "id"]
    assert len(ids) == len(set(ids)) > 0
    assert all(f"url(#{value})" in text for value in ids)


def test_names_are_text():
    rows = "".join(f"{i},{i % 5},{[EVIL, 'b'][i % 2]}\n" for i in range(40))
    table = save_table(
        f"{EVIL},width,kind\n{rows}".encode(), "t.csv", {"target": "kind", "leave_out": [EVIL]}
    )
    spec = Comparison(table.dataset, ["svm_rbf", "dummy"], params=table.params, n_splits=2)
    text = html_report(stored(spec, name=EVIL), "en")
    page = Page(text)
    assert "script" not in page.tags
    assert "<script" not in text.lower()
    assert EVIL in page.words  # the heading


def test_data_of_an_evil_name_are_text(tmp_path):
    file = tmp_path / "<b>*x* <script>alert(1).csv"  # of a script: the page would rename it
    file.write_text("size,width,kind\n" + "".join(f"{i % 7},{i % 5},{i % 2}\n" for i in range(40)))
    spec = Comparison(f"file:{file}", ["svm_rbf", "dummy"], params={"target": "kind"}, n_splits=2)
    text = html_report(stored(spec), "en")
    page = Page(text)
    assert not {"script", "b", "em"} & set(page.tags)
    assert "<script" not in text.lower()
    design = f"Comparison on {file.name} · 2 folds · normalisation: standard · seed 0"
    assert design in page.words


def test_a_comparison_has_its_leaderboard_with_tie_groups_and_its_pairs():
    words = Page(html_report(stored(SPECS["verdict"]), "en")).words
    assert {"Tie group", "p (Holm)", "The other pair"} <= set(words)


def test_a_long_table_is_cut_and_says_so():
    words = " ".join(Page(html_report(stored(SPECS["predictions"]), "en")).words)
    assert "The first 200 of 442 rows are listed." in words


def test_a_table_that_two_charts_share_is_written_once():
    words = Page(html_report(stored(SPECS["bias"]), "en")).words
    assert words.count("Error of the ensemble") == 1


def test_numbers_of_a_column_have_as_many_decimals():
    table = pd.DataFrame({"whole": [1.0, 20.0], "part": [0.5, -0.123456], "n": [1, 2]})
    assert _rows(table.assign(gap=[float("nan"), 0.25])) == [
        ("1", "0.5000", "1", ""),
        ("20", "\N{MINUS SIGN}0.1235", "2", "0.25"),
    ]


def test_it_speaks_the_language_that_was_asked_for():
    text = html_report(stored(SPECS["verdict"]), "ko")
    assert '<html lang="ko">' in text
    assert "What was done" not in text
    assert "정확도" in text


def test_a_run_that_did_not_finish_says_so():
    spec = replace(SPECS["verdict"], n_splits=4)
    with Store() as store:
        listening = run(spec, store=store)
        [next(listening) for _ in range(7)]
        listening.close()
        (found,) = store.runs()
    words = " ".join(Page(html_report(found.id, "en")).words)
    assert "did not finish" in words
    assert "SVM" in words


def test_a_model_that_fails_is_named_with_its_reason():
    spec = Comparison("iris", ["svm_rbf", "dummy"], model_params={"svm_rbf": {"C": -1.0}}, **SMALL)
    words = " ".join(Page(html_report(stored(spec), "en")).words)
    assert "SVM RBF failed in 3 fits: InvalidParameterError" in words


def test_a_long_setting_is_not_cut():
    sizes = [round(0.1 + 0.01 * i, 2) for i in range(30)]
    spec = LearningCurve("iris", ["dummy"], train_sizes=sizes, n_splits=2)
    assert ", ".join(map(str, sizes)) in html_report(stored(spec), "en")
