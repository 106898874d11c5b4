"""The pipeline that is taken away is the one that was evaluated, with the best parameters."""

import io

import joblib
import numpy as np
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
