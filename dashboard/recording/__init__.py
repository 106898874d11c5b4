"""Record scikit-learn calls: journal, resume, progress and quarantine by one ``with`` line.

A task's way: joblib → `backend` → `ledger` (which task is it?) → `dispatch` (is it in the
`store`?) → `workers` → `store` → joblib.
"""

from .digest import Digester
from .dispatch import RunStoppedError
from .known import Journalled, WorkerDiedError
from .recording import Recording, record
from .store import Entry, Run, Store, StoreError

__all__ = [
    "Digester",
    "Entry",
    "Journalled",
    "Recording",
    "Run",
    "RunStoppedError",
    "Store",
    "StoreError",
    "WorkerDiedError",
    "record",
]
