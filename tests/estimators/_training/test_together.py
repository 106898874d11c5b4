"""Nets that are trained in one pass become what each becomes alone."""

import time
import warnings
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.datasets import make_classification, make_regression
from sklearn.ensemble import BaggingClassifier
from sklearn.model_selection import ParameterGrid, ShuffleSplit, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier, MLPRegressor
from bakeoff.estimators._training import stack
from bakeoff.estimators._training.together import run_together

X, y = make_classification(
    70, 6, n_informative=4, n_redundant=0, n_classes=3, random_state=0
)  # float64, so that rounding is all that may differ
SMALL = {"hidden_layer_sizes": (5, 4), "max_iter": 6, "batch_size": 16}


def rows(n, seed):
    return np.random.default_rng(seed).choice(len(X), n, replace=False)


@pytest.fixture
def stacks(monkeypatch):
    """How many nets each pass has trained."""
    found = []

    class Counting(stack.Stack):
        def __init__(self, nets, rows):
            found.append(len(nets))
            super().__init__(nets, rows)

    monkeypatch.setattr("bakeoff.estimators._training.together.Stack", Counting)
    return found


def assert_same(together, alone):
    for one, other in zip(together, alone, strict=True):
        state, expected = (each.net_.module_.state_dict() for each in (one, other))
        for name, weight in expected.items():
            assert_allclose(state[name], weight, rtol=1e-7, atol=1e-9)
        assert one.n_iter_ == other.n_iter_
        history = [[{**row, "dur": 0} for row in each.net_.history] for each in (one, other)]
        for row, other_row in zip(*history, strict=True):
            assert row.keys() == other_row.keys()
            for name in row.keys() - {"batches"}:
                assert_allclose(row[name], other_row[name], rtol=1e-7)
        moments = [
            [value for state in each.net_.optimizer_.state.values() for value in state.values()]
            for each in (one, other)
        ]
        for found, value in zip(*moments, strict=True):
            assert_allclose(found, value, rtol=1e-6, atol=1e-9)


def check(estimators, datas, **fit_params):
    """Fit one by one and together, and compare."""
    alone = [
        type(each)(**each.get_params()).fit(*data, **fit_params)
        for each, data in zip(estimators, datas, strict=True)
    ]
    results = run_together(
        [partial(e.fit, *data, **fit_params) for e, data in zip(estimators, datas, strict=True)]
    )
    assert [result.error for result in results] == [None] * len(results)
    assert [result.value for result in results] == estimators
    assert_same(estimators, alone)


GRIDS = {
    "seeds and folds": {"random_state": [0, 1, 2]},
    "rates and decays": {
        "learning_rate_init": [1e-3, 1e-2], "weight_decay": [0.0, 0.1], "solver": ["adamw"],
    },
    "L2": {"weight_decay": [0.0, 0.1], "solver": ["adam"], "beta_1": [0.9, 0.8]},
    "momentum": {"solver": ["sgd"], "momentum": [0.9, 0.5], "learning_rate_init": [0.05]},
    "dropout": {"dropout": [0.0, 0.2, 0.5]},
    "label smoothing": {"label_smoothing": [0.0, 0.1]},
    "epochs": {"max_iter": [2, 6]},
    "early stopping": {
        "early_stopping": [True], "n_iter_no_change": [1, 2], "max_iter": [30],
        "learning_rate_init": [0.05],
    },
    "early stopping and none": {"early_stopping": [True, False], "validation_fraction": [0.3]},
    "schedules": {"lr_schedule": ["constant", "cosine", "one_cycle", "step", "plateau"]},
    "clipped": {"max_grad_norm": [None, 0.1]},
    "in order": {"shuffle": [True, False]},
    "activations": {"activation": ["relu", "tanh", "gelu", "silu", "leaky_relu", "logistic"]},
    "class weights": {"class_weight": [None, "balanced"]},
}  # fmt: skip


@pytest.mark.parametrize("case", GRIDS)
def test_each_net_becomes_what_it_becomes_alone(case, stacks):
    estimators, datas = [], []
    for i, options in enumerate(ParameterGrid(GRIDS[case])):
        for fold in range(2):
            some = rows(58 + (i + fold) % 3, seed=fold)  # folds differ by a row or two
            estimators.append(MLPClassifier(**{**SMALL, "random_state": i, **options}))
            datas.append((X[some], y[some]))
    check(estimators, datas)
    assert max(stacks) > 1


def test_batches_of_other_sizes_and_weights_of_rows(stacks):
    estimators, datas = [], []
    # A last row on its own joins the batch before it: 17 rows beside 16, 15 and 1 less.
    for n in (65, 64, 63, 49, 50, 33):
        estimators.append(MLPClassifier(**SMALL, random_state=n, dropout=0.3))
        datas.append((X[:n], y[:n], np.random.default_rng(n).exponential(size=n)))
    check(estimators, datas)
    assert max(stacks) > 1


@pytest.mark.parametrize("loss", ["squared_error", "huber", "absolute_error"])
def test_regressors(loss, stacks):
    X, y = make_regression(40, 5, n_targets=2, random_state=0)
    estimators = [MLPRegressor(**SMALL, loss=loss, random_state=seed) for seed in range(4)]
    check(estimators, [(X[seed:], y[seed:]) for seed in range(4)])
    assert max(stacks) > 1


def test_several_labels_a_row(stacks):
    labels = np.column_stack([y == 0, y > 0, X[:, 0] > 0]).astype(int)
    check([MLPClassifier(**SMALL, random_state=seed) for seed in range(3)], [(X, labels)] * 3)
    assert stacks == [3]


def test_single_precision(stacks):
    estimators = [MLPClassifier(**SMALL, random_state=seed, dtype="float32") for seed in range(3)]
    alone = [MLPClassifier(**each.get_params()).fit(X, y) for each in estimators]
    run_together([partial(each.fit, X, y) for each in estimators])
    for one, other in zip(estimators, alone, strict=True):
        assert_allclose(one.predict_proba(X), other.predict_proba(X), atol=1e-5)
    assert stacks == [3]


def test_nets_of_other_shapes_are_trained_beside_each_other(stacks):
    estimators = [
        MLPClassifier(**{**SMALL, "hidden_layer_sizes": sizes}, norm=norm, random_state=0)
        for sizes in [(5,), (4, 3), ()]
        for norm in (None, "layer")
    ]
    sequences = X.reshape(-1, 3, 2)
    nets = [
        CNNClassifier(max_iter=1, kernel_size=2, random_state=0),
        GRUClassifier(max_iter=1, random_state=0),
    ]
    check(estimators, [(X, y)] * 6)
    check(nets, [(sequences, y)] * 2)
    assert stacks == [2]  # where there is nothing to normalise


def test_a_net_that_diverges_leaves_the_others_as_they_are(stacks):
    rates = [1e-3, 1e200, 1e-2]
    nets = [MLPClassifier(**SMALL, random_state=0, learning_rate_init=rate) for rate in rates]
    alone = [MLPClassifier(**nets[i].get_params()).fit(X, y) for i in (0, 2)]
    results = run_together([partial(net.fit, X, y) for net in nets])
    assert [type(result.error) for result in results] == [type(None), ValueError, type(None)]
    assert "learning_rate_init=1e+200" in str(results[1].error)
    assert not hasattr(nets[1], "net_")
    assert_same([nets[0], nets[2]], alone)


def test_where_memory_runs_out_in_a_pass_each_of_its_nets_says_so(monkeypatch):
    def train_epoch(self):
        raise MemoryError

    monkeypatch.setattr(stack.Stack, "train_epoch", train_epoch)
    nets = [MLPClassifier(**SMALL, random_state=seed) for seed in range(2)]
    results = run_together([partial(net.fit, X, y) for net in nets])
    for result, net in zip(results, nets, strict=True):
        assert isinstance(result.error, MemoryError)
        assert "in batches of batch_size=16; lower it" in str(result.error)
        assert not hasattr(net, "net_")


def test_whatever_is_done_around_a_fit(stacks):
    """Pipelines, several fits one after another, and predictions between them."""
    folds = ShuffleSplit(3, random_state=0)

    def calls():
        net = MLPClassifier(**SMALL, random_state=0)
        scaled = make_pipeline(StandardScaler(), net)
        bagging = BaggingClassifier(net, n_estimators=3, random_state=0)
        yield partial(cross_val_score, scaled, X, y, cv=folds)
        yield partial(cross_val_score, net, X, y, cv=folds)
        yield lambda: bagging.fit(X, y).predict_proba(X)
        yield lambda: "nothing is trained here"

    results = run_together([*calls()])
    for result, call in zip(results, calls(), strict=True):
        assert result.error is None
        if isinstance(result.value, np.ndarray):
            assert_allclose(result.value, call())
    assert max(stacks) > 1


def test_each_call_has_its_own_errors_and_warning_filters():
    def call(action, kind):
        with warnings.catch_warnings():
            warnings.simplefilter(action)
            MLPClassifier(**SMALL, random_state=0).fit(X, y)
            warnings.warn("said after the fit", stacklevel=1)
            raise kind("at the end")

    before = list(warnings.filters)
    results = run_together([partial(call, "ignore", KeyError), partial(call, "error", ValueError)])
    assert isinstance(results[0].error, KeyError)
    assert isinstance(results[1].error, UserWarning)
    assert list(warnings.filters) == before


def test_only_the_share_of_the_trainings_counts_as_time():
    def call(seconds):
        time.sleep(seconds)
        began = time.perf_counter()
        MLPClassifier(**SMALL, random_state=0).fit(X, y)
        return time.perf_counter() - began

    results = run_together([partial(call, 0.0), partial(call, 0.5)])
    own = [result.value - result.waited for result in results]
    assert own[0] < results[0].value - 0.4  # while the other one slept
