"""A run from its archive, computed again and held against the numbers that stand there."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from bakeoff.datasets import Dataset
from bakeoff.recording import Store

from ..engine import run
from ..specs.spec import Spec
from .archive import Archive, data_fingerprint
from .exported import IDENTITY, evaluation_table, fold_table, read_evaluations
from .saved_tables import saved_tables

TOLERANCE = 1e-9  # what the order of sums may do to a score


def load_data(spec: Spec, path: str | None = None) -> Dataset:
    """Load the data of an archive: by name, or the file from wherever it is on this machine.

    Parameters
    ----------
    spec : Spec
        As in the archive.
    path : str, optional
        Where the file is. When left out, it is looked for under its name in the current folder,
        then among the tables that the dashboard keeps.

    Raises
    ------
    ValueError
        When ``path`` is given for data that are no file, or the file is not found.
    """
    if not spec.dataset.startswith("file:"):
        if path is not None:
            raise ValueError(
                f"the data {spec.dataset!r} are loaded by name, however a file is given: {path}"
            )
        return spec.load(tell=False)
    name = spec.dataset.removeprefix("file:")
    kept = (str(t.path) for t in saved_tables() if t.path.name == name and t.params == spec.params)
    places = [path] if path is not None else [name, *kept]
    for place in places:
        if Path(place).is_file():
            return replace(spec, dataset=f"file:{place}").load(tell=False)
    raise ValueError(f"the data file {path or name} is not here; say where it is with --data PATH")


def rerun(
    archive: Archive, dataset: Dataset, *, n_jobs: int = 1, progress: bool = False
) -> pd.DataFrame:
    """Run the spec of an archive again, from nothing, and compare every score.

    Parameters
    ----------
    archive : Archive
    dataset : Dataset
        The data of the archive; see `load_data`.
    n_jobs, progress
        As in `run`. Earlier results are not looked at: the store is an empty one.

    Returns
    -------
    DataFrame
        One row per number of the archive, with the columns what (the score, in words), archived,
        again (NaN when it was not computed) and difference: the absolute one, 0 for two failures
        and infinite when one of the two failed.

    Raises
    ------
    ValueError
        When the data or the folds are not those of the archive, before anything is fitted.

    Examples
    --------
    >>> import io
    >>> from bakeoff.experiments import Comparison
    >>> from bakeoff.experiments.runs.archive import read_archive, write_archive
    >>> spec = Comparison("iris", ["svm_rbf", "dummy"], n_splits=2)
    >>> iris = spec.load()
    >>> archive = read_archive(io.BytesIO(write_archive(spec, iris, list(run(spec)))))
    >>> table = rerun(archive, iris)
    >>> len(table), float(table.difference.max())
    (4, 0.0)
    """
    spec = archive.spec
    fingerprint = data_fingerprint(dataset)
    if fingerprint != archive.fingerprint:
        raise ValueError(
            f"the data must have the fingerprint {archive.fingerprint} as in the archive, "
            f"however: {fingerprint}"
        )
    # Counted first: a spec may ask for billions of folds.
    n_folds = len(archive.folds.reindex(columns=["repeat", "fold"]).drop_duplicates())
    if spec.n_splits * spec.n_repeats != n_folds or not fold_table(spec, dataset).equals(
        archive.folds
    ):
        raise ValueError(
            "the folds must be those of the archive, however they differ, as another version of "
            "scikit-learn may make them"
        )
    try:
        archived = list(_numbers(archive.evaluations))
    except (AttributeError, TypeError, ValueError) as problem:
        raise ValueError(f"its evaluations.csv cannot be used: {problem}") from problem
    if not archived:
        raise ValueError("the archive holds no scores")
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "rerun.sqlite") as store:
        evaluations = list(run(spec, dataset, n_jobs=n_jobs, store=store, progress=progress))
    # Through the same CSV, so that both sides went the same way.
    again = read_evaluations(evaluation_table(evaluations).to_csv(index=False))
    found = dict(_numbers(again))
    rows = [(what, value, found.get(what, np.nan)) for what, value in archived]
    table = pd.DataFrame(rows, columns=["what", "archived", "again"])
    table["difference"] = (table.archived - table.again).abs()
    one_failed = table.archived.isna() != table.again.isna()
    table["difference"] = table.difference.mask(one_failed, np.inf).fillna(0.0)
    return table


def _numbers(table: pd.DataFrame) -> Iterator[tuple[str, float]]:
    """All scores of an evaluation table, each with words that no other has."""
    scores = [name for name in table.columns if name.startswith(("test_", "train_"))]
    for row in table.to_dict("records"):
        what = ", ".join(_words(name, row[name]) for name in IDENTITY if pd.notna(row[name]))
        for name in scores:
            yield f"{what}: {name}", float(row[name])
        for name, values in json.loads(row["curve"]).items():
            for epoch, value in enumerate(values, 1):
                yield f"{what}: {name} after epoch {epoch}", float(value)


def _words(name: str, value: str) -> str:
    return value if name in ("model", "params") else f"{name} {value}"
