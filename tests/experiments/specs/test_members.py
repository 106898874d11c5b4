from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier
from sklearn.tree import DecisionTreeClassifier

from bakeoff.datasets import load
from bakeoff.experiments import EnsembleStudy
from bakeoff.experiments.specs.ensemble_task import part
from bakeoff.experiments.specs.members import (
    METHODS,
    boosting_weights,
    has_plane,
    member_map,
    member_table,
)

pytestmark = pytest.mark.privates

MOONS = load("moons", n_samples=120)
SPIRALS = load("spirals", n_samples=150, n_arms=3)
N_MEMBERS = 8


class Witness(DecisionTreeClassifier):
    """A tree that keeps the weights that it was given."""

    def fit(self, X, y, sample_weight=None, check_input=True):
        self.given_ = np.array(sample_weight)
        return super().fit(X, y, sample_weight=sample_weight, check_input=check_input)


def mapped(method, data=MOONS, cells=7, **values):
    return member_map(EnsembleStudy(data.name, members=[N_MEMBERS], **values), data, method, cells)


def fitted(method, data, **values):
    spec = EnsembleStudy(data.name, members=[N_MEMBERS], **values)
    fold = spec.folds(data)[0]
    model = spec.ensemble(method, data, spec.random_state)
    return model.fit(data.X[fold.train], data.y[fold.train]), fold


@pytest.mark.parametrize("data", [MOONS, SPIRALS], ids=lambda data: data.name)
@pytest.mark.parametrize("max_depth", [1, 2, 3])
def test_boosting_weights_are_those_that_each_member_was_given(data, max_depth):
    model = AdaBoostClassifier(Witness(max_depth=max_depth), n_estimators=25, random_state=0)
    model.fit(data.X, data.y)
    wrong = np.stack([tree.predict(data.X) != data.y for tree in model.estimators_])
    given = np.stack([tree.given_ for tree in model.estimators_])
    np.testing.assert_allclose(boosting_weights(model, wrong), given, rtol=1e-9)
    errors = (boosting_weights(model, wrong) * wrong).sum(axis=1)
    np.testing.assert_allclose(errors, model.estimator_errors_[: len(errors)], rtol=1e-9)


@pytest.mark.parametrize("data", [MOONS, SPIRALS], ids=lambda data: data.name)
@pytest.mark.parametrize("method", METHODS)
def test_after_m_members_it_is_the_ensemble_of_m_members(method, data):
    model, fold = fitted(method, data)
    found = mapped(method, data)
    left, right, bottom, top = found.extent
    for m in (1, 3, N_MEMBERS):
        ensemble = part(model, slice(m))
        for rows, errors in ((fold.train, found.train_errors), (fold.test, found.test_errors)):
            wrong = np.mean(ensemble.predict(data.X[rows]) != data.y[rows])
            assert errors[m - 1] == pytest.approx(wrong)
        # The third cell from the left in the bottom row: x runs along the last axis.
        cell = [left + 2.5 * (right - left) / 7, bottom + 0.5 * (top - bottom) / 7]
        assert found.together[m - 1, 0, 2] == ensemble.predict([cell])[0]
        alone = part(model, slice(m - 1, m)).predict([cell])[0]
        assert found.alone[m - 1, 0, 2] == alone


def test_in_bagging_a_row_counts_as_often_as_it_was_drawn():
    model, fold = fitted("bagging", MOONS)
    found = mapped("bagging")
    np.testing.assert_array_equal(found.rows, fold.train)
    np.testing.assert_array_equal(found.points, MOONS.X[fold.train])
    for counts, drawn in zip(found.seen, model[-1].estimators_samples_, strict=True):
        assert counts.sum() == len(fold.train)
        np.testing.assert_array_equal(np.flatnonzero(counts), np.unique(drawn))
    assert set(found.votes) == {1.0}


def test_a_table_of_members_says_what_each_saw_and_how_often_it_is_wrong():
    found = mapped("bagging")
    table = member_table(found)
    assert table.member.tolist() == list(range(1, N_MEMBERS + 1))
    unseen = found.seen[2] == 0
    assert table.unseen[2] == pytest.approx(unseen.mean())
    assert table.unseen_error[2] == pytest.approx(found.wrong[2][unseen].mean())
    assert table.error[2] == pytest.approx(np.average(found.wrong[2], weights=found.seen[2]))
    assert table.unseen.mean() == pytest.approx(np.exp(-1), abs=0.05)


def test_boosting_turns_to_what_was_wrong():
    found = mapped("boosting")
    table = member_table(found)
    np.testing.assert_allclose(found.seen.mean(axis=1), 1)
    assert table.tenth[0] == pytest.approx(0.1, abs=0.01)
    assert table.tenth.iloc[-1] > 0.3
    assert table.unseen_error.isna().all()
    first = found.wrong[0]
    assert found.seen[1][first].min() > found.seen[1][~first].max()
    # By SAMME's rule, what a member got wrong counts half for the next one, of two classes.
    assert found.seen[1][first].sum() / found.seen[1].sum() == pytest.approx(0.5)


def test_boosting_that_fits_every_row_has_one_member():
    found = mapped("boosting", learner_params={"max_depth": None})
    assert len(found.together) == len(found.seen) == len(found.votes) == 1
    assert not found.wrong.any()


def test_labels_may_be_words():
    words = replace(MOONS, y=np.array(["no", "yes"])[MOONS.y])
    for method in METHODS:
        np.testing.assert_array_equal(mapped(method, words).alone, mapped(method).alone)


def test_svms_and_unscaled_rows_can_be_looked_at():
    found = mapped("bagging", learner="svm", normalisation="none")
    assert found.alone.shape == (N_MEMBERS, 7, 7)


@pytest.mark.parametrize("name", ["wine", "diabetes"])
def test_data_without_a_plane_are_refused(name):
    data = load(name)
    assert not has_plane(data)
    with pytest.raises(ValueError, match=f"classes of rows with two columns, however: .*{name}"):
        mapped("bagging", data)


def test_gradient_boosting_is_refused():
    with pytest.raises(ValueError, match="method must be one of bagging, boosting, however: 'gra"):
        mapped("gradient_boosting")
