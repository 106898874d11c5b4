"""Loss functions: one value a row, so that sample weights can act on rows."""

from __future__ import annotations

from torch import Tensor, nn

from .._vocabulary import REGRESSION_LOSSES


class RowLoss(nn.Module):
    """A torch loss averaged over the outputs of each row, not over the batch.

    Shape
    -----
    Prediction: ``(n, n_outputs)``. Target: ``(n,)`` class codes or ``(n, n_outputs)`` values.
    Output: ``(n,)``.

    Examples
    --------
    >>> import torch
    >>> RowLoss(nn.MSELoss)(torch.zeros(2, 3), torch.tensor([[1.0, 1, 1], [0, 0, 3]]))
    tensor([1., 3.])
    """

    def __init__(self, loss: type[nn.Module], **options):
        super().__init__()
        self.loss = loss(reduction="none", **options)

    def forward(self, prediction: Tensor, target: Tensor) -> Tensor:
        loss = self.loss(prediction, target)
        return loss if loss.ndim == 1 else loss.flatten(1).mean(dim=1)


def cross_entropy(label_smoothing: float) -> RowLoss:
    """Of outputs before the softmax, and class codes."""
    return RowLoss(nn.CrossEntropyLoss, label_smoothing=label_smoothing)


def binary_cross_entropy() -> RowLoss:
    """Of outputs before the sigmoid, and 1 for each label that a row has, averaged over labels."""
    return RowLoss(nn.BCEWithLogitsLoss)


def regression_loss(name: str) -> RowLoss:
    """The loss of a name in ``REGRESSION_LOSSES``."""
    return RowLoss(getattr(nn, REGRESSION_LOSSES[name]))


def weighted_mean(loss: Tensor, weight: Tensor | None) -> Tensor:
    """Weighted loss of a batch, divided by its number of rows.

    Weights average 1 over the training set. Dividing by the row count, not by the weights in the
    batch, keeps the gradient of a batch an unbiased estimate of the whole set's, and never
    divides by zero. No weight stands for weights of 1.
    """
    if weight is None:
        return loss.mean()
    return (loss * weight).sum() / len(loss)
