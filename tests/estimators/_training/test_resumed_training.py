"""partial_fit and warm_start go on from what was learned; a refused fit leaves it as it was."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from bakeoff.estimators import CNNClassifier, MLPClassifier, MLPRegressor


def test_partial_fit_learns_batch_by_batch(classifier, labelled):
    X, y = labelled
    for _ in range(15):
        for start in range(0, 120, 40):
            batch = slice(start, start + 40)
            classifier.partial_fit(X[batch], y[batch], classes=[0, 1])

    assert classifier.score(X, y) > 0.8
    assert classifier.n_iter_ == 45


def test_partial_fit_keeps_the_first_units_of_y(regressor, valued):
    X, y = valued
    for start in [0, 60] * 15:
        regressor.partial_fit(X[start : start + 60], y[start : start + 60])

    assert regressor.score(X, y) > 0.8


def test_partial_fit_may_see_one_class_or_one_row(classifier, labelled):
    X, y = labelled
    only_zero = np.flatnonzero(y == 0)
    classifier.partial_fit(X[only_zero], y[only_zero], classes=[0, 1, 2])
    classifier.partial_fit(X[:1], y[:1])

    assert classifier.predict_proba(X).shape == (120, 3)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({"classes": None}, {}, "classes must be passed on the first call"),
        ({"classes": [1, 2]}, {}, r"labels that are not in classes: \[0\]"),
        ({"classes": [0, 1]}, {"classes": [0, 1, 2]}, "not the same as on last call"),
    ],
)
def test_partial_fit_refuses_other_classes(small, labelled, first, second, message):
    model = small(MLPClassifier)
    with pytest.raises(ValueError, match=message):
        model.partial_fit(*labelled, **first).partial_fit(*labelled, **second)


def test_partial_fit_checks_the_parameters_every_time(small, labelled):
    model = small(MLPClassifier).partial_fit(*labelled, classes=[0, 1])
    with pytest.raises(ValueError, match="'solver' parameter"):
        model.set_params(solver="newton").partial_fit(*labelled)


def test_partial_fit_refuses_another_number_of_outputs(small, valued):
    X, y = valued
    model = small(MLPRegressor).partial_fit(X, y)
    with pytest.raises(ValueError, match=r"shape \(120, 2\).*shape \(n,\)"):
        model.partial_fit(X, np.column_stack([y, y]))


def test_partial_fit_after_fit_goes_on(classifier, labelled):
    X, y = labelled
    before = classifier.fit(X, y).loss_curve_

    assert classifier.partial_fit(X, y).loss_curve_[:-1] == before
    assert classifier.loss_curve_[-1] < before[0]


# ------------------------------------------------------------------ warm start


def test_warm_start_goes_on_and_a_cold_start_does_not(classifier, labelled):
    warm = classifier.set_params(warm_start=True, max_iter=5).fit(*labelled)
    first = warm.loss_curve_
    warm.fit(*labelled)

    assert warm.loss_curve_[:5] == first
    assert warm.loss_curve_[5] < first[0]
    cold = warm.set_params(warm_start=False).fit(*labelled)
    assert cold.loss_curve_ == first


@pytest.mark.parametrize(
    ("estimator", "change"),
    [
        (MLPClassifier, {"hidden_layer_sizes": (17,)}),
        (MLPClassifier, {"hidden_layer_sizes": (16, 16)}),
        (MLPClassifier, {"activation": "tanh"}),
        (MLPClassifier, {"dropout": 0.5}),
        (CNNClassifier, {"pooling": "avg"}),
    ],
)
def test_warm_start_never_ignores_a_changed_architecture(small, labelled, estimator, change):
    """A change is refused or followed; training on as if it had not been asked for is neither."""
    changed = small(estimator, warm_start=True).fit(*labelled).set_params(**change)
    try:
        changed.fit(*labelled)
    except ValueError as refusal:
        assert "warm_start" in str(refusal)  # noqa: PT017
    else:
        layers = small(estimator, **change).fit(*labelled).net_.module_
        assert str(changed.net_.module_) == str(layers)


def test_warm_start_refuses_other_classes_and_features(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, warm_start=True).fit(X, y)

    with pytest.raises(ValueError, match=r"classes of the earlier fit, \[0 1\], however: \[5 6\]"):
        model.fit(X, y + 5)
    with pytest.raises(ValueError, match=r"\(16, 2\) where it had \(16, 6\)"):
        model.fit(X[:, :2], y)


@pytest.mark.parametrize("resume", ["partial_fit", "warm_start"])
def test_diverging_further_training_leaves_the_model_as_it_was(classifier, labelled, resume):
    X, y = labelled
    model = classifier.set_params(warm_start=True, dtype="float32").fit(X, y)
    before, epochs = model.predict_proba(X), model.n_iter_
    model.set_params(solver="sgd", learning_rate_init=3e38, max_grad_norm=None)

    with pytest.raises(ValueError, match=r"infinite|inf|nan|NaN"):
        model.fit(X, y) if resume == "warm_start" else model.partial_fit(X, y)

    assert_array_equal(model.predict_proba(X), before)
    assert model.n_iter_ == epochs


REFUSED = [
    ({"solver": "sgd", "learning_rate_init": 1e200}, "learning rate|architecture|classes"),
    ({"device": "cuda:99"}, "device|architecture|classes"),
    ({"class_weight": {"spam": 2.0}}, "'spam'|classes"),
    ({"callbacks": [1]}, "callbacks|architecture|classes"),
]


@pytest.mark.parametrize("warm_start", [False, True])
@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_a_refit_that_fails_leaves_the_estimator_as_it_was(
    small, labelled, change, message, warm_start
):
    """No label, shape or scale of the data that were refused may meet the net of the first."""
    X, y = labelled
    model = small(MLPClassifier, warm_start=warm_start).fit(X, y)
    before = model.predict_proba(X)
    model.set_params(**change)

    with pytest.raises(ValueError, match=message):
        model.fit(X[:, :4], y + 5)

    model.set_params(device="cpu")
    assert_array_equal(model.predict_proba(X), before)
    assert_array_equal(model.classes_, [0, 1])
    assert model.n_features_in_ == 6


def test_a_regressors_refused_refit_keeps_its_scale(small, valued):
    X, y = valued
    model = small(MLPRegressor, early_stopping=True).fit(X, y)
    before = model.predict(X)

    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        model.fit(X, 1000 * y, groups=[1, 2])

    assert_array_equal(model.predict(X), before)


def test_partial_fit_refuses_a_single_class(small, labelled):
    X, _ = labelled
    with pytest.raises(ValueError, match=r"at least 2 classes, but there is only one class: 0"):
        small(MLPClassifier).partial_fit(X, np.zeros(len(X)), classes=[0])
