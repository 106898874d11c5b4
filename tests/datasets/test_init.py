"""What `load` and `names` promise, held against every data set there is."""

import inspect
import re

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

import bakeoff.datasets
from bakeoff.datasets import _DATASETS, load, names


def taking(param):
    return [
        n for n, entry in _DATASETS.items() if param in inspect.signature(entry.make).parameters
    ]


SEEDED = taking("random_state")


def test_public_names():
    assert bakeoff.datasets.__all__ == [
        "Column",
        "Dataset",
        "Note",
        "Question",
        "Reason",
        "Table",
        "TableEncoder",
        "TableFile",
        "TableWarning",
        "describe_table",
        "load",
        "names",
        "read_table",
    ]


def test_names_lists_what_the_project_promises():
    assert names() == [
        "adding_problem",
        "breast_cancer",
        "circles",
        "counting",
        "delayed_recall",
        "diabetes",
        "digits",
        "frequency",
        "iris",
        "moons",
        "shapes",
        "spirals",
        "wine",
        "xor",
    ]


def test_names_filters_by_task_and_kind():
    assert names(kind="image") == ["digits", "shapes"]
    assert names(task="regression", kind="sequence") == ["adding_problem"]
    assert names(task="regression", kind="image") == []


@pytest.mark.parametrize("wrong", [{"task": "clustering"}, {"kind": "audio"}])
def test_names_refuses_a_filter_that_does_not_exist(wrong):
    (label, value), *_ = wrong.items()
    with pytest.raises(ValueError, match=f"^{label} must be None or one of .*'{value}'$"):
        names(**wrong)


@pytest.mark.parametrize("name", names())
def test_every_data_set_keeps_the_contract(name):
    data = load(name)
    assert (data.name, data.task, data.kind) == (name, *_DATASETS[name][1:])
    assert data.X.dtype == (np.float64 if data.kind == "tabular" else np.float32)
    assert len(data.input_shape) == {"tabular": 1, "sequence": 2, "image": 3}[data.kind]
    assert len(set(data.feature_names)) == data.X.shape[1]
    for text in (data.source, data.licence, data.units, data.description):
        assert text
        assert "\n" not in text
    if data.task == "classification":
        assert data.y.dtype == np.int64
        assert np.array_equal(np.unique(data.y), np.arange(len(data.target_names)))
    else:
        assert data.y.dtype == np.float64
        assert np.isfinite(data.y).all()


@pytest.mark.parametrize("name", names())
def test_nan_is_only_padding_at_the_end_of_a_sequence(name):
    data = load(name)
    missing = np.isnan(data.X)
    assert missing.any() == (name == "counting")
    if data.kind == "sequence":
        steps = missing.reshape(-1, *data.input_shape)  # (n, time, features)
        padded = steps.all(axis=-1)
        assert np.array_equal(padded, steps.any(axis=-1))
        assert (np.diff(padded.astype(int), axis=1) >= 0).all()
        assert not padded[:, 0].any()


@pytest.mark.parametrize("name", SEEDED)
def test_the_seed_decides_everything_and_global_state_is_left_alone(name):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, again, other = (load(name, random_state=seed) for seed in (7, 7, 8))
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002
    assert np.array_equal(first.X, again.X, equal_nan=True)
    assert np.array_equal(first.y, again.y)
    assert not np.array_equal(first.X, other.X, equal_nan=True)


@pytest.mark.parametrize("name", SEEDED)
def test_generators_take_n_samples_and_balance_and_shuffle_the_classes(name):
    data = load(name, n_samples=121)
    assert len(data.X) == 121
    if data.task == "classification":
        counts = np.bincount(data.y)
        assert counts.max() - counts.min() <= 1
        assert (np.diff(data.y) < 0).any()


@pytest.mark.parametrize("name", SEEDED)
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"n_samples": 0}, ValueError),
        ({"n_samples": 50.0}, TypeError),
        ({"random_state": -1}, ValueError),
        ({"random_state": None}, TypeError),
    ],
)
def test_generators_refuse_a_bad_size_or_seed(name, wrong, error):
    (param, value), *_ = wrong.items()
    with pytest.raises(error, match=rf"^{param} must be a whole number.*, however: {value}$"):
        load(name, **wrong)


@pytest.mark.parametrize("name", taking("noise"))
def test_noise_is_checked_and_does_something(name):
    assert not np.array_equal(load(name, noise=0).X, load(name).X)
    with pytest.raises(ValueError, match=r"^noise must be a finite number >= 0, however: -0\.1$"):
        load(name, noise=-0.1)


@pytest.mark.parametrize("name", SEEDED)
def test_the_scores_in_a_description_are_those_one_gets(name):
    """Mean of five shuffled folds, default models, standardised, padding as 0."""
    data = load(name)
    written = re.search(
        r"linear model (?:scores|has an R2 of) ([\d.]+) and an RBF SVM (?:of )?([\d.]+\d)",
        data.description,
    )
    assert written, "say: a linear model scores .xx and an RBF SVM .xx"
    if data.task == "classification":
        models = [LogisticRegression(max_iter=1000), SVC()]
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
    else:
        models = [Ridge(), SVR()]
        folds = KFold(5, shuffle=True, random_state=0)
    for model, score in zip(models, written.groups(), strict=True):
        padding = SimpleImputer(strategy="constant", fill_value=0)
        pipeline = make_pipeline(padding, StandardScaler(), model)
        measured = cross_val_score(pipeline, data.X, data.y, cv=folds).mean()
        assert measured == pytest.approx(float(score), abs=0.015)


def test_load_gives_arrays_of_ones_own():
    load("iris").X[:] = 0
    assert load("iris").X.any()


def test_an_unknown_name_gets_near_matches():
    with pytest.raises(ValueError, match=r"no data set 'digit' \(did you mean 'digits'\?\); names"):
        load("digit")
    with pytest.raises(ValueError, match=r"^there is no data set 'zzz'; names\(\) lists them all$"):
        load("zzz")
    with pytest.raises(TypeError, match=r"^name must be a string, however: \['iris'\]$"):
        load(["iris"])


def test_an_unknown_parameter_gets_those_there_are():
    expected = (
        "data set 'moons' has no parameter 'nois' (did you mean 'noise'?); "
        "it takes n_samples, noise, random_state"
    )
    with pytest.raises(TypeError, match=f"^{re.escape(expected)}$"):
        load("moons", nois=0.1)
    with pytest.raises(TypeError, match=r"'iris' has no parameter 'random_state'; it takes none$"):
        load("iris", random_state=0)
