"""However a net is trained, by hand, by autograd or by skorch's loop, it learns the same."""

import copy
import pickle

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from skorch.callbacks import Callback, Checkpoint, Freezer, LRScheduler

from bakeoff.estimators import (
    CNNClassifier,
    GRUClassifier,
    GRURegressor,
    MLPClassifier,
    MLPRegressor,
)
from bakeoff.estimators import _epoch as epoch
from bakeoff.estimators._net import Net


class Watcher(Callback):
    """Looks at every batch: torch's own autograd and solver train then."""

    def on_batch_end(self, net, training=None, y_pred=None, **kwargs):
        assert y_pred is not None
        assert net.step_.flat is None


class InEachEpoch(Callback):
    """Does something at the end of each epoch."""

    def __init__(self, action):
        self.action = action

    def on_epoch_end(self, net, **kwargs):
        self.action(net)


@pytest.fixture
def by_skorch(monkeypatch):
    """Let skorch's own loop train."""

    def switch():
        monkeypatch.setattr(Net, "_trains_as_written_here", False)

    return switch


@pytest.fixture
def used(monkeypatch):
    """What computed the gradients, by name."""
    names = set()
    prepare = epoch.Step.prepare

    def spy(self, **options):
        prepare(self, **options)
        names.add("hand" if self.by_hand else "flat" if self.flat else "torch")

    monkeypatch.setattr(epoch.Step, "prepare", spy)
    return names


def assert_same_model(one, other, X, rtol=1e-9):
    compared = ("loss", "score", "lr", "batch_count")
    for column in (c for c in one.history_.columns if c.endswith(compared)):
        assert_allclose(one.history_[column], other.history_[column], rtol=rtol)
    assert_allclose(one._predict_raw(X), other._predict_raw(X), rtol=1e-6, atol=1e-9)
    for row, other_row in zip(one.net_.history, other.net_.history, strict=True):
        assert [b.keys() for b in row["batches"]] == [b.keys() for b in other_row["batches"]]


VARIANTS = [
    (MLPClassifier, {}),
    (MLPClassifier, {"hidden_layer_sizes": (8, 4), "activation": "gelu", "label_smoothing": 0.1}),
    (MLPClassifier, {"hidden_layer_sizes": ()}),
    (MLPClassifier, {"solver": "adamw", "weight_decay": 0.1, "max_grad_norm": 0.5}),
    (MLPClassifier, {"solver": "sgd", "nesterovs_momentum": True, "lr_schedule": "one_cycle"}),
    (MLPClassifier, {"solver": "rmsprop", "learning_rate_init": 0.001}),
    (MLPClassifier, {"early_stopping": True, "lr_schedule": "plateau"}),
    (MLPClassifier, {"class_weight": "balanced", "batch_size": 17}),
    (MLPClassifier, {"norm": "batch", "dropout": 0.2}),
    (MLPRegressor, {"loss": "huber"}),
    (MLPRegressor, {"loss": "absolute_error", "activation": "tanh"}),
    (CNNClassifier, {"norm": "group"}),
    (GRUClassifier, {"num_layers": 2, "bidirectional": True}),
    (GRURegressor, {"dropout": 0.1}),
]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("estimator", "options"), VARIANTS, ids=lambda v: getattr(v, "__name__", str(v))
)
def test_all_ways_give_the_same_model(
    small, labelled, valued, by_skorch, estimator, options, weighted
):
    X, y = valued if "Regressor" in estimator.__name__ else labelled
    weight = np.random.RandomState(1).exponential(size=len(X)) if weighted else None
    model = small(estimator, **{"max_iter": 8, **options})

    fast = copy.deepcopy(model).fit(X, y, weight)
    watched = copy.deepcopy(model).set_params(callbacks=[Watcher()]).fit(X, y, weight)
    by_skorch()
    slow = copy.deepcopy(model).fit(X, y, weight)

    assert_same_model(fast, watched, X)
    assert_same_model(fast, slow, X)


@pytest.mark.parametrize(
    ("estimator", "options", "expected"),
    [
        (MLPClassifier, {}, "hand"),
        (MLPClassifier, {"lr_schedule": "cosine", "max_grad_norm": 1.0, "verbose": True}, "hand"),
        (MLPClassifier, {"early_stopping": True}, "hand"),
        (MLPClassifier, {"callbacks": [InEachEpoch(lambda net: None)]}, "hand"),
        (MLPClassifier, {"norm": "layer"}, "flat"),
        (CNNClassifier, {}, "flat"),
        (MLPClassifier, {"solver": "rmsprop"}, "torch"),
        (MLPClassifier, {"callbacks": [Watcher()]}, "torch"),
    ],
)  # fmt: skip
def test_which_way_is_taken(small, labelled, used, estimator, options, expected):
    small(estimator, max_iter=2, **options).fit(*labelled)
    assert used == {expected}


def test_further_training_is_the_same_by_hand_and_by_autograd(small, labelled):
    X, y = labelled
    fast, watched = (small(MLPClassifier, callbacks=c) for c in (None, [Watcher()]))
    for model in (fast, watched):
        model.partial_fit(X[:60], y[:60], classes=[0, 1])
        for _ in range(4):
            model.partial_fit(X, y)
    assert_allclose(fast.predict_proba(X), watched.predict_proba(X), rtol=1e-8)
    # One takes over the solver's state of the other.
    watched.net_ = pickle.loads(pickle.dumps(fast.net_))
    fast.partial_fit(X, y)
    watched.partial_fit(X, y)
    assert_allclose(fast.predict_proba(X), watched.predict_proba(X), rtol=1e-8)


# ------------------------------------------------------------------ the user's callbacks


def halve(net):
    for p in net.module_.parameters():
        p.data = p.data / 2


def halve_in_place(net):
    for p in net.module_.parameters():
        p.data /= 2


@pytest.mark.parametrize("other", [halve_in_place, halve])
def test_weights_that_a_callback_changes_are_trained_on(small, labelled, used, other):
    X, y = labelled
    model = small(MLPClassifier, max_iter=3, callbacks=[InEachEpoch(other)])
    fast = copy.deepcopy(model).fit(X, y)
    assert used == {"hand"}
    slow = model.set_params(callbacks=[InEachEpoch(other), Watcher()]).fit(X, y)
    assert_same_model(fast, slow, X)


def test_rates_and_decays_that_a_callback_changes_are_used(small, labelled):
    X, y = labelled

    def decay_biases(net):
        for group in net.optimizer_.param_groups:
            group["weight_decay"], group["lr"] = 0.3, 0.05

    model = small(MLPClassifier, solver="adamw", lr_schedule="constant", max_iter=4)
    fast = copy.deepcopy(model).set_params(callbacks=[InEachEpoch(decay_biases)]).fit(X, y)
    slow = model.set_params(callbacks=[InEachEpoch(decay_biases), Watcher()]).fit(X, y)
    assert_same_model(fast, slow, X)


def test_a_frozen_layer_stays_as_it_is(small, labelled):
    freezer = [Freezer("hidden0.*")]
    short, long = (
        small(MLPClassifier, callbacks=freezer, max_iter=n).fit(*labelled).net_.module_
        for n in (1, 4)
    )
    assert torch.equal(short.hidden0.linear.weight, long.hidden0.linear.weight)
    assert not torch.equal(short.output.weight, long.output.weight)


def test_a_hook_that_a_callback_sets_sees_every_batch(small, labelled):
    seen = []

    class Hook(Callback):
        def on_epoch_begin(self, net, **kwargs):
            if len(net.history) == 2:
                net.module_.output.register_forward_hook(lambda *_: seen.append(1))

    small(MLPClassifier, max_iter=3, callbacks=[Hook()]).fit(*labelled)
    assert len(seen) == 2 * 4  # two epochs of 120 rows in batches of 32


def test_the_history_of_batches_is_there_while_they_come(small, labelled):
    class Reader(Callback):
        def on_batch_end(self, net, training=None, **kwargs):
            row = net.history[-1, "batches", -1]
            assert np.isfinite(row["train_loss"])
            assert row["train_batch_size"] > 0

    model = small(MLPClassifier, max_iter=2, callbacks=[Reader()]).fit(*labelled)
    assert model.net_.history[-1, "train_batch_count"] == 4


def test_gradients_can_be_looked_at_and_changed(small, labelled):
    norms = []

    class Zero(Callback):
        def on_grad_computed(self, net, named_parameters, **kwargs):
            for _, p in named_parameters:
                norms.append(p.grad.norm().item())
                p.grad = torch.zeros_like(p.grad)

    model = small(MLPClassifier, max_iter=3, callbacks=[Zero()]).fit(*labelled)
    assert max(norms) > 0
    assert_array_equal(model.loss_curve_, [pytest.approx(model.loss_curve_[0])] * 3)


def test_skorchs_scheduler_of_batches_warns_of_nothing(small, labelled):
    scheduler = LRScheduler("StepLR", step_size=2, gamma=0.5, step_every="batch")
    model = small(MLPClassifier, max_iter=2, lr_schedule="constant", callbacks=[scheduler])
    model.fit(*labelled)
    assert model.history_["lr"].tolist() == [0.02 * 0.5**2, 0.02 * 0.5**4]


def test_a_checkpoint_in_training_is_no_larger_than_the_net(small, labelled, tmp_path):
    def size(callbacks):
        small(MLPClassifier, hidden_layer_sizes=(64, 64, 64), max_iter=2, callbacks=callbacks).fit(
            *labelled
        )
        return (tmp_path / "params.pt").stat().st_size

    fast = size([Checkpoint(dirname=tmp_path, monitor=None)])
    slow = size([Checkpoint(dirname=tmp_path, monitor=None), Watcher()])
    assert fast < 1.1 * slow


@pytest.mark.parametrize("estimator", [MLPClassifier, GRUClassifier])
def test_a_pickle_holds_the_weights_once(small, labelled, estimator):
    X, y = labelled
    options = {"hidden_layer_sizes": (64, 64)} if estimator is MLPClassifier else {}
    model = small(estimator, max_iter=1, **options).fit(X, y)
    model.predict(X[:1])
    weights = sum(p.nbytes for p in model.net_.module_.parameters())
    assert len(pickle.dumps(model)) < 4 * weights + 60_000  # and two moments of the solver
    again = pickle.loads(pickle.dumps(model))
    assert_array_equal(again.predict_proba(X[:1]), model.predict_proba(X[:1]))
