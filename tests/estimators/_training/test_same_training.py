"""However a net is trained, by hand, by autograd or by skorch's loop, it learns the same."""

import copy
import pickle
from types import NoneType

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from skorch.callbacks import Callback, Checkpoint, Freezer, LRScheduler, Unfreezer

from bakeoff.estimators import (
    CNNClassifier,
    GRUClassifier,
    GRURegressor,
    MLPClassifier,
    MLPRegressor,
)
from bakeoff.estimators._training import net as module
from bakeoff.estimators._training.callbacks import EpochLoss
from bakeoff.estimators._training.flat_solver import FlatSolver
from bakeoff.estimators._training.steps import ByAutograd, ByHand, Watched

pytestmark = pytest.mark.privates


class Watcher(Callback):
    """Looks at every batch: torch's own autograd and solver train then."""

    def on_batch_end(self, net, training=None, y_pred=None, **kwargs):
        assert y_pred is not None
        assert type(net.steps_.step) in (Watched, NoneType)


class InEachEpoch(Callback):
    """Does something at the end of each epoch."""

    def __init__(self, action):
        self.action = action

    def on_epoch_end(self, net, **kwargs):
        self.action(net)


class BySkorch(Callback):
    """Wraps a step of the net, so that skorch's own loop trains."""

    def on_train_begin(self, net, **kwargs):
        train_step = net.train_step
        self.n_steps_ = 0

        def counted(batch, **fit_params):
            self.n_steps_ += 1
            return train_step(batch, **fit_params)

        net.train_step = counted

    def on_train_end(self, net, **kwargs):
        del net.train_step
        assert self.n_steps_ > 0


HAND, FLAT = (ByHand, True), (ByAutograd, True)
TORCH, WATCHED = (ByAutograd, False), (Watched, False)


@pytest.fixture
def used(monkeypatch):
    """What computed the gradients and what took the steps, by name."""
    names = set()
    train_epoch = module.train_epoch

    def spy(net, batches, step):
        names.add((type(step), type(step.solver) is FlatSolver))
        train_epoch(net, batches, step)

    monkeypatch.setattr(module, "train_epoch", spy)
    return names


@pytest.fixture
def batch_columns(monkeypatch):
    """What is recorded of each batch, of all fits of a test, while an epoch ends."""
    columns = {}
    on_epoch_end = EpochLoss.on_epoch_end

    def spy(self, net, **kwargs):
        on_epoch_end(self, net, **kwargs)
        row = net.history[-1]
        columns.setdefault(net, {})[row["epoch"]] = [set(batch) for batch in row["batches"]]

    monkeypatch.setattr(EpochLoss, "on_epoch_end", spy)
    return columns


def assert_same_model(one, other, X, rtol=1e-9):
    compared = ("loss", "score", "lr", "batch_count")
    for column in (c for c in one.history_.columns if c.endswith(compared)):
        assert_allclose(one.history_[column], other.history_[column], rtol=rtol)
    assert_allclose(one._predict_raw(X), other._predict_raw(X), rtol=1e3 * rtol, atol=rtol)


VARIANTS = [
    (MLPClassifier, {}),
    (MLPClassifier, {"hidden_layer_sizes": (8, 4), "activation": "gelu", "label_smoothing": 0.1}),
    (MLPClassifier, {"hidden_layer_sizes": ()}),
    (MLPClassifier, {"solver": "adamw", "weight_decay": 0.1, "max_grad_norm": 0.5}),
    (MLPClassifier, {"solver": "sgd", "nesterovs_momentum": True, "lr_schedule": "one_cycle"}),
    (MLPClassifier, {"solver": "rmsprop", "learning_rate_init": 0.001}),
    (MLPClassifier, {"solver": "adagrad", "dtype": "float32"}),
    (MLPClassifier, {"solver": "adamw", "dtype": "float32"}),
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
    small, labelled, valued, batch_columns, estimator, options, weighted
):
    X, y = valued if "Regressor" in estimator.__name__ else labelled
    weight = np.random.RandomState(1).exponential(size=len(X)) if weighted else None
    model = small(estimator, **{"max_iter": 8, **options})

    fast = copy.deepcopy(model).fit(X, y, weight)
    watched = copy.deepcopy(model).set_params(callbacks=[Watcher()]).fit(X, y, weight)
    slow = copy.deepcopy(model).set_params(callbacks=[BySkorch()]).fit(X, y, weight)

    rtol = 1e-4 if options.get("dtype") == "float32" else 1e-9
    assert_same_model(fast, watched, X, rtol)
    assert_same_model(fast, slow, X, rtol)
    recorded, *others = (batch_columns[model.net_] for model in (fast, watched, slow))
    assert others == [recorded] * 2
    assert {"train_loss", "train_batch_size"} <= recorded[1][0]


@pytest.mark.parametrize(
    ("estimator", "options", "expected"),
    [
        (MLPClassifier, {}, HAND),
        (MLPClassifier, {"lr_schedule": "cosine", "max_grad_norm": 1.0, "verbose": True}, HAND),
        (MLPClassifier, {"early_stopping": True}, HAND),
        (MLPClassifier, {"callbacks": [InEachEpoch(lambda net: None)]}, HAND),
        (MLPClassifier, {"norm": "layer"}, FLAT),
        (CNNClassifier, {}, FLAT),
        (MLPClassifier, {"solver": "rmsprop"}, TORCH),
        (MLPClassifier, {"callbacks": [Watcher()]}, WATCHED),
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


def decay_biases_more(net):
    net.optimizer_.param_groups[0].update(weight_decay=0.3)


def slow_down_a_loaded_state(net):
    net.optimizer_.load_state_dict(copy.deepcopy(net.optimizer_.state_dict()))
    for group in net.optimizer_.param_groups:
        group["lr"] = 1e-9


def load_the_same_state(net):
    net.optimizer_.load_state_dict(copy.deepcopy(net.optimizer_.state_dict()))


def forget_moments(net):
    net.optimizer_.state.clear()


def make_a_new_solver(net):
    net._initialize_optimizer()


def take_torchs_solver(net):
    net.optimizer_ = torch.optim.SGD(net.module_.parameters(), lr=0.1)


def climb(net):
    for group in net.optimizer_.param_groups:
        group["maximize"] = True


def weigh_classes(net):
    net.criterion_.loss.weight = torch.tensor([1.0, 9.0], dtype=torch.float64)


def replace_the_output(net):
    torch.manual_seed(0)
    layer = net.module_.output
    net.module_.output = torch.nn.Linear(layer.in_features, 2, dtype=torch.float64)
    net._initialize_optimizer()


def take_a_step(net):
    net.optimizer_.zero_grad()
    sum((p**2).sum() for p in net.module_.parameters()).backward()
    net.optimizer_.step()


CHANGES = [
    halve, halve_in_place, decay_biases_more, slow_down_a_loaded_state, load_the_same_state,
    forget_moments, make_a_new_solver, take_torchs_solver, climb, weigh_classes,
    replace_the_output, take_a_step,
]  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"norm": "layer"}], ids=["by hand", "by autograd"])
@pytest.mark.parametrize("solver", ["adamw", "sgd"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda f: f.__name__)
def test_what_a_callback_changes_between_epochs_counts(small, labelled, change, solver, options):
    X, y = labelled

    def once(net):
        if len(net.history) == 2:
            change(net)

    schedule = "cosine" if change is load_the_same_state else "constant"
    model = small(MLPClassifier, solver=solver, max_iter=5, lr_schedule=schedule, **options)
    fast = copy.deepcopy(model).set_params(callbacks=[InEachEpoch(once)]).fit(X, y)
    slow = copy.deepcopy(model).set_params(callbacks=[InEachEpoch(once), Watcher()]).fit(X, y)
    unchanged = model.fit(X, y)

    assert_same_model(fast, slow, X)
    if change is not load_the_same_state:
        assert fast.loss_curve_[:2] == pytest.approx(unchanged.loss_curve_[:2])
        assert fast.loss_curve_[2:] != pytest.approx(unchanged.loss_curve_[2:])


def test_layers_frozen_for_some_epochs_train_as_torch_trains_them(small, labelled):
    X, y = labelled

    def fit(*callbacks):
        frozen = [Freezer("hidden0*"), Unfreezer("hidden0*", at=3), *callbacks]
        return small(MLPClassifier, max_iter=6, callbacks=frozen).fit(X, y)

    assert_same_model(fit(), fit(Watcher()), X)


class CopyEachEpoch(Callback):
    copies: list = []  # noqa: RUF012

    def on_epoch_end(self, net, **kwargs):
        self.copies.extend([copy.deepcopy(net), pickle.loads(pickle.dumps(net))])


class CopyEachBatch(CopyEachEpoch):
    def on_batch_end(self, net, **kwargs):
        self.on_epoch_end(net)


@pytest.mark.parametrize("copier", [CopyEachEpoch, CopyEachBatch])
@pytest.mark.parametrize("estimator", [MLPClassifier, GRUClassifier])
def test_a_net_can_be_copied_and_pickled_while_it_trains(
    small, labelled, tmp_path, estimator, copier
):
    X, y = labelled
    checkpoint = Checkpoint(dirname=tmp_path, monitor=None, f_pickle="net.pkl")
    copier.copies = []
    model = small(estimator, max_iter=3, callbacks=[copier(), checkpoint]).fit(X, y)
    copier.copies.append(pickle.loads((tmp_path / "net.pkl").read_bytes()))
    assert len(copier.copies) == 2 * 3 * (1 if copier is CopyEachEpoch else 1 + 4) + 1
    expected = model._predict_raw(X)
    for net in copier.copies[-3:]:
        assert_allclose(net.predict_raw(X, model.input_shape_, "cpu"), expected, rtol=1e-9)
        assert not hasattr(net, "iterator_")


def test_a_callback_is_called_with_what_skorch_calls_it_with(small, labelled):
    said = []

    class Strict(Callback):
        def on_batch_begin(self, net, batch, training):
            said.append(("begin", training, len(batch)))

        def on_grad_computed(self, net, named_parameters, batch, training):
            said.append(("gradient", training, len(list(named_parameters))))

        def on_batch_end(self, net, batch, training, loss, y_pred):
            said.append(("end", training, tuple(y_pred.shape)))

    small(MLPClassifier, max_iter=1, callbacks=[Strict()]).fit(*labelled)
    assert said[:3] == [("begin", True, 2), ("gradient", True, 4), ("end", True, (32, 2))]
    assert len(said) == 3 * 4


def test_a_method_that_an_instance_was_given_is_called(small, labelled):
    calls = []

    class Late(Callback):
        def on_train_begin(self, net, **kwargs):
            self.on_batch_end = lambda net, **kwargs: calls.append(1)

    small(MLPClassifier, max_iter=2, callbacks=[Late()]).fit(*labelled)
    assert len(calls) == 2 * 4


def test_an_epochs_loss_can_be_asked_for(small, labelled):
    X, y = labelled
    losses = []

    def ask(net):
        with torch.no_grad():
            losses.append(net.get_loss(net.module_(torch.tensor(X)), torch.tensor(y)).item())

    small(MLPClassifier, max_iter=3, callbacks=[InEachEpoch(ask)]).fit(X, y)
    assert losses[0] > losses[-1] > 0


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


def test_a_pickle_holds_the_weights_once_and_no_data(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, max_iter=1, hidden_layer_sizes=(200, 200)).fit(X, y)
    weights = sum(p.nbytes for p in model.net_.module_.parameters())
    before = len(pickle.dumps(model))
    model.predict(X[:1])

    saved = pickle.dumps(model)
    # skorch keeps the module that it was given beside the trained one; and two moments.
    assert len(saved) < 4 * weights + 20_000
    assert abs(len(saved) - before) < 100
    again = pickle.loads(saved)
    assert_array_equal(again.predict_proba(X[:1]), model.predict_proba(X[:1]))


@pytest.mark.parametrize("callbacks", [None, [Watcher()]])
def test_a_pickle_does_not_grow_with_the_number_of_batches(small, labelled, callbacks):
    X, y = labelled
    many, few = (
        small(MLPClassifier, batch_size=size, max_iter=10, callbacks=callbacks).fit(X, y)
        for size in (1, len(X))
    )
    assert abs(len(pickle.dumps(many)) - len(pickle.dumps(few))) < 100
    assert many.n_iter_ == 10
    assert many.net_.history[-1, "train_batch_count"] == len(X)
