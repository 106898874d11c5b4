"""Data and sizes at their worst, each with what is said or done; docs/faults.md lists them."""

import warnings
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import torch
from numpy.testing import assert_array_equal
from sklearn.exceptions import FitFailedWarning
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score

from bakeoff.estimators import CNNClassifier, GRUClassifier, MLPClassifier, MLPRegressor
from bakeoff.estimators._training.net import Net


def frame_with(X, value):
    frame = pd.DataFrame(X, columns=["age", "sex", "bmi", "s1", "s2", "s3"])
    frame["bmi"] = frame["bmi"].astype(object)
    frame.loc[7, "bmi"] = value
    return frame


@pytest.mark.parametrize("value", ["n/a", "1,5", "", datetime(2024, 2, 3)])
def test_text_and_dates_among_numbers_are_named_with_column_and_row(classifier, labelled, value):
    X, y = labelled
    where = r"in column 2 \('bmi'\), row 7, where a number must be"
    with pytest.raises(ValueError, match=rf"^X holds '{value!s}' {where}"):
        classifier.fit(frame_with(X, value), y)
    with pytest.raises(ValueError, match=rf"^X holds '{value!s}' in column 2, row 7, "):
        classifier.fit(frame_with(X, value).to_numpy(), y)
    with pytest.raises(ValueError, match=rf"^X holds '{value!s}' {where}"):
        classifier.set_params(max_iter=1).fit(frame_with(X, 1.5), y).predict(frame_with(X, value))


@pytest.mark.parametrize("kind", ["category", "string", "datetime"])
def test_a_column_of_words_or_dates_is_named(small, labelled, kind):
    X, y = labelled
    days = pd.Series(pd.date_range("2024-01-01", periods=120))
    frame = frame_with(X, 1.0)
    frame["bmi"] = days if kind == "datetime" else days.dt.day_name().astype(kind)

    with pytest.raises(ValueError, match=r"in column 2 \('bmi'\), row 0, where a number must be"):
        small(MLPClassifier).fit(frame, y)


def test_numbers_written_as_text_are_numbers(small, labelled):
    X, y = labelled
    model = small(MLPClassifier, max_iter=2)
    expected = model.fit(X, y).predict_proba(X)

    assert_array_equal(model.fit(X.astype(str), y).predict_proba(X), expected)


def test_constant_columns_are_as_if_they_were_not_there(classifier, labelled):
    X, y = labelled
    constant = np.column_stack([X[:, :3], np.full(120, 7.0), X[:, 3:]])

    assert np.isfinite(classifier.fit(constant, y).predict_proba(constant)).all()
    alone = np.full((120, 6), 7.0)
    assert np.isfinite(classifier.fit(alone, y).predict_proba(alone)).all()


def test_one_row_is_enough_for_values_and_not_for_classes(small, labelled):
    X, y = labelled
    assert small(MLPRegressor).fit(X[:1], [3.0]).predict(X[:1]) == pytest.approx(3.0)
    with pytest.raises(ValueError, match="at least 2 classes"):
        small(MLPClassifier).fit(X[:1], y[:1])
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        small(MLPRegressor).fit(X[:0], y[:0])


def test_a_class_smaller_than_the_folds_fails_only_the_fold_that_lacks_it(small, labelled):
    X, _ = labelled
    y = np.where(np.arange(120) == 0, "rare", "common")
    model = small(MLPClassifier, max_iter=1)
    with pytest.warns(UserWarning, match="least populated class in y has only 2 members"):
        scores = cross_val_score(model, X, np.where(np.arange(120) < 2, "rare", y), cv=3)
    assert np.isfinite(scores).all()

    with pytest.warns(FitFailedWarning, match=r"only one class: 'common'"):
        scores = cross_val_score(model, X, y, cv=KFold(3))
    assert np.isnan(scores).tolist() == [True, False, False]


@pytest.mark.slow
def test_a_million_rows_and_ten_thousand_columns_are_trained_on():
    rng = np.random.default_rng(0)
    long = rng.normal(size=(1_000_000, 4)).astype(np.float32)
    y = (long[:, 0] > 0).astype(int)
    assert MLPClassifier((8,), max_iter=1, random_state=0).fit(long, y).score(long, y) > 0.95

    wide = rng.normal(size=(60, 10_000)).astype(np.float32)
    y = np.arange(60) % 2
    wide[:, ::100] += 3.0 * y[:, None]
    assert MLPClassifier(max_iter=5, random_state=0).fit(wide, y).score(wide, y) > 0.9
    for estimator in (CNNClassifier, GRUClassifier):
        model = estimator(max_iter=1, random_state=0).fit(wide[:4], y[:4])
        assert np.isfinite(model.predict_proba(wide[:4])).all()


# ------------------------------------------------------------------ memory

BEYOND = 10**14  # bytes that no machine has


def test_a_net_too_large_for_the_memory_is_refused_with_the_batch_size(small, labelled):
    sentence = r"Out of memory while fitting 120 rows in batches of batch_size=32; lower it"
    with pytest.raises(MemoryError, match=sentence):
        small(MLPClassifier, hidden_layer_sizes=(10**7, 10**7)).fit(*labelled)


@pytest.mark.parametrize(
    "raise_it",
    [
        lambda: torch.empty(BEYOND),
        lambda: np.ones((BEYOND,)),
        lambda: (_ for _ in ()).throw(torch.OutOfMemoryError("CUDA out of memory.")),
    ],
    ids=["torch", "numpy", "accelerator"],
)
def test_memory_that_runs_out_in_training_leaves_the_estimator_as_it_was(
    small, labelled, monkeypatch, raise_it
):
    model = small(MLPClassifier, max_iter=1, batch_size=16).fit(*labelled)
    before = model.predict_proba(labelled[0])
    monkeypatch.setattr(Net, "on_epoch_begin", lambda *_, **__: raise_it())

    with pytest.raises(MemoryError, match="batch_size=16") as refusal:
        model.fit(*labelled)
    assert refusal.value.__cause__ is not None
    assert_array_equal(model.predict_proba(labelled[0]), before)


def test_a_candidate_without_memory_is_scored_nan_and_the_search_goes_on(small, labelled):
    grid = {"hidden_layer_sizes": [(10**7, 10**7), (16,)]}
    with (
        pytest.warns(UserWarning, match="test scores are non-finite"),
        pytest.warns(FitFailedWarning, match="MemoryError: Out of memory while fitting"),
    ):
        search = GridSearchCV(small(MLPClassifier), grid, cv=2).fit(*labelled)

    assert np.isnan(search.cv_results_["mean_test_score"]).tolist() == [True, False]
    assert search.best_params_ == {"hidden_layer_sizes": (16,)}


def test_other_errors_in_training_are_not_taken_for_a_lack_of_memory(small, labelled, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(Net, "on_epoch_begin", fail)
    with pytest.raises(RuntimeError, match="mat1"), warnings.catch_warnings():
        small(MLPClassifier).fit(*labelled)
