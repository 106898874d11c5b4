"""The skorch net and its training loop."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from scipy import sparse
from scipy.special import softmax
from skorch import NeuralNet
from skorch.callbacks import EarlyStopping, EpochTimer, PassthroughScoring
from torch import Tensor, nn

from ._callbacks import Progress, StopTraining
from ._layers import seed_dropout
from ._losses import weighted_mean

Batch = tuple[Tensor, Tensor]

# Rows predicted at once: large enough that calls cost nothing, small enough for any memory.
PREDICT_BATCH_SIZE = 1024


class Rows:
    """Rows in memory, with targets and weights; a batch is a slice of each array.

    Parameters
    ----------
    X : ndarray or CSR matrix of shape (n, n_features)
    input_shape : tuple of int
        What a row becomes for the module.
    dtype : torch.dtype
        Of the module's weights.
    y : ndarray of shape (n,) or (n, n_outputs), optional
        Integer class codes, or values.
    weight : ndarray of shape (n,), optional
        Of mean 1.
    """

    def __init__(self, X, input_shape: tuple[int, ...], dtype: torch.dtype, y=None, weight=None):
        # torch.tensor copies: from_numpy warns of read-only arrays, as joblib's workers get. It
        # cannot read a reversed view, though.
        self.X: Any = (
            X if sparse.issparse(X) else torch.tensor(np.ascontiguousarray(X), dtype=dtype)
        )
        self.input_shape, self.dtype = input_shape, dtype
        n = X.shape[0]
        if y is None:
            y, weight = np.zeros(n), np.ones(n)
        self.y = torch.tensor(y, dtype=torch.int64 if y.dtype.kind in "iu" else dtype)
        self.weight = torch.tensor(weight, dtype=dtype)

    def __len__(self) -> int:
        return self.X.shape[0]

    def batch(self, rows: Tensor | slice) -> Batch:
        if sparse.issparse(self.X):
            index = rows.numpy() if isinstance(rows, Tensor) else rows
            X = torch.tensor(self.X[index].toarray(), dtype=self.dtype)
        else:
            X = self.X[rows]
        return X.reshape(len(X), *self.input_shape), self.y[rows]


class Batches:
    """Batches of :class:`Rows`; given a generator, in a new random order each time.

    ``weight`` holds the weights of the latest batch: skorch and its callbacks take a batch for
    inputs and targets, and would take a third part for another target.
    """

    weight: Tensor

    def __init__(self, rows: Rows, batch_size: int, generator: torch.Generator | None = None):
        self.rows, self.batch_size, self.generator = rows, batch_size, generator

    def __len__(self) -> int:
        full, rest = divmod(len(self.rows), self.batch_size)
        return full + (rest > 1 or (rest == 1 and full == 0))

    def __iter__(self) -> Iterator[Batch]:
        n = len(self.rows)
        if self.generator is not None:
            order = torch.randperm(n, generator=self.generator)
        for i in range(len(self)):
            # A last row on its own has no batch statistics and a noisy gradient: it joins the
            # batch before it.
            end = n if i == len(self) - 1 else (i + 1) * self.batch_size
            rows = slice(i * self.batch_size, end)
            index = rows if self.generator is None else order[rows]
            self.weight = self.rows.weight[index]
            yield self.rows.batch(index)


class Net(NeuralNet):
    """A skorch net whose randomness comes from ``seed`` alone.

    Epoch ``i`` draws its order and its dropout masks from streams that ``(seed, i)`` decides, so
    a net that was pickled and goes on training goes on exactly as the original would.

    Parameters
    ----------
    module : nn.Module
        With initial weights.
    criterion : nn.Module
        ``(prediction, target) -> (n,)`` losses.
    seed : int
    **options
        skorch's.
    """

    def __init__(self, module: nn.Module, criterion: nn.Module, seed: int = 0, **options: Any):
        super().__init__(module, criterion, train_split=None, verbose=0, **options)
        self.seed = seed

    @property
    def _default_callbacks(self):
        # skorch's own set has PrintLog, which formats a table even when silent.
        return [
            ("epoch_timer", EpochTimer()),
            ("train_loss", PassthroughScoring("train_loss", on_train=True)),
        ]

    def train(self, rows: Rows, validation: Rows | None, epochs: int) -> Net:
        """Train for ``epochs``, or until a callback stops it.

        Unlike skorch's ``fit`` and ``partial_fit`` it lets KeyboardInterrupt pass, so that
        Ctrl-C ends the search that the fit belongs to.
        """
        self.validation_, self.max_epochs = validation, epochs
        self.n_batches_ = len(Batches(rows, self.batch_size))
        self.notify("on_train_begin", X=rows, y=None)
        try:
            self.fit_loop(rows)
        except StopTraining:
            pass
        except BaseException:
            for _, callback in self.callbacks_:
                if isinstance(callback, Progress):
                    callback.bar_.close()  # or it would draw over the traceback
            raise
        finally:
            for name in ("validation_", "iterator_"):  # a fitted net holds no data
                self.__dict__.pop(name, None)
        self.notify("on_train_end", X=rows, y=None)
        if not all(p.isfinite().all() for p in self.module_.parameters()):
            self._refuse("The weights became infinite or NaN")
        return self

    def predict_raw(self, rows: Rows) -> np.ndarray:
        """Outputs of the module in evaluation mode, shape ``(n, n_outputs)``, in float64."""
        batches = Batches(rows, PREDICT_BATCH_SIZE)
        return np.concatenate(
            [self.evaluation_step(batch).cpu().double().numpy() for batch in batches]
        )

    def move_to(self, device: torch.device | str) -> Net:
        """Move weights and the solver's state."""
        self.device = str(device)
        self.module_.to(device)
        for state in self.optimizer_.state.values():
            for name, value in state.items():
                if isinstance(value, Tensor):
                    state[name] = value.to(device)
        return self

    # ------------------------------------------------------------ what scoring callbacks call

    @property
    def _classifies(self) -> bool:
        return isinstance(self.criterion_.loss, nn.CrossEntropyLoss)

    @property
    def classes_(self) -> np.ndarray:
        """Codes of the classes; the estimator knows the labels."""
        if not self._classifies:
            raise AttributeError("a net for regression has no classes_")
        *_, output = (m for m in self.module_.modules() if isinstance(m, nn.Linear))
        return np.arange(output.out_features)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.estimator_type = "classifier" if self._classifies else "regressor"
        return tags

    def predict_proba(self, X):
        outputs = super().predict_proba(X)
        return softmax(outputs, axis=1) if self._classifies else outputs

    def predict(self, X):
        outputs = self.predict_proba(X)
        return outputs.argmax(axis=1) if self._classifies else outputs

    # ------------------------------------------------------------ what skorch calls

    def get_split_datasets(self, X, y=None, **kwargs):
        return X, self.validation_

    def get_iterator(self, dataset, training=False):
        return Batches(dataset, self.batch_size, self.order_generator_ if training else None)

    def on_train_begin(self, net, **kwargs):
        self.order_generator_ = torch.Generator()

    def on_epoch_begin(self, net, **kwargs):
        super().on_epoch_begin(net, **kwargs)
        streams = np.random.SeedSequence([self.seed, len(self.history)]).generate_state(2)
        self.order_generator_.manual_seed(int(streams[0]))
        dropout_generator = torch.Generator(self.device).manual_seed(int(streams[1]))
        seed_dropout(self.module_, dropout_generator)

    def on_train_end(self, net, **kwargs):
        del self.order_generator_

    def get_loss(self, y_pred, y_true, X=None, training=False):
        loss = self.criterion_(y_pred, y_true.to(y_pred.device))
        return weighted_mean(loss, self.iterator_.weight.to(loss.device))

    def run_single_epoch(self, iterator, training, prefix, step_fn, **fit_params):
        if iterator is None:
            return
        self.iterator_ = iterator  # get_loss finds the weights of the batch there
        super().run_single_epoch(iterator, training, prefix, step_fn, **fit_params)
        if training:
            self.history.record("lr", self.optimizer_.param_groups[0]["lr"])
        for loss in self.history[-1, "batches", :, f"{prefix}_loss"]:
            if not math.isfinite(loss):
                which = "training" if training else "validation"
                self._refuse(f"The {which} loss became {loss}")

    def _refuse(self, what: str) -> None:
        raise ValueError(
            f"{what} in epoch {len(self.history)} at a learning rate of "
            f"{self.optimizer_.param_groups[0]['lr']:g}; lower learning_rate_init={self.lr:g}, "
            f"scale X, or set max_grad_norm."
        )

    def notify(self, method_name, **kwargs):
        try:
            super().notify(method_name, **kwargs)
        except KeyboardInterrupt:
            # skorch's EarlyStopping, a user's say, stops by raising what Ctrl-C raises.
            if method_name == "on_epoch_end" and any(
                isinstance(callback, EarlyStopping) and callback.misses_ >= callback.patience
                for _, callback in self.callbacks_
            ):
                raise StopTraining from None
            raise

    # ------------------------------------------------------------ pickles

    def __getstate__(self):
        """Weights travel as CPU tensors, so that any machine can load them."""
        device = self.device
        if torch.device(device).type == "cpu":
            return super().__getstate__()
        self.move_to("cpu")
        try:
            return super().__getstate__()
        finally:
            self.move_to(device)

    def __setstate__(self, state):
        super().__setstate__({**state, "device": "cpu"})
