"""What is not loaded: torch before a fit, and torch's compiler at all."""

import subprocess
import sys

import pytest

BUILD = """
import sys
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from bakeoff import estimators

for name in estimators.__all__:
    model = make_pipeline(StandardScaler(), clone(getattr(estimators, name)(max_iter=3)))
    search = GridSearchCV(model, {f"{name.lower()}__learning_rate_init": [0.1, 0.01]})
    search.get_params(), repr(search), search.__sklearn_tags__()
    model[-1]._validate_params()
"""


@pytest.mark.slow
@pytest.mark.parametrize("code", ["import sys, bakeoff.estimators", BUILD], ids=["import", "build"])
def test_torch_is_not_loaded(code):
    code += "\nprint(sorted({'torch', 'skorch'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


FIT = """
import sys
import numpy as np
from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier

X, y = np.arange(64.0).reshape(4, 16) / 64, [0, 1, 0, 1]
for model in (MLPClassifier(), CNNClassifier(), GRUClassifier()):
    model.set_params(max_iter=2).fit(X, y).predict(X)
print(sorted({"sympy", "torch._dynamo", "torch._inductor"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_a_fit_does_not_load_torchs_compiler():
    """It would take longer than most fits, once in each process."""
    run = subprocess.run([sys.executable, "-c", FIT], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
