"""The printed code gives the numbers of the run, in a process that knows nothing of the run."""

import json
import runpy
import subprocess
import sys

import numpy as np
import pytest

from bakeoff.experiments import (
    CATALOGUE,
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    run,
    script,
)

pytestmark = pytest.mark.slow

# Runs each script as a user would, then prints what it left behind with all its digits.
RUN = """
import json, runpy, sys
for path in sys.argv[1:]:
    scores = runpy.run_path(path)["scores"]
    print(json.dumps({name: list(values) for name, values in scores.items()}))
"""
COMPARISONS = [
    Comparison("iris", ["mlp", "svm_poly", "dummy"], n_splits=2, random_state=3),
    Comparison("diabetes", ["svm_rbf", "dummy"], n_repeats=2, normalisation="minmax"),
    Comparison("counting", ["gru", "svm_rbf"], params={"n_samples": 60}, n_splits=2),
    Comparison("shapes", ["cnn", "svm_linear"], params={"n_samples": 60}, n_splits=2),
    Comparison(
        "wine",
        ["svm_sigmoid", "svm_linear"],
        n_splits=2,
        normalisation="none",
        model_params={"svm_sigmoid": {"C": 0.1, "coef0": 0.5}},
    ),
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the script of each comparison printed and its scores, all from one other process."""
    folder = tmp_path_factory.mktemp("scripts")
    paths = [folder / f"compare_{spec.dataset}.py" for spec in COMPARISONS]
    for spec, path in zip(COMPARISONS, paths, strict=True):
        path.write_text(script(spec, spec.load()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, *map(str, paths)],
        capture_output=True,
        text=True,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    found, lines = {}, []
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found[COMPARISONS[len(found)].dataset] = lines, json.loads(line)
            lines = []
        else:
            lines.append(line)
    return found


@pytest.mark.parametrize("spec", COMPARISONS, ids=lambda spec: spec.dataset)
def test_the_script_gives_the_scores_of_the_run(spec, printed):
    lines, scores = printed[spec.dataset]
    evaluations = list(run(spec))
    for key in spec.models:
        expected = [e.score for e in evaluations if e.model == key]
        np.testing.assert_allclose(scores[CATALOGUE[key].label], expected, rtol=0, atol=1e-12)
    assert f"mean {np.mean(expected):.4f}" in lines[-1]


def test_the_script_imports_only_scikit_learn_and_bakeoff():
    spec = Comparison("counting", list(CATALOGUE), params={"n_samples": 60})
    lines = script(spec, spec.load()).splitlines()
    modules = {line.split()[1] for line in lines if line.startswith(("from ", "import "))}
    assert {name.split(".")[0] for name in modules} == {"sklearn", "bakeoff"}
    assert not any("._" in name for name in modules)


SPECS = [
    Comparison("iris", ["dummy", "svm_rbf"], budget=2, inner_splits=2, n_splits=2),
    Comparison("iris", ["logistic", "svm_rbf"], n_splits=3, fold_pairs=True),
    Comparison("iris", ["logistic"], leak=True, normalisation="minmax", n_splits=2),
    LearningCurve("iris", ["svm_rbf"], train_sizes=[0.5, 1.0], n_splits=2),
    LearningCurve("moons", ["mlp"], params={"n_samples": 60}, over="epochs", n_splits=2),
    ValidationCurve("diabetes", "svm_rbf", "C", [0.1, 1.0], n_splits=2),
    EnsembleStudy("iris", members=[1, 2], n_resamples=2, n_splits=2),
    GridSearch("iris", "svm_rbf", space={"C": [0.1, 1.0]}, method="grid", n_splits=2),
    GridSearch("iris", "svm_rbf", space={"C": [0.1, 1.0]}, nested=True, n_splits=2),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: type(spec).__name__)
def test_what_takes_more_than_cross_val_score_is_run_by_its_spec(spec, tmp_path):
    path = tmp_path / "run.py"
    path.write_text(script(spec, spec.load()), encoding="utf-8")
    left = runpy.run_path(str(path))
    assert left["spec"] == spec
    assert [e.scores for e in left["evaluations"]] == [e.scores for e in run(spec)]
    assert len(left["report"]) > 0


@pytest.mark.filterwarnings("ignore::bakeoff.datasets.TableWarning")
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Comparison, {"models": ["logistic"]}),
        (Comparison, {"models": ["logistic"], "n_seeds": 2}),
        (ValidationCurve, {"model": "logistic", "parameter": "C", "values": [0.1, 1.0]}),
        (EnsembleStudy, {"members": [1, 2], "n_resamples": 2}),
        (GridSearch, {"model": "logistic", "space": {"C": [0.1, 1.0]}, "method": "grid"}),
    ],
)
def test_the_last_lines_predict_new_rows_of_a_table(kind, more, tmp_path, monkeypatch):
    rows = "".join(
        f"{i % 9},{['cook', 'nurse'][i % 2]},{['stay', 'go'][i % 2]}\n" for i in range(40)
    )
    (tmp_path / "table.csv").write_text("age,job,then\n" + rows)
    (tmp_path / "new.csv").write_text("job,more,age\ncook,1,3\nnurse,1,4\n")
    spec = kind(f"file:{tmp_path / 'table.csv'}", params={"keep": ["job"]}, n_splits=2, **more)
    code, _, last = script(spec, spec.load()).partition("# New rows")
    *lines, predict = ("# New rows" + last).strip().replace("# ", "").splitlines()[1:]
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "run.py"
    path.write_text("\n".join([code, "import pandas", *lines, f"found = {predict}"]))
    assert runpy.run_path(str(path))["found"].tolist() == ["stay", "go"]


def test_groups_take_the_spec_too(grouped):
    assert "summary(evaluations)" in script(Comparison("iris", ["dummy"]), grouped)
