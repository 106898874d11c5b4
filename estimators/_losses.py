"""Loss functions: one value a row, so that sample weights can act on rows."""

from __future__ import annotations

from functools import partial

from torch import Tensor, nn

# The names are those of scikit-learn's gradient boosting.
REGRESSION_LOSSES: dict[str, type[nn.Module]] = {
    "squared_error": nn.MSELoss,
    "absolute_error": nn.L1Loss,
    "huber": partial(nn.HuberLoss, delta=1.0),  # type: ignore[dict-item]
}


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


def weighted_mean(loss: Tensor, weight: Tensor) -> Tensor:
    """Weighted loss of a batch, divided by its number of rows.

    Weights average 1 over the training set. Dividing by the row count, not by the weights in the
    batch, keeps the gradient of a batch an unbiased estimate of the whole set's, and never
    divides by zero.
    """
    return (loss * weight).sum() / len(loss)
