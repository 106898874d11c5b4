"""A pass over the batches: skorch's loop, without what nobody listens to.

skorch announces every batch to every callback and writes each entry of the history through two
lookups; a step of a small net takes less time than that.
"""

from __future__ import annotations

import numpy as np
import torch
from skorch import NeuralNet

from .rows import Batches
from .steps import Step, listeners


def train_epoch(net: NeuralNet, batches: Batches, step: Step) -> None:
    """Train on each batch once, in the way of ``step``."""
    before, between, after = (
        listeners(net, name) for name in ("on_batch_begin", "on_grad_computed", "on_batch_end")
    )
    entries = net.history[-1]["batches"]
    # Numbers may overflow on the way to a loss that is not finite, which the net will refuse.
    with np.errstate(all="ignore"), torch.enable_grad():
        for batch in step.batches(batches):
            entry: dict = {}
            entries.append(entry)
            for callback in before:
                callback.on_batch_begin(net, batch=batch, training=True)
            loss, prediction = step(batch)
            for callback in between:
                named = list(net.get_all_learnable_params())
                callback.on_grad_computed(net, named_parameters=named, batch=batch, training=True)
            step.solver.step()
            entry["train_loss"], entry["train_batch_size"] = float(loss), len(batch[0])
            for callback in after:
                callback.on_batch_end(net, batch=batch, training=True, loss=loss, y_pred=prediction)
