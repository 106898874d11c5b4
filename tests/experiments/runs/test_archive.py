"""What goes into the zip of a run, and what is refused on the way out."""

import io
import json
import re
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score

from bakeoff.experiments import Comparison, run, spec_from_json
from bakeoff.experiments.runs.archive import ArchiveError, portable, read_archive, write_archive
from bakeoff.experiments.runs.exported import IDENTITY, evaluation_table, prediction_table
from bakeoff.recording import Store

SPEC = Comparison("iris", ["svm_rbf", "forest", "dummy"], n_splits=3, budget=2)


@pytest.fixture(scope="module")
def evaluations(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("store") / "runs.sqlite") as store:
        return list(run(SPEC, store=store))


@pytest.fixture
def content(evaluations):
    return write_archive(SPEC, SPEC.load(), evaluations, {"a": {"mark": "bar"}})


def members(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def zipped(texts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    buffer.seek(0)
    return buffer


def test_it_holds_what_a_reader_needs(content, evaluations):
    found = members(content)
    assert set(found) == {
        *("README.txt", "spec.json", "script.py", "data.json", "folds.csv", "evaluations.csv"),
        *("predictions.csv", "versions.json", "charts/a.json"),
    }
    assert spec_from_json(found["spec.json"]) == SPEC
    assert json.loads(found["data.json"])["shape"] == [150, 4]
    compile(found["script.py"], "script.py", "exec")
    assert all(name.split("/")[0] in found["README.txt"] for name in found if name != "README.txt")
    assert len(pd.read_csv(io.StringIO(found["evaluations.csv"]))) == len(evaluations)


def test_what_is_read_is_what_was_written_to_the_last_digit(content, evaluations):
    archive = read_archive(io.BytesIO(content))
    assert archive.spec == SPEC
    assert archive.evaluations.test_accuracy.tolist() == [e.score for e in evaluations]
    assert archive.evaluations.inner.isna().tolist() == [e.inner is None for e in evaluations]
    assert not archive.evaluations[IDENTITY].duplicated().any()
    test = [e.test for e in evaluations if e.model == "svm_rbf" and e.inner is None]
    assert archive.folds.row.tolist() == np.concatenate(test).tolist()


def test_predictions_and_probabilities_stand_beside_the_rows(content, evaluations):
    table = pd.read_csv(io.StringIO(members(content)["predictions.csv"]))
    for number, group in table.groupby("evaluation"):
        e = evaluations[number]
        assert accuracy_score(group.actual, group.predicted) == e.score
        assert group.row.tolist() == e.test.tolist()
    stated = ["probability_0", "probability_1", "probability_2"]
    forest = table[table.model == "forest"]
    np.testing.assert_allclose(forest[stated].sum(axis=1), 1)
    assert table[table.model == "svm_rbf"][stated].isna().all(axis=None)


def test_several_targets_get_a_column_each(evaluations):
    data = replace(
        SPEC.load(),
        y=np.ones((150, 2)),
        task="regression",
        target_names=("left", "right"),
    )
    one = replace(evaluations[-1], actual=np.zeros((50, 2)), predicted=np.ones((50, 2)))
    table = prediction_table([one], data)
    assert {"actual_left", "actual_right", "predicted_left", "predicted_right"} <= set(table)


def test_the_same_run_gives_the_same_bytes(content, evaluations):
    assert write_archive(SPEC, SPEC.load(), evaluations, {"a": {"mark": "bar"}}) == content


def test_the_folder_of_a_file_stays_at_home(tmp_path):
    path = tmp_path / "plants.csv"
    rows = "".join(f"{i % 7},{i % 5},{'ab'[i % 2]}\n" for i in range(40))
    path.write_text("height,width,species\n" + rows)
    spec = Comparison(f"file:{path}", ["dummy"], params={"target": "species"}, n_splits=2)
    data = spec.load()
    content = write_archive(spec, data, list(run(spec, data)))
    assert not [name for name, text in members(content).items() if str(tmp_path) in text]
    assert read_archive(io.BytesIO(content)).spec == portable(spec)
    assert portable(spec).dataset == "file:plants.csv"


def test_no_evaluation_is_a_table_too():
    assert list(evaluation_table([])) == [*IDENTITY, "curve"]


@pytest.mark.parametrize("missing", ["spec.json", "data.json", "folds.csv", "evaluations.csv"])
def test_a_missing_member_is_named(content, missing):
    texts = members(content)
    del texts[missing]
    with pytest.raises(ArchiveError, match=f"it has no {missing}"):
        read_archive(zipped(texts))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("versions.json", '{"archive": 2}', "must be of format 1, however: 2"),
        ("versions.json", '["archive"]', "must be a JSON object"),
        ("data.json", "{}", "'fingerprint'"),
        ("data.json", "{", "is not JSON"),
        ("spec.json", '{"kind": "Sabotage"}', "kind must be one of"),
        ("spec.json", '{"kind": "Comparison", "dataset": "iris", "x": 1}', "has no field 'x'"),
        ("evaluations.csv", "a,b\n1,2\n", "has no column 'model'"),
        ("folds.csv", "", "cannot be used"),
        ("../escape.txt", "", r"however: '\.\./escape\.txt'"),
        ("/etc/passwd", "", "however: '/etc/passwd'"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(content, name, text, reason):
    with pytest.raises(ArchiveError, match=reason) as caught:
        read_archive(zipped({**members(content), name: text}))
    assert "\n" not in str(caught.value)


def test_a_damaged_zip_is_one_sentence(content, tmp_path):
    for number, broken in enumerate((b"", b"no zip", content[:-40], _flipped(content))):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(broken)
        with pytest.raises(ArchiveError):
            read_archive(path)


def test_a_zip_bomb_is_not_unpacked(content, monkeypatch):
    monkeypatch.setattr("bakeoff.experiments.runs.archive._LARGEST", 100)
    with pytest.raises(ArchiveError, match="must be at most 100 bytes"):
        read_archive(io.BytesIO(content))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dataset": "file:/etc/passwd"}, "without a folder, however: 'file:/etc/passwd'"),
        ({"dataset": "file:../secret.csv"}, "without a folder"),
        ({"dataset": r"file:C:\secret.csv"}, "without a folder"),
        ({"model_params": {"svm_rbf": {"memory": "/tmp"}}}, "must leave 'memory' alone"),
        ({"model_params": {"svm_rbf": {"a__steps": []}}}, "must leave 'a__steps' alone"),
        ({"models": ["os.system"]}, "a model must be one of"),
        ({"metrics": ["builtins.exec"]}, "a metric must be one of"),
    ],
)
def test_a_stranger_may_name_data_and_models_alone(content, change, reason):
    texts = members(content)
    texts["spec.json"] = json.dumps({**json.loads(texts["spec.json"]), **change})
    with pytest.raises(ArchiveError, match=re.escape(reason)):
        read_archive(zipped(texts))


def test_a_parameter_that_a_curve_runs_over_is_looked_at_too(content):
    spec = {"kind": "ValidationCurve", "dataset": "iris", "model": "forest", "values": [1, 2]}
    texts = {**members(content), "spec.json": json.dumps({**spec, "parameter": "n_jobs"})}
    with pytest.raises(ArchiveError, match="must leave 'n_jobs' alone"):
        read_archive(zipped(texts))


@pytest.mark.parametrize("name", ["spec.json", "data.json", "versions.json"])
def test_depth_without_end_is_one_sentence(content, name):
    with pytest.raises(ArchiveError, match=f"its {name} is not JSON"):
        read_archive(zipped({**members(content), name: "[" * 200_000}))


def _flipped(content):
    """One bit of the packed evaluations is wrong, which their checksum tells."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("evaluations.csv").header_offset + 60
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
