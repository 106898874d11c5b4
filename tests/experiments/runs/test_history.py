"""Which runs can be held against each other, and what is paired then."""

import numpy as np
import pytest

from bakeoff.experiments import (
    Comparison,
    EnsembleStudy,
    GridSearch,
    LearningCurve,
    ValidationCurve,
    run,
)
from bakeoff.experiments.runs.history import IncomparableError, pairs_across, scores_across
from bakeoff.recording import Store, record

PLAIN = Comparison("iris", ["svm_rbf", "dummy"], n_splits=3)


def across(*specs):
    for spec in specs:
        list(run(spec))
    with Store() as store:
        return scores_across(store, *[found.id for found in store.runs()][::-1])


def test_each_point_of_a_curve_is_a_contender():
    curve = ValidationCurve("iris", "svm_rbf", "C", [0.01, 1.0], n_splits=3)
    table = across(PLAIN, curve)
    sizes = table.groupby(["run", "model", "params"]).size()
    assert sizes.to_dict() == {
        ("Comparison on iris", "dummy", ""): 3,
        ("Comparison on iris", "svm_rbf", ""): 3,
        ("Validation curve on iris", "svm_rbf", "C=0.01"): 3,
        ("Validation curve on iris", "svm_rbf", "C=1.0"): 3,
    }
    same = table[table.model == "svm_rbf"].set_index(["params", "fold"]).score
    assert same["C=1.0"].to_list() == same[""].to_list()  # the default


def test_what_is_tuned_in_each_fold_is_one_contender():
    nested = GridSearch("iris", "svm_rbf", n_candidates=3, nested=True, n_splits=3)
    tuned = Comparison("iris", ["logistic"], n_splits=3, budget=3)
    table = across(nested, tuned, LearningCurve("iris", ["mlp"], over="epochs", n_splits=3))
    assert table.groupby(["run", "model", "params"]).size().to_list() == [3, 3, 3]


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        (EnsembleStudy("iris", members=[1], n_resamples=2, n_splits=3), "trained on resamples"),
        (GridSearch("iris", "svm_rbf", n_candidates=2, n_splits=3), "a search that is not nested"),
        (Comparison("iris", ["dummy"], n_splits=3, metrics=["f1_macro"]), "accuracy and f1_macro"),
        (Comparison("iris", ["dummy"], n_splits=4), "their folds differ"),
        (Comparison("wine", ["dummy"], n_splits=3), "their data differ"),
    ],
)
def test_what_cannot_be_paired_is_refused_with_the_reason(spec, reason):
    with pytest.raises(ValueError, match=reason):
        across(PLAIN, spec)


def test_a_recorded_script_is_refused():
    with record("mine", backend="threading"):
        pass
    with Store() as store, pytest.raises(ValueError, match=r"'mine' .* recorded from a script"):
        scores_across(store, *[found.id for found in store.runs()])


def test_a_run_whose_settings_cannot_be_read_is_refused():
    with Store() as store:
        run = store.open_run("newer", "Race", '{"kind": "Race"}')
        with pytest.raises(IncomparableError, match="cannot be read: kind must be one of"):
            scores_across(store, run)


def test_runs_without_a_score_are_refused():
    with Store() as store:
        empty = store.open_run("empty", "Comparison", PLAIN.to_json())
        with pytest.raises(ValueError, match="None of these runs has a score"):
            scores_across(store, empty)


def test_pairs_reach_across_runs():
    table = across(PLAIN, Comparison("iris", ["logistic"], n_splits=3))
    table = table.assign(contender=table.model + " of " + table.run.str[-7:-1])
    pairs = pairs_across(table)
    assert len(pairs) == 3
    means = table.groupby("contender").score.mean()
    expected = means[pairs.model].to_numpy() - means[pairs.other].to_numpy()
    np.testing.assert_allclose(pairs.difference, expected)
    assert pairs.p_holm.between(0, 1).all()
