"""Every text of a page has its Korean, with the same values in it, and none is left over."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import bakeoff.dashboard
from bakeoff import datasets
from bakeoff.dashboard import korean, language
from bakeoff.datasets._table.reasons import OF_ONE, REASONS
from bakeoff.experiments.findings import FINDINGS
from bakeoff.experiments.models import svms
from bakeoff.experiments.specs.spec import kinds

FOLDER = Path(bakeoff.dashboard.__file__).parent
SOURCES = sorted(path for path in FOLDER.rglob("*.py") if "korean" not in path.parts)


def texts(path):
    """What is translated in a file: literal first arguments of t and mark."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("t", "mark"):
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield first.value
            else:
                assert not isinstance(first, ast.JoinedStr), f"{path}: an f-string in t()"


def wanted():
    found = {text for path in SOURCES for text in texts(path)}
    # Data sets and experiments know nothing of languages.
    described = [datasets.load(name) for name in datasets.names()]
    texts_of_data = {text for data in described for text in (data.description, data.units)}
    texts_of_data |= {*REASONS.values(), *OF_ONE.values()}
    texts_of_kinds = {
        text for kind in kinds().values() for text in (kind.label, *kind.field_labels.values())
    }
    texts_of_runs = {*FINDINGS.values(), *svms.METHODS.values()} | texts_of_kinds
    return found | texts_of_data | texts_of_runs


def fields(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_every_text_is_in_korean():
    missing = sorted(wanted() - set(korean.TEXTS))
    assert not missing, "add to dashboard/korean/:\n" + "\n".join(missing)


def test_no_korean_is_left_over():
    assert sorted(set(korean.TEXTS) - wanted()) == []


@pytest.mark.parametrize("text", sorted(korean.TEXTS))
def test_a_translation_has_the_same_values(text):
    assert fields(korean.TEXTS[text]) == fields(text)


@pytest.mark.parametrize("text", sorted(korean.TEXTS))
def test_no_tilde_strikes_text_through(text):
    assert not re.search(r"\S~|~\S", korean.TEXTS[text])  # Markdown takes "1~2 and 3~4" for that


def test_no_text_is_translated_in_two_places():
    seen = {}
    for path in sorted((FOLDER / "korean").glob("[!_]*.py")):
        tree = ast.parse(path.read_text())
        (table,) = [node.value for node in tree.body if isinstance(node, ast.Assign)]
        for key in table.keys:
            assert key.value not in seen, f"{key.value!r} is in {path.name} and {seen[key.value]}"
            seen[key.value] = path.name


def test_a_reader_gets_their_language(korean_reader):
    assert language.t("{n} of {total} fits", n=3, total=30) == "학습 30회 중 3회"
    assert language.t("a text that nobody has translated") == "a text that nobody has translated"
    assert language.current() == "ko"


@pytest.mark.parametrize(
    ("locale", "code"), [("ko", "ko"), ("ko-KR", "ko"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_a_browser_gets_the_language_it_asks_for(locale, code):
    assert language.best_match(locale) == code
