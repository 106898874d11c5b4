"""Every option trains, and does what its name says."""

import re

import numpy as np
import pytest
import torch
from skorch.callbacks import Callback

from bakeoff.estimators import (
    CNNClassifier,
    CNNRegressor,
    GRUClassifier,
    GRURegressor,
    MLPClassifier,
    MLPRegressor,
)

ACTIVATIONS = ["identity", "logistic", "tanh", "relu", "leaky_relu", "gelu", "silu"]


def options(name, values, *estimators):
    return [(estimator, {name: value}) for estimator in estimators for value in values]


CLASSIFIER_OPTIONS = [
    *options("activation", ACTIVATIONS, MLPClassifier, CNNClassifier),
    *options(
        "norm", [None, "layer", "group", "batch"], MLPClassifier, CNNClassifier, GRUClassifier
    ),
    *options("dropout", [0.3], MLPClassifier, CNNClassifier, GRUClassifier),
    *options("solver", ["sgd", "adagrad", "rmsprop", "adam", "adamw"], MLPClassifier),
    *options("lr_schedule", ["constant", "cosine", "step", "plateau", "one_cycle"], MLPClassifier),
    *options("weight_decay", [0.01], MLPClassifier, CNNClassifier, GRUClassifier),
    *options("max_grad_norm", [None, 0.5], MLPClassifier, CNNClassifier, GRUClassifier),
    *options("label_smoothing", [0.1], MLPClassifier, CNNClassifier, GRUClassifier),
    *options("batch_size", ["auto", 7, 10**9, np.int64(16)], MLPClassifier),
    *options("shuffle", [True, False], MLPClassifier, CNNClassifier, GRUClassifier),
    *options("beta_1", [0.0, 0.5], MLPClassifier),
    *options("beta_2", [0.9], MLPClassifier),
    *options("epsilon", [1e-3], MLPClassifier),
    *options("n_iter_no_change", [np.inf], MLPClassifier),
    *options("hidden_layer_sizes", [(), 8, [8, 4], np.array([8])], MLPClassifier, CNNClassifier),
    *options("channels", [4, (4, 8), [4, 8, 8]], CNNClassifier),
    *options("kernel_size", [1, 2, 5], CNNClassifier),
    *options("stride", [1, 2, 3], CNNClassifier),
    *options("padding", ["same", "valid"], CNNClassifier),
    *options("pooling", [None, "max", "avg"], CNNClassifier),
    *options("residual", [False, True], CNNClassifier),
    *options("cell", ["gru", "lstm", "rnn"], GRUClassifier),
    *options("num_layers", [2], GRUClassifier),
    *options("bidirectional", [True], GRUClassifier),
    (MLPClassifier, {"solver": "sgd", "momentum": 0.0}),
    (MLPClassifier, {"solver": "sgd", "nesterovs_momentum": False}),
    (GRUClassifier, {"num_layers": 2, "bidirectional": True, "norm": "layer", "dropout": 0.1}),
    (CNNClassifier, {"residual": True, "norm": "group", "stride": 2, "channels": (8, 8)}),
]


def named(case):
    return f"{case[0].__name__}-{case[1]}"


@pytest.mark.parametrize("case", CLASSIFIER_OPTIONS, ids=named)
def test_option_reduces_the_loss_of_a_classifier(small, labelled, case):
    estimator, parameters = case
    losses = small(estimator, **parameters).fit(*labelled).loss_curve_

    assert losses[-1] < 0.98 * losses[0]


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "huber"])
@pytest.mark.parametrize("estimator", [MLPRegressor, CNNRegressor, GRURegressor])
def test_loss_is_reduced_by_a_regressor(small, valued, estimator, loss):
    losses = small(estimator, loss=loss).fit(*valued).loss_curve_

    assert losses[-1] < 0.7 * losses[0]


@pytest.mark.parametrize("estimator", [CNNClassifier])
@pytest.mark.parametrize("parameters", [{}, {"residual": True}, {"padding": "valid"}], ids=str)
def test_images_are_learned(small, estimator, parameters):
    """A bright upper or lower half."""
    y = np.arange(80) % 2
    X = np.random.RandomState(0).normal(size=(80, 1, 8, 8))
    X[y == 0, :, :4] += 1.0
    X[y == 1, :, 4:] += 1.0

    assert small(estimator, **parameters).fit(X, y).score(X, y) > 0.9


def test_absolute_error_ignores_outliers_that_squared_error_follows(small):
    """A quarter of the targets are far off: the median stays, the mean does not."""
    X = np.zeros((80, 1))
    y = np.where(np.arange(80) % 4 == 0, 100.0, 0.0)

    def predicted(loss):
        model = small(MLPRegressor, loss=loss, hidden_layer_sizes=(), max_iter=60)
        return model.fit(X, y).predict(X[:1])[0]

    assert predicted("absolute_error") < 5.0 < 20.0 < predicted("squared_error") < 30.0
    assert predicted("absolute_error") < predicted("huber") < predicted("squared_error")


def test_label_smoothing_keeps_probabilities_from_the_ends(small):
    X = np.array([[-1.0], [1.0]] * 20)
    y = np.array([0, 1] * 20)
    model = small(MLPClassifier, label_smoothing=0.2, max_iter=100).fit(X, y)

    # The best prediction for a smoothed target is 1 - 0.2 / 2.
    np.testing.assert_allclose(model.predict_proba(X).max(axis=1), 0.9, atol=0.02)


def test_dropout_acts_in_training_alone(small, labelled):
    X, y = labelled
    plain = small(MLPClassifier, max_iter=3).fit(X, y)
    dropped = small(MLPClassifier, max_iter=3, dropout=0.5).fit(X, y)

    assert not np.allclose(plain.predict_proba(X), dropped.predict_proba(X))
    assert np.array_equal(dropped.predict_proba(X), dropped.predict_proba(X))


def weights(model):
    return {name: p.detach().clone() for name, p in model.net_.module_.named_parameters()}


@pytest.mark.parametrize("solver", ["sgd", "adagrad", "rmsprop", "adam", "adamw"])
def test_weight_decay_shrinks_weights(small, solver):
    """No gradient reaches the first layer's weights from rows of zeros: only the decay does."""
    X, y = np.zeros((40, 3)), np.arange(40) % 2

    def norm(weight_decay):
        model = small(MLPClassifier, solver=solver, weight_decay=weight_decay).fit(X, y)
        return weights(model)["hidden0.linear.weight"].norm()

    assert norm(0.5) < 0.95 * norm(0.0)


@pytest.mark.parametrize("estimator", [MLPClassifier, CNNClassifier, GRUClassifier])
def test_biases_and_norms_are_not_decayed(small, labelled, estimator):
    net = small(estimator, weight_decay=0.5, norm="batch", max_iter=1).fit(*labelled).net_
    decay = {id(p): g["weight_decay"] for g in net.optimizer_.param_groups for p in g["params"]}

    for name, parameter in net.module_.named_parameters():
        spared = "bias" in name or "norm" in name
        assert decay[id(parameter)] == (0.0 if spared else 0.5), name


def test_adamw_decays_by_rate_times_decay_a_step(small):
    """Decoupled: exactly (1 - lr * weight_decay) a step where there is no gradient."""
    X, y = np.zeros((32, 3)), np.arange(32) % 2
    model = small(
        MLPClassifier, solver="adamw", weight_decay=0.5, learning_rate_init=0.1, batch_size=32,
        lr_schedule="constant", hidden_layer_sizes=(4,), warm_start=True, max_iter=1,
    )  # fmt: skip
    before = weights(model.fit(X, y))["hidden0.linear.weight"]
    after = weights(model.fit(X, y))["hidden0.linear.weight"]

    torch.testing.assert_close(after, before * (1 - 0.1 * 0.5))


def test_gradient_clipping_bounds_the_step(small, valued):
    """Plain gradient descent of one step moves by at most the rate times the norm."""
    X, y = valued
    model = small(
        MLPRegressor, solver="sgd", momentum=0.0, learning_rate_init=1.0, batch_size=120,
        lr_schedule="constant", max_iter=1, warm_start=True, max_grad_norm=1e-3,
    )  # fmt: skip

    before = weights(model.fit(X, y))
    after = weights(model.fit(X, y))

    step = torch.cat([(after[name] - before[name]).flatten() for name in before]).norm()
    assert step.item() == pytest.approx(1e-3, rel=1e-4)


@pytest.mark.parametrize("solver", ["adam", "adamw"])
def test_betas_and_epsilon_reach_the_solver(small, labelled, solver):
    model = small(MLPClassifier, solver=solver, beta_1=0.7, beta_2=0.8, epsilon=0.01, max_iter=1)
    groups = model.fit(*labelled).net_.optimizer_.param_groups

    assert {(group["betas"], group["eps"]) for group in groups} == {((0.7, 0.8), 0.01)}


def test_the_first_step_of_adam_is_by_hand(small):
    """Rate · g / (|g| + epsilon), whatever the betas: the output's bias, for a gradient of 1/4."""
    X, y = np.zeros((4, 1)), np.array([0, 1, 1, 1])
    model = small(
        MLPClassifier, hidden_layer_sizes=(), beta_1=0.3, beta_2=0.6, epsilon=0.75, max_iter=1,
        learning_rate_init=0.1, lr_schedule="constant",
    ).fit(X, y)  # fmt: skip

    expected = 0.1 * 0.25 / (0.25 + 0.75)
    np.testing.assert_allclose(weights(model)["output.bias"], [-expected, expected], rtol=1e-6)


def test_without_shuffle_every_epoch_takes_the_rows_as_they_are(small):
    X, y = np.arange(6.0)[:, None], np.arange(6.0)
    seen = []

    class Order(Callback):
        def on_batch_end(self, net, batch=None, **kwargs):
            seen.extend(batch[0].flatten().tolist())

    small(MLPRegressor, batch_size=2, max_iter=3, shuffle=False, callbacks=[Order()]).fit(X, y)
    assert seen == 3 * [0, 1, 2, 3, 4, 5]

    seen.clear()
    small(MLPRegressor, batch_size=2, max_iter=3, callbacks=[Order()]).fit(X, y)
    epochs = [seen[:6], seen[6:12], seen[12:]]
    assert all(sorted(epoch) == [0, 1, 2, 3, 4, 5] for epoch in epochs)
    assert epochs[0] != epochs[1] != epochs[2]


def test_a_patience_without_end_halves_no_rate_and_never_stops(small, labelled):
    model = small(
        MLPClassifier, n_iter_no_change=np.inf, tol=1e9, lr_schedule="plateau", max_iter=25
    ).fit(*labelled)

    assert model.n_iter_ == 25
    assert set(model.history_["lr"]) == {0.02}


def test_momentum_and_its_nesterov_form_change_the_path(small, labelled):
    X, y = labelled

    def path(**parameters):
        return small(MLPClassifier, solver="sgd", **parameters).fit(X, y).loss_curve_

    paths = [path(momentum=0.0), path(nesterovs_momentum=False), path(nesterovs_momentum=True)]
    assert paths[0] != paths[1] != paths[2]


def test_automatic_batches_grow_with_the_data(small, labelled):
    X, y = labelled

    def batch_size(n):
        rows = np.resize(np.arange(120), n)
        model = small(MLPClassifier, max_iter=1, batch_size="auto")
        return model.fit(X[rows], y[rows]).net_.batch_size

    sizes = [batch_size(n) for n in (10, 100, 4000, 40000)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 10
    assert sizes[0] < sizes[-1] <= 1024


# ------------------------------------------------------------------ impossible values


@pytest.mark.parametrize(
    "value", [(0,), 0, -1, 3.5, (3.5,), "relu", True, (None,), None, (np.nan,)]
)
@pytest.mark.parametrize(
    ("estimator", "name"),
    [(MLPClassifier, "hidden_layer_sizes"), (CNNClassifier, "channels")],
)
def test_impossible_sizes_are_refused_in_a_sentence_with_the_value(
    small, labelled, estimator, name, value
):
    sentence = f"{name} must hold whole numbers of at least 1, however: {value!r}."
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        small(estimator, **{name: value}).fit(*labelled)


@pytest.mark.parametrize(
    ("estimator", "name", "value"),
    [
        (MLPClassifier, "activation", "sigmoid"),
        (MLPClassifier, "norm", "instance"),
        (MLPClassifier, "beta_1", 1.0),
        (MLPClassifier, "beta_2", -0.1),
        (MLPClassifier, "epsilon", 0.0),
        (MLPClassifier, "shuffle", "yes"),
        (MLPClassifier, "dropout", 1.0),
        (MLPClassifier, "dropout", float("nan")),
        (MLPClassifier, "solver", "lbfgs"),
        (MLPClassifier, "learning_rate_init", 0.0),
        (MLPClassifier, "learning_rate_init", float("nan")),
        (MLPClassifier, "learning_rate_init", float("inf")),
        (MLPClassifier, "learning_rate_init", "0.1"),
        (MLPClassifier, "lr_schedule", "adaptive"),
        (MLPClassifier, "momentum", 1.0),
        (MLPClassifier, "weight_decay", -1e-4),
        (MLPClassifier, "max_grad_norm", 0.0),
        (MLPClassifier, "batch_size", 0),
        (MLPClassifier, "batch_size", 3.5),
        (MLPClassifier, "max_iter", 0),
        (MLPClassifier, "max_iter", 10.0),
        (MLPClassifier, "tol", float("nan")),
        (MLPClassifier, "n_iter_no_change", 0),
        (MLPClassifier, "validation_fraction", 0.0),
        (MLPClassifier, "validation_fraction", 1.0),
        (MLPClassifier, "label_smoothing", 1.0),
        (MLPClassifier, "class_weight", "equal"),
        (MLPClassifier, "random_state", "zero"),
        (MLPClassifier, "dtype", "float16"),
        (MLPClassifier, "verbose", -1),
        (MLPRegressor, "loss", "mse"),
        (CNNClassifier, "kernel_size", 0),
        (CNNClassifier, "kernel_size", (3, 3)),
        (CNNClassifier, "stride", 0),
        (CNNClassifier, "padding", "full"),
        (CNNClassifier, "pooling", "min"),
        (CNNClassifier, "convolution", "3d"),
        (GRUClassifier, "cell", "transformer"),
        (GRUClassifier, "hidden_size", 0),
        (GRUClassifier, "num_layers", 1.5),
        (GRUClassifier, "bidirectional", "yes"),
    ],
)
def test_impossible_option_is_refused_with_its_name_and_value(
    small, labelled, estimator, name, value
):
    with pytest.raises(ValueError, match=f"'{name}' parameter of {estimator.__name__}") as refusal:
        small(estimator, **{name: value}).fit(*labelled)
    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize(
    ("shape", "parameters", "message"),
    [
        ((1, 4, 5), {"kernel_size": 6}, r"kernel_size=6 is too large for images of \(4, 5\)"),
        ((6,), {"kernel_size": 12}, r"kernel_size=12 is too large for series of 6"),
        ((6, 1), {"kernel_size": 7, "padding": "valid", "convolution": "1d"}, "too large"),
        (
            (1, 8, 8),
            {"kernel_size": 5, "padding": "valid", "channels": (2, 2)},
            r"leaves nothing of samples of shape \(1, 8, 8\) after block 2",
        ),
        ((1, 8, 8), {"residual": True, "padding": "valid"}, "residual=True needs padding='same'"),
    ],
)
def test_kernels_that_do_not_fit_are_refused(small, shape, parameters, message):
    with pytest.raises(ValueError, match=message):
        small(CNNClassifier, **parameters).fit(np.zeros((10, *shape)), np.arange(10) % 2)


@pytest.mark.parametrize("estimator", [MLPClassifier, CNNClassifier, GRUClassifier])
@pytest.mark.parametrize("batch_size", [2, 59, 119])
def test_batch_norm_survives_a_single_row_left_over(small, labelled, estimator, batch_size):
    X, y = labelled
    n = 119 if batch_size == 2 else batch_size + 1
    model = small(estimator, norm="batch", batch_size=batch_size, max_iter=2).fit(X[:n], y[:n])

    assert np.isfinite(model.predict_proba(X)).all()


def test_batch_norm_of_single_rows_is_refused(small, labelled):
    with pytest.raises(ValueError, match=r"norm='batch' needs .*batch_size=1"):
        small(MLPClassifier, norm="batch", batch_size=1).fit(*labelled)


@pytest.mark.parametrize("solver", ["adagrad", "adam", "adamw", "rmsprop", "sgd"])
def test_every_solver_learns_with_the_other_parameters_at_their_defaults(labelled, solver):
    """A decay that is right for AdamW would, as an L2 penalty, leave the others nothing."""
    model = MLPClassifier(solver=solver, random_state=0).fit(*labelled)
    assert model.score(*labelled) > 0.9
