"""The books of one run: which task is which, and what the run as a whole was made of."""

import threading
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .digest import Digester
from .dispatch import Task
from .known import Call
from .store import Store


class Ledger:
    """Gives tasks their keys and places, and a run its fingerprints.

    Parameters
    ----------
    store : Store
    run : str
        Id of the run in the store.
    fingerprints : mapping of str to str, optional
        Those that are known already, of ``data``, ``folds`` and ``pipeline``; the others come
        from the calls.
    """

    def __init__(
        self, store: Store, run: str, fingerprints: Mapping[str, str] | None = None
    ) -> None:
        self._store, self._run, self._given = store, run, dict(fingerprints or {})
        self._lock = threading.Lock()
        self._seen: Counter[str] = Counter()
        self._places = 0
        self._fingerprints: dict[str, set[str]] = {"data": set(), "folds": set(), "pipeline": set()}

    def enter(self, tasks: Sequence[Task], digester: Digester) -> None:
        """Enter all tasks of one parallel call.

        Tasks of equal content are told apart by their order: with ``random_state=None`` the same
        fit twice is meant to give two results.
        """
        entered = []
        for task in tasks:
            if task.call is None:
                continue
            try:
                content = digester.digest(*task.call.content)
            except Exception as problem:  # whatever a user's object raises when taken apart
                warnings.warn(
                    f"{task.call.name} runs without a journal: its arguments have no digest "
                    f"({type(problem).__name__}: {problem})",
                    stacklevel=2,
                )
                continue
            entered.append((task, content))
        with self._lock:
            for task, content in entered:
                self._seen[content] += 1
                times = self._seen[content]
                task.key = content if times == 1 else f"{content}-{times}"
                task.position, self._places = self._places, self._places + 1
            for name, digests in _fingerprints([t.call for t, _ in entered], digester).items():
                self._fingerprints[name] |= digests
            whole = {name: _one(digests) for name, digests in self._fingerprints.items()}
            whole |= self._given
        self._store.plan(self._run, len(entered), **whole)


def _fingerprints(calls: Sequence[Call | None], digester: Digester) -> dict[str, set[str]]:
    """What one parallel call adds to the fingerprints of its run."""
    found: dict[str, set[str]] = {"data": set(), "folds": set(), "pipeline": set()}
    folds: set[str] = set()
    for call in calls:
        parts: dict[str, Any] = {} if call is None else call.parts
        if "X" in parts:
            found["data"].add(digester.digest(parts["X"], parts.get("y")))
        if "train" in parts:
            folds.add(digester.digest(parts["train"], parts["test"]))
        if "estimator" in parts:
            found["pipeline"].add(digester.digest(parts["estimator"]))
    if folds:
        found["folds"].add(_one(folds))
    return found


def _one(digests: set[str]) -> str:
    """One digest for a set of them: itself, when it is the only one."""
    if len(digests) == 1:
        return next(iter(digests))
    return Digester().digest(digests) if digests else ""
