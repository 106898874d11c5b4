"""Errors are found again among the sentences that are translated: each was really raised."""

import ast
import re
from pathlib import Path

import pytest

from bakeoff.dashboard import korean
from bakeoff.dashboard.report.problems import TEMPLATES, explain, said
from bakeoff.datasets import _table, describe_table, read_table
from bakeoff.experiments.folds import check_enough
from bakeoff.recording.database import Database


def described(content, **asked):
    table = describe_table(read_table(content), **asked)
    return table.to_dataset("a", "test")


def split(content, n_splits, **asked):
    check_enough(described(content, **asked), n_splits)


ROWS = b"height,kind\n" + b"".join(b"%d,%s\n" % (i, b"ab"[i % 2 : i % 2 + 1]) for i in range(9))
GROUPED = b"height,who,kind\n" + b"".join(
    b"%d,%d,%s\n" % (i, i // 8, b"ab"[i % 2 : i % 2 + 1]) for i in range(16)
)


@pytest.mark.parametrize(
    ("call", "start"),
    [
        (lambda: read_table(b""), "파일이 비어"),
        (lambda: read_table(b"PK\x03\x04"), "엑셀 파일과 같은"),
        (lambda: read_table(b"a,b\n"), "파일의 머리글 아래에"),
        (lambda: read_table(b"PAR1 and no more"), "손상된 Parquet"),
        (lambda: read_table(bytes(range(256)) * 9), "텍스트도 Parquet도"),
        (lambda: read_table("é,b\n1,2\n".encode("latin-1"), encoding="utf-8"), "파일의 인코딩이"),
        (lambda: described(b"a\n1.5\n2.5\n3\n"), "'a'을(를) 예측할 열이"),
        (lambda: described(ROWS, target="kind", task="regression"), "회귀에는 숫자가"),
        (lambda: described(b"a,kind\n1,x\n2,x\n3,x\n", target="kind"), "예측할 클래스는"),
        (lambda: described(b"a,b\nx,1\ny,2\n", target="a"), "'a'의 클래스마다"),
        (lambda: described(ROWS + b"3,\n", groups="kind", target="height"), "그룹은 모든 행에"),
        (lambda: split(ROWS, 50, target="height", task="regression"), "폴드는 "),
        (lambda: split(ROWS, 9, target="kind", keep=("height",)), "폴드는 "),
        (lambda: split(GROUPED, 4, target="kind", groups="who", keep=("height",)), "폴드는 "),
    ],
)
def test_what_is_raised_is_said_in_korean(call, start, korean_reader):
    with pytest.raises(ValueError, match=r"\w") as caught:
        call()
    assert explain(caught.value).startswith(start), said(caught.value)


# What scripts alone can ask for; a page has no box for it.
ASKED = re.compile(
    r"(decimal|delimiter|missing|encoding|task|x) must |x must be|the file has no line below the"
)


def raised(path):
    """The sentences of a file's ValueErrors, with an x for each value."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Raise) and getattr(node.exc, "func", None) is not None:
            (first, *_) = node.exc.args
            parts = getattr(first, "values", [first])
            if node.exc.func.id == "ValueError":
                yield "".join(map(shown, parts))


def shown(part):
    if isinstance(part, ast.Constant):
        return part.value
    return "" if part.value.__dict__.get("id") == "more" else "x"  # "and 3 more", or nothing


def test_all_that_a_table_may_be_refused_for_has_its_korean(korean_reader):
    folder = Path(_table.__file__).parent
    paths = [folder / f"{name}.py" for name in ("content", "file", "target", "described", "table")]
    sentences = [one for path in [*paths, *folder.glob("text/*.py")] for one in raised(path)]
    assert len(sentences) > 20
    assert [one for one in sentences if not ASKED.match(one) and explain(one) == one] == []


def test_what_is_wrong_with_a_store_is_said_in_korean(tmp_path, korean_reader):
    path = tmp_path / "bakeoff.sqlite"
    path.write_bytes(bytes(range(256)) * 64)
    with pytest.raises(RuntimeError) as caught:
        Database(path, 1.0)
    assert explain(caught.value).startswith(f"{path}은(는) bakeoff의 저장소가 아닙니다")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_sentence_is_taken_for_itself_and_no_other(template, korean_reader):
    values = {name: f"'{name}'" for name in re.findall(r"\{(\w+)\}", template)}
    assert explain(template.format(**values)) == korean.TEXTS[template].format(**values)


def test_what_is_not_known_stays_as_it_is(korean_reader):
    assert explain(ValueError("something else")) == "something else"
    assert explain(KeyError("no run has the id 'x'")) == "no run has the id 'x'"
    assert explain(MemoryError()) == "MemoryError"
