"""Files that are kept: whole or not at all, and nowhere but in their folder."""

import os

import pytest

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.runs import saved_tables as tables
from bakeoff.experiments.runs.saved_tables import delete_table, save_table, saved_tables

CONTENT = b"size;kind\n" + b"1,5;a\n2,5;b\n3,5;a\n4,5;b\n" * 5
PARAMS = {"target": "kind", "delimiter": ";", "leave_out": ("id",)}


def test_what_is_saved_is_found_again(home):
    table = save_table(CONTENT, "꽃.csv", PARAMS)
    assert (table.name, table.path.read_bytes()) == ("꽃.csv", CONTENT)
    assert table.path.is_relative_to(home)
    assert table.params == {**PARAMS, "leave_out": ["id"]}  # as JSON has it
    assert saved_tables() == [table]
    assert table.label == f"꽃.csv {table.token[:8]}"


def test_a_spec_takes_it_and_finds_it_again():
    table = save_table(CONTENT, "flowers.csv", {"target": "kind"})
    spec = Comparison(table.dataset, params=table.params, models=["dummy"], n_splits=2)
    again = Comparison.from_json(spec.to_json())
    assert [evaluation.error for evaluation in run(again)] == [None, None]


def test_the_same_twice_is_one_and_other_settings_are_another():
    one = save_table(CONTENT, "a.csv", {})
    assert save_table(CONTENT, "a.csv", {}) == one
    others = [
        save_table(CONTENT, "a.csv", PARAMS),
        save_table(CONTENT, "b.csv", {}),
        save_table(CONTENT + b"5,5;a\n", "a.csv", {}),
    ]
    assert len({table.token for table in (one, *others)}) == 4
    assert [table.name for table in saved_tables()] == ["a.csv", "a.csv", "a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../secret.csv", "secret.csv"),
        ("C:\\data\\table.csv", "table.csv"),
        ("..", "table"),
        (".settings.json", "settings.json"),
        ("a:b*c?.csv", "a_b_c_.csv"),
        ("x" * 300 + ".csv", "x" * 76 + ".csv"),
        ("표" * 300 + ".csv", "표" * 76 + ".csv"),
    ],
)
def test_no_name_leads_out_of_the_folder(home, name, kept):
    table = save_table(CONTENT, name, {})
    assert table.name == kept
    assert table.path.parent.parent == home / "tables"
    assert load(table.dataset, target="kind").X.shape == (20, 1)


def test_deleting_takes_one_and_leaves_nothing(home):
    one, other = save_table(CONTENT, "a.csv", {}), save_table(CONTENT, "b.csv", {})
    delete_table(one.token)
    assert saved_tables() == [other]
    delete_table(other.token)
    assert list((home / "tables").iterdir()) == []


@pytest.mark.parametrize("token", ["..", "../tables", "0" * 16, "", "*"])
def test_only_a_table_is_deleted(home, token):
    save_table(CONTENT, "a.csv", {})
    with pytest.raises(ValueError, match=r"^token must be that of a saved table, however: '"):
        delete_table(token)
    assert len(saved_tables()) == 1


def test_a_table_that_was_not_finished_is_no_table(home, monkeypatch):
    def full(source, target):
        raise OSError("disk full")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OSError, match="disk full"):
        save_table(CONTENT, "a.csv", {})
    assert saved_tables() == []
    assert list((home / "tables").iterdir()) == []


def test_whoever_is_second_finds_the_table_of_the_first(monkeypatch):
    first = save_table(CONTENT, "a.csv", {})
    answers = iter([False, True])
    monkeypatch.setattr(tables.Path, "exists", lambda path: next(answers))
    assert save_table(CONTENT, "a.csv", {}) == first


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(TypeError):
        save_table(CONTENT, "a.csv", {"keep": {"a"}})


def test_there_are_none_at_first():
    assert saved_tables() == []


def test_a_damaged_table_does_not_hide_the_others(home):
    kept, damaged = (save_table(CONTENT, name, {}) for name in ("a.csv", "b.csv"))
    (damaged.path.parent / ".settings.json").write_text("{")
    assert saved_tables() == [kept]
