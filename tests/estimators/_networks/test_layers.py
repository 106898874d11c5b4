"""Layers and initial weights: no global randomness, and the distributions that are promised."""

import math
import pickle

import pytest
import torch
from torch import nn

from bakeoff.estimators._networks.layers import (
    Dropout,
    activation_layer,
    dense_block,
    materialise,
    n_groups,
)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def filled(build, activation="relu", seed=0):
    with torch.device("meta"):
        module = build()
    return materialise(module, generator(seed), activation=activation, dtype=torch.float64)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("identity", lambda x: x),
        ("logistic", lambda x: 1 / (1 + (-x).exp())),
        ("tanh", torch.tanh),
        ("relu", lambda x: x.clamp(min=0)),
        ("leaky_relu", lambda x: torch.where(x > 0, x, 0.01 * x)),
        ("gelu", lambda x: x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))),
        ("silu", lambda x: x / (1 + (-x).exp())),
    ],
)
def test_activation_is_the_function_of_that_name(name, reference):
    x = torch.linspace(-3, 3, 25, dtype=torch.float64)
    torch.testing.assert_close(activation_layer(name)(x), reference(x))


def test_dropout_zeroes_a_share_and_keeps_the_mean():
    layer = Dropout(0.25)
    layer.generator = generator()
    out = layer(torch.ones(100_000))

    assert out.unique().tolist() == pytest.approx([0.0, 1 / 0.75])
    assert (out == 0).double().mean().item() == pytest.approx(0.25, abs=0.01)
    assert out.mean().item() == pytest.approx(1.0, abs=0.02)


def test_dropout_is_the_identity_when_it_has_nothing_to_do():
    x = torch.ones(5)
    assert Dropout(0.5).eval()(x) is x
    assert Dropout(0.0)(x) is x


def test_dropout_draws_from_the_generator_that_it_was_given():
    net = nn.Sequential(Dropout(0.5), nn.Sequential(Dropout(0.5)))
    before = torch.get_rng_state()

    def masks(seed):
        stream = generator(seed)
        for layer in (net[0], net[1][0]):
            layer.generator = stream
        return net(torch.ones(64))

    assert torch.equal(masks(1), masks(1))
    assert not torch.equal(masks(1), masks(2))
    assert torch.equal(torch.get_rng_state(), before)


def test_dropout_pickles_without_its_generator():
    layer = Dropout(0.5)
    layer.generator = generator()

    assert pickle.loads(pickle.dumps(layer)).generator is None
    assert layer.generator is not None


def test_dense_block_is_linear_norm_activation_dropout():
    block = filled(lambda: dense_block(3, 5, "tanh", "layer", 0.1)).eval()
    x = torch.randn(4, 3, dtype=torch.float64, generator=generator())
    reference = torch.tanh(nn.functional.layer_norm(block.linear(x), (5,)))

    assert [name for name, _ in block.named_children()] == [
        "linear",
        "norm",
        "activation",
        "dropout",
    ]
    torch.testing.assert_close(block(x), reference)


@pytest.mark.parametrize(("channels", "groups"), [(1, 1), (8, 1), (12, 1), (16, 2), (64, 8)])
def test_groups_have_eight_channels_where_that_divides_them(channels, groups):
    assert n_groups(channels) == groups


# ------------------------------------------------------------------ initial weights


@pytest.mark.parametrize("build", [lambda: nn.Linear(300, 200), lambda: nn.Conv2d(30, 200, 3)])
def test_rectifiers_start_with_he_and_others_with_glorot_weights(build):
    he, glorot = filled(build, "gelu"), filled(build, "tanh")
    fan_in = he.weight[0].numel()
    fan_out = 200 * he.weight[0, 0].numel()

    assert he.weight.var().item() == pytest.approx(2 / fan_in, rel=0.03)
    assert glorot.weight.var().item() == pytest.approx(2 / (fan_in + fan_out), rel=0.03)
    assert 0.9 / math.sqrt(fan_in) < he.bias.abs().max().item() <= 1 / math.sqrt(fan_in)


@pytest.mark.parametrize(("cell", "n_gates"), [(nn.GRU, 3), (nn.LSTM, 4), (nn.RNN, 1)])
def test_recurrent_weights_are_orthogonal_gate_by_gate(cell, n_gates):
    layer = filled(lambda: cell(3, 6, bidirectional=True))
    eye = torch.eye(6, dtype=torch.float64)

    for weight in (layer.weight_hh_l0, layer.weight_hh_l0_reverse):
        gates = weight.split(6)
        assert len(gates) == n_gates
        for gate in gates:
            torch.testing.assert_close(gate @ gate.T, eye)


def test_only_the_forget_gate_of_an_lstm_starts_open():
    lstm, gru = filled(lambda: nn.LSTM(3, 4)), filled(lambda: nn.GRU(3, 4))

    bias = (lstm.bias_ih_l0 + lstm.bias_hh_l0).tolist()
    assert bias == [0.0] * 4 + [1.0] * 4 + [0.0] * 8  # input, forget, cell, output
    assert not gru.bias_ih_l0.any()


def test_norms_start_as_the_identity():
    for norm in filled(
        lambda: nn.ModuleList(
            [nn.LayerNorm(4), nn.GroupNorm(2, 4), nn.BatchNorm1d(4), nn.BatchNorm2d(4)]
        )
    ):
        assert norm.weight.tolist() == [1.0] * 4
        assert norm.bias.tolist() == [0.0] * 4
    assert norm.running_mean.tolist() == [0.0] * 4
    assert norm.running_var.tolist() == [1.0] * 4


def test_weights_depend_on_the_generator_alone():
    def build():
        return nn.Sequential(nn.Linear(3, 4), nn.Conv1d(2, 3, 3), nn.GRU(3, 4))

    before = torch.get_rng_state()
    one, same, other = (filled(build, seed=seed) for seed in (0, 0, 1))

    assert torch.equal(torch.get_rng_state(), before)
    for p, q, r in zip(one.parameters(), same.parameters(), other.parameters(), strict=True):
        assert torch.equal(p, q)
        assert p.dtype == torch.float64
        assert not torch.equal(p, r) or not p.any()  # the biases of a GRU start at zero
