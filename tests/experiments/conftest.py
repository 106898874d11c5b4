from dataclasses import replace

import numpy as np
import pytest
from sklearn.svm import SVC

from bakeoff.datasets import load
from bakeoff.experiments import CATALOGUE, Evaluation
from bakeoff.experiments.models.catalogue import Model


@pytest.fixture
def broken(monkeypatch):
    """The key of a model whose fit raises: scikit-learn refuses a negative C."""
    model = Model("broken", "Broken", "svm", lambda dataset, random_state: SVC(C=-1.0))
    monkeypatch.setitem(CATALOGUE, "broken", model)
    return "broken"


@pytest.fixture
def evaluations():
    """Make evaluations from scores by model, one a fold; NaN is a failure."""

    def make(scores, n_train=80, n_test=20):
        return [
            Evaluation(
                model=model,
                repeat=0,
                fold=fold,
                scores={"accuracy": values[fold]},
                fit_seconds=0.5,
                score_seconds=0.1,
                n_train=n_train,
                test=np.arange(n_test) + fold * n_test,
                actual=np.zeros(n_test),
                predicted=np.zeros(0 if np.isnan(values[fold]) else n_test),
                error="ValueError: no" if np.isnan(values[fold]) else None,
            )
            for fold in range(max(map(len, scores.values())))
            for model, values in scores.items()
            if fold < len(values)
        ]

    return make


@pytest.fixture
def grouped():
    """Iris in 30 groups of five rows each, which the classes cut across."""
    return replace(load("iris"), name="petals of mine", groups=np.arange(150) % 30)
