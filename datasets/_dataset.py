"""The one thing that every loader returns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from ._table.encoder import TableEncoder
    from ._table.notes import Note
    from ._table.reasons import Reason

Task = Literal["classification", "regression"]
Kind = Literal["tabular", "image", "sequence"]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A data set, with what one must know to use it and to cite it.

    Parameters
    ----------
    name : str
        What `load` was asked for.
    X : ndarray of shape (n_samples, n_features)
        Always 2-D, whatever a row stands for, because that is what scalers, kernel machines and
        meta-estimators take; `input_shape` says how a net folds a row. In a sequence, NaN after
        the last step is padding: all features of a padded step are NaN, and no step after it is
        data. In a table, NaN is a missing value, to be imputed inside each fold.
    y : ndarray of shape (n_samples,) or (n_samples, n_targets)
        Class labels, or one or more quantities. `load` gives class ``i`` the label ``i``, so that
        ``target_names[y[0]]`` names the first row's class.
    task : {"classification", "regression"}
    kind : {"tabular", "image", "sequence"}
    feature_names : tuple of str, of length n_features
    target_names : tuple of str
        The classes in the order of ``np.unique(y)``, or the names of the predicted quantities.
    input_shape : tuple of int
        One row, folded in row-major order: ``(channels, height, width)`` for an image,
        ``(time, features)`` for a sequence, ``(n_features,)`` for a table.
    source : str
        Where the data comes from, as one would cite it.
    licence : str
        The terms under which the data may be used.
    units : str
        What the numbers in X and y measure.
    description : str
        One paragraph for a person who meets the data for the first time.
    groups : ndarray of shape (n_samples,), optional
        What rows belong together, a patient or a speaker say: folds keep a group whole.
    left_out : mapping of str to Reason, default={}
        The columns of the user's own table that are not in X, and why: ``str(reason)`` is a
        sentence.
    notes : tuple of Note, default=()
        What was chosen in reading it without being told, as sentences: ``str(note)``.
    classes : ndarray of shape (n_classes,), optional
        The classes as the table has them, in the order of ``target_names``:
        ``classes[y]`` are the user's own labels, in their own type.
    encoder : TableEncoder, optional
        The fitted transformer that made X of the table's columns, and makes it of new rows.

    Raises
    ------
    ValueError
        If the fields contradict one another, in one sentence that says how.

    Examples
    --------
    >>> from bakeoff.datasets import load
    >>> digits = load("digits")
    >>> digits
    Dataset('digits': 1797 images of shape (1, 8, 8), classification into 10 classes)
    >>> digits.X.reshape(-1, *digits.input_shape).shape
    (1797, 1, 8, 8)

    `dataclasses.replace` reads the rows another way, and refuses what cannot be:

    >>> from dataclasses import replace
    >>> replace(digits, kind="sequence", input_shape=(8, 8))
    Dataset('digits': 1797 sequences of shape (8, 8), classification into 10 classes)
    >>> replace(digits, kind="sequence", input_shape=(7, 7))
    Traceback (most recent call last):
        ...
    ValueError: input_shape must hold the 64 features of a row, however: (7, 7) holds 49
    """

    name: str
    X: np.ndarray
    y: np.ndarray
    task: Task
    kind: Kind
    feature_names: tuple[str, ...]
    target_names: tuple[str, ...]
    input_shape: tuple[int, ...]
    source: str
    licence: str
    units: str
    description: str
    groups: np.ndarray | None = None
    left_out: Mapping[str, Reason] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    classes: np.ndarray | None = None
    encoder: TableEncoder | None = None

    def __post_init__(self) -> None:
        if self.task not in get_args(Task):
            raise ValueError(f"task must be one of {get_args(Task)}, however: {self.task!r}")
        if self.kind not in get_args(Kind):
            raise ValueError(f"kind must be one of {get_args(Kind)}, however: {self.kind!r}")
        if self.X.ndim != 2:
            raise ValueError(f"X must be of shape (n_samples, n_features), however: {self.X.shape}")
        n_samples, n_features = self.X.shape
        if len(self.y) != n_samples:
            raise ValueError(f"y must be as long as X, {n_samples}, however: {len(self.y)}")
        if self.groups is not None and len(self.groups) != n_samples:
            raise ValueError(
                f"groups must be as long as X, {n_samples}, however: {len(self.groups)}"
            )
        if len(self.feature_names) != n_features:
            raise ValueError(
                f"feature_names must name the {n_features} columns of X, however: "
                f"{len(self.feature_names)} names"
            )
        if math.prod(self.input_shape) != n_features:
            raise ValueError(
                f"input_shape must hold the {n_features} features of a row, however: "
                f"{self.input_shape} holds {math.prod(self.input_shape)}"
            )
        n_targets = (
            len(np.unique(self.y)) if self.task == "classification" else self.y[:1].size  # (1, t)
        )
        if len(self.target_names) != n_targets:
            what = "classes" if self.task == "classification" else "columns"
            raise ValueError(
                f"target_names must name the {n_targets} {what} of y, however: {self.target_names}"
            )

    def __repr__(self) -> str:
        rows = {"tabular": "rows", "image": "images", "sequence": "sequences"}[self.kind]
        aim = (
            f"classification into {len(self.target_names)} classes"
            if self.task == "classification"
            else f"regression of {', '.join(self.target_names)}"
        )
        counts = (("left out", len(self.left_out)), ("noted", len(self.notes)))
        more = "".join(f", {n} {what}" for what, n in counts if n)
        return (
            f"Dataset({self.name!r}: {len(self.X)} {rows} of shape {self.input_shape}, {aim}{more})"
        )
