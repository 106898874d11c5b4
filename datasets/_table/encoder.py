"""From a table's own columns to the numbers that models take, in training and ever after."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from .cells import Reading, as_texts, read_column
from .columns import ANSWERS, MOST_CATEGORIES, Column, judge
from .dates import days_since_1970
from .missing import is_marker
from .numbers import NumberFormat

_MOST_NAMED = 5  # values, in a warning


class TableEncoder(TransformerMixin, BaseEstimator):
    """Make the columns of a table numeric, in new rows as in those it was fitted on.

    Numbers stay numbers, NaN where one is missing, for a pipeline to impute. A category becomes
    one column of 0 and 1 for each of its 50 most frequent values, named ``column=value``, all 0
    where it is missing. Yes becomes 1 and no 0; dates become days since 1970.

    `Table.to_dataset` encodes with it, and the pipeline that a run gives away begins with it.

    Parameters
    ----------
    columns : sequence of Column, default=None
        Those to encode, as `Table.columns` has them. None stands for all that `describe_table`
        would use, whatever is predicted.

    Attributes
    ----------
    columns_ : tuple of Column
    categories_ : dict of str to list of str
        By column, the values that have a column of their own.
    feature_names_in_ : ndarray of str
        The columns that `transform` takes; others are ignored.
    n_features_in_ : int

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"age": ["1.250", "90", "3,5"], "job": ["cook", "nurse", "cook"]})
    >>> encoder = TableEncoder().fit(rows)
    >>> encoder.transform(rows)
    array([[1.25e+03, 1.00e+00, 0.00e+00],
           [9.00e+01, 0.00e+00, 1.00e+00],
           [3.50e+00, 1.00e+00, 0.00e+00]])
    >>> encoder.get_feature_names_out().tolist()
    ['age', 'job=cook', 'job=nurse']
    """

    __module__ = "bakeoff.datasets"  # what is pickled is found where it is public

    def __init__(self, columns: Sequence[Column] | None = None) -> None:
        self.columns = columns

    def fit(self, X: pd.DataFrame, y: Any = None) -> Self:
        """Find the values that categories have.

        Parameters
        ----------
        X : DataFrame
        y : ignored

        Returns
        -------
        self
        """
        _check_frame(X)
        frame = X.rename(columns=lambda name: str(name).strip())
        columns = self.columns
        if columns is None:
            judged = (judge(*read_column(frame[name]))[0] for name in frame)
            columns = [column for column in judged if column.use]
        self.columns_ = tuple(columns)
        self.feature_names_in_ = np.array([one.name for one in columns], dtype=object)
        self.n_features_in_ = len(self.columns_)
        _check_names(frame, self.feature_names_in_)
        self.categories_ = {}
        for column in self.columns_:
            if not _is_number(column):
                counts = _words(frame[column.name], column.reading).value_counts()
                self.categories_[column.name] = sorted(counts.index[:MOST_CATEGORIES])
        return self

    def transform(self, X: pd.DataFrame) -> np.ndarray:
        """Return the columns as numbers.

        Parameters
        ----------
        X : DataFrame
            As `read_table` or pandas reads it; its columns may stand in any order.

        Returns
        -------
        ndarray of shape (n_samples, n_features_out)
            Of float64.

        Warns
        -----
        UserWarning
            For each column with values that it had not in `fit`, or that cannot be read.

        Raises
        ------
        ValueError
            If X is no DataFrame, lacks a column, or holds other things in it.
        """
        check_is_fitted(self)
        _check_frame(X)
        frame = X.rename(columns=lambda name: str(name).strip())
        _check_names(frame, self.feature_names_in_)
        parts = [self._encoded(column, frame[column.name]) for column in self.columns_]
        return np.column_stack(parts) if parts else np.empty((len(frame), 0))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Return the names of the columns that `transform` gives.

        Parameters
        ----------
        input_features : ignored

        Returns
        -------
        ndarray of str
        """
        check_is_fitted(self)
        names: list[str] = []
        for column in self.columns_:
            categories = self.categories_.get(column.name)
            names += [column.name] if categories is None else _named(column.name, categories)
        return np.array(names, dtype=object)

    def _encoded(self, column: Column, raw: pd.Series) -> np.ndarray:
        if not _is_number(column):
            return self._indicators(column, raw)
        reading = column.reading
        if column.kind == "boolean":
            words = as_texts(raw)
            numbers = words.str.lower().map(ANSWERS | {"1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0})
            values = numbers.astype(np.float64)
        elif reading.kind == "date" or pd.api.types.is_datetime64_any_dtype(raw):
            read = reading.read(raw)
            if not pd.api.types.is_datetime64_any_dtype(read):
                read = pd.to_datetime(read, errors="coerce")
            values = days_since_1970(read)
        else:
            _refuse_lost_marks(column, raw)
            values = reading.read(raw)
        array = values.to_numpy(np.float64, na_value=np.nan)
        _tell_unread(column, raw, array)
        return np.where(np.isinf(array), np.nan, array).reshape(-1, 1)

    def _indicators(self, column: Column, raw: pd.Series) -> np.ndarray:
        words = _words(raw, column.reading)
        known = self.categories_[column.name]
        marker = next((one for one in column.reading.values if one in known), None)
        if marker is not None and words.isna().any():
            _warn(
                column.name,
                f"is missing in some rows, however {marker!r} is a value there: "
                "pandas.read_csv(..., keep_default_na=False) keeps it",
            )
        codes = pd.Index(known).get_indexer(pd.Index(words))
        # Of those that were too rare for a column of their own nothing need be said.
        unseen = words[(codes < 0) & words.notna().to_numpy()].value_counts()
        if len(unseen) and column.n_distinct <= MOST_CATEGORIES:
            _warn(
                column.name,
                "has values that it had not in training: "
                f"{_listed(unseen)}; all columns of this category are 0 there",
            )
        return (codes[:, None] == np.arange(len(known))).astype(np.float64)


def _is_number(column: Column) -> bool:
    return column.kind == "boolean" or column.reading.kind != "text"


def _named(column: str, categories: Sequence[str]) -> list[str]:
    return [f"{column}={category}" for category in categories]


def _words(raw: pd.Series, reading: Reading) -> pd.Series:
    if pd.api.types.is_float_dtype(raw):  # 1.0 was 1 where words stood in the same column
        raw = raw.map(lambda one: one if pd.isna(one) else f"{one:g}").astype("str")
    return reading.read(raw.astype(object) if pd.api.types.is_numeric_dtype(raw) else raw)


def _refuse_lost_marks(column: Column, raw: pd.Series) -> None:
    """Refuse 1.25 where the table says 1.250 for 1250, and pandas was not told."""
    how = column.reading.how
    has_points = isinstance(how, NumberFormat) and how.decimal == "," and column.reading.is_whole
    if not has_points or not pd.api.types.is_float_dtype(raw):
        return
    parts = raw[raw % 1 > 0]
    if len(parts):
        raise ValueError(
            f"column {column.name!r} has points between thousands, however X was read without "
            f"them: {parts.iloc[0]:g}; read it with pandas.read_csv(..., dtype=str)"
        )


def _tell_unread(column: Column, raw: pd.Series, array: np.ndarray) -> None:
    if pd.api.types.is_numeric_dtype(raw) or pd.api.types.is_datetime64_any_dtype(raw):
        return
    texts = as_texts(raw)
    said = ~is_marker(texts, column.reading.missing, column.reading.values).fillna(True)
    unread = texts[said.to_numpy(bool) & np.isnan(array)].value_counts()
    if not len(unread):
        return
    if unread.sum() == said.sum():
        raise ValueError(
            f"column {column.name!r} held {column.kind}s in training, however: {unread.index[0]!r}"
        )
    _warn(column.name, f"has entries that count as missing: {_listed(unread)}")


def _warn(column: str, what: str) -> None:
    warnings.warn(f"column {column!r} {what}", UserWarning, stacklevel=4)


def _listed(counts: pd.Series) -> str:
    named = [f"{value!r} ({n:,} row{'s' if n > 1 else ''})" for value, n in counts.items()]
    more = [f"and {len(named) - _MOST_NAMED} more"] if len(named) > _MOST_NAMED else []
    return ", ".join(named[:_MOST_NAMED] + more)


def _check_frame(X: Any) -> None:
    if not isinstance(X, pd.DataFrame):
        shape = getattr(X, "shape", None)
        what = type(X).__name__ + (f" of shape {shape}" if shape is not None else "")
        raise ValueError(
            "X must be a DataFrame with the table's own columns by name, as pandas.read_csv gives "
            f"it, however: {what}"
        )


def _check_names(frame: pd.DataFrame, names: Iterable[str]) -> None:
    missing = [name for name in names if name not in frame]
    if missing:
        raise ValueError(
            f"X must have the columns {list(names)}, however: {missing} "
            f"{'is' if len(missing) == 1 else 'are'} not there"
        )
    repeated = frame.columns[frame.columns.duplicated() & frame.columns.isin(names)]
    if len(repeated):
        raise ValueError(f"X must have each column once, however: {repeated[0]!r} is there twice")
