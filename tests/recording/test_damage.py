"""A store whose bytes have changed on the disk answers as before, or says that it is damaged."""

import contextlib
import pickle
import random
import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import cross_validate
from sklearn.svm import SVC

from bakeoff.recording import Entry, Store, StoreError, record

N_RUNS, N_FITS = 2, 6


def entry(run, number):
    result = pickle.dumps(np.arange(200) + number / 7)
    detail = {"scores": {"accuracy": number / 7}}
    return Entry(f"{run}-{number}", number, "f", "done", detail, result)


@pytest.fixture
def filled(store):
    """Runs that are finished, in a file with nothing beside it."""
    for name in map(str, range(N_RUNS)):
        run = store.open_run(name, "Comparison", '{"n_splits": 5}' * 20)
        store.plan(run, N_FITS, "data", "folds", "pipeline")
        for number in range(N_FITS):
            store.exchange(run, [entry(name, number)], [])
        store.end_run(run, "finished")
    return store


def answers(store):
    """What a store answers to each question: to one that it refuses, nothing."""
    given, keys = {}, [f"{run}-{number}" for run in range(N_RUNS) for number in range(N_FITS)]

    def ask(name, question):
        with contextlib.suppress(StoreError):
            given[name] = question()

    def entries(run):
        return [
            (e.key, e.position, e.number, e.status, e.detail, e.result.tolist())
            for e in store.entries(run.id, results=True)
        ]

    ask("runs", store.runs)
    for run in given.get("runs", ()):
        ask(f"entries of {run.name}", lambda run=run: entries(run))
    ask("results", lambda: store.results(keys))
    return given


def change(content, chance):
    """Flip a bit, zero or overwrite some bytes, or lose the end, at any place of a file."""
    content, place = bytearray(content), chance.randrange(len(content))
    some = slice(place, place + chance.choice([1, 8, 300]))
    length = len(content[some])
    match chance.choice(["flip", "zero", "overwrite", "cut"]):
        case "flip":
            content[place] ^= 1 << chance.randrange(8)
        case "zero":
            content[some] = bytes(length)
        case "overwrite":
            content[some] = chance.randbytes(length)
        case "cut":
            del content[place:]
    return bytes(content)


def after_damage(files, place, which, chance):
    """What a copy of a store answers in which one of its files has changed."""
    for suffix, content in files.items():
        content = change(content, chance) if suffix == which else content
        place.with_name(place.name + suffix).write_bytes(content)
    try:
        with Store(place) as store:
            return answers(store)
    except StoreError:
        return {}


def read_files(store, *suffixes):
    return {one: store.path.with_name(store.path.name + one).read_bytes() for one in suffixes}


def test_a_damaged_file_is_never_a_wrong_answer(filled, tmp_path):
    right, chance, n_refused = answers(filled), random.Random(0), 0
    filled.close()  # which leaves one file
    files = read_files(filled, "")
    for number in range(80):
        given = after_damage(files, tmp_path / f"damaged{number}", "", chance)
        n_refused += len(given) < len(right)
        # One that is damaged is not there: the run has done less, and what it was is done again.
        assert given.pop("results", {}).items() <= right["results"].items()
        for run, before in zip(given.pop("runs", ()), right["runs"], strict=False):
            assert run.done <= before.done
            now = replace(run, done=before.done, fitted=before.fitted, first=before.first)
            assert now == before
        assert given.items() <= right.items()
    assert 10 < n_refused < 70


def test_damage_to_what_was_written_last_is_an_earlier_answer(filled, tmp_path):
    right, chance, n_less = answers(filled), random.Random(0), 0
    files = read_files(filled, "", "-wal")
    for number in range(40):
        given = after_damage(files, tmp_path / f"damaged{number}", "-wal", chance)
        n_less += given != right
        assert given.pop("results", {}).items() <= right["results"].items()
        for run in given.pop("runs", ()):
            assert (run.name, run.spec) in {(one.name, one.spec) for one in right["runs"]}
        for name, entries in given.items():
            assert entries == right[name][: len(entries)]
    assert n_less > 10


def damage(store, table, column, change):
    """Change one row of the file behind the store's back."""
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        row, value = db.execute(f"SELECT rowid, {column} FROM {table} LIMIT 1").fetchone()
        assert change(value) != value
        db.execute(f"UPDATE {table} SET {column}=? WHERE rowid=?", (change(value), row))


def flip_a_bit(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    ("column", "change", "asked"),
    [
        ("result", flip_a_bit, [True]),
        ("detail", lambda text: text.replace('"score": 0.', '"score": 1.'), [True, False]),
    ],
)
def test_a_damaged_result_is_computed_again_and_never_handed_out(column, change, asked, store):
    X, y = load_iris(return_X_y=True)

    def scores():
        with record("svm", backend="threading", store=store) as recording:
            return cross_validate(SVC(), X, y)["test_score"].tolist(), recording

    right, first = scores()
    damage(store, "evaluation", column, change)
    for results in asked:
        with pytest.raises(StoreError, match=r"holds results of this run .* \(they are damaged\)"):
            store.entries(first.run, results=results)
    again, second = scores()
    assert again == right
    assert (second.done, second.reused) == (1, 4)
    assert len(store.entries(first.run, results=True)) == 5  # mended with it


def test_a_part_that_is_lost_is_noticed(filled):
    (latest, *_) = filled.runs()
    with contextlib.closing(sqlite3.connect(filled.path)) as db, db:
        db.execute("DELETE FROM part WHERE run=? AND position=3", (latest.id,))
    with pytest.raises(StoreError, match="they are damaged"):
        filled.entries(latest.id)


def test_a_run_whose_settings_are_damaged_is_not_shown_with_others(filled):
    run = filled.runs()[-1].id
    damage(filled, "run", "spec", lambda spec: spec.replace("5", "7"))
    for ask in [filled.runs, lambda: filled.run(run), lambda: filled.beat(run), filled.runs]:
        with pytest.raises(StoreError, match=r"runs\.sqlite is damaged"):
            ask()
