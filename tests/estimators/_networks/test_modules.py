"""The networks against torch's own functions, and their shapes."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from bakeoff.estimators._networks.convolution import (
    AdaptiveMean,
    Conv,
    ConvBlock,
    channels_last,
    time_mask,
)
from bakeoff.estimators._networks.layers import materialise
from bakeoff.estimators._networks.modules import CNN, MLP, RecurrentNet
from bakeoff.estimators._vocabulary import ACTIVATIONS


def filled(build):
    """Weights that are none of them zero, whatever the initial weights of the estimators are."""
    with torch.device("meta"):
        module = build()
    generator = torch.Generator().manual_seed(0)
    module = materialise(module, generator, activation="relu", dtype=torch.float64)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(-0.6, 0.6, generator=generator)
    return module


def numbers(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


# ------------------------------------------------------------------ MLP


def test_mlp_is_a_chain_of_matrix_products():
    net = filled(lambda: MLP(3, 2, hidden_layer_sizes=(5, 4), activation="tanh"))
    (w0, b0), (w1, b1), (w2, b2) = zip(*[iter(net.parameters())] * 2, strict=True)
    x = numbers(6, 3)

    torch.testing.assert_close(
        net(x), torch.tanh(torch.tanh(x @ w0.T + b0) @ w1.T + b1) @ w2.T + b2
    )


def test_mlp_without_hidden_layers_is_linear():
    net = filled(lambda: MLP(3, 2))
    x = numbers(6, 3)

    torch.testing.assert_close(net(x), functional.linear(x, net.output.weight, net.output.bias))


# ------------------------------------------------------------------ convolution


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel")
@pytest.mark.parametrize("n_dims", [1, 2])
@pytest.mark.parametrize("kernel_size", [1, 2, 3, 4, 5])
def test_same_padding_is_torchs_own(n_dims, kernel_size):
    layer = filled(
        lambda: Conv(
            3, 4, n_dims=n_dims, kernel_size=kernel_size, stride=1, padding="same", norm=None
        )
    )
    conv = functional.conv1d if n_dims == 1 else functional.conv2d
    x = numbers(2, 3, *[7] * n_dims)
    expected = conv(x, layer.conv.weight, layer.conv.bias, padding="same")

    torch.testing.assert_close(layer(x)[0], expected)


@pytest.mark.parametrize("n_dims", [1, 2])
@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("pooling", [None, "max", "avg"])
def test_length_is_the_size_of_the_output(n_dims, padding, stride, pooling):
    for kernel_size in (1, 2, 3, 4):
        block = filled(
            lambda k=kernel_size: ConvBlock(
                2, 3, n_dims=n_dims, kernel_size=k, stride=stride, padding=padding,
                pooling=pooling, residual=False, activation="relu", norm=None,
            )
        )  # fmt: skip
        for size in (4, 5, 8, 9):
            out, _ = block(numbers(1, 2, *[size] * n_dims))
            assert tuple(out.shape) == (1, 3, *[block.length(size)] * n_dims)


def test_same_padding_divides_the_size_by_the_stride():
    conv = filled(lambda: Conv(1, 1, n_dims=1, kernel_size=3, stride=2, padding="same", norm=None))
    assert [conv.length(n) for n in (1, 2, 7, 8)] == [1, 1, 4, 4]


def test_residual_block_adds_its_input_before_the_last_activation():
    block = filled(
        lambda: ConvBlock(
            3, 3, n_dims=2, kernel_size=3, stride=1, padding="same", pooling=None, residual=True,
            activation="relu", norm=None,
        )
    )  # fmt: skip
    x = numbers(2, 3, 6, 6)
    inner = functional.conv2d(x, block.conv.conv.weight, block.conv.conv.bias, padding=1).relu()
    inner = functional.conv2d(inner, block.conv2.conv.weight, block.conv2.conv.bias, padding=1)

    assert block.skip is None
    torch.testing.assert_close(block(x)[0], (inner + x).relu())


def test_skip_connection_is_projected_where_shapes_differ():
    block = filled(
        lambda: ConvBlock(
            3, 5, n_dims=1, kernel_size=3, stride=2, padding="same", pooling=None, residual=True,
            activation="relu", norm="batch",
        )
    )  # fmt: skip
    assert block.skip is not None
    assert block(numbers(2, 3, 7))[0].shape == (2, 5, 4)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("pooling", ["max", "avg"])
@pytest.mark.parametrize("residual", [False, True])
def test_a_block_pools_what_the_activation_gives(activation, pooling, residual):
    """Whichever of the two it computes first, and the same holds for the gradient."""
    block = filled(
        lambda: ConvBlock(
            3, 4, n_dims=2, kernel_size=3, stride=1, padding="same", pooling=pooling,
            residual=residual, activation=activation, norm=None,
        )
    )  # fmt: skip
    x = numbers(6, 3, 7, 7)
    found, _ = block(x)
    found.square().sum().backward()
    gradients = [p.grad.clone() for p in block.parameters()]
    block.zero_grad()

    y, _ = block.conv(x)
    if residual:
        y = block.conv2(block.activation(y))[0] + block.skip(x)[0]
    expected = block.pool(block.activation(y))
    expected.square().sum().backward()

    torch.testing.assert_close(found, expected)
    for gradient, p in zip(gradients, block.parameters(), strict=True):
        torch.testing.assert_close(gradient, p.grad)


@pytest.mark.parametrize("n_channels", [1, 3])
def test_channels_last_moves_values_in_memory_alone(n_channels):
    x = numbers(5, n_channels, 4, 6)
    moved = channels_last(x)
    assert torch.equal(moved, x)
    weight = numbers(2, n_channels, 3, 3)
    out = functional.conv2d(moved, weight, padding=1)
    torch.testing.assert_close(out, functional.conv2d(x, weight, padding=1))
    assert out.stride(1) == 1  # and a convolution keeps the layout


@pytest.mark.parametrize("length", [1, 2, 3, 4, 7, 11])
@pytest.mark.parametrize("n_cells", [1, 3, 4])
def test_adaptive_mean_is_torchs_of_each_row_on_its_own(length, n_cells):
    x = numbers(2, 3, 11)
    expected = functional.adaptive_avg_pool1d(x[:, :, :length], n_cells)

    torch.testing.assert_close(AdaptiveMean(n_cells)(x, torch.tensor([length] * 2)), expected)


def test_time_mask_is_true_at_real_steps():
    assert time_mask(torch.tensor([2, 0]), 3).tolist() == [[[True, True, False]], [[False] * 3]]


@pytest.mark.parametrize(
    ("shape", "options"),
    [
        ((1, 8, 8), {}),
        ((3, 5, 9), {"stride": 2}),
        ((2, 1, 1), {"kernel_size": 1}),
        ((1, 28, 28), {"padding": "valid", "kernel_size": 5}),
        ((20, 3), {"residual": True}),
        ((1, 4), {"kernel_size": 1}),
    ],
)
@pytest.mark.parametrize("norm", [None, "layer", "group", "batch"])
def test_cnn_maps_any_sample_to_its_outputs(shape, options, norm):
    net = filled(
        lambda: CNN(shape, 2, channels=(4, 8), norm=norm, hidden_layer_sizes=(5,), **options)
    )

    assert net.eval()(numbers(3, *shape)).shape == (3, 2)


@pytest.mark.parametrize(("norm", "n_groups"), [("layer", 1), ("group", 2)])
def test_layer_norm_of_a_cnn_is_over_all_channels_and_group_norm_over_eight(norm, n_groups):
    net = filled(lambda: CNN((1, 6, 6), 2, channels=(16,), norm=norm))
    conv = net.blocks["block0"].conv
    x = numbers(3, 1, 6, 6)
    expected = functional.group_norm(conv.conv(x), n_groups, *conv.norm.parameters())

    torch.testing.assert_close(conv(x)[0], expected)


def test_size_of_the_head_does_not_grow_with_the_image():
    small, large = (filled(lambda s=s: CNN((1, s, s), 2, channels=(4,))) for s in (8, 64))
    count = [sum(p.numel() for p in net.parameters()) for net in (small, large)]

    assert count[0] == count[1]


# ------------------------------------------------------------------ recurrent nets


@pytest.mark.parametrize("cell", ["gru", "lstm", "rnn"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_stacked_layers_are_torchs_stacked_layers(cell, bidirectional):
    net = filled(
        lambda: RecurrentNet(
            3, 2, cell=cell, hidden_size=4, num_layers=2, bidirectional=bidirectional
        )
    )
    torch_net = getattr(nn, cell.upper())(
        3, 4, num_layers=2, batch_first=True, bidirectional=bidirectional, dtype=torch.float64
    )
    for suffix, layers in (("", net.forward_layers), ("_reverse", net.backward_layers)):
        for i, layer in enumerate(layers):
            for name, parameter in layer.named_parameters():
                same = getattr(torch_net, name.replace("l0", f"l{i}") + suffix)
                same.data.copy_(parameter.data)
    x = numbers(5, 7, 3)
    steps, _ = torch_net(x)
    last = torch.cat([steps[:, -1, :4], steps[:, 0, 4:]], dim=1)  # each direction's last step

    torch.testing.assert_close(net(x), net.output(last))


@pytest.mark.parametrize("norm", ["layer", "group", "batch"])
def test_norm_acts_on_every_step_of_a_recurrent_net(norm):
    net = filled(lambda: RecurrentNet(3, 2, hidden_size=16, num_layers=2, norm=norm)).train()
    x = numbers(5, 7, 3)
    steps, _ = net.forward_layers[0](x)
    flat = steps.reshape(35, 16)
    weight, bias = net.norms[0].parameters()
    if norm == "layer":
        flat = functional.layer_norm(flat, (16,), weight, bias)
    elif norm == "group":  # 8 of a row's own values at a time
        parts = [functional.layer_norm(part, (8,)) for part in flat.split(8, dim=1)]
        flat = torch.cat(parts, dim=1) * weight + bias
    else:
        flat = functional.batch_norm(flat, None, None, weight, bias, training=True)
    _, state = net.forward_layers[1](flat.view(5, 7, 16))
    torch.testing.assert_close(net(x), net.output(net.norms[1](state[0])))


# ------------------------------------------------------------------ exports


@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
@pytest.mark.filterwarnings("ignore:.*torch.jit.* is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("build", "shape"),
    [
        (lambda: MLP(6, 2, hidden_layer_sizes=(4,)), (6,)),
        (lambda: CNN((1, 8, 8), 2, channels=(4,)), (1, 8, 8)),
        (lambda: CNN((8, 3), 2, channels=(4,)), (8, 3)),
        (lambda: RecurrentNet(3, 2, hidden_size=4), (5, 3)),
        (lambda: RecurrentNet(3, 2, hidden_size=4, bidirectional=True, num_layers=2), (5, 3)),
        (lambda: RecurrentNet(3, 2, cell="lstm", hidden_size=4), (5, 3)),
    ],
    ids=["mlp", "cnn", "cnn of series", "gru", "two-way gru", "lstm"],
)
def test_what_torch_records_of_a_net_answers_for_other_rows_and_batches(build, shape):
    """What is computed beside torch would stand in the record as a constant."""
    net = filled(build).eval()
    recorded = torch.jit.trace(net, numbers(3, *shape), check_trace=False)
    other = numbers(7, *shape) - 1.0

    torch.testing.assert_close(recorded(other), net(other))
