"""The callback that shows the losses of a net in training. Importing this imports torch."""

import contextlib
import os
import time
from collections.abc import Mapping
from typing import Any

from skorch.callbacks import Callback

from bakeoff.recording import Store, StoreError

INTERVAL = 0.5  # seconds between two looks; each is a synced commit


class ShowLosses(Callback):
    """Write the loss curve so far into the store, twice a second at most.

    A fit that takes less than that writes nothing, and a store that cannot be written now does
    not end a fit: its result will be written, or not, by the run.

    Parameters
    ----------
    run : str
        Id in the store.
    labels : mapping
        What is shown beside the curve.
    """

    def __init__(self, run: str, labels: Mapping[str, Any]) -> None:
        self.run, self.labels = run, labels

    def on_train_begin(self, net: Any, **kwargs: Any) -> None:
        self.next_ = time.monotonic() + INTERVAL

    def on_epoch_end(self, net: Any, **kwargs: Any) -> None:
        if time.monotonic() < self.next_:
            return
        rows = list(net.history)
        names = [name for name in ("train_loss", "valid_loss") if name in rows[-1]]
        curve = {name: [row.get(name) for row in rows] for name in names}
        detail = {**self.labels, "curve": curve, "max_epochs": net.max_epochs}
        with contextlib.suppress(StoreError), Store(timeout=INTERVAL) as store:
            store.watch(self.run, os.getpid(), detail)
        self.next_ = time.monotonic() + INTERVAL
