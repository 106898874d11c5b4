"""The books of one run: which task is which, and what the run as a whole was made of."""

import threading
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence

from .calls import Call, why_unknown
from .digest import Digester, UnknowableError, put_in, settings
from .dispatch import Task
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
        self._said: set[str] = set()
        self._seen: Counter[str] = Counter()
        self._places = 0
        # Of what is given, nothing has to be found out.
        unknown = {"data", "folds", "pipeline"} - self._given.keys()
        self._fingerprints: dict[str, set[str]] = {name: set() for name in unknown}

    def enter(self, tasks: Sequence[Task], digester: Digester) -> None:
        """Enter all tasks of one parallel call.

        Tasks of equal content are told apart by their order: with ``random_state=None`` the same
        fit twice is meant to give two results.
        """
        entered = []
        around = settings(), put_in()
        for task in tasks:
            if task.call is None:
                self._say_once(why_unknown(task.item))
                continue
            try:
                content = digester.digest(*task.call.content, around)
            except UnknowableError as problem:
                self._say_once(f"{task.call.name} is done again in every run: {problem}")
                continue
            except Exception as problem:  # whatever a user's object raises when taken apart
                self._say_once(
                    f"{task.call.name} runs without a journal: its arguments have no digest "
                    f"({type(problem).__name__}: {problem})"
                )
                continue
            entered.append((task, content))
        with self._lock:
            for task, content in entered:
                self._seen[content] += 1
                times = self._seen[content]
                task.key = content if times == 1 else f"{content}-{times}"
                task.position, self._places = self._places, self._places + 1
            calls = [task.call for task, _ in entered if task.call is not None]
            for name, digests in self._fingerprints.items():
                digests.update(_FINGERPRINTS[name](calls, digester))
            whole = {name: _one(digests) for name, digests in self._fingerprints.items()}
            whole |= self._given
        self._store.plan(self._run, len(entered), **whole)

    def _say_once(self, why: str | None) -> None:
        with self._lock:
            is_new = why is not None and why not in self._said
            self._said |= {why} if why else set()
        if is_new:
            warnings.warn(why or "", stacklevel=3)


def _data(calls: Sequence[Call], digester: Digester) -> set[str]:
    parts = [call.parts for call in calls]
    return {digester.digest(part["X"], part.get("y")) for part in parts if "X" in part}


def _folds(calls: Sequence[Call], digester: Digester) -> set[str]:
    """One digest for the folds of a parallel call together."""
    parts = [call.parts for call in calls]
    folds = {digester.digest(part["train"], part["test"]) for part in parts if "train" in part}
    return {_one(folds)} if folds else set()


def _pipelines(calls: Sequence[Call], digester: Digester) -> set[str]:
    parts = [call.parts for call in calls]
    return {digester.digest(part["estimator"]) for part in parts if "estimator" in part}


_FINGERPRINTS = {"data": _data, "folds": _folds, "pipeline": _pipelines}


def _one(digests: set[str]) -> str:
    """One digest for a set of them: itself, when it is the only one."""
    if len(digests) == 1:
        return next(iter(digests))
    return Digester().digest(digests) if digests else ""
