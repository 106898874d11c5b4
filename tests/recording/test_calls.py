"""What is known of scikit-learn's private functions, and of what they are passed."""

import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from sklearn.utils.parallel import delayed

from bakeoff.recording import WorkerDiedError, backend, record
from bakeoff.recording.calls import Unfit, recognise, without_idle_callbacks

X = np.zeros((4, 2))


@pytest.mark.parametrize(
    ("is_heard", "is_watched", "kept"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
@pytest.mark.parametrize("inside", [False, True])
def test_who_has_callbacks_keeps_what_they_need(is_heard, is_watched, kept, inside):
    context = SimpleNamespace(_callbacks=["a progress bar"] if is_heard else [])
    svm = SVC()
    if is_watched:
        svm._skl_callbacks = ["a progress bar"]
    model = Pipeline([("svm", svm)]) if inside else svm
    _, _, sent = without_idle_callbacks((print, (model, X), {"callback_ctx": context}))
    assert (sent["callback_ctx"] is context) == kept


def test_a_task_of_a_search_does_not_grow_with_the_search(store, monkeypatch):
    sizes = {}
    for n in (2, 60):
        items = []

        def keep(item, items=items):
            items.append(without_idle_callbacks(item))
            return items[-1]

        monkeypatch.setattr(backend, "without_idle_callbacks", keep)
        search = GridSearchCV(SVC(), {"C": np.linspace(1, 2, n)}, cv=2, refit=False)
        with record("sizes", backend="threading", store=store):
            search.fit(np.random.default_rng(0).normal(size=(20, 2)), [0, 1] * 10)
        sizes[n] = len(pickle.dumps(items[0][1:]))
    assert sizes[60] < sizes[2] + 100


def test_other_functions_are_not_recognised():
    assert recognise((print, ("anything",), {})) is None
    assert recognise((delayed(sorted)([2, 1])[0], ([2, 1],), {})) is None


def test_the_stand_in_fails_with_the_reason_whatever_its_parameters():
    with pytest.raises(WorkerDiedError, match="out of memory"):
        Unfit("out of memory").set_params(C=3).fit(X)
