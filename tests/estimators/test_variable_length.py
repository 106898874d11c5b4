"""NaN after a sequence's end is padding: the net's output is that of the shorter sequence."""

import itertools

import numpy as np
import pandas as pd
import pytest
import torch
from numpy.testing import assert_array_equal

from bakeoff.estimators import CNNClassifier, CNNRegressor, GRUClassifier, GRURegressor
from bakeoff.estimators._networks.modules import CNN, RecurrentNet, unpad

TIME, FEATURES, OUTPUTS = 13, 3, 2
LENGTHS = [13, 12, 9, 7, 5]


def ready(module):
    """Float64 weights, none of them zero, and batch statistics that are not the initial ones."""
    generator = torch.Generator().manual_seed(0)
    with torch.device("meta"):
        net = module()
    net = net.to_empty(device="cpu").double()
    with torch.no_grad():
        for values in (*net.parameters(), *net.buffers()):
            if values.is_floating_point():
                values.uniform_(0.1, 0.9, generator=generator)
                values[::2] *= -1.0 if values.ndim > 1 else 1.0
            else:
                values.zero_()  # batches counted
    return net


def padded(lengths=LENGTHS, time=TIME):
    x = torch.randn(
        len(lengths),
        time,
        FEATURES,
        generator=torch.Generator().manual_seed(1),
        dtype=torch.float64,
    )
    for row, length in enumerate(lengths):
        x[row, length:] = torch.nan
    return x


RECURRENT = [
    {"cell": cell, "bidirectional": both, "num_layers": layers, "norm": norm}
    for cell, both, layers, norm in itertools.product(
        ("gru", "lstm", "rnn"), (False, True), (1, 2), (None, "layer", "group", "batch")
    )
]
CONVOLUTIONAL = [
    {
        "norm": norm, "pooling": pooling, "stride": stride, "kernel_size": kernel,
        "padding": padding, "residual": residual,
    }
    for norm, pooling, stride, kernel, (padding, residual) in itertools.product(
        (None, "layer", "group", "batch"), (None, "max", "avg"), (1, 2), (2, 3),
        (("same", False), ("same", True), ("valid", False)),
    )
]  # fmt: skip


def recurrent(options):
    return ready(lambda: RecurrentNet(FEATURES, OUTPUTS, hidden_size=4, **options))


def convolutional(options, channels=(4,), time=TIME):
    # logistic(0) is 0.5: an activation that would leak padding if nothing masked it
    return ready(
        lambda: CNN((time, FEATURES), OUTPUTS, channels=channels, activation="logistic", **options)
    )


def named(options):
    return "-".join(f"{value}" for value in options.values())


def assert_equal_to_truncated(net):
    x = padded()
    together = net.eval()(x)
    for row, length in enumerate(LENGTHS):
        torch.testing.assert_close(
            together[row : row + 1], net(x[row : row + 1, :length]), rtol=1e-10, atol=1e-10
        )


@pytest.mark.parametrize("options", RECURRENT, ids=named)
def test_padded_row_of_a_recurrent_net_equals_the_shorter_row(options):
    assert_equal_to_truncated(recurrent(options))


@pytest.mark.parametrize("options", CONVOLUTIONAL, ids=named)
def test_padded_row_of_a_convolutional_net_equals_the_shorter_row(options):
    assert_equal_to_truncated(convolutional(options))


def test_blocks_in_a_row_stay_exact():
    for options in ({"pooling": "max"}, {"pooling": "avg", "residual": True, "norm": "group"}):
        assert_equal_to_truncated(convolutional({"kernel_size": 3, **options}, channels=(4, 5, 6)))


def _train_step(net, x):
    """Output and gradients in training mode, where batch norm uses the batch's statistics."""
    net.train()
    out = net(x)
    out.square().sum().backward()
    return [out.detach(), *(p.grad for p in net.parameters()), *net.buffers()]


@pytest.mark.parametrize(
    "build",
    [lambda o=o: recurrent(o) for o in RECURRENT]
    + [lambda o=o: convolutional(o) for o in CONVOLUTIONAL],
    ids=[named(o) for o in RECURRENT + CONVOLUTIONAL],
)
@pytest.mark.parametrize("lengths", [[8, 8, 8], [8, 6, 5]], ids=["equal", "unequal"])
def test_more_padding_changes_nothing_in_training(build, lengths):
    x = padded(lengths)
    for long, short in zip(_train_step(build(), x), _train_step(build(), x[:, :8]), strict=True):
        torch.testing.assert_close(long, short, rtol=1e-10, atol=1e-10)


def test_gradients_pass_padding_without_becoming_nan():
    x = padded([13, 1, 1])
    for net in (recurrent(RECURRENT[0]), convolutional({"pooling": "max", "norm": "group"})):
        assert all(part.isfinite().all() for part in _train_step(net, x))


def test_unpad_leaves_full_sequences_alone():
    x = torch.ones(2, 3, 1)
    assert unpad(x)[0] is x
    assert unpad(x)[1] is None


# ------------------------------------------------------------------ estimators

MODELS = [
    (GRUClassifier, {}),
    (GRURegressor, {"cell": "lstm", "bidirectional": True}),
    (CNNClassifier, {"convolution": "1d"}),
    (CNNRegressor, {"convolution": "1d", "norm": "group"}),
]


@pytest.fixture(scope="module")
def series():
    """60 sequences of 3 to 8 steps; y is whether the first feature's mean is positive."""
    generator = np.random.RandomState(0)
    y = np.arange(60) % 2
    X = generator.normal(size=(60, 8, 2)) + 2.0 * y[:, None, None] - 1.0
    for row in range(60):
        X[row, 3 + row % 6 :] = np.nan
    return X, y


@pytest.mark.parametrize(("estimator", "parameters"), MODELS)
def test_sequences_of_unequal_length_are_learned(small, series, estimator, parameters):
    X, y = series

    assert small(estimator, **parameters).fit(X, y).score(X, y) > 0.8


@pytest.mark.parametrize(("estimator", "parameters"), MODELS)
@pytest.mark.parametrize("time", [3, 8])
def test_more_padding_gives_the_same_fit(small, series, estimator, parameters, time):
    X, y = series[0][:, :time], series[1]
    longer = np.concatenate([X, np.full((60, 5, 2), np.nan)], axis=1)
    short = small(estimator, **parameters).fit(X, y)
    long = small(estimator, **parameters).fit(longer, y)

    np.testing.assert_allclose(long.predict(longer), short.predict(X), rtol=1e-7)


def test_flat_nan_padding_is_the_same_padding(small, series):
    X, y = series
    nd = small(GRUClassifier).fit(X, y)
    flat = small(GRUClassifier, input_shape=(8, 2)).fit(X.reshape(60, 16), y)

    assert_array_equal(flat.predict_proba(X.reshape(60, 16)), nd.predict_proba(X))


def test_missing_values_at_the_end_of_a_nullable_frame_are_padding(small, series):
    X, y = series
    frame = pd.DataFrame(X[:, :, 0], columns=[f"t{i}" for i in range(8)])
    model = small(GRUClassifier)

    assert_array_equal(
        model.fit(frame.astype("Float64"), y).predict_proba(frame.astype("Float64")),
        model.fit(frame, y).predict_proba(frame),
    )


# ------------------------------------------------------------------ what is not padding


def spoil(X, where, value=np.nan):
    X = X.copy()
    X[where] = value
    return X


@pytest.mark.parametrize(("estimator", "parameters"), MODELS)
@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        ((0, 1), np.nan, r"NaN before the end of a sequence: column 2 .*\(1, 0\).* in 1 of 60"),
        (([5, 11], -1, 1), np.nan, r"NaN before the end .*column 15 .*\(7, 1\).* in 2 of 60"),
        (4, np.nan, r"NaN before the end of a sequence: column 0 .* in 1 of 60 rows"),
        ((slice(9), 0, 1), np.inf, r"infinity.*: column 1 .*\(0, 1\).* in 9 of 60 rows"),
    ],
    ids=["inside", "some features of the last step", "a whole row", "infinity"],
)
def test_nan_that_is_no_padding_is_refused(
    small, series, estimator, parameters, where, value, message
):
    X, y = series
    bad = spoil(X, where, value)
    model = small(estimator, max_iter=1, **parameters)

    with pytest.raises(ValueError, match=message):
        model.fit(bad, y)
    model.fit(X, y)
    with pytest.raises(ValueError, match=message):
        model.predict(bad)


def test_a_sequence_too_short_for_valid_padding_is_refused(small, series):
    X, y = series
    with pytest.raises(ValueError, match="too short for padding='valid'"):
        small(CNNClassifier, convolution="1d", padding="valid", kernel_size=5).fit(X, y)
