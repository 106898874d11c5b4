"""Small functions on shapes and values, at their edges."""

import numpy as np
import pytest

from bakeoff.estimators._inputs import as_sizes, flatten, image_shape, sequence_shape


@pytest.mark.parametrize(
    ("value", "sizes"),
    [
        (5, (5,)),
        ([5, 4], (5, 4)),
        (np.int64(5), (5,)),
        (np.array([5, 4]), (5, 4)),
        (np.array(5), (5,)),
        (range(1, 3), (1, 2)),
    ],
)
def test_sizes_are_python_ints(value, sizes):
    assert as_sizes("sizes", value) == sizes
    assert all(type(size) is int for size in as_sizes("sizes", value))


def test_only_where_asked_may_sizes_be_empty():
    assert as_sizes("sizes", (), empty=True) == ()
    with pytest.raises(ValueError, match=r"sizes must not be empty, however: \(\)"):
        as_sizes("sizes", ())


def test_flatten_keeps_rows_in_row_major_order():
    X = np.arange(24).reshape(2, 3, 4)
    flat, shape = flatten(np.asfortranarray(X))

    assert shape == (3, 4)
    assert flat.tolist() == X.reshape(2, 12).tolist()


def test_flatten_leaves_two_axes_alone():
    X = np.zeros((2, 3))
    assert flatten(X) == (X, None)


@pytest.mark.parametrize(
    ("found", "given", "shape"),
    [
        (None, (4, 6), (1, 4, 6)),
        (None, [2, 3, 4], (2, 3, 4)),
        ((4, 6), None, (1, 4, 6)),
        ((1, 4, 6), (4, 6), (1, 4, 6)),
    ],
)
def test_image_shape_has_a_channel(found, given, shape):
    assert image_shape(found, given, 24) == shape


@pytest.mark.parametrize(
    ("found", "given", "shape"),
    [
        (None, None, (24, 1)),
        (None, (8, 3), (8, 3)),
        ((8, 3), None, (8, 3)),
        ((8, 3), (8, 3), (8, 3)),
    ],
)
def test_sequence_shape_is_time_by_features(found, given, shape):
    assert sequence_shape(found, given, 24) == shape
