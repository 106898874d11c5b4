"""Several labels a row: an indicator in, an indicator out."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from scipy.special import expit
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GridSearchCV, cross_val_predict
from sklearn.neural_network import MLPClassifier as SklearnMLP
from skorch.callbacks import EpochScoring

from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier
from bakeoff.estimators._training.steps import ByHand, choose_step


@pytest.fixture(scope="module")
def labelled_twice():
    """``X (120, 6)`` and three labels: the signs of two sums, and one that no row has."""
    X = np.random.RandomState(0).normal(size=(120, 6))
    signs = [X.sum(axis=1) > 0, X[:, :3].sum(axis=1) > 0]
    return X, np.column_stack([*signs, np.zeros(120)]).astype(int)


def test_each_label_is_learned_with_a_probability_of_its_own(classifier, labelled_twice):
    X, Y = labelled_twice
    model = classifier.set_params(max_iter=40).fit(X, Y)
    probability = model.predict_proba(X)

    assert_array_equal(model.classes_, [0, 1, 2])
    assert probability.shape == Y.shape
    assert probability.dtype == np.float64
    assert_array_equal(model.predict(X), probability > 0.5)
    assert_allclose(np.exp(model.predict_log_proba(X)), probability, rtol=1e-12)
    assert not np.allclose(probability.sum(axis=1), 1.0)
    assert (model.predict(X) == Y).mean() > 0.9
    assert model.score(X, Y) == accuracy_score(Y, model.predict(X)) > 0.8


def test_the_conventions_are_those_of_scikit_learns_own(labelled_twice, small):
    X, Y = labelled_twice
    ours = small(MLPClassifier, max_iter=60).fit(X, Y)
    own = SklearnMLP((16,), learning_rate_init=0.02, max_iter=500, random_state=0).fit(X, Y)

    assert_array_equal(ours.classes_, own.classes_)
    assert ours.predict(X).dtype == own.predict(X).dtype
    assert ours.predict_proba(X).shape == own.predict_proba(X).shape
    assert (ours.predict(X) == own.predict(X)).mean() > 0.9


@pytest.mark.parametrize(
    "form",
    [
        lambda Y: Y.tolist(),
        lambda Y: list(Y),
        lambda Y: Y.astype(bool),
        lambda Y: Y.astype(float),
        lambda Y: Y.astype(object),
        sparse.csr_matrix,
        sparse.coo_array,
        pd.DataFrame,
        lambda Y: pd.DataFrame(Y).astype("Int64"),
        lambda Y: pd.DataFrame(Y).astype("boolean"),
    ],
    ids=["lists", "arrays", "bool", "float", "object", "csr", "coo", "frame", "Int64", "boolean"],
)
def test_every_form_of_one_indicator_gives_the_same_model(small, labelled_twice, form):
    X, Y = labelled_twice
    model = small(MLPClassifier, max_iter=2)
    expected = model.fit(X, Y).predict_proba(X)

    assert_array_equal(model.fit(X, form(Y)).predict_proba(X), expected)
    assert_array_equal(model.predict(X), expected > 0.5)


@pytest.mark.parametrize("dtype", [bool, np.int8, np.float32])
def test_predictions_have_the_dtype_of_y(small, labelled_twice, dtype):
    X, Y = labelled_twice
    assert small(MLPClassifier, max_iter=1).fit(X, Y.astype(dtype)).predict(X).dtype == dtype


@pytest.mark.parametrize(
    ("Y", "message"),
    [
        (np.full((120, 2), 2) - np.eye(120, 2, dtype=int), r"2 columns.* 0 and 1.*however: 2 "),
        (np.arange(240).reshape(120, 2) % 3, r"however: 2 \(multiclass-multioutput\)"),
        (np.linspace(0, 1, 240).reshape(120, 2), r"0\.004.* \(continuous-multioutput\)"),
        (np.array([["a", "b"]] * 120), r"however: 'a' .*MultiOutputClassifier"),
        (np.where(np.eye(120, 2) > 0, -1, 1), r"however: -1 "),
        (np.where(np.eye(120, 2) > 0, np.nan, 1.0), "NaN"),
        ([[1, 2], [3]] * 60, "MultiLabelBinarizer"),
    ],
    ids=["1 and 2", "three values", "fractions", "text", "-1 and 1", "NaN", "lists of labels"],
)
def test_what_is_no_indicator_is_refused(small, labelled_twice, Y, message):
    with pytest.raises(ValueError, match=message):
        small(MLPClassifier).fit(labelled_twice[0], Y)


def test_class_weight_is_refused_and_sample_weight_counts_rows(small, labelled_twice):
    X, Y = labelled_twice
    for goes_on in ("fit", "partial_fit"):
        model = small(MLPClassifier, class_weight="balanced")
        with pytest.raises(ValueError, match=r"class_weight='balanced' .* 3 labels.*sample_weight"):
            getattr(model, goes_on)(X, Y)

    zero = (np.arange(120) < 60).astype(float)
    model = small(MLPClassifier, max_iter=2)
    weighted = model.fit(X, Y, sample_weight=zero).predict_proba(X)
    assert_allclose(weighted, model.fit(X[:60], Y[:60]).predict_proba(X), rtol=1e-9)


def test_label_smoothing_keeps_probabilities_from_the_ends(small):
    X = np.array([[-1.0], [1.0]] * 20)
    Y = np.array([[0, 1], [1, 0]] * 20)
    model = small(MLPClassifier, label_smoothing=0.2, max_iter=100).fit(X, Y)

    # The best prediction for a smoothed target is 1 - 0.2 / 2.
    assert_allclose(model.predict_proba(X).max(axis=1), 0.9, atol=0.02)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_early_stopping_scores_rows_whose_labels_are_all_right(small, labelled_twice, smoothing):
    X, Y = labelled_twice
    model = small(
        MLPClassifier, early_stopping=True, validation_fraction=0.5, label_smoothing=smoothing,
        max_iter=30,
    ).fit(X, Y)  # fmt: skip

    best = model.validation_scores_[model.best_epoch_ - 1]
    assert 0.6 < best <= 1.0
    assert best * 60 == pytest.approx(round(best * 60))


def test_partial_fit_learns_and_needs_no_classes(small, labelled_twice):
    X, Y = labelled_twice
    model = small(MLPClassifier)
    for _ in range(40):
        model.partial_fit(X, Y)
    assert model.score(X, Y) > 0.8

    assert small(MLPClassifier).partial_fit(X, Y, classes=[0, 1, 2]).classes_.tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match=r"numbers of y's 3 columns, however: \[0, 1, 2, 3\]"):
        small(MLPClassifier).partial_fit(X, Y, classes=[0, 1, 2, 3])


def test_training_does_not_go_on_with_another_kind_of_y(small, labelled_twice):
    X, Y = labelled_twice
    codes = Y[:, 0] + Y[:, 1]  # 0, 1, 2: the same classes_
    model = small(MLPClassifier, max_iter=1, warm_start=True).fit(X, Y)

    for goes_on in (model.fit, model.partial_fit):
        with pytest.raises(ValueError, match=r"fitted on several labels a row, but y has one"):
            goes_on(X, codes)
        with pytest.raises(ValueError, match="classes of the earlier fit"):
            goes_on(X, Y[:, :2])
    model.fit(X, Y)
    assert small(MLPClassifier, max_iter=1).fit(X, Y).fit(X, codes).predict(X).ndim == 1


def test_in_a_search_and_out_of_fold(small, labelled_twice):
    X, Y = labelled_twice
    model = small(MLPClassifier, max_iter=30)
    search = GridSearchCV(model, {"learning_rate_init": [1e-7, 0.02]}, cv=3, scoring="f1_micro")

    assert search.fit(X, Y).best_params_ == {"learning_rate_init": 0.02}
    out_of_fold = cross_val_predict(model, X, Y, cv=3, method="predict_proba")
    assert ((out_of_fold > 0.5) == Y).mean() > 0.8


@pytest.mark.privates
@pytest.mark.parametrize("estimator", [MLPClassifier, CNNClassifier, GRUClassifier])
def test_a_plain_mlp_is_trained_by_hand(small, labelled_twice, estimator, monkeypatch):
    ways = []
    monkeypatch.setattr(
        "bakeoff.estimators._training.steps.choose_step",
        lambda net: ways.append(type(way := choose_step(net))) or way,
    )
    small(estimator, max_iter=2).fit(*labelled_twice)

    assert ways
    assert all((way is ByHand) == (estimator is MLPClassifier) for way in ways)


@pytest.mark.privates
def test_skorchs_scorers_by_name_score_what_the_estimator_predicts(small, labelled_twice):
    scoring = EpochScoring("accuracy", name="accuracy")
    model = small(MLPClassifier, callbacks=[scoring], early_stopping=True)

    model.fit(*labelled_twice)
    assert model.history_["accuracy"].tolist() == model.validation_scores_


def test_log_odds_are_there_after_a_fit_on_several_labels_alone(classifier, labelled_twice):
    X, Y = labelled_twice
    model = classifier.set_params(max_iter=2)
    assert not hasattr(model, "decision_function")
    assert_allclose(expit(model.fit(X, Y).decision_function(X)), model.predict_proba(X))
    assert not hasattr(model.fit(X, Y[:, 0]), "decision_function")
