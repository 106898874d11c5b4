from dataclasses import replace

import numpy as np
import pytest

from bakeoff.datasets import load
from bakeoff.experiments import CATALOGUE, Comparison, run
from bakeoff.experiments.models.catalogue import Model
from bakeoff.experiments.models.subsample import Subsampled
from bakeoff.experiments.reports.row_account import row_account, row_ledger

IRIS = load("iris")


@pytest.fixture
def subsampled(monkeypatch):
    """The key of a model that is trained on 60 rows, whatever it is offered."""

    def build(dataset, random_state):
        return Subsampled(CATALOGUE["svm_linear"].build(dataset, 0), max_rows=60, random_state=0)

    monkeypatch.setitem(CATALOGUE, "subsampled", Model("subsampled", "Subset", "linear", build))
    return "subsampled"


def test_a_finished_comparison_tests_every_row_once_a_repeat():
    spec = Comparison("iris", ["svm_linear", "dummy"], n_splits=3, n_repeats=2)
    done = list(run(spec))
    ledger = row_ledger(spec.folds(IRIS), IRIS, done)
    assert len(ledger) == 12
    assert ledger.balanced.all()
    assert ledger.as_planned.all()
    assert (ledger.offered == 100).all()
    assert (ledger.trained == 100).all()
    assert not ledger[["spared", "untested", "both", "split_groups"]].any(axis=None)
    account = row_account(IRIS, done).set_index("model")
    assert (account.passes == 2).all()
    assert (account.once == 150).all()
    assert not account[["never", "other"]].any(axis=None)


def test_rows_that_a_subset_spares_are_told_from_those_it_was_trained_on(subsampled):
    spec = Comparison("iris", [subsampled], n_splits=3)
    ledger = row_ledger(spec.folds(IRIS), IRIS, list(run(spec)))
    assert set(zip(ledger.trained, ledger.spared, ledger.tested, strict=True)) == {(60, 40, 50)}
    assert ledger.balanced.all()


def test_a_model_that_failed_was_trained_on_nothing(broken):
    spec = Comparison("iris", [broken], n_splits=3)
    done = list(run(spec))
    ledger = row_ledger(spec.folds(IRIS), IRIS, done)
    assert set(zip(ledger.trained, ledger.spared, ledger.untested, strict=True)) == {(0, 100, 50)}
    assert ledger.balanced.all()
    assert ledger.error[0].startswith("InvalidParameterError")
    assert row_account(IRIS, done).iloc[0].tolist() == [broken, 0, 0, 150, 0]


def test_groups_are_whole_and_one_that_is_not_is_seen(grouped):
    spec = Comparison(grouped.name, ["dummy"], n_splits=3)
    done = list(run(spec, grouped))
    assert not row_ledger(spec.folds(grouped), grouped, done).split_groups.any()
    torn = replace(grouped, groups=np.arange(150) // 2)
    # The folds of these groups are others, and the tests of the run cut across them.
    ledger = row_ledger(spec.folds(torn), torn, done)
    assert not ledger.as_planned.any()
    assert ledger.both.all()
    assert ledger.split_groups.all()


def test_a_stopped_run_leaves_rows_untested():
    spec = Comparison("iris", ["dummy"], n_splits=3)
    done = list(run(spec))[:2]
    assert row_account(IRIS, done).iloc[0].tolist() == ["dummy", 1, 100, 50, 0]


def test_a_row_that_is_tested_twice_or_missed_in_one_repeat_is_neither_once_nor_never():
    spec = Comparison("iris", ["dummy"], n_splits=3, n_repeats=2)
    done = list(run(spec))
    twice = [replace(e, test=done[0].test) if e is done[1] else e for e in done[:3]]
    assert row_account(IRIS, twice).iloc[0].tolist() == ["dummy", 1, 50, 50, 50]
    assert row_account(IRIS, done[:5]).iloc[0].tolist() == ["dummy", 2, 100, 0, 50]


def test_seeds_are_passes_of_their_own_and_searches_are_none():
    spec = Comparison("iris", ["dummy"], n_splits=3)
    done = list(run(spec))
    other = [replace(e, seed=1) for e in done]
    inner = [replace(e, inner=0) for e in done]
    assert row_account(IRIS, [*inner, *done, *other]).iloc[0].tolist() == ["dummy", 2, 150, 0, 0]
    assert len(row_ledger(spec.folds(IRIS), IRIS, inner + done)) == 3
