"""An archive is computed again from nothing, and every number is held against it."""

import io
import json
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    run,
)
from bakeoff.experiments.runs.archive import read_archive, write_archive
from bakeoff.experiments.runs.rerun import load_data, rerun
from bakeoff.experiments.runs.saved_tables import save_table
from bakeoff.experiments.specs.spec import kinds
from bakeoff.recording import Store

pytestmark = pytest.mark.slow

SPECS = [
    Comparison("iris", ["svm_rbf", "forest"], n_splits=2, n_repeats=2),
    Comparison("diabetes", ["svm_linear", "dummy"], n_splits=2, budget=2, inner_splits=2),
    Comparison("wine", ["svm_linear", "dummy"], n_splits=3, fold_pairs=True),
    LearningCurve("iris", ["svm_rbf"], train_sizes=[0.5, 1.0], n_splits=2),
    LearningCurve("iris", ["mlp"], over="epochs", n_splits=2),
    ValidationCurve("iris", "svm_rbf", "gamma", ["scale", 0.1], n_splits=2),
    EnsembleStudy("iris", members=[1, 3], n_resamples=2, n_splits=2),
    GridSearch("iris", "svm_rbf", n_candidates=3, n_splits=2, nested=True, inner_splits=2),
    GridSearch("iris", "svm_rbf", method="halving", n_candidates=4, n_splits=2),
]
TABLE = b"height,width,species\n" + b"".join(
    b"%d,%d,%s\n" % (i % 7, i % 5, b"ab"[i % 2 : i % 2 + 1]) for i in range(40)
)


assert {type(spec) for spec in SPECS} == set(kinds().values()), "a kind without a spec here"


def archived(spec, data=None):
    data = data or spec.load()
    return read_archive(io.BytesIO(write_archive(spec, data, list(run(spec, data)))))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: type(spec).__name__)
def test_every_kind_gives_every_number_again(spec):
    archive = archived(spec)
    table = rerun(archive, spec.load())
    scores = [name for name in archive.evaluations if name.startswith(("test_", "train_"))]
    curves = archive.evaluations.curve.map(lambda text: sum(map(len, json.loads(text).values())))
    assert len(table) == archive.evaluations[scores].size + curves.sum()
    assert table.what.is_unique
    assert (table.difference == 0).all()


def test_the_store_is_not_asked_and_not_written():
    spec = SPECS[0]
    archive = archived(spec)
    with Store() as store:
        (before,) = store.runs()
        wrong = [replace(e, scores={"accuracy": 0.5}) for e in run(spec, store=store)]
        assert all(e.score == 0.5 for e in wrong)
        count = len(store.runs())
        rerun(archive, spec.load())
        assert len(store.runs()) == count
        assert store.run(before.id) == before


def test_a_score_that_was_tampered_with_is_named():
    archive = archived(SPECS[0])
    row = archive.evaluations.index[1]
    archive.evaluations.loc[row, "test_accuracy"] += 0.01
    off = rerun(archive, SPECS[0].load()).query("difference > 0")
    assert off.what.tolist() == ["forest, repeat 0, fold 0, seed 0, {}: test_accuracy"]
    assert off.difference.item() == pytest.approx(0.01)


def test_a_failure_where_there_was_a_score_differs_by_infinity():
    archive = archived(SPECS[0])
    archive.evaluations.loc[0, "test_accuracy"] = np.nan
    assert rerun(archive, SPECS[0].load()).difference.max() == np.inf


def test_other_data_are_refused_before_anything_is_fitted(monkeypatch):
    archive = archived(SPECS[0])
    data = SPECS[0].load()
    data.X[0, 0] += 1
    module = sys.modules["bakeoff.experiments.runs.rerun"]  # the package has a function so named
    monkeypatch.setattr(module, "run", None)
    with pytest.raises(ValueError, match=f"fingerprint {archive.fingerprint} .* however: [0-9a-f]"):
        rerun(archive, data)


def test_other_folds_are_refused():
    archive = archived(SPECS[0])
    archive.folds.loc[0, "row"] += 1
    with pytest.raises(ValueError, match="the folds must be those of the archive"):
        rerun(archive, SPECS[0].load())


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame({"a": [1]})])
def test_a_table_of_folds_that_is_none_is_refused(table):
    archive = replace(archived(SPECS[0]), folds=table)
    with pytest.raises(ValueError, match="the folds must be those of the archive"):
        rerun(archive, SPECS[0].load())


def test_billions_of_folds_are_refused_before_they_are_made():
    archive = archived(SPECS[0])
    archive = replace(archive, spec=replace(archive.spec, n_repeats=10**9))
    with pytest.raises(ValueError, match="the folds must be those of the archive"):
        rerun(archive, SPECS[0].load())


@pytest.mark.parametrize("curve", ["[1]", "{", '{"loss": ["x"]}', '{"loss": 3}'])
def test_a_curve_that_is_none_is_refused_before_anything_is_fitted(curve):
    archive = archived(SPECS[0])
    archive.evaluations["curve"] = curve
    with pytest.raises(ValueError, match=r"its evaluations\.csv cannot be used"):
        rerun(archive, SPECS[0].load())


def test_a_file_is_found_where_it_is_said_to_be_or_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spec = Comparison("file:plants.csv", ["dummy"], params={"target": "species"}, n_splits=2)
    with pytest.raises(ValueError, match=r"the data file plants\.csv is not here; say where"):
        load_data(spec)
    save_table(TABLE, "plants.csv", {"target": "species"})
    kept = load_data(spec)
    (tmp_path / "elsewhere.csv").write_bytes(TABLE)
    told = load_data(spec, str(tmp_path / "elsewhere.csv"))
    np.testing.assert_array_equal(kept.X, told.X)
    with pytest.raises(ValueError, match="the data 'iris' are loaded by name, however"):
        load_data(SPECS[0], "elsewhere.csv")


def test_an_archive_without_scores_is_refused():
    spec = Comparison("iris", ["dummy"], n_splits=2)
    archive = read_archive(io.BytesIO(write_archive(spec, spec.load(), [])))
    with pytest.raises(ValueError, match="holds no scores"):
        rerun(archive, spec.load())
