"""What classifiers take for y: a label a row, or an indicator of several labels."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.utils.class_weight import compute_class_weight
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import column_or_1d


def has_columns(y) -> bool:
    """Whether y has several columns, each of which is a label that a row has or has not.

    Examples
    --------
    >>> has_columns([[0, 1], [1, 1]]), has_columns([[0], [1]]), has_columns(["no", "yes"])
    (True, False, False)
    >>> has_columns([["news"], ["news", "sport"]])
    Traceback (most recent call last):
    ValueError: y holds lists of labels; turn them into 0 and 1 with MultiLabelBinarizer.
    """
    shape = getattr(y, "shape", None)
    if shape is not None:
        return len(shape) == 2 and shape[1] > 1
    rows = [row for row in y if isinstance(row, list | tuple)] if isinstance(y, list) else []
    if len({len(row) for row in rows}) > 1:
        raise ValueError(
            "y holds lists of labels; turn them into 0 and 1 with MultiLabelBinarizer."
        )
    return isinstance(y, list | tuple) and len(y) > 0 and np.size(y[0]) > 1


def check_labels(y) -> np.ndarray:
    """One label a row, of any type."""
    y = column_or_1d(y, warn=True)
    missing = int(pd.isna(y).sum())
    if missing:
        raise ValueError(f"y has no label (None or NaN) in {missing} of {len(y)} rows.")
    check_classification_targets(y)
    return y


def check_indicator(y) -> np.ndarray:
    """Several labels a row, ``(n, n_labels)`` of 0 and 1.

    Raises
    ------
    ValueError
        It holds something else. scikit-learn takes whatever two values there are for an indicator,
        and whatever is not 0 for a label.
    """
    values = y.toarray() if sparse.issparse(y) else np.asarray(y)
    if values.dtype.kind == "O":
        values = np.array(values.tolist())
    numeric = values.dtype.kind in "biuf"
    wrong = values[(values != 0) & (values != 1)] if numeric else values.ravel()
    if wrong.size:
        raise ValueError(
            f"y has {values.shape[1]} columns, so each must say with 0 and 1 which rows have its "
            f"label, however: {wrong.tolist()[0]!r} ({type_of_target(values)}). For other targets "
            f"side by side use MultiOutputClassifier."
        )
    return values


def class_factors(class_weight: dict | str, classes: np.ndarray, y, weight) -> np.ndarray:
    """The factor of each class; "balanced" counts the weighted rows."""
    factors = np.ones(len(classes))
    if isinstance(class_weight, dict):
        for i, label in enumerate(classes.tolist()):
            factors[i] = class_weight.get(label, 1.0)
        unknown = [k for k in class_weight if k not in classes.tolist()]
        # Spare classes are fine, a fold may lack one; a class that was mistyped is not.
        if unknown and not set(classes.tolist()) <= set(class_weight):
            raise ValueError(
                f"class_weight names {unknown[0]!r}, which is none of the classes "
                f"{classes.tolist()}."
            )
    else:
        used = weight > 0
        present = np.unique(y[used])
        factors[np.searchsorted(classes, present)] = compute_class_weight(
            class_weight, classes=present, y=y[used], sample_weight=weight[used]
        )
    return factors
