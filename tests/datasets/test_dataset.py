"""Dataset: what it refuses, and how it shows itself."""

import pickle
from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from bakeoff.datasets import Dataset


@pytest.fixture
def data():
    return Dataset(
        name="tiny",
        X=np.arange(24.0).reshape(4, 6),
        y=np.array(["no", "yes", "no", "yes"]),
        task="classification",
        kind="sequence",
        feature_names=tuple("abcdef"),
        target_names=("no", "yes"),
        input_shape=(3, 2),
        source="made up",
        licence="none",
        units="none",
        description="Nothing.",
    )


def test_repr_is_one_short_line(data):
    assert repr(data) == (
        "Dataset('tiny': 4 sequences of shape (3, 2), classification into 2 classes)"
    )
    y = np.zeros((4, 2))
    several = replace(data, task="regression", y=y, target_names=("height", "width"))
    assert repr(several).endswith("regression of height, width)")


def test_is_frozen(data):
    with pytest.raises(FrozenInstanceError):
        data.name = "other"


def test_pickles(data):
    copy = pickle.loads(pickle.dumps(data))
    for field in fields(Dataset):
        assert np.array_equal(getattr(copy, field.name), getattr(data, field.name))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"task": "ranking"}, r"^task must be one of .*, however: 'ranking'$"),
        ({"kind": "audio"}, r"^kind must be one of .*, however: 'audio'$"),
        ({"X": np.zeros((4, 3, 2))}, r"^X must be of shape .*, however: \(4, 3, 2\)$"),
        ({"y": np.array(["no", "yes"])}, r"^y must be as long as X, 4, however: 2$"),
        ({"groups": np.zeros(3)}, r"^groups must be as long as X, 4, however: 3$"),
        ({"feature_names": ("a",)}, r"^feature_names must name the 6 columns .*: 1 names$"),
        ({"input_shape": (2, 2)}, r"^input_shape must hold the 6 .*: \(2, 2\) holds 4$"),
        ({"target_names": ("no",)}, r"^target_names must name the 2 classes .*: \('no',\)$"),
        (
            {"task": "regression", "y": np.zeros(4)},
            r"^target_names must name the 1 columns of y, however: \('no', 'yes'\)$",
        ),
    ],
)
def test_fields_that_contradict_one_another_are_refused(data, wrong, message):
    with pytest.raises(ValueError, match=message):
        replace(data, **wrong)
