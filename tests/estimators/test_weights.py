"""Weights of rows and of classes: weight k is k copies of the row, 0 is its absence."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from bakeoff.estimators import MLPClassifier, MLPRegressor

WEIGHT = np.random.RandomState(3).randint(0, 4, size=120)


@pytest.fixture
def skewed():
    """Rows of two overlapping classes, ten of the first to one of the second."""
    y = (np.arange(220) % 11 == 0).astype(int)
    return np.random.RandomState(0).normal(size=(220, 2)) + y[:, None], y


def one_batch(model, **parameters):
    return model.set_params(batch_size=1000, **parameters)


def test_weight_is_repetition_for_a_classifier(classifier, labelled):
    X, y = labelled
    weighted = one_batch(classifier).fit(X, y, sample_weight=WEIGHT).predict_proba(X)
    repeated = classifier.fit(np.repeat(X, WEIGHT, 0), np.repeat(y, WEIGHT)).predict_proba(X)

    assert_allclose(weighted, repeated, rtol=1e-7)


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error", "huber"])
def test_weight_is_repetition_for_a_regressor(regressor, valued, loss):
    X, y = valued
    weighted = one_batch(regressor, loss=loss).fit(X, y, sample_weight=WEIGHT).predict(X)
    repeated = regressor.fit(np.repeat(X, WEIGHT, 0), np.repeat(y, WEIGHT)).predict(X)

    assert_allclose(weighted, repeated, rtol=1e-7)


@pytest.mark.parametrize("early_stopping", [False, True])
@pytest.mark.parametrize("norm", [None, "batch"])
def test_weight_zero_is_absence_whatever_the_batches(small, labelled, early_stopping, norm):
    X, y = labelled
    keep = WEIGHT > 0
    model = small(MLPClassifier, early_stopping=early_stopping, norm=norm, dropout=0.2)
    weighted = model.fit(X, y, sample_weight=keep).predict_proba(X)

    assert_array_equal(weighted, model.fit(X[keep], y[keep]).predict_proba(X))


def test_scale_of_the_weights_does_not_matter(classifier, labelled):
    X, y = labelled
    plain = classifier.fit(X, y, sample_weight=WEIGHT).predict_proba(X)

    for scale in (1e-9, 1e9):
        scaled = classifier.fit(X, y, sample_weight=scale * WEIGHT).predict_proba(X)
        assert_allclose(scaled, plain, rtol=1e-6)


@pytest.mark.parametrize("task", ["classes", "values"])
@pytest.mark.parametrize(
    ("weight", "message"),
    [
        (np.zeros(120), "sample_weight is zero for all 120 rows|at least one non-zero"),
        (-np.ones(120), "[Nn]egative"),
        (np.full(120, np.nan), "NaN"),
        (np.ones(119), "119"),
    ],
    ids=["zero", "negative", "NaN", "length"],
)
def test_impossible_weights_are_refused(small, labelled, task, weight, message):
    with pytest.raises(ValueError, match=message):
        small(MLPClassifier if task == "classes" else MLPRegressor).fit(*labelled, weight)


# ------------------------------------------------------------------ class_weight


def rare_share(model, X):
    return (model.predict(X) == 1).mean()


def test_balanced_classes_are_predicted_about_as_often(small, skewed):
    X, y = skewed
    plain = small(MLPClassifier).fit(X, y)
    balanced = small(MLPClassifier, class_weight="balanced").fit(X, y)

    assert rare_share(plain, X) < 0.1 < 0.2 < rare_share(balanced, X) < 0.5


def test_class_weights_are_weights_of_the_rows(small, skewed):
    X, y = skewed
    by_class = small(MLPClassifier, class_weight={0: 1.0, 1: 4.0}).fit(X, y)
    by_row = small(MLPClassifier).fit(X, y, sample_weight=np.where(y == 1, 4.0, 1.0))

    assert_array_equal(by_class.predict_proba(X), by_row.predict_proba(X))


def test_class_weights_multiply_sample_weights(small, labelled):
    X, y = labelled
    both = small(MLPClassifier, class_weight={1: 3.0, 0: 0.5}).fit(X, y, sample_weight=WEIGHT)
    product = small(MLPClassifier).fit(X, y, sample_weight=WEIGHT * np.where(y == 1, 3.0, 0.5))

    assert_array_equal(both.predict_proba(X), product.predict_proba(X))


def test_balanced_counts_the_weighted_rows(small, labelled):
    X, y = labelled
    weight = np.where(y == 1, 3.0, 1.0)  # balance takes just this back
    balanced = small(MLPClassifier, class_weight="balanced")

    assert_allclose(
        balanced.fit(X, y, sample_weight=weight).predict_proba(X),
        balanced.fit(X, y).predict_proba(X),
        rtol=1e-6,
    )


def test_a_class_that_is_not_named_has_weight_one(small, labelled):
    X, y = labelled
    named = small(MLPClassifier, class_weight={0: 1.0, 1: 5.0})
    short = small(MLPClassifier, class_weight={1: 5.0})

    assert_array_equal(short.fit(X, y).predict_proba(X), named.fit(X, y).predict_proba(X))
    few = np.flatnonzero(y == 0)[:20]
    first = short.partial_fit(X[few], y[few], classes=[0, 1])
    assert np.isfinite(first.predict_proba(X)).all()


@pytest.mark.parametrize(
    "weight", [{0: 0, 1: 0}, {0: -1, 1: 1}, {0: np.nan, 1: 1}, {5: 1}], ids=str
)
def test_impossible_class_weights_are_refused(small, labelled, weight):
    with pytest.raises(ValueError, match=r"class_weight|class weights"):
        small(MLPClassifier, class_weight=weight).fit(*labelled)


def test_balance_needs_all_of_y_at_once(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, class_weight="balanced")

    with pytest.raises(ValueError, match="class_weight='balanced' needs all of y"):
        model.partial_fit(X, y, classes=[0, 1])
    with pytest.raises(ValueError, match="class_weight='balanced' needs all of y"):
        model.fit(X, y).partial_fit(X[:5], y[:5])
