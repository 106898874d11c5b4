"""Any parameters with any data: one clear refusal, or a model that is right in form.

What hypothesis draws is the same in each run; HYPOTHESIS_EXAMPLES draws more, for an evening say.
"""

import os
import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from sklearn.base import clone, is_classifier

from bakeoff import estimators

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "25"))
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

COMMON = {
    "norm": st.sampled_from([None, "layer", "group", "batch"]),
    "dropout": st.sampled_from([0.0, 0.3]),
    "solver": st.sampled_from(["adamw", "adam", "sgd", "rmsprop", "adagrad"]),
    "learning_rate_init": st.sampled_from([1e-9, 0.01, 1.0, 1e6]),
    "lr_schedule": st.sampled_from(["constant", "cosine", "step", "plateau", "one_cycle"]),
    "momentum": st.sampled_from([0.0, 0.9]),
    "nesterovs_momentum": st.booleans(),
    "beta_1": st.sampled_from([0.0, 0.9]),
    "beta_2": st.sampled_from([0.0, 0.999]),
    "epsilon": st.sampled_from([1e-8, 1.0]),
    "weight_decay": st.sampled_from(["auto", 0, 0.1, 100.0]),
    "max_grad_norm": st.sampled_from([None, 1e-3, 1.0]),
    "batch_size": st.sampled_from(["auto", 1, 2, 7, 10**6]),
    "shuffle": st.booleans(),
    "tol": st.sampled_from([0.0, 1e-4, 1e9]),
    "n_iter_no_change": st.sampled_from([1, 5, np.inf]),
    "early_stopping": st.booleans(),
    "validation_fraction": st.sampled_from([0.01, 0.1, 0.5, 0.99]),
    "warm_start": st.booleans(),
    "dtype": st.sampled_from(["auto", "float32", "float64"]),
}
CLASSIFIER = {
    "label_smoothing": st.sampled_from([0.0, 0.1, 0.99]),
    "class_weight": st.sampled_from([None, "balanced", {0: 2.0}]),
}
REGRESSOR = {"loss": st.sampled_from(["squared_error", "absolute_error", "huber"])}
SIZES = st.sampled_from([(), 3, (4,), [4, 2], (8, 8)])
ACTIVATION = st.sampled_from(["identity", "logistic", "tanh", "relu", "leaky_relu", "gelu", "silu"])
FAMILY = {
    "MLP": {"hidden_layer_sizes": SIZES, "activation": ACTIVATION},
    "CNN": {
        "channels": st.sampled_from([2, (3,), (2, 4)]),
        "kernel_size": st.integers(1, 4),
        "convolution": st.sampled_from(["auto", "1d", "2d"]),
        "input_shape": st.sampled_from([None, (2, 3), (1, 2, 3)]),
        "stride": st.integers(1, 3),
        "padding": st.sampled_from(["same", "valid"]),
        "pooling": st.sampled_from([None, "max", "avg"]),
        "residual": st.booleans(),
        "hidden_layer_sizes": SIZES,
        "activation": ACTIVATION,
    },
    "GRU": {
        "hidden_size": st.integers(1, 5),
        "num_layers": st.integers(1, 2),
        "cell": st.sampled_from(["gru", "lstm", "rnn"]),
        "bidirectional": st.booleans(),
        "input_shape": st.sampled_from([None, (2, 3), (3, 2), (6, 1)]),
    },
}
# At most one of these a fit, or none would ever be trained.
WRONG = {
    "norm": "none", "dropout": 1.0, "solver": "lbfgs", "learning_rate_init": float("nan"),
    "beta_1": 1.0, "weight_decay": -1, "batch_size": 2.5, "validation_fraction": 1.0,
    "class_weight": {"z": 1.0}, "loss": "poisson", "hidden_layer_sizes": "4", "channels": (),
    "kernel_size": 0, "input_shape": (5,), "hidden_size": 0, "n_iter_no_change": 0,
}  # fmt: skip
FORMS = {
    "array": lambda X: X,
    "single": lambda X: X.astype(np.float32),
    "integers": lambda X: (10 * X).astype(int),
    "list": lambda X: X.tolist(),
    "frame": lambda X: pd.DataFrame(X, columns=[f"c{i}" for i in range(X.shape[1])]),
    "sparse": sparse.csr_array,
    "huge": lambda X: X * 1e30,
    "constant": np.ones_like,
    "missing": lambda X: np.where(np.arange(X.size).reshape(X.shape) == 3, np.nan, X),
    "series": lambda X: X.reshape(len(X), 3, 2),
    "images": lambda X: X.reshape(len(X), 1, 2, 3),
}


def parameters_of(name):
    """Some of the parameters of an estimator; the others stay as they are."""
    task = CLASSIFIER if name.endswith("Classifier") else REGRESSOR
    known = {**COMMON, **task, **FAMILY[name[:3]]}
    wrong = [{}] * 20 + [{key: value} for key, value in WRONG.items() if key in known]
    right = st.fixed_dictionaries({}, optional=known)
    return st.builds(lambda some, one: {**some, **one}, right, st.sampled_from(wrong))


def targets(rng, n, kind, is_label):
    if is_label:
        labels = {
            "numbers": np.array([0, 1]), "words": np.array(["no", "yes", "perhaps"]),
            "several": np.array([0, 1]), "one": np.array([5]),
        }[kind]  # fmt: skip
        return rng.choice(labels, size=(n, 3) if kind == "several" else n)
    y = rng.normal(size=(n, 3) if kind == "several" else n)
    return {"words": 1e12 * y + 1e15, "one": np.full(n, 5.0)}.get(kind, y)


@pytest.mark.slow
@pytest.mark.parametrize("name", estimators.__all__)
@BOUNDED
@given(data=st.data())
def test_a_fit_is_refused_in_a_sentence_or_right_in_form(name, data):
    estimator = getattr(estimators, name)
    parameters = data.draw(parameters_of(name), "parameters")
    n = data.draw(st.integers(1, 30), "rows")
    form = data.draw(st.sampled_from(sorted(FORMS)), "form")
    kind = data.draw(st.sampled_from(["numbers", "words", "several", "one"]), "y")
    rng = np.random.default_rng(data.draw(st.integers(0, 5), "seed"))
    weight = rng.choice([0.0, 1.0, 3.0], size=n) if data.draw(st.booleans(), "weighted") else None
    X = FORMS[form](rng.normal(size=(n, 6)))
    y = targets(rng, n, kind, name.endswith("Classifier"))
    model = estimator(**parameters, max_iter=2, random_state=0)
    assert clone(model).get_params() == model.get_params() or "nan" in str(parameters)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            model.fit(X, y, sample_weight=weight)
        except (ValueError, TypeError) as refusal:
            assert_is_a_sentence(str(refusal))
            assert not hasattr(model, "net_")
            return
        predicted = model.predict(X)
        twin = pickle.loads(pickle.dumps(model))
        again = clone(model).fit(X, y, sample_weight=weight)

    assert predicted.shape == y.shape
    assert_array_equal(twin.predict(X), predicted)
    if is_classifier(model):
        probability = model.predict_proba(X)
        assert np.isin(predicted, y).all() or kind == "several"
        assert np.isfinite(probability).all()
        assert (probability >= 0).all()
        assert (probability <= 1).all()
        assert_array_equal(again.predict_proba(X), probability)
        if kind != "several":
            assert_allclose(probability.sum(axis=1), 1.0, rtol=1e-9)
    else:
        assert np.isfinite(predicted).all()
        assert_array_equal(again.predict(X), predicted)


def assert_is_a_sentence(text):
    """Something a user can act on: not a number of torch's, nor an index without a name."""
    assert text[:1].isupper() or text[:1].islower() or text[:1] in "'`"
    assert len(text) > 20
    for inner in ("mat1", "tensor", "aten::", "Dimension out of range", "NoneType", "broadcast"):
        assert inner not in text, text
