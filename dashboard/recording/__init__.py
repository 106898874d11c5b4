"""Record scikit-learn calls: journal, resume, progress and quarantine by one ``with`` line.

A task's way: joblib → `backend` → `ledger` (which task is it?) → `dispatch` (is it in the
`store`?) → `workers` → `store` → joblib.
"""

if (
    __name__ != "bakeoff.recording"
):  # an editable install offers the folder as a part of the dashboard too
    raise ImportError(f"import bakeoff.recording, not {__name__}: it would be a second copy")


from .calls import Journalled, WorkerDiedError
from .database import StoreError, home
from .digest import Digester
from .recording import Recording, record
from .run import Entry, Run, RunStoppedError
from .store import Store

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
    "home",
    "record",
]
