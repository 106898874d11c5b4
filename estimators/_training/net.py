"""The skorch net and its training loop."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from scipy.special import expit, softmax
from skorch import NeuralNet
from skorch.callbacks import EarlyStopping, EpochTimer
from torch import Tensor, nn

from .._networks.layers import Dropout
from .._networks.losses import weighted_mean
from .callbacks import EpochLoss, Progress, StopTraining, has_several_labels
from .epoch import train_epoch
from .plain_mlp import PlainMLP
from .rows import Batches, Rows
from .runtime import resolve_device, single_thread
from .steps import Steps

# Rows evaluated at once: large enough that calls cost nothing, with bounds on how many rows and
# how many bytes of them, since activations take a multiple of that.
MIN_EVALUATED, MAX_EVALUATED, MAX_BYTES_EVALUATED = 32, 1024, 2**20
# Up to this many rows, calling the modules of a small net takes longer than its arithmetic, which
# is then done without them. Small is a net whose products have at most so many terms: BLAS computes
# those on one thread, however many it may use, so that the result is the same everywhere.
FEW_ROWS, SMALL_PRODUCT = 8, 2**18


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
    shuffle : bool
        Whether an epoch takes the rows in a random order.
    **options
        skorch's.
    """

    def __init__(
        self,
        module: nn.Module,
        criterion: nn.Module,
        seed: int = 0,
        shuffle: bool = True,
        **options: Any,
    ):
        super().__init__(module, criterion, train_split=None, verbose=0, **options)
        self.seed, self.shuffle = seed, shuffle

    @property
    def _default_callbacks(self):
        # skorch's own set has PrintLog, which formats a table even when silent.
        return [
            ("epoch_timer", EpochTimer()),
            ("train_loss", EpochLoss("train")),
        ]

    def train(self, rows: Rows, validation: Rows | None, epochs: int) -> Net:
        """Train for ``epochs``, or until a callback stops it.

        Unlike skorch's ``fit`` and ``partial_fit`` it lets KeyboardInterrupt pass, so that
        Ctrl-C ends the search that the fit belongs to.
        """
        self.begin(rows, validation, epochs)
        try:
            with Steps(self) as self.steps_:
                self.fit_loop(rows)
        except StopTraining:
            pass
        except BaseException:
            for _, callback in self.callbacks_:
                if isinstance(callback, Progress):
                    callback.bar_.close()  # or it would draw over the traceback
            raise
        finally:
            self.forget_data()
        return self.end(rows)

    def begin(self, rows: Rows, validation: Rows | None, epochs: int) -> None:
        """Make ready for training."""
        self.validation_, self.max_epochs = validation, epochs
        self.n_batches_ = len(Batches(rows, self.batch_size))
        self.notify("on_train_begin", X=rows, y=None)

    def forget_data(self) -> None:
        """A fitted net holds none."""
        for name in ("validation_", "iterator_", "steps_"):
            self.__dict__.pop(name, None)

    def end(self, rows: Rows) -> Net:
        """Close a training that went well.

        Raises
        ------
        ValueError
            The weights are no numbers any more.
        """
        self.notify("on_train_end", X=rows, y=None)
        for row in self.history:  # the losses of batches are for callbacks that look at them
            row["batches"] = []
        if not all(p.isfinite().all() for p in self.module_.parameters()):
            self._refuse("The weights became infinite or NaN")
        return self

    def predict_raw(self, X, input_shape: tuple[int, ...], device) -> np.ndarray:
        """Outputs of the module in evaluation mode, shape ``(n, n_outputs)``, in float64.

        Parameters
        ----------
        X : ndarray or CSR matrix of shape (n, n_features)
        input_shape : tuple of int
            What a row becomes for the module.
        device : str or torch.device
            The user's wish. A model from a machine with another device, in a pickle say, predicts
            on the CPU.
        """
        module = self.module_
        if X.shape[0] <= FEW_ROWS and (plain := self._plain_mlp(X)) is not None:
            return plain.outputs(X).astype(np.float64)
        if self.device != (found := str(resolve_device(device, or_cpu=True))):
            self.move_to(found)
        if module.training:
            module.eval()
        batches = self.get_iterator(Rows(X, input_shape, self.dtype))
        with single_thread(), torch.inference_mode():
            return torch.cat([module(part) for part, _ in batches]).cpu().double().numpy()

    def _plain_mlp(self, X) -> PlainMLP | None:
        """The module for a few rows, without a call of it."""
        plain = self.__dict__.get("plain_mlp_")
        if plain is None or plain.module is not self.module_ or not plain.is_current():
            plain = self.__dict__["plain_mlp_"] = PlainMLP.of(self.module_)
        fits = (
            plain is not None
            and isinstance(X, np.ndarray)
            and X.dtype == plain.dense.weights[0].dtype
            and len(X) * plain.largest <= SMALL_PRODUCT
        )
        return plain if fits else None

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
        return isinstance(self.criterion_.loss, nn.CrossEntropyLoss | nn.BCEWithLogitsLoss)

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
        if has_several_labels(self):
            return expit(outputs)
        return softmax(outputs, axis=1) if self._classifies else outputs

    def predict(self, X):
        outputs = self.predict_proba(X)
        if has_several_labels(self):
            return (outputs > 0.5).astype(int)
        return outputs.argmax(axis=1) if self._classifies else outputs

    # ------------------------------------------------------------ what skorch calls

    def get_split_datasets(self, X, y=None, **kwargs):
        return X, self.validation_

    def get_iterator(self, dataset, training=False):
        if training:
            order = self.order_generator_ if self.shuffle else None
            return Batches(dataset, self.batch_size, order, self.device)
        affordable = MAX_BYTES_EVALUATED // dataset.row_bytes
        size = max(MIN_EVALUATED, min(MAX_EVALUATED, affordable))
        return Batches(dataset, size, device=self.device)

    def on_train_begin(self, net, **kwargs):
        self.order_generator_ = torch.Generator()
        self.dropouts_ = [layer for layer in self.module_.modules() if isinstance(layer, Dropout)]

    def on_epoch_begin(self, net, **kwargs):
        super().on_epoch_begin(net, **kwargs)
        streams = np.random.SeedSequence([self.seed, len(self.history)]).generate_state(2)
        self.order_generator_.manual_seed(int(streams[0]))
        if self.dropouts_:
            generator = torch.Generator(self.device).manual_seed(int(streams[1]))
            for layer in self.dropouts_:
                layer.generator = generator

    def on_train_end(self, net, **kwargs):
        del self.order_generator_, self.dropouts_

    def get_loss(self, y_pred, y_true, X=None, training=False):
        return weighted_mean(self.criterion_(y_pred, y_true), self.iterator_.weight)

    def run_single_epoch(self, iterator, training, prefix, step_fn, **fit_params):
        if iterator is None:
            return
        self.iterator_ = iterator  # get_loss finds the weights of the batch there
        if training:
            with self.steps_.of_an_epoch() as step:
                if step is None:
                    super().run_single_epoch(iterator, training, prefix, step_fn, **fit_params)
                else:
                    train_epoch(self, iterator, step)
                    self.history.record(f"{prefix}_batch_count", len(iterator))
            self.history.record("lr", self.optimizer_.param_groups[0]["lr"])
        else:
            super().run_single_epoch(iterator, training, prefix, step_fn, **fit_params)
        self.check_losses(prefix)

    def check_losses(self, prefix: str) -> None:
        """Refuse a loss of the latest epoch that is no number."""
        for row in self.history[-1]["batches"]:
            if not math.isfinite(loss := row.get(f"{prefix}_loss", 0.0)):
                which = "training" if prefix == "train" else "validation"
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
            state = super().__getstate__()
        else:
            self.move_to("cpu")
            try:
                state = super().__getstate__()
            finally:
                self.move_to(device)
        # Data, and views of the weights, if this is a copy in the middle of training.
        without = ("iterator_", "order_generator_", "plain_mlp_", "steps_", "validation_")
        return {name: value for name, value in state.items() if name not in without}

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights."""
        return next(self.module_.parameters()).dtype

    def __setstate__(self, state):
        super().__setstate__({**state, "device": "cpu"})
