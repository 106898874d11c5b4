"""The pipeline that is taken away is the one that was evaluated, with the best parameters."""

import io

import joblib
import numpy as np
import pandas as pd
import pytest

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    ValidationCurve,
    candidates,
    final_pipeline,
    run,
)
from bakeoff.experiments.runs.final import fitted_pipeline
from bakeoff.recording import Store


def final(spec, model):
    return final_pipeline(spec, spec.load(), list(run(spec)), model)


def test_an_untuned_model_is_the_pipeline_that_ran():
    spec = Comparison("iris", ["dummy", "svm_poly"], n_splits=2, normalisation="minmax")
    assert repr(final(spec, "svm_poly")) == repr(spec.estimator("svm_poly", spec.load()))


def test_a_set_parameter_stays():
    spec = Comparison("iris", ["svm_rbf"], n_splits=2, model_params={"svm_rbf": {"C": 7.0}})
    assert final(spec, "svm_rbf")[-1].C == 7.0


def test_a_search_gives_its_winner():
    spec = GridSearch("wine", "svm_rbf", space={"gamma": [10.0, 0.01]}, method="grid", n_splits=2)
    assert final(spec, "svm_rbf")[-1].gamma == 0.01


@pytest.mark.parametrize(
    "spec",
    [
        GridSearch("wine", "svm_rbf", n_candidates=4, nested=True, n_splits=3),
        Comparison("wine", ["svm_rbf", "dummy"], budget=4, n_splits=3),
    ],
    ids=lambda spec: type(spec).__name__,
)
def test_of_nested_searches_the_best_over_all_their_folds_is_taken(spec):
    evaluations = list(run(spec))
    found = final_pipeline(spec, spec.load(), evaluations, "svm_rbf")
    means = {}
    for row in candidates(evaluations).itertuples():
        means.setdefault(repr(sorted(row.params.items())), []).extend(row.fold_scores)
    best = max(means, key=lambda params: np.mean(means[params]))
    params = {name: found.get_params()[name] for name, _ in eval(best)}
    assert repr(sorted(params.items())) == best


def test_a_validation_curve_gives_its_best_value():
    spec = ValidationCurve("wine", "svm_rbf", "gamma", [10.0, 0.05, 1e-6], n_splits=3)
    assert final(spec, "svm_rbf")[-1].gamma == 0.05


def test_an_ensemble_has_all_of_its_members():
    spec = EnsembleStudy("iris", members=[1, 4], n_resamples=2, n_splits=2)
    assert final(spec, "bagging")[-1].n_estimators == 4


def test_a_model_that_did_not_run_is_refused():
    with pytest.raises(ValueError, match="one of the run, dummy, however: 'mlp'"):
        final(Comparison("iris", ["dummy"], n_splits=2), "mlp")


@pytest.mark.parametrize("model", ["mlp", "svm_rbf"])
def test_the_file_predicts_as_a_pipeline_fitted_on_all_rows(model):
    spec = Comparison("iris", [model], n_splits=2)
    list(run(spec))
    with Store() as store:
        (found,) = store.runs()
    data = spec.load()
    loaded = joblib.load(io.BytesIO(fitted_pipeline(found.id, model)))
    fitted = spec.estimator(model, data).fit(data.X, data.y)
    np.testing.assert_array_equal(loaded.predict(data.X), fitted.predict(data.X))


@pytest.fixture
def jobs(tmp_path):
    file = tmp_path / "jobs.csv"
    rows = [f"{20 + i % 40},{['cook', 'nurse', 'smith'][i % 3]},x{i % 7}" for i in range(60)]
    answers = ["leave" if i % 3 else "stay" for i in range(60)]
    lines = [f"{row},{answer}\n" for row, answer in zip(rows, answers, strict=True)]
    file.write_text("age,job,town,answer\n" + "".join(lines))
    return file


def taken_away(spec, model):
    list(run(spec))
    with Store() as store:
        (identity,) = [one.id for one in store.runs()]
    return joblib.load(io.BytesIO(fitted_pipeline(identity, model)))


@pytest.mark.parametrize("model", ["forest", "svm_rbf", "mlp"])
def test_of_a_table_it_takes_the_own_columns_and_answers_with_the_own_labels(jobs, model):
    params = {"target": "answer", "keep": ["job"], "leave_out": ["town"]}
    found = taken_away(Comparison(f"file:{jobs}", [model], params=params, n_splits=2), model)
    assert found.classes_.tolist() == ["leave", "stay"]
    assert found.feature_names_in_.tolist() == ["age", "job"]
    new = pd.DataFrame({"more": [0, 0], "job": ["cook", "nurse"], "age": ["30", "31"]})
    assert found.predict(new).tolist() == ["stay", "leave"]
    with pytest.warns(UserWarning, match=r"^column 'job' has values .*: 'pilot' \(1 row\)"):
        found.predict(new.assign(job=["cook", "pilot"]))
    with pytest.raises(ValueError, match=r"^X must have the columns .*: \['job'\] is not there"):
        found.predict(new[["age"]])
    with pytest.raises(ValueError, match=r"^X must be a DataFrame .*: ndarray of shape \(2, 4\)"):
        found.predict(np.zeros((2, 4)))
