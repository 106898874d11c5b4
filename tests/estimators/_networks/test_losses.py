"""Losses a row, against torch's functions and formulas written out."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from bakeoff.estimators._networks.losses import RowLoss, regression_loss, weighted_mean

PREDICTION = torch.tensor([[0.0, 2.0], [1.0, -3.0], [0.5, 0.5]], dtype=torch.float64)
TARGET = torch.tensor([[0.5, 0.0], [1.0, 1.0], [0.5, 0.4]], dtype=torch.float64)
ERROR = (PREDICTION - TARGET).abs()


@pytest.mark.parametrize(
    ("name", "a_value"),
    [
        ("squared_error", ERROR**2),
        ("absolute_error", ERROR),
        ("huber", torch.where(ERROR < 1, ERROR**2 / 2, ERROR - 0.5)),
    ],
)
def test_regression_loss_is_its_formula_averaged_over_outputs(name, a_value):
    torch.testing.assert_close(regression_loss(name)(PREDICTION, TARGET), a_value.mean(1))


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_cross_entropy_of_smoothed_labels(smoothing):
    codes = torch.tensor([0, 1, 1])
    one_hot = functional.one_hot(codes, 2).double()
    target = one_hot * (1 - smoothing) + smoothing / 2
    expected = -(target * PREDICTION.log_softmax(1)).sum(1)

    loss = RowLoss(nn.CrossEntropyLoss, label_smoothing=smoothing)
    torch.testing.assert_close(loss(PREDICTION, codes), expected)


def test_one_output_does_not_broadcast_against_the_rows():
    loss = RowLoss(nn.MSELoss)(torch.zeros(3, 1), torch.tensor([[1.0], [2.0], [3.0]]))
    assert loss.tolist() == [1.0, 4.0, 9.0]


def test_weighted_mean_divides_by_rows_and_not_by_weights():
    loss = torch.tensor([1.0, 2.0, 3.0])

    assert weighted_mean(loss, torch.tensor([1.0, 1.0, 1.0])) == 2.0
    assert weighted_mean(loss, torch.tensor([3.0, 0.0, 0.0])) == 1.0
    assert weighted_mean(loss, torch.zeros(3)) == 0.0
