"""sample_weight and groups reach fit and score through pipelines and searches."""

import numpy as np
import pytest
import sklearn
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


@pytest.fixture(autouse=True)
def routing():
    with sklearn.config_context(enable_metadata_routing=True):
        yield


def test_weights_pass_a_pipeline_inside_a_grid_search(classifier, labelled):
    X, y = labelled
    weight = np.where(np.arange(len(y)) < 80, 1.0, 0.0)
    weighted = classifier.set_fit_request(sample_weight=True).set_score_request(sample_weight=True)
    pipeline = make_pipeline(StandardScaler().set_fit_request(sample_weight=True), weighted)
    search = GridSearchCV(pipeline, {f"{pipeline.steps[1][0]}__max_iter": [5]}, cv=3)

    search.fit(X, y, sample_weight=weight)

    alone = clone(search.best_estimator_)
    alone.fit(X[:80], y[:80], sample_weight=weight[:80])
    np.testing.assert_allclose(search.predict_proba(X), alone.predict_proba(X), rtol=1e-7)


def test_groups_pass_a_pipeline_and_stay_whole_in_early_stopping(classifier, labelled):
    X, y = labelled
    groups = np.repeat(np.arange(20), 6)
    grouped = classifier.set_params(early_stopping=True).set_fit_request(groups=True)
    model = make_pipeline(StandardScaler(), grouped)

    result = cross_validate(
        model, X, y, cv=GroupKFold(4), params={"groups": groups}, return_estimator=True,
        return_indices=True,
    )  # fmt: skip

    train = result["indices"]["train"][0]
    direct = clone(model).fit(X[train], y[train], groups=groups[train])
    assert_array_equal(result["estimator"][0].predict_proba(X), direct.predict_proba(X))
    without = clone(model).fit(X[train], y[train])
    assert not np.array_equal(direct.predict_proba(X), without.predict_proba(X))


def test_weights_that_nobody_asked_for_are_refused(classifier, labelled):
    X, y = labelled
    with pytest.raises(ValueError, match="sample_weight"):
        make_pipeline(StandardScaler(), classifier).fit(X, y, sample_weight=np.ones(len(y)))
