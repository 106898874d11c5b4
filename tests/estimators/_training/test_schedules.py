"""Learning rates: against torch's schedulers, and as a fit records them."""

import numpy as np
import pytest
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, MultiStepLR, OneCycleLR

from bakeoff.estimators import MLPClassifier
from bakeoff.estimators._training.schedules import SCHEDULES

STEPS = 40


def torch_rates(schedule, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = schedule(optimizer, **options)
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def rates(name):
    return [SCHEDULES[name](step / STEPS) for step in range(STEPS)]


def test_cosine_is_torchs():
    np.testing.assert_allclose(rates("cosine"), torch_rates(CosineAnnealingLR, T_max=STEPS), 1e-9)


def test_step_is_torchs():
    expected = torch_rates(MultiStepLR, milestones=[STEPS // 2, 3 * STEPS // 4])
    np.testing.assert_allclose(rates("step"), expected)


def test_one_cycle_starts_peaks_and_ends_where_torchs_does():
    expected = torch_rates(OneCycleLR, max_lr=1.0, total_steps=STEPS)
    ours = SCHEDULES["one_cycle"]

    assert ours(0.0) == pytest.approx(expected[0])
    assert ours(0.3) == pytest.approx(max(expected))
    assert ours(1.0) == pytest.approx(expected[-1], abs=1e-4)
    np.testing.assert_allclose(rates("one_cycle"), expected, atol=0.08)  # torch ends a step earlier


def fitted(small, labelled, **parameters):
    model = small(
        MLPClassifier, learning_rate_init=0.01, max_iter=8, batch_size=30, **parameters
    ).fit(*labelled)
    return model, model.history_["lr"].to_numpy()


@pytest.mark.parametrize("name", ["constant", "cosine", "step", "one_cycle"])
def test_a_fit_takes_the_rates_of_its_schedule(small, labelled, name):
    """Four batches an epoch: the history has the rate of an epoch's last."""
    _, lr = fitted(small, labelled, lr_schedule=name)
    last_steps = np.arange(3, 32, 4) / 32

    np.testing.assert_allclose(lr, [0.01 * SCHEDULES[name](step) for step in last_steps])


def test_a_schedule_ends_with_the_last_batch_when_a_single_row_is_left_over(small, labelled):
    """61 rows in batches of 30 are two batches, not three."""
    X, y = labelled
    model = small(
        MLPClassifier, lr_schedule="cosine", learning_rate_init=1.0, batch_size=30, max_iter=4,
        max_grad_norm=0.01,
    ).fit(X[:61], y[:61])  # fmt: skip

    assert model.history_["train_batch_count"].tolist() == [2] * 4
    assert model.history_["lr"].iloc[-1] == pytest.approx(SCHEDULES["cosine"](7 / 8))


def test_plateau_halves_the_rate_when_the_loss_stays(small, labelled):
    """With a tolerance that no epoch meets, every second epoch after the first is one too many."""
    model, lr = fitted(small, labelled, lr_schedule="plateau", tol=1e3, n_iter_no_change=7)

    assert model.n_iter_ == 8
    np.testing.assert_allclose(lr, [0.01] * 5 + [0.005] * 3)


def test_plateau_leaves_the_rate_while_the_loss_falls(small, labelled):
    model, lr = fitted(small, labelled, lr_schedule="plateau", tol=0.0)

    assert (np.diff(model.loss_curve_) < 0).all()
    assert set(lr) == {0.01}


def test_partial_fit_always_takes_the_initial_rate(small, labelled):
    model = small(MLPClassifier, learning_rate_init=0.01, lr_schedule="cosine", max_iter=3)
    model.fit(*labelled).partial_fit(*labelled).partial_fit(*labelled)

    assert model.history_["lr"].tolist()[-2:] == [0.01, 0.01]


def test_every_warm_start_runs_the_whole_schedule(small, labelled):
    model = small(MLPClassifier, lr_schedule="cosine", warm_start=True, max_iter=4)
    lr = model.fit(*labelled).fit(*labelled).history_["lr"].tolist()

    assert lr[:4] == lr[4:]
