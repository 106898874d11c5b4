"""How long fits took in earlier runs, so that the next one does not come as a surprise."""

import contextlib
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from bakeoff.recording import Store, StoreError

_RECENT = 20  # runs; older ones were of another version, or of another machine


def fit_seconds_before(store: Store, dataset: str, params: Mapping[str, Any]) -> dict[str, float]:
    """Return how long a fit of each model took in the last runs on some data.

    Parameters
    ----------
    store : Store
    dataset, params
        As in a spec. On more folds, or of another candidate, a fit takes about as long.

    Returns
    -------
    dict of str to float
        Median seconds by model, of those that were fitted there.
    """
    wanted = json.loads(json.dumps({"dataset": dataset, "params": dict(params)}))
    seconds: dict[str, list[float]] = defaultdict(list)
    runs = [run for run in store.runs() if run.spec]
    for run in runs[:_RECENT]:
        before = json.loads(run.spec)
        if all(before[name] == value for name, value in wanted.items()):
            with contextlib.suppress(StoreError):  # one that is damaged is told on its own page
                for entry in store.entries(run.id):
                    if entry.detail.get("fit_seconds") is not None:
                        seconds[entry.detail["model"]].append(entry.detail["fit_seconds"])
    return {model: float(np.median(values)) for model, values in seconds.items()}
