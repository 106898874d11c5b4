"""What a ``with record(...)`` block promises beside equal results."""

import contextlib
import os
import pty
import queue
import subprocess
import sys
import termios
import threading
import time

import cloudpickle
import numpy as np
import pytest
from joblib import Parallel, delayed
from sklearn import config_context
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import make_scorer
from sklearn.model_selection import (
    GridSearchCV,
    KFold,
    cross_val_predict,
    cross_val_score,
    cross_validate,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import SVC

from bakeoff.recording import Journalled, RunStoppedError, Store, StoreError, record

# Workers cannot import a test module; what is defined here is sent to them whole.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

X, y = load_iris(return_X_y=True)
BACKENDS = ["threading", pytest.param("loky", marks=pytest.mark.slow)]


def threads(title, store, **options):
    return record(title, backend="threading", store=store, **options)


class Broken(SVC):
    """An SVM that cannot be fitted."""

    def fit(self, X, y):
        raise ValueError("out of order")


# A tool of the standard library: no value of one's own that a fit might depend on.
FITS = queue.SimpleQueue()


class Slow(SVC):
    """An SVM that takes its time."""

    def fit(self, X, y):
        time.sleep(0.05)
        return super().fit(X, y)


class Counted(Slow):
    """A slow SVM that is counted; for threads, which share the count."""

    def fit(self, X, y):
        FITS.put(None)
        return super().fit(X, y)


def test_it_goes_to_the_user_s_store_by_default(home):
    with record("mine", backend="threading"):
        cross_val_score(SVC(), X, y)
    with Store() as store:
        assert store.path.parent == home
        assert [run.name for run in store.runs()] == ["mine"]


def test_data_edited_in_place_is_other_data(store):
    data = X.copy()
    with threads("edited", store) as recording:
        before = cross_val_score(SVC(), data, y)
        data[:] = data[::-1]
        after = cross_val_score(SVC(), data, y)
    assert recording.reused == 0
    assert before.tolist() != after.tolist()


def test_what_changes_nothing_is_not_in_the_key(store):
    with threads("quiet", store) as recording:
        cross_val_score(SVC(), X, y)
    with threads("loud", store) as recording:
        cross_val_score(SVC(), X, y, verbose=3)
    assert recording.reused == 5


def test_an_edited_scorer_is_another_scorer(store):
    for power, reused in [(1, 0), (2, 0), (1, 5)]:
        scorer = make_scorer(lambda y, p, power=power: np.mean(np.abs(y - p) ** power))
        with threads("scorer", store) as recording:
            cross_val_score(SVC(), X, y, scoring=scorer)
        assert recording.reused == reused


def test_the_same_random_fit_twice_gives_two_results_and_both_come_back(store):
    forest = RandomForestClassifier(3, random_state=None)
    folds = KFold(3, shuffle=True, random_state=0)

    def twice():
        with threads("chance", store) as recording:
            runs = [cross_val_score(forest, X, y, cv=folds).tolist() for _ in range(4)]
        return runs, recording.reused

    first, reused = twice()
    assert reused == 0
    assert any(run != first[0] for run in first)
    assert twice() == (first, 12)


@pytest.mark.slow
def test_an_error_in_a_fit_is_raised_with_where_it_was(store):
    with (
        pytest.raises(ValueError, match="out of order") as caught,
        record("bad", n_jobs=2, store=store),
    ):
        cross_val_predict(Broken(), X, y)
    assert "_fit_and_predict" in str(caught.value.__cause__)
    (run,) = store.runs()
    assert run.state == "failed"
    assert "in _fit_and_predict" in run.traceback  # the worker's
    assert "in cross_val_predict" in run.traceback
    assert run.traceback.endswith("ValueError: out of order\n")


def test_an_error_of_the_block_itself_is_kept_with_where_it_was(store):
    with pytest.raises(ZeroDivisionError), threads("bad", store):
        print(1 / 0)
    (run,) = store.runs()
    assert (run.state, run.reason) == ("failed", "ZeroDivisionError: division by zero")
    assert "print(1 / 0)" in run.traceback


def test_a_run_that_is_stopped_has_no_traceback(store):
    with contextlib.suppress(RunStoppedError), threads("stopped", store) as recording:
        recording.cancel()
        cross_val_score(SVC(), X, y)
    (run,) = store.runs()
    assert (run.state, run.traceback) == ("stopped", None)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
@pytest.mark.filterwarnings("ignore:One or more of the test scores are non-finite")
def test_a_failed_score_is_journalled_with_its_reason(store):
    with threads("bad", store) as recording:
        GridSearchCV(SVC(), {"C": [1.0, -1.0]}).fit(X, y)
    failed = [e for e in store.entries(recording.run) if e.detail["error"]]
    assert len(failed) == 5
    assert all("C" in e.detail["error"] and e.detail["scores"] == {"score": None} for e in failed)


def test_the_detail_of_a_search_is_readable_without_unpickling(store):
    with threads("grid", store) as recording:
        GridSearchCV(SVC(), {"C": [1.0, 2.0]}, scoring=["accuracy", "f1_macro"], refit=False).fit(
            X, y
        )
    entries = store.entries(recording.run)
    assert [e.detail["candidate"] for e in entries] == [0] * 5 + [1] * 5
    assert [e.detail["fold"] for e in entries] == [0, 1, 2, 3, 4] * 2
    first = entries[0].detail
    assert first["params"] == {"C": 1.0}
    assert set(first["scores"]) == {"accuracy", "f1_macro"}
    assert (first["estimator"], first["n_train"], first["n_test"]) == ("SVC", 120, 30)


def test_fingerprints_tell_data_folds_and_pipelines_apart(store):
    folds = KFold(5, shuffle=True, random_state=0)

    def run(model, X, cv):
        with threads("prints", store):
            cross_val_score(model, X, y, cv=cv)
        return store.runs()[0]

    first = run(SVC(), X, folds)
    other_model, other_data, other_folds = (
        run(SVC(C=2), X, folds),
        run(SVC(), X + 1, folds),
        run(SVC(), X, KFold(5, shuffle=True, random_state=1)),
    )
    assert (first.data, first.folds) == (other_model.data, other_model.folds)
    assert first.pipeline != other_model.pipeline
    assert first.data != other_data.data
    assert first.folds == other_data.folds
    assert first.folds != other_folds.folds


def test_arguments_without_a_digest_run_all_the_same_and_say_so(store):
    lock = threading.Lock()

    def scorer(estimator, X, y):
        with lock:
            return estimator.score(X, y)

    with (
        threads("locked", store) as recording,
        pytest.warns(UserWarning, match="_fit_and_score runs without a journal.*lock"),
    ):
        scores = cross_val_score(SVC(), X, y, scoring=scorer)
    np.testing.assert_array_equal(scores, cross_val_score(SVC(), X, y))
    assert store.entries(recording.run) == []


def test_a_result_that_cannot_be_read_any_more_is_done_again(store):
    with threads("old", store):
        scores = cross_val_score(SVC(), X, y)
    store._file._db.execute("UPDATE evaluation SET result=x'00'")
    with threads("new", store) as recording:
        np.testing.assert_array_equal(cross_val_score(SVC(), X, y), scores)
    assert (recording.reused, recording.done) == (0, 5)
    with threads("newer", store) as recording:
        cross_val_score(SVC(), X, y)
    assert recording.reused == 5


@pytest.mark.parametrize("backend", BACKENDS)
def test_cancel_ends_the_call_and_keeps_what_is_finished(store, backend):
    def cancel_soon(recording):
        while recording.done < 5:
            time.sleep(0.01)
        recording.cancel()

    search = GridSearchCV(Slow(), {"C": np.arange(1.0, 13.0)}, refit=False)
    with record("cancelled", backend=backend, store=store, n_jobs=1) as recording:
        threading.Thread(target=cancel_soon, args=(recording,)).start()
        with pytest.raises(RunStoppedError, match="what it had finished is in the store"):
            search.fit(X, y)
    run = store.runs()[0]
    assert run.state == "stopped"  # though the script went on
    assert 5 <= run.done < 60
    with record("cancelled", backend="threading", store=store, n_jobs=4) as recording:
        search.fit(X, y)
    assert recording.reused >= run.done


@pytest.mark.slow
def test_a_store_that_fills_up_ends_the_search_with_one_error(store):
    before_fits = FITS.qsize()
    with threads("before", store):
        cross_val_score(SVC(), X, y)
    before = store.runs()[0]
    pages = store._file._db.execute("PRAGMA page_count").fetchone()[0]
    store._file._db.execute(f"PRAGMA max_page_count={pages + 8}")
    search = GridSearchCV(Counted(), {"C": np.arange(1.0, 200.0)}, refit=False)
    with (
        pytest.raises(StoreError, match="the disk is full"),
        threads("full", store, n_jobs=2),
    ):
        search.fit(X, y)
    assert FITS.qsize() - before_fits < 300  # it did not go on for nothing
    store._file._db.execute("PRAGMA max_page_count=1000000")
    assert store.run(before.id).done == 5
    full = store.runs()[0]
    assert full.done > 0


def test_a_function_of_one_s_own_is_journalled_when_it_says_how(store):
    with threads("squares", store):
        first = Parallel()(delayed(square)(n) for n in range(4))
    with threads("squares again", store) as recording:
        assert Parallel()(delayed(square)(n) for n in range(4)) == first == [0, 1, 4, 9]
    assert recording.reused == 4
    details = [entry.detail for entry in store.entries(recording.run)]
    assert details == [{"n": n, "squared": n * n} for n in range(4)]


def square(n):
    return n * n


square.journal = Journalled(lambda arguments, result: {**arguments, "squared": result})


def test_entries_grow_while_it_runs(store):
    counts = []
    search = GridSearchCV(Slow(), {"C": np.arange(1.0, 9.0)}, refit=False)
    with threads("growing", store) as recording:
        fitting = threading.Thread(target=watch, args=(store, recording.run, counts))
        fitting.start()
        search.fit(X, y)
    fitting.join()
    assert counts[-1] == 40
    assert len(set(counts)) > 5


def watch(store, run, counts):
    after = 0
    total = 0
    while total < 40:
        new = store.entries(run, after=after)
        after = max([after, *(entry.number for entry in new)])
        total += len(new)
        counts.append(total)
        time.sleep(0.02)


@pytest.mark.slow
def test_large_arrays_reach_the_workers_once_and_unchanged(store):
    large = np.random.default_rng(0).normal(size=(3000, 100))  # 2.4 MB, passed by file
    target = (large[:, 0] > 0).astype(int)
    expected = cross_val_score(Mean(), large, target)
    with record("large", n_jobs=2, store=store):
        np.testing.assert_array_equal(cross_val_score(Mean(), large, target), expected)


class Mean(SVC):
    """Scores something that needs every number of X."""

    def fit(self, X, y):
        self.classes_, self.mean_ = np.unique(y), X.mean()
        return self

    def score(self, X, y):
        return X.sum() + self.mean_


class Reads(SVC):
    """An SVM that needs a file."""

    def __init__(self, path=None):
        super().__init__()
        self.path = path

    def fit(self, X, y):
        with open(self.path):
            return super().fit(X, y)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
def test_what_failed_is_tried_again(store, tmp_path):
    path = tmp_path / "a file"
    with (
        threads("without", store),
        pytest.raises(ValueError, match="All the 5 fits failed"),
    ):
        cross_val_score(Reads(path), X, y)
    assert {e.status for e in store.entries(store.runs()[0].id)} == {"failed"}
    path.write_text("")
    with threads("with", store) as recording:
        assert cross_val_score(Reads(path), X, y).min() > 0.9
    assert (recording.reused, recording.done) == (0, 5)


def test_the_settings_of_scikit_learn_count_unless_they_only_display(store):
    scores = {}
    for settings in [{}, {"display": "text"}, {"assume_finite": True}]:
        with threads("settings", store) as recording, config_context(**settings):
            cross_val_score(SVC(), X, y)
        scores[str(settings)] = recording.reused
    assert list(scores.values()) == [0, 5, 0]


@pytest.mark.parametrize("backend", BACKENDS)
def test_searches_nest_to_any_depth(store, backend):
    inner = GridSearchCV(SVC(), {"C": [1, 10]}, cv=2)
    middle = CalibratedClassifierCV(inner, cv=2, ensemble=False)
    expected = cross_val_score(middle, X, y, cv=3)
    with record("deep", n_jobs=2, backend=backend, store=store):
        np.testing.assert_array_equal(cross_val_score(middle, X, y, cv=3), expected)


class Exits(SVC):
    """An SVM that ends the program."""

    def fit(self, X, y):
        sys.exit("no licence")


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_fit_that_exits_within_a_nested_search_ends_it(store, backend):
    search = GridSearchCV(Exits(), {"C": [1, 10]}, cv=2)
    with (
        pytest.raises(SystemExit, match="no licence"),
        record("exits", n_jobs=2, backend=backend, store=store),
    ):
        cross_val_score(search, X, y, cv=2)


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_calls_at_once_do_not_disturb_each_other(store, backend):
    def slowly():
        return Parallel(n_jobs=2, return_as="generator")(delayed(slow_square)(n) for n in range(8))

    with record("two", n_jobs=2, backend=backend, store=store):
        first = slowly()
        assert next(first) == 0
        with pytest.raises(ValueError, match="out of order"):
            cross_val_predict(Broken(), X, y)
        cross_val_score(SVC(), X, y, n_jobs=1)
        assert list(first) == [1, 4, 9, 16, 25, 36, 49]


def slow_square(n):
    time.sleep(0.05)
    return n * n


@pytest.mark.slow
def test_a_lambda_in_a_fitted_pipeline_is_kept_too(store):
    model = make_pipeline(FunctionTransformer(lambda X: X * 2), SVC())
    for reused in (0, 2):
        with record("lambda", n_jobs=2, store=store) as recording:
            found = cross_validate(model, X, y, cv=2, return_estimator=True)
        assert recording.reused == reused
        assert found["estimator"][0].score(X, y) > 0.9


def test_other_work_within_a_call_is_not_counted(store):
    forest = RandomForestClassifier(20, random_state=0)
    with threads("forest", store, n_jobs=2) as recording:
        GridSearchCV(forest, {"max_depth": [1, 2]}, cv=2).fit(X, y)
    run = store.runs()[0]
    assert (recording.planned, recording.done, run.planned, run.done) == (4, 4, 4, 4)


def test_a_run_that_is_taken_up_lists_only_what_it_does_now(store):
    with contextlib.suppress(KeyboardInterrupt), threads("grid", store):
        cross_val_score(SVC(C=1), X, y)
        raise KeyboardInterrupt
    with threads("grid", store) as recording:
        cross_val_score(SVC(C=2), X, y)
    assert len(store.entries(recording.run)) == 5


@pytest.mark.slow
def test_a_script_that_leaves_a_run_half_way_ends_quietly():
    script = (
        "from bakeoff.experiments import Comparison, run\n"
        "running = run(Comparison('iris', ['svm_rbf', 'dummy']))\n"
        "next(running)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_unknown_backend_is_named(store):
    with (
        pytest.raises(ValueError, match=r"loky, threading, dask.*'celery'"),
        record("x", backend="celery", store=store),
    ):
        pass


def test_a_block_without_a_call_is_a_run_without_evaluations(store):
    with threads("empty", store):
        pass
    assert [(run.state, run.planned) for run in store.runs()] == [("finished", 0)]


def test_cross_validate_times_are_those_of_the_fit(store):
    with threads("first", store):
        first = cross_validate(Slow(), X, y)
    with threads("second", store):
        second = cross_validate(Slow(), X, y)
    assert (first["fit_time"] >= 0.05).all()
    np.testing.assert_array_equal(first["fit_time"], second["fit_time"])


SCRIPT = """
from sklearn.datasets import load_iris
from sklearn.model_selection import cross_val_score
from sklearn.svm import SVC
from bakeoff.recording import record
with record("a title", backend="threading"):
    cross_val_score(SVC(), *load_iris(return_X_y=True))
"""


@pytest.mark.slow
def test_a_terminal_gets_a_progress_bar_and_a_file_does_not(tmp_path):
    command = [sys.executable, "-c", SCRIPT]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    subprocess.run(command, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "a title: 100%" in shown
    assert "5/5" in shown


def test_cleaning_deletes_what_no_run_refers_to_and_nothing_else(store):
    with threads("kept", store):
        cross_val_score(SVC(C=1), X, y)
    with threads("changed", store):
        cross_val_score(SVC(C=2), X, y)
    kept = cross_val_score(SVC(C=1), X, y)
    changed = store.runs()[0].id
    store.start_run(changed)  # as a script does that asks for something else now
    with pytest.raises(StoreError, match="no run is under way, however: 1"):
        store.clean()
    store.end_run(changed, "stopped")
    before = store.size
    assert store.clean() == 5
    assert store.clean() == 0
    assert store.size < before
    with threads("kept again", store) as recording:
        np.testing.assert_array_equal(cross_val_score(SVC(C=1), X, y), kept)
    assert recording.reused == 5
