"""What a fit leaves to look at, beside its predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from ._inputs import Shape

if TYPE_CHECKING:
    from ._training.net import Net


class Learned:
    """Attributes of a fitted estimator that are read off its net."""

    input_shape_: Shape
    net_: Net

    def _history(self, column: str) -> list:
        check_is_fitted(self)
        if column not in self.net_.history[-1]:
            raise AttributeError(
                f"{type(self).__name__} held no rows out in its last epoch; only fit with "
                f"early_stopping=True does."
            )
        return [row.get(column, np.nan) for row in self.net_.history]

    @property
    def n_iter_(self) -> int:
        check_is_fitted(self)
        return len(self.net_.history)

    @property
    def loss_curve_(self) -> list[float]:
        return self._history("train_loss")

    @property
    def validation_scores_(self) -> list[float]:
        return self._history("valid_score")

    @property
    def best_epoch_(self) -> int:
        self._history("valid_loss")  # refuses where nothing was held out
        return dict(self.net_.callbacks_)["stopping"].best_epoch_

    @property
    def history_(self) -> pd.DataFrame:
        check_is_fitted(self)
        rows = ({k: v for k, v in row.items() if k != "batches"} for row in self.net_.history)
        return pd.DataFrame(rows)

    @property
    def architecture_(self) -> pd.DataFrame:
        from ._networks.architecture import describe

        check_is_fitted(self)
        return describe(self.net_.module_, self.input_shape_)
