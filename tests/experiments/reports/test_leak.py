from dataclasses import replace

import numpy as np
import pytest
from sklearn.preprocessing import MinMaxScaler

from bakeoff.datasets import load
from bakeoff.experiments import Comparison, run
from bakeoff.experiments.models.catalogue import pipeline
from bakeoff.experiments.reports.leak import leak_bias
from bakeoff.recording import Store

HONEST = Comparison("diabetes", ["svm_rbf", "dummy"], n_splits=3, normalisation="minmax")
LEAKY = replace(HONEST, leak=True)


@pytest.fixture(scope="module")
def honest():
    return list(run(HONEST))


@pytest.fixture(scope="module")
def leaky():
    return list(run(LEAKY))


def test_the_scaler_has_seen_all_rows_and_the_model_has_not(honest, leaky):
    data = load("diabetes")
    X = MinMaxScaler().fit_transform(data.X)
    model = pipeline("svm_rbf", data, "none")
    for e in (e for e in leaky if e.model == "svm_rbf"):
        train = np.setdiff1d(np.arange(len(X)), e.test)
        expected = model.fit(X[train], data.y[train]).predict(X[e.test])
        np.testing.assert_array_equal(e.predicted, expected)
    assert [e.score for e in honest] != [e.score for e in leaky]


def test_the_store_does_not_take_one_for_the_other(honest, tmp_path):
    with Store(tmp_path / "store.db") as store:
        list(run(LEAKY, store=store))
        again = [e.score for e in run(HONEST, store=store)]
    assert again == [e.score for e in honest]


def test_the_bias_is_leaky_minus_honest_and_the_baseline_has_none(honest, leaky):
    table = leak_bias(honest, leaky).set_index("model")
    gaps = [
        two.score - one.score
        for one, two in zip(honest, leaky, strict=True)
        if one.model == "svm_rbf"
    ]
    assert table.loc["svm_rbf", "mean"] == pytest.approx(np.mean(gaps))
    assert table.loc["svm_rbf", "low"] < np.mean(gaps) < table.loc["svm_rbf", "high"]
    assert list(table.loc["dummy"]) == [0, 0, 0]


def test_other_folds_are_refused(honest):
    other = list(run(replace(LEAKY, random_state=1)))
    with pytest.raises(ValueError, match="repeat 0, fold 0 has other test rows"):
        leak_bias(honest, other)
