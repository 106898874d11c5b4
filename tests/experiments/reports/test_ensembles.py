from dataclasses import replace

import numpy as np
import pytest

from bakeoff.experiments import decompositions
from bakeoff.experiments.reports.ensembles import member_effects
from bakeoff.experiments.statistics.bias_variance import decompose_squared, decompose_zero_one
from bakeoff.experiments.statistics.corrected import corrected_interval

ACTUAL = np.array([0, 1, 1, 0])
SAID = {  # two folds, three resamples
    0: [[0, 1, 1, 0], [0, 1, 0, 0], [1, 1, 0, 0]],
    1: [[0, 0, 1, 0], [0, 1, 1, 1], [0, 1, 1, 0]],
}


@pytest.fixture
def study(evaluations):
    (template,) = evaluations({"bagging": [0.5]})
    return [
        replace(
            template, fold=fold, seed=seed, params={"members": 5}, actual=ACTUAL,
            predicted=np.array(said),
        )
        for fold, resamples in SAID.items()
        for seed, said in enumerate(resamples)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("task", "decompose"),
    [("classification", decompose_zero_one), ("regression", decompose_squared)],
)
def test_a_row_is_the_mean_over_the_folds(study, task, decompose):
    (row,) = decompositions(study, task).to_dict("records")
    parts = [decompose(SAID[fold], ACTUAL) for fold in SAID]
    assert (row["model"], row["members"], row["folds"]) == ("bagging", 5, 2)
    assert row["kind"] == parts[0].kind
    for name in ("loss", "bias", "variance", "net_variance"):
        assert row[name] == pytest.approx(np.mean([getattr(part, name) for part in parts]))
    assert row["loss"] == pytest.approx(row["bias"] + row["net_variance"])


def test_sizes_are_in_order_and_not_mixed(study):
    more = [replace(e, params={"members": 2}, predicted=1 - e.actual) for e in study]
    table = decompositions(study + more, "classification")
    assert list(table.members) == [2, 5]
    assert table.loc[0, ["loss", "bias", "variance"]].tolist() == [1.0, 1.0, 0.0]


def test_what_failed_is_left_out(study):
    nothing = np.empty(0)
    failed = [replace(e, predicted=nothing) if e.fold == 0 and e.seed else e for e in study]
    assert decompositions(failed, "classification").folds.tolist() == [1]
    none = [replace(e, predicted=nothing) for e in study]
    assert decompositions(none, "classification").empty


def test_members_are_given_what_changed_between_the_fewest_and_the_most(study):
    more = [replace(e, params={"members": 2}, predicted=1 - e.actual) for e in study]
    between = [replace(e, params={"members": 3}, predicted=e.actual) for e in study]
    table = member_effects(study + more + between, "classification").set_index("part")
    assert list(table.index) == ["bias", "variance", "loss"]
    assert set(table.fewest) == {2}
    assert set(table.most) == {5}
    parts = [decompose_zero_one(SAID[fold], ACTUAL) for fold in SAID]
    for name, first in (("bias", 1.0), ("variance", 0.0), ("loss", 1.0)):
        row, last = table.loc[name], [getattr(part, name) for part in parts]
        assert (row["first"], row["last"]) == (first, pytest.approx(np.mean(last)))
        gained = corrected_interval(np.subtract(last, first), n_train=80, n_test=20, n_splits=2)
        assert tuple(row[["mean", "low", "high"]]) == pytest.approx(gained)


def test_only_folds_that_have_both_sizes_are_compared(study):
    more = [replace(e, params={"members": 2}) for e in study if e.fold == 0]
    table = member_effects(study + more, "classification")
    assert table["mean"].tolist() == [0, 0, 0]
    assert table.low.isna().all()
    assert member_effects([], "classification").empty
