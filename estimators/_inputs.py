"""What a row of X is: shapes, missing values, padding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from scipy import sparse

Shape = tuple[int, ...]

# Up to this many values, isfinite() costs less than entering a context for warnings.
SMALL = 1000


def as_sizes(name: str, value, *, empty: bool = False) -> Shape:
    """Positive whole numbers from an int or a sequence of them.

    Raises
    ------
    ValueError
        Something in ``value`` is not a whole number of at least 1.

    Examples
    --------
    >>> as_sizes("hidden_layer_sizes", (100, 50))
    (100, 50)
    >>> as_sizes("hidden_layer_sizes", 100)
    (100,)
    >>> as_sizes("hidden_layer_sizes", (0,))
    Traceback (most recent call last):
    ValueError: hidden_layer_sizes must hold whole numbers of at least 1, however: (0,).
    """
    plain = value.tolist() if isinstance(value, np.ndarray) else value
    sizes = list(plain) if isinstance(plain, Sequence) else [plain]
    whole = (isinstance(s, int | np.integer) and not isinstance(s, bool) for s in sizes)
    if not all(whole) or any(s < 1 for s in sizes):
        raise ValueError(f"{name} must hold whole numbers of at least 1, however: {value!r}.")
    if not sizes and not empty:
        raise ValueError(f"{name} must not be empty, however: {value!r}.")
    return tuple(int(s) for s in sizes)


def flatten(X) -> tuple[object, Shape | None]:
    """Rows of features, and the shape of a sample if X has more than two axes.

    scikit-learn's validation takes the second axis for the features, so N-D arrays are flattened
    first, in row-major order.

    Examples
    --------
    >>> flatten(np.zeros((5, 8, 8)))[1]
    (8, 8)
    """
    if isinstance(X, list | tuple) and _depth(X) > 2:
        try:
            X = np.asarray(X)
        except ValueError:
            raise ValueError(
                "X holds samples of unequal shapes; pad shorter sequences with NaN at their end."
            ) from None
    if getattr(X, "ndim", 2) <= 2 or sparse.issparse(X):
        return X, None
    X = np.asarray(X)
    return X.reshape(len(X), math.prod(X.shape[1:])), X.shape[1:]


def _depth(X) -> int:
    """Axes of nested lists of arrays or numbers, by their first elements."""
    if isinstance(X, list | tuple):
        return 1 + (_depth(X[0]) if len(X) else 0)
    return getattr(X, "ndim", 0)


def check_input_shape(input_shape, n_dims: tuple[int, ...], meaning: str) -> Shape | None:
    """The parameter ``input_shape`` as a tuple, if it was given."""
    if input_shape is None:
        return None
    shape = as_sizes("input_shape", input_shape)
    if len(shape) not in n_dims:
        raise ValueError(f"input_shape must be {meaning}, however: {input_shape!r}.")
    return shape


def agreed_shape(found: Shape | None, given: Shape | None, n_features: int) -> Shape:
    """The shape of a sample from X's own axes, the parameter, or both.

    Examples
    --------
    >>> agreed_shape(None, (1, 8, 8), 30)
    Traceback (most recent call last):
    ValueError: input_shape=(1, 8, 8) holds 64 values, but X has 30 features.
    """
    if found is not None and given is not None and found != given:
        raise ValueError(f"X has samples of shape {found}, but input_shape={given}.")
    shape = found or given
    assert shape is not None
    if math.prod(shape) != n_features:
        raise ValueError(
            f"input_shape={shape} holds {math.prod(shape)} values, but X has {n_features} features."
        )
    return shape


def sequence_shape(found: Shape | None, input_shape, n_features: int) -> Shape:
    """``(time, features)``; flat X without ``input_shape`` has one feature a step."""
    given = check_input_shape(input_shape, (2,), "(time, features)")
    if found is None and given is None:
        return (n_features, 1)
    return agreed_shape(found, given, n_features)


def image_shape(found: Shape | None, input_shape, n_features: int) -> Shape:
    """``(channels, height, width)``; two axes are the height and width of one channel."""
    given = check_input_shape(input_shape, (2, 3), "(channels, height, width) or (height, width)")
    found, given = ((1, *s) if s is not None and len(s) == 2 else s for s in (found, given))
    return agreed_shape(found, given, n_features)


def check_finite(X, *, feature_names=None, sample_shape: Shape, padded: bool) -> None:
    """Refuse NaN and infinity, naming the column and the number of rows.

    Parameters
    ----------
    X : ndarray or sparse matrix of shape (n, n_features)
    feature_names : sequence of str, optional
        To name columns by.
    sample_shape : tuple of int
        Of a row; ``(time, features)`` if ``padded``.
    padded : bool
        Whether NaN after a sequence's end is padding.

    Raises
    ------
    ValueError
        One sentence with the first column at fault and the number of rows.
    """
    values = X.data if sparse.issparse(X) else X
    if values.size <= SMALL:
        if np.isfinite(values).all():
            return
    else:
        # The sum is finite if all values are, and costs no array of X's size.
        with np.errstate(all="ignore"):
            if np.isfinite(values.sum()) or np.isfinite(values).all():
                return
    dense_or_csc = X.tocsc() if sparse.issparse(X) else X
    if sparse.issparse(X):
        bad_inf, bad_nan = (_sparse_mask(dense_or_csc, f) for f in (np.isinf, np.isnan))
    else:
        bad_inf, bad_nan = np.isinf(X), np.isnan(X)
        if padded and not bad_inf.any():
            bad_nan = bad_nan & ~_padding(bad_nan.reshape(len(X), *sample_shape))
    for bad, what in ((bad_inf, "infinity or a value too large for its dtype"), (bad_nan, "NaN")):
        rows = np.asarray(bad.sum(axis=0)).ravel()
        if not rows.any():
            continue
        columns = np.flatnonzero(rows)
        name = column_name(columns[0], feature_names, sample_shape)
        more = f" (and in {len(columns) - 1} more columns)" if len(columns) > 1 else ""
        where = " before the end of a sequence" if padded and what == "NaN" else ""
        raise ValueError(
            f"Input X contains {what}{where}: {name} in {rows[columns[0]]} of {X.shape[0]} rows"
            f"{more}."
        )


def _sparse_mask(X, test):
    mask = X.copy()
    mask.data = test(X.data).astype(np.int64)
    return mask


def _padding(missing: np.ndarray) -> np.ndarray:
    """Entries of steps that are all NaN and have none but such steps after them, as (n, -1).

    A row that is padding from its first step is no sequence: nothing of it counts as padding.
    """
    whole = missing.all(axis=2)  # (n, time)
    trailing = np.flip(np.logical_and.accumulate(np.flip(whole, axis=1), axis=1), axis=1)
    trailing &= ~trailing[:, :1]
    return np.repeat(trailing, missing.shape[2], axis=1)


def text_in(X) -> str | None:
    """Say where a table holds text or a date instead of a number, if it does.

    Examples
    --------
    >>> text_in(np.array([[1, 2], [3, "n/a"]], dtype=object))
    "X holds 'n/a' in column 1, row 1, where a number must be: encode that column or leave it out."
    """
    if not hasattr(X, "columns") and getattr(X, "dtype", np.dtype("f8")).kind not in "OSU":
        return None
    table = X if hasattr(X, "iloc") else pd.DataFrame(np.asarray(X))
    names = getattr(X, "columns", None)
    for place in range(table.shape[1]):
        column = table.iloc[:, place]
        if pd.api.types.is_numeric_dtype(column.dtype):
            continue
        for row, value in enumerate(column):
            if isinstance(value, datetime) or (isinstance(value, str) and not _is_number(value)):
                where = column_name(place, names, (table.shape[1],))
                return (
                    f"X holds {str(value)!r} in {where}, row {row}, where a number must be: encode "
                    f"that column or leave it out."
                )
    return None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def column_name(column: int, feature_names, sample_shape: Shape) -> str:
    """How a user finds a column again: by name, or by its place in the sample.

    Examples
    --------
    >>> column_name(2, ["age", "sex", "bmi"], (3,))
    "column 2 ('bmi')"
    >>> column_name(9, None, (1, 8, 8))
    'column 9 (at (0, 1, 1) of a sample of shape (1, 8, 8))'
    """
    if feature_names is not None:
        return f"column {column} ({str(feature_names[column])!r})"
    if len(sample_shape) > 1:
        place = tuple(int(i) for i in np.unravel_index(column, sample_shape))
        return f"column {column} (at {place} of a sample of shape {sample_shape})"
    return f"column {column}"
