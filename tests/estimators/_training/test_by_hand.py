"""What is computed by hand against torch: gradients of MLPs and GRUs, predictions of a few rows."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from threadpoolctl import threadpool_limits
from torch import nn
from torch.nn.modules.module import register_module_forward_hook
from torch.utils._python_dispatch import TorchDispatchMode

from bakeoff.estimators import MLPClassifier, MLPRegressor
from bakeoff.estimators._networks.layers import materialise
from bakeoff.estimators._networks.losses import (
    RowLoss,
    binary_cross_entropy,
    cross_entropy,
    regression_loss,
    weighted_mean,
)
from bakeoff.estimators._networks.modules import MLP
from bakeoff.estimators._networks.recurrent import GRU
from bakeoff.estimators._training import dense
from bakeoff.estimators._training.backprop import MLPGradient
from bakeoff.estimators._training.dense import KERNELS, kernels
from bakeoff.estimators._training.plain_mlp import PlainMLP
from bakeoff.estimators._vocabulary import ACTIVATIONS

pytestmark = pytest.mark.privates

CRITERIA = {
    "cross_entropy": lambda: cross_entropy(0.0),
    "smoothed": lambda: cross_entropy(0.2),
    "binary_cross_entropy": binary_cross_entropy,
    **{
        name: lambda name=name: regression_loss(name)
        for name in ("squared_error", "absolute_error", "huber")
    },
}


def mlp(*sizes, activation="relu", dtype=torch.float64, seed=0, **options):
    with torch.device("meta"):
        module = MLP(
            sizes[0], sizes[-1], hidden_layer_sizes=sizes[1:-1], activation=activation, **options
        )
    module = materialise(
        module, torch.Generator().manual_seed(seed), activation=activation, dtype=dtype
    )
    for p in module.parameters():
        p.data += torch.randn(p.shape, dtype=dtype, generator=torch.Generator().manual_seed(1)) / 4
        p.grad = torch.full_like(p, torch.nan)  # to be overwritten, not added to
    return module


def random_batch(rng, n, n_features, n_outputs, loss, weighted, dtype):
    X = torch.tensor(rng.normal(size=(n, n_features)), dtype=dtype)
    if loss in ("cross_entropy", "smoothed"):
        y = torch.tensor(rng.integers(n_outputs, size=n))
    elif loss == "binary_cross_entropy":
        y = torch.tensor(rng.choice([0.0, 0.05, 1.0], size=(n, n_outputs)), dtype=dtype)
    else:
        y = torch.tensor(2 * rng.normal(size=(n, n_outputs)), dtype=dtype)
    return X, y, torch.tensor(rng.exponential(size=n), dtype=dtype) if weighted else None


def assert_gradient_is_autograds(module, criterion, X, y, weight, **tolerance):
    gradient = MLPGradient.of(module, criterion)
    assert gradient is not None
    loss = gradient(X.numpy(), y.numpy(), None if weight is None else weight.numpy())
    found = [p.grad.clone() for p in module.parameters()]
    module.zero_grad()
    expected = weighted_mean(criterion(module(X), y), weight)
    expected.backward()

    assert_allclose(loss, expected.item(), **tolerance)
    for p, by_hand in zip(module.parameters(), found, strict=True):
        assert_allclose(by_hand, p.grad, **tolerance)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("loss", CRITERIA)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_of_an_mlp_is_autograds(activation, loss, seed):
    rng = np.random.default_rng(seed)
    n, n_features, n_outputs = (int(rng.integers(1, 20)) for _ in range(3))
    hidden = rng.integers(1, 12, size=rng.integers(0, 4)).tolist()
    module = mlp(n_features, *hidden, n_outputs, activation=activation, seed=seed)
    batch = random_batch(rng, n, n_features, n_outputs, loss, bool(seed % 2), torch.float64)

    assert_gradient_is_autograds(module, CRITERIA[loss](), *batch, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("loss", CRITERIA)
def test_the_gradient_of_an_mlp_in_single_precision(loss):
    module = mlp(30, 40, 20, 5, dtype=torch.float32)
    batch = random_batch(np.random.default_rng(0), 64, 30, 5, loss, True, torch.float32)
    assert_gradient_is_autograds(module, CRITERIA[loss](), *batch, rtol=1e-4, atol=1e-6)


def test_memory_of_one_batch_does_not_show_in_the_next():
    rng = np.random.default_rng(0)
    module, criterion = mlp(4, 6, 3), cross_entropy(0.0)
    gradient = MLPGradient.of(module, criterion)
    views = [p.grad for p in module.parameters()]
    for n in (8, 3, 8, 1):
        X, y, _ = random_batch(rng, n, 4, 3, "cross_entropy", False, torch.float64)
        loss = gradient(X.numpy(), y.numpy(), None)
        expected = criterion(module(X), y).mean()
        assert_allclose(loss, expected.item(), rtol=1e-12)
        by_autograd = torch.autograd.grad(expected, list(module.parameters()))
        for view, value in zip(views, by_autograd, strict=True):
            assert_allclose(view, value, rtol=1e-9, atol=1e-12)


def test_outputs_that_are_far_apart_do_not_overflow():
    module = mlp(2, 3)
    for p in module.parameters():
        p.data *= 1e4
    X, y = torch.tensor([[5.0, -3.0]], dtype=torch.float64), torch.tensor([0])
    labels = torch.tensor([[0.0, 1.0, 1.0]], dtype=torch.float64)
    for criterion, target in ((cross_entropy(0.0), y), (binary_cross_entropy(), labels)):
        assert_gradient_is_autograds(module, criterion, X, target, None, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("options", [{"norm": "layer"}, {"norm": "batch"}])
def test_other_mlps_are_left_to_autograd(options):
    assert PlainMLP.of(mlp(3, 4, 2, **options)) is None


def replace_output(module):
    module.output = nn.Linear(module.output.in_features, 2, dtype=torch.float64)


ALTERED = {
    "another layer": lambda module: module.append(nn.ReLU()),
    "no bias": lambda module: setattr(module.output, "bias", None),
    "two activations": lambda module: setattr(module.hidden1, "activation", nn.ReLU()),
    "an unknown activation": lambda module: [
        setattr(block, "activation", nn.ELU()) for block in (module.hidden0, module.hidden1)
    ],
    "a slope": lambda module: setattr(module.hidden0.activation, "negative_slope", 0.5),
    "forward": lambda module: setattr(module.output, "forward", lambda x: x[:, :2]),
    "forward of all": lambda module: setattr(module, "forward", lambda x: x[:, :2]),
    "weight norm": lambda module: nn.utils.parametrizations.weight_norm(module.output),
    "an output without gradients": replace_output,
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_other_modules_are_left_to_autograd(alter):
    module = mlp(3, 4, 4, 2, activation="leaky_relu")
    assert MLPGradient.of(module, cross_entropy(0.0)) is not None
    alter(module)
    assert MLPGradient.of(module, cross_entropy(0.0)) is None


def criterion_with(**options):
    criterion = cross_entropy(0.0)
    for name, value in options.items():
        setattr(criterion.loss, name, value)
    return criterion


class Focal(RowLoss):
    def forward(self, prediction, target):
        return super().forward(prediction, target) ** 2


def hooked_criterion():
    criterion = cross_entropy(0.0)
    criterion.register_forward_hook(lambda *_: None)
    return criterion


@pytest.mark.parametrize(
    "criterion",
    [
        criterion_with(weight=torch.tensor([1.0, 9.0])),
        criterion_with(ignore_index=1),
        criterion_with(forward=lambda *_: torch.zeros(())),
        RowLoss(nn.HuberLoss, delta=2.0),
        RowLoss(nn.BCEWithLogitsLoss, weight=torch.tensor([1.0, 9.0])),
        RowLoss(nn.BCEWithLogitsLoss, pos_weight=torch.tensor([1.0, 9.0])),
        RowLoss(nn.SmoothL1Loss),
        Focal(nn.CrossEntropyLoss),
        nn.CrossEntropyLoss(),
        hooked_criterion(),
    ],
    ids=[
        "weight",
        "ignore",
        "forward",
        "delta",
        "binary",
        "positive",
        "smooth_l1",
        "subclass",
        "torch's",
        "hooked",
    ],
)
def test_other_losses_are_left_to_autograd(criterion):
    assert MLPGradient.of(mlp(3, 4, 2), criterion) is None


@pytest.mark.parametrize(
    "listen",
    [
        lambda module: module.output.register_forward_hook(print),
        lambda module: module.hidden0.linear.register_forward_pre_hook(print),
        lambda module: module.hidden0.register_full_backward_hook(print),
        lambda module: module.output.weight.register_hook(print),
        lambda module: module.output.weight.register_post_accumulate_grad_hook(print),
    ],
    ids=["forward", "forward_pre", "backward", "parameter", "accumulated"],
)
def test_a_net_that_somebody_listens_to_is_left_to_autograd(listen):
    module = mlp(3, 4, 2)
    handle = listen(module)
    assert MLPGradient.of(module, cross_entropy(0.0)) is None
    handle.remove()
    assert MLPGradient.of(module, cross_entropy(0.0)) is not None


# ------------------------------------------------------------------ recurrent


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32], ids=str)
@pytest.mark.parametrize(
    ("n", "time", "features", "size"), [(4, 7, 3, 5), (1, 1, 1, 1), (3, 2, 1, 4), (2, 9, 6, 1)]
)
@pytest.mark.parametrize("used", ["states", "last", "both"])
def test_a_gru_and_its_gradient_are_torchs(used, n, time, features, size, dtype):
    generator = torch.Generator().manual_seed(0)
    ours = GRU(features, size, dtype=dtype)
    torchs = nn.GRU(features, size, batch_first=True, dtype=dtype)
    for p, q in zip(ours.parameters(), torchs.parameters(), strict=True):
        p.data.normal_(generator=generator)
        q.data.copy_(p.data)
    value = torch.randn(n, time, features, generator=generator, dtype=dtype)
    factor = torch.randn(n, time, size, generator=generator, dtype=dtype)
    tolerance = {torch.float64: 1e-11, torch.float32: 1e-4}[dtype]

    found = []
    for layer in (ours, torchs):
        x = value.clone().requires_grad_()
        states, last = layer(x)
        loss = 0.0
        if used != "last":
            loss = loss + (states * factor).sum()
        if used != "states":
            loss = loss + (last**2).sum()
        loss.backward()
        found.append(
            [states.detach(), last.detach(), x.grad, *(p.grad for p in layer.parameters())]
        )

    for a, b in zip(*found, strict=True):
        assert a.shape == b.shape
        assert_allclose(a, b, rtol=tolerance, atol=tolerance)


def test_a_gru_that_is_run_twice_before_its_gradient_keeps_both_runs():
    ours = GRU(2, 3, dtype=torch.float64)
    torchs = nn.GRU(2, 3, batch_first=True, dtype=torch.float64)
    torchs.load_state_dict(ours.state_dict())
    one, two = torch.randn(2, 4, 5, 2, dtype=torch.float64, generator=torch.Generator())
    for layer in (ours, torchs):
        (layer(one)[0] * layer(two)[0]).sum().backward()
    for p, q in zip(ours.parameters(), torchs.parameters(), strict=True):
        assert_allclose(p.grad, q.grad, rtol=1e-10)


# ------------------------------------------------------------------ predictions


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("estimator", [MLPClassifier, MLPRegressor])
def test_a_few_rows_are_predicted_as_many_are(small, labelled, valued, estimator, activation):
    X, y = labelled if estimator is MLPClassifier else valued
    model = small(estimator, activation=activation).fit(X, y)
    predict = getattr(model, "predict_proba", model.predict)
    many = predict(X)
    for n in (1, 2, 8, 9):
        assert_allclose(predict(X[:n]), many[:n], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("widths", [(16,), (600, 500)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_few_rows_are_predicted_alike_on_any_number_of_threads(small, labelled, widths, dtype):
    X, y = labelled
    model = small(MLPClassifier, hidden_layer_sizes=widths, dtype=dtype, max_iter=1).fit(X, y)
    X = X.astype(dtype)
    for n in (1, 3, 8):
        with threadpool_limits(1, user_api="blas"):
            one = model.predict_proba(X[:n])
        with threadpool_limits(2, user_api="blas"):
            assert_array_equal(model.predict_proba(X[:n]), one)


def test_a_prediction_of_one_row_uses_the_weights_of_the_moment(small, labelled):
    X, y = labelled
    model = small(MLPClassifier).fit(X, y)
    model.predict_proba(X[:1])
    for change in (
        lambda p: p.data.mul_(2.0),
        lambda p: setattr(p, "data", p.data * 0.5),
    ):
        for p in model.net_.module_.parameters():
            change(p)
        assert_allclose(model.predict_proba(X[:1]), model.predict_proba(X)[:1], rtol=1e-10)
    model.net_.module_.output.weight = nn.Parameter(
        torch.ones_like(model.net_.module_.output.weight)
    )
    assert_allclose(model.predict_proba(X[:1]), model.predict_proba(X)[:1], rtol=1e-10)


@pytest.mark.parametrize("seen_before", [False, True])
@pytest.mark.parametrize("name", [n for n in ALTERED if n not in ("forward", "forward of all")])
def test_a_prediction_of_one_row_is_of_the_module_as_it_is(small, labelled, name, seen_before):
    X, y = labelled
    model = small(MLPClassifier, hidden_layer_sizes=(5, 5), activation="leaky_relu").fit(X, y)
    if seen_before:
        model.predict_proba(X[:1])
    ALTERED[name](model.net_.module_)
    assert_allclose(model.predict_proba(X[:1]), model.predict_proba(X)[:1], rtol=1e-9)


def test_a_hook_sees_a_prediction_of_one_row(small, labelled):
    X, y = labelled
    model = small(MLPClassifier).fit(X, y)
    model.predict(X[:1])
    seen = []
    model.net_.module_.output.register_forward_hook(lambda *_: seen.append(1))
    model.predict(X[:1])
    assert seen == [1]


class Counted(TorchDispatchMode):
    """Counts products, as torch's own counter of operations does."""

    def __init__(self):
        super().__init__()
        self.n_products = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.n_products += function in (torch.ops.aten.addmm.default, torch.ops.aten.linear.default)
        return function(*args, **(kwargs or {}))


def test_a_hook_on_all_modules_sees_a_fit_and_a_prediction_of_one_row(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, max_iter=1)
    seen = []
    hook = register_module_forward_hook(lambda module, *_: seen.append(type(module)))
    try:
        model.fit(X, y)
        assert seen.count(nn.Linear) == 2 * 4  # layers times batches
        seen.clear()
        model.predict(X[:1])
        assert seen.count(nn.Linear) == 2
    finally:
        hook.remove()
    seen.clear()
    model.predict(X[:1])
    assert not seen


def test_who_counts_torchs_operations_counts_those_of_a_fit(small, labelled):
    X, y = labelled
    with Counted() as counted:
        model = small(MLPClassifier, max_iter=1).fit(X, y)
    assert counted.n_products == 2 * 4
    with Counted() as counted:
        model.predict(X[:1])
    assert counted.n_products == 2


@pytest.fixture
def kernels_anew():
    kernels.cache_clear()
    yield
    kernels.cache_clear()


class Aten:
    """torch's kernels, but for one."""

    def __init__(self, **others):
        self.__dict__.update(others)

    def __getattr__(self, name):
        return getattr(torch.ops.aten, name)


@pytest.mark.parametrize(
    "gelu", [SimpleNamespace(), SimpleNamespace(out=lambda z, out: out.zero_())]
)
def test_a_torch_without_a_kernel_or_with_another_trains_all_the_same(
    small, labelled, monkeypatch, kernels_anew, gelu
):
    X, y = labelled
    options = {"activation": "gelu", "max_iter": 3}
    expected = small(MLPClassifier, **options).fit(X, y).predict_proba(X)
    kernels.cache_clear()
    monkeypatch.setattr(dense, "aten", Aten(gelu=gelu))
    assert kernels().keys() == KERNELS.keys() - {nn.GELU}
    model = small(MLPClassifier, **options).fit(X, y)
    assert_allclose(model.predict_proba(X), expected, rtol=1e-9)
    assert_allclose(model.predict_proba(X[:1]), expected[:1], rtol=1e-9)
